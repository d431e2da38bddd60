"""The worklist: who is next, has she answered, what cannot wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template, request

from svangre.clinic.room import assessed, blueprint
from svangre.clinic.side import URGENCY_LOOK, her_words
from svangre.record import cpr, findings, queries, words, worklist
from svangre.record.chart import Chart
from svangre.record.findings import Handling
from svangre.record.models import Handover, Pregnancy
from svangre.record.stages import STAGES
from svangre.rules.finding import URGENCY_WORDS
from svangre.rules.gestation import METHOD_WORDS, age_on
from svangre.web.database import db, log_access, now, settings
from svangre.web.signed_in import for_users, viewer

FILTERS = ("invited", "answering", "ready", "under_way", "signed", "sent", "acknowledged", "question")
STAGE_ICONS = {
    "created": "ring", "invited": "mail", "answering": "ring-half", "ready": "person", "under_way": "pencil",
    "signed": "check", "sent": "send", "acknowledged": "check", "question": "speech", "ended": "minus",
}  # fmt: skip
DAYS = ("ma", "ti", "on", "to", "fr", "lø", "sø")
ALERTS_SHOWN = 2
WITH_FINDINGS = 40  # rows whose chart is read for its findings: today's and this week's


@dataclass(frozen=True)
class Entry:
    """One row, as the worklist shows it."""

    id: str
    when: str
    name: str
    cpr: str
    about: str
    is_protected: bool
    weeks: str
    due: str
    due_method: str
    stage: str
    stage_words: str
    stage_icon: str
    stage_note: str
    answers: str
    answers_note: str
    has_news: bool
    alerts: tuple[tuple[str, str, str], ...]  # word, look, title
    more_alerts: int
    note: str
    question: str
    doctor: str


@dataclass(frozen=True)
class Part:
    title: str
    note: str
    entries: tuple[Entry, ...]
    after: str | None = None
    kind: str = ""


@blueprint.get("/arbejdsliste", endpoint="worklist")
@for_users("see_worklist")
def worklist_view() -> str:
    today, who = settings().today(), viewer()
    stage = request.args.get("fase", "")
    mine = who.id if request.args.get("mine") == "1" else None
    by_due = request.args.get("sorter") == "termin"
    after = _cursor(request.args.get("efter"))
    parts = _parts(today, stage, mine, by_due, after)
    entries = _entries([row for _title, _note, rows, _kind in parts for row in rows.rows], today)
    log_access(who, "worklist.read", None)
    return render_template(
        "clinic/worklist.html",
        parts=[
            Part(title, note, tuple(entries[row.id] for row in rows.rows), _cursor_text(rows.after), kind)
            for title, note, rows, kind in parts
            if rows.rows
        ],
        counts=worklist.counts(db(), who),
        filters=FILTERS,
        stages=STAGES,
        stage=stage,
        mine=bool(mine),
        by_due=by_due,
        **_head(today),
    )


def _head(today: date) -> dict[str, Any]:
    weekdays = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
    return {"day": f"{weekdays[today.weekday()]} {words.date_text(today)}", "viewer": viewer()}


def _parts(
    today: date, stage: str, mine: str | None, by_due: bool, after: worklist.Cursor | None
) -> list[tuple[str, str, worklist.Rows, str]]:
    session, who = db(), viewer()
    if stage == "ended":
        return [("Afsluttede", "", worklist.listed(session, who, is_ended=True, after=after), "ended")]
    if stage == "overdraget":
        return _signed_parts(mine, by_due, after)
    if stage in STAGES:
        rows = worklist.listed(session, who, stages=(stage,), by_due=by_due, doctor_id=mine, after=after)
        return [(STAGES[stage], "", rows, stage)]
    if by_due:
        rows = worklist.listed(session, who, by_due=True, doctor_id=mine, after=after)
        return [("Efter termin", "", rows, "due")]
    week = worklist.week_end(today)
    later = worklist.listed(session, who, visit_after=week, doctor_id=mine, after=after)
    if after:
        return [("Senere", "", later, "later")]
    on_day = worklist.between(session, who, today, today, mine)
    this_week = worklist.between(session, who, date.fromordinal(today.toordinal() + 1), week, mine)
    number = len(on_day.rows)
    return [
        ("I dag", f"{number} konsultation{'er' if number != 1 else ''}", on_day, "today"),
        ("Resten af ugen", str(len(this_week.rows)), this_week, "week"),
        ("Tidligere, ikke skrevet under", "", worklist.earlier(session, who, today, mine), "earlier"),
        ("Senere", "", later, "later"),
        *_signed_parts(mine),
    ]


def _signed_parts(
    mine: str | None, by_due: bool = False, after: worklist.Cursor | None = None
) -> list[tuple[str, str, worklist.Rows, str]]:
    """What waits to be sent, and what has been: `after` goes on in the latter."""
    session, who = db(), viewer()
    sent = worklist.listed(session, who, stages=worklist.SENT, by_due=by_due, doctor_id=mine, after=after)
    parts = [("Sendt til fødested", "", sent, "overdraget")]
    if after is None:
        signed = worklist.listed(session, who, stages=("signed",), by_due=by_due, doctor_id=mine)
        parts.insert(0, ("Skrevet under, ikke sendt", "", signed, "signed"))
    return parts


def _cursor(text: str | None) -> worklist.Cursor | None:
    day, _, row_id = (text or "").partition("_")
    try:
        return (date.fromisoformat(day), row_id) if row_id else None
    except ValueError:
        return None


def _cursor_text(cursor: worklist.Cursor | None) -> str | None:
    return f"{cursor[0].isoformat()}_{cursor[1]}" if cursor else None


@blueprint.post("/arbejdsliste/soeg")
@for_users("see_worklist")
def search() -> str:
    """Found by name, CPR number or telephone. A page, and no address: what was searched for stands in none."""
    today, text = settings().today(), (request.form.get("soeg") or "").strip()[:100]
    ended = request.form.get("afsluttede") == "1"
    rows = worklist.search(db(), viewer(), text, ended=ended) if text else []
    entries = _entries(rows, today)
    db().commit()
    log_access(viewer(), "worklist.search", None, found=len(rows))
    return render_template(
        "clinic/search.html", text=text, ended=ended, entries=[entries[row.id] for row in rows], **_head(today)
    )


def _entries(rows: Sequence[Pregnancy], today: date) -> dict[str, Entry]:
    around = worklist.around(db(), viewer(), rows)
    wanted = [row for row in rows if _has_answers(row)][:WITH_FINDINGS]
    charts = queries.charts(db(), viewer(), wanted)
    acts = findings.handlings_of(db(), [row.id for row in wanted])
    return {row.id: _entry(row, around, charts.get(row.id), acts.get(row.id, {}), today) for row in rows}


def _has_answers(row: Pregnancy) -> bool:
    """Whether there is anything to consider yet, and still."""
    return bool(row.submitted_at or row.fetched_at) and row.stage not in worklist.SIGNED and row.ended_on is None


def _entry(
    row: Pregnancy, around: worklist.Around, chart: Chart | None, acts: dict[str, Handling], today: date
) -> Entry:
    woman = around.women[row.woman_id]
    alerts = _alerts(chart, acts, today) if chart and not row.ended_on else []
    stage = "ended" if row.ended_on else row.stage
    answers, answers_note = _answers(row, around, today)
    return Entry(
        id=row.id,
        when=_when(row, today),
        name=woman.name,
        cpr=cpr.shown(woman.cpr),
        about=" · ".join(filter(None, (f"{cpr.age(cpr.birth_date(woman.cpr), today)} år", _interpreter(chart)))),
        is_protected=woman.is_protected,
        weeks=words.weeks_text(age_on(row.due_on, today)) if row.due_on and not row.ended_on else "–",
        due=words.date_text(row.due_on) if row.due_on and not row.ended_on else "",
        due_method=METHOD_WORDS.get(row.due_method or "", "").lower(),  # type: ignore[call-overload]
        stage=stage,
        stage_words=STAGES[stage],
        stage_icon=STAGE_ICONS[stage],
        stage_note=_stage_note(row, around),
        answers=answers,
        answers_note=answers_note,
        has_news=row.has_news and not row.ended_on,
        alerts=tuple(alerts[:ALERTS_SHOWN]),
        more_alerts=max(0, len(alerts) - ALERTS_SHOWN),
        note="" if row.submitted_at or row.ended_on else "Kendes først, når hun har sendt",
        question=around.questions.get(row.id, ""),
        doctor=around.doctors.get(row.doctor_id or "", ""),
    )


def _when(row: Pregnancy, today: date) -> str:
    if row.ended_on:
        return words.short_date(row.ended_on)
    if row.visit_on is None:
        return "ingen tid"
    time = (row.visit_time or "").replace(":", ".").lstrip("0")
    if row.visit_on == today:
        return time or "i dag"
    if today < row.visit_on <= worklist.week_end(today):
        return f"{DAYS[row.visit_on.weekday()]} {time}".strip()
    return words.day_month(row.visit_on)


def _interpreter(chart: Chart | None) -> str:
    if chart is None or chart.value("interpreter_needed") != "yes":
        return ""
    language = chart.value("interpreter_language")
    spoken = words.option_text(chart.catalogue["interpreter_language"], language).lower() if language else ""
    return f"tolk: {spoken}".rstrip(": ")


def _alerts(chart: Chart, acts: dict[str, Handling], today: date) -> list[tuple[str, str, str]]:
    found = (assessed(chart, acts, today).assessment or {}).get("findings", ())
    said = [("I dag", URGENCY_LOOK["today"], f"Hun skriver: {one.text}") for one in her_words(chart)]
    return said + [
        (URGENCY_WORDS[one["urgency"]], URGENCY_LOOK[one["urgency"]], one["title"])
        for one in found
        if one["urgency"] != "knowledge" and acts.get(one["key"], Handling()).act in ("open", "later")
    ]


def _answers(row: Pregnancy, around: worklist.Around, today: date) -> tuple[str, str]:
    if row.stage in worklist.SIGNED:
        return "Lukket for ændringer", ""
    if row.submitted_at:
        at = words.local(row.submitted_at)
        when = f"i dag kl. {at:%H.%M}" if at.date() == today else words.day_month(at.date())
        return ("Nye svar" if row.has_news else f"Sendt {when}"), (f"Sendt {when}" if row.has_news else "")
    if number := around.drafts.get(row.id):
        return f"{number} svar, ikke sendt", "Hentet i konsultationen" if row.fetched_at else ""
    return ("Ikke begyndt" if row.id in around.invited else "Ikke inviteret"), ""


def _stage_note(row: Pregnancy, around: worklist.Around) -> str:
    invitation = around.invited.get(row.id)
    if row.stage == "invited" and invitation:
        at = words.local(invitation.created_at)
        opened = "åbnet" if invitation.claimed_at else "ikke åbnet"
        return "udløbet" if invitation.expires_at <= now() else f"{words.day_month(at.date())}, {opened}"
    if row.stage in ("sent", "acknowledged") and (handover := around.sent.get(row.id)):
        return _receipt(handover)
    return "fra fødestedet" if row.stage == "question" else ""


def _receipt(one: Handover) -> str:
    """How far a handover has come at the birth place."""
    if one.other_way:
        return f"{_day(one.sent_at)}, ad anden vej"
    if one.acknowledged_at:
        return _day(one.acknowledged_at)
    return f"{_day(one.sent_at)}, {f'åbnet {_day(one.opened_at)}' if one.opened_at else 'ikke åbnet'}"


def _day(at: datetime) -> str:
    return words.day_month(words.local(at).date())
