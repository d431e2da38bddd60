"""From a chart to facts: which value counts, what a state means, and what lies behind an opening question."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from forms import CATALOGUE
from svangre.catalogue import Answer
from svangre.record.chart import Chart, ClinicInfo, Field, Given, Identity, Row
from svangre.record.facts import assess_chart, assessment_of, facts_of
from svangre.rules.facts import Cycle, Datum, Facts, Known, Unknown

AT = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)  # the 20th in Denmark
TODAY = date(2026, 11, 24)
CLINIC = ClinicInfo("Lægehuset", "1", "1", "Demo", "00", "Vej 1")


def given(value: Any, giver: Any = "woman") -> Given:
    answer = value if isinstance(value, Answer) else Answer("value", value)
    return Given("1", answer, giver, "", AT)


def hers(value: Any) -> Field:
    return Field(hers=given(value))


def chart(
    fields: dict[str | tuple[str, str | None], Any], rows: tuple[Row, ...] = (), visit: date | None = None
) -> Chart:
    placed = {key if isinstance(key, tuple) else (key, None): field for key, field in fields.items()}
    kept = {key: field if isinstance(field, Field) else hers(field) for key, field in placed.items()}
    return Chart("p", Identity("0101909996", "Testperson"), CLINIC, CATALOGUE, kept, rows, visit)


def facts(fields: dict[Any, Any], *rows: Row) -> Facts:
    return facts_of(chart(fields, rows))


def row(group: str, name: str, parent: str | None = None) -> Row:
    return Row(name, group, parent, "woman")


def test_a_fact_carries_words_giver_day_and_field() -> None:
    assert facts({"height_cm": 170}).exam.height_cm == Known(
        170, (Datum("Højde", "170 cm", "woman", date(2026, 11, 20), "height_cm"),)
    )


def test_the_clinics_value_counts_before_hers() -> None:
    both = Field(hers=given(170), clinics=given(168, "clinic"))
    fact = facts({"height_cm": both}).exam.height_cm
    assert isinstance(fact, Known)
    assert (fact.value, fact.data[0].giver) == (168, "clinic")


def test_an_imported_value_that_nobody_accepted_is_not_known() -> None:
    assert isinstance(facts({"height_cm": Field(imported=given(168, "record"))}).exam.height_cm, Unknown)


def test_not_asked_and_the_other_states_are_unknown_each_with_its_word() -> None:
    not_asked = facts({}).family.diabetes
    assert not_asked == Unknown(("ARV-08",), (Datum("Diabetes i familien", "Ikke spurgt", item="family_diabetes"),))
    for state, word in (("unknown", "Ved ikke"), ("declines", "Vil ikke svare"), ("not_answered", "Ikke besvaret")):
        fact = facts({"family_diabetes": Answer(state)}).family.diabetes  # type: ignore[arg-type]
        assert isinstance(fact, Unknown)
        assert (fact.missing, fact.data[0].value, fact.asked) == (("ARV-08",), word, True)
    assert isinstance(not_asked, Unknown)
    assert not not_asked.asked


def test_kinds_of_answers() -> None:
    found = facts(
        {
            "weight_before_kg": "82.5",
            "last_period": "2026-09-26",
            "cycle_days": {"low": 27, "high": 32},
            "ancestry_countries": ["DK", "TR"],
            "malformations_in_family": "treated",
            "mmr": "not_vaccinated",
        }
    )
    assert isinstance(found.exam.weight_before_kg, Known)
    assert found.exam.weight_before_kg.value == Decimal("82.5")
    assert isinstance(found.last_period, Known)
    assert found.last_period.value == date(2026, 9, 26)
    assert isinstance(found.cycle, Known)
    assert found.cycle.value == Cycle(27, 32)
    assert isinstance(found.ancestry, Known)
    assert found.ancestry.value == {"DK", "TR"}
    assert isinstance(found.family.malformations, Known)
    assert found.family.malformations.value is True
    assert isinstance(found.mmr, Known)
    assert found.mmr.value is False
    irregular = facts({"cycle_days": "irregular"}).cycle
    assert isinstance(irregular, Known)
    assert irregular.value.irregular


def test_no_to_an_opening_question_makes_what_lies_behind_it_known_and_empty() -> None:
    found = facts({"somatic_disease": "no", "mental_illness": "no", "relevant_surgery": "no", "takes_medicine": "no"})
    for group in ("circulation", "endocrine", "blood", "infections"):
        fact = getattr(found.illness, group)
        assert (fact.value, fact.data[0].label) == (frozenset(), "Somatisk sygdom af relevans")
    assert isinstance(found.illness.mental_kinds, Known)
    assert isinstance(found.illness.cone_biopsy, Known)
    assert found.illness.cone_biopsy.value is False
    assert isinstance(found.illness.bariatric, Known)
    assert found.medicines == Known((), found.medicines.data)


def test_yes_or_nothing_to_an_opening_question_leaves_what_lies_behind_it_open() -> None:
    for opening in ({}, {"somatic_disease": "yes"}, {"somatic_disease": Answer("unknown")}):
        assert isinstance(facts(opening).illness.circulation, Unknown)


def test_a_hidden_answer_does_not_count_and_comes_back() -> None:
    said = {"somatic_disease": "no", "circulation": ["blood_clot"]}
    assert "R15.own" not in {one["key"] for one in assess_chart(chart(said), TODAY)["findings"]}
    said["somatic_disease"] = "yes"
    assert "R15.own" in {one["key"] for one in assess_chart(chart(said), TODAY)["findings"]}


def test_births_with_their_children_and_losses() -> None:
    rows = (row("births", "b1"), row("births", "b2"), row("births.children", "c1", "b1"), row("losses", "l1"))
    found = facts(
        {
            "given_birth_before": "yes",
            "pregnant_before_without_birth": "yes",
            ("birth_weeks", "b1"): 39,
            ("birth_days", "b1"): 2,
            ("birth_weeks", "b2"): 36,
            ("child_weight", "c1"): 4620,
            ("loss_week", "l1"): 9,
        },
        *rows,
    )
    assert isinstance(found.births, Known)
    first, second = found.births.value
    assert isinstance(first.age_days, Known)
    assert (first.age_days.value, [datum.value for datum in first.age_days.data]) == (275, ["39 uger", "2 dage"])
    assert isinstance(second.age_days, Known)
    assert (second.age_days.value, len(second.age_days.data)) == (252, 1)
    assert isinstance(first.children[0].weight, Known)
    assert (len(first.children), second.children) == (1, ())
    assert isinstance(found.losses, Known)
    assert isinstance(found.losses.value[0].week, Known)


def test_yes_without_rows_and_rows_behind_a_no() -> None:
    assert isinstance(facts({"given_birth_before": "yes"}).births, Unknown)
    assert facts({"given_birth_before": "no"}, row("births", "b")).births == Known(
        (), facts({"given_birth_before": "no"}).births.data
    )
    assert isinstance(facts({}, row("births", "b")).births, Known)


def test_operations_by_area() -> None:
    rows = (row("operations", "o1"), row("operations", "o2"))
    found = facts(
        {
            "relevant_surgery": "yes",
            ("operation_area", "o1"): "cervix",
            ("cone_biopsy", "o1"): "yes",
            ("operation_area", "o2"): "bariatric",
        },
        *rows,
    ).illness
    assert isinstance(found.operations, Known)
    assert found.operations.value == {"cervix", "bariatric"}
    assert isinstance(found.cone_biopsy, Known)
    assert found.cone_biopsy.value is True
    assert isinstance(found.bariatric, Unknown)  # which operation is not told
    assert found.bariatric.missing == ("OPE-04",)
    half = facts({"relevant_surgery": "yes", ("operation_area", "o1"): "back"}, *rows).illness
    assert isinstance(half.operations, Unknown)
    back = facts({"relevant_surgery": "yes", ("operation_area", "o1"): "back"}, rows[0]).illness
    assert isinstance(back.bariatric, Known)
    assert back.bariatric.value == frozenset()


def test_dated_results_and_the_highest_of_them() -> None:
    rows = (row("tests", "t1"), row("tests", "t2"), row("tests", "t3"))
    found = facts(
        {
            ("test_kind", "t1"): "hba1c",
            ("test_value", "t1"): "48",
            ("test_kind", "t2"): "hba1c",
            ("test_value", "t2"): "39",
            ("test_kind", "t3"): "ogtt",
            ("test_value", "t3"): "8.1",
            ("test_on", "t3"): "2026-11-01",
        },
        *rows,
    ).exam
    assert isinstance(found.hba1c, Known)
    assert found.hba1c.value == Decimal(48)
    assert isinstance(found.tsh, Unknown)
    assert found.tsh.missing == ("UND-15",)
    assert len(found.glucose_tests) == 1
    assert isinstance(found.glucose_tests[0].taken_on, Known)


def test_substances_medicines_and_nicotine() -> None:
    rows = (row("substances", "s1"), row("medicines", "m1"))
    found = facts(
        {
            "substance_use": "yes",
            ("substance_kind", "s1"): "opioids",
            ("substance_in_pregnancy", "s1"): "no",
            "takes_medicine": "yes",
            ("medicine_name", "m1"): "Panodil",
            "nicotine_products": ["none"],
            "smokes_now": "not_known",
        },
        *rows,
    )
    assert isinstance(found.substance_kinds, Known)
    assert found.substance_kinds.value == {"opioids"}
    assert isinstance(found.substances_now, Known)
    assert found.substances_now.value is False
    assert isinstance(found.medicines, Known)
    assert found.medicines.value == ("Panodil",)
    assert isinstance(found.nicotine, Known)
    assert found.nicotine.value == "no"
    assert isinstance(found.smokes, Unknown)
    never = facts({"substance_use": "no"})
    assert isinstance(never.substances_now, Known)
    assert never.substances_now.value is False
    assert facts({}).substances_now == Unknown(("RUS-03",), facts({}).substances.data)


def test_age_and_visit_come_from_the_chart() -> None:
    said = {"last_period": "2026-09-26", "cycle_days": {"low": 28, "high": 28}}
    result = assessment_of(chart(said, visit=date(2026, 12, 7)), TODAY)
    assert result.case.age == Known(37, result.case.age.data)
    assert result.case.dating.visit_age == Known(72, result.case.dating.due_on.data)
    late = assess_chart(chart(said, visit=date(2026, 12, 7)), TODAY)["findings"][0]
    assert late["key"] == "R1.late_visit"
    assert ("Dato for konsultation", "7.12.2026") in [(one["label"], one["value"]) for one in late["data"]]


def test_editions_and_leading_sources_pass_through() -> None:
    said = {"family_diabetes": "yes"}
    assert assess_chart(chart(said), TODAY)["computed"]["edition_on"] == "2026-11-24"
    old = assess_chart(chart(said), TODAY, date(2015, 1, 1))
    assert [one["title"] for one in old["findings"] if one["key"] == "R3.late"] == ["Overvej OGTT uge 28–30"]
    chosen = assess_chart(chart(said), TODAY, leads={"ogtt_weeks": "P"})
    assert [one["title"] for one in chosen["findings"] if one["key"] == "R3.late"] == ["Overvej OGTT uge 28–30"]


def test_staff_never_learn_from_a_finding_what_they_may_not_see() -> None:
    said = {
        "genital_cutting": Field(clinics=given("yes", "clinic")),
        "violence_past_year": Field(clinics=given("yes", "clinic")),
    }
    whole = {one["key"] for one in assess_chart(chart(said), TODAY)["unverified"]}
    assert {"R19.plan", "R20.act"} <= whole
    hidden = assess_chart(chart(said).for_her(), TODAY)["unverified"]
    assert not {"R19.plan", "R20.act"} & {one["key"] for one in hidden}
