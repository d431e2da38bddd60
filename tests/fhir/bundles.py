"""Bundles as a clinic's own record system writes them, for tests of the reader."""

from __future__ import annotations

import json
from typing import Any

from svangre.fhir import systems

HER = "urn:uuid:1d2e3f4a-5b6c-4d7e-8f90-a1b2c3d4e505"
PLACE = "urn:uuid:0a1b2c3d-4e5f-4a6b-9c7d-8e9fa0b1c206"
SUBJECT = {"subject": {"reference": HER}}


def bundle(cpr: str, *resources: dict[str, Any], **more: Any) -> bytes:
    return json.dumps(bundle_of(cpr, *resources, **more)).encode()


def bundle_of(cpr: str, *resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A collection about the woman with this number, from »Lægerne Testgade«."""
    patient = {
        "resourceType": "Patient",
        "id": HER[9:],
        "identifier": [systems.person_identifier(cpr)],
        "name": [{"family": "Test", "given": ["Ellen"]}],
    }
    place = {"resourceType": "Organization", "name": "Lægerne Testgade"}
    entries = [{"fullUrl": HER, "resource": patient}, {"fullUrl": PLACE, "resource": place}]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [*entries, *({"resource": one} for one in resources)],
        **more,
    }


def concept(system: str, code: str, display: str = "", text: str = "") -> dict[str, Any]:
    coding = {"system": system, "code": code, **({"display": display} if display else {})}
    return {"coding": [coding], **({"text": text} if text else {})}


def condition(text: str = "", **more: Any) -> dict[str, Any]:
    code = {"code": {"text": text}} if text else {}
    return {"resourceType": "Condition", **code, **SUBJECT, **more}


def medicine(text: str, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": {"text": text},
        **SUBJECT, **more,
    }  # fmt: skip


def allergy(code: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "AllergyIntolerance", "code": code, "patient": SUBJECT["subject"], **more}


def observation(system: str, code: str, value: Any = None, unit: str = "", on: str = "", **more: Any) -> dict[str, Any]:
    """`value`: a number with its unit, or a concept."""
    made: dict[str, Any] = {"resourceType": "Observation", "status": "final", "code": concept(system, code), **SUBJECT}
    if isinstance(value, dict):
        made["valueCodeableConcept"] = value
    elif value is not None:
        made["valueQuantity"] = {"value": value, "unit": unit, "system": systems.UCUM, "code": unit}
    return made | ({"effectiveDateTime": on} if on else {}) | more
