"""The consultation: one section of the record at a time, and every decision in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import Response, flash, jsonify, render_template, request, url_for

from forms import CATALOGUE
from svangre.catalogue import NOT_ANSWERED, Answer, Item, inside
from svangre.clinic import checks, presence
from svangre.clinic.lines import Conflict, Open, blocks, following
from svangre.clinic.progress import all_standings, is_clinics, is_closed, key_of
from svangre.clinic.room import Opened, blueprint, open_record, opened, to
from svangre.clinic.side import (
    attention,
    her_words,
    level_reasons,
    missing,
    should_have,
    strip,
    used_in_findings,
    what_matters,
)
from svangre.record import audit, queries, told, words
from svangre.record.actions import decisions
from svangre.record.errors import NotYours, StaleEdit
from svangre.record.ids import new_id
from svangre.record.stages import is_signed
from svangre.web.database import db, log_access, now, settings
from svangre.web.form_builder import PARTS, AnswerField, build_form, fields_of
from svangre.web.signed_in import for_users, viewer

KEY = re.compile(r"f-([a-z0-9_]+)(?:-([0-9a-f-]{36}))?")
READ_AGAIN = timedelta(hours=12)  # a page that was read goes on being refreshed without a new row in the log


@blueprint.get("/graviditet/<pregnancy_id>")
@for_users("consult")
def record(pregnancy_id: str) -> Response:
    """To the first section where something waits: of the viewer's own, where the clinic has said who does what."""
    found = open_record(pregnancy_id)
    log_access(viewer(), "chart.open", pregnancy_id)
    standings = all_standings(found.chart, sees_private=found.sees_private, order=found.way.order)
    own = [one for one in standings if found.way.done_by.get(one.section.id) == viewer().role]
    first = next((one for one in (*own, *standings) if one.waiting and not one.section.private), standings[0])
    return to("consultation", first.first_open, pregnancy_id=pregnancy_id, section_id=first.section.id)


@blueprint.get("/graviditet/<pregnancy_id>/<section_id>")
@for_users("consult")
def consultation(pregnancy_id: str, section_id: str) -> str:
    found = open_record(pregnancy_id)
    wanted = Open(
        key=request.args.get("ret"),
        row=request.args.get("raekke"),
        edited_row=request.args.get("ret_raekke"),
        sees_private=found.sees_private,
    )
    page = _page(found, section_id, wanted)
    is_refresh = request.headers.get("X-Background") and audit.has_read(
        db(), viewer(), pregnancy_id, since=now() - READ_AGAIN
    )
    if not is_refresh:
        log_access(viewer(), "chart.read", pregnancy_id, section=section_id)
    return page


def _page(found: Opened, section_id: str, wanted: Open, wrong: Iterable[AnswerField] = ()) -> str:
    section = next((one for one in CATALOGUE.sections if one.id == section_id and not one.later), None)
    if section is None:
        raise NotYours
    chart = found.chart
    bulk = frozenset(
        key_of(*key)
        for key in decisions.unremarkable(chart, section_id, used_in_findings(found))
        if not is_closed(chart, CATALOGUE[key[0]], key[1], found.sees_private)
    )
    is_shut = section.private and request.values.get("alene") != "1"
    full = Open(
        **{
            **vars(wanted),
            "inputs": _inputs(found, section_id, wanted),
            "row_form": _row_inputs(found, wanted),
            "unremarkable": bulk,
        }
    )
    standings = all_standings(chart, sees_private=found.sees_private, order=found.way.order)
    findings = attention(found)
    shown = [] if is_shut else blocks(chart, section, found.today, full)
    return render_template(
        "clinic/consultation.html",
        **frame(found),
        section=section,
        standings=standings,
        here=next(one for one in standings if one.section.id == section_id),
        blocks=shown,
        following=following(shown),
        is_shut=is_shut,
        bulk=len(bulk),
        wrong=list(wrong),
        new_row=new_id(),
        findings=[one for one in findings if not one.level],
        levels=[one for one in findings if one.level],
        level_reasons=level_reasons(findings),
        unverified=attention(found, "unverified") if chart.clinic.shows_unverified else [],
        her_words=(said := list(her_words(chart))),
        told_at=_told_at(found) if said else None,
        what_matters=what_matters(chart),
        missing=missing(found, settings().gm_version),
        should_have=should_have(chart),
        others=presence.others(settings().data_dir, found.pregnancy.id, viewer(), section_id, now()),
        signed_version=_signed_version(found),
        candidates=_candidates(found),
    )


def _told_at(found: Opened) -> datetime | None:
    """When she was shown whom to call."""
    shown = told.whom_to_call(db(), found.pregnancy.id)
    return shown[0] if shown else None


def _signed_version(found: Opened) -> int:
    """The number of the newest signed version; 0 before the first signature, without asking the database."""
    if not is_signed(found.pregnancy.stage):
        return 0
    return queries.versions(db(), found.viewer, found.pregnancy.id)[0].number


