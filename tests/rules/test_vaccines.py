"""R23 vaccines: weeks, seasons, and both sides of every threshold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from svangre.rules.vaccines import within_season
from tests.rules.situations import assessed, at, due, finding, keys, missing, plan

WINTER = ((10, 1), (3, 31))

# R23. Source: VAX, RSV; K for MMR and chickenpox.


@pytest.mark.parametrize(
    ("weeks", "days", "fires", "passed"),
    [
        (23, 6, False, False),
        (24, 0, True, False),
        (32, 0, True, False),
        (32, 1, True, True),
        (39, 0, True, True),  # a week before the due date
        (39, 1, False, False),
    ],
)
def test_pertussis(weeks: int, days: int, fires: bool, passed: bool) -> None:
    assert ("R23.pertussis" in keys(**at(weeks, days))) == fires
    assert "R23.pertussis" not in keys(**at(weeks, days), vaccines_discussed=["pertussis"])
    if fires:
        found = finding("R23.pertussis", **at(weeks, days))
        assert found["because"] == (
            "Det anbefalede tidsrum 24+0–32+0 er passeret; kan gives til 7 dage før termin."
            if passed
            else "Gives 24+0–32+0, senest 7 dage før termin."
        )
        assert found["window"] == ["2025-06-18", "2025-10-01" if passed else "2025-08-13"]


@pytest.mark.parametrize(
    ("multiple", "weeks", "days", "fires"),
    [("yes", 12, 6, False), ("yes", 13, 0, True), ("no", 13, 0, False), ("unknown", 23, 6, False)],
)
def test_pertussis_from_the_second_trimester_with_more_than_one_child(
    multiple: str, weeks: int, days: int, fires: bool
) -> None:
    answers = {**at(weeks, days), "TER-11": multiple}
    assert ("R23.pertussis" in keys(**answers)) == fires
    if fires:
        found = finding("R23.pertussis", **answers)
        assert found["because"].endswith("Ved flerfold gives den tidligere i 2. trimester.")
        assert "Flerfoldsgraviditet" in [one["label"] for one in found["data"]]
        assert plan(**answers)["pertussis"]["weeks"] == "13+0–32+0"


@pytest.mark.parametrize(
    ("day", "weeks", "days", "fires"),
    [
        ("2026-04-08", 13, 0, True),  # 1 October
        ("2026-04-09", 12, 6, False),  # 13+0 is 2 October
        ("2026-04-07", 13, 0, False),  # 30 September
        ("2026-04-07", 13, 1, True),
        ("2026-05-01", 35, 4, True),  # 31 March
        ("2026-05-01", 35, 5, False),  # 1 April
    ],
)
def test_influenza_from_october_in_the_second_and_third_trimester(day: str, weeks: int, days: int, fires: bool) -> None:
    assert ("R23.influenza" in keys(**due(day, weeks, days))) == fires
    assert "R23.influenza" not in keys(**due(day, weeks, days), vaccines_discussed=["influenza", "rsv"])
    if fires:
        assert "1. oktober" in finding("R23.influenza", **due(day, weeks, days))["disagreement"]


FLU_RISKS = [
    ("SYG-01", "heart_disease"), ("SYG-01", "stroke"), ("SYG-02", "lung_disease"), ("SYG-02", "severe_asthma"),
    ("SYG-03", "diabetes_type_1"), ("SYG-03", "diabetes_type_2"), ("SYG-04", "kidney_disease"),
    ("SYG-05", "epilepsy"), ("SYG-05", "multiple_sclerosis"), ("SYG-06", "liver_disease"), ("SYG-09", "hiv"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "disease"), FLU_RISKS)
def test_influenza_earlier_with_chronic_illness(row: str, disease: str) -> None:
    """Source: VAX (partly; the list of illnesses is ours)."""
    found = finding("R23.influenza_early", **due("2026-05-15", 11), **{row: [disease]})  # 24 October
    assert (found["strength"], found["window"]) == ("partly", ["2025-10-01", "2025-11-06"])


@pytest.mark.parametrize(
    ("day", "weeks", "days", "answers", "fires"),
    [
        ("2026-05-15", 12, 6, {"SYG-02": ["severe_asthma"]}, True),
        ("2026-05-15", 13, 0, {"SYG-02": ["severe_asthma"]}, False),  # then everybody is
        ("2026-05-15", 7, 4, {"SYG-02": ["severe_asthma"]}, False),  # 30 September
        ("2026-05-15", 7, 5, {"SYG-02": ["severe_asthma"]}, True),
        ("2026-05-15", 11, 0, {"SYG-03": ["hypothyroidism"]}, False),
        ("2026-05-15", 11, 0, {"SYG-00": "no"}, False),
        ("2026-05-15", 11, 0, {"SYG-02": ["severe_asthma"], "vaccines_discussed": ["influenza"]}, False),
    ],
)
def test_when_influenza_is_offered_early(day: str, weeks: int, days: int, answers: dict[str, Any], fires: bool) -> None:
    assert ("R23.influenza_early" in keys(**due(day, weeks, days), **answers)) == fires


def test_illness_that_was_not_told_is_missing_for_early_influenza() -> None:
    assert "SYG-02" in missing(**due("2026-05-15", 11))
    assert not {"SYG-02", "SYG-09"} & missing(**due("2026-05-15", 11), **{"SYG-00": "no"})


@pytest.mark.parametrize(
    ("day", "weeks", "days", "fires"),
    [
        ("2026-02-01", 31, 6, False),
        ("2026-02-01", 32, 0, True),  # 7 December
        ("2026-02-01", 32, 6, True),
        ("2026-02-01", 33, 0, False),
        ("2026-03-28", 32, 0, True),  # 31 January
        ("2026-03-28", 32, 1, False),  # 1 February: the season is over
        ("2026-06-25", 32, 1, True),  # 1 May: the season begins
        ("2026-06-25", 32, 0, False),
    ],
)
def test_rsv_in_week_32_within_the_season(day: str, weeks: int, days: int, fires: bool) -> None:
    assert ("R23.rsv" in keys(**due(day, weeks, days))) == fires
    assert "R23.rsv" not in keys(**due(day, weeks, days), vaccines_discussed=["rsv"])


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2025-09-30", "2025-09-30", None),
        ("2025-09-30", "2025-10-01", ("2025-10-01", "2025-10-01")),
        ("2025-01-15", "2025-12-01", ("2025-01-15", "2025-03-31")),  # the first stretch
        ("2025-04-01", "2025-12-01", ("2025-10-01", "2025-12-01")),
        ("2025-11-01", "2026-08-01", ("2025-11-01", "2026-03-31")),
        ("2025-04-01", "2026-10-01", ("2025-10-01", "2026-03-31")),
        ("2025-03-31", "2025-05-01", ("2025-03-31", "2025-03-31")),
    ],
)
def test_a_season_over_new_year(first: str, last: str, found: tuple[str, str] | None) -> None:
    expected = found and (date.fromisoformat(found[0]), date.fromisoformat(found[1]))
    assert within_season(date.fromisoformat(first), date.fromisoformat(last), WINTER) == expected


def test_a_season_within_one_year() -> None:
    summer = ((5, 1), (8, 31))
    assert within_season(date(2025, 4, 1), date(2025, 12, 1), summer) == (date(2025, 5, 1), date(2025, 8, 31))
    assert within_season(date(2025, 9, 1), date(2026, 4, 30), summer) is None


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"VAC-01": "not_vaccinated"}, {"R23.mmr"}),
        ({"VAC-01": "vaccinated"}, set()),
        ({"VAC-02": "no"}, {"R23.varicella"}),
        ({"VAC-02": "yes"}, set()),
    ],
)
def test_live_vaccines_are_unverified(answers: dict[str, Any], found: set[str]) -> None:
    assert {one["key"] for one in assessed(**answers)["unverified"] if one["rule"] == "R23"} == found
    assert {"VAC-01", "VAC-02"} <= missing()
    assert not {"VAC-01", "VAC-02"} & missing(**{"VAC-01": "vaccinated", "VAC-02": "yes"})
