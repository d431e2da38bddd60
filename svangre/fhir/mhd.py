"""IHE MHD, ITI-65 Provide Document Bundle (Comprehensive): the documents of a signed version offered to a registry.

One transaction with a SubmissionSet, a DocumentReference and a Binary a document and, for an amendment, a PATCH that
retires what each replaces. Ids come from the version: the same version gives the same bundle, so that a receiver that
has it already can say so. Metadata follow the Danish XDS profile 2.0; no format code is published for the FHIR
documents yet, so IHE's "the media type says enough" stands there.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from svangre.fhir import resources, systems
from svangre.fhir.bundle import NAMESPACE, moment
from svangre.record.chart import Chart

MHD = "https://profiles.ihe.net/ITI/MHD"
PROFILE = f"{MHD}/StructureDefinition/IHE.MHD."
LIST_TYPES = f"{MHD}/CodeSystem/MHDlistTypes"
TYPE_CODES = "urn:oid:1.2.208.184.100.1"  # MedCom message codes: PRF, PSCR, PMR
CLASS_CODES = "urn:oid:1.2.208.184.100.9"
FORMAT = {
    "system": "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode",
    "code": "urn:ihe:iti:xds:2017:mimeTypeSufficient",
}
CLINICAL_REPORT = {"system": CLASS_CODES, "code": "001", "display": "Klinisk rapport"}
GENERAL_PRACTICE = {"system": systems.SNOMED, "code": "394761003"}  # almen lægepraksis, as a facility
GENERAL_MEDICINE = {"system": systems.SNOMED, "code": "408443003"}  # almen medicin, as a practice setting
TITLES = {
    "PRF": "Svangerskabsjournal",
    "PSCR": "Vandrejournal",
    "PMR": "Målinger i graviditeten",
}


def provide_bundle(
    chart: Chart, documents: Mapping[str, bytes], replaces: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The transaction. `documents`: type (PRF, PSCR, PMR) → bytes; `replaces`: type → the registry's id of the
    DocumentReference that this one takes the place of.
    """
    offer = _Offer(chart, documents, replaces or {})
    return {
        "resourceType": "Bundle",
        "id": offer.id_of("offer"),
        "meta": {"profile": [f"{PROFILE}Comprehensive.ProvideBundle"]},
        "type": "transaction",
        "timestamp": offer.at,
        "entry": [
            offer.submission_set(),
            *(offer.retiring(kind) for kind in offer.replaces),
            *(offer.reference(kind) for kind in documents),
            *(offer.binary(kind) for kind in documents),
        ],
    }


def to_bytes(bundle: dict[str, Any]) -> bytes:
    return resources.to_bytes(bundle)


