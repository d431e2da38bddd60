"""The woman and the clinic as resources, the same in every document."""

from __future__ import annotations

from typing import Any

from svangre.fhir import systems
from svangre.fhir.reading import Reading
from svangre.fhir.texts import clean
from svangre.record.chart import ClinicInfo


def patient(reading: Reading, resource_id: str, *, profile: str = systems.DK_CORE_PATIENT) -> dict[str, Any]:
    """DK Core patient. Protected: confidentiality R, and neither address nor telephone (they are filtered away)."""
    identity = reading.chart.identity
    meta: dict[str, Any] = {"profile": [profile]}
    if identity.is_protected:
        meta["security"] = [{"system": systems.CONFIDENTIALITY, "code": "R"}]
    *given, family = identity.name.split()
    person: dict[str, Any] = {
        "resourceType": "Patient",
        "id": resource_id,
        "meta": meta,
        "identifier": [{"use": systems.use_of(identity.cpr), **systems.person_identifier(identity.cpr)}],
        "name": [{"use": "official", "family": family, **({"given": given} if given else {})}],
        "birthDate": identity.born.isoformat(),
    }
    phone = reading.value("phone")
    if phone and reading.value("safe_contact") != "no":
        person["telecom"] = [{"system": "phone", "value": clean(phone)}]
    if address := reading.value("address"):
        person["address"] = [{"text": clean(address)}]
    return person


def organization(clinic: ClinicInfo, resource_id: str, *, profile: str | None = None) -> dict[str, Any]:
    """The clinic by its SOR number: the author, since the national model names no person."""
    resource: dict[str, Any] = {
        "resourceType": "Organization",
        "id": resource_id,
        **({"meta": {"profile": [systems.CANONICAL + profile]}} if profile else {}),
        "identifier": [{"system": systems.SOR, "value": clinic.sor}],
        "name": clinic.name,
    }
    if clinic.phone:
        resource["telecom"] = [{"system": "phone", "value": clinic.phone}]
    if clinic.address:
        resource["address"] = [{"text": clinic.address}]
    return resource
