"""Measurements over time: a picture where the same thing was measured twice or more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from svangre.record import words
from svangre.record.chart import Chart

WIDTH, HEIGHT = 240, 60  # the inner field of the picture, in its own units


@dataclass(frozen=True)
class Point:
    on: str
    value: str
    x: str
    y: str


@dataclass(frozen=True)
class Series:
    """Two or more measurements of one thing, oldest first, with their place in the picture."""

    title: str
    unit: str
    points: tuple[Point, ...]

    @property
    def in_words(self) -> str:
        return f"{self.title}: " + ", ".join(f"{point.value} {self.unit} den {point.on}" for point in self.points)


def series(chart: Chart) -> Iterator[Series]:
    """The dated tests with a number, by kind and unit, where there are at least two."""
    measured: dict[tuple[str, str], list[tuple[date, Decimal]]] = {}
    for row in chart.rows("tests"):
        kind = chart.counting("test_kind", row.id)
        on, value = chart.value("test_on", row.id), chart.value("test_value", row.id)
        if kind and on and value:
            title = words.value_text(chart.catalogue["test_kind"], kind.answer)
            unit = chart.value("test_unit", row.id) or ""
            measured.setdefault((title, unit), []).append((date.fromisoformat(on), Decimal(value)))
    for (title, unit), values in measured.items():
        if len(values) > 1:
            yield drawn(title, unit, values)


def drawn(title: str, unit: str, values: list[tuple[date, Decimal]]) -> Series:
    """Placed by day and value; the lowest value on the bottom line, the highest on the top one."""
    ordered = sorted(values)
    first, days = ordered[0][0], max((ordered[-1][0] - ordered[0][0]).days, 1)
    low = min(value for _, value in ordered)
    span = max(value for _, value in ordered) - low or Decimal(1)
    return Series(
        title,
        unit,
        tuple(
            Point(
                words.short_date(on),
                words.decimal_text(value),
                f"{WIDTH * Decimal((on - first).days) / days:.1f}",
                f"{HEIGHT * (1 - (value - low) / span):.1f}",
            )
            for on, value in ordered
        ),
    )
