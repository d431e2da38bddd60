"""The middle of the consultation: each field as a line, her answer beside the record's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from svangre.catalogue import Item, Section, inside
from svangre.clinic.offered import Offered, offered_rows, opens, origin
from svangre.clinic.progress import (
    IDENTITY,
    Standing,
    acceptable,
    is_clinics,
    is_closed,
    key_of,
    row_fields,
    standing,
)
from svangre.record import words
from svangre.record.chart import STATUS_WORDS, Chart, Field, Given, Row
from svangre.web.form_builder import AnswerField

HER_ICONS = {
    "value": "person", "unknown": "question", "ask_doctor": "speech", "declines": "minus",
    "not_answered": "ring-dashed",
}  # fmt: skip
# Fields whose value the program computes: item id → key of the rules' result.
COMPUTED = {"bmi": "bmi", "gestational_age_today": "gestational_age", "naegele_due_date": "naegele_due_date"}


@dataclass(frozen=True)
class Said:
    """A value with its source, as it stands in a column."""

    icon: str
    text: str
    note: str
    is_quote: bool = False


# The clinic's fields that are measured and written together, as one line: first field → label and the others.
TOGETHER: dict[str, tuple[str, tuple[str, ...]]] = {
    "systolic": ("Blodtryk", ("diastolic",)),
    "urine_protein": (
        "Urinstix",
        ("urine_glucose", "urine_leucocytes", "urine_nitrite", "urine_ketones", "urine_blood"),
    ),
}
WITH_ANOTHER = frozenset(item_id for _label, others in TOGETHER.values() for item_id in others)


@dataclass(frozen=True)
class Line:
    """One field in the middle of the page. `input`: where it is open for writing. `others`: fields of the same line."""

    key: str
    item: Item
    row_id: str | None
    kind: Literal["hers", "own", "computed"]
    standing: Standing
    label: str
    hers: Said | None
    imported: Said | None
    decided: Said | None
    status: str
    seen: str
    visibility: str
    input: AnswerField | None = None
    conflict: Conflict | None = None
    title: str = ""
    others: tuple[Line, ...] = ()

    @property
    def is_open(self) -> bool:
        return any(one.standing in ("open", "differs") for one in (self, *self.others))

    @property
    def is_editing(self) -> bool:
        return self.input is not None and (self.kind == "hers" or self.row_id is not None)

    @property
    def is_private(self) -> bool:
        return self.visibility != "shared"

    @property
    def status_words(self) -> str:
        """The word for its state; none for an optional field that was never filled in, which no count takes as open."""
        if self.status == "open" and self.standing == "none":
            return ""
        return STATUS_WORDS[self.status]  # type: ignore[index]


@dataclass(frozen=True)
class Conflict:
    """Somebody decided while this was being written: both values, and the inputs to insist with."""

    mine: str
    theirs: str
    by: str
    inputs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class GroupRow:
    """A row of a repeating group: closed as one line of cells, open as the lines of its fields."""

    row: Row
    title: str
    cells: tuple[str, ...]
    standing: Standing
    acceptable: int  # how many fields one press would take over
    is_open: bool
    lines: tuple[Line, ...] = ()
    groups: tuple[Group, ...] = ()
    form: Sequence[AnswerField] = ()
    flag: str = ""


@dataclass(frozen=True)
class Group:
    item: Item
    path: str
    parent: str | None
    headers: tuple[str, ...]
    rows: tuple[GroupRow, ...]
    removed: tuple[tuple[Row, str], ...] = ()
    offered: tuple[Offered, ...] = ()
    opens: str = ""  # the question that accepting one of them answers with yes


@dataclass
class Block:
    """What stands together: her lines, the clinic's own lines (one form), or a group."""

    kind: Literal["hers", "own", "computed", "group"]
    lines: list[Line] = field(default_factory=list)
    group: Group | None = None


@dataclass(frozen=True)
class Open:
    """What the page was asked to open: a line to correct, a row to see or write in; what was typed, what clashed."""

    key: str | None = None
    row: str | None = None
    edited_row: str | None = None
    inputs: dict[str, AnswerField] = field(default_factory=dict)
    row_form: Sequence[AnswerField] = ()
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    unremarkable: frozenset[str] = frozenset()
    sees_private: bool = False


def stamp(given: Given, today: date) -> str:
    """»ØH 10.12« today, »ØH 24.11. kl. 10.12« before."""
    day = words.local(given.at).date()
    when = "" if day == today else f"{words.day_month(day)} "
    return f"{given.by} {when}{words.time_text(given.at)}".strip()


def her_said(item: Item, given: Given, today: date) -> Said:
    typed = f"Skrevet for hende af {stamp(given, today)}" if given.by else ""
    return Said(
        HER_ICONS[given.answer.state], words.value_text(item, given.answer), typed, item.kind_name == "long_text"
    )


