"""Why a document cannot be made, item by item, in Danish: for the sign page before, and the record after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from svangre.catalogue import STATES, Item
from svangre.fhir.reading import Reading
from svangre.fhir.values import component_value
from svangre.national import BUILDS, BY_ID, DOCUMENTS, Build
from svangre.record import cpr
from svangre.record.chart import Chart

PRF = next(document for document in DOCUMENTS if document.type == "PRF")


@dataclass(frozen=True)
class Missing:
    """`item_id` is the field to open, "" when no field can mend it."""

    item_id: str
    label: str
    why: str


def prf_missing(chart: Chart, build: Build = BUILDS["0.1.0"]) -> list[Missing]:
    """What PRF (svangerskabsjournalen) lacks: nothing of it is ever filled with a "no" that nobody gave."""
    return [*stops(chart), *_mandatory(Reading(chart, build))]


def stops(chart: Chart) -> list[Missing]:
    """What stops all three documents: her no to sending, a replacement number of day + 60, no SOR number."""
    return list(_stops(chart))


def _stops(chart: Chart) -> Iterator[Missing]:
    if chart.value("consent_to_send") == "no":
        label = chart.catalogue["consent_to_send"].clinic
        yield Missing("consent_to_send", label, "Hun vil ikke have, at svangrejournalen sendes.")
    if cpr.is_replacement(chart.identity.cpr) and not cpr.is_ecpr(chart.identity.cpr):
        yield Missing("", "CPR-nummer", "Et erstatningsnummer (dag + 60) kan ikke bruges i de nationale dokumenter.")
    if not chart.clinic.sor:
        yield Missing("", "Klinikkens SOR-nummer", "Uden SOR-nummer kan klinikken ikke stå som afsender.")


def _mandatory(reading: Reading) -> Iterator[Missing]:
    """Fields that PRF needs and that have no value that it can carry, in the order of the record."""
    needed = {
        f"{entry.element}.{component.slice}": (BY_ID[entry.element], component)
        for entry in PRF.entries
        if entry.least
        for component in BY_ID[entry.element].components
        if component.mandatory
    }
    for placed in reading.chart.catalogue:
        item = placed.item
        if not item.mandatory or not reading.chart.is_shown(item):
            continue
        lacks = [
            name for name in item.national if name in needed and component_value(reading, *needed[name], None) is None
        ]
        if lacks or reading.said(item.id) is None:
            yield Missing(item.id, item.clinic, _why(reading, item))


def _why(reading: Reading, item: Item) -> str:
    given = reading.chart.counting(item.id)
    if given is None:
        return f"{STATES['not_asked']}."
    if given.answer.state != "value":
        return f"{STATES[given.answer.state]}."
    if reading.said(item.id) is None:
        return "Svaret er privat og bliver i klinikken."
    return "Svaret har ingen national kode endnu: Lægen skal vurdere det."
