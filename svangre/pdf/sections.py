"""The sections of the handover: what is printed of each item, in the order of the paper form.

Remarkable answers stand as label and value, rows of groups as tables. What is unremarkable collapses to one line
»Nej: …«, what was left empty to »Ikke besvaret: …«; the states are never turned into one another. Private answers
leave no trace: neither value, nor label, nor count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal as ExactDecimal
from typing import Literal

from svangre.catalogue import STATES, Answer, Decimal, Integer, Item, LongText, Section, YesNo, inside
from svangre.record import words
from svangre.record.chart import PROTECTED_ITEMS, Chart, Field, Row

Mark = Literal["", "K", "Kp", "K?"]  # hers: accepted by a doctor, by staff, by nobody yet
Line = Literal["no", "not_answered", "not_asked"]

LINE_TITLES: Mapping[Line, str] = {
    "no": "Nej",
    "not_answered": "Ikke besvaret",
    "not_asked": "Ikke spurgt eller udfyldt",
}
LONG = 60  # characters from which a value wants the full width
BREAKS = 900  # characters from which a row may be cut in two
BRIEF = 200  # of an earlier text, in characters; the whole stands in the version before
MOST_COLUMNS = 6

# Print order is the catalogue's; these stand on the first page instead.
ON_THE_FIRST_PAGE = frozenset({"resume", "what_matters", "cpr", "legal_name", "consultation_on"})

# Two items that are read as one: the second is written with the first, under this label.
JOINED: Mapping[str, tuple[str, str, str]] = {
    "birth_weeks": ("birth_days", "Graviditetslængde", "{}+{}"),
    "systolic": ("diastolic", "Blodtryk", "{}/{} mmHg"),
    "measured_systolic": ("measured_diastolic", "Blodtryk", "{}/{} mmHg"),
}
# Answers that stand without their question, in the words of the paper form.
SHORT: Mapping[tuple[str, str], str] = {
    ("puerperium_uncomplicated", "yes"): "Ukompliceret",
    ("puerperium_uncomplicated", "no"): "Kompliceret",
}

# The births table has the columns that birth places know; an item that is not named here comes in the last one.
COLUMNS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "later_measurements": (
        ("Målt den", ("measured_on",)),
        ("Vægt", ("measured_weight_kg",)),
        ("Blodtryk", ("measured_systolic", "measured_diastolic")),
        ("Symfyse-fundus", ("measured_fundus_mm",)),
    ),
    "births": (
        ("År", ("birth_year",)),
        ("Uge", ("birth_weeks", "birth_days", "birth_timing")),
        ("Sted", ("birth_place",)),
        ("Graviditet", ("birth_pregnancy_course", "birth_pregnancy_remarks")),
        ("Fødsel", ("birth_course", "birth_remarks")),
        ("Barn", ("children",)),
        ("Oplevelse", ("birth_experience",)),
        ("Barsel", ("puerperium_uncomplicated", "puerperium_complications", "postpartum_mental_illness")),
    ),
}


@dataclass(frozen=True)
class Entry:
    """One printed item: `mark` says whose answer it is, `before` what an earlier version said."""

    item: Item
    row_id: str | None
    label: str
    text: str
    mark: Mark = ""
    note: str = ""
    before: str | None = None
    line: Line | None = None
    says_itself: bool = False  # understood without its label

    @property
    def is_long(self) -> bool:
        return len(self.text) + len(self.note) > LONG or "\n" in self.text or self.before is not None

    @property
    def breaks(self) -> bool:
        """So long that it may go on over a page: kept together it would leave the page before it empty."""
        return len(self.text) > BREAKS


@dataclass(frozen=True)
class TableRow:
    """`children` has one tuple a child, printed in the column of `children_at`; `below` are long texts, over the full
    width; `mark` is whose answers the whole row is, where that is one and the same."""

    cells: tuple[tuple[Entry, ...], ...]
    children: tuple[tuple[Entry, ...], ...]
    below: tuple[Entry, ...]
    mark: Mark = ""
    is_new: bool = False

    @property
    def breaks(self) -> bool:
        return sum(len(one.text) for one in self.below) > BREAKS


@dataclass(frozen=True)
class Table:
    id: str
    title: str
    count: int
    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]
    children_at: int | None
    removed: tuple[str, ...] = ()


@dataclass
class Chapter:
    """A printed section. `blocks` in the catalogue's order: entries are gathered until a table comes between."""

    id: str
    title: str
    blocks: list[list[Entry] | Table] = field(default_factory=list)
    lines: dict[Line, list[Entry]] = field(default_factory=lambda: {line: [] for line in LINE_TITLES})

    @property
    def collapsed(self) -> list[tuple[str, Mark, list[Entry]]]:
        """The lines at the end: title, whose answers they are where that is one and the same, entries."""
        return [(LINE_TITLES[line], *_with_common_mark(entries)) for line, entries in self.lines.items() if entries]

    @property
    def is_empty(self) -> bool:
        return not self.blocks and not any(self.lines.values())

    def add(self, entry: Entry) -> None:
        if entry.line:
            self.lines[entry.line].append(entry)
        elif self.blocks and isinstance(self.blocks[-1], list):
            self.blocks[-1].append(entry)
        else:
            self.blocks.append([entry])