def _decided(item: Item, one: Field, today: date) -> Said | None:
    if one.status == "later" and one.postponed:
        return Said("clock", "Senere", f"Udsat af {stamp(one.postponed, today)}")
    given = one.clinics
    if given is None:
        return None
    text = words.value_text(item, given.answer)
    if given.source and given.act == "accepted":
        return Said("check", text, f"{origin(given)}. Accepteret af {stamp(given, today)}")
    if one.hers is None and given.known_on and not given.source:
        return Said("check", text, f"Fra {words.partial_date_text(given.known_on)}. {stamp(given, today)}")
    if one.hers is None:
        return Said("check", text, f"{stamp(given, today)}")
    if one.status == "corrected":
        kept = words.value_text(item, one.hers.answer)
        return Said("pencil", text, f"Rettet af {stamp(given, today)}. Hendes svar »{_short(kept)}« er bevaret")
    return Said("check", text, f"Accepteret af {stamp(given, today)}")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def line(chart: Chart, item: Item, row_id: str | None, today: date, wanted: Open) -> Line:
    one, key = chart.field(item.id, row_id), key_of(item.id, row_id)
    is_own = "woman" not in item.who and is_clinics(item)
    return Line(
        key=key,
        item=item,
        row_id=row_id,
        kind="own" if is_own else "hers" if is_clinics(item) else "computed",
        standing=standing(chart, item, row_id),
        label=item.clinic,
        hers=her_said(item, one.hers, today) if one.hers else None,
        imported=Said("document", words.value_text(item, one.imported.answer), origin(one.imported))
        if one.imported
        else None,
        decided=_decided(item, one, today),
        status=one.status,
        seen=one.clinics.id if one.clinics else "",
        visibility=chart.visibility(item, row_id),
        input=wanted.inputs.get(key),
        conflict=wanted.conflicts.get(key),
    )


def computed_line(chart: Chart, item: Item, today: date, text: str) -> Line:
    return Line(
        key_of(item.id, None), item, None, "computed", "none", item.clinic, None, None, Said("line", text, "Beregnet"),
        "open", "", "shared",
    )  # fmt: skip


def blocks(chart: Chart, section: Section, today: date, wanted: Open) -> list[Block]:
    """The section from top to bottom."""
    found: list[Block] = []
    for item in section.items:
        is_told = any(row.giver == "record" and row.group == item.id for row in chart.all_rows)
        if item.status != "active" or not (chart.is_shown(item) or is_told) or item.id in IDENTITY:
            continue
        if is_closed(chart, item, None, wanted.sees_private) or item.id in WITH_ANOTHER:
            continue
        if inside(item):
            found.append(Block("group", group=_group(chart, item, item.id, None, today, wanted)))
            continue
        one = _one_line(chart, item, today, wanted)
        if one is None:
            continue
        if not found or found[-1].kind != one.kind:
            found.append(Block(one.kind))
        found[-1].lines.append(one)
    return found


def _one_line(chart: Chart, item: Item, today: date, wanted: Open) -> Line | None:
    if item.id in TOGETHER:
        title, others = TOGETHER[item.id]
        beside = tuple(line(chart, chart.catalogue[one], None, today, wanted) for one in others)
        return replace(line(chart, item, None, today, wanted), title=title, others=beside)
    if is_clinics(item) or chart.field(item.id).hers:
        return line(chart, item, None, today, wanted)
    text = computed_text(chart, item)
    return computed_line(chart, item, today, text) if text else None


def computed_text(chart: Chart, item: Item) -> str:
    """The program's value of a computed field, or "" when it has none."""
    value = (chart.assessment or {}).get("computed", {}).get(COMPUTED.get(item.id, ""))
    if value is None:
        return ""
    if item.id == "naegele_due_date":
        return words.date_text(date.fromisoformat(value))
    return words.decimal_text(str(value)) if item.id == "bmi" else str(value)


# The columns of a closed row; every other group shows its first fields.
COLUMNS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "births": (
        ("År", ("birth_year",)),
        ("Uge", ("birth_weeks", "birth_days", "birth_timing")),
        ("Graviditet", ("birth_pregnancy_course",)),
        ("Fødsel", ("birth_course", "birth_place")),
        ("Barsel", ("puerperium_uncomplicated", "postpartum_mental_illness")),
        ("Barn", ("children",)),
        ("Oplevelse", ("birth_experience",)),
    ),
}
MOST_COLUMNS = 4


def _columns(group: Item) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if group.id in COLUMNS:
        return COLUMNS[group.id]
    items = [item for item in inside(group) if not inside(item) and item.status == "active"]
    return tuple((item.clinic, (item.id,)) for item in items[:MOST_COLUMNS])


