"""What a question is: Item, Page, Section and the condition When.

An Item is written once, in `forms/`; pages, review, consultation, PDF, FHIR, codebook and tests read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from svangre.catalogue.kinds import KIND_NAMES, Group, Kind, Option, options_of

Who = Literal["woman", "gp", "midwife"]
Visibility = Literal["gp_only", "clinic_and_her", "shared"]
State = Literal["value", "not_answered", "unknown", "declines", "ask_doctor"]
WayOut = Literal["unknown", "declines", "ask_doctor"]

STATES: dict[str, str] = {
    "not_answered": "Ikke besvaret",
    "unknown": "Ved ikke",
    "declines": "Vil ikke svare",
    "ask_doctor": "Vil hellere tale med lægen",
    "not_asked": "Ikke spurgt",
}


@dataclass(frozen=True)
class When:
    """Shown when the answer to `item` is among `any_of`: option keys, or the states unknown, declines,
    ask_doctor, not_answered. Inside a group `item` may be another item of the same row, or one outside it.
    `only_for_her`: the clinic sees the item always (prenatal wishes: the right not to know).
    """

    item: str
    any_of: tuple[str, ...]
    only_for_her: bool = False


@dataclass(frozen=True)
class Item:
    """One question or field.

    id            stable snake_case English; field name, linkId and translation context; never renamed or reused
    ref           row of the content specification, such as TFO-02
    clinic        the clinic's wording: short, professional
    kind          answer kind with options, unit and range
    woman         her wording: plain, warm, second person; None when she is never asked
    help          "Hvorfor spørger vi?" or None
    hint          how to write the answer, shown at the field
    who           who fills it; () for computed items
    when          condition, or None for always
    ways_out      which states she may choose besides leaving it empty
    visibility    default per answer; she or the GP may narrow it, only the GP widens it
    unremarkable  option keys that bulk accept may take
    national      "Element.component" of the national model ("GMTobakObs.rygning-før-graviditet"), in
                  `svangre.national.elements`; an Element alone for elements without components
    mandatory     PRF is not produced without it
    code          SNOMED/LOINC/NPU of the item itself where the national model has none, as "system|code"
    source        tags of docs/sources.md, as in the specification: "P, GM"
    status        active; later (antenatal visits after the first); retired
    """

    id: str
    ref: str
    clinic: str
    kind: Kind
    source: str
    woman: str | None = None
    help: str | None = None
    hint: str | None = None
    who: tuple[Who, ...] = ("woman", "gp")
    when: When | None = None
    ways_out: tuple[WayOut, ...] = ("unknown",)
    visibility: Visibility = "shared"
    unremarkable: tuple[str, ...] = ()
    national: tuple[str, ...] = ()
    mandatory: bool = False
    code: str | None = None
    status: Literal["active", "later", "retired"] = "active"

    @property
    def kind_name(self) -> str:
        return KIND_NAMES[type(self.kind)]

    @cached_property
    def options(self) -> tuple[Option, ...]:
        return options_of(self.kind)

    @property
    def is_hers(self) -> bool:
        """Asked of her in the home form."""
        return "woman" in self.who and self.status == "active"

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class Page:
    """A short step of the home form: three to seven questions about one thing. Clinic-only pages have no `title`."""

    id: str
    title: str | None
    items: tuple[Item, ...]
    intro: str | None = None

    @property
    def hers(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.is_hers)


@dataclass(frozen=True)
class Section:
    """A chapter of the record. `title` is hers, `clinic` the clinic's and the PDF's.

    private: "Samtale alene": closed on opening, never in her pages, bulk accept or documents unless released.
    """

    id: str
    title: str
    clinic: str
    pages: tuple[Page, ...]
    private: bool = False
    later: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for page in self.pages for item in page.items)


def inside(item: Item) -> tuple[Item, ...]:
    """The items of a row, or () for a plain item."""
    return item.kind.items if isinstance(item.kind, Group) else ()
