"""What a clinic's own record system says about a woman, before anybody here has accepted it. Pure data.

Facts stand beside her answer as a third source and never count by themselves; what fits no field is kept as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from svangre.catalogue import Answer

UNNAMED = "journalsystemet"  # the source, when it does not say who it is


@dataclass(frozen=True)
class Fact:
    """A value for one field. `known_on`: the day, month or year that it is from ("2019-05"), "" when not said."""

    item_id: str
    answer: Answer
    known_on: str = ""


@dataclass(frozen=True)
class FactRow:
    """A row for a repeating group: a diagnosis, a medicine, an allergy, a test."""

    group: str
    answers: Mapping[str, Answer]
    known_on: str = ""


@dataclass(frozen=True)
class Facts:
    """One import. `source`: who wrote it, as it says itself; `texts`: lines that fit no field; `left_out`: what was
    not taken over, and why."""

    cpr: str
    source: str = ""
    fields: tuple[Fact, ...] = ()
    rows: tuple[FactRow, ...] = ()
    texts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