def chapters(chart: Chart, previous: Chart | None = None) -> list[Chapter]:
    """What is printed of a whole chart: every section that has something to say."""
    printed = [_chapter(chart, previous, section) for section in chart.catalogue.sections if not section.later]
    return [chapter for chapter in printed if not chapter.is_empty]


def is_hidden(chart: Chart, item: Item, row_id: str | None = None) -> bool:
    """Whether the item may not be seen outside the clinic, not even as »ikke spurgt«."""
    protected = chart.identity.is_protected and item.id in PROTECTED_ITEMS
    return protected or not chart.may_leave(item, row_id)


def entry_of(chart: Chart, previous: Chart | None, item: Item, row_id: str | None = None) -> Entry | None:
    """The printed form of one item, or None when it has no place in the document."""
    if item.status != "active" or is_hidden(chart, item, row_id) or not chart.is_shown(item, row_id):
        return None
    if not item.who and chart.counting(item.id, row_id) is None:
        return None  # computed: stands on the first page
    one = chart.field(item.id, row_id)
    given = chart.counting(item.id, row_id)
    before = _before(previous, item, row_id, given.answer if given else None)
    line: Line | None = None
    if given is None:
        line = "not_asked"
    elif given.answer.state == "not_answered":
        line = "not_answered"
    elif is_unremarkable(item, given.answer) and before is None:
        line = "no"
    entry = Entry(
        item,
        row_id,
        item.clinic,
        _text(item, given.answer if given else None),
        mark="" if line in ("not_answered", "not_asked") else mark_of(one),
        note=_note(item, one),
        before=before,
        line=None if before is not None else line,
        says_itself=_says_itself(item, given.answer if given else None),
    )
    return _joined(chart, previous, entry) if entry.line is None else entry


def _joined(chart: Chart, previous: Chart | None, entry: Entry) -> Entry | None:
    """The entry with its second half; None for that half itself, which is written with the first."""
    if entry.item.id in {second for second, _, _ in JOINED.values()}:
        first = next(one for one, (second, _, _) in JOINED.items() if second == entry.item.id)
        return None if chart.value(first, entry.row_id) is not None else entry
    if entry.item.id not in JOINED:
        return entry
    now = _joined_text(chart, entry.item.id, entry.row_id)
    if now is None:
        return entry
    earlier = _joined_text(previous, entry.item.id, entry.row_id) if previous else None
    before = earlier if earlier not in (None, now) else entry.before
    return replace(entry, label=JOINED[entry.item.id][1], text=now, before=before, says_itself=True)


def _joined_text(chart: Chart, first: str, row_id: str | None) -> str | None:
    second, _, pattern = JOINED[first]
    values = chart.value(first, row_id), chart.value(second, row_id)
    return None if None in values else pattern.format(*values)


