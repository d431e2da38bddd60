"""Her own answers, in the words in which she was asked. What the clinic wrote is not here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from svangre.catalogue import Item, Section, inside
from svangre.pdf.render import render
from svangre.record import words
from svangre.record.chart import Chart


@dataclass(frozen=True)
class Line:
    question: str
    answer: str
    is_value: bool


@dataclass(frozen=True)
class Part:
    """Questions below one heading: of a section itself (no title), or of one row ("Fødsel 1")."""

    title: str | None
    lines: list[Line]


def answers_pdf(chart: Chart) -> bytes:
    """What she answered, for her to keep.

    Raises:
        ValueError: she has answered nothing
    """
    chart = chart.for_her()
    given = [one.hers.at for one in chart.fields.values() if one.hers]
    if not given:
        raise ValueError("she has answered nothing")
    at = words.local(chart.submitted_at or max(given))
    sections = [(section.title, list(parts(chart, section))) for section in chart.catalogue.sections]
    return render(
        "answers.html",
        at=at,
        name=chart.identity.name,
        clinic=chart.clinic,
        when=words.moment_text(at),
        is_submitted=chart.submitted_at is not None,
        sections=[(title, found) for title, found in sections if found],
    )


def parts(chart: Chart, section: Section) -> Iterator[Part]:
    """The questions of a section that she was asked, rows of groups each on their own."""
    lines: list[Line] = []
    for item in section.items:
        if inside(item):
            if lines:
                yield Part(None, lines)
                lines = []
            yield from _rows(chart, item, item.id, None, "")
        else:
            lines += _lines(chart, item, None)
    if lines:
        yield Part(None, lines)


def _rows(chart: Chart, group: Item, path: str, parent: str | None, before: str) -> Iterator[Part]:
    if not group.is_hers or not chart.is_shown(group, parent, to_her=True):
        return
    for number, row in enumerate(chart.rows(path, parent), start=1):
        name = words.row_name(group, number)
        title = f"{before}, {name.lower()}" if before else name
        lines = [line for item in inside(group) if not inside(item) for line in _lines(chart, item, row.id)]
        if lines:
            yield Part(title, lines)
        for item in inside(group):
            if inside(item):
                yield from _rows(chart, item, f"{path}.{item.id}", row.id, title)


def _lines(chart: Chart, item: Item, row_id: str | None) -> list[Line]:
    hers = chart.field(item.id, row_id).hers
    if not item.is_hers or hers is None or not chart.is_shown(item, row_id, to_her=True):
        return []
    question = words.label_text(item, to_her=True)
    return [Line(question, words.value_text(item, hers.answer, to_her=True), hers.answer.state == "value")]
