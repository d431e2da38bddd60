"""The shapes in which the national model is written down here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["official", "seen", "inferred", "unknown"]


@dataclass(frozen=True)
class Code:
    """A SNOMED CT concept of the model's value sets. Only an official label is ever sent as `display`."""

    code: str
    label: str | None  # None: unknown
    status: Status
    source: str | None
    value_sets: tuple[str, ...]
    note: str | None = None

    @property
    def is_sent(self) -> bool:
        return self.status in ("official", "seen")


@dataclass(frozen=True)
class Component:
    """One component of an element. `value_type` is the FHIR type; `unit` as the model names it."""

    slice: str
    code: str
    value_type: str
    qualifier: str | None = None
    unit: str | None = None
    mandatory: bool = False
    value_set: str | None = None


@dataclass(frozen=True)
class Link:
    """A reference extension from an element to a linked part."""

    extension: str
    target: str | None  # None: a value extension, not a reference
    least: int
    most: str


@dataclass(frozen=True)
class Element:
    id: str
    resource: str
    documents: tuple[str, ...]
    role: str  # section-entry, referenced or base
    code: str | None
    qualifier: str | None
    label: str
    components: tuple[Component, ...] = ()
    links: tuple[Link, ...] = ()

    def component(self, slice_name: str) -> Component:
        return next(component for component in self.components if component.slice == slice_name)


@dataclass(frozen=True)
class Entry:
    """A slice of a document's one section: which element, how many."""

    slice: str
    element: str
    least: int
    most: str


@dataclass(frozen=True)
class Document:
    type: Literal["PRF", "PSCR", "PMR"]
    title: str
    bundle_profile: str
    composition_profile: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Measurement:
    """A PMR measurement code (of the removed measurement profiles, confirmed by MedCom's PMR-DK 2.0.0 example)."""

    slice: str
    code: str
    label: str
    subject: str
    value_type: str
    unit: str | None
    npu: str | None
    profile: str
