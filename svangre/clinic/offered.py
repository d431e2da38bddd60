"""What the clinic's own record system says, as the consultation shows it: where it is from, and rows that wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from svangre.catalogue import Item, inside
from svangre.record import words
from svangre.record.chart import Chart, Given, Row
from svangre.record.imported import UNNAMED


@dataclass(frozen=True)
class Offered:
    """A row that counts nowhere before it is accepted. `rest`: what the columns do not show."""

    row: Row
    title: str
    cells: tuple[str, ...]
    rest: str
    origin: str


def origin(given: Given) -> str:
    """»Fra journalen, maj 2019 (Lægerne Testgade)«"""
    when = f", {words.partial_date_text(given.known_on)}" if given.known_on else ""
    return f"Fra journalen{when}" + (f" ({given.source})" if given.source != UNNAMED else "")


def offered_rows(chart: Chart, group: Item, columns: Sequence[Sequence[str]]) -> tuple[Offered, ...]:
    """`columns`: the items that each column of the group shows."""
    return tuple(_offered(chart, group, row, columns) for row in chart.offered(group.id))


def _offered(chart: Chart, group: Item, row: Row, columns: Sequence[Sequence[str]]) -> Offered:
    told = {item.id: one for item in inside(group) if (one := chart.field(item.id, row.id).imported)}
    texts = {item_id: words.value_text(chart.catalogue[item_id], one.answer) for item_id, one in told.items()}
    cells = tuple(", ".join(texts[item_id] for item_id in ids if item_id in texts) for ids in columns)
    in_columns = {item_id for ids in columns for item_id in ids}
    rest = "; ".join(text for item_id, text in texts.items() if item_id not in in_columns)
    title = next((text for text in (*cells, rest) if text), "")
    return Offered(row, title, cells, rest, origin(next(iter(told.values()))) if told else "")


def opens(chart: Chart, group: Item) -> str:
    """The question that must be answered yes before the group's rows count; "" when it is."""
    return chart.catalogue[group.when.item].clinic if group.when and not chart.is_shown(group) else ""
