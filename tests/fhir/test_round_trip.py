"""Record → documents → parsed equals the record, for all that the model carries.

The expectation is worked out here from the catalogue and the answers, not by the mappers. What is composed of several
answers, or has a rule of its own, stands in `test_documents`; what the model cannot carry is listed in
`test_coverage` and in docs/fhir-conformance.md.
"""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from svangre.catalogue import Item, Many, YesNo
from svangre.fhir.documents import make_documents
from svangre.fhir.values import COMPOSED
from svangre.national import BUILDS, BY_ID, CODES, Component
from svangre.record.chart import Chart
from tests.builders import random_chart, released_chart
from tests.fhir.reader import ReadDocument

PLAIN = ("boolean", "integer", "dateTime", "Quantity")
BUILD = BUILDS["0.1.0"]


def component_of(name: str) -> Component | None:
    element_id, _, slice_name = name.partition(".")
    element = BY_ID.get(element_id)
    return next((one for one in element.components if one.slice == slice_name), None) if element else None


def carried(chart: Chart) -> Counter[tuple[str, str]]:
    """(component, value) of every answer that the model carries as it stands."""
    expected: Counter[tuple[str, str]] = Counter()
    for placed in chart.catalogue:
        rows: list[str | None] = [None]
        if placed.group:
            rows = [row.id for row in chart.all_rows if row.group == placed.group and is_open(chart, row.id)]
        for name in placed.item.national:
            component = component_of(name)
            if component is None or component.value_type not in PLAIN or name in COMPOSED:
                continue
            for row in rows:
                value = expected_value(chart, placed.item, component, row)
                if value is not None:
                    expected[name, str(value)] += 1
    return expected


def is_open(chart: Chart, row_id: str) -> bool:
    """Whether the groups around a row are shown."""
    row = chart.row(row_id)
    while row:
        if not chart.is_shown(chart.catalogue.group(row.group), row.parent):
            return False
        row = chart.row(row.parent) if row.parent else None
    return True


def expected_value(chart: Chart, item: Item, component: Component, row: str | None) -> Any:
    given = chart.field(item.id, row).counts
    if given is None or given.answer.state != "value":
        return None
    if chart.visibility(item, row) != "shared" or not chart.is_shown(item, row):
        return None
    value = given.answer.value
    match component.value_type:
        case "boolean" if isinstance(item.kind, YesNo):
            return value == "yes"
        case "boolean" if isinstance(item.kind, Many):
            ticked = [item.option(key) for key in value]
            if any(option and option.code == component.code for option in ticked):
                return True
            return False if any(option and option.excludes for option in ticked) else None
        case "boolean":
            return {"yes": True, "no": False}.get(value)
        case "integer" if component.slice == "årstal":
            return int(value[:4])
        case "integer" if isinstance(item.kind, Many):
            return None  # one part per week: compared below
        case "integer":
            return int(Decimal(value).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        case "Quantity":
            return Decimal(value)
        case _:
            return value


def parsed(documents: dict[str, bytes]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for kind in ("PRF", "PSCR"):
        for element_id, one in ReadDocument(documents[kind]).all_found():
            for slice_name, value in one.values.items():
                name = f"{element_id}.{slice_name}"
                component = component_of(name)
                if component is None or component.value_type not in PLAIN or name in COMPOSED:
                    continue
                if element_id == "GMGraviditetsugeMed5GenstandeObs":
                    continue
                found[name, str(value["value"] if isinstance(value, dict) else value)] += 1
    return found


CHARTS = [(f"released {seed}", released_chart(seed)) for seed in range(60)] + [
    (f"random {seed}", random_chart(seed, is_sendable=True)) for seed in range(60)
]
WHOLE = [
    (name, chart, documents)
    for name, chart in CHARTS
    if {"PRF", "PSCR"} <= (documents := make_documents(chart, BUILD).bundles).keys()
]


def test_enough_charts_give_both_documents() -> None:
    assert len(WHOLE) > 60


@pytest.mark.parametrize(("chart", "documents"), [one[1:] for one in WHOLE], ids=[one[0] for one in WHOLE])
def test_what_is_parsed_equals_the_record(chart: Chart, documents: dict[str, bytes]) -> None:
    expected, found = carried(chart), parsed(documents)
    assert {key: (expected[key], found[key]) for key in expected | found if expected[key] != found[key]} == {}


@pytest.mark.parametrize(("chart", "documents"), [one[1:] for one in WHOLE], ids=[one[0] for one in WHOLE])
def test_every_code_sent_is_one_that_was_chosen(chart: Chart, documents: dict[str, bytes]) -> None:
    chosen = {
        item.option(key).code  # type: ignore[union-attr]
        for (item_id, _), one in chart.fields.items()
        if one.counts and one.counts.answer.state == "value"
        for item in [chart.catalogue[item_id]]
        for key in (one.counts.answer.value if isinstance(one.counts.answer.value, list) else [one.counts.answer.value])
        if item.options and isinstance(key, str) and item.option(key)
    }
    kinds_of_screening = {placed.item.code.rpartition("|")[2] for placed in chart.catalogue if placed.item.code}
    for kind in ("PRF", "PSCR"):
        document = ReadDocument(documents[kind])
        sent = {
            coding["code"]
            for _, one in document.all_found()
            for value in [
                *one.values.values(),
                one.resource["code"] if one.resource["resourceType"] != "Observation" else 0,
            ]
            if isinstance(value, dict) and "coding" in value
            for coding in value["coding"]
            if coding["system"] == BUILD.snomed
        }
        assert sent <= chosen | kinds_of_screening
        assert all(CODES[one].status in ("official", "seen") for one in sent)