class _Offer:
    def __init__(self, chart: Chart, documents: Mapping[str, bytes], replaces: Mapping[str, str]) -> None:
        assert chart.signature
        self.chart, self.documents, self.signature = chart, documents, chart.signature
        self.replaces = {kind: replaces[kind] for kind in documents if kind in replaces}
        self.at = moment(chart.signature.signed_at)
        self.person = {
            "use": systems.use_of(chart.identity.cpr),
            **systems.person_identifier(chart.identity.cpr),
        }

    def id_of(self, key: str) -> str:
        return str(uuid5(NAMESPACE, f"{self.signature.version_id}/iti65/{key}"))

    def submission_set(self) -> dict[str, Any]:
        set_id = self.id_of("set")
        return _post(
            "List",
            {
                "resourceType": "List",
                "id": set_id,
                "meta": {"profile": [f"{PROFILE}Comprehensive.SubmissionSet"]},
                "extension": [
                    {
                        "url": f"{MHD}/StructureDefinition/ihe-designationType",
                        "valueCodeableConcept": {"coding": [CLINICAL_REPORT]},
                    },
                    {
                        "url": f"{MHD}/StructureDefinition/ihe-sourceId",
                        "valueIdentifier": {"value": f"{systems.SOR}.{self.chart.clinic.sor}"},
                    },
                ],
                "identifier": [
                    {"use": "usual", "system": systems.URI, "value": f"urn:oid:2.25.{UUID(set_id).int}"},
                    {"use": "official", "system": systems.URI, "value": f"urn:uuid:{set_id}"},
                ],
                "status": "current",
                "mode": "working",
                "code": {"coding": [{"system": LIST_TYPES, "code": "submissionset"}]},
                "subject": {"type": "Patient", "identifier": self.person},
                "date": self.at,
                "entry": [{"item": {"reference": f"urn:uuid:{self.id_of(kind)}"}} for kind in self.documents],
            },
        )

    def retiring(self, kind: str) -> dict[str, Any]:
        """FHIRPath Patch of the replaced DocumentReference."""
        part = [
            {"name": "path", "valueString": "DocumentReference.status"},
            {"name": "type", "valueCode": "replace"},
            {"name": "value", "valueCode": "superseded"},
        ]
        patch_id = self.id_of(f"{kind}/retiring")
        resource = {
            "resourceType": "Parameters",
            "id": patch_id,
            "meta": {"profile": [f"{PROFILE}Patch.Parameters"]},
            "parameter": [{"name": "operation", "part": part}],
        }
        url = f"DocumentReference/{self.replaces[kind]}"
        return {
            "fullUrl": f"urn:uuid:{patch_id}",
            "resource": resource,
            "request": {"method": "PATCH", "url": url},
        }

    def reference(self, kind: str) -> dict[str, Any]:
        content, clinic = self.documents[kind], self.chart.clinic
        patient = {
            "resourceType": "Patient",
            "id": "patient",
            "identifier": [self.person],
            "name": [{"text": self.chart.identity.name}],
        }
        author = {
            "resourceType": "Organization",
            "id": "author",
            "identifier": [{"system": systems.SOR, "value": clinic.sor}],
            "name": clinic.name,
        }
        is_protected = self.chart.identity.is_protected
        entry_id = self.id_of(kind)
        resource: dict[str, Any] = {
            "resourceType": "DocumentReference",
            "id": entry_id,
            "meta": {"profile": [f"{PROFILE}Comprehensive.DocumentReference"]},
            "contained": [patient, author],
            "masterIdentifier": {"use": "usual", **json.loads(content)["identifier"]},
            "identifier": [{"use": "official", "system": systems.URI, "value": f"urn:uuid:{entry_id}"}],
            "status": "current",
            "type": {"coding": [{"system": TYPE_CODES, "code": kind}]},
            "category": [{"coding": [CLINICAL_REPORT]}],
            "subject": {"type": "Patient", "identifier": self.person},
            "date": self.at,
            "author": [{"reference": "#author"}],
            "securityLabel": [{"coding": [{"system": systems.CONFIDENTIALITY, "code": "R" if is_protected else "N"}]}],
            "content": [{"attachment": self._attachment(kind, content), "format": FORMAT}],
            "context": {
                "facilityType": {"coding": [GENERAL_PRACTICE]},
                "practiceSetting": {"coding": [GENERAL_MEDICINE]},
                "sourcePatientInfo": {"reference": "#patient"},
            },
        }
        if day := self.chart.consultation_on:
            resource["context"]["period"] = {"start": day.isoformat(), "end": day.isoformat()}
        if kind in self.replaces:
            target = {"reference": f"DocumentReference/{self.replaces[kind]}"}
            resource["relatesTo"] = [{"code": "replaces", "target": target}]
        return _post("DocumentReference", resource)

    def _attachment(self, kind: str, content: bytes) -> dict[str, Any]:
        """Hash: SHA-1 of the bytes, its 20 bytes in base64, as R4 says (IHE's own examples encode the hex text)."""
        return {
            "contentType": resources.MIME,
            "language": "da-DK",
            "url": f"urn:uuid:{self.id_of(f'{kind}/content')}",
            "size": len(content),
            "hash": b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode(),
            "title": TITLES[kind],
            "creation": self.at,
        }

    def binary(self, kind: str) -> dict[str, Any]:
        content = b64encode(self.documents[kind]).decode()
        resource = {
            "resourceType": "Binary",
            "id": self.id_of(f"{kind}/content"),
            "contentType": resources.MIME,
            "data": content,
        }
        return _post("Binary", resource)


def _post(kind: str, resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "fullUrl": f"urn:uuid:{resource['id']}",
        "resource": resource,
        "request": {"method": "POST", "url": kind},
    }
