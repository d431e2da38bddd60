"""Målinger (PMR): one Observation per measurement, two for a blood pressure, since the model forbids components.

Urine sticks are classes, and the model wants concentrations, which differ by brand: without a brand's table they are
not sent. The gestational age is that of the day of signing, in whole days. Measurements of a fetus need to say which
one: with more than one they are not sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from svangre.fhir.codes import concept
from svangre.fhir.reading import Reading, Said
from svangre.fhir.texts import clean
from svangre.national import MEASUREMENTS, Measurement

# Values of coded measurements, each official in MedCom's PMR-DK 2.0.0 example: (slice, option) → code, display.
VALUES = {
    ("nitrit", "negative"): ("314138001", "nitrit i urin negativ"),
    ("fosteraktivitet", "normal"): ("289431008", "fosterbevægelser påvist"),
    ("fosteraktivitet", "none"): ("289433006", "fosterbevægelser ikke iagttaget"),
    ("fosterpraesentation", "head"): ("1209182005", "hovedpræsentation"),
    ("fosterpraesentation", "transverse"): ("73161006", "tværleje"),
    ("ul-fosterpraesentation", "head"): ("1209182005", "hovedpræsentation"),
    ("ul-fosterpraesentation", "transverse"): ("73161006", "tværleje"),
    ("hjertelyd", "heard"): ("249045009", "fosterhjertelyd påvist"),
    ("hjertelyd", "not_heard"): ("289446001", "fosterhjertelyd ikke påvist"),
    ("fostervand", "normal"): ("278092006", "mængde af amnionvæske inden for referenceinterval"),
}


@dataclass(frozen=True)
class Measured:
    what: Measurement
    value: tuple[str, Any]  # ("valueQuantity", {...})
    key: str
    at: datetime


def measurements(reading: Reading) -> list[Measured]:
    """What was measured, as far as the model can carry it."""
    return [
        found
        for what in MEASUREMENTS
        if what.value_type != "interval" and (what.subject == "mother" or reading.value("multiple_pregnancy") != "yes")
        for found in _measured(reading, what)
    ]


def _measured(reading: Reading, what: Measurement) -> Iterator[Measured]:
    if what.slice == "gestationsalder":
        yield from _gestational_age(reading, what)
    elif what.slice == "fosterantal" and not reading.said("scan_due_date"):
        return  # until a scan the number stands in the remark on multiple pregnancy
    for said in reading.answers(f"{what.profile}.{what.slice}", None):
        if value := _value(reading, what, said):
            yield Measured(what, value, f"{what.slice}/{said.item.id}/{said.row or ''}", said.given.at)


def _gestational_age(reading: Reading, what: Measurement) -> Iterator[Measured]:
    days, signature = reading.computed.get("gestational_age_days"), reading.chart.signature
    if days is not None and signature is not None:
        value = {"value": int(days), "unit": unit_of(what)}
        yield Measured(what, ("valueQuantity", value), f"{what.slice}/", signature.signed_at)


def unit_of(what: Measurement) -> str:
    return (what.unit or "").split(" ")[0]  # "d (FSH text: døgn)"


def _value(reading: Reading, what: Measurement, said: Said) -> tuple[str, Any] | None:
    match what.value_type:
        case "Quantity":
            return "valueQuantity", {"value": Decimal(said.value), "unit": unit_of(what)}
        case "dateTime":
            return "valueDateTime", said.value
        case "integer":
            return "valueInteger", said.value
        case "string":
            return "valueString", clean(said.words)
        case _:
            known = VALUES.get((what.slice, said.value))
            return known and (
                "valueCodeableConcept",
                concept({"system": reading.build.snomed, "code": known[0], "display": known[1]}),
            )
