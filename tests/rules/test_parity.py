"""Gravidity and parity. Source: decisions (D): live at any week, stillborn from 22+0, twins once, G with this one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.situations import assessed, missing

LIVE, STILL = {"TFO-11": "Levendefødt"}, {"TFO-11": "Dødfødt"}


def birth(*children: dict[str, str], at: str | None = None, timing: str | None = None) -> dict[str, Any]:
    row: dict[str, Any] = {"children": list(children)}
    if at:
        row["TFO-02"] = at
    if timing:
        row["birth_timing"] = timing
    return row


def loss(kind: str) -> dict[str, str]:
    return {"ABO-02": kind}


@pytest.mark.parametrize(
    ("births", "losses", "gravidity", "parity"),
    [
        ([], [], 1, 0),
        ([birth(LIVE, at="40+0")], [], 2, 1),
        ([birth(LIVE, LIVE, at="36+0")], [], 2, 1),  # twins: one birth
        ([birth(LIVE, at="39+0"), birth(LIVE, at="41+0")], [loss("spontaneous")], 4, 2),
        ([birth(STILL, at="22+0")], [], 2, 1),  # stillborn from 22+0
        ([birth(STILL, at="21+6")], [], 2, 0),  # before it: a loss, counted in G
        ([birth(LIVE, at="21+6")], [], 2, 1),  # live at any week
        ([birth(LIVE, STILL, at="21+0")], [], 2, 1),  # twins, one of them live
        ([birth(STILL, STILL, at="21+0")], [], 2, 0),
        ([], [loss("spontaneous"), loss("induced"), loss("ectopic_or_mola")], 4, 0),
        ([birth()], [], 2, 1),  # her word that she gave birth
        ([birth(STILL, timing="at_term")], [], 2, 1),
        ([birth(STILL, timing="after_term")], [], 2, 1),
        ([birth(LIVE)], [loss("declines")], 3, 1),
    ],
)
def test_counting(births: list[Any], losses: list[Any], gravidity: int, parity: int) -> None:
    answers: dict[str, Any] = {"TFO-00": bool(births), "ABO-00": bool(losses), "births": births, "losses": losses}
    computed = assessed(**answers)["computed"]
    assert (computed["gravidity"], computed["parity"]) == (gravidity, parity)


@pytest.mark.parametrize(
    ("answers", "refs"),
    [
        ({}, {"TFO-00", "ABO-00"}),
        ({"TFO-00": "no"}, {"ABO-00"}),
        ({"TFO-00": "no", "ABO-00": "declines"}, {"ABO-00"}),
        ({"TFO-00": "yes", "ABO-00": "no"}, {"TFO-00"}),  # births, but no row
        ({"births": [birth({"TFO-11": "unknown"}, at="20+0")], "ABO-00": "no"}, {"TFO-11"}),
        ({"births": [birth(at="20+0")], "ABO-00": "no"}, {"TFO-11"}),
        ({"births": [birth(STILL, timing="before_term")], "ABO-00": "no"}, {"TFO-02"}),
        ({"births": [birth(STILL)], "ABO-00": "no"}, {"TFO-02"}),
        ({"births": [birth(STILL, {"TFO-11": "unknown"}, at="20+0")], "ABO-00": "no"}, {"TFO-11"}),
    ],
)
def test_what_is_missing_is_not_counted_as_none(answers: dict[str, Any], refs: set[str]) -> None:
    computed = assessed(**answers)["computed"]
    assert computed["gravidity"] is None or computed["parity"] is None
    assert refs <= missing(**answers)


def test_gravidity_is_known_though_it_is_open_whether_one_was_a_birth() -> None:
    computed = assessed(births=[birth(STILL)], losses=[])["computed"]
    assert (computed["gravidity"], computed["parity"]) == (None, None)
    computed = assessed(births=[birth(STILL)], **{"ABO-00": "no"})["computed"]
    assert (computed["gravidity"], computed["parity"]) == (2, None)
    assert computed["parity_short"] == "G2 P?"


def test_both_ways_of_writing_and_the_convention_beside_them() -> None:
    computed = assessed(births=[birth(LIVE)], losses=[loss("spontaneous")])["computed"]
    assert computed["parity_short"] == "G3 P1"
    assert computed["parity_danish"] == "3. gravida, 1. para"
    assert computed["parity_in_words"] == "1 fødsel, 1 abort"
    assert "dødfødte fra 22+0" in computed["parity_convention"]


def test_words_for_many_none_and_unknown() -> None:
    many = assessed(births=[birth(LIVE), birth(LIVE)], losses=[loss("induced"), loss("induced")])["computed"]
    assert many["parity_in_words"] == "2 fødsler, 2 aborter"
    none = assessed(**{"TFO-00": "no", "ABO-00": "no"})["computed"]
    assert none["parity_in_words"] == "0 fødsler, 0 aborter"
    early = assessed(births=[birth(STILL, at="21+0")], **{"ABO-00": "no"})["computed"]
    assert early["parity_in_words"] == "0 fødsler, 1 abort"
    unknown = assessed()["computed"]
    assert unknown["parity_in_words"] == "antal fødsler ukendt, antal aborter ukendt"
    assert unknown["parity_danish"] == "?. gravida, ?. para"
