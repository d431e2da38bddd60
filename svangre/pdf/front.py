"""The framed first page of the handover: who, when due, which level, what to act on. Ten seconds of reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from svangre.record import findings, words
from svangre.record.chart import Chart
from svangre.rules.gestation import age_on

PRENATAL_WISHES = {
    "wants_first_trimester_scan": "1. trimesterskanning",
    "wants_second_trimester_scan": "2. trimesterskanning",
    "wants_risk_assessment": "risikovurdering for kromosomafvigelser",
}
IN_FRAME = 160  # characters of one thing on page 1
MOST_LINES = 8  # of one kind
MORE = "… flere står i afsnittene"
NOT_CALCULATED = "Ikke beregnet"


@dataclass(frozen=True)
class Action:
    title: str
    because: str
    when: str


@dataclass(frozen=True)
class Front:
    name: str
    called: str | None
    cpr: str
    age: str
    is_protected: bool
    due: str
    due_notes: tuple[str, ...]
    parity: str
    convention: str
    bmi: str
    level: str
    level_reasons: tuple[str, ...]
    obstetric: str
    obstetric_reason: str
    actions: tuple[Action, ...]
    cave: tuple[str, ...]
    no_cave: str  # in words, when there is nothing to warn of
    language: str
    contact: str
    wishes: tuple[str, ...]
    summary: str
    her_words: str


def front(chart: Chart) -> Front:
    """What stands on page 1. `chart` is the whole one; what may not leave is left out here."""
    leaving = chart.for_documents()
    computed = _computed(chart)
    on = _day(chart)
    return Front(
        name=chart.identity.name,
        called=_in_frame(leaving, "preferred_name") or None,
        cpr=chart.identity.cpr_shown,
        age=f"{chart.identity.age(on)} år",
        is_protected=chart.identity.is_protected,
        due=words.date_text(date.fromisoformat(computed["due_date"])) if computed.get("due_date") else NOT_CALCULATED,
        due_notes=tuple(_due_notes(leaving, computed, on)),
        parity=parity_text(chart),
        convention=computed.get("parity_convention") or "",
        bmi=_bmi(leaving, computed),
        level=_text(leaving, "omsorgsniveau") or "Ikke valgt",
        level_reasons=_some(_level_reasons(chart)),
        obstetric=(_text(leaving, "obstetric_referral") or "Ikke udfyldt").lower(),
        obstetric_reason=_in_frame(leaving, "obstetric_referral_reason"),
        actions=tuple(_actions(chart)),
        cave=_some(_cave(leaving)),
        no_cave=_text(leaving, "allergy") or "Ikke spurgt",
        language=_language(leaving),
        contact=_contact(leaving),
        wishes=_some(_wishes(leaving)),
        summary=_text(leaving, "resume"),
        her_words=_text(leaving, "what_matters"),
    )


def parity_text(chart: Chart) -> str:
    """G3 P1. G is left out while an earlier loss may not leave the clinic: the number would tell of it."""
    computed = _computed(chart)
    parts = []
    if computed.get("gravidity") is not None and not has_private_losses(chart):
        parts.append(f"G{computed['gravidity']}")
    if computed.get("parity") is not None:
        parts.append(f"P{computed['parity']}")
    return " ".join(parts) or NOT_CALCULATED


def has_private_losses(chart: Chart) -> bool:
    rows = {row.id for row in chart.rows("losses")}
    may_leave = {
        row_id
        for (item_id, row_id), one in chart.fields.items()
        if row_id in rows and one.counts and chart.may_leave(chart.catalogue[item_id], row_id)
    }
    return rows != may_leave


def _computed(chart: Chart) -> Mapping[str, Any]:
    computed: Mapping[str, Any] = (chart.assessment or {}).get("computed", {})
    return computed


def _day(chart: Chart) -> date:
    """The day that »today's week« means: of signing, else of the consultation."""
    if chart.signature:
        return words.local(chart.signature.signed_at).date()
    if chart.consultation_on is None:
        raise ValueError("neither signed nor seen: there is no day to count weeks on")
    return chart.consultation_on


