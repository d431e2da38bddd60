"""What she has answered, as her own pages read it: hers first, then what the clinic knows (her telephone number).

The record reads the other way round (`Chart.counting`); here a correction by the clinic never replaces her words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from svangre import translations
from svangre.catalogue import Answer, Item, Page, Section, Visibility, is_shown
from svangre.record import queries
from svangre.record.chart import VISIBILITIES, Chart
from svangre.record.models import Pregnancy
from svangre.web.database import db
from svangre.web.signed_in import viewer

NOTHING: Mapping[str, Answer] = {}


def her_chart(pregnancy: Pregnancy) -> Chart:
    """Her record, with the questions in her language."""
    return in_her_language(queries.chart(db(), viewer(), pregnancy))


def in_her_language(chart: Chart) -> Chart:
    return replace(chart, catalogue=translations.in_language(chart.catalogue))


def her_answer(chart: Chart, item_id: str, row_id: str | None = None) -> Answer | None:
    given = chart.field(item_id, row_id).hers or chart.field(item_id, row_id).clinics
    return given.answer if given else None


def in_scope(
    chart: Chart, row_id: str | None = None, just_typed: Mapping[str, Answer] = NOTHING
) -> Callable[[str], Answer | None]:
    """Look-up of her answer to another item: just typed, in the same row, in its parents, outside."""

    def answer_of(item_id: str) -> Answer | None:
        if item_id in just_typed:
            return just_typed[item_id]
        scope = row_id
        while scope is not None:
            if found := her_answer(chart, item_id, scope):
                return found
            row = chart.row(scope)
            scope = row.parent if row else None
        return her_answer(chart, item_id)

    return answer_of


def shown(
    chart: Chart, items: Iterable[Item], row_id: str | None = None, just_typed: Mapping[str, Answer] = NOTHING
) -> list[Item]:
    """The items that are asked of her and whose condition holds."""
    answer_of = in_scope(chart, row_id, just_typed)
    return [
        item
        for item in items
        if item.is_hers and is_shown(item, answer_of, to_her=True, item_of=chart.catalogue.__getitem__)
    ]


def her_sections(chart: Chart) -> list[tuple[Section, list[Page]]]:
    """Sections with the pages that ask her something now."""
    sections = []
    for section in chart.catalogue.sections:
        pages = [page for page in section.pages if page.title and shown(chart, page.items)]
        if pages:
            sections.append((section, pages))
    return sections


def may_keep(item: Item) -> bool:
    """Whether she is offered to keep the answer in the clinic: where it is sensitive and would be passed on."""
    return item.visibility == "shared" and "ask_doctor" in item.ways_out


def narrower(first: Visibility, second: Visibility) -> Visibility:
    return min(first, second, key=VISIBILITIES.index)