def _group(chart: Chart, item: Item, path: str, parent: str | None, today: date, wanted: Open) -> Group:
    columns = _columns(item)
    rows = sorted(chart.rows(path, parent), key=lambda row: (_year(chart, item, row), row.id))
    removed = [
        row for row in chart.all_rows if row.group == path and row.removed and (parent is None or row.parent == parent)
    ]
    return Group(
        item,
        path,
        parent,
        tuple(header for header, _ids in columns),
        tuple(_row(chart, item, path, row, columns, today, wanted) for row in rows),
        tuple((row, row.removed_reason or "") for row in removed),
        offered_rows(chart, item, [ids for _header, ids in columns]),
        opens(chart, item),
    )


def _year(chart: Chart, group: Item, row: Row) -> str:
    dates = (item.id for item in inside(group) if item.kind_name in ("partial_date", "date"))
    return next((str(value) for item_id in dates if (value := chart.value(item_id, row.id))), "9999")


def _row(
    chart: Chart,
    group: Item,
    path: str,
    row: Row,
    columns: tuple[tuple[str, tuple[str, ...]], ...],
    today: date,
    wanted: Open,
) -> GroupRow:
    is_open = wanted.row == row.id or wanted.edited_row == row.id or _holds(chart, row.id, wanted)
    items = [item for item in inside(group) if item.status == "active" and chart.is_shown(item, row.id)]
    plain = [item for item in items if not inside(item) and not is_closed(chart, item, row.id, wanted.sees_private)]
    fields = row_fields(chart, row, sees_private=wanted.sees_private)
    standings = [standing(chart, item, row_id) for item, row_id in fields]
    waiting = sum(one in ("open", "later", "differs") for one in standings)
    return GroupRow(
        row=row,
        title=words.row_text(chart, row) or f"Ny {group.kind.row}",  # type: ignore[union-attr]
        cells=tuple(_cell(chart, group, path, row, ids) for _header, ids in columns),
        standing="differs" if "differs" in standings else "open" if waiting else "done",
        acceptable=len(acceptable(chart, row, sees_private=wanted.sees_private)),
        is_open=is_open,
        lines=tuple(line(chart, item, row.id, today, wanted) for item in plain) if is_open else (),
        groups=tuple(_group(chart, item, f"{path}.{item.id}", row.id, today, wanted) for item in items if inside(item))
        if is_open
        else (),
        form=wanted.row_form if wanted.edited_row == row.id else (),
        flag=_flag(chart, row),
    )


def _holds(chart: Chart, row_id: str, wanted: Open) -> bool:
    """Whether the line or row to open lies in this row, or in a row inside it."""
    inner = wanted.row or wanted.edited_row or (wanted.key or "")[-36:]
    found = chart.row(inner) if inner else None
    return found is not None and (found.id == row_id or found.parent == row_id)


def _flag(chart: Chart, row: Row) -> str:
    """A birth before week 37 or 34, in words."""
    weeks = chart.value("birth_weeks", row.id) if row.group == "births" else None
    if not isinstance(weeks, int) or weeks >= 37:
        return ""
    return "før uge 34+0" if weeks < 34 else "før uge 37+0"


def _cell(chart: Chart, group: Item, path: str, row: Row, ids: tuple[str, ...]) -> str:
    return ", ".join(_cell_parts(chart, path, row, ids))


def _cell_parts(chart: Chart, path: str, row: Row, ids: tuple[str, ...]) -> Iterator[str]:
    if ids[0] == "birth_weeks" and (weeks := chart.value("birth_weeks", row.id)) is not None:
        days = chart.value("birth_days", row.id)
        yield f"{weeks}+{days}" if days is not None else str(weeks)
        return
    for item_id in ids:
        item = chart.catalogue[item_id]
        if inside(item):
            yield from (words.row_text(chart, child) for child in chart.rows(f"{path}.{item_id}", row.id))
            continue
        given = chart.counting(item_id, row.id)
        if given is None or given.answer.state == "not_answered":
            continue
        text = words.value_text(item, given.answer)
        yield f"{item.clinic}: {text}" if item.kind_name == "yes_no" and len(ids) > 1 else text


def following(shown: Sequence[Block]) -> dict[str, str]:
    """For each field the next one that is open, in the order of the page: where the focus goes after a decision."""
    lines = list(_in_order(shown))
    return {
        line.key: later
        for at, line in enumerate(lines)
        if (later := next((one.key for one in lines[at + 1 :] if one.is_open), None))
    }


def _in_order(shown: Sequence[Block]) -> Iterator[Line]:
    for block in shown:
        yield from block.lines
        yield from _lines_of(block.group) if block.group else ()


def _lines_of(group: Group) -> Iterator[Line]:
    for row in group.rows:
        yield from row.lines
        for inner in row.groups:
            yield from _lines_of(inner)
