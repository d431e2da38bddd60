"""What a Bundle from a clinic's own record system becomes, and what is refused."""

from __future__ import annotations

import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from svangre.fhir import systems
from svangre.fhir.incoming import MOST_ENTRIES, read_bundle
from svangre.fhir.parsing import BadContent
from svangre.record.imported import Facts
from tests.fhir.bundles import HER, allergy, bundle, bundle_of, concept, condition, medicine, observation

CPR = "0102933334"
TODAY, BEGAN, VISIT = date(2026, 11, 24), date(2026, 9, 26), date(2026, 11, 24)
NPU = "http://npu-terminology.org"
SKS = "urn:oid:1.2.208.176.2.4.12"


def read(*resources: dict[str, Any]) -> Facts:
    return read_bundle(bundle(CPR, *resources)).facts(today=TODAY, began_on=BEGAN, visit_on=VISIT)


def rows(*resources: dict[str, Any]) -> list[dict[str, Any]]:
    return [{item: one.value for item, one in row.answers.items()} for row in read(*resources).rows]


def fields(*resources: dict[str, Any]) -> dict[str, Any]:
    return {one.item_id: one.answer.value for one in read(*resources).fields}


def test_a_medcom_list_of_diagnoses_is_read_with_codes_dates_and_who_wrote_it() -> None:
    found = Path(__file__).with_name("conditionlist.json").read_bytes()
    facts = read_bundle(found).facts(today=TODAY, began_on=BEGAN, visit_on=VISIT)
    assert (facts.cpr, facts.source, facts.left_out) == ("0201919996", "Lægerne Testgade", ())
    assert [(row.answers["diagnosis_name"].value, row.known_on) for row in facts.rows] == [
        ("Lavt stofskifte", "2019-05"), ("Astma", "2001"), ("Spontan abort", "2024-03-02"),
    ]  # fmt: skip
    remarks = [row.answers["diagnosis_remark"].value for row in facts.rows]
    assert remarks[0] == "Aktuel. DE039, T86. Noteret 20. maj 2019. Fast behandling, følges i almen praksis."
    assert remarks[2].startswith("Afsluttet 9. marts 2024. DO039, W82")


@pytest.mark.parametrize(
    ("more", "name", "remark"),
    [
        ({"code": {"text": "KOL"}}, "KOL", None),
        ({"code": concept("urn:oid:1.2.208.176.2.31", "W05")}, "W05", None),
        ({"code": {"coding": [{"code": "X99", "display": "Ukendt kode"}]}}, "Ukendt kode", "X99"),
        ({}, "Uden navn", None),
        (
            {"code": {"text": "Astma"}, "abatementDateTime": "2020", "clinicalStatus": concept("x", "active")},
            "Astma",
            "Uafklaret, om den er aktuel",
        ),
    ],
)
def test_the_loosest_diagnoses_are_kept_in_words(more: dict[str, Any], name: str, remark: str | None) -> None:
    (row,) = rows(condition(**more))
    assert (row["diagnosis_name"], row.get("diagnosis_remark")) == (name, remark)


def test_a_name_that_is_too_long_for_its_field_is_kept_whole_as_text() -> None:
    name = "Meget langt navn " * 20
    facts = read(condition(name))
    assert len(facts.rows[0].answers["diagnosis_name"].value) == 200
    assert facts.texts == (name.strip(),)


def test_what_was_withdrawn_or_marked_private_is_left_out_and_counted() -> None:
    wrong = {"verificationStatus": concept("x", "entered-in-error")}
    private = {"meta": {"security": [{"system": systems.CONFIDENTIALITY, "code": "R"}]}}
    procedure = {"resourceType": "Procedure", "status": "completed", "subject": {"reference": HER}}
    facts = read(condition("Fejl", **wrong), medicine("Hemmelig", **private), medicine("Kendt"), procedure)
    assert [row.answers["medicine_name"].value for row in facts.rows] == ["Kendt"]
    assert facts.left_out == (
        "1 × Procedure: læses ikke", "1 × markeret som privat, hvor det blev skrevet",
        "1 × trukket tilbage eller afkræftet, hvor det blev skrevet",
    )  # fmt: skip


