"""R3 gestational diabetes: both sides of every threshold."""

from __future__ import annotations

from typing import Any

import pytest

from svangre.record.assess_input import read_answers
from svangre.record.facts import facts_of
from svangre.rules.case import Case
from svangre.rules.facts import Unknown
from svangre.rules.gdm import judge
from svangre.rules.gestation import day_of
from svangre.rules.threshold import Editions
from tests.rules.situations import DUE, TALL, TODAY, at, finding, keys, missing, weighing

NULLIPARA = {"TFO-00": "no"}
CHILD_4500 = {"births": [{"TFO-04": ["uncomplicated"], "children": [{"TFO-11": "live_birth", "TFO-14": 4500}]}]}
CHILD_4499 = {"births": [{"TFO-04": ["uncomplicated"], "children": [{"TFO-11": "live_birth", "TFO-14": 4499}]}]}
HAD_GDM = {"births": [{"TFO-04": ["gestational_diabetes"], "children": [{"TFO-14": 3500}]}]}
NO_FACTOR = {**weighing("100"), **NULLIPARA, "ARV-08": "no", "SYG-00": "no", "TER-11": "no"}

# R3. Source: LH (SST 2021, DSOG 2014).


@pytest.mark.parametrize(
    ("answers", "early", "late"),
    [
        (NO_FACTOR, False, False),
        ({**NO_FACTOR, "UND-02": "107.9"}, False, False),  # BMI 26.975
        ({**NO_FACTOR, "UND-02": "108"}, False, True),  # BMI 27
        ({**NO_FACTOR, "ARV-08": "yes"}, False, True),
        ({**NO_FACTOR, "SYG-00": "yes", "SYG-03": ["pcos"]}, False, True),
        ({**NO_FACTOR, **CHILD_4500, "TFO-00": "yes"}, False, True),
        ({**NO_FACTOR, **CHILD_4499, "TFO-00": "yes"}, False, False),
        ({**NO_FACTOR, "TER-11": "yes"}, False, True),  # twins alone: only late
        ({**NO_FACTOR, "TER-11": "yes", "ARV-08": "yes"}, False, True),  # twins do not count among the four
        ({**NO_FACTOR, "UND-02": "108", "ARV-08": "yes"}, True, True),
        ({**NO_FACTOR, "ARV-08": "yes", "SYG-00": "yes", "SYG-03": ["pcos"]}, True, True),
        ({**NO_FACTOR, **CHILD_4500, "TFO-00": "yes", "ARV-08": "yes"}, True, True),
        ({**NO_FACTOR, **HAD_GDM, "TFO-00": "yes"}, True, False),  # early; late once that was normal
    ],
)
@pytest.mark.parametrize("week", [8, 20])
def test_who_is_offered_a_glucose_test_and_when(answers: dict[str, Any], early: bool, late: bool, week: int) -> None:
    found = keys(**at(week, 6), **answers)
    assert ("R3.early" in found, "R3.late" in found) == (early, late)


def test_the_finding_says_which_factors_which_are_open_and_who_disagrees() -> None:
    found = finding("R3.early", **at(8), **weighing("113.6"), **CHILD_4500)
    assert found["title"] == "Overvej OGTT uge 10–20"
    assert found["because"] == (
        "To af fire er opfyldt: BMI ≥ 27 (28,4) og tidligere barn ≥ 4.500 g. Uvist: sukkersyge i familien og PCOS."
    )
    assert [(one["label"], one["value"]) for one in found["data"]] == [
        ("Vægt før graviditeten", "113,6 kg"),
        ("Højde", "200 cm"),
        ("Fødselsvægt", "4.500 g"),
    ]
    assert "papirblanketten" in found["disagreement"]
    assert found["source"].startswith("Lægehåndbogen: Svangerskabskontrol")
    assert found["window"] == ["2025-03-12", "2025-05-27"]  # 10+0 to 20+6
    assert (found["strength"], found["urgency"], found["where"]) == ("confirmed", "plan", "ogtt_plan")


@pytest.mark.parametrize(("count", "word"), [(2, "To"), (3, "Tre"), (4, "Fire")])
def test_the_number_of_factors_is_said_in_words(count: int, word: str) -> None:
    factors: list[dict[str, Any]] = [{"UND-02": "108"}, {"ARV-08": "yes"}, {"SYG-03": ["pcos"]}, CHILD_4500]
    answers: dict[str, Any] = {**TALL}
    for factor in factors[:count]:
        answers |= factor
    assert finding("R3.early", **answers)["because"].startswith(f"{word} af fire")


@pytest.mark.parametrize(("lead", "early", "late"), [("LH", "10–20", "24–28"), ("P", "18–20", "28–30")])
def test_the_clinic_may_choose_the_weeks_of_the_paper_form(lead: str, early: str, late: str) -> None:
    answers = {**weighing("108"), "ARV-08": "yes", "leads": {"ogtt_weeks": lead}}
    assert finding("R3.early", **answers)["title"] == f"Overvej OGTT uge {early}"
    assert finding("R3.late", **answers)["title"] == f"Overvej OGTT uge {late}"
    source = "Lægehåndbogen" if lead == "LH" else "Svangerskabsjournal ST 97.012M"
    assert finding("R3.early", **answers)["source"].startswith(source)
    assert finding("R3.late", **answers)["source"].startswith(source)


