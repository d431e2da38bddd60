"""Measurements over time: a picture where the same thing was measured twice or more.

No band of normal values stands behind the symphysis-fundus height: the curve of the old form (Westin 1977) is known to
us by name alone, and a wrong band is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from svangre.record import words
from svangre.record.chart import Chart

WIDTH, HEIGHT = 240, 60  # the inner field of the picture, in its own units
ROOM = 26  # units that a value and its day take in width

Measured = tuple[date, Decimal]


@dataclass(frozen=True)
class Kind:
    """What is drawn in one picture: a line an item, at the first visit and later. `least` is the smallest difference
    that fills the height, so that a kilo does not look like a mountain."""

    title: str
    unit: str
    first: tuple[str, ...]  # items of the first consultation, in the order of `later`
    later: tuple[str, ...]
    least: Decimal


KINDS = (
    Kind("Blodtryk", "mmHg", ("systolic", "diastolic"), ("measured_systolic", "measured_diastolic"), Decimal(40)),
    Kind("Vægt", "kg", ("weight_today_kg",), ("measured_weight_kg",), Decimal(10)),
    Kind("Symfyse-fundus", "mm", (), ("measured_fundus_mm",), Decimal(50)),
)


@dataclass(frozen=True)
class Point:
    """`label_y` is where the value stands: below where the line has a valley. A crowded point has no label."""

    on: str
    value: str
    x: str
    y: str
    label_y: str
    is_labelled: bool


@dataclass(frozen=True)
class Series:
    """Two or more measurements of one thing (of blood pressure two lines), oldest first, with their place."""

    title: str
    unit: str
    lines: tuple[tuple[Point, ...], ...]

    @property
    def in_words(self) -> str:
        days: dict[str, list[str]] = {}
        for line in self.lines:
            for point in line:
                days.setdefault(point.on, []).append(point.value)
        return f"{self.title}: " + ", ".join(f"{'/'.join(values)} {self.unit} den {on}" for on, values in days.items())


def series(chart: Chart) -> Iterator[Series]:
    """What was measured on two days or more: blood pressure, weight, symphysis-fundus, then dated tests by kind and
    unit."""
    for kind in KINDS:
        lines = [list(_measured(chart, kind, number)) for number in range(len(kind.later))]
        if all(len(line) > 1 for line in lines):
            yield drawn(kind.title, kind.unit, lines, kind.least)
    measured: dict[tuple[str, str], list[Measured]] = {}
    for row in chart.rows("tests"):
        kind_of_test = chart.counting("test_kind", row.id)
        on, value = chart.value("test_on", row.id), chart.value("test_value", row.id)
        if kind_of_test and on and value:
            title = words.value_text(chart.catalogue["test_kind"], kind_of_test.answer)
            unit = chart.value("test_unit", row.id) or ""
            measured.setdefault((title, unit), []).append((date.fromisoformat(on), Decimal(value)))
    for (title, unit), values in measured.items():
        if len(values) > 1:
            yield drawn(title, unit, [values])


def _measured(chart: Chart, kind: Kind, number: int) -> Iterator[Measured]:
    """One line of a kind. Where a day has only half a blood pressure, it has none."""
    if kind.first and chart.consultation_on and all(chart.value(item) is not None for item in kind.first):
        yield chart.consultation_on, Decimal(str(chart.value(kind.first[number])))
    for row in chart.rows("later_measurements") if "later_measurements" in chart.catalogue else ():
        on, values = chart.value("measured_on", row.id), [chart.value(item, row.id) for item in kind.later]
        if on and None not in values:
            yield date.fromisoformat(on), Decimal(str(values[number]))


def drawn(title: str, unit: str, lines: list[list[Measured]], least: Decimal = Decimal(0)) -> Series:
    """Placed by day and value; the lowest value on the bottom line, and the highest on the top one unless the
    difference is less than `least`."""
    everything = [one for line in lines for one in line]
    first, days = min(everything)[0], max((max(everything)[0] - min(everything)[0]).days, 1)
    low = min(value for _, value in everything)
    span = max(max(value for _, value in everything) - low, least) or Decimal(1)

    def placed(line: list[Measured], is_lower: bool) -> Iterator[Point]:
        ordered = sorted(line)
        xs = [WIDTH * Decimal((on - first).days) / days for on, _ in ordered]
        shown = _with_room(xs)
        for at, (on, value) in enumerate(ordered):
            y = HEIGHT * (1 - (value - low) / span)
            around = [other for _, other in ordered[max(at - 1, 0) : at + 2] if other != value]
            is_valley = bool(around) and value < min(around)
            label_y = y + 11 if is_lower or (is_valley and len(lines) == 1) else y - 5
            yield Point(
                words.short_date(on),
                words.decimal_text(value),
                f"{xs[at]:.1f}",
                f"{y:.1f}",
                f"{label_y:.1f}",
                at in shown,
            )

    return Series(title, unit, tuple(tuple(placed(line, number > 0)) for number, line in enumerate(lines)))


def _with_room(xs: Iterable[Decimal]) -> set[int]:
    """Which of the points have room for a label: the newest, and each far enough from the next one that has."""
    found: set[int] = set()
    free = Decimal(WIDTH + ROOM)
    for at, x in reversed(list(enumerate(xs))):
        if free - x >= ROOM:
            found.add(at)
            free = x
    return found
