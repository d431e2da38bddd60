"""R1: due date and gestational age. Sources: CAL, CAL2, FOTO, HVI and the decisions (D)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from svangre.rules.facts import Cycle, Datum, Facts, Known, Unknown
from svangre.rules.gestation import (
    Dating,
    age_on,
    date_pregnancy,
    day_of,
    written,
    written_date,
)
from svangre.rules.threshold import Editions
from tests.rules import second_opinion
from tests.rules.situations import assessed, at, finding, keys, missing

EDITION = Editions(date(2026, 11, 24), {})


def dated(today: str, **facts: Any) -> Dating:
    return date_pregnancy(Facts(**facts), date.fromisoformat(today), EDITION)


def day(text: str) -> Known[date]:
    return Known(date.fromisoformat(text), (Datum("Dato", text, "woman"),))


def test_a_second_implementation_agrees_on_every_last_period_with_one_cycle_and_one_treatment_each() -> None:
    """A part of `python -m tests.rules.second_opinion`, which takes all of them: each day, each cycle, each kind."""
    for listed in (second_opinion.last_periods(every=25), second_opinion.treatments(every=21)):
        compared = list(listed)
        assert len(compared) == 5844  # days from 2020 to 2035
        assert [name for name, found, expected in compared if found != expected] == []


def test_day_numbers_of_the_second_implementation_are_those_of_the_almanac() -> None:
    assert [second_opinion.number(*day) for day in ((2000, 1, 1), (1858, 11, 17), (2024, 2, 29))] == [
        2451545,
        2400001,
        2460370,
    ]


@pytest.mark.parametrize("cycle", [15, 20, 43, 45, 90])
def test_a_cycle_outside_21_to_42_days_gives_no_correction_and_flags_the_date(cycle: int) -> None:
    found = dated("2025-03-01", last_period=day("2025-01-01"), cycle=Known(Cycle(cycle, cycle)))
    assert found.due_on == Known(date(2025, 10, 8), day("2025-01-01").data)
    assert (found.method, found.correction) == ("lmp_uncertain", 0)


@pytest.mark.parametrize(
    ("first_day", "cycle", "due"),
    [
        ("2025-01-01", 28, "2025-10-08"),
        ("2025-01-01", 35, "2025-10-15"),
        ("2026-03-10", 28, "2026-12-15"),  # the calendar wheel would give 2026-12-17
        ("2025-01-01", 21, "2025-10-01"),
        ("2025-01-01", 42, "2025-10-22"),
        ("2024-02-29", 28, "2024-12-05"),  # a leap day
        ("2023-05-25", 28, "2024-02-29"),  # due on a leap day
    ],
)
def test_vectors_of_the_specification(first_day: str, cycle: int, due: str) -> None:
    computed = assessed(**{"STA-11": first_day, "TER-01": first_day, "TER-02": cycle})["computed"]
    assert (computed["due_date"], computed["due_date_method"]) == (due, "lmp")


def test_gestational_age_of_the_vector_is_8_weeks_and_3_days() -> None:
    computed = assessed(**{"STA-11": "2025-03-01", "TER-01": "2025-01-01", "TER-02": 28})["computed"]
    assert (computed["gestational_age"], computed["gestational_age_days"]) == ("8+3", 59)


def test_day_5_transfer_of_the_vector() -> None:
    answers = {"FER-02": "ivf", "FER-03": {"date": "2025-01-20", "embryo_age_days": 5}}
    computed = assessed(**{"STA-11": "2025-01-20", **answers})["computed"]
    assert (computed["due_date"], computed["due_date_method"]) == ("2025-10-08", "ivf")
    assert computed["gestational_age"] == "2+5"


@pytest.mark.parametrize("kind", ["ivf", "icsi", "egg_donation", "frozen"])
def test_every_kind_of_transfer_dates_by_the_embryos_age(kind: str) -> None:
    answers = {"FER-01": "Ja", "FER-02": kind, "FER-03": {"date": "2025-01-20", "embryo_age_days": 3}}
    computed = assessed(**answers)["computed"]
    assert (computed["due_date"], computed["due_date_method"]) == ("2025-10-10", "ivf")


def test_insemination_needs_the_day_alone() -> None:
    computed = assessed(**{"FER-02": "insemination", "FER-03": {"date": "2025-01-15"}})["computed"]
    assert (computed["due_date"], computed["due_date_method"]) == ("2025-10-08", "insemination")


def test_a_transfer_without_the_embryos_age_dates_nothing() -> None:
    result = assessed(**{"FER-02": "icsi", "FER-03": {"date": "2025-01-20"}})
    assert result["computed"]["due_date"] is None
    assert "FER-03" in result["missing"]


def test_a_transfer_after_the_day_of_assessment_dates_nothing() -> None:
    found = dated("2025-01-19", transfer_on=day("2025-01-20"), embryo_age=Known(5), fertility_kind=Known("ivf"))
    assert found.due_on == Unknown(("TER-01",))
    same_day = dated("2025-01-20", transfer_on=day("2025-01-20"), embryo_age=Known(5))
    assert same_day.method == "ivf"


def test_a_transfer_too_long_ago_dates_nothing() -> None:
    facts = {"transfer_on": day("2025-01-20"), "embryo_age": Known(5)}
    assert dated("2025-11-04", **facts).method == "ivf"  # 43+6
    assert dated("2025-11-05", **facts).method is None
    inseminated = {"transfer_on": day("2025-01-15"), "fertility_kind": Known("insemination")}
    assert dated("2025-11-04", **inseminated).method == "insemination"
    assert dated("2025-11-05", **inseminated).method is None


ALL = {
    "STA-11": "2025-03-01",
    "TER-01": "2025-01-01",
    "TER-02": 28,
    "FER-02": "ivf",
    "FER-03": {"date": "2025-01-22", "embryo_age_days": 5},
    "TER-06": {"due_date": "2025-10-12", "scanned_on": "2025-02-27"},
}


def test_scan_comes_before_ivf_before_last_period() -> None:
    scan = assessed(**ALL)["computed"]
    assert (scan["due_date"], scan["due_date_method"]) == ("2025-10-12", "scan")
    assert [one["method"] for one in scan["due_date_candidates"]] == ["scan", "ivf", "lmp"]
    assert [one["due_date"] for one in scan["due_date_candidates"]] == ["2025-10-12", "2025-10-10", "2025-10-08"]
    without_scan = {key: value for key, value in ALL.items() if key != "TER-06"}
    ivf = assessed(**without_scan)["computed"]
    assert (ivf["due_date"], ivf["due_date_method"]) == ("2025-10-10", "ivf")


def test_the_day_of_the_scan_is_shown_when_it_is_known() -> None:
    def labels(**answers: Any) -> list[str]:
        return [one["label"] for one in finding("R1.late_visit", **{"STA-11": "2025-03-15", **answers})["data"]]

    assert labels(**{"TER-06": "2025-10-08"}) == ["Ultralydsfastsat termin", "Dato for konsultation"]
    known = {"TER-06": {"due_date": "2025-10-08", "scanned_on": "2025-03-10"}}
    assert labels(**known) == ["Ultralydsfastsat termin", "Ultralyd: dato for skanning", "Dato for konsultation"]


def test_the_clinic_may_let_the_ivf_date_lead() -> None:
    computed = assessed(**ALL, leads={"scan_over_ivf": "ivf"})["computed"]
    assert (computed["due_date"], computed["due_date_method"]) == ("2025-10-10", "ivf")


def test_two_dates_by_scan_and_treatment_are_shown_with_both_sides() -> None:
    found = finding("R1.scan_or_ivf", **ALL)
    assert found["because"] == "Skanningen giver 12.10.2025, behandlingen giver 10.10.2025. Her gælder: Skanning."
    assert found["disagreement"].startswith("Det er uafklaret")
    same = {**ALL, "TER-06": "2025-10-10"}
    assert "R1.scan_or_ivf" not in keys(**same)
    inseminated = {**ALL, "FER-02": "insemination", "FER-03": {"date": "2025-01-15"}}
    assert "behandlingen giver 8.10.2025" in finding("R1.scan_or_ivf", **inseminated)["because"]


@pytest.mark.parametrize(
    ("choice", "due", "basis"),
    [("scan", "2025-10-12", "scan"), ("ivf", "2025-10-10", "ivf"), ("lmp", "2025-10-08", "lmp")],
)
def test_the_gp_may_choose_any_date_that_is_known(choice: str, due: str, basis: str) -> None:
    computed = assessed(**ALL, due_date_choice=choice)["computed"]
    assert (computed["due_date"], computed["due_date_method"]) == (due, "chosen")
    assert computed["due_date_basis"] == basis


def test_an_uncertain_last_period_can_be_chosen_too() -> None:
    computed = assessed(**{**ALL, "TER-02": "uregelmæssig"}, due_date_choice="lmp")["computed"]
    assert (computed["due_date_method"], computed["due_date_basis"]) == ("chosen", "lmp_uncertain")


def test_choosing_a_date_that_is_not_known_changes_nothing() -> None:
    computed = assessed(**ALL, due_date_choice="insemination")["computed"]
    assert (computed["due_date"], computed["due_date_method"]) == ("2025-10-12", "scan")


@pytest.mark.parametrize(
    ("answers", "method", "certain"),
    [
        ({"TER-02": 28, "TER-03": "Nej"}, "lmp", True),
        ({"TER-02": 28}, "lmp", None),  # hormones not asked about: no flag, and no proposal
        ({"TER-02": 28, "TER-03": "Ja"}, "lmp_uncertain", False),
        ({"TER-02": 28, "TER-03": "unknown"}, "lmp_uncertain", None),
        ({"TER-02": 28, "TER-03": None}, "lmp_uncertain", None),
        ({"TER-02": {"low": 27, "high": 32}, "TER-03": "Nej"}, "lmp_uncertain", False),
        ({"TER-02": {"low": 30, "high": 30}, "TER-03": "Nej"}, "lmp", True),
        ({"TER-02": "uregelmæssig", "TER-03": "Nej"}, "lmp_uncertain", False),
        ({"TER-02": "unknown", "TER-03": "Nej"}, "lmp_uncertain", None),
        ({}, "lmp_uncertain", None),
        ({"TER-02": 43, "TER-03": "Nej"}, "lmp_uncertain", False),
        ({"TER-02": 42, "TER-03": "Nej"}, "lmp", True),
        ({"TER-02": 21, "TER-03": "Nej"}, "lmp", True),
        ({"TER-02": 20, "TER-03": "Nej"}, "lmp_uncertain", False),
        ({"TER-02": 28, "TER-03": "Nej", "TER-04": "Nej"}, "lmp_uncertain", False),  # the GP's word stands
        ({"TER-02": "uregelmæssig", "TER-04": "Ja"}, "lmp", True),
    ],
)
def test_when_a_date_by_last_period_is_certain(answers: dict[str, Any], method: str, certain: bool | None) -> None:
    computed = assessed(**{"STA-11": "2025-03-01", "TER-01": "2025-01-01", **answers})["computed"]
    assert (computed["due_date_method"], computed["dating_certain"]) == (method, certain)


@pytest.mark.parametrize(
    ("answers", "certain"),
    [
        ({"FER-02": "ivf", "FER-03": {"date": "2025-01-20", "embryo_age_days": 5}}, True),
        ({"FER-02": "insemination", "FER-03": "2025-01-15", "TER-01": "2025-01-01", "TER-02": "uregelmæssig"}, True),
        ({"FER-02": "insemination", "FER-03": "2025-01-15", "TER-04": "Nej"}, False),
        ({"FER-02": "ivf", "FER-03": {"date": "2025-01-20"}}, None),
    ],
)
def test_the_day_of_treatment_counts_as_certain(answers: dict[str, Any], certain: bool | None) -> None:
    assert assessed(**answers)["computed"]["dating_certain"] == certain


def test_certainty_is_not_proposed_without_a_last_period() -> None:
    assert assessed(**{"TER-02": 28, "TER-03": "Nej"})["computed"]["dating_certain"] is None


def test_an_uncertain_date_is_flagged_with_the_reason() -> None:
    found = finding("R1.uncertain", **{"TER-01": "2025-01-01", "TER-02": "uregelmæssig"})
    assert found["urgency"] == "plan"
    assert "283 dage (brugt i Norge)" in found["disagreement"]
    assert ("Cyklus (dage)", "Uregelmæssig") in [(one["label"], one["value"]) for one in found["data"]]
    assert "R1.uncertain" not in keys(**{"TER-01": "2025-01-01", "TER-02": 28})
    assert "TER-02" in missing(**{"TER-01": "2025-01-01"})
    assert "TER-02" not in missing(**{"TER-01": "2025-01-01", "TER-02": 28})
    assert "TER-03" in missing(**{"TER-01": "2025-01-01", "TER-02": 28})


def test_the_national_naegele_date_has_no_cycle_correction() -> None:
    computed = assessed(**{"TER-01": "2025-01-01", "TER-02": 35})["computed"]
    assert (computed["naegele_due_date"], computed["due_date"]) == ("2025-10-08", "2025-10-15")
    assert computed["cycle_correction_days"] == 7


def test_no_correction_is_told_of_without_a_last_period() -> None:
    assert assessed(**{"TER-02": 35})["computed"]["cycle_correction_days"] == 0


@pytest.mark.parametrize(
    ("visit", "accepted", "questioned"),
    [
        ("2024-12-31", False, False),  # in the future
        ("2025-01-01", True, False),
        ("2025-10-22", True, False),  # 42+0
        ("2025-10-23", True, True),  # 42+1
        ("2025-11-04", True, True),  # 43+6
        ("2025-11-05", False, False),  # 44+0
    ],
)
def test_last_periods_that_are_accepted_questioned_and_refused(visit: str, accepted: bool, questioned: bool) -> None:
    answers = {"STA-11": visit, "TER-01": "2025-01-01", "TER-02": 28}
    assert (assessed(**answers)["computed"]["due_date"] is not None) == accepted
    assert ("R1.refused" in keys(**answers)) == (not accepted)
    assert ("R1.question" in keys(**answers)) == questioned


def test_the_two_refusals_say_why() -> None:
    future = finding("R1.refused", **{"STA-11": "2024-12-31", "TER-01": "2025-01-01"})
    assert future["because"] == "Datoen ligger efter konsultationsdagen og bruges ikke."
    assert "43+6" in finding("R1.refused", **{"STA-11": "2025-11-05", "TER-01": "2025-01-01"})["because"]
    assert assessed(**{"STA-11": "2024-12-31", "TER-01": "2025-01-01"})["computed"]["naegele_due_date"] is None


def test_a_refused_last_period_leaves_the_scan_in_force() -> None:
    computed = assessed(**{"STA-11": "2024-12-31", "TER-01": "2025-01-01", "TER-06": "2025-05-05"})["computed"]
    assert computed["due_date_method"] == "scan"


def test_the_limit_is_counted_to_the_consultation_and_not_to_a_later_day() -> None:
    found = dated("2026-03-01", last_period=day("2025-01-01"), consultation_on=day("2025-03-01"))
    assert isinstance(found.due_on, Known)
    assert isinstance(found.age_days, Unknown)
    assert found.visit_age == Known(59, day("2025-01-01").data)


@pytest.mark.parametrize(
    ("due", "used"), [("2025-12-06", True), ("2025-12-07", False), ("2025-02-02", True), ("2025-02-01", False)]
)
def test_a_scan_date_outside_0_to_43_weeks_and_6_days_is_not_used(due: str, used: bool) -> None:
    assert (assessed(**{"STA-11": "2025-03-01", "TER-06": due})["computed"]["due_date"] is not None) == used


def test_gestational_age_is_known_from_0_to_43_weeks_and_6_days() -> None:
    facts = {"last_period": day("2025-01-01"), "consultation_on": day("2025-03-01")}
    assert dated("2025-01-01", **facts).age_days == Known(0, day("2025-01-01").data)
    assert isinstance(dated("2024-12-31", **facts).age_days, Unknown)
    assert dated("2025-11-04", **facts).age_days == Known(307, day("2025-01-01").data)
    assert dated("2025-11-05", **facts).age_days == Unknown(("TER-01",))


def test_gestational_age_follows_the_working_date_everywhere() -> None:
    computed = assessed(**{"STA-11": "2025-03-01", "TER-01": "2025-01-01", "TER-02": 28, "TER-06": "2025-10-05"})[
        "computed"
    ]
    assert computed["gestational_age"] == "8+6"


def test_12_weeks_and_6_days_is_week_12() -> None:
    assert [written(days) for days in (89, 90, 91)] == ["12+5", "12+6", "13+0"]


def test_ages_and_days_are_inverse_over_a_whole_pregnancy() -> None:
    due = date(2024, 10, 27)  # through a leap day and both changes of the clock
    ages = [age_on(due, day_of(due, age)) for age in range(308)]
    assert ages == list(range(308))
    assert all(
        later - earlier == timedelta(days=1) for earlier, later in pairwise(day_of(due, age) for age in range(308))
    )


def test_dates_are_written_the_danish_way() -> None:
    assert written_date(date(2025, 4, 9)) == "9.4.2025"


@pytest.mark.parametrize(
    ("weeks", "days", "late", "urgency", "text"),
    [
        (10, 0, False, None, ""),
        (
            10,
            1,
            True,
            "today",
            "doubletest til og med 13+6 (8.4.2025) og skanning i 1. trimester til og med 13+6 (8.4.2025)",
        ),
        (13, 6, True, "today", "skanning i 1. trimester"),
        (14, 0, True, "plan", "Begge vinduer er lukket efter 13+6."),
    ],
)
def test_a_first_visit_after_10_weeks_says_what_can_still_be_reached(
    weeks: int, days: int, late: bool, urgency: str | None, text: str
) -> None:
    """Sources: GP1 (6+0–10+0), P (windows)."""
    assert ("R1.late_visit" in keys(**at(weeks, days))) == late
    if late:
        found = finding("R1.late_visit", **at(weeks, days))
        assert found["urgency"] == urgency
        assert text in found["because"]
        assert f"{weeks}+{days}, senere end anbefalet (6+0–10+0)" in found["because"]
        assert bool(found["disagreement"]) == (urgency == "today")


def test_without_anything_to_date_by_the_last_period_is_missing_and_nothing_is_guessed() -> None:
    result = assessed()
    assert result["computed"]["due_date"] is None
    assert result["computed"]["due_date_method"] is None
    assert result["computed"]["gestational_age"] is None
    assert "TER-01" in result["missing"]
    assert "FER-03" not in result["missing"]
    assert {"TER-01", "FER-03"} <= missing(**{"FER-01": "Ja"})