def test_a_record_from_before_the_present_edition_keeps_the_weeks_it_was_assessed_with() -> None:
    answers = {**weighing("108"), "ARV-08": "yes"}
    assert finding("R3.early", **answers, edition_on="2021-08-31")["title"] == "Overvej OGTT uge 18–20"
    assert finding("R3.early", **answers, edition_on="2021-09-01")["title"] == "Overvej OGTT uge 10–20"


def test_after_week_20_the_early_test_gives_way_to_the_late_one() -> None:
    answers = {**NO_FACTOR, **HAD_GDM, "TFO-00": "yes"}
    assert "R3.early" in keys(**at(20, 6), **answers)
    after = keys(**at(21), **answers)
    assert ("R3.early" in after, "R3.late" in after) == (False, True)


@pytest.mark.parametrize(("week", "days", "urgency"), [(24, 0, "plan"), (28, 6, "plan"), (29, 0, "today")])
def test_a_passed_window_is_said(week: int, days: int, urgency: str) -> None:
    found = finding("R3.late", **at(week, days), **{**NO_FACTOR, "ARV-08": "yes"})
    assert found["urgency"] == urgency
    assert ("passeret" in found["because"]) == (urgency == "today")


def ogtt(value: str, weeks: int, days: int = 0) -> dict[str, Any]:
    day = day_of(DUE, weeks * 7 + days).isoformat()
    return {"tests": [{"test_kind": "ogtt", "test_value": value, "test_on": day}]}


@pytest.mark.parametrize(
    ("test", "early", "late"),
    [
        (ogtt("8.9", 10), False, True),  # early and normal: repeated late
        (ogtt("8.9", 20, 6), False, True),
        (ogtt("8.9", 9, 6), True, False),  # before the window: does not count
        (ogtt("8.9", 24), False, False),  # the late one is done
        (ogtt("8.9", 23, 6), False, True),
    ],
)
def test_tests_that_were_normal_count_in_their_window(test: dict[str, Any], early: bool, late: bool) -> None:
    day = at(20, 6) if early else at(27)
    found = keys(**day, **{**NO_FACTOR, **HAD_GDM, "TFO-00": "yes"}, **test)
    assert ("R3.early" in found, "R3.late" in found) == (early, late)


def test_a_late_test_after_an_early_normal_one_names_it() -> None:
    found = finding("R3.late", **at(20), **{**NO_FACTOR, **HAD_GDM, "TFO-00": "yes"}, **ogtt("8.9", 12))
    assert found["because"] == "Tidlig OGTT var normal."


def test_a_test_without_a_date_or_a_due_date_settles_nothing() -> None:
    undated = {"tests": [{"test_kind": "ogtt", "test_value": "5.0"}]}
    assert "R3.late" in keys(**at(27), **{**NO_FACTOR, "ARV-08": "yes"}, **undated)
    assert "R3.late" in keys(**{**NO_FACTOR, "ARV-08": "yes"}, **ogtt("5.0", 26))
    planned = {"tests": [{"test_kind": "ogtt", "test_on": "2025-06-25"}]}
    assert "R3.late" in keys(**at(27), **{**NO_FACTOR, "ARV-08": "yes"}, **planned)


@pytest.mark.parametrize(("value", "positive"), [("8.9", False), ("9.0", True), ("9", True), ("8,99", False)])
def test_a_2_hour_value_from_9_0_is_diagnostic(value: str, positive: bool) -> None:
    """Source: LHG, DSAM."""
    found = keys(**at(25), **{**NO_FACTOR, "ARV-08": "yes"}, **ogtt(value, 25))
    assert ("R3.diagnosis" in found) == positive
    assert "R3.late" not in found


def test_the_diagnosis_shows_value_limit_and_disagreement() -> None:
    found = finding("R3.diagnosis", **at(25), **ogtt("9.2", 25))
    assert found["because"] == "2-timers værdien er 9,2 mmol/l; grænsen er 9,0."
    assert "WHO" in found["disagreement"]
    assert found["obstetric"]


@pytest.mark.parametrize(("value", "manifest"), [("47", False), ("48", True)])
def test_hba1c_from_48_is_manifest_diabetes(value: str, manifest: bool) -> None:
    """Source: DSAM."""
    found = keys(**{"UND-16": value, "ARV-08": "yes"})
    assert ("R3.hba1c" in found, "R3.late" in found) == (manifest, not manifest)
    dated = keys(tests=[{"test_kind": "hba1c", "test_value": value, "test_on": "2025-02-01"}])
    assert ("R3.hba1c" in dated) == manifest
    assert finding("R3.hba1c", **{"UND-16": "51"})["because"] == "HbA1c er 51 mmol/mol; grænsen er 48."