def _says_itself(item: Item, answer: Answer | None) -> bool:
    if answer is None or answer.state != "value" or isinstance(item.kind, YesNo):
        return answer is not None and answer.state == "value" and (item.id, answer.value) in SHORT
    return not (isinstance(item.kind, Integer | Decimal) and item.kind.unit is None)


def _text(item: Item, answer: Answer | None) -> str:
    if answer and answer.state == "value" and isinstance(answer.value, str):
        return SHORT.get((item.id, answer.value)) or words.value_text(item, answer)
    if answer and answer.state == "value" and item.id == "measured_fundus_mm":  # the old form has cm
        return f"{words.value_text(item, answer)} ({words.decimal_text(ExactDecimal(answer.value) / 10)} cm)"
    return words.value_text(item, answer)


def is_unremarkable(item: Item, answer: Answer) -> bool:
    """A plain no to something that one is glad to hear no to."""
    return (
        answer.state == "value"
        and answer.value in ("no", ["no"], ["none"], "none")
        and set([answer.value] if isinstance(answer.value, str) else answer.value) <= set(item.unremarkable)
    )


def _chapter(chart: Chart, previous: Chart | None, section: Section) -> Chapter:
    chapter = Chapter(section.id, section.clinic)
    for item in section.items:
        if item.id in ON_THE_FIRST_PAGE:
            continue
        if inside(item):
            _add_group(chapter, chart, previous, item)
        else:
            entry = entry_of(chart, previous, item)
            if entry and not (section.private and entry.line == "not_asked"):
                chapter.add(entry)
    return chapter


def _add_group(chapter: Chapter, chart: Chart, previous: Chart | None, group: Item) -> None:
    table = _table(chart, previous, group)
    if table:
        chapter.blocks.append(table)
    elif chart.is_shown(group) and not is_hidden(chart, group) and not chart.rows(group.id):
        given = chart.counting(group.id)
        state: Line = "not_answered" if given and given.answer.state == "not_answered" else "not_asked"
        text = words.value_text(group, given.answer if given else None)
        chapter.add(Entry(group, None, group.clinic, text, line=state if text in _LINES else None))


_LINES = frozenset({STATES["not_answered"], STATES["not_asked"]})


def _table(chart: Chart, previous: Chart | None, group: Item) -> Table | None:
    if not chart.is_shown(group):
        return None
    rows = [(row, _row_entries(chart, previous, group, row)) for row in chart.rows(group.id)]
    rows = [(row, entries) for row, entries in rows if entries or _has_children(chart, group, row)]
    if not rows:
        return None
    columns = _columns(group, [entries for _, entries in rows])
    nested = next((at for at, (_, ids) in enumerate(columns) if any(inside(chart.catalogue[one]) for one in ids)), None)
    return Table(
        group.id,
        group.clinic,
        len(rows),
        tuple(header for header, _ in columns),
        tuple(
            _table_row(columns, entries, list(_children(chart, previous, group, row)), _is_new(previous, row))
            for row, entries in rows
        ),
        nested,
        tuple(_removed(chart, previous, group)),
    )


def _table_row(
    columns: list[tuple[str, tuple[str, ...]]],
    entries: list[Entry],
    children: list[list[Entry]],
    is_new: bool,
) -> TableRow:
    mark, plain = _with_common_mark([*entries, *(one for child in children for one in child)])
    own, theirs = plain[: len(entries)], iter(plain[len(entries) :])
    # The header of a column with a single item is its label.
    alone = {ids[0] for _, ids in columns if len(ids) == 1}
    own = [replace(one, says_itself=True) if one.item.id in alone else one for one in own]
    return TableRow(
        tuple(tuple(one for one in own if one.item.id in ids and not _goes_below(one)) for _, ids in columns),
        tuple(tuple(next(theirs) for _ in child) for child in children),
        tuple(one for one in own if _goes_below(one)),
        mark,
        is_new,
    )


def _with_common_mark(entries: list[Entry]) -> tuple[Mark, list[Entry]]:
    """One mark for all, said once, where they share it; else each keeps its own."""
    marks = {one.mark for one in entries}
    if len(marks) != 1:
        return "", entries
    return entries[0].mark, [replace(one, mark="") for one in entries]


