"""The emergency sheet that she keeps: one page, Danish and English, for whoever meets her without the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from svangre.catalogue import Item, inside
from svangre.pdf.front import Front, front
from svangre.pdf.render import render
from svangre.pdf.sections import is_unremarkable
from svangre.record import english, words
from svangre.record.chart import Chart, Row

MOST_LINES = 6  # of one heading: the sheet is one page; the rest is in the record
MOST_CHARACTERS = 70


@dataclass(frozen=True)
class Line:
    """One thing in both languages; the same where it is a name or her own words."""

    danish: str
    english: str

    @property
    def is_same(self) -> bool:
        return self.danish == self.english


MORE = Line("… mere står i svangrejournalen", "… more in the antenatal record")
MORE_OF_THE_SAME = Line(*[f"{MORE.danish} / {MORE.english[2:]}"] * 2)
NOTHING = Line("Intet oplyst", english.NOTHING)


@dataclass(frozen=True)
class Fact:
    danish: str
    english: str
    lines: tuple[Line, ...]
    is_key: bool = False

    @property
    def is_same(self) -> bool:
        return all(line.is_same for line in self.lines)


def emergency_pdf(chart: Chart) -> bytes:
    """One page from a signed chart, without anything that is private or the clinic's alone."""
    if chart.signature is None:
        raise ValueError("only a signed version becomes an emergency sheet")
    return render(
        "emergency.html",
        at=words.local(chart.signature.signed_at),
        facts=[_short(fact) for fact in facts(chart)],
        clinic=chart.clinic,
        signature=chart.signature,
        signed=words.date_text(chart.signature.signed_on),
        signed_english=english.date_text(chart.signature.signed_on),
        is_protected=chart.identity.is_protected,
    )


def facts(chart: Chart) -> Iterator[Fact]:
    """What stands on the sheet, for paper and for the page of a foreign doctor alike."""
    first = front(chart)
    yield Fact("Navn", "Name", (_same(chart.identity.name),), is_key=True)
    yield Fact("CPR-nummer, født", "Civil registration number, born", (_born(chart),))
    yield Fact("Termin", "Due date", tuple(_due(chart, first)), is_key=True)
    parity = Line(first.parity, "Not calculated") if first.parity == "Ikke beregnet" else _same(first.parity)
    yield Fact("Graviditet og fødsler", "Gravida, para", (parity,))
    chart = chart.for_documents().for_her()
    yield Fact("CAVE", "Allergies", tuple(_cave(chart)), is_key=True)
    for danish, label, lines in (
        ("Blodtype, RhD", "Rhesus factor", _values(chart, "rhd")),
        ("Antistoffer", "Antibody screen", _values(chart, "antibody_screen")),
        ("Sygdomme", "Conditions", _remarkable(chart, "sygdomme")),
        ("Medicin", "Medication", _rows(chart, "medicines")),
        ("Tidligere fødsler", "Earlier births", _births(chart)),
    ):
        yield Fact(danish, label, tuple(lines) or (NOTHING,))
    yield from _practical(chart, first)


def _practical(chart: Chart, first: Front) -> Iterator[Fact]:
    yield Fact("Sprog", "Language", (Line(first.language, _interpreter(chart)),))
    yield Fact("Ønsket fødested", "Wanted place of birth", tuple(_values(chart, "wanted_birthplace")) or (NOTHING,))
    yield Fact("Klinik", "General practice", (_same(f"{chart.clinic.name}, {chart.clinic.phone}"),))


def _same(text: str) -> Line:
    return Line(text, text)


def _born(chart: Chart) -> Line:
    born = chart.identity.born
    return Line(
        f"{chart.identity.cpr_shown}, {words.date_text(born)}", f"{chart.identity.cpr_shown}, {english.date_text(born)}"
    )


def _due(chart: Chart, first: Front) -> Iterator[Line]:
    """The due date; then how it was found, and how far she was on the day of signing."""
    computed = (chart.assessment or {}).get("computed", {})
    if not computed.get("due_date") or chart.signature is None:
        yield Line(first.due, "Not calculated")
        return
    due = date.fromisoformat(computed["due_date"])
    yield Line(first.due, english.date_text(due))
    days = 280 - (due - chart.signature.signed_on).days
    method = english.METHODS.get(computed.get("due_date_method") or "")
    notes = [f"By {method}."] if method and method != english.METHODS["chosen"] else []
    notes += [f"Week {words.weeks_text(days)} on {english.date_text(chart.signature.signed_on)}."]
    if computed.get("due_date_method") != "scan":
        notes.append("No ultrasound scan yet.")
    if chart.value("multiple_pregnancy") == "yes":
        notes.append(f"Multiple pregnancy: {chart.value('number_of_fetuses') or 'number not stated'}.")
    yield Line(" ".join(first.due_notes), " ".join(notes))


