"""The shape of `flask assess`: lenient in form, strict in what is an answer, and silent about values in messages."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from forms import CATALOGUE
from svangre.record.assess_input import assess_json, read_answers
from svangre.record.facts import facts_of
from svangre.record.plain_values import BadInput
from svangre.rules.facts import Facts, Known, Unknown
from tests.rules.situations import TODAY, assessed, keys


def facts(**answers: Any) -> Facts:
    return facts_of(read_answers(answers, TODAY))


def test_all_four_parts_are_always_there_and_the_result_is_json() -> None:
    result = assessed()
    assert set(result) == {"computed", "findings", "unverified", "missing"}
    assert json.loads(json.dumps(result)) == result
    one = assessed(**{"RUS-01": "yes"})["findings"][0]
    assert {"rule", "title", "because", "data", "source", "strength"} <= set(one)


def test_a_list_gives_a_list() -> None:
    first, second = assess_json([{"TER-06": "2025-10-08"}, {}], TODAY)
    assert (first["computed"]["due_date"], second["computed"]["due_date"]) == ("2025-10-08", None)


def test_the_day_of_assessment_is_in_the_answers_or_else_given() -> None:
    for key in ("STA-11", "consultation_on", "today"):
        result = assess_json({key: "2025-03-08", "TER-06": "2025-10-08"}, TODAY)
        assert result["computed"]["gestational_age"] == "9+3"
    assert assessed(**{"TER-06": "2025-10-08"})["computed"]["gestational_age"] == "8+3"


@pytest.mark.parametrize("given", ["Ja", "ja", "yes", True, "JA"])
def test_yes_in_many_ways(given: Any) -> None:
    assert facts(**{"ARV-08": given}).family.diabetes == facts(family_diabetes="yes").family.diabetes


@pytest.mark.parametrize("given", ["Nej", "no", False, 0])
def test_no_in_many_ways(given: Any) -> None:
    fact = facts(**{"TFO-00": given}).births
    assert isinstance(fact, Known)
    assert fact.value == ()


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (None, "Ikke besvaret"),
        ("unknown", "Ved ikke"),
        ("Ved ikke", "Ved ikke"),
        ("declines", "Vil ikke svare"),
        ("Vil ikke svare", "Vil ikke svare"),
        ("Ønsker ikke at oplyse", "Vil ikke svare"),
        ("Vil tale med lægen", "Vil hellere tale med lægen"),
        ("ask_doctor", "Vil hellere tale med lægen"),
        ("Jeg vil hellere tale med lægen", "Vil hellere tale med lægen"),
    ],
)
def test_states(given: Any, state: str) -> None:
    fact = facts(**{"ARV-08": given}).family.diabetes
    assert isinstance(fact, Unknown)
    assert fact.data[0].value == state


def test_absent_is_not_asked() -> None:
    fact = facts().family.diabetes
    assert isinstance(fact, Unknown)
    assert not fact.asked


@pytest.mark.parametrize("given", ["bad", "Dårlig", "dårlig"])
def test_options_by_key_or_label(given: str) -> None:
    assert "R22.experience" in keys(births=[{"TFO-08": given}])


@pytest.mark.parametrize("given", ["Blodprop", ["Blodprop"], ["blood_clot"], "Blodprop (trombose)"])
def test_lists_of_options_by_key_or_label(given: Any) -> None:
    assert "R15.own" in keys(**{"SYG-01": given})


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"SYG-01": "Forhøjet blodtryk"}, "R4.start"),
        ({"SYG-08": ["Blødningssygdom"]}, "R22.chronic"),
        ({"SYG-09": "Leverbetændelse"}, "R9.known_hepatitis"),
        ({"SYG-04": "Gentagne urinvejsinfektioner"}, "R10.selective"),
        ({"births": [{"TFO-04": "Graviditetssukkersyge"}]}, "R3.early"),
        ({"OPE-01": "Keglesnit"}, "R17.cervix"),
        ({"TOB-02": "Ja"}, "R14.help"),
        ({"UND-10": "Pos"}, "R8.antibodies"),
        ({"UND-06": {"S": "1+"}}, "R3.glucosuria"),
        ({"UND-06": {"Leu": "neg", "Nit": "pos"}}, "R10.culture"),
        ({"ARV-06": "Begge"}, "R11.partner"),
        ({"ALK-03": 2}, "R13.now"),
        ({"VUR-02": 3, "ALK-04": [3, 5], "RUS-01": "Ja"}, "R21.family_clinic"),
        ({"substances": [{"RUS-02": "Smertestillende (opioider)"}]}, "R21.family_clinic"),
    ],
)
def test_the_words_of_the_specification_are_understood_too(answers: dict[str, Any], key: str) -> None:
    assert key in keys(**answers)


@pytest.mark.parametrize(
    ("given", "days"),
    [("40+2", 282), (282, 282), ("282", 282), (40, 280), ("40", 280), ({"weeks": 40, "days": 2}, 282), ("16+0", 112)],
)
def test_weeks_at_an_earlier_birth(given: Any, days: int) -> None:
    births = facts(births=[{"TFO-02": given}]).births
    assert isinstance(births, Known)
    fact = births.value[0].age_days
    assert isinstance(fact, Known)
    assert fact.value == days


def test_weeks_and_days_as_two_items_or_coarse() -> None:
    births = facts(births=[{"birth_weeks": 33, "birth_days": 6}, {"TFO-02": "Før tiden"}]).births
    assert isinstance(births, Known)
    first, second = births.value
    assert isinstance(first.age_days, Known)
    assert first.age_days.value == 237
    assert isinstance(second.timing, Known)
    assert second.timing.value == "before_term"


@pytest.mark.parametrize("given", ["146/92", "146 / 92", {"systolic": 146, "diastolic": 92}])
def test_blood_pressure(given: Any) -> None:
    exam = facts(**{"UND-05": given}).exam
    assert isinstance(exam.systolic, Known)
    assert isinstance(exam.diastolic, Known)
    assert (exam.systolic.value, exam.diastolic.value) == (146, 92)


@pytest.mark.parametrize("given", [28, "28", {"low": 28, "high": 28}, "28-28"])
def test_cycle_as_a_number(given: Any) -> None:
    assert assessed(**{"TER-01": "2025-01-01", "TER-02": given})["computed"]["due_date_method"] == "lmp"


@pytest.mark.parametrize(
    "given", [{"low": 27, "high": 32}, "27-32", "27–32", "uregelmæssig", "Det er uregelmæssigt", "irregular"]
)
def test_cycle_as_a_span_or_irregular(given: Any) -> None:
    assert assessed(**{"TER-01": "2025-01-01", "TER-02": given})["computed"]["due_date_method"] == "lmp_uncertain"


@pytest.mark.parametrize("given", [82.5, "82.5", "82,5"])
def test_decimals(given: Any) -> None:
    assert assessed(**{"UND-01": 170, "UND-02": given})["computed"]["bmi"] == 28.5


def test_scan_as_a_date_or_with_the_day_of_the_scan() -> None:
    for given in ("2025-10-08", {"due_date": "2025-10-08", "scanned_on": "2025-02-20"}):
        assert assessed(**{"TER-06": given})["computed"]["due_date_method"] == "scan"


def test_children_outside_their_row_and_operations_outside_theirs_open_one() -> None:
    assert keys(births=[{"TFO-14": 4600}]) == keys(births=[{"children": [{"TFO-14": 4600}]}])
    assert "R17.cervix" in keys(**{"OPE-01": "Ja"})
    assert "R17.cervix" in keys(**{"OPE-00": [{"cone_biopsy": True}]})
    births = facts(**{"TFO-14": 4600, "TFO-02": "39+0"}).births
    assert isinstance(births, Known)
    assert len(births.value) == 1
    assert len(births.value[0].children) == 1


def test_an_answer_counts_unless_its_opening_question_says_otherwise() -> None:
    assert "R15.own" in keys(**{"SYG-01": ["blood_clot"]})
    assert "R15.own" in keys(**{"SYG-01": ["blood_clot"], "SYG-00": "yes"})
    assert "R15.own" not in keys(**{"SYG-01": ["blood_clot"], "SYG-00": "no"})
    assert "R15.own" not in keys(**{"SYG-00": "no", "SYG-01": ["blood_clot"]})
    assert "R4.start" not in keys(**{"FER-02": "egg_donation", "FER-01": "no"})
    assert assessed(births=[{"TFO-11": "live_birth"}], **{"TFO-00": "no"})["computed"]["parity"] == 0


def test_a_chain_of_hidden_questions_hides_the_last_one() -> None:
    given = {"FER-01": "no", "FER-02": "ivf", "FER-03": {"date": "2025-01-20", "embryo_age_days": 5}}
    assert assessed(**given)["computed"]["due_date"] is None


@pytest.mark.parametrize(
    "given",
    [
        {"XYZ-99": 1},
        {"no_such_item": 1},
        {"TER-01": "1.1.2025"},
        {"TER-01": "2025-02-30"},
        {"TER-01": 20250101},
        {"TER-02": 14},
        {"TER-02": 91},
        {"TER-02": {"low": 32, "high": 27}},
        {"TER-02": "sometimes"},
        {"UND-01": 211},
        {"UND-01": "170 cm"},
        {"UND-01": True},
        {"UND-02": "29.9"},
        {"UND-02": "250.1"},
        {"UND-02": "NaN"},
        {"UND-02": "heavy"},
        {"UND-02": True},
        {"UND-05": "146/"},
        {"UND-05": {"systolic": 146, "pulse": 60}},
        {"UND-05": {"systolic": 300}},
        {"ARV-08": "måske"},
        {"SYG-01": ["broken_leg"]},
        {"SYG-01": ""},
        {"births": {"TFO-02": "40+0"}},
        {"births": ["40+0"]},
        {"births": [{"TFO-02": "15+6"}]},
        {"births": [{"TFO-02": "40+7"}]},
        {"births": [{"TFO-01": "last year"}]},
        {"births": [{"TFO-01": 1979}]},
        {"births": [{"no_such_item": 1}]},
        {"STA-11": "today"},
        {"birth_date": "1990"},
        {"STA-01": "1234"},
        {"edition_on": "2025"},
        {"leads": ["P"]},
        {"leads": {"ogtt_weeks": 1}},
        {"FER-03": {"date": "2025-01-20", "embryo_age_days": 9}},
        {"what_matters": 5},
        {"UND-03": 25},
        7,
        "text",
        [{}, 7],
    ],
)
def test_what_is_no_answer_is_refused(given: Any) -> None:
    with pytest.raises(BadInput):
        assess_json(given, TODAY)


def test_messages_name_the_key_and_never_the_value() -> None:
    with pytest.raises(BadInput, match=r"^UND-01: et helt tal fra 120 til 210$"):
        assess_json({"UND-01": 999}, TODAY)
    with pytest.raises(BadInput, match=r"^TER-01: en dato som 2026-11-24$"):
        assess_json({"TER-01": "secret"}, TODAY)
    with pytest.raises(BadInput) as caught:
        assess_json({"STA-01": "010190-12"}, TODAY)
    assert "0101" not in str(caught.value)


def test_settings_are_no_answers() -> None:
    given = {
        "birth_date": "1990-01-01",
        "edition_on": "2015-01-01",
        "leads": {},
        "today": "2025-03-01",
        "ARV-08": "yes",
    }
    result = assess_json(given, date(2000, 1, 1))
    assert [one["title"] for one in result["findings"] if one["key"] == "R3.late"] == ["Overvej OGTT uge 28–30"]
    assert result["computed"]["edition_on"] == "2015-01-01"


def test_every_question_of_the_record_is_understood_by_its_row() -> None:
    asked = {placed.item.ref for placed in CATALOGUE if placed.item.who and not placed.group}
    for ref in asked:
        read_answers({ref: None}, TODAY)
