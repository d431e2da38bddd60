"""The answer kinds: a closed union, so that every adapter is told by mypy when one is added.

Stored values, as JSON:

=============  =====================================================================
kind           value
=============  =====================================================================
Text, LongText ``str``
Integer        ``int``
Decimal        ``str`` with a point, exactly as entered: ``"82.5"``
Date           ``"2026-11-24"``
PartialDate    ``"2026"``, ``"2026-11"`` or ``"2026-11-24"``
YesNo          ``"yes"`` or ``"no"``
One            the option's key
Many           list of option keys, in the catalogue's order
Interval       ``{"low": 27, "high": 32}`` (equal ends: one number) or an option's key
Group          no value of its own: rows, each with the items inside
=============  =====================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from svangre.catalogue.items import Item


@dataclass(frozen=True)
class Option:
    """One answer of a list.

    `key` is stored and never changes; `label` is hers, `clinic_label` the professional wording (label when None).
    `code` is a SNOMED CT concept of `svangre.national.codes`; whether it is sent depends on its status there.
    `clinic_only` options are never offered to her; `excludes` marks "none of these" in a Many.
    """

    key: str
    label: str
    clinic_label: str | None = None
    code: str | None = None
    clinic_only: bool = False
    excludes: bool = False


@dataclass(frozen=True)
class Text:
    """One line. `look` picks keyboard and check: plain, tel, email or cpr."""

    max_length: int = 200
    look: str = "plain"


@dataclass(frozen=True)
class LongText:
    max_length: int = 2000


@dataclass(frozen=True)
class Integer:
    unit: str | None = None  # UCUM, or an annotation such as {genstande}/wk
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Decimal:
    unit: str | None = None
    low: str | None = None  # decimals as text: never binary floats
    high: str | None = None
    places: int = 1


@dataclass(frozen=True)
class Date:
    """A calendar day. `past` refuses days after today; `future` refuses days before today."""

    past: bool = False
    future: bool = False


@dataclass(frozen=True)
class PartialDate:
    """A year, a month or a day: what she remembers."""

    past: bool = True
    earliest_year: int = 1950


@dataclass(frozen=True)
class YesNo:
    yes: str = "Ja"
    no: str = "Nej"
    yes_code: str | None = None  # only where the national model wants a code and not a boolean
    no_code: str | None = None


@dataclass(frozen=True)
class One:
    options: tuple[Option, ...]
    look: str = "radio"  # or "select" for long lists


@dataclass(frozen=True)
class Many:
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Interval:
    """A number or a span of numbers, or one of `options` ("uregelmæssig")."""

    unit: str | None = None
    low: int | None = None
    high: int | None = None
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Group:
    """Rows of items: earlier births, medicines … `row` names one row ("fødsel")."""

    items: tuple[Item, ...]
    row: str
    add: str
    most: int = 30


Kind = Text | LongText | Integer | Decimal | Date | PartialDate | YesNo | One | Many | Interval | Group

KIND_NAMES: dict[type, str] = {
    Text: "text", LongText: "long_text", Integer: "integer", Decimal: "decimal", Date: "date",
    PartialDate: "partial_date", YesNo: "yes_no", One: "one", Many: "many", Interval: "interval", Group: "group",
}  # fmt: skip


def options_of(kind: Kind) -> tuple[Option, ...]:
    """The options that an answer of this kind may pick from; yes/no as two options."""
    match kind:
        case One(options) | Many(options):
            return options
        case Interval(options=options):
            return options
        case YesNo():
            return (Option("yes", kind.yes, code=kind.yes_code), Option("no", kind.no, code=kind.no_code))
        case _:
            return ()
