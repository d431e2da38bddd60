"""From parts to a document: the resources of the parts, Patient, author, Composition and Bundle.

The model forbids more than it allows: no narrative, no dataAbsentReason, no person as author, no meta on Procedure and
Practitioner. Ids are UUIDs made from the version's id and the part's key: same version, same ids.
"""

from __future__ import annotations

from typing import Any

from svangre.fhir import systems
from svangre.fhir.codes import snomed
from svangre.fhir.ids import id_of, moment
from svangre.fhir.measurements import Measured
from svangre.fhir.parts import Part
from svangre.fhir.people import organization, patient
from svangre.fhir.reading import Reading
from svangre.fhir.texts import clean
from svangre.national import Component, Document
from svangre.record.chart import Signature

PERSON, AUTHOR, FETUS = "patient", "author", "fetus"
_VALUE = {
    "boolean": "valueBoolean", "integer": "valueInteger", "string": "valueString", "dateTime": "valueDateTime",
    "Quantity": "valueQuantity", "CodeableConcept": "valueCodeableConcept",
}  # fmt: skip


class BundleMaker:
    """One document of one signed version."""

    def __init__(self, reading: Reading, signature: Signature, document: Document) -> None:
        self.reading = reading
        self.chart = reading.chart
        self.build = reading.build
        self.signature = signature
        self.document = document
        self.entries: dict[str, dict[str, Any]] = {}  # id → resource, in the order they were added

    def make(self, parts: list[Part], measured: list[Measured]) -> dict[str, Any]:
        self._add(patient(self.reading, self.id_of(PERSON)), PERSON)
        self._add(organization(self.chart.clinic, self.id_of(AUTHOR), profile="GMBaseOrganization"), AUTHOR)
        section = [self._add_part(part) for part in parts]
        if any(one.what.subject == "fetus" for one in measured):
            self._add(self._fetus(), FETUS)
        section += [self._add(self._measurement(one), one.key) for one in measured]
        composition = self._composition(section)
        resources = {composition["id"]: composition, **self.entries}
        bundle_id = self.id_of(f"bundle/{self.document.type}")
        return {
            "resourceType": "Bundle",
            "id": bundle_id,
            "meta": {"profile": [self.document.bundle_profile]},
            "identifier": {"system": systems.URI, "value": f"urn:uuid:{bundle_id}"},
            "type": "document",
            "timestamp": moment(self.signature.signed_at),
            "entry": [{"fullUrl": f"urn:uuid:{one}", "resource": resource} for one, resource in resources.items()],
        }

    def id_of(self, key: str) -> str:
        return id_of(self.signature.version_id, key)

    def _reference(self, key: str) -> dict[str, str]:
        return {"reference": f"urn:uuid:{self.id_of(key)}"}

    def _add(self, resource: dict[str, Any], key: str) -> dict[str, str]:
        self.entries[self.id_of(key)] = resource
        return self._reference(key)

    def _add_part(self, part: Part) -> dict[str, str]:
        """The part and all that it links to; linked parts do not stand in the section."""
        self._add({}, part.key)  # keeps its place before its linked parts
        links = [
            {"url": systems.CANONICAL + link.extension, "valueReference": self._add_part(linked)}
            for link, linked in part.links
        ]
        return self._add(_RESOURCES[part.element.resource](self, part, links), part.key)

    def _head(self, part: Part, *, has_meta: bool = True) -> dict[str, Any]:
        head: dict[str, Any] = {"resourceType": part.element.resource, "id": self.id_of(part.key)}
        if has_meta:
            head["meta"] = {"profile": [systems.CANONICAL + part.element.id]}
        return head

    def _observation(self, part: Part, links: list[dict[str, Any]]) -> dict[str, Any]:
        resource = self._head(part)
        if links:
            resource["extension"] = links
        resource |= {
            "status": "final",
            "code": self._code(part.element.code or "", part.element.qualifier),
            "subject": self._reference(PERSON),
            "effectiveDateTime": moment(part.at or self.signature.signed_at),
        }
        components = [self._component(one, part.values[one.slice]) for one in part.element.components
                      if one.slice in part.values]  # fmt: skip
        if components:
            resource["component"] = components
        return resource

    def _code(self, code: str, qualifier: str | None) -> dict[str, Any]:
        codings = [{"system": self.build.snomed, "code": code}]
        if qualifier:
            codings.insert(0, {"system": self.build.qualifiers, "code": qualifier})
        return {"coding": codings}

    def _component(self, component: Component, value: Any) -> dict[str, Any]:
        return {"code": self._code(component.code, component.qualifier), _VALUE[component.value_type]: value}

    def _condition(self, part: Part, links: list[dict[str, Any]]) -> dict[str, Any]:
        code = {"coding": [snomed(part.code or "", self.build)]}
        return {**self._head(part), "code": code, "subject": self._reference(PERSON)}

    def _procedure(self, part: Part, links: list[dict[str, Any]]) -> dict[str, Any]:
        resource = {
            **self._head(part, has_meta=False),
            "status": "completed",
            "code": {"coding": [snomed(part.code or "", self.build)]},
            "subject": self._reference(PERSON),
        }
        return {**resource, "performedDateTime": part.performed} if part.performed else resource

    def _organization(self, part: Part, links: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            **self._head(part),
            "identifier": [{"system": systems.SOR, "value": part.sor}],
            "name": clean(part.name or ""),
        }

    def _practitioner(self, part: Part, links: list[dict[str, Any]]) -> dict[str, Any]:
        return {**self._head(part, has_meta=False), "name": [{"text": clean(part.name or "")}]}

    def _measurement(self, one: Measured) -> dict[str, Any]:
        codings = [{"system": self.build.snomed, "code": one.what.code}]
        if one.what.npu:
            codings.append({"system": systems.NPU, "code": one.what.npu})
        resource: dict[str, Any] = {
            "resourceType": "Observation",
            "id": self.id_of(one.key),
            "meta": {"profile": [systems.CANONICAL + one.what.profile]},
            "status": "final",
            "code": {"coding": codings},
            "subject": self._reference(PERSON),
        }
        if one.what.subject == "fetus":
            resource["focus"] = [self._reference(FETUS)]
        name, value = one.value
        return resource | {"effectiveDateTime": moment(one.at), name: value}

    def _fetus(self) -> dict[str, Any]:
        return {
            "resourceType": "RelatedPerson",
            "id": self.id_of(FETUS),
            "meta": {"profile": [systems.CANONICAL + "GMFetusRelatedPerson"]},
            "identifier": [{"system": self.build.fetus, "value": "1"}],
            "patient": self._reference(PERSON),
            "relationship": [{"coding": [{"system": systems.ROLE, "code": "CHILD"}]}],
        }

    def _composition(self, section: list[dict[str, str]]) -> dict[str, Any]:
        extensions = [
            _identifier_extension(
                "GMEksternGraditetsforloebReference", systems.URI, f"urn:uuid:{self.chart.pregnancy_id}"
            )
        ]
        if national := self.reading.value("pregnancy_episode_id"):  # sent only when known
            extensions.insert(0, _identifier_extension("GMGraditetsforloebReference", self.build.pregnancy, national))
        day = self.chart.consultation_on or self.signature.signed_on
        extensions.append({"url": systems.CANONICAL + "GMUdfoertTidspunkt", "valueDateTime": day.isoformat()})
        return {
            "resourceType": "Composition",
            "id": self.id_of(f"composition/{self.document.type}"),
            "meta": {"profile": [self.document.composition_profile]},
            "extension": extensions,
            "status": "final",
            "type": {"coding": [{"system": self.build.document_type, "code": self.document.type}]},
            "subject": self._reference(PERSON),
            "date": moment(self.signature.signed_at),
            "author": [self._reference(AUTHOR)],
            "title": self.document.title,
            "section": [{"entry": section}],
        }


_RESOURCES = {
    "Observation": BundleMaker._observation,
    "Condition": BundleMaker._condition,
    "Procedure": BundleMaker._procedure,
    "Organization": BundleMaker._organization,
    "Practitioner": BundleMaker._practitioner,
}


def _identifier_extension(name: str, system: str, value: str) -> dict[str, Any]:
    return {"url": systems.CANONICAL + name, "valueIdentifier": {"system": system, "value": value}}
