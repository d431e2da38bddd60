"""Where she is in the form and how much is left, counted from the questions that her answers have opened."""

from __future__ import annotations

from dataclasses import dataclass

from svangre.catalogue import Item, Page, inside
from svangre.citizen import scope
from svangre.record.chart import Chart

# Seconds to read and answer one question, by kind: estimates, to be measured in the demo.
SECONDS = {"text": 15, "long_text": 30, "integer": 12, "decimal": 12, "date": 20, "partial_date": 15, "interval": 15,
           "yes_no": 7, "one": 9, "many": 12, "group": 45}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A page of the form in its place: part 3 of 11, page 2 of 4 of that part."""

    page: Page
    section: str
    part: int
    parts: int
    side: int
    sides: int
    before: str | None
    after: str | None
    minutes: int


def is_open(chart: Chart, item: Item, row_id: str | None = None) -> bool:
    """Shown but without an answer so far; a group is open while it has no rows."""
    if inside(item):
        return not chart.rows(item.id)
    answer = scope.her_answer(chart, item.id, row_id)
    return answer is None or answer.state == "not_answered"


def minutes_left(chart: Chart, pages: list[Page]) -> int:
    """Whole minutes, rounded up, for the questions still open on these pages."""
    seconds = sum(
        SECONDS[item.kind_name] for page in pages for item in scope.shown(chart, page.items) if is_open(chart, item)
    )
    return -(-seconds // 60)


def find_step(chart: Chart, page_id: str) -> Step | None:
    """The step of a page; None when there is no such page or nothing on it is asked of her now."""
    sections = scope.her_sections(chart)
    order = [page for _, pages in sections for page in pages]
    for part, (section, pages) in enumerate(sections, 1):
        for side, page in enumerate(pages, 1):
            if page.id == page_id:
                at = order.index(page)
                return Step(
                    page=page,
                    section=section.title,
                    part=part,
                    parts=len(sections),
                    side=side,
                    sides=len(pages),
                    before=order[at - 1].id if at else None,
                    after=order[at + 1].id if at + 1 < len(order) else None,
                    minutes=minutes_left(chart, order[at:]),
                )
    return None


@dataclass(frozen=True)
class Left:
    """What a returning woman sees: how far she is and where she goes on."""

    answered: int
    open: int
    minutes: int
    next_page: str | None


def what_is_left(chart: Chart) -> Left:
    """Counts pages: one is done when every question on it has been shown to her and sent."""
    pages = [page for _, shown in scope.her_sections(chart) for page in shown]
    untouched = [page for page in pages if not _is_touched(chart, page)]
    first = untouched[0] if untouched else None
    return Left(
        answered=len(pages) - len(untouched),
        open=len(untouched),
        minutes=minutes_left(chart, untouched),
        next_page=first.id if first else None,
    )


def _is_touched(chart: Chart, page: Page) -> bool:
    return any(chart.field(item.id).hers or chart.rows(item.id) for item in scope.shown(chart, page.items))


MOST_ON_A_SIDE = 6


def sides(items: tuple[Item, ...]) -> list[tuple[Item, ...]]:
    """The questions of a row in pages of about equal length; a question stays with the one that opens it."""
    hers = [item for item in items if item.is_hers]
    most = -(-len(hers) // -(-len(hers) // MOST_ON_A_SIDE))
    found: list[list[Item]] = [[]]
    for item in hers:
        opener = item.when and item.when.item in {one.id for one in found[-1]}
        if len(found[-1]) >= most and not opener:
            found.append([])
        found[-1].append(item)
    return [tuple(side) for side in found]