def _is_new(previous: Chart | None, row: Row) -> bool:
    return previous is not None and previous.row(row.id) is None


def _row_entries(chart: Chart, previous: Chart | None, group: Item, row: Row) -> list[Entry]:
    entries = (entry_of(chart, previous, item, row.id) for item in inside(group) if not inside(item))
    return [one for one in entries if one and one.line not in ("not_answered", "not_asked")]


def _children(chart: Chart, previous: Chart | None, group: Item, row: Row) -> Iterator[list[Entry]]:
    for item in inside(group):
        for child in chart.rows(f"{group.id}.{item.id}", row.id) if inside(item) else ():
            entries = _row_entries(chart, previous, item, child)
            if entries:
                yield entries


def _has_children(chart: Chart, group: Item, row: Row) -> bool:
    return any(True for _ in _children(chart, None, group, row))


def _columns(group: Item, rows: list[list[Entry]]) -> list[tuple[str, tuple[str, ...]]]:
    """Header and items of each column; those used most get one of their own, the rest share the last."""
    used = {one.item.id for entries in rows for one in entries if not _goes_below(one)}
    nested = {item.id for item in inside(group) if inside(item)}
    if group.id in COLUMNS:
        named = list(COLUMNS[group.id])
        known = {item_id for _, ids in named for item_id in ids}
        rest = tuple(item.id for item in inside(group) if item.id not in known and item.id in used)
        return named + ([("Øvrigt", rest)] if rest else [])
    items = [item for item in inside(group) if item.id in used or item.id in nested]
    often = sorted(items, key=lambda item: -sum(one.item.id == item.id for entries in rows for one in entries))
    own = set(often[: MOST_COLUMNS - 1]) if len(items) > MOST_COLUMNS else set(items)
    columns = [(item.clinic, (item.id,)) for item in items if item in own]
    rest = tuple(item.id for item in items if item not in own)
    return columns + ([("Øvrigt", rest)] if rest else [])


def _goes_below(entry: Entry) -> bool:
    return isinstance(entry.item.kind, LongText) and entry.is_long


def _removed(chart: Chart, previous: Chart | None, group: Item) -> Iterator[str]:
    for row in previous.rows(group.id) if previous else ():
        now = chart.row(row.id)
        if previous and (now is None or now.removed):
            text = words.row_text(previous.for_documents(), row)
            if text:
                yield text


def mark_of(one: Field) -> Mark:
    """Whose answer counts, where it is hers."""
    if one.clinics is None:
        return "K?" if one.hers else ""
    hers_counts = one.hers is not None and one.hers.answer == one.clinics.answer
    if not hers_counts or one.clinics.act != "accepted":
        return ""
    return "K" if one.clinics.role == "doctor" else "Kp"


def _note(item: Item, one: Field) -> str:
    """What she said where the clinic's value differs. What she would rather say aloud is not repeated."""
    if not (one.clinics and one.hers) or one.hers.answer == one.clinics.answer:
        return ""
    if one.hers.answer.state not in ("value", "unknown"):
        return ""
    hers = words.value_text(item, one.hers.answer)
    by = "lægen" if one.clinics.role == "doctor" else "klinikken"
    return f"rettet af {by}" if len(hers) > LONG else f"rettet af {by}; hun svarede: {hers}"


def _before(previous: Chart | None, item: Item, row_id: str | None, now: Answer | None) -> str | None:
    """What the earlier version said, where it said something else; a new row is marked as a whole."""
    if previous is None or (row_id is not None and previous.row(row_id) is None):
        return None
    given = None if is_hidden(previous, item, row_id) else previous.counting(item.id, row_id)
    was = given.answer if given else None
    return None if was == now else words.brief(words.value_text(item, was), BRIEF)


def in_rows(entries: list[Entry]) -> list[tuple[Entry, ...]]:
    """Two pairs of label and value a row; a long one has the row to itself."""
    rows: list[tuple[Entry, ...]] = []
    for entry in entries:
        if not entry.is_long and rows and len(rows[-1]) == 1 and not rows[-1][0].is_long:
            rows[-1] += (entry,)
        else:
            rows.append((entry,))
    return rows
