"""What is known, what is not, and the data that goes along."""

from __future__ import annotations

import pytest

from svangre.rules.facts import Datum, Known, Unknown, any_birth, either, merge_unknown, what_is_missing

A, B = Datum("A", "1", "woman"), Datum("B", "2", "clinic")


def test_a_known_no_keeps_the_data_of_every_no() -> None:
    assert either(Known(False, (A,)), Known(False, (B,))) == Known(False, (A, B))


def test_a_known_yes_decides_with_its_own_data_alone() -> None:
    assert either(Known(False, (A,)), Known(True, (B,)), Unknown(("X-01",))) == Known(True, (B,))


def test_no_is_not_known_while_one_is_open() -> None:
    assert either(Known(False, (A,)), Unknown(("X-01",), (B,))) == Unknown(("X-01",), (B,))


def test_no_births_is_a_no_to_everything_about_births() -> None:
    assert any_birth(Known((), (A,)), lambda birth: birth.mental_illness_after) == Known(False, (A,))


def test_what_is_missing_is_named_once_with_what_is_known_of_it() -> None:
    open_ones = (Unknown(("X-01", "X-02"), (A,)), Known(1, (B,)), Unknown(("X-01",), (A, B)))
    assert merge_unknown(open_ones) == what_is_missing(*open_ones) == Unknown(("X-01", "X-02"), (A, B))
    assert merge_unknown((Known(1),)) is None
    with pytest.raises(AssertionError, match=r"^all is known(\n|$)"):
        what_is_missing(Known(1))