def test_medicine_is_a_row_with_its_dose_and_what_she_stopped_with_is_text() -> None:
    facts = read(
        medicine("Levothyroxin 100 mikrogram", dosage=[{"text": "1 tablet dagligt"}], effectiveDateTime="2019-05"),
        medicine("Sertralin", status="stopped", effectivePeriod={"end": "2025-01-02"}),
        medicine("Penicillin", effectivePeriod={"end": "2025-01-02"}),
    )
    assert [dict(row.answers) for row in facts.rows] == [dict(facts.rows[0].answers)]
    assert facts.rows[0].answers["medicine_dose"].value == "1 tablet dagligt"
    assert facts.texts == (
        "Tager ikke nu: Sertralin, til 2. januar 2025", "Tager ikke nu: Penicillin, til 2. januar 2025",
    )  # fmt: skip
    assert {one.item_id: one.answer.value for one in facts.fields} == {"takes_medicine": "yes"}


def test_a_medicine_of_its_own_is_found_by_its_reference() -> None:
    contained = {"resourceType": "Medication", "id": "m1", "code": {"text": "Lamotrigin 100 mg"}}
    one = medicine("", contained=[contained], medicationReference={"reference": "#m1"})
    del one["medicationCodeableConcept"]
    assert rows(one)[0]["medicine_name"] == "Lamotrigin 100 mg"


def test_none_known_is_a_no_beside_the_question_and_nothing_else_is() -> None:
    none = concept(systems.SNOMED, "716186003")
    assert fields(allergy(none)) == {"allergy": "no"}
    assert rows(allergy(none)) == []
    assert fields() == {}


def test_an_allergy_is_a_row_with_its_reaction_and_an_old_one_is_text() -> None:
    reaction = [{"manifestation": [{"text": "Udslæt"}]}]
    facts = read(
        allergy(concept("x", "P1", "Penicillin"), category=["medication"], reaction=reaction),
        allergy({"text": "Æg"}, clinicalStatus=concept("x", "resolved")),
    )
    assert {item: one.value for item, one in facts.rows[0].answers.items()} == {
        "allergen_kind": "medicine", "allergen": "Penicillin (P1)", "allergy_reaction": "Udslæt",
    }  # fmt: skip
    assert len(facts.rows) == 1 and facts.texts == ("Tidligere allergi: Æg",)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (observation(systems.LOINC, "8302-2", 168, "cm"), {"height_cm": 168}),
        (observation(NPU, "NPU03794", 1.68, "m"), {"height_cm": 168}),
        (observation(systems.LOINC, "8302-2", 66, "[in_i]"), {}),
        (observation(systems.LOINC, "8302-2", 16, "cm"), {}),
        (observation(systems.LOINC, "29463-7", 64.5, "kg", "2026-08-01"), {"weight_before_kg": "64.5"}),
        (observation(systems.LOINC, "29463-7", 66, "kg", "2026-11-24T09:00:00+01:00"), {"weight_today_kg": "66.0"}),
        (observation(systems.LOINC, "29463-7", 66, "kg", "2026-10-30"), {}),
        (observation(systems.LOINC, "29463-7", 66, "kg", "2019-10-30"), {}),
        (observation(NPU, "NPU26678", concept(systems.SNOMED, "278148006")), {"rhd": "negative"}),
        (observation(systems.LOINC, "10331-7", concept(systems.SNOMED, "165747007")), {"rhd": "positive"}),
        (observation(systems.LOINC, "883-9", concept(systems.SNOMED, "112144000", "Blood group A")), {}),
    ],
)  # fmt: skip
def test_a_measurement_goes_beside_its_field_only_when_it_is_sure(
    one: dict[str, Any], expected: dict[str, Any]
) -> None:
    facts = read(one)
    assert {fact.item_id: fact.answer.value for fact in facts.fields} == expected
    assert facts.fields or facts.rows or facts.texts, "something was dropped"


def test_the_newest_of_several_measurements_is_offered() -> None:
    assert fields(
        observation(systems.LOINC, "8302-2", 168, "cm", "2024-01-01"),
        observation(systems.LOINC, "8302-2", 167, "cm", "2020-01-01"),
    ) == {"height_cm": 168}


def test_results_are_rows_with_a_number_only_in_the_unit_that_the_rules_expect() -> None:
    here = rows(
        observation(NPU, "NPU03577", 2.5, "mIU/L", "2026-11-02", referenceRange=[{"low": {"value": 0.4}}]),
        observation(NPU, "NPU02319", 130, "g/L", "2026-11-02"),
        observation(NPU, "NPU99999", concept("x", "n", "Negativ")),
        observation(systems.LOINC, "882-1", concept(systems.SNOMED, "278147001", "O RhD positiv")),
    )
    assert here[0] == {
        "test_kind": "tsh", "test_on": "2026-11-02", "test_value": "2.5", "test_unit": "mIU/l",
        "test_remark": "TSH (NPU03577). reference 0,4–…",
    }  # fmt: skip
    assert here[1]["test_kind"] == "other" and "test_value" not in here[1]
    assert here[1]["test_remark"] == "Hæmoglobin (NPU02319): 130 g/L"
    assert [one["test_remark"] for one in here[2:]] == ["NPU99999: Negativ", "Blodtype (882-1): O RhD positiv"]


