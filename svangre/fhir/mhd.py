"""Document sharing metadata (IHE MHD 4.2.3, ITI-65, with the Danish codes) for the documents of one signed version.

One transaction: a SubmissionSet, a DocumentReference and a Binary per document, and for an amendment a patch that
retires each document it replaces. Sending it is the work of `svangre.delivery`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha1
from typing import Any
from uuid import UUID

from svangre.fhir import systems
from svangre.fhir.ids import id_of, moment
from svangre.fhir.people import organization, patient
from svangre.fhir.reading import Reading
from svangre.fhir.resources import MIME, to_bytes
from svangre.national import BUILDS, DOCUMENTS, Document
from svangre.record.chart import Chart, Signature

MHD = "https://profiles.ihe.net/ITI/MHD/"
MEDCOM = "http://medcomfhir.dk/ig/document/CodeSystem/"
TYPES = {
    "PRF": "Pregnancy Referral Form",
    "PSCR": "Pregnancy Shared Care Report",
    "PMR": "Pregnancy Measurement Report",
}


@dataclass(frozen=True)
class Metadata:
    """What a sharing service decides. No format code is registered for the FHIR form of the documents (those of MedCom
    are for CDA), so the default says that the MIME type is enough."""

    source: str = "urn:oid:2.25.197839837382112984715618837862713443345"
    format_system: str = "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode"
    format_code: str = "urn:ihe:iti:xds:2017:mimeTypeSufficient"
    format_display: str = "mimeType Sufficient"


def iti65(
    chart: Chart,
    bundles: Mapping[str, bytes],
    metadata: Metadata | None = None,
    replaces: Mapping[str, str] | None = None,
) -> bytes:
    """The transaction that offers the documents of a signed version, always the same bytes. `replaces`: type → the
    registry's own id of the DocumentReference that this one takes the place of."""
    if chart.signature is None:
        raise ValueError("documents are offered from signed versions only")
    return to_bytes(_Transaction(chart, chart.signature, metadata or Metadata(), replaces or {}).make(bundles))


