"""The emergency sheet that she keeps: one page, Danish and English, for whoever meets her without the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from svangre.pdf.front import Front, front
from svangre.pdf.render import render
from svangre.pdf.sections import Entry, chapters
from svangre.record import words
from svangre.record.chart import Chart

MOST_LINES = 6  # of one heading: the sheet is one page; the rest is in the record
MOST_CHARACTERS = 120
MORE = "… mere står i svangrejournalen / more in the record"


@dataclass(frozen=True)
class Fact:
    danish: str
    english: str
    lines: tuple[str, ...]
    is_key: bool = False


def emergency_pdf(chart: Chart) -> bytes:
    """One page from a signed chart, without anything that is private or the clinic's alone."""
    if chart.signature is None:
        raise ValueError("only a signed version becomes an emergency sheet")
    return render(
        "emergency.html",
        at=words.local(chart.signature.signed_at),
        facts=list(facts(chart)),
        clinic=chart.clinic,
        signature=chart.signature,
        signed=words.date_text(chart.signature.signed_on),
        is_protected=chart.identity.is_protected,
    )


def facts(chart: Chart) -> Iterator[Fact]:
    """What stands on the sheet, for paper and for the page of a foreign doctor alike."""
    first = front(chart)
    yield Fact("Navn", "Name", (chart.identity.name,), is_key=True)
    yield Fact("CPR-nummer, født", "Civil registration number, born", (_born(chart),))
    yield Fact("Termin", "Due date", (first.due, " ".join(first.due_notes)), is_key=True)
    yield Fact("Graviditet og fødsler", "Gravida, para", (first.parity,))
    yield Fact("CAVE", "Allergies", _some(first.cave) or (f"Allergi: {first.no_cave}",), is_key=True)
    chart = chart.for_documents().for_her()
    for danish, english, lines in (
        ("Blodtype, RhD", "Rhesus factor", _values(chart, "rhd")),
        ("Antistoffer", "Antibody screen", _values(chart, "antibody_screen")),
        ("Sygdomme", "Conditions", _remarkable(chart, "sygdomme")),
        ("Medicin", "Medication", _rows(chart, "medicines")),
        ("Tidligere fødsler", "Earlier births", tuple(_births(chart))),
    ):
        yield Fact(danish, english, _some(lines) or ("Intet oplyst / nothing recorded",))
    yield from _practical(chart, first)


def _practical(chart: Chart, first: Front) -> Iterator[Fact]:
    yield Fact("Sprog", "Language", (first.language,))
    yield Fact("Ønsket fødested", "Wanted place of birth", _values(chart, "wanted_birthplace") or ("Ikke oplyst",))
    yield Fact("Klinik", "General practice", (f"{chart.clinic.name}, {chart.clinic.phone}",))


def _born(chart: Chart) -> str:
    return f"{chart.identity.cpr_shown}, {words.date_text(chart.identity.born)}"


def _values(chart: Chart, item_id: str, row_id: str | None = None) -> tuple[str, ...]:
    given = chart.counting(item_id, row_id)
    if given is None or given.answer.state == "not_answered":
        return ()
    return (words.value_text(chart.catalogue[item_id], given.answer),)


def _rows(chart: Chart, group: str) -> tuple[str, ...]:
    if not chart.is_shown(chart.catalogue[group]):
        return ()
    return tuple(filter(None, (words.row_text(chart, row) for row in chart.rows(group))))


def _births(chart: Chart) -> Iterator[str]:
    """Year and course; children and remarks are in the record."""
    for row in chart.rows("births") if chart.is_shown(chart.catalogue["births"]) else ():
        values = (_values(chart, item, row.id) for item in ("birth_year", "birth_course", "birth_pregnancy_course"))
        yield ", ".join(text for found in values for text in found)


def _remarkable(chart: Chart, section_id: str) -> tuple[str, ...]:
    """The answers of a section that are something else than no."""
    found: list[Entry] = [
        entry
        for chapter in chapters(chart)
        if chapter.id == section_id
        for block in chapter.blocks
        if isinstance(block, list)
        for entry in block
    ]
    return tuple(f"{entry.label}: {entry.text}" for entry in found)


def _some(lines: tuple[str, ...]) -> tuple[str, ...]:
    short = tuple(words.brief(line, MOST_CHARACTERS) for line in lines)
    return short if len(short) <= MOST_LINES else (*short[: MOST_LINES - 1], MORE)
