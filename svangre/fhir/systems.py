"""Identifier and code systems that do not differ between builds of the national model (those stand in `Build`)."""

from __future__ import annotations

from svangre.record.cpr import is_ecpr

CANONICAL = "http://sundhedsdatastyrelsen.dk/StructureDefinition/"
DK_CORE_PATIENT = "http://hl7.dk/fhir/core/StructureDefinition/dk-core-patient"

CPR = "urn:oid:1.2.208.176.1.2"
X_ECPR = "urn:oid:1.2.208.176.1.6.1.1"  # national replacement number: 1 or 7 in the seventh place
D_ECPR = "urn:oid:1.2.208.176.1.6.1.3"  # regional replacement number: 0, 5 or 6
SOR = "urn:oid:1.2.208.176.1.1"
NPU = "urn:oid:1.2.208.176.2.1"
URI = "urn:ietf:rfc:3986"
UCUM = "http://unitsofmeasure.org"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"

# The model binds neither; PRF-DK uses ISO 3166-1 alpha-2 and ISO 639-1.
COUNTRIES = "urn:iso:std:iso:3166"
LANGUAGES = "urn:ietf:bcp:47"


def person_identifier(cpr: str) -> dict[str, str]:
    """A CPR number, or a replacement number under its own system."""
    if not is_ecpr(cpr):
        return {"system": CPR, "value": cpr}
    return {"system": X_ECPR if cpr[6] in "17" else D_ECPR, "value": cpr}


def use_of(cpr: str) -> str:
    """DK Core fixes the use per system."""
    return "temp" if is_ecpr(cpr) else "official"
