"""Resources that a clinic's own system reads here: who she is, which documents there are, what the service can do."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha1
from typing import Any

from svangre.fhir import systems
from svangre.fhir.ids import moment
from svangre.fhir.mhd import MEDCOM, TYPES
from svangre.record.chart import Identity

RESTFUL_SECURITY = "http://terminology.hl7.org/CodeSystem/restful-security-service"
# The documents that the clinic makes; those that are the woman's own to take along are hers to give.
TITLES = {
    "prf": "Svangerskabsjournal", "pscr": "Vandrejournal", "pmr": "Målinger", "handover": "Overdragelse til fødested",
}  # fmt: skip
# Resource: how it can be asked for, and by which parameters (name, type).
RESOURCES: dict[str, tuple[tuple[str, ...], tuple[tuple[str, str], ...]]] = {
    "Patient": (("read", "search-type"), (("identifier", "token"), ("_id", "token"))),
    "DocumentReference": (("read", "search-type"), (("patient", "reference"), ("_id", "token"), ("status", "token"))),
    "Bundle": (("read",), ()),
    "Binary": (("read",), ()),
    "Questionnaire": (("read", "search-type"), (("url", "uri"),)),
    "QuestionnaireResponse": (("read", "search-type"), (("patient", "reference"), ("_id", "token"))),
    "OperationDefinition": (("read",), ()),
}


@dataclass(frozen=True)
class Stored:
    """A stored document of a signed version. `replaced_by`: its kind stands in a newer version, too."""

    id: str
    kind: str
    media_type: str
    content: bytes
    made_at: datetime
    signed_at: datetime
    number: int
    is_replaced: bool
    replaces: str | None

    @property
    def resource(self) -> str:
        return "Bundle" if self.media_type.endswith("json") else "Binary"


def patient(identity: Identity, resource_id: str) -> dict[str, Any]:
    """Who she is, without contact details."""
    *given, family = identity.name.split()
    meta: dict[str, Any] = {"profile": [systems.DK_CORE_PATIENT]}
    if identity.is_protected:
        meta["security"] = [{"system": systems.CONFIDENTIALITY, "code": "R"}]
    return {
        "resourceType": "Patient",
        "id": resource_id,
        "meta": meta,
        "identifier": [{"use": systems.use_of(identity.cpr), **systems.person_identifier(identity.cpr)}],
        "name": [{"use": "official", "family": family, **({"given": given} if given else {})}],
        "birthDate": identity.born.isoformat(),
    }


def document_reference(stored: Stored, identity: Identity, patient_id: str, base: str) -> dict[str, Any]:
    kind = stored.kind.upper()
    is_national = kind in TYPES
    coding = [{"system": MEDCOM + "MedCom-message-codes-CS-TEMP", "code": kind, "display": TYPES.get(kind)}]
    title = f"{TITLES.get(stored.kind, stored.kind)}, version {stored.number}"
    resource: dict[str, Any] = {
        "resourceType": "DocumentReference",
        "id": stored.id,
        "status": "superseded" if stored.is_replaced else "current",
        "docStatus": "final",
        "type": {**({"coding": coding} if is_national else {}), "text": TITLES.get(stored.kind, stored.kind)},
        "subject": {"reference": f"Patient/{patient_id}", "identifier": systems.person_identifier(identity.cpr)},
        "date": moment(stored.signed_at),
    }
    if stored.replaces:
        resource["relatesTo"] = [
            {"code": "replaces", "target": {"reference": f"DocumentReference/{stored.replaces}"}}
        ]  # fmt: skip
    return resource | {
        "securityLabel": [
            {"coding": [{"system": systems.CONFIDENTIALITY, "code": "R" if identity.is_protected else "N"}]}
        ],
        "content": [
            {
                "attachment": {
                    "contentType": stored.media_type,
                    "language": "da-DK",
                    "url": f"{base}/{stored.resource}/{stored.id}",
                    "size": len(stored.content),
                    "hash": b64encode(sha1(stored.content, usedforsecurity=False).digest()).decode(),
                    "title": title,
                    "creation": moment(stored.made_at),
                }
            }
        ],
    }


def searchset(resources: Sequence[dict[str, Any]], base: str, link: str) -> dict[str, Any]:
    """`link`: the search as it was understood, without what is personal in it."""
    entries = [
        {"fullUrl": f"{base}/{one['resourceType']}/{one['id']}", "resource": one, "search": {"mode": "match"}}
        for one in resources
    ]
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(entries),
        "link": [{"relation": "self", "url": link}],
        **({"entry": entries} if entries else {}),
    }


def capability(base: str, on: date) -> dict[str, Any]:
    token = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
    return {
        "resourceType": "CapabilityStatement",
        "url": f"{base}/metadata",
        "name": "Svangrejournal",
        "title": "Digital Svangrejournal",
        "status": "active",
        "date": on.isoformat(),
        "kind": "instance",
        "software": {"name": "Svangrejournal", "version": "0.1.0"},
        "implementation": {"description": "Digital Svangrejournal", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "documentation": "A CPR number is never part of an address: search Patient by POST _search.",
                "security": {
                    "extension": [{"url": token, "extension": [{"url": "token", "valueUri": f"{base}/token"}]}],
                    "service": [{"coding": [{"system": RESTFUL_SECURITY, "code": "SMART-on-FHIR"}]}],
                    "description": "OAuth 2 client credentials with private_key_jwt.",
                },
                "resource": list(_resources()),
                "operation": [{"name": "import", "definition": f"{base}/OperationDefinition/import"}],
            }
        ],
    }


def _resources() -> Iterable[dict[str, Any]]:
    for name, (ways, by) in RESOURCES.items():
        searches = {"searchParam": [{"name": one, "type": kind} for one, kind in by]} if by else {}
        yield {"type": name, "interaction": [{"code": way} for way in ways], **searches}


def import_operation(base: str) -> dict[str, Any]:
    """What is known about a woman in the clinic's own system, laid beside her answers."""
    return {
        "resourceType": "OperationDefinition",
        "id": "import",
        "url": f"{base}/OperationDefinition/import",
        "name": "Import",
        "title": "Hent fra journalsystemet",
        "status": "active",
        "kind": "operation",
        "description": "Patient, Condition, MedicationStatement, AllergyIntolerance and Observation of one woman with "
        "an open pregnancy at the clinic. Nothing counts before somebody in the clinic has accepted it.",
        "affectsState": True,
        "code": "import",
        "system": True,
        "type": False,
        "instance": False,
        "parameter": [
            {"name": "resource", "use": "in", "min": 1, "max": "1", "type": "Bundle"},
            {"name": "return", "use": "out", "min": 1, "max": "1", "type": "OperationOutcome"},
        ],
    }
