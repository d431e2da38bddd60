"""Numbers with a source, an edition and a first day of validity.

A later edition is a new row, never a change of an old one: a record keeps the edition it was assessed with
(`edition_on`). Where sources disagree, one of them leads; which one is a setting with a default and a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from svangre.rules.sources import Source

T = TypeVar("T")

AGE = "uge+dag"  # unit of gestational ages, which are kept in days


@dataclass(frozen=True)
class Row(Generic[T]):
    """`side` names the row where one source reports both sides of a disagreement."""

    value: T
    source: Source
    valid_from: date
    side: str = ""

    @property
    def lead(self) -> str:
        """What a setting calls this row: its side, or the tag of its source."""
        return self.side or self.source.tag


def _start(row: Row[Any]) -> date:
    return row.valid_from


@dataclass(frozen=True)
class Threshold(Generic[T]):
    """A value that rules compare with.

    key            name of the setting that chooses the leading source
    disagreement   one sentence that shows both sides; "" where sources agree
    reason         why the default leads
    default        the leading side or source; "" means the newest row
    """

    key: str
    name: str
    unit: str
    rows: tuple[Row[T], ...]
    disagreement: str = ""
    reason: str = ""
    default: str = ""

    def row(self, on: date, lead: str = "") -> Row[T]:
        """The row in force on a day; before the first edition the first one, since nothing older is known."""
        if len(self.rows) == 1:
            return self.rows[0]
        lead = lead or self.default
        of_lead = [row for row in self.rows if row.lead == lead] or list(self.rows)
        in_force = [row for row in of_lead if row.valid_from <= on]
        return max(in_force, key=_start) if in_force else min(of_lead, key=_start)

    @property
    def leading(self) -> T:
        """The value of the newest edition where no clinic has chosen otherwise: for titles and for the rulebook."""
        return self.row(date.max).value

    @property
    def leads(self) -> tuple[str, ...]:
        """What the setting may choose between."""
        return tuple(dict.fromkeys(row.lead for row in self.rows))


@dataclass(frozen=True)
class Editions:
    """Which edition of every number applies: a day, and the clinic's choice of leading sources by threshold key."""

    on: date
    leads: Mapping[str, str]

    def value(self, threshold: Threshold[T]) -> T:
        return self.row(threshold).value

    def row(self, threshold: Threshold[T]) -> Row[T]:
        return threshold.row(self.on, self.leads.get(threshold.key, ""))
