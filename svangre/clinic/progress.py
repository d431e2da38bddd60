"""Which fields of a record wait for somebody: counts beside the sections, what is missing, where to go next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from svangre.catalogue import Item, LongText, Section, Text, inside
from svangre.record.chart import Chart, Row
from svangre.record.way import is_hers, usual_order

Standing = Literal["none", "open", "later", "differs", "done"]

# The clinic's own fields that count as open while they are empty, beside those that PRF needs. "Bør også med".
EXPECTED = (
    "omsorgsniveau", "resume", "obstetric_referral", "social_referral", "consent_to_send", "weight_today_kg",
    "systolic", "diastolic", "dating_certain", "blood_group_sample",
)  # fmt: skip
# Of the person, not of the pregnancy: corrected on the page of the appointment.
IDENTITY = frozenset({"cpr", "legal_name", "consultation_on"})


def key_of(item_id: str, row_id: str | None) -> str:
    """The id of a field on the page."""
    return f"f-{item_id}-{row_id}" if row_id else f"f-{item_id}"


def is_clinics(item: Item) -> bool:
    """Whether the clinic decides about it."""
    return "gp" in item.who and item.kind_name != "group" and item.id not in IDENTITY


def is_closed(chart: Chart, item: Item, row_id: str | None, sees_private: bool) -> bool:
    """The doctor's alone: for others it is not on the page at all."""
    return not sees_private and chart.visibility(item, row_id) == "gp_only"


def standing(chart: Chart, item: Item, row_id: str | None) -> Standing:
    """Where a field stands; "none" for what nobody waits for: an optional field that was never filled in."""
    if not is_clinics(item):
        return "none"
    one = chart.field(item.id, row_id)
    if one.status in ("accepted", "corrected"):
        return "done"
    if one.status == "later":
        return "later"
    if one.status in ("differs", "new_from_her"):
        return "differs"
    if one.hers is None:
        return "open" if item.mandatory or item.id in EXPECTED or one.imported else "none"
    left_empty = one.hers.answer.state == "not_answered" and isinstance(item.kind, Text | LongText)
    return "none" if left_empty and not item.mandatory else "open"


def row_fields(chart: Chart, row: Row, *, sees_private: bool) -> Iterator[tuple[Item, str]]:
    """The shown fields of a row and of the rows inside it, such as a birth and its children."""
    for item in inside(chart.catalogue.group(row.group)):
        if item.status != "active" or not chart.is_shown(item, row.id):
            continue
        for child in chart.rows(f"{row.group}.{item.id}", row.id) if inside(item) else ():
            yield from row_fields(chart, child, sees_private=sees_private)
        if is_clinics(item) and not is_closed(chart, item, row.id, sees_private):
            yield item, row.id


def acceptable(chart: Chart, row: Row, *, sees_private: bool) -> list[tuple[str, str | None]]:
    """What one press on a row takes over: the open fields in it that she has answered."""
    return [
        (item.id, row_id)
        for item, row_id in row_fields(chart, row, sees_private=sees_private)
        if standing(chart, item, row_id) == "open" and chart.field(item.id, row_id).hers
    ]


@dataclass(frozen=True)
class Standings:
    """A section as the list of sections shows it."""

    section: Section
    number: int
    done: int
    waiting: int
    differs: bool
    first_open: str | None

    @property
    def total(self) -> int:
        return self.done + self.waiting

    @property
    def icon(self) -> str:
        if self.section.private:
            return "lock"
        if self.differs:
            return "not-equal"
        if self.done == 0:
            return "ring"
        return "ring-half" if self.waiting else "check"

    @property
    def words(self) -> str:
        if self.section.private:
            return "privat"
        if self.waiting == 0:
            return "færdig" if self.done else "intet venter"
        return f"{self.waiting} åbne" + (", valg mangler" if self.differs else "")

    @property
    def has_her_questions(self) -> bool:
        return any(item.is_hers for item in self.section.items)

    @property
    def is_hers(self) -> bool:
        return is_hers(self.section)


def all_standings(chart: Chart, *, sees_private: bool, order: Sequence[str] = ()) -> list[Standings]:
    """The sections as the list shows them and the arrows go through them: hers first, then the clinic's part, or in the
    clinic's own `order`."""
    sections = [one for one in chart.catalogue.sections if not one.later]
    place = {section_id: at for at, section_id in enumerate(order or usual_order())}
    sections.sort(key=lambda one: place.get(one.id, len(place)))
    return [_standings(chart, section, number, sees_private) for number, section in enumerate(sections, 1)]


def _standings(chart: Chart, section: Section, number: int, sees_private: bool) -> Standings:
    found = [
        (key_of(item.id, row_id), standing(chart, item, row_id))
        for item, row_id in chart.section_items(section)
        if not is_closed(chart, item, row_id, sees_private)
    ]
    for group in filter(inside, section.items):
        if group.status == "active" and not is_closed(chart, group, None, sees_private):
            found += [(f"r-{row.id}", "open") for row in chart.offered(group.id)]
    waiting = [(key, one) for key, one in found if one in ("open", "later", "differs")]
    return Standings(
        section,
        number,
        sum(one == "done" for _key, one in found),
        len(waiting),
        any(one == "differs" for _key, one in waiting),
        next((key for key, one in waiting if one != "later"), None),
    )


def waiting_fields(chart: Chart, *, sees_private: bool) -> Iterator[tuple[Section, Item, str | None, Standing]]:
    """Every field that waits, in the order of the record; private sections are left out."""
    for section in chart.catalogue.sections:
        if section.later or section.private:
            continue
        for item, row_id in chart.section_items(section):
            one = standing(chart, item, row_id)
            if one in ("open", "later", "differs") and not is_closed(chart, item, row_id, sees_private):
                yield section, item, row_id, one
