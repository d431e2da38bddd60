"""The parts of a document: one per instance of a model element. A mapper per kind of special element."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from svangre.fhir.codes import codes_in, concept, snomed
from svangre.fhir.reading import Reading
from svangre.fhir.values import codes_of, component_value, weeks_of
from svangre.national import BY_ID, DOCUMENTS, Element, Link


@dataclass
class Part:
    """One resource to be: `key` is stable within a version, ids are made from it."""

    element: Element
    key: str
    values: dict[str, Any] = field(default_factory=dict)  # component slice → FHIR value
    links: list[tuple[Link, Part]] = field(default_factory=list)
    at: datetime | None = None  # when the newest of its answers was recorded
    code: str | None = None  # Condition, Procedure
    performed: str | None = None  # Procedure
    name: str | None = None  # Organization, Practitioner
    sor: str | None = None  # Organization


def parts_of(reading: Reading, target: Element, row: str | None = None) -> list[Part]:
    """Every instance of an element that can be made: at the top (row None) or inside a parent's row."""
    if target.id in MAPPERS:
        return MAPPERS[target.id](reading, target, row)
    part = _plain(reading, target, row)
    return [part] if part else []


def _plain(reading: Reading, target: Element, row: str | None) -> Part | None:
    """An element with the components that have a value; None without any, or when a mandatory one has none."""
    part = Part(target, f"{target.id}/{row or ''}", at=reading.recorded_at(target, row))
    for component in target.components:
        value = component_value(reading, target, component, row)
        if value is not None:
            part.values[component.slice] = value
        elif component.mandatory:
            return None
    for link in target.links:
        if link.target:
            part.links.extend((link, linked) for linked in parts_of(reading, BY_ID[link.target], row))
    is_entry_with_nothing_mandatory = target.id in MAY_BE_EMPTY
    return part if part.values or part.links or is_entry_with_nothing_mandatory else None


# Mandatory in PRF, though nothing inside them is.
MAY_BE_EMPTY = frozenset(
    entry.element
    for document in DOCUMENTS
    for entry in document.entries
    if entry.least and not any(component.mandatory for component in BY_ID[entry.element].components)
)


def _per_row(reading: Reading, target: Element, row: str | None) -> list[Part]:
    """One instance per row of the group that the element's items stand in."""
    parts = [_plain(reading, target, one.id) for one in reading.rows(reading.group_of(target), row)]
    return [part for part in parts if part]


def _per_code(reading: Reading, target: Element, row: str | None) -> list[Part]:
    """One instance per chosen code: traits of a pregnancy or birth, exposures, substances, carriers."""
    (component,) = target.components
    return [
        Part(
            target,
            f"{target.id}/{row or ''}/{code}",
            {component.slice: concept(snomed(code, reading.build))},
            at=said.given.at,
        )
        for code, said in codes_of(reading, f"{target.id}.{component.slice}", component.value_set, row)
    ]


def _per_week(reading: Reading, target: Element, row: str | None) -> list[Part]:
    (component,) = target.components
    return [
        Part(target, f"{target.id}/{week}", {component.slice: week}, at=said.given.at)
        for week, said in weeks_of(reading, f"{target.id}.{component.slice}", row)
    ]


def _screenings(reading: Reading, target: Element, row: str | None) -> list[Part]:
    """Blood group, hepatitis B, hiv, syphilis: what is planned or declined. Taken and results have no code here."""
    parts = []
    for said in reading.answers(f"{target.id}.status", row):
        kind = (said.item.code or "").rpartition("|")[2]
        for status in codes_in(said, reading.build, "VS-screeningsstatus")[:1] if kind else ():
            values = {
                "screeningstype": concept(snomed(kind, reading.build)),
                "status": concept(snomed(status, reading.build)),
            }
            parts.append(Part(target, f"{target.id}/{said.item.id}", values, at=said.given.at))
    return parts


def _conditions(reading: Reading, target: Element, row: str | None) -> list[Part]:
    return [
        Part(target, f"{target.id}/{code}", code=code, at=said.given.at)
        for code, said in codes_of(reading, target.id, None, row)
    ]


def _procedures(reading: Reading, target: Element, row: str | None) -> list[Part]:
    """Each coded operation once a row, with its year when she remembers it."""
    parts = []
    for said in reading.answers(target.id, row):
        for code in codes_in(said, reading.build, None):
            when = reading.value("operation_year", said.row) if said.row else None
            key = f"{target.id}/{said.row or ''}/{said.item.id}/{code}"
            parts.append(Part(target, key, code=code, performed=when, at=said.given.at))
    return parts


def _organization(reading: Reading, target: Element, row: str | None) -> list[Part]:
    """A unit known by its SOR number; one known by name alone cannot be sent as an organisation, only in words."""
    for said in reading.answers(target.id, row)[:1]:
        if sor := reading.sor_of(said):
            return [Part(target, f"{target.id}/{sor}", name=said.words, sor=sor, at=said.given.at)]
    return []


def _practitioner(reading: Reading, target: Element, row: str | None) -> list[Part]:
    return [
        Part(target, f"{target.id}/", name=said.words, at=said.given.at) for said in reading.answers(target.id, row)[:1]
    ]


MAPPERS: dict[str, Callable[[Reading, Element, str | None], list[Part]]] = {
    "GMTidligereFoedselObs": _per_row,
    "GMBarnObs": _per_row,
    "GMTidligereAbortObs": _per_row,
    "GMGraviditetsforloebstraekObs": _per_code,
    "GMFoedselsforloebstraekObs": _per_code,
    "GMTypePaavirkningObs": _per_code,
    "GMRusmiddeltypeObs": _per_code,
    "GMHaemoglobinopatiIFamilienObs": _per_code,
    "GMGraviditetsugeMed5GenstandeObs": _per_week,
    "GMScreeningsplanlaegningObs": _screenings,
    "GMSomatiskDiagnoseTypeCondition": _conditions,
    "GMTidligereRelevantOperationProcedure": _procedures,
    "GMPlanlagtFoedestedOrganization": _organization,
    "GMOensketFoedestedOrganization": _organization,
    "GMTilknyttetJordemodercenterOrganization": _organization,
    "GMOensketJordemodercenterOrganization": _organization,
    "GMSundhedsplejenOrganization": _organization,
    "GMSundhedsplejerskePractitioner": _practitioner,
}
