"""Codes for readers abroad: check digits, units, and that a summary says only what was said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from svangre.fhir import international
from svangre.fhir.ips import Section, ips_document, summary
from svangre.national import CODES, ELEMENTS, MEASUREMENTS
from svangre.record.chart import Chart, Identity
from tests.builders import UNKNOWN, chart_with, random_chart

TERMS = [*international.PROBLEMS.values(), *international.SMOKING.values(), international.PREGNANT]
SNOMED = {
    *CODES,
    *(term.code for term in TERMS if term.code),
    *(element.code for element in ELEMENTS if element.code),
    *(component.code for element in ELEMENTS for component in element.components),
    *(one.code for one in MEASUREMENTS),
}
# Verhoeff: multiplication in the dihedral group D5, and the permutation by place.
TIMES = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 0, 6, 7, 8, 9, 5], [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7], [4, 0, 1, 2, 3, 9, 5, 6, 7, 8], [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2], [7, 6, 5, 9, 8, 2, 1, 0, 4, 3], [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]  # fmt: skip
MOVED = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 5, 7, 6, 2, 8, 3, 0, 9, 4], [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7], [9, 4, 5, 3, 1, 2, 6, 8, 7, 0], [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5], [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
]  # fmt: skip


def verhoeff(code: str) -> bool:
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = TIMES[check][MOVED[place % 8][int(digit)]]
    return check == 0


def mod_10(code: str) -> bool:
    """LOINC: digits before the hyphen doubled every second from the right, as Luhn."""
    digits, _, check = code.partition("-")
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 - place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return (10 - total % 10) % 10 == int(check)


@pytest.mark.parametrize("code", sorted(SNOMED))
def test_snomed_codes_have_their_check_digit(code: str) -> None:
    assert verhoeff(code)


@pytest.mark.parametrize("code", sorted(international.LOINC))
def test_loinc_codes_have_their_check_digit(code: str) -> None:
    assert mod_10(code)


def test_the_check_digits_find_a_wrong_digit() -> None:
    assert not verhoeff("38341004")
    assert not mod_10("82810-4")


def test_every_sendable_diagnosis_has_english_words() -> None:
    from forms import CATALOGUE

    for placed in CATALOGUE:
        if "GMSomatiskDiagnoseTypeCondition" in placed.item.national:
            keys = {option.key for option in placed.item.options} - {"none", "no"}
            assert keys == {key for item_id, key in international.PROBLEMS if item_id == placed.item.id}


def sections(chart: Chart) -> dict[str, Section]:
    return {one.title: one for one in summary(chart)}


def words(section: Section) -> list[str]:
    return [line.words for one in section.lines for line in (one, *one.members)]


@pytest.mark.parametrize(
    ("answers", "empty"),
    [
        ({}, "notasked"),
        ({"allergy": UNKNOWN}, "unavailable"),
        ({"allergy": "no"}, "nilknown"),
    ],
)
def test_nothing_known_is_written_only_after_a_no(answers: dict[str, Any], empty: str) -> None:
    section = sections(chart_with(answers))["Allergies"]
    assert (section.lines, section.empty) == ([], empty)


def test_no_known_problems_needs_a_no_to_body_and_mind() -> None:
    assert sections(chart_with(somatic_disease="no"))["Problems"].empty == "unavailable"
    assert sections(chart_with(somatic_disease="no", mental_illness="no"))["Problems"].empty == "nilknown"


def test_a_summary_reads_as_a_doctor_abroad_needs_it() -> None:
    computed = {"due_date": "2027-07-03", "due_date_method": "scan", "gestational_age_days": 59}
    chart = chart_with(
        computed=computed,
        somatic_disease="yes",
        circulation=["hypertension"],
        allergy="yes",
        allergies=[{"allergen": "Penicillin", "allergen_kind": "medicine", "allergy_reaction": "Udslæt"}],
        takes_medicine="yes",
        medicines=[{"medicine_name": "Labetalol", "medicine_dose": "100 mg"}],
        given_birth_before="yes",
        births=[{"children": [{"child_outcome": "live_birth"}, {"child_outcome": "live_birth"}]}],
        pregnant_before_without_birth="no",
        smokes_now="never",
    )
    found = sections(chart)
    assert words(found["Problems"]) == ["High blood pressure"]
    assert words(found["Allergies"]) == ["Penicillin: Udslæt"]
    assert words(found["Medication"]) == ["Labetalol, 100 mg"]
    assert words(found["Pregnancy"]) == [
        "Pregnant",
        "Estimated due date 3 July 2027 (ultrasound)",
        "Gestational age 8+3 weeks on the day of signing",
        "Earlier births: 1",
        "Children born alive: 2",
        "Miscarriages: 0",
        "Induced abortions: 0",
    ]
    assert words(found["Social history"]) == ["Smoking: never smoked"]


def test_a_loss_that_is_kept_private_is_not_counted() -> None:
    chart = chart_with(pregnant_before_without_birth="yes", losses=[{"loss_year": "2020", "loss_kind": UNKNOWN}])
    assert not [line for line in words(sections(chart)["Pregnancy"]) if "abortion" in line or "Miscarriage" in line]


def test_the_due_date_carries_its_method_in_the_code() -> None:
    for method, code in (("scan", "11778-8"), ("lmp", "11779-6"), ("ivf", "11780-4")):
        computed = {"due_date": "2027-07-03", "due_date_method": method}
        bundle = json.loads(ips_document(chart_with(computed=computed)))
        codes = {
            one["resource"]["code"]["coding"][0]["code"]
            for one in bundle["entry"]
            if one["resource"]["resourceType"] == "Observation"
        }
        assert code in codes


def test_a_summary_uses_known_units_and_the_same_bytes_for_the_same_version() -> None:
    for seed in range(20):
        content = ips_document(random_chart(seed))
        assert content == ips_document(random_chart(seed))
        units = {
            one["resource"]["valueQuantity"]["code"]
            for one in json.loads(content)["entry"]
            if "valueQuantity" in one["resource"]
        }
        assert units <= {"d", "1"}


def test_a_replacement_number_stays_behind() -> None:
    bundle = json.loads(ips_document(chart_with(identity=Identity("6102933334", "Li Wei"))))
    (patient,) = [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Patient"]
    assert "identifier" not in patient
