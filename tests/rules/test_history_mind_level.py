"""R16 age, R17 history, R18 mind, R19–R20 private, R21 substances, R22 level, R26: both sides of every threshold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from svangre.rules.age import years
from svangre.rules.care_level import level_prompt
from svangre.rules.facts import Birth, Datum, Known, Unknown
from svangre.rules.finding import Prompt
from svangre.rules.obstetric_history import is_preterm
from svangre.rules.sources import G1, KNOWLEDGE, NIV, P
from tests.rules.situations import age, assessed, at, finding, missing


def unverified(**answers: Any) -> set[str]:
    result = assessed(**answers)
    shown = {one["key"] for one in result["findings"]}
    hidden = {one["key"] for one in result["unverified"]}
    assert not shown & hidden
    return hidden


# R16 [K], on the due date.


@pytest.mark.parametrize(
    ("turned", "days", "young", "older"),
    [(20, 0, False, False), (20, -1, True, False), (40, 0, False, True), (40, -1, False, False), (35, 0, False, False)],
)
def test_age_on_the_due_date(turned: int, days: int, young: bool, older: bool) -> None:
    found = unverified(**age(turned, days))
    assert ("R16.young" in found, "R16.older" in found) == (young, older)


def test_age_is_told_and_missing_when_birth_or_due_date_is() -> None:
    assert finding("R16.older", **age(40))["because"] == "Hun er 40 år på terminsdatoen."
    assert finding("R16.young", **age(19))["because"] == "Hun er 19 år på terminsdatoen."
    assert assessed(**age(40))["computed"]["age_on_due_date"] == 40
    assert {"STA-01", "TER-01"} <= missing()
    assert "STA-01" in missing(**at(8))
    assert "STA-01" not in missing(**age(40))


def test_a_birthday_on_a_leap_day() -> None:
    born = date(2004, 2, 29)
    assert [years(born, date(2025, 2, 28)), years(born, date(2025, 3, 1))] == [20, 21]
    assert [years(born, date(2024, 2, 28)), years(born, date(2024, 2, 29))] == [19, 20]


def test_the_birth_date_may_come_from_the_cpr_number() -> None:
    assert assessed(**at(8), **{"STA-01": "081085-0005"})["computed"]["age_on_due_date"] == 40


# R17 [K].


def born(**answers: Any) -> dict[str, Any]:
    return {"births": [{"TFO-11": "live_birth", **answers}]}


@pytest.mark.parametrize(
    ("answers", "mode", "cervix", "history"),
    [
        (born(**{"TFO-06": ["normal"], "TFO-04": ["uncomplicated"], "TFO-02": "40+0"}), False, False, False),
        (born(**{"TFO-06": ["acute_caesarean"]}), True, False, False),
        (born(**{"TFO-06": ["planned_caesarean"]}), True, False, False),
        (born(**{"TFO-06": ["vacuum_or_forceps"]}), False, False, False),
        ({"OPE-02": "fibroid"}, True, False, False),
        ({"OPE-06": "disc"}, False, False, False),
        ({"OPE-01": "yes"}, False, True, False),
        ({"OPE-01": "no"}, False, False, False),
        (born(**{"TFO-02": "33+6"}), False, True, True),
        (born(**{"TFO-02": "34+0"}), False, False, True),
        (born(**{"TFO-02": "36+6"}), False, False, True),
        (born(**{"TFO-02": "37+0"}), False, False, False),
        (born(**{"TFO-02": 237}), False, True, True),  # days
        (born(**{"TFO-02": 36}), False, False, True),  # whole weeks
        (born(birth_timing="before_term"), False, False, True),
        (born(birth_timing="at_term"), False, False, False),
        (born(birth_timing="after_term"), False, False, False),
        (born(**{"TFO-04": ["cervical_insufficiency"]}), False, True, False),
        (born(**{"TFO-04": ["growth_restriction"]}), False, False, True),
        (born(**{"TFO-04": ["severe_preeclampsia"]}), False, False, True),
        (born(**{"TFO-04": ["placental_abruption"]}), False, False, True),
        (born(**{"TFO-04": ["perinatal_death"]}), False, False, True),
        (born(**{"TFO-04": ["gestational_diabetes"]}), False, False, False),
        (born(**{"TFO-06": ["shoulder_dystocia"]}), False, False, True),
        (born(**{"TFO-06": ["sphincter_tear"]}), False, False, True),
        (born(**{"TFO-06": ["severe_tear"]}), False, False, True),
        (born(**{"TFO-06": ["tear"]}), False, False, False),
        (born(**{"TFO-06": ["haemorrhage"]}), False, False, True),
        ({"births": [{"TFO-11": "stillbirth", "TFO-02": "38+0"}]}, False, False, True),
        ({"losses": [{"ABO-03": 15}]}, False, False, False),
        ({"losses": [{"ABO-03": 16}]}, False, True, False),
        ({"losses": [{"ABO-03": 21}]}, False, True, False),
    ],
)
def test_history(answers: dict[str, Any], mode: bool, cervix: bool, history: bool) -> None:
    found = unverified(**answers)
    assert [f"R17.{name}" in found for name in ("mode_of_birth", "cervix", "history")] == [mode, cervix, history]


def test_a_coarse_answer_keeps_its_words() -> None:
    told = (Datum("Tid", "Før tiden", "woman"),)
    early, late = Birth(timing=Known("before_term", told)), Birth(timing=Known("after_term", told))
    assert is_preterm(early, 259) == Known(True, told)
    assert is_preterm(late, 259) == Known(False, told)
    assert is_preterm(early, 238) == Unknown(("TFO-02",))
    assert is_preterm(Birth(), 259) == Unknown(("TFO-02",))


def test_history_that_is_not_told_is_missing() -> None:
    assert {"TFO-00", "ABO-00", "OPE-00"} <= missing()
    assert not {"TFO-00", "OPE-00", "OPE-01", "OPE-04", "TFO-11"} & missing(**{"TFO-00": "no", "OPE-00": "no"})
    early = {"births": [{"birth_timing": "before_term", "TFO-04": ["uncomplicated"]}], "OPE-00": "no", "ABO-00": "no"}
    assert "TFO-02" in missing(**early)  # before term, but how early?
    assert "ABO-03" in missing(losses=[{"ABO-02": "spontaneous"}], **{"TFO-00": "no", "OPE-00": "no"})
    childless = {"births": [{"TFO-02": "40+0", "TFO-04": ["uncomplicated"], "TFO-06": ["normal"]}]}
    assert "TFO-11" in missing(**childless)


def test_all_of_history_is_for_obstetric_assessment() -> None:
    for key, answers in (
        ("R17.mode_of_birth", {"OPE-02": "septum"}),
        ("R17.cervix", {"OPE-01": "yes"}),
        ("R17.history", born(**{"TFO-04": ["growth_restriction"]})),
    ):
        found = finding(key, **answers)
        assert (found["obstetric"], found["level"]) == (True, None)


# R18 [K].


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"PSY-01": "no"}, set()),
        ({"PSY-01": "yes", "mental_illness_kinds": ["depression"]}, {"R18.talk"}),
        ({"mental_illness_kinds": ["bipolar"]}, {"R18.talk", "R18.urgent"}),
        ({"mental_illness_kinds": ["psychosis"]}, {"R18.talk", "R18.urgent"}),
        ({"thoughts_of_self_harm": "yes"}, {"R18.talk", "R18.urgent"}),  # asked after low mood
        ({"low_mood": "yes", "thoughts_of_self_harm": "no"}, {"R18.talk"}),
        ({"little_interest": "yes"}, {"R18.talk"}),
        ({"low_mood": "no", "little_interest": "no"}, set()),
        ({"mental_illness_treatment": ["medicine"]}, {"R18.talk"}),
        ({"births": [{"TFO-10": "yes"}]}, {"R18.talk"}),
        ({"births": [{"TFO-10": "no"}]}, set()),
        ({"births": [{"TFO-08": "bad"}]}, {"R18.birth"}),
        ({"births": [{"TFO-08": "traumatic"}]}, {"R18.birth"}),
        ({"births": [{"TFO-08": "neutral"}]}, set()),
        ({"birth_fear": "much"}, {"R18.birth"}),
        ({"birth_fear": "a_little"}, set()),
    ],
)
def test_mental_health(answers: dict[str, Any], found: set[str]) -> None:
    assert {key for key in unverified(**answers) if key.startswith("R18")} == found


def test_mental_health_keeps_medicine_and_urgency() -> None:
    urgent = finding("R18.urgent", mental_illness_kinds=["psychosis"])
    assert urgent["urgency"] == "today"
    assert urgent["because"] == "Psykose eller bipolar sygdom. Medicin stoppes ikke uden aftale."
    assert {"PSY-01", "PSY-04", "FOD-07"} <= missing()
    assert not {"PSY-01", "PSY-02"} & missing(**{"PSY-01": "no"})
    assert "PSY-01" in missing(**{"PSY-01": "ask_doctor"})
    only_medicine = finding("R18.talk", **{"PSY-01": "yes", "mental_illness_treatment": ["medicine"]})
    assert "medicin for psykisk sygdom" in only_medicine["because"]


# R19, R20 [K], private.


@pytest.mark.parametrize(
    ("answers", "key", "fires"),
    [
        ({"OPE-08": "yes"}, "R19.plan", True),
        ({"OPE-08": "no"}, "R19.plan", False),
        ({"OPE-08": "declines"}, "R19.plan", False),
        ({"VOL-01": "no"}, "R20.act", True),
        ({"VOL-01": "yes", "VOL-02": "no", "VOL-03": "no", "VOL-04": "no"}, "R20.act", False),
        ({"VOL-02": "yes"}, "R20.act", True),
        ({"VOL-03": "yes"}, "R20.act", True),
        ({"VOL-04": "yes"}, "R20.act", True),
    ],
)
def test_what_is_said_alone_stays_private(answers: dict[str, Any], key: str, fires: bool) -> None:
    assert (key in unverified(**answers)) == fires
    if fires:
        assert finding(key, **answers)["private"]


def test_private_questions_not_asked_are_missing() -> None:
    assert {"OPE-08", "VOL-01", "VOL-02", "VOL-03", "VOL-04"} <= missing()
    assert "OPE-08" in missing(**{"OPE-08": "declines"})
    assert "OPE-08" not in missing(**{"OPE-08": "no"})
    assert not finding("R26.counselling", **{"ARV-05": "yes"})["private"]


# R21. Source: FAM.


@pytest.mark.parametrize(
    ("answers", "fires"),
    [
        ({"RUS-01": "yes"}, True),
        ({"RUS-01": "no"}, False),
        ({"RUS-01": "ask_doctor"}, False),
        ({"substances": [{"substance_kind": "cannabis", "substance_in_pregnancy": "no"}]}, True),
    ],
)
def test_substances(answers: dict[str, Any], fires: bool) -> None:
    result = assessed(**answers)
    shown = {one["key"] for one in result["findings"]}
    assert ("R21.family_clinic" in shown, "R22.substances" in shown) == (fires, fires)
    assert ("RUS-01" in result["missing"]) == (answers.get("RUS-01") == "ask_doctor")


def test_substances_say_when_and_which() -> None:
    now = finding("R21.family_clinic", substances=[{"substance_kind": "opioids", "substance_in_pregnancy": "yes"}])
    assert now["because"] == (
        "Rusmidler eller vanedannende medicin de seneste 2 år og brug efter erkendt graviditet. "
        "Kroniske smerter behandlet med opioider tæller med."
    )
    before = finding("R21.family_clinic", substances=[{"substance_kind": "cannabis", "substance_in_pregnancy": "no"}])
    assert before["because"] == "Rusmidler eller vanedannende medicin de seneste 2 år."
    mixed = finding("R21.family_clinic", substances=[{"substance_kind": "opioids"}, {"substance_in_pregnancy": "no"}])
    assert "opioider" not in mixed["because"]


# R22. Source: NIV, P, G1.


def levels(**answers: Any) -> dict[str, int]:
    found = assessed(**answers)
    return {one["key"].removeprefix("R22."): one["level"] for one in found["findings"] if one["rule"] == "R22"}


@pytest.mark.parametrize(
    ("answers", "reason", "level"),
    [
        ({"RUS-01": "yes"}, "substances", 4),
        ({"mental_illness_kinds": ["psychosis"]}, "severe_mental", 4),
        ({"mental_illness_kinds": ["bipolar"]}, "severe_mental", 4),
        ({"PSY-01": "yes"}, "mental", 3),
        ({"SOC-14": "yes"}, "social", 3),
        ({"SOC-13": "yes"}, "her_life", 3),
        ({"SOC-16": ["finances"]}, "her_life", 3),
        ({"SOC-16": ["housing"]}, "her_life", 3),
        ({"SOC-16": ["network"]}, "her_life", 3),
        ({"SOC-16": ["municipality"]}, "her_life", 3),
        ({"TOB-02": "yes"}, "smoking", 2),
        ({"UND-01": 200, "UND-02": 100}, "overweight", 2),
        ({"births": [{"TFO-08": "bad"}]}, "experience", 2),
        ({"births": [{"TFO-08": "traumatic"}]}, "experience", 2),
        ({"births": [{"TFO-04": ["gestational_diabetes"]}]}, "gdm_risk", 2),
        ({"ARV-08": "yes"}, "gdm_risk", 2),
    ],
)
def test_reasons_point_to_a_level(answers: dict[str, Any], reason: str, level: int) -> None:
    assert levels(**answers).get(reason) == level
    text = finding(f"R22.{reason}", **answers)
    assert text["title"] == f"Overvej omsorgsniveau {level}"
    assert f"Peger på niveau {level}: " in text["because"]
    assert (text["where"], text["urgency"], text["obstetric"]) == ("omsorgsniveau", "knowledge", False)


def test_a_reason_for_a_level_is_knowledge_at_the_level_field() -> None:
    assert level_prompt("x", 3) == Prompt(
        "R22.x", "Overvej omsorgsniveau 3", (NIV, P, G1), "confirmed", "knowledge", "omsorgsniveau", level=3
    )
    assert level_prompt("y", 2, "unverified", (KNOWLEDGE,)) == Prompt(
        "R22.y", "Overvej omsorgsniveau 2", (KNOWLEDGE,), "unverified", "knowledge", "omsorgsniveau", level=2
    )


CHRONIC = [
    ("SYG-01", "hypertension"), ("SYG-01", "heart_disease"), ("SYG-01", "stroke"), ("SYG-02", "severe_asthma"),
    ("SYG-03", "hypothyroidism"), ("SYG-03", "hyperthyroidism"), ("SYG-03", "thyroid_disease"),
    ("SYG-03", "diabetes_type_1"), ("SYG-03", "diabetes_type_2"), ("SYG-04", "kidney_disease"),
    ("SYG-05", "epilepsy"), ("SYG-05", "multiple_sclerosis"), ("SYG-06", "ulcerative_colitis"),
    ("SYG-06", "crohns_disease"), ("SYG-06", "liver_disease"), ("SYG-07", "rheumatoid_arthritis"),
    ("SYG-07", "lupus"), ("SYG-07", "scleroderma"), ("SYG-08", "bleeding_disorder"), ("SYG-08", "thrombophilia"),
    ("SYG-08", "antiphospholipid_syndrome"), ("SYG-09", "hiv"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "disease"), CHRONIC)
def test_chronic_disease_points_to_level_3(row: str, disease: str) -> None:
    assert levels(**{row: [disease]})["chronic"] == 3


@pytest.mark.parametrize(
    ("row", "disease"),
    [
        ("SYG-02", "lung_disease"),
        ("SYG-05", "migraine"),
        ("SYG-07", "back_problem"),
        ("SYG-08", "anaemia"),
        ("SYG-09", "gbs"),
    ],
)
def test_lesser_disease_does_not(row: str, disease: str) -> None:
    assert "chronic" not in levels(**{row: [disease]})


@pytest.mark.parametrize(
    "answers",
    [
        {"TOB-02": "never"},
        {"UND-01": 200, "UND-02": "99.9"},
        {"births": [{"TFO-08": "good", "TFO-04": ["uncomplicated"]}]},
        {"SOC-13": "no", "SOC-14": "no", "SOC-16": ["none"]},
        {"PSY-01": "no", "RUS-01": "no", "SYG-00": "no", "ARV-08": "no"},
        {},
    ],
)
def test_without_a_reason_no_level_is_named_not_even_the_basic_one(answers: dict[str, Any]) -> None:
    assert levels(**answers) == {}


def test_reasons_come_highest_first_and_nothing_is_selected() -> None:
    answers = {"TOB-02": "yes", "PSY-01": "yes", "RUS-01": "yes"}
    result = assessed(**answers)
    assert [one["level"] for one in result["findings"] if one["level"]] == [4, 3, 2]
    assert "omsorgsniveau" not in result["computed"]


def test_reasons_for_a_level_without_a_source_are_unverified() -> None:
    assert "R22.young" in unverified(**age(19))
    assert "R22.young" not in unverified(**age(20))
    assert "R22.postpartum" in unverified(births=[{"TFO-10": "yes"}])
    assert "R22.birth_fear" in unverified(birth_fear="much")
    assert "R22.birth_fear" not in unverified(birth_fear="a_little")
    assert "R22.young" in unverified(**age(20, -1))


def test_a_level_reason_is_never_an_obstetric_one_and_the_other_way_round() -> None:
    answers = {"TOB-02": "yes", "FER-02": "egg_donation", "SYG-03": ["diabetes_type_1"], "SYG-01": ["blood_clot"]}
    both = [one for one in assessed(**answers)["findings"] if one["level"] and one["obstetric"]]
    assert both == []


def test_what_would_give_a_reason_is_missing() -> None:
    assert {"SOC-13", "SOC-14", "SOC-16", "TFO-00", "SYG-02", "FOD-07"} <= missing()


# R26 [K].


@pytest.mark.parametrize(("answer", "fires"), [("yes", True), ("no", False), ("unknown", False)])
def test_related_parents(answer: str, fires: bool) -> None:
    assert ("R26.counselling" in unverified(**{"ARV-05": answer})) == fires
    assert ("ARV-05" in missing(**{"ARV-05": answer})) == (answer == "unknown")
