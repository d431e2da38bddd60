"""R24 the dated plan, what cannot wait, and what she sees."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from forms import CATALOGUE
from svangre.record.assess_input import read_answers
from svangre.record.facts import facts_of
from svangre.rules.assess import Assessment, assess
from svangre.rules.her_view import HerView, for_her
from svangre.rules.urgent import BOXES, boxes
from svangre.rules.windows import week
from tests.rules.situations import DUE, TODAY, assessed, at, due, missing, plan


def facts(**answers: Any) -> Any:
    return facts_of(read_answers(answers, TODAY))


def result(today: date = TODAY, **answers: Any) -> Assessment:
    return assess(facts(**answers), today, today)


def hers(today: date = TODAY, **answers: Any) -> HerView:
    return for_her(result(today, **answers))


# R24.


def test_week_25_is_its_seven_days() -> None:
    assert week(25) == (175, 181)


def test_the_plan_has_a_date_for_everything() -> None:
    """Due date 2025-10-08, so that 0+0 is 2025-01-01."""
    lines = plan(**at(8), **{"TER-11": "yes", "UND-09": "negative"}, wants_risk_assessment="yes")
    spans = {key: line["window"] for key, line in lines.items()}
    assert spans == {
        "folic_acid": ["2025-01-01", "2025-04-01"],  # to 12+6
        "midwife_1": ["2025-01-01", "2025-04-01"],
        "gp_1": ["2025-02-12", "2025-03-12"],  # 6+0–10+0
        "blood_tests": ["2025-02-12", "2025-03-12"],
        "double_test": ["2025-02-26", "2025-04-08"],  # 8+0–13+6
        "iron": ["2025-03-12", "2025-05-07"],
        "scan_1": ["2025-03-19", "2025-04-08"],  # 11+0–13+6
        "scan_2": ["2025-05-07", "2025-05-21"],  # 18+0–20+0
        "pertussis": ["2025-04-02", "2025-08-13"],  # twins: 13+0–32+0
        "R3.late": ["2025-06-18", "2025-07-22"],  # 24+0–28+6
        "gp_2": ["2025-06-25", "2025-07-01"],  # week 25
        "rh_sample": ["2025-06-25", "2025-07-01"],
        "anti_d": ["2025-07-16", "2025-07-22"],  # week 28
        "gp_3": ["2025-08-13", "2025-08-19"],  # week 32
        "rsv": ["2025-08-13", "2025-08-19"],
        "influenza": ["2025-10-01", "2025-10-08"],
        "gp_after": ["2025-12-03", "2025-12-03"],  # 8 weeks
    }
    assert list(spans.values()) == sorted(spans.values())


def test_weeks_sources_and_notes_of_the_plan() -> None:
    lines = plan(**at(8), **{"ARV-08": "yes"})
    assert {key: line["weeks"] for key, line in lines.items()} == {
        "folic_acid": "til og med 12+6",
        "midwife_1": "0+0–12+6",
        "gp_1": "6+0–10+0",
        "blood_tests": "6+0–10+0",
        "double_test": "8+0–13+6",
        "iron": "10+0–18+0",
        "scan_1": "11+0–13+6",
        "scan_2": "18+0–20+0",
        "pertussis": "24+0–32+0",
        "R3.late": "uge 24–28",
        "gp_2": "uge 25",
        "gp_3": "uge 32",
        "rsv": "uge 32",
        "influenza": "2. og 3. trimester i sæsonen",
        "gp_after": "8 uger efter fødslen",
    }
    assert lines["gp_2"]["note"].startswith("Bekræft lokalt. Regionerne og SSI kalder uge 32")
    assert "12+0–13+6" in lines["scan_1"]["note"]
    assert lines["scan_2"]["note"].startswith("Hvis hun ønsker det. Papirblanketten siger 18+0–20+0")
    assert lines["gp_3"]["source"].startswith("Graviditet, fødsel og efter fødsel")
    assert [lines[key]["who"] for key in ("gp_1", "midwife_1", "double_test", "scan_1", "iron")] == [
        "Læge",
        "Jordemoder",
        "Læge",
        "Fødested",
        "Hende",
    ]
    assert {line["kind"] for line in lines.values()} == {"visit", "scan", "test", "vaccine", "supplement"}


@pytest.mark.parametrize(
    ("lead", "span"),
    [
        ("P", ["2025-05-07", "2025-05-21"]),
        ("HVI", ["2025-05-07", "2025-05-27"]),
        ("FOTO", ["2025-05-14", "2025-05-27"]),
    ],
)
def test_the_second_scan_by_leading_source(lead: str, span: list[str]) -> None:
    assert plan(**at(8), leads={"second_scan": lead})["scan_2"]["window"] == span


@pytest.mark.parametrize(
    ("lead", "visits", "unsettled"),
    [("HVI", {"gp_2": "2. lægebesøg", "gp_3": "3. lægebesøg"}, "gp_2"), ("RSV_SST", {"gp_3": "2. lægebesøg"}, "gp_3")],
)
def test_whether_there_is_a_visit_in_week_25_is_the_clinics_choice(
    lead: str, visits: dict[str, str], unsettled: str
) -> None:
    lines = plan(**at(8), leads={"second_visit": lead})
    assert {key: line["what"] for key, line in lines.items() if key in ("gp_2", "gp_3")} == visits
    assert [key for key, line in lines.items() if (line["note"] or "").startswith("Bekræft lokalt")] == [unsettled]


@pytest.mark.parametrize(("lead", "weeks", "first"), [("RHD", "fra uge 28", "07-16"), ("P", "fra uge 29", "07-23")])
def test_anti_d_stands_in_the_plan_of_the_rhd_negative_alone(lead: str, weeks: str, first: str) -> None:
    line = plan(**at(8), **{"UND-09": "negative"}, leads={"anti_d_week": lead})["anti_d"]
    assert (line["weeks"], line["window"][0]) == (weeks, f"2025-{first}")
    assert "uge 29" in line["note"]
    assert line["hers"] is None
    assert "anti_d" not in plan(**at(8), **{"UND-09": "positive"})


@pytest.mark.parametrize("lead", ["LH", "P"])
def test_a_glucose_test_stands_in_the_plan_with_the_weeks_of_the_leading_source(lead: str) -> None:
    lines = plan(**at(8), **{"ARV-08": "yes", "SYG-03": ["pcos"]}, leads={"ogtt_weeks": lead})
    weeks = {"LH": ("uge 10–20", "uge 24–28"), "P": ("uge 18–20", "uge 28–30")}[lead]
    assert (lines["R3.early"]["weeks"], lines["R3.late"]["weeks"]) == weeks
    assert lines["R3.early"]["source"].startswith("Lægehåndbogen" if lead == "LH" else "Svangerskabsjournal")


def test_without_a_due_date_the_plan_has_weeks_and_no_dates() -> None:
    lines = plan()
    assert {"gp_1", "pertussis", "influenza", "rsv", "gp_after"} <= set(lines)
    assert {line["window"] for line in lines.values()} == {None}
    assert hers().due_on is None
    assert (hers().how_dated, hers().age_days) == ("", None)


def test_vaccines_out_of_season_are_left_out_of_a_dated_plan() -> None:
    assert "rsv" not in plan(**due("2026-05-15", 8))  # week 32 in March and April


@pytest.mark.parametrize(
    ("answers", "clinic", "hers_shown"),
    [
        ({"FOS-00": "no"}, False, False),
        ({}, True, False),
        ({"FOS-00": "yes"}, True, False),
        ({"FOS-01": "yes", "FOS-02": "yes", "FOS-03": "yes"}, True, True),
        ({"FOS-01": "no", "FOS-02": "no", "FOS-03": "no"}, False, False),
        ({"FOS-01": "ask_doctor"}, True, False),
    ],
)
def test_prenatal_diagnosis_stands_in_the_plan_only_as_she_wished(
    answers: dict[str, Any], clinic: bool, hers_shown: bool
) -> None:
    assert ("scan_1" in plan(**at(8), **answers)) == clinic
    assert ("scan_1" in [entry.key for entry in hers(**at(8), **answers).plan]) == hers_shown


def test_wishes_not_told_are_missing_unless_she_wants_no_information() -> None:
    assert {"FOS-01", "FOS-02", "FOS-03"} <= missing(**{"FOS-00": "yes"})
    assert not {"FOS-01", "FOS-02", "FOS-03"} & missing(**{"FOS-00": "no"})


# What cannot wait.


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"TER-12": ["none"]}, []),
        ({"TER-12": ["bleeding", "pain"]}, ["bleeding_and_pain"]),
        ({"TER-12": ["bleeding"]}, ["bleeding"]),
        ({"TER-12": ["pain"]}, ["pain"]),
        ({"TER-12": ["vomiting"]}, []),
        ({"TER-12": ["vomiting_keeps_nothing_down"]}, ["vomiting"]),
        ({"SYG-00": "yes", "SYG-01": ["blood_clot"]}, ["blood_clot"]),
        ({"SYG-00": "yes", "SYG-01": ["hypertension"]}, []),
        ({"SYG-00": "no", "SYG-01": ["blood_clot"]}, []),  # hidden by her "no"
        ({"recently_stopped_medicine": "yes"}, ["stopped_medicine"]),
        ({"recently_stopped_medicine": "no"}, []),
        ({"recently_stopped_medicine": "yes", "stopped_medicine_details": "Orfiril i marts"}, ["harmful_medicine"]),
        ({"medicines": [{"medicine_name": "Methotrexat 10 mg"}]}, ["harmful_medicine"]),
        ({"medicines": [{"medicine_name": "ENALAPRIL"}]}, ["harmful_medicine"]),
        ({"medicines": [{"medicine_name": "Panodil"}]}, []),
        ({"low_mood": "yes", "thoughts_of_self_harm": "yes"}, ["self_harm"]),
        ({"low_mood": "yes", "thoughts_of_self_harm": "no"}, []),
        (
            {
                "TER-12": ["bleeding", "vomiting_keeps_nothing_down"],
                "SYG-01": ["blood_clot"],
                "thoughts_of_self_harm": "yes",
            },
            ["bleeding", "vomiting", "self_harm", "blood_clot"],
        ),
        ({}, []),
    ],
)
def test_calm_boxes(answers: dict[str, Any], found: list[str]) -> None:
    assert [box.key for box in boxes(facts(**answers))] == found
    assert [box.key for box in hers(**answers).boxes] == found


def test_every_box_answers_to_questions_of_the_form() -> None:
    assert [item for box in BOXES for item in box.items if item not in CATALOGUE] == []


def test_the_clinic_sees_her_own_words_first_thing() -> None:
    words = assessed(
        **{"TER-12": ["bleeding"], "SYG-01": ["blood_clot"], "thoughts_of_self_harm": "yes"},
        stopped_medicine_details="Sertralin, da jeg så testen",
    )["computed"]["her_words"]
    assert [(one["label"], one["value"]) for one in words] == [
        ("Gener lige nu", "Blødning"),
        ("Tanker om selvskade", "Ja"),
        ("Hjerte og kredsløb", "Blodprop (trombose)"),
        ("Medicin stoppet siden sidste menstruation", "Ja"),
        ("Stoppet medicin: hvilken, hvornår, hvorfor", "Sertralin, da jeg så testen"),
    ]
    assert assessed(**{"TER-12": ["none"]})["computed"]["her_words"] == []
    for symptom in ("pain", "vomiting", "vomiting_keeps_nothing_down"):
        assert len(assessed(**{"TER-12": [symptom]})["computed"]["her_words"]) == 1


def test_stopped_medicine_without_details_is_one_line() -> None:
    assert len(assessed(recently_stopped_medicine="no")["computed"]["her_words"]) == 0


# What she sees.


def test_she_sees_her_date_plan_advice_and_nothing_of_the_findings() -> None:
    answers = {"TER-01": "2025-01-01", "TER-02": 28, "ARV-08": "yes", "UND-09": "negative", "RUS-01": "yes"}
    view = hers(**answers)
    assert (view.due_on, view.age_days) == (DUE, 59)
    assert view.how_dated.startswith("Regnet ud fra din sidste menstruation.")
    assert [entry.key for entry in view.plan] == [
        "midwife_1",
        "folic_acid",
        "gp_1",
        "blood_tests",
        "iron",
        "pertussis",
        "gp_2",
        "gp_3",
        "rsv",
        "influenza",
        "gp_after",
    ]
    assert all(entry.hers and "OGTT" not in entry.hers for entry in view.plan)
    assert len(view.advice) == 5


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ({"TER-06": "2025-10-08"}, "Sat ved din skanning."),
        ({"FER-02": "ivf", "FER-03": {"date": "2025-01-20", "embryo_age_days": 5}}, "Regnet ud fra den dag, ægget"),
        ({"FER-02": "insemination", "FER-03": "2025-01-15"}, "Regnet ud fra den dag, du blev insemineret."),
        ({"TER-01": "2025-01-01"}, "Regnet ud fra din sidste menstruation, som er usikker."),
        ({"TER-01": "2025-01-01", "due_date_choice": "lmp"}, "Sat af din læge."),
    ],
)
def test_she_is_told_how_the_date_was_found(answers: dict[str, Any], text: str) -> None:
    assert hers(**answers).how_dated.startswith(text)


def test_the_day_decides_and_the_clock_does_not() -> None:
    """The nights on which the clocks change are days like others."""
    for day in (date(2025, 3, 30), date(2025, 10, 26)):
        ages = [
            assessed(today=day + timedelta(days=offset), **{"TER-06": "2025-11-20", "consultation_on": None})[
                "computed"
            ]
            for offset in (-1, 0, 1)
        ]
        numbers = [one["gestational_age_days"] for one in ages]
        assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