def _cave(chart: Chart) -> Iterator[Line]:
    rows = chart.rows("allergies") if chart.is_shown(chart.catalogue["allergies"]) else []
    found = [Line(text, english.cave_text(chart, row)) for row in rows if (text := words.cave_text(chart, row))]
    if found:
        yield from found
        return
    given = chart.counting("allergy")
    if given is None:
        yield Line("Allergi: Ikke spurgt", english.STATES["not_asked"])
    else:
        item = chart.catalogue["allergy"]
        no = "No known allergies" if given.answer.value == "no" else english.value_text(item, given.answer)
        yield Line(f"Allergi: {words.value_text(item, given.answer)}", no)


def _interpreter(chart: Chart) -> str:
    needed, language = chart.counting("interpreter_needed"), chart.value("interpreter_language")
    if needed is None:
        return f"Interpreter: {english.STATES['not_asked'].lower()}"
    if needed.answer.value == "yes":
        return f"Interpreter needed: {english.language_text(language) if language else 'language not stated'}"
    if needed.answer.value == "no":
        return "No interpreter needed"
    return f"Interpreter: {english.STATES[needed.answer.state].lower()}"


def _values(chart: Chart, item_id: str, row_id: str | None = None) -> Iterator[Line]:
    given = chart.counting(item_id, row_id)
    if given and given.answer.state != "not_answered":
        item = chart.catalogue[item_id]
        yield Line(words.value_text(item, given.answer), english.value_text(item, given.answer))


def _rows(chart: Chart, group: str) -> Iterator[Line]:
    if chart.is_shown(chart.catalogue[group]):
        yield from (_row(chart, row) for row in chart.rows(group) if words.row_text(chart, row))


def _row(chart: Chart, row: Row) -> Line:
    return Line(words.row_text(chart, row), english.row_text(chart, row))


def _births(chart: Chart) -> Iterator[Line]:
    """Year and course; children and remarks are in the record."""
    for row in chart.rows("births") if chart.is_shown(chart.catalogue["births"]) else ():
        items = ("birth_year", "birth_course", "birth_pregnancy_course")
        found = [line for item in items for line in _values(chart, item, row.id)]
        if found:
            yield Line(", ".join(line.danish for line in found), ", ".join(line.english for line in found))


def _remarkable(chart: Chart, section_id: str) -> Iterator[Line]:
    """The answers of a section that are something else than no; rows of its groups each as one line."""
    section = next(one for one in chart.catalogue.sections if one.id == section_id)
    for item in section.items:
        if inside(item):
            yield from (_labelled(item, line) for line in _rows(chart, item.id))
        elif item.status == "active" and item.who and _is_remarkable(chart, item) and not _is_told(chart, item):
            yield from (_labelled(item, line) for line in _values(chart, item.id))


def _is_remarkable(chart: Chart, item: Item) -> bool:
    given = chart.counting(item.id)
    return given is not None and not is_unremarkable(item, given.answer)


def _is_told(chart: Chart, item: Item) -> bool:
    """A yes whose details stand in other lines."""
    opened = [one.item for one in chart.catalogue if one.item.when and one.item.when.item == item.id and not one.group]
    return chart.value(item.id) == "yes" and any(
        chart.rows(one.id) if inside(one) else _is_remarkable(chart, one) for one in opened
    )


def _labelled(item: Item, line: Line) -> Line:
    return Line(f"{item.clinic}: {line.danish}", f"{english.label_text(item)}: {line.english}")


def _short(fact: Fact) -> Fact:
    """As much as the sheet has room for; names are never cut."""
    if len(fact.lines) <= 2:
        return replace(fact, lines=tuple(_brief(line, 2 * MOST_CHARACTERS) for line in fact.lines))
    fits = len(fact.lines) <= MOST_LINES
    lines = [_brief(line, MOST_CHARACTERS) for line in fact.lines[: MOST_LINES if fits else MOST_LINES - 1]]
    more = [] if fits else [MORE_OF_THE_SAME if fact.is_same else MORE]
    return replace(fact, lines=(*lines, *more))


def _brief(line: Line, most: int) -> Line:
    return Line(words.brief(line.danish, most), words.brief(line.english, most))
