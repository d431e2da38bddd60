"""R4 aspirin against pre-eclampsia: both sides of every threshold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.situations import assessed, at, finding, keys, missing, weighing

# R4. Source: ASA17 (reasons, weeks), ASA25.


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"births": [{"TFO-04": ["severe_preeclampsia"]}]}, "Tidligere svær svangerskabsforgiftning."),
        ({"SYG-04": ["kidney_disease"]}, "Nyresygdom."),
        ({"SYG-07": ["lupus"]}, "Lupus (SLE)."),
        ({"SYG-08": ["antiphospholipid_syndrome"]}, "Antifosfolipidsyndrom."),
        ({"SYG-01": ["hypertension"]}, "Kendt forhøjet blodtryk."),
        ({"FER-02": "egg_donation"}, "Ægdonation."),
    ],
)
def test_reasons_for_aspirin(answers: dict[str, Any], reason: str) -> None:
    found = finding("R4.start", **at(8), **answers)
    assert found["because"].startswith(reason)
    assert found["strength"] == "confirmed"
    assert found["obstetric"]


@pytest.mark.parametrize(
    "answers",
    [
        {"UND-05": "170/110"},
        {"TER-11": "yes"},
        {"SYG-03": ["diabetes_type_1"]},
        weighing("160"),
        {"SYG-01": ["heart_disease"]},
        {"FER-02": "ivf"},
        {"births": [{"TFO-04": ["growth_restriction"]}]},
        {"ARV-11": "yes"},
    ],
)
def test_what_is_no_reason_for_aspirin(answers: dict[str, Any]) -> None:
    assert "R4.start" not in keys(**at(8), **answers)


@pytest.mark.parametrize(
    ("weeks", "days", "urgency", "late"),
    [
        (11, 6, "plan", False),
        (12, 0, "today", False),
        (15, 6, "today", False),
        (16, 0, "today", True),
        (36, 6, "today", True),
    ],
)
def test_the_time_for_aspirin(weeks: int, days: int, urgency: str, late: bool) -> None:
    found = finding("R4.start", **at(weeks, days), **{"FER-02": "egg_donation"})
    assert found["urgency"] == urgency
    assert found["title"].startswith("Overvej, om" if late else "Overvej forebyggende acetylsalicylsyre før 16+0")
    assert ("16+0 er passeret" in found["because"]) == late
    assert found["window"] == ["2025-03-26", "2025-04-22"]  # 12+0 to 15+6


def test_from_37_weeks_aspirin_is_not_proposed() -> None:
    assert "R4.start" in keys(**at(36, 6), **{"FER-02": "egg_donation"})
    assert "R4.start" not in keys(**at(37), **{"FER-02": "egg_donation"})


def test_no_dose_is_printed_by_default_and_the_disagreement_about_it_is() -> None:
    found = finding("R4.start", **at(8), **{"FER-02": "egg_donation", "SYG-01": ["hypertension"]})
    shown_text = " ".join((found["title"], found["because"], found["disagreement"]))
    assert " mg" not in shown_text
    assert "følg lokal instruks" in found["disagreement"]
    assert "afklar, om hun er i behandling" in found["because"]
    assert "afklar" not in finding("R4.start", **at(8), **{"FER-02": "egg_donation"})["because"]


@pytest.mark.parametrize(("lead", "dose"), [("ASA17", "DSOG, 2017/18: 100 mg"), ("ASA25", "28.04.2025: mindst 100 mg")])
def test_a_dose_is_printed_once_the_clinic_has_chosen_its_source(lead: str, dose: str) -> None:
    text = finding("R4.start", **{"FER-02": "egg_donation"}, leads={"asa_dose": lead})["because"]
    assert text.startswith("Ægdonation. Bedste virkning ved start fra uge 12 og før 16+0. ")
    assert text.endswith(f"{dose} dagligt.")


def test_contraindications_are_unverified_and_only_beside_the_proposal() -> None:
    allergic = {"ALL-01": "yes", "FER-02": "egg_donation"}
    assert "R4.contraindication" in {one["key"] for one in assessed(**allergic)["unverified"]}
    assert "R4.contraindication" in keys(**{"SYG-08": ["bleeding_disorder", "antiphospholipid_syndrome"]})
    assert "R4.contraindication" not in keys(**{"ALL-01": "yes"})


def test_when_nothing_is_known_about_the_reasons_they_are_missing() -> None:
    assert {"TFO-00", "SYG-04", "SYG-07", "SYG-08", "SYG-01", "FER-02"} <= missing(**at(8))
    assert not {"SYG-04", "FER-02"} & missing(**at(8), **{"SYG-00": "no", "FER-01": "no", "TFO-00": "no"})