def _in_frame(chart: Chart, item_id: str) -> str:
    """As `_text`, no longer than the frame has room for; the whole stands in its section."""
    return words.brief(_text(chart, item_id), IN_FRAME)


def _some(lines: Iterator[str]) -> tuple[str, ...]:
    shown = tuple(words.brief(line, IN_FRAME) for line in lines)
    return shown if len(shown) <= MOST_LINES else (*shown[: MOST_LINES - 1], MORE)


def _text(chart: Chart, item_id: str) -> str:
    """The counting answer in words, or "" when it is not asked or not answered."""
    given = chart.counting(item_id) if item_id in chart.catalogue else None
    if given is None or given.answer.state == "not_answered":
        return ""
    return words.value_text(chart.catalogue[item_id], given.answer)


def _due_notes(chart: Chart, computed: Mapping[str, Any], on: date) -> Iterator[str]:
    if not computed.get("due_date"):
        return
    if computed.get("due_date_method_words"):
        yield f"{computed['due_date_method_words']}."
    yield f"Uge {words.weeks_text(age_on(date.fromisoformat(computed['due_date']), on))} den {words.short_date(on)}."
    if computed.get("due_date_method") != "scan":
        yield "Ikke skannet."
    if chart.value("multiple_pregnancy") == "yes":
        yield f"Flerfold: {chart.value('number_of_fetuses') or 'antal ikke oplyst'}."


def _bmi(chart: Chart, computed: Mapping[str, Any]) -> str:
    measures = ", ".join(filter(None, (_text(chart, "weight_before_kg"), _text(chart, "height_cm"))))
    known = computed.get("bmi") is not None
    bmi = f"BMI {words.bmi_text(Decimal(str(computed['bmi'])))}" if known else "BMI ikke beregnet"
    return f"{bmi} ({measures})" if measures else bmi


def _actions(chart: Chart) -> Iterator[Action]:
    """The findings that the doctor chose to hand over, with the time they have."""
    for finding in findings.leaving(chart):
        if not finding.get("level"):
            window = finding.get("window")
            when = words.span_text(*(date.fromisoformat(day) for day in window)) if window else ""
            unverified = " (uverificeret forslag)" if finding.get("strength") == "unverified" else ""
            yield Action(f"{finding['title']}{unverified}", finding["because"], when)


def _level_reasons(chart: Chart) -> Iterator[str]:
    """Reasons that point to a level, among the findings that are handed over."""
    yield from (finding["because"] for finding in findings.leaving(chart) if finding.get("level"))


def _cave(chart: Chart) -> Iterator[str]:
    for row in chart.rows("allergies") if chart.is_shown(chart.catalogue["allergies"]) else ():
        text = words.cave_text(chart, row)
        if text:
            yield text


def _language(chart: Chart) -> str:
    needed = chart.value("interpreter_needed")
    if needed == "yes":
        return f"Tolk: {_text(chart, 'interpreter_language') or 'sprog ikke oplyst'}"
    return "Ingen tolk" if needed == "no" else f"Tolk: {_text(chart, 'interpreter_needed') or 'ikke spurgt'}"


def _contact(chart: Chart) -> str:
    """Her instruction on how to reach her, where there is one; never a reason."""
    if chart.value("safe_contact") in (None, "yes"):
        return ""
    return ": ".join(filter(None, (_text(chart, "safe_contact"), _text(chart, "safe_contact_how"))))  # at most 300


def _wishes(chart: Chart) -> Iterator[str]:
    place = _text(chart, "wanted_birthplace")
    if place:
        yield place
    home = _text(chart, "home_birth")
    if home:
        yield f"Hjemmefødsel: {home}"
    if chart.value("wants_prenatal_information") == "no":
        yield "Ønsker ikke information om fosterundersøgelser"
    for value, said in (("yes", "Ønsker"), ("no", "Ønsker ikke")):
        wanted = [text for item_id, text in PRENATAL_WISHES.items() if chart.value(item_id) == value]
        if wanted:
            yield f"{said} {', '.join(wanted)}"