def test_an_observation_that_nobody_knows_is_kept_as_text_with_its_code_and_date() -> None:
    pressure = observation(
        systems.LOINC, "85354-9", on="2026-11-01", component=[
            {"code": {"text": "systolisk"}, "valueQuantity": {"value": 122, "unit": "mmHg"}},
            {"code": {"text": "diastolisk"}, "valueQuantity": {"value": 76, "unit": "mmHg"}},
        ],
    )  # fmt: skip
    assert read(pressure).texts == ("Blodtryk (85354-9): systolisk 122 mmHg; diastolisk 76 mmHg (1. november 2026)",)


def entry(**more: Any) -> bytes:
    return json.dumps(bundle_of(CPR, condition("Astma")) | more).encode()


TWINS = [{"fullUrl": "urn:uuid:a", "resource": condition("Astma")} for _ in range(2)]
OTHER = {"resourceType": "Patient", "id": "o", "identifier": [systems.person_identifier("0201919996")]}
PERSON = bundle_of(CPR)["entry"][0]
BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "syntax"),
    "half": (entry()[:-20], "syntax"),
    "not a number": (entry(total="x").replace(b'"x"', b"NaN"), "syntax"),
    "an endless number": (entry(total="x").replace(b'"x"', b"1.0e999999999"), "syntax"),
    "a key twice": (entry().replace(b'"type"', b'"type": "document", "type"', 1), "structure"),
    "a list": (b"[]", "structure"),
    "too deep for us": (b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", "structure"),
    "too deep for anybody": (b"[" * 200_000 + b"]" * 200_000, "structure"),
    "XML": (b'<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>', "not_json"),
    "a patient alone": (json.dumps(OTHER).encode(), "unsupported"),
    "a transaction": (entry(type="transaction"), "unsupported"),
    "R5: an element": (bundle(CPR, condition("Astma", participant=[])), "structure"),
    "R5: a type": (bundle(CPR, allergy({"text": "Æg"}, type={"text": "allergy"})), "structure"),
    "entries that are none": (entry(entry=[1]), "structure"),
    "an entry without resource": (entry(entry=[{"fullUrl": "urn:uuid:a"}]), "structure"),
    "an address that is none": (entry(entry=[{"fullUrl": [1], "resource": OTHER}]), "structure"),
    "the same id twice": (entry(entry=[PERSON, *TWINS]), "duplicate"),
    "no patient": (entry(entry=[]), "wrong_patient"),
    "two patients": (bundle(CPR, OTHER), "wrong_patient"),
    "a patient without number": (entry(entry=[{"resource": {"resourceType": "Patient"}}]), "wrong_patient"),
    "about another": (bundle(CPR, condition("Astma") | {"subject": {"reference": "Patient/o"}}), "wrong_patient"),
    "about nobody": (bundle(CPR, allergy({"text": "Æg"}) | {"patient": {"display": "x"}}), "wrong_patient"),
    "too many": (entry(entry=[{"resource": {"resourceType": "Basic"}}] * (MOST_ENTRIES + 1)), "too_large"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_used_is_refused_with_words_that_repeat_nothing(name: str) -> None:
    content, problem = BAD[name]
    with pytest.raises(BadContent) as refused:
        read_bundle(content)
    assert refused.value.problem == problem
    for mark in (CPR, "0201919996", "Astma", "Ellen"):
        assert mark not in str(refused.value)


def test_100_000_entries_are_refused() -> None:
    many = b'{"resourceType":"Bundle","type":"collection","entry":[' + b'{"resource":{}},' * 100_000 + b"{}]}"
    with pytest.raises(BadContent) as refused:
        read_bundle(many)
    assert refused.value.problem == "too_large"


def test_50_megabytes_are_refused_unread() -> None:
    content = b" " * 50_000_000
    tracemalloc.start()
    with pytest.raises(BadContent) as refused:
        read_bundle(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.problem == "too_large"
    assert most < 1_000_000
