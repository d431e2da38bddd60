"""The value of one component of one element: a generic rule per value type; `texts` and `COMPOSED` know the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from svangre.catalogue import Many
from svangre.fhir import systems, texts
from svangre.fhir.codes import NO, chosen, codes_in, concept, snomed
from svangre.fhir.reading import Reading, Said
from svangre.national import Component, Element

NAEGELE_DAYS = 280  # first day of the last period + 280 days, without correction for the cycle (national rule)

TWEAK = ("tweak_tolerance", "tweak_worried", "tweak_eye_opener", "tweak_amnesia", "tweak_cut_down")

Composer = Callable[[Reading, str | None], Any]


def component_value(reading: Reading, element: Element, component: Component, row: str | None) -> Any:
    """The component's value as FHIR JSON has it, or None: then the component is left out."""
    name = f"{element.id}.{component.slice}"
    if name in COMPOSED:
        return COMPOSED[name](reading, row)
    if component.value_type == "string":
        return texts.joined(reading, name, row)
    for said in reading.answers(name, row):
        value = _CONVERT[component.value_type](reading, component, said)
        if value is not None:
            return value
    return None


def _boolean(reading: Reading, component: Component, said: Said) -> bool | None:
    """Yes and no. In a list each ticked option is true; what is not ticked is false only when she ticked "none"."""
    if not isinstance(said.item.kind, Many):
        return {"yes": True, "no": False}.get(said.value)
    options = chosen(said)
    if any(option.code == component.code for option in options):
        return True
    return False if any(option.excludes for option in options) else None


def _integer(reading: Reading, component: Component, said: Said) -> int | None:
    """Whole numbers, half up; the year of a date."""
    if isinstance(said.value, int):
        return said.value
    if component.slice == "årstal":
        return int(said.value[:4])
    return half_up(said.value)


def half_up(number: str) -> int:
    return int(Decimal(number).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _quantity(reading: Reading, component: Component, said: Said) -> dict[str, Any]:
    return {"value": Decimal(said.value), "unit": component.unit}


def _date_time(reading: Reading, component: Component, said: Said) -> str:
    return str(said.value)  # a date or partial date is a FHIR dateTime as it stands


def _concept(reading: Reading, component: Component, said: Said) -> dict[str, Any] | None:
    codes = codes_in(said, reading.build, component.value_set)
    return concept(snomed(codes[0], reading.build)) if codes else None


_CONVERT: dict[str, Callable[[Reading, Component, Said], Any]] = {
    "boolean": _boolean,
    "integer": _integer,
    "Quantity": _quantity,
    "dateTime": _date_time,
    "CodeableConcept": _concept,
}


def _country(reading: Reading, row: str | None) -> dict[str, Any] | None:
    """The first country; the model carries one, the others go into the remarks."""
    countries = reading.value("ancestry_countries")
    return concept({"system": systems.COUNTRIES, "code": countries[0]}) if countries else None


def _interpreter_language(reading: Reading, row: str | None) -> dict[str, Any] | None:
    language = reading.value("interpreter_language")
    if not language or not re.fullmatch("[a-z]{2,3}", language):
        return None
    return concept({"system": systems.LANGUAGES, "code": language})


def _earlier_length(reading: Reading, row: str | None) -> int | None:
    """Gestational age at an earlier birth, in days. Weeks alone are no number of days: they stand in the remark."""
    weeks, days = reading.value("birth_weeks", row), reading.value("birth_days", row)
    return None if weeks is None or days is None else int(weeks * 7 + days)


def _naegele(reading: Reading, row: str | None) -> str | None:
    last_period = reading.value("last_period")
    return last_period and (date.fromisoformat(last_period) + timedelta(days=NAEGELE_DAYS)).isoformat()


def _cycle(reading: Reading, row: str | None) -> str | None:
    """ "28" or "27-32"; "irregular" is no number and stands in the remark."""
    cycle = reading.value("cycle_days")
    if not isinstance(cycle, dict):
        return None
    return str(cycle["low"]) if cycle["low"] == cycle["high"] else f"{cycle['low']}-{cycle['high']}"


def _bmi(reading: Reading, row: str | None) -> dict[str, Any] | None:
    """As the signed version holds it, one decimal; only beside the height and weight that it comes from."""
    bmi = reading.computed.get("bmi")
    if bmi is None or not (reading.said("height_cm") and reading.said("weight_before_kg")):
        return None
    return {"value": Decimal(str(bmi)), "unit": "kg/m2"}


def _tweak(reading: Reading, row: str | None) -> int | None:
    """The rules' score, as long as all that it is made of may leave."""
    return reading.computed.get("tweak_points") if all(reading.said(item_id) for item_id in TWEAK) else None


def _absence(reading: Reading, row: str | None) -> dict[str, Any] | None:
    """ "Ingen fraværsmelding" is coded "i arbejde", so it is sent only when she works."""
    said = reading.said("absence_notice")
    if said is None or (said.value == "none" and reading.value("main_occupation") not in ("employed", "self_employed")):
        return None
    codes = codes_in(said, reading.build, "VS-fravaersmelding")
    return concept(snomed(codes[0], reading.build)) if codes else None


def _nicotine_now(reading: Reading, row: str | None) -> dict[str, Any] | None:
    """Her answer about use in pregnancy; else "nej" when she uses none of the products."""
    for item_id in ("nicotine_in_pregnancy", "nicotine_products"):
        said = reading.said(item_id)
        codes = codes_in(said, reading.build, "VS-andet-nikotinprodukt-under-gravditet") if said else []
        if codes:
            return concept(snomed(codes[0], reading.build))
    return None


def _period(which: str) -> Composer:
    """Start or end of the exposures: one period, so only when there is one row that tells; others stand in the text."""

    def composed(reading: Reading, row: str | None) -> str | None:
        rows = reading.rows("exposures")
        value = reading.value(which, rows[0].id) if len(rows) == 1 else None
        return value and str(value)

    return composed


COMPOSED: dict[str, Composer] = {
    "GMSprogObs.oprindelsesland": _country,
    "GMSprogObs.tolkesprog": _interpreter_language,
    "GMTidligereFoedselObs.gestitationsalder": _earlier_length,
    "GMTerminsberegningObs.naegeles-termin": _naegele,
    "GMTerminsberegningObs.dage-cyklus": _cycle,
    "GMFysiskeDataObs.bmi": _bmi,
    "GMAlkoholObs.tweak-points": _tweak,
    "GMFravaersmeldingSygemeldingObs.fraværsmeldt": _absence,
    "GMNikotinObs.bruger-nikotinprodukt-under-graviditet": _nicotine_now,
    "GMArbejdsmiljoepaavirkningObs.dato-start-af-påvirkningsperiode": _period("exposure_from"),
    "GMArbejdsmiljoepaavirkningObs.dato-ende-af-påvirkningsperiode": _period("exposure_to"),
}


def codes_of(reading: Reading, name: str, value_set: str | None, row: str | None) -> list[tuple[str, Said]]:
    """Every sendable code under a name, each once, with the answer it comes from (parts that repeat per code)."""
    found: dict[str, Said] = {}
    for said in reading.answers(name, row):
        for code in codes_in(said, reading.build, value_set):
            found.setdefault(code, said)
    return list(found.items())


def weeks_of(reading: Reading, name: str, row: str | None) -> list[tuple[int, Said]]:
    """The weeks ticked in a list of weeks ("week_5")."""
    return [
        (int(key.rpartition("_")[2]), said)
        for said in reading.answers(name, row)
        if isinstance(said.item.kind, Many)
        for key in said.value
        if key not in NO
    ]