def frame(found: Opened) -> dict[str, Any]:
    """What every page about one pregnancy shows: the strip and the state of the record."""
    sent = found.pregnancy.submitted_at
    return {
        "opened": found,
        "pregnancy": found.pregnancy,
        "strip": strip(found),
        "viewer": found.viewer,
        "sent_at": f"{words.day_month(words.local(sent).date())} {words.time_text(sent)}" if sent else "",
    }


def _candidates(found: Opened) -> list[tuple[str, str]]:
    from svangre.rules.gestation import METHOD_WORDS

    return [(METHOD_WORDS[one["method"]], one["due_date"]) for one in found.computed.get("due_date_candidates") or ()]


def _inputs(found: Opened, section_id: str, wanted: Open) -> dict[str, AnswerField]:
    """The inputs of the clinic's own fields, and of the one line that is being corrected."""
    inputs = {
        key_of(field.item.id, None): field
        for field in _fields(found, [one for one in CATALOGUE.section(section_id).items if _is_own(one)], None)
    }
    match = KEY.fullmatch(wanted.key or "")
    if match and match[1] in CATALOGUE and is_clinics(CATALOGUE[match[1]]):
        for field in _fields(found, [CATALOGUE[match[1]]], match[2]):
            inputs[key_of(field.item.id, match[2])] = field
    return inputs | wanted.inputs


def _row_inputs(found: Opened, wanted: Open) -> list[AnswerField]:
    if wanted.row_form or not wanted.edited_row:
        return list(wanted.row_form)
    return _fields(found, _items_of_row(found, wanted.edited_row), wanted.edited_row)


def _items_of_row(found: Opened, row_id: str) -> list[Item]:
    row = found.chart.row(row_id)
    if row is None:
        raise NotYours
    return [
        item
        for item in inside(CATALOGUE.group(row.group))
        if is_clinics(item)
        and item.status == "active"
        and found.chart.is_shown(item, row_id)
        and not is_closed(found.chart, item, row_id, found.sees_private)
    ]


def _is_own(item: Item) -> bool:
    return is_clinics(item) and "woman" not in item.who and item.status == "active"


def _fields(found: Opened, items: Iterable[Item], row_id: str | None) -> list[AnswerField]:
    def answer_of(item_id: str) -> Answer | None:
        given = found.chart.field(item_id, row_id).counts
        return given.answer if given else None

    also = checks.for_chart(found.chart, found.today)
    return fields_of(build_form(items, answer_of, today=found.today, to_her=False, also=also))


@blueprint.post("/graviditet/<pregnancy_id>/<section_id>/felt")
@for_users("consult")
def decide(pregnancy_id: str, section_id: str) -> Response | tuple[str, int]:
    """One decision about a field, or what was typed into one or several."""
    item_ids, row_id = request.form.getlist("item"), request.form.get("row") or None
    act = request.form.get("act", "correct")
    if act == "correct":
        return _write(pregnancy_id, section_id, item_ids, row_id)
    if len(item_ids) != 1 or item_ids[0] not in CATALOGUE:
        raise NotYours
    item_id = item_ids[0]
    given: dict[str, Any] = {
        "viewer": viewer(), "at": now(), "pregnancy_id": pregnancy_id, "item_id": item_id, "row_id": row_id,
    }  # fmt: skip
    try:
        match act:
            case "accept" | "import":
                decisions.accept(db(), **given, imported=act == "import", seen=request.form.get(f"seen-{item_id}"))
            case "later":
                decisions.postpone(db(), **given)
            case "undo":
                decisions.undo(db(), **given)
            case "keep":
                decisions.keep(db(), **given)
            case _:
                raise NotYours
    except StaleEdit:
        return _clash(pregnancy_id, section_id, item_id, row_id)
    return _back(pregnancy_id, section_id, key_of(item_id, row_id))


def _write(pregnancy_id: str, section_id: str, item_ids: list[str], row_id: str | None) -> Response | tuple[str, int]:
    found = open_record(pregnancy_id)
    if not item_ids or any(one not in CATALOGUE or not is_clinics(CATALOGUE[one]) for one in item_ids):
        raise NotYours
    fields = _fields(found, [CATALOGUE[one] for one in item_ids], row_id)
    clashed: list[AnswerField] = []
    for field in fields:
        is_hers = not _is_own(field.item) and row_id is None
        if is_hers and field.data == NOT_ANSWERED and not field.process_errors and request.form.get("ret"):
            field.process_errors = ["Vælg eller skriv et svar. Skal hendes svar stå, så tryk Fortryd."]
        if field.process_errors:
            continue
        try:
            _save(found, pregnancy_id, field, row_id)
        except StaleEdit:
            clashed.append(field)
    wrong = [field for field in fields if field.process_errors]
    if clashed or wrong:
        return _again(pregnancy_id, section_id, row_id, fields, wrong, clashed), 409 if clashed else 200
    if request.form.get("all"):
        flash("Afsnittets felter er gemt.", "done")
        return _back(pregnancy_id, section_id, "notices")
    anchor = f"r-{row_id}" if request.form.get("ret_raekke") else key_of(item_ids[-1], row_id)
    return _back(pregnancy_id, section_id, anchor, row=row_id if request.form.get("ret_raekke") else None)


