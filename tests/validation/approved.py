"""Codes and units that may leave, and our own check of them.

Without a terminology server the validator knows neither SNOMED CT nor LOINC nor the units of the national model. So it
is given the approved codes as complete code systems, and what it still cannot see is checked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms.countries import COUNTRIES
from forms.languages import LANGUAGES
from svangre.fhir import international as international_codes
from svangre.fhir import measurements, systems
from svangre.national import CODES, DOCUMENTS, ELEMENTS, MEASUREMENTS, Build, Component

DISPLAYS = {one.code: (one.label or "").partition(" (niveau")[0] for one in CODES.values() if one.status == "official"}
DISPLAYS |= dict(measurements.VALUES.values())
STRUCTURE = (
    {element.code for element in ELEMENTS if element.code}
    | {component.code for element in ELEMENTS for component in element.components}
    | {one.code for one in MEASUREMENTS}
)
QUALIFIERS = {element.qualifier for element in ELEMENTS if element.qualifier} | {
    component.qualifier for element in ELEMENTS for component in element.components if component.qualifier
}
NPU = {one.npu for one in MEASUREMENTS if one.npu}
VALUES = {one.code for one in CODES.values()} | {code for code, _ in measurements.VALUES.values()}


def code_systems(build: Build) -> dict[str, Any]:
    """The approved codes as complete code systems, for the validator."""
    snomed = dict.fromkeys(sorted(STRUCTURE | VALUES | {document.type for document in DOCUMENTS}))
    return {
        "snomed": code_system(build.snomed, {code: DISPLAYS.get(code) for code in snomed}),
        "qualifiers": code_system(build.qualifiers, dict.fromkeys(sorted(QUALIFIERS))),
        "npu": code_system(systems.NPU, dict.fromkeys(sorted(NPU))),
        "countries": code_system(systems.COUNTRIES, dict.fromkeys(option.key for option in COUNTRIES)),
        "languages": code_system(systems.LANGUAGES, dict.fromkeys(option.key for option in LANGUAGES)),
    }


def international() -> dict[str, Any]:
    """LOINC and SNOMED CT International Edition, as far as the summary and the document metadata use them."""
    terms = [
        *international_codes.PROBLEMS.values(),
        *international_codes.SMOKING.values(),
        international_codes.PREGNANT,
    ]
    snomed = {term.code: term.display for term in terms if term.code}
    return {
        "international-snomed": code_system(systems.SNOMED, snomed | dict.fromkeys(("394761003", "408443003"))),
        "international-loinc": code_system(systems.LOINC, dict(international_codes.LOINC)),
    }


def code_system(url: str, codes: dict[str, str | None]) -> dict[str, Any]:
    return {
        "resourceType": "CodeSystem",
        "url": url,
        "name": "Approved",
        "status": "active",
        "caseSensitive": True,
        "content": "complete",
        "concept": [{"code": code, **({"display": display} if display else {})} for code, display in codes.items()],
    }


def faults(bundle: dict[str, Any], build: Build) -> list[str]:
    """Codes, displays and units of a national document that are not ours."""
    return list(_faults(bundle, build))


def _faults(bundle: dict[str, Any], build: Build) -> Iterator[str]:
    for entry in bundle.get("entry", ()):
        resource = entry.get("resource", {})
        for coding in _codings(resource):
            yield from _coding_faults(coding, build)
        if resource.get("resourceType") in ("Condition", "Procedure"):
            yield from _value_faults(resource.get("code", {}), None, build)
        for component in resource.get("component", ()):
            known = _component(component, resource)
            if known is None:
                yield f"unknown component {component.get('code')}"
                continue
            yield from _value_faults(component.get("valueCodeableConcept", {}), known.value_set, build)
            yield from _unit_faults(component.get("valueQuantity"), known.unit)
        yield from _measurement_faults(resource)


def _codings(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield from value.get("coding", ())
        for inner in value.values():
            yield from _codings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _codings(inner)


def _coding_faults(coding: dict[str, Any], build: Build) -> Iterator[str]:
    allowed: dict[str, Any] = {
        build.snomed: STRUCTURE | VALUES,
        build.qualifiers: QUALIFIERS,
        systems.NPU: NPU,
        systems.COUNTRIES: {option.key for option in COUNTRIES},
        systems.LANGUAGES: {option.key for option in LANGUAGES},
        systems.ROLE: {"CHILD"},
        systems.CONFIDENTIALITY: {"R"},
    }
    types = {document.type for document in DOCUMENTS} if build.document_type == coding.get("system") else set()
    if coding.get("code") not in allowed.get(coding.get("system", ""), set()) | types:
        yield f"code not approved: {coding.get('system')}|{coding.get('code')}"
    if "display" in coding and coding["display"] != DISPLAYS.get(coding.get("code", "")):
        yield f"not the official display of {coding.get('code')}"


def _value_faults(concept: dict[str, Any], value_set: str | None, build: Build) -> Iterator[str]:
    for coding in concept.get("coding", ()):
        known = CODES.get(coding.get("code", ""))
        if coding.get("system") != build.snomed:
            continue
        if known is None or not known.is_sent or known.code in build.never_sent:
            yield f"value that may not be sent: {coding.get('code')}"
        elif value_set and value_set not in known.value_sets:
            yield f"{known.code} is not in {value_set}"
        elif known.code == "306133003":
            yield "a referral sent as a care level"


def _component(component: dict[str, Any], resource: dict[str, Any]) -> Component | None:
    """The component by its code, qualifier and value type, within the element that the profile names."""
    codes = {coding.get("code") for coding in component.get("code", {}).get("coding", ())}
    profiles = {profile.rpartition("/")[2] for profile in resource.get("meta", {}).get("profile", ())}
    return next(
        (
            one
            for element in ELEMENTS
            if element.id in profiles
            for one in element.components
            if {one.code} | ({one.qualifier} if one.qualifier else set()) == codes
            and set(component) - {"code"} == {f"value{one.value_type[0].upper()}{one.value_type[1:]}"}
        ),
        None,
    )


def _unit_faults(quantity: dict[str, Any] | None, unit: str | None) -> Iterator[str]:
    if quantity is not None and quantity.get("unit") != unit:
        yield f"unit {quantity.get('unit')} instead of {unit}"


def _measurement_faults(resource: dict[str, Any]) -> Iterator[str]:
    if resource.get("resourceType") != "Observation" or "component" in resource:
        return
    codes = {coding.get("code") for coding in resource.get("code", {}).get("coding", ())}
    what = next((one for one in MEASUREMENTS if one.code in codes), None)
    if what and "valueQuantity" in resource:
        yield from _unit_faults(resource["valueQuantity"], measurements.unit_of(what))
