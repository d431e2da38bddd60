"""R5–R7 supplements, R8 RhD, R9 infections, R10 urine: both sides of every threshold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.situations import age, assessed, at, finding, keys, missing

# R5. Source: FOL, GP1.


@pytest.mark.parametrize(("weeks", "days", "fires"), [(8, 0, True), (12, 6, True), (13, 0, False)])
def test_folic_acid_is_proposed_through_12_weeks_and_6_days(weeks: int, days: int, fires: bool) -> None:
    assert ("R5.folic" in keys(**at(weeks, days), **{"MED-03": "no"})) == fires
    assert ("R5.high" in keys(**at(weeks, days), **{"ARV-03": "yes"})) == fires


@pytest.mark.parametrize(
    ("taken", "fires"), [("no", True), ("standard", False), ("high", False), ("unknown_dose", False)]
)
def test_folic_acid_only_when_she_takes_none(taken: str, fires: bool) -> None:
    assert ("R5.folic" in keys(**{"MED-03": taken})) == fires


def test_folic_acid_not_told_is_missing_and_not_taken_for_no() -> None:
    assert "R5.folic" not in keys()
    assert "MED-03" in missing()
    assert "MED-03" in missing(**{"MED-03": "unknown"})
    assert "MED-03" not in missing(**{"MED-03": "no"})


@pytest.mark.parametrize(
    ("answers", "key", "fires"),
    [
        ({"ARV-03": "yes"}, "R5.high", True),
        ({"ARV-03": "not_treated"}, "R5.high", True),
        ({"ARV-03": "no"}, "R5.high", False),
        ({"births": [{"TFO-04": ["malformation"]}]}, "R5.high", True),
        ({"births": [{"TFO-04": ["uncomplicated"]}]}, "R5.high", False),
        ({"ARV-03": "yes", "MED-03": "high"}, "R5.high", False),
        ({"SYG-05": ["epilepsy"]}, "R5.epilepsy", True),
        ({"SYG-05": ["migraine"]}, "R5.epilepsy", False),
        ({"SYG-03": ["diabetes_type_2"]}, "R5.high_unverified", True),
        ({"UND-01": 200, "UND-02": 120}, "R5.high_unverified", True),
        ({"UND-01": 200, "UND-02": "119.9"}, "R5.high_unverified", False),
        ({"OPE-04": "sleeve"}, "R5.high_unverified", True),
        ({"OPE-01": "yes"}, "R5.high_unverified", False),
    ],
)
def test_high_dose_folic_acid(answers: dict[str, Any], key: str, fires: bool) -> None:
    assert (key in keys(**answers)) == fires


def test_high_dose_says_whom_it_is_for_and_who_disagrees() -> None:
    found = finding("R5.high", **{"ARV-03": "yes"})
    assert "neuralrørsdefekt" in found["because"]
    assert "2. måned" in found["disagreement"]
    assert found["strength"] == "partly"
    assert {one["key"] for one in assessed(**{"OPE-04": "sleeve"})["unverified"]} >= {"R5.high_unverified"}


# R6, R7. Source: GP1, GP2.


@pytest.mark.parametrize(
    ("taken", "vitamin_d", "iron"),
    [
        (["none"], True, True),
        (["vitamin_d"], False, True),
        (["iron"], True, False),
        (["multivitamin"], True, True),  # its iron does not count
        (["vitamin_d", "iron", "calcium"], False, False),
    ],
)
def test_vitamin_d_and_iron(taken: list[str], vitamin_d: bool, iron: bool) -> None:
    found = keys(**{"MED-04": taken})
    assert ("R6.vitamin_d" in found, "R7.iron" in found) == (vitamin_d, iron)


def test_a_multivitamin_is_to_be_checked_for_vitamin_d() -> None:
    assert "tjek, at det giver 10 µg" in finding("R6.vitamin_d", **{"MED-04": ["multivitamin"]})["because"]
    assert "tager ikke D-vitamin" in finding("R6.vitamin_d", **{"MED-04": ["none"]})["because"]


def test_iron_has_its_window() -> None:
    assert finding("R7.iron", **at(8), **{"MED-04": ["none"]})["window"] == ["2025-03-12", "2025-05-07"]  # 10+0–18+0


def test_supplements_not_told_are_missing() -> None:
    assert not {"R6.vitamin_d", "R7.iron"} & keys()
    assert {"MED-04", "KOS-01"} <= missing()
    assert not {"MED-04", "KOS-01"} & missing(**{"MED-04": ["none"], "KOS-01": ["none"]})


@pytest.mark.parametrize(
    ("diet", "taken", "calcium", "b12"),
    [
        (["vegan"], ["none"], True, True),
        (["vegan"], ["calcium"], False, True),
        (["vegetarian"], ["none"], False, False),
        (["vegan"], None, False, True),
    ],
)
def test_calcium_and_b12_for_vegans(diet: list[str], taken: list[str] | None, calcium: bool, b12: bool) -> None:
    found = keys(**{"KOS-01": diet, "MED-04": taken})
    assert ("R7.calcium" in found, "R7.b12" in found) == (calcium, b12)


# R8. Source: RHD, LH, P.


def test_rhd_negative_gets_the_plan_with_both_sides_of_the_disagreement() -> None:
    found = finding("R8.negative", **at(8), **{"UND-09": "negative"})
    assert found["title"] == "Overvej prøve i uge 25 og anti-D fra uge 28"
    assert "300 µg" in found["because"]
    assert "uge 29" in found["disagreement"]
    assert found["window"] == ["2025-06-25", "2025-07-01"]  # week 25
    paper = finding("R8.negative", **{"UND-09": "negative"}, leads={"anti_d_week": "P"})
    assert paper["title"] == "Overvej prøve i uge 25 og anti-D fra uge 29"
    assert paper["source"].startswith("Svangerskabsjournal")
    assert "R8.negative" not in keys(**{"UND-09": "positive"})


@pytest.mark.parametrize(
    ("weeks", "days", "text"),
    [
        (6, 6, None),
        (7, 0, "Kilden siger intet om uge 7"),
        (7, 6, "Kilden siger intet om uge 7"),
        (8, 0, "100–150 µg"),
        (19, 6, "100–150 µg"),
        (20, 0, "250–300 µg"),
    ],
)
def test_bleeding_when_rhd_negative(weeks: int, days: int, text: str | None) -> None:
    answers = {**at(weeks, days), "UND-09": "negative", "TER-12": ["bleeding"]}
    assert ("R8.event" in keys(**answers)) == (text is not None)
    if text:
        found = finding("R8.event", **answers)
        assert text in found["because"]
        assert f"uge {weeks}" in found["because"]
        assert found["urgency"] == "today"


@pytest.mark.parametrize(
    ("answers", "fires"),
    [
        ({"UND-09": "positive", "TER-12": ["bleeding"]}, False),
        ({"UND-09": "negative", "TER-12": ["pain"]}, False),
        ({"UND-09": "negative", "TER-12": ["none"]}, False),
        ({"UND-09": "negative", "TER-12": ["bleeding"]}, True),  # week unknown: still said
    ],
)
def test_who_is_reminded_of_anti_d(answers: dict[str, Any], fires: bool) -> None:
    assert ("R8.event" in keys(**answers)) == fires


def test_what_is_missing_about_rhd() -> None:
    assert {"UND-08", "UND-09", "UND-10"} <= missing()
    assert "UND-10" not in missing(**{"UND-10": "awaiting"})
    assert "UND-09" in missing(**{"UND-09": "awaiting"})
    assert not {"UND-08", "UND-09"} & missing(**{"UND-09": "positive"})
    assert "TER-12" in missing(**{"UND-09": "negative"})
    assert "TER-01" in missing(**{"UND-09": "negative", "TER-12": ["bleeding"]})
    assert "Ugen er ikke kendt" in finding("R8.event", **{"UND-09": "negative", "TER-12": ["bleeding"]})["because"]


@pytest.mark.parametrize(
    ("answers", "fires"),
    [
        ({"UND-08": "no"}, True),
        ({"UND-08": "ordered"}, False),
        ({"UND-08": "taken"}, False),
        ({"UND-08": "no", "UND-09": "negative"}, False),
    ],
)
def test_a_blood_group_sample_that_was_not_ordered(answers: dict[str, Any], fires: bool) -> None:
    assert ("R8.sample" in keys(**answers)) == fires


def test_antibodies_are_unverified() -> None:
    assert "R8.antibodies" in {one["key"] for one in assessed(**{"UND-10": "positive"})["unverified"]}
    assert "R8.antibodies" not in keys(**{"UND-10": "negative"})


# R9. Source: EPI, INF; K for chlamydia.


@pytest.mark.parametrize("test", ["hepatitis_b", "hiv", "syphilis"])
@pytest.mark.parametrize(
    ("result", "fires"), [("positive", True), ("negative", False), ("ordered", False), ("declined", False)]
)
def test_a_positive_infection_goes_to_a_specialist(test: str, result: str, fires: bool) -> None:
    assert ("R9.positive" in keys(**{test: result})) == fires


def test_positive_infections_are_named_together() -> None:
    assert finding("R9.positive", hepatitis_b="positive", hiv="positive")["because"] == "Hepatitis B og Hiv er positiv."
    assert "UND-11" in missing(hepatitis_b="negative", hiv="negative")
    assert "UND-11" not in missing(hepatitis_b="negative", hiv="negative", syphilis="declined")


def test_known_hepatitis_is_offered_the_test_too() -> None:
    assert "R9.known_hepatitis" in keys(**{"SYG-09": ["hepatitis"]})
    assert "R9.known_hepatitis" not in keys(**{"SYG-09": ["hepatitis"], "hepatitis_b": "ordered"})
    assert "R9.known_hepatitis" not in keys(**{"SYG-09": ["hiv"]})


@pytest.mark.parametrize(("years", "days", "fires"), [(26, 0, False), (26, -1, True), (25, 0, True)])
def test_chlamydia_under_26_on_the_due_date_is_unverified(years: int, days: int, fires: bool) -> None:
    answers = age(years, days)
    assert ("R9.chlamydia" in {one["key"] for one in assessed(**answers)["unverified"]}) == fires
    assert "R9.chlamydia" not in keys(**answers, screenings=[{"screening_kind": "chlamydia"}])


# R10. Source: GP2, GBS, P.


@pytest.mark.parametrize(
    ("answers", "fires"),
    [
        ({"urine_leucocytes": "negative", "urine_nitrite": "negative"}, False),
        ({"urine_leucocytes": "trace", "urine_nitrite": "negative"}, False),
        ({"urine_leucocytes": "plus_1"}, True),
        ({"urine_leucocytes": "plus_3"}, True),
        ({"urine_nitrite": "positive"}, True),
        ({"urine_nitrite": "positive", "urine_culture_sent": "yes"}, False),
        ({"urine_nitrite": "positive", "urine_culture_sent": "no"}, True),
    ],
)
def test_a_positive_stick_is_cultured(answers: dict[str, Any], fires: bool) -> None:
    assert ("R10.culture" in keys(**answers)) == fires


def test_a_stick_not_read_is_missing() -> None:
    assert "UND-06" in missing(urine_leucocytes="negative", urine_glucose="negative")
    assert "UND-06" not in missing(urine_leucocytes="negative", urine_nitrite="negative", urine_glucose="negative")


@pytest.mark.parametrize(
    ("lead", "cfu", "treat"),
    [
        ("Sundhedsstyrelsen", 100, True),
        ("Sundhedsstyrelsen", None, True),
        ("DSOG", 9_999, False),
        ("DSOG", 10_000, True),
        ("DSOG", None, True),
    ],
)
def test_gbs_in_urine_is_marked_always_and_treated_by_the_leading_source(
    lead: str, cfu: int | None, treat: bool
) -> None:
    answers: dict[str, Any] = {"gbs_in_urine": "yes", "urine_culture_cfu": cfu, "leads": {"gbs_cfu": lead}}
    found = finding("R10.gbs", **answers)
    assert found["title"] == (
        "Overvej behandling, og markér GBS i vandrejournalen" if treat else "Overvej at markere GBS i vandrejournalen"
    )
    assert "DSOG: først fra 10.000" in found["disagreement"]
    assert ("UND-07" in missing(**answers)) == (lead == "DSOG" and cfu is None)


@pytest.mark.parametrize(("cfu", "fires"), [(99_999, False), (100_000, True)])
def test_bacteriuria_is_confirmed_by_a_second_culture(cfu: int, fires: bool) -> None:
    assert ("R10.repeat" in keys(urine_culture_cfu=cfu)) == fires
    assert "R10.repeat" not in keys(urine_culture_cfu=cfu, gbs_in_urine="yes")
    assert ("R10.repeat" in keys(urine_culture_cfu=cfu, gbs_in_urine="no")) == fires
    assert "R10.gbs" not in keys(gbs_in_urine="no")


def test_selective_culture_and_earlier_gbs() -> None:
    unverified = {one["key"] for one in assessed(**{"SYG-04": ["recurrent_uti"]})["unverified"]}
    assert "R10.selective" in unverified
    assert "R10.selective" in keys(**{"SYG-03": ["diabetes_type_1"]})
    assert "R10.selective" not in keys(**{"SYG-04": ["endometriosis"]})
    assert "R10.selective" not in keys(**{"SYG-04": ["recurrent_uti"], "urine_culture_sent": "yes"})
    assert "R10.earlier_gbs" in keys(**{"SYG-09": ["gbs"]})
    assert "R10.earlier_gbs" not in keys(**{"SYG-09": ["mrsa"]})
