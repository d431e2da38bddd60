"""Two states of a record beside each other, and a version as it was signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from svangre.clinic.progress import IDENTITY, is_closed
from svangre.record import findings, words
from svangre.record.chart import Chart


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str
    by: str


def changes(old: Chart, new: Chart, *, sees_private: bool) -> list[Change]:
    """What differs in the values that count, in the order of the record; computed figures and what was chosen for the
    handover last."""
    return [*_changed_fields(old, new, sees_private), *_changed_figures(old, new), *_changed_choice(old, new)]


def _changed_fields(old: Chart, new: Chart, sees_private: bool) -> Iterator[Change]:
    keys = {**dict.fromkeys(old.fields), **dict.fromkeys(new.fields)}
    order = {item_id: at for at, item_id in enumerate(new.catalogue.places)}
    for item_id, row_id in sorted(keys, key=lambda key: (order[key[0]], key[1] or "")):
        item = new.catalogue[item_id]
        if item_id in IDENTITY or is_closed(new, item, row_id, sees_private):
            continue
        before, after = _value(old, item_id, row_id), _value(new, item_id, row_id)
        if before != after:
            given = new.field(item_id, row_id).counts
            place = f"{new.catalogue.group(row.group).clinic}: " if (row := _row(old, new, row_id)) else ""
            by = f"{given.by} {words.time_text(given.at)}" if given and given.by else "hende" if given else ""
            yield Change(f"{place}{item.clinic}", before, after, by)


@dataclass(frozen=True)
class Pair:
    """One field in two states."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def beside(old: Chart, new: Chart, *, sees_private: bool) -> Iterator[tuple[str, list[Pair]]]:
    """Two states whole, section by section: what stands in one of them at least."""
    keys = {**dict.fromkeys(old.fields), **dict.fromkeys(new.fields)}
    order = {item_id: at for at, item_id in enumerate(new.catalogue.places)}
    by_section: dict[str, list[Pair]] = {}
    for item_id, row_id in sorted(keys, key=lambda key: (order[key[0]], key[1] or "")):
        item = new.catalogue[item_id]
        if item_id in IDENTITY or is_closed(new, item, row_id, sees_private):
            continue
        before, after = _value(old, item_id, row_id), _value(new, item_id, row_id)
        if (before, after) != ("–", "–"):
            row = _row(old, new, row_id)
            place = f"{new.catalogue.group(row.group).clinic}: " if row else ""
            section = new.catalogue.places[item_id].section.clinic
            by_section.setdefault(section, []).append(Pair(f"{place}{item.clinic}", before, after))
    figures = [Pair(label, _figure(old, key), _figure(new, key)) for key, label in FIGURES]
    yield "Beregnet", [*figures, Pair("Skal handles på", _chosen(old), _chosen(new))]
    yield from by_section.items()


def _row(old: Chart, new: Chart, row_id: str | None) -> Any:
    return (new.row(row_id) or old.row(row_id)) if row_id else None


def _value(chart: Chart, item_id: str, row_id: str | None) -> str:
    row = chart.row(row_id) if row_id else None
    if row_id and (row is None or row.removed):
        return "–"
    given = chart.counting(item_id, row_id)
    return words.value_text(chart.catalogue[item_id], given.answer) if given else "–"


FIGURES = (("due_date", "Gældende termin"), ("due_date_method_words", "Termin efter"), ("bmi", "BMI"))


def _changed_figures(old: Chart, new: Chart) -> Iterator[Change]:
    for key, label in FIGURES:
        before, after = _figure(old, key), _figure(new, key)
        if before != after:
            yield Change(label, before, after, "Beregnet")


def _figure(chart: Chart, key: str) -> str:
    value = (chart.assessment or {}).get("computed", {}).get(key)
    if value is None:
        return "–"
    return words.date_text(date.fromisoformat(value)) if key == "due_date" else words.decimal_text(str(value))


def _changed_choice(old: Chart, new: Chart) -> Iterator[Change]:
    before, after = _chosen(old), _chosen(new)
    if before != after:
        yield Change("Skal handles på", before, after, "")


def _chosen(chart: Chart) -> str:
    """The findings that were chosen for the handover."""
    return "; ".join(finding["title"] for finding in findings.leaving(chart)) or "–"


@dataclass(frozen=True)
class Entry:
    label: str
    text: str
    note: str


def whole(chart: Chart, *, sees_private: bool) -> Iterator[tuple[str, list[Entry]]]:
    """A version to read: the sections with what stood in them."""
    for section in chart.catalogue.sections:
        entries = [
            entry
            for item, row_id in chart.section_items(section)
            if item.kind_name != "group" and not is_closed(chart, item, row_id, sees_private)
            if (entry := _entry(chart, item.id, row_id))
        ]
        if entries:
            yield section.clinic, entries


def _entry(chart: Chart, item_id: str, row_id: str | None) -> Entry | None:
    one = chart.field(item_id, row_id)
    given = chart.counting(item_id, row_id)
    if given is None:
        return None
    item = chart.catalogue[item_id]
    note = "hendes svar" if given.giver == "woman" else given.by
    if one.status == "corrected" and one.hers:
        note += f", hendes svar: »{words.value_text(item, one.hers.answer)}«"
    return Entry(item.clinic, words.value_text(item, given.answer), note)


def private_fields(chart: Chart) -> Iterator[tuple[str, str, str | None]]:
    """What is kept out of documents: label, item and row. Labels alone, never what was answered."""
    order = {item_id: at for at, item_id in enumerate(chart.catalogue.places)}
    for item_id, row_id in sorted(chart.fields, key=lambda key: (order[key[0]], key[1] or "")):
        item, given = chart.catalogue[item_id], chart.counting(item_id, row_id)
        if given and given.answer.state == "value" and not chart.may_leave(item, row_id):
            yield item.clinic, item_id, row_id
