"""What her templates show, as plain data: questions in their state, rows of a group, the review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from svangre.catalogue import NOT_ANSWERED, Item, inside
from svangre.catalogue.kinds import Group
from svangre.citizen import scope, urgent
from svangre.citizen.saving import Page
from svangre.record import words
from svangre.record.chart import Chart, Row
from svangre.record.ids import new_id
from svangre.translations import say
from svangre.web.form_builder import AnswerField


@dataclass(frozen=True)
class RowLine:
    """One row of a group in a list: "Fødsel 1: 2019, akut kejsersnit"."""

    id: str
    name: str
    text: str


@dataclass(frozen=True)
class Question:
    """One question on a page. `when`: what opens it, if that can change on the same page."""

    item: Item
    field: AnswerField | None
    is_shown: bool
    when: str = ""
    any_of: str = ""
    may_keep: bool = False
    is_kept: bool = False
    rows: tuple[RowLine, ...] = ()
    new_row: str = ""
    path: str = ""
    picks: tuple[str, ...] = ()  # of a long list: what stands in each of its pickers, "" for an empty one
    is_urgent: bool = False  # saved at once, since the answer may call for a telephone call

    @property
    def group(self) -> Group | None:
        return self.item.kind if isinstance(self.item.kind, Group) else None

    @property
    def is_full(self) -> bool:
        return self.group is not None and len(self.rows) >= self.group.most


def questions(page: Page, path: str = "") -> list[Question]:
    """The shown questions and those that an answer on this page can open. `path`: of the group the page is a row of."""
    shown, found, ids = {item.id for item in page.shown}, list[Question](), set[str]()
    for item in page.items:
        on_page = item.when is not None and item.when.item in ids
        if item.id not in shown and not on_page:
            continue
        ids.add(item.id)
        when = item.when if on_page else None
        answer_field = page.fields.get(item.id)
        if answer_field:
            answer_field.mark = page.mark(item)
        group_path = f"{path}.{item.id}" if path else item.id
        found.append(
            Question(
                item=item,
                field=answer_field,
                is_shown=item.id in shown,
                when=when.item if when else "",
                any_of=" ".join(when.any_of) if when else "",
                may_keep=scope.may_keep(item),
                is_kept=page.wanted_visibility(item) != "shared" if page.sent else page.visibility(item) != "shared",
                rows=tuple(row_lines(page.chart, item, group_path, page.row_id)) if inside(item) else (),
                new_row=new_id() if inside(item) else "",
                path=group_path if inside(item) else "",
                picks=_picks(item, answer_field) if answer_field else (),
                is_urgent=item.id in urgent.ITEMS,
            )
        )
    return found


LONG_LIST, FEWEST_PICKERS = 20, 2  # a list of all countries is asked with pickers instead of a tick for each


def _picks(item: Item, answer_field: AnswerField) -> tuple[str, ...]:
    if item.kind_name != "many" or len(item.options) <= LONG_LIST:
        return ()
    chosen = [key for key in answer_field.raw.get("", ()) if item.option(key)]
    return (*chosen, *[""] * max(1, FEWEST_PICKERS - len(chosen)))


def row_lines(chart: Chart, item: Item, path: str, parent: str | None) -> Iterator[RowLine]:
    for number, row in enumerate(chart.rows(path, parent), 1):
        yield RowLine(
            row.id, words.row_name(item, number), words.row_text(chart, row, to_her=True) or say("Ikke udfyldt endnu")
        )


def row_name(chart: Chart, row: Row) -> str:
    """ "Fødsel 2": how a row is called on its own page."""
    rows = [one.id for one in chart.rows(row.group, row.parent)]
    return words.row_name(chart.catalogue.group(row.group), rows.index(row.id) + 1)


@dataclass(frozen=True)
class Line:
    """One answer on the review: the question, the answer in words, and where it is changed."""

    item_id: str
    label: str
    text: str
    state: str
    page_id: str
    is_kept: bool = False

    @property
    def is_open(self) -> bool:
        return self.state == "not_answered"


@dataclass
class Part:
    """A chapter of the review."""

    title: str
    lines: list[Line] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(not line.is_open for line in self.lines)


def review(chart: Chart) -> list[Part]:
    """Every question that is asked of her, with her answer or the fact that there is none."""
    parts = []
    for section, pages in scope.her_sections(chart):
        part = Part(section.title)
        for page in pages:
            for item in scope.shown(chart, page.items):
                part.lines += _lines(chart, item, page.id)
        parts.append(part)
    return parts


def _lines(chart: Chart, item: Item, page_id: str) -> Iterator[Line]:
    label = words.label_text(item, to_her=True)
    if inside(item):
        rows = list(row_lines(chart, item, item.id, None))
        yield from (Line(item.id, row.name, row.text, "value", page_id) for row in rows)
        if not rows:
            yield Line(item.id, label, words.value_text(item, NOT_ANSWERED, to_her=True), "not_answered", page_id)
        return
    answer = scope.her_answer(chart, item.id) or NOT_ANSWERED
    kept = scope.may_keep(item) and chart.visibility(item) != "shared"
    yield Line(item.id, label, words.value_text(item, answer, to_her=True), answer.state, page_id, kept)


def saved_at(chart: Chart) -> datetime | None:
    """When she last saved something."""
    return max((one.hers.at for one in chart.fields.values() if one.hers), default=None)


def corrected_at(chart: Chart) -> datetime | None:
    """When she last changed an answer that she had sent; None when she has not."""
    last = saved_at(chart)
    return last if last and chart.submitted_at and last > chart.submitted_at else None


def open_lines(parts: list[Part]) -> list[Line]:
    return [line for part in parts for line in part.lines if line.is_open]