def _save(found: Opened, pregnancy_id: str, field: AnswerField, row_id: str | None) -> None:
    """Writes one typed field, if it says anything new; an own field that was emptied is open again."""
    old = found.chart.field(field.item.id, row_id)
    typed = f"{field.name}-asked" in request.form
    if (
        not typed
        or (field.data == NOT_ANSWERED and old.clinics is None)
        or (old.clinics and old.clinics.answer == field.data)
    ):
        return
    given: dict[str, Any] = {
        "viewer": viewer(), "at": now(), "pregnancy_id": pregnancy_id, "item_id": field.item.id, "row_id": row_id,
    }  # fmt: skip
    if field.data == NOT_ANSWERED:
        decisions.undo(db(), **given)
    else:
        decisions.correct(db(), **given, answer=field.data, seen=request.form.get(f"seen-{field.item.id}"))


def _again(
    pregnancy_id: str,
    section_id: str,
    row_id: str | None,
    fields: list[AnswerField],
    wrong: list[AnswerField],
    clashed: list[AnswerField],
) -> str:
    """The page with what was typed still there, and what to do about it; beside what others decided meanwhile."""
    found = open_record(pregnancy_id)
    conflicts = {key_of(one.item.id, row_id): _conflict(found, one.item.id, row_id, one) for one in clashed}
    if request.form.get("ret_raekke") and not clashed:
        wanted = Open(edited_row=row_id, row_form=tuple(fields), sees_private=found.sees_private)
    else:
        wanted = Open(
            row=row_id,
            inputs={key_of(field.item.id, row_id): field for field in wrong},
            conflicts=conflicts,
            sees_private=found.sees_private,
        )
    page = _page(found, section_id, wanted, wrong)
    db().commit()
    log_access(viewer(), "chart.read", pregnancy_id, section=section_id)
    return page


def _conflict(found: Opened, item_id: str, row_id: str | None, field: AnswerField | None) -> Conflict:
    """What this person would have set beside what somebody set meanwhile, with the name."""
    item, one = CATALOGUE[item_id], found.chart.field(item_id, row_id)
    theirs = words.value_text(item, one.clinics.answer) if one.clinics else "Åbnet igen"
    mine = field.data if field else (one.hers.answer if one.hers else None)
    typed = [
        (field.part(part), text) for part in PARTS if field for text in request.form.getlist(field.part(part)) if text
    ]
    return Conflict(
        mine=words.value_text(item, mine),
        theirs=theirs,
        by=f"{one.clinics.by} {words.time_text(one.clinics.at)}" if one.clinics else "",
        inputs=[*typed, (f"{item_id}-asked", "1")] if field else [("act", "accept")],
    )


def _clash(pregnancy_id: str, section_id: str, item_id: str, row_id: str | None) -> tuple[str, int]:
    """Somebody decided meanwhile: both values with names, nothing overwritten."""
    found = open_record(pregnancy_id)
    conflicts = {key_of(item_id, row_id): _conflict(found, item_id, row_id, None)}
    page = _page(found, section_id, Open(row=row_id, conflicts=conflicts, sees_private=found.sees_private))
    db().commit()
    log_access(viewer(), "chart.read", pregnancy_id, section=section_id)
    return page, 409


def _back(pregnancy_id: str, section_id: str, key: str, row: str | None = None) -> Response:
    """To the next open field, when the page named one, else to the same."""
    following = request.form.get("next", "")
    anchor = following if KEY.fullmatch(following) else key
    row = row or request.form.get("row") or None
    alone = "1" if request.form.get("alene") == "1" else None
    return to("consultation", anchor, pregnancy_id=pregnancy_id, section_id=section_id, raekke=row, alene=alone)


@blueprint.get("/graviditet/<pregnancy_id>/<section_id>/tilstand")
@for_users("consult")
def state(pregnancy_id: str, section_id: str) -> Response:
    """Whether somebody has changed something, and who else is in here: asked for every few seconds."""
    found = queries.pregnancy(db(), viewer(), pregnancy_id)
    others = presence.others(settings().data_dir, pregnancy_id, viewer(), section_id, now())
    return jsonify(version=found.version, others=[{"who": one.who, "section": one.section} for one in others])


@blueprint.post("/graviditet/<pregnancy_id>/set")
@for_users("consult")
def seen(pregnancy_id: str) -> Response:
    """Her new answers, and what cannot wait, have been seen."""
    decisions.mark_read(db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, alerts=True)
    return to("consultation", pregnancy_id=pregnancy_id, section_id=request.form.get("section") or "graviditet")


@blueprint.app_template_global()
def section_url(pregnancy_id: str, section_id: str, key: str = "", **values: Any) -> str:
    """The address of a field: its section, its row opened, and the field itself."""
    match = KEY.fullmatch(key)
    return url_for(
        "clinic.consultation", pregnancy_id=pregnancy_id, section_id=section_id, _anchor=key or None,
        raekke=match[2] if match else None, **values,
    )  # fmt: skip


__all__ = ["frame", "opened"]