@pytest.mark.parametrize(
    ("grade", "lead", "fires"),
    [
        ("negative", "1+", False),
        ("trace", "1+", False),
        ("plus_1", "1+", True),
        ("plus_3", "1+", True),
        ("plus_1", "2+", False),
        ("plus_2", "2+", True),
    ],
)
def test_glucosuria_counts_from_the_chosen_grade(grade: str, lead: str, fires: bool) -> None:
    assert ("R3.glucosuria" in keys(urine_glucose=grade, leads={"glucosuria": lead})) == fires


@pytest.mark.parametrize(
    ("taken", "value", "fires"),
    [
        ("2025-02-01", "6.0", False),  # 28 days before the first of March
        ("2025-01-31", "6.0", True),
        ("2025-03-01", "6.0", False),
        ("2025-03-02", "6.0", True),  # planned for tomorrow proves nothing
    ],
)
def test_glucosuria_is_silent_only_after_a_normal_test_within_4_weeks(taken: str, value: str, fires: bool) -> None:
    test = {"tests": [{"test_kind": "ogtt", "test_value": value, "test_on": taken}]}
    answers: dict[str, Any] = {"STA-11": "2025-03-01", "urine_glucose": "plus_1", **test}
    assert ("R3.glucosuria" in keys(**answers)) == fires
    assert "UND-06" in missing(**{"STA-11": "2025-03-01"})


def test_known_diabetes_stops_every_glucose_test_and_asks_for_help_today() -> None:
    """Source: LHG (partly)."""
    for kind in ("diabetes_type_1", "diabetes_type_2"):
        answers = {**NO_FACTOR, "SYG-00": "yes", "SYG-03": [kind], "ARV-08": "yes", "urine_glucose": "plus_2"}
        found = {key for key in keys(**answers) if key.startswith("R3.")}
        assert found == {"R3.known_diabetes"}
        assert finding("R3.known_diabetes", **answers)["urgency"] == "today"
        assert "R4.start" not in keys(**answers)  # diabetes alone is not a reason for aspirin


@pytest.mark.parametrize(
    ("operation", "instead"), [("stomach_bypass", True), ("gastric_bypass", True), ("sleeve", False), ("other", False)]
)
def test_after_a_bypass_another_test_is_named_instead(operation: str, instead: bool) -> None:
    """Source: LHG (partly)."""
    answers = {**NO_FACTOR, "ARV-08": "yes", "OPE-04": operation}
    found = {key for key in keys(**answers) if key.startswith("R3.")}
    assert found == ({"R3.bypass"} if instead else {"R3.late"})


def test_the_other_test_keeps_the_reason_and_a_bypass_without_reason_is_silent() -> None:
    answers = {**NO_FACTOR, "ARV-08": "yes", "OPE-04": "gastric_bypass"}
    text = finding("R3.bypass", **answers)["because"]
    assert text == "Efter gastrisk bypass bruges en anden metode. Sukkersyge i familien."
    assert "R3.bypass" not in keys(**{**NO_FACTOR, "OPE-04": "gastric_bypass"})
    assert "OPE-00" in missing(**{**NO_FACTOR, "ARV-08": "yes"})
    assert "OPE-04" in missing(**{**NO_FACTOR, "ARV-08": "yes", "OPE-00": [{"operation_area": "bariatric"}]})


@pytest.mark.parametrize(
    ("answers", "refs"),
    [
        (weighing("100"), {"ARV-08", "TFO-00", "SYG-03", "TER-11"}),
        ({**weighing("108"), **NULLIPARA, "SYG-00": "no"}, {"ARV-08"}),  # one yes, one open: might be two
        ({**weighing("100"), "births": [{"TFO-04": ["uncomplicated"]}], "ARV-08": "no", "SYG-00": "no"}, {"TFO-14"}),
        ({**weighing("100"), "births": [{"children": [{"TFO-14": 3000}]}]}, {"TFO-04"}),
    ],
)
def test_what_would_decide_is_named_as_missing(answers: dict[str, Any], refs: set[str]) -> None:
    assert refs <= missing(**answers)


def test_what_is_not_known_is_named_without_a_number() -> None:
    assert finding("R3.late", **{"ARV-08": "yes"})["because"] == (
        "Sukkersyge i familien. Uvist: BMI ≥ 27, tidligere barn ≥ 4.500 g, PCOS og flerfoldsgraviditet."
    )


def test_a_factor_that_cannot_change_the_outcome_is_not_missing() -> None:
    answers = {**weighing("100"), **NULLIPARA, "SYG-00": "no", "TER-11": "yes"}  # family diabetes alone is open
    assert "R3.late" in keys(**answers)
    assert "R3.early" not in keys(**answers)
    assert finding("R3.late", **answers)["because"] == "Flerfoldsgraviditet. Uvist: sukkersyge i familien."
    case = Case.of(facts_of(read_answers(answers, TODAY)), TODAY, Editions(TODAY, {}))
    assert [one.missing for one in judge(case) if isinstance(one, Unknown)] == [("UND-06",), ("OPE-00",)]
