"""The three national documents of a signed version: PRF, PSCR and PMR as canonical JSON bytes.

Made from the frozen version alone; the same version gives the same bytes. A document that cannot be made is absent,
and `missing` says why; a value that the model has no code for is named in `unsent` and said in words where it may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from svangre.fhir.bundle import BundleMaker
from svangre.fhir.measurements import measurements
from svangre.fhir.missing import Missing, prf_missing, stops
from svangre.fhir.parts import Part, parts_of
from svangre.fhir.reading import Reading
from svangre.fhir.resources import to_bytes
from svangre.fhir.texts import unsent
from svangre.national import BY_ID, DOCUMENTS, ELEMENTS, Build, Document
from svangre.record.chart import Chart


@dataclass
class Documents:
    bundles: dict[str, bytes] = field(default_factory=dict)  # "PRF", "PSCR", "PMR"
    missing: dict[str, list[Missing]] = field(default_factory=dict)
    unsent: list[Missing] = field(default_factory=list)  # answers that the model's codes cannot say


def make_documents(chart: Chart, build: Build, places: Mapping[str, str] | None = None) -> Documents:
    """All documents that can be made from a signed version.

    `places` maps names of birth places and midwife centres to SOR numbers: one that she wrote in other words is sent
    as text.
    """
    if chart.signature is None:
        raise ValueError("documents are made from signed versions only")
    reading = Reading(chart, build, places)
    documents = Documents(unsent=_unsent(reading))
    for document in DOCUMENTS:
        missing = prf_missing(chart, build) if document.type == "PRF" else stops(chart)
        parts = [] if missing else _parts(reading, document)
        measured = measurements(reading) if document.type == "PMR" and not missing else []
        if not missing and not parts and not measured:
            missing = [Missing("", document.title, "Der er intet at sende i dette dokument.")]
        if missing:
            documents.missing[document.type] = missing
        else:
            bundle = BundleMaker(reading, chart.signature, document).make(parts, measured)
            documents.bundles[document.type] = to_bytes(bundle)
    return documents


def _parts(reading: Reading, document: Document) -> list[Part]:
    return [part for entry in document.entries for part in parts_of(reading, BY_ID[entry.element])]


def _unsent(reading: Reading) -> list[Missing]:
    """Care level 3 and other choices whose code is unknown, inferred or absent from the build: said, never replaced."""
    found = {
        Missing(said.item.id, said.item.clinic, f"»{option.clinic_label or option.label}« kan ikke sendes som kode.")
        for name in CODED
        for said in reading.answers(name, None)
        for option in unsent(reading, name, said)
        if option.code
    }
    return sorted(found, key=lambda one: (one.label, one.why))


CODED = [
    *(f"{element.id}.{one.slice}" for element in ELEMENTS for one in element.components if one.value_set),
    *(element.id for element in ELEMENTS if element.resource in ("Condition", "Procedure")),
]