class _Transaction:
    def __init__(self, chart: Chart, signature: Signature, metadata: Metadata, replaces: Mapping[str, str]) -> None:
        self.chart = chart
        self.signature = signature
        self.metadata = metadata
        self.replaces = replaces
        self.person = systems.person_identifier(chart.identity.cpr)

    def make(self, bundles: Mapping[str, bytes]) -> dict[str, Any]:
        offered = [(document, bundles[document.type]) for document in DOCUMENTS if document.type in bundles]
        entries = [_entry(self._submission_set([document for document, _ in offered]))]
        entries += [self._retiring(document) for document, _ in offered if document.type in self.replaces]
        for document, content in offered:
            entries.append(_entry(self._document_reference(document, content)))
            entries.append(_entry(self._binary(document, content)))
        return {
            "resourceType": "Bundle",
            "meta": {"profile": [MHD + "StructureDefinition/IHE.MHD.Comprehensive.ProvideBundle"]},
            "type": "transaction",
            "timestamp": moment(self.signature.signed_at),
            "entry": entries,
        }

    def _id(self, key: str) -> str:
        return id_of(self.signature.version_id, f"mhd/{key}")

    def _retiring(self, document: Document) -> dict[str, Any]:
        """FHIRPath Patch: what is replaced is superseded, in the same transaction."""
        part = [
            {"name": "path", "valueString": "DocumentReference.status"},
            {"name": "type", "valueCode": "replace"},
            {"name": "value", "valueCode": "superseded"},
        ]
        patch = {
            "resourceType": "Parameters",
            "id": self._id(f"{document.type}/retiring"),
            "meta": {"profile": [MHD + "StructureDefinition/IHE.MHD.Patch.Parameters"]},
            "parameter": [{"name": "operation", "part": part}],
        }
        request = {"method": "PATCH", "url": f"DocumentReference/{self.replaces[document.type]}"}
        return _entry(patch) | {"request": request}

    def _subject(self) -> dict[str, Any]:
        return {"type": "Patient", "identifier": self.person}

    def _submission_set(self, documents: list[Document]) -> dict[str, Any]:
        own = self._id("submission")
        return {
            "resourceType": "List",
            "id": own,
            "meta": {"profile": [MHD + "StructureDefinition/IHE.MHD.Comprehensive.SubmissionSet"]},
            "extension": [
                {
                    "url": MHD + "StructureDefinition/ihe-designationType",
                    "valueCodeableConcept": _concept(MEDCOM + "MedCom-ihe-classcode-CS-TEMP", "001", "Klinisk rapport"),
                },
                {
                    "url": MHD + "StructureDefinition/ihe-sourceId",
                    "valueIdentifier": {"value": self.metadata.source},
                },
            ],
            "identifier": [
                {"use": "usual", "system": systems.URI, "value": f"urn:oid:2.25.{UUID(own).int}"},
                {"use": "official", "system": systems.URI, "value": f"urn:uuid:{own}"},
            ],
            "status": "current",
            "mode": "working",
            "code": _concept(MHD + "CodeSystem/MHDlistTypes", "submissionset"),
            "subject": self._subject(),
            "date": moment(self.signature.signed_at),
            "entry": [{"item": {"reference": f"urn:uuid:{self._id(one.type)}"}} for one in documents],
        }

    def _document_reference(self, document: Document, content: bytes) -> dict[str, Any]:
        """Unique id = the document's own Bundle.identifier, so that a receiver can match; hash of the bytes sent."""
        own = self._id(document.type)
        resource: dict[str, Any] = {
            "resourceType": "DocumentReference",
            "id": own,
            "meta": {"profile": [MHD + "StructureDefinition/IHE.MHD.Comprehensive.DocumentReference"]},
            "contained": [
                organization(self.chart.clinic, "author"),
                _known_patient(self.chart),
            ],
            "masterIdentifier": {"use": "usual", **_bundle_identifier(self.signature.version_id, document)},
            "identifier": [{"use": "official", "system": systems.URI, "value": f"urn:uuid:{own}"}],
            "status": "current",
            "type": _concept(MEDCOM + "MedCom-message-codes-CS-TEMP", document.type, TYPES[document.type]),
            "category": [_concept(MEDCOM + "MedCom-ihe-classcode-CS-TEMP", "001", "Klinisk rapport")],
            "subject": self._subject(),
            "date": moment(self.signature.signed_at),
            "author": [{"reference": "#author"}],
        }
        if replaced := self.replaces.get(document.type):
            target = {"reference": f"DocumentReference/{replaced}"}
            resource["relatesTo"] = [{"code": "replaces", "target": target}]
        level = "R" if self.chart.identity.is_protected else "N"
        day = self.chart.consultation_on or self.signature.signed_on
        return resource | {
            "securityLabel": [_concept(systems.CONFIDENTIALITY, level)],
            "content": [
                {
                    "attachment": {
                        "contentType": MIME,
                        "language": "da-DK",
                        "url": f"urn:uuid:{self._id(f'{document.type}/content')}",
                        "size": len(content),
                        "hash": b64encode(sha1(content, usedforsecurity=False).digest()).decode(),
                        "title": document.title,
                        "creation": moment(self.signature.signed_at),
                    },
                    "format": {
                        "system": self.metadata.format_system,
                        "code": self.metadata.format_code,
                        "display": self.metadata.format_display,
                    },
                }
            ],
            "context": {
                "period": {"start": day.isoformat()},
                "facilityType": _concept(systems.SNOMED, "394761003", "almen lægepraksis"),
                "practiceSetting": _concept(systems.SNOMED, "408443003", "almen medicin"),
                "sourcePatientInfo": {"reference": "#patient"},
            },
        }

    def _binary(self, document: Document, content: bytes) -> dict[str, Any]:
        return {
            "resourceType": "Binary",
            "id": self._id(f"{document.type}/content"),
            "contentType": MIME,
            "data": b64encode(content).decode(),
        }


def _known_patient(chart: Chart) -> dict[str, Any]:
    """Who the documents are about, as the source knows her; without contact details."""
    person = patient(Reading(chart, BUILDS["0.1.0"]), "patient")
    return {key: person[key] for key in ("resourceType", "id", "identifier", "name", "birthDate")}


def _bundle_identifier(version_id: str, document: Document) -> dict[str, str]:
    return {"system": systems.URI, "value": f"urn:uuid:{id_of(version_id, f'bundle/{document.type}')}"}


def _entry(resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "fullUrl": f"urn:uuid:{resource['id']}",
        "resource": resource,
        "request": {"method": "POST", "url": resource["resourceType"]},
    }


def _concept(system: str, code: str, display: str | None = None) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, **({"display": display} if display else {})}]}
