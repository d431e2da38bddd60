"""The steps of the form, and the rows of its groups: shown, saved and gone on from."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from flask import Response, jsonify, redirect, render_template, request, url_for

from svangre.catalogue import Answer, Item
from svangre.catalogue.kinds import Group
from svangre.citizen import checks, presenters, scope, urgent
from svangre.citizen.blueprint import blueprint
from svangre.citizen.place import Place, find_place
from svangre.citizen.saving import Page, save_page
from svangre.record import words
from svangre.record.actions import answers
from svangre.record.chart import Row
from svangre.record.errors import Closed
from svangre.record.ids import new_id
from svangre.translations import count, say
from svangre.web import signed_in
from svangre.web.database import db, log_access, now, settings
from svangre.web.form_builder import AnswerField
from svangre.web.signed_in import viewer

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Answered = Response | str | tuple[str, int]


@blueprint.get("/mit/<page_id>")
@signed_in.for_her
def step(page_id: str) -> Answered:
    return _show(find_place(page_id))


@blueprint.post("/mit/<page_id>")
@signed_in.for_her
def save_step(page_id: str) -> Answered:
    return _save(find_place(page_id))


@blueprint.get("/mit/<page_id>/<group>/<row_id>")
@signed_in.for_her
def row(page_id: str, group: str, row_id: str) -> Answered:
    return _show(find_place(page_id, group, row_id))


@blueprint.post("/mit/<page_id>/<group>/<row_id>")
@signed_in.for_her
def save_row(page_id: str, group: str, row_id: str) -> Answered:
    return _save(find_place(page_id, group, row_id))


def _show(place: Place | None) -> Answered:
    if place is None or place.is_closed:
        return cast(Response, redirect(url_for("citizen.home")))
    log_access(viewer(), "chart.read", place.pregnancy.id)
    return _render(place, place.read()), 200


def _render(place: Place, page: Page) -> str:
    removed = place.chart.row(request.args.get("fjernet", ""))
    last_period = page.fields.get("last_period")
    visit_on = place.pregnancy.visit_on or settings().today()
    asks_urgent = any(item.id in urgent.ITEMS for item in page.shown)
    return render_template(
        "citizen/step.html",
        place=place,
        step=place.step,
        page=page,
        row_name=presenters.row_name(place.chart, place.row) if place.row else None,
        row_side=say("side {side} af {sides}", side=place.side, sides=len(place.sides)) if len(place.sides) > 1 else "",
        questions=presenters.questions(page, place.group or ""),
        removed=removed if removed and removed.removed else None,
        opened=request.args.get("mere") == "1",
        doubt=_doubt(last_period, visit_on) if last_period else None,
        boxes=urgent.to_show(place.chart) if asks_urgent or request.args.get("ring") == "1" else (),
        saved_at=presenters.saved_at(place.chart),
        fra=request.values.get("fra", ""),
    )


def _doubt(last_period: AnswerField, visit_on: date) -> str | None:
    found = checks.question(last_period.item, last_period.data, visit_on)
    return say(found) if found else None


def _save(place: Place | None) -> Answered:
    """Saves what was sent and goes on, stays with a message, or does what the pressed button says."""
    is_autosave = "X-Autosave" in request.headers
    if place is None:
        return jsonify(state="closed") if is_autosave else cast(Response, redirect(url_for("citizen.home"), 303))
    page, before = place.read(as_sent=True), urgent.in_force(place.chart)
    elsewhere = page.elsewhere
    try:
        save_page(db(), page, place.pregnancy, viewer=viewer(), at=now(), is_whole=not is_autosave)
        after = find_place(place.step.page.id, place.group, place.row_id) or place
        if is_autosave:
            return _autosaved(after, page)
        if page.wrong:
            return _render(after, page), 422
        where = _press(after, page, request.form["do"]) if request.form.get("do") else None
    except Closed:
        return _too_late(page)
    if where is None and elsewhere:
        return _both(after, elsewhere)
    if where is None and page.revealed:
        where = after.url_of(after.row, side=after.side, mere=1, _anchor=f"{page.revealed[0].id}-field")
    where = where or after.onward
    has_new_box = not set(urgent.in_force(after.chart)) <= set(before)
    return cast(Response, redirect(_with_box(where) if has_new_box else where, 303))


def _with_box(where: str) -> str:
    """The next page with the new box on top of it, and she at its top."""
    path = where.partition("#")[0]
    return f"{path}{'&' if '?' in path else '?'}ring=1"


def _autosaved(place: Place, page: Page) -> Response:
    """What the page needs to know after a quiet save: new marks, what cannot be used yet, what cannot wait."""
    fresh, at, wrong = place.read(), words.time_text(now()), len(page.wrong)
    unusable = count("Et svar kan ikke bruges endnu", "{n} svar kan ikke bruges endnu", wrong).format(n=wrong)
    return jsonify(
        state="saved",
        told=say("{unusable}. Resten er gemt {time}.", unusable=unusable, time=at)
        if wrong
        else say("Gemt {time}.", time=at),
        unusable=[field.item.id for field in page.wrong],
        marks={item.id: fresh.mark(item) for item in page.shown if item.id in page.typed},
        now=[{"key": box.key, "title": say(box.title), "text": say(box.text)} for box in urgent.to_show(place.chart)],
    )


def _press(place: Place, page: Page, button: str) -> str | None:
    """Add, open, remove or restore a row; the page itself is saved already."""
    what, _, rest = button.partition(":")
    if what == "add":
        path, _, row_id = rest.partition(":")
        return _add(place, page, path, row_id)
    row = place.chart.row(rest)
    if row is None or row.parent != place.row_id:
        return None
    if what == "edit":
        return place.url_of(row)
    gone = {}
    if what == "remove":
        gone = {"fjernet": row.id}
        if not row.removed:
            answers.remove_row(db(), viewer=viewer(), at=now(), pregnancy_id=place.pregnancy.id, row_id=row.id)
    elif row.removed:
        answers.restore_row(db(), viewer=viewer(), at=now(), pregnancy_id=place.pregnancy.id, row_id=row.id)
    return place.url_of(place.row, side=place.side, **gone, _anchor=f"{row.group.rsplit('.', 1)[-1]}-field")


def _add(place: Place, page: Page, path: str, row_id: str) -> str | None:
    """A new row, whose id was made with the page: pressed twice is one row."""
    for item in page.shown:
        if place.path(item) != path or not isinstance(item.kind, Group):
            continue
        if place.chart.row(row_id) is None and len(place.chart.rows(path, place.row_id)) >= item.kind.most:
            return place.url
        added = answers.add_row(
            db(), viewer=viewer(), at=now(), pregnancy_id=place.pregnancy.id, group=path, parent=place.row_id,
            row_id=row_id if UUID.fullmatch(row_id) else new_id(),
        )  # fmt: skip
        return place.url_of(Row(added, path, place.row_id, "woman"))
    return None


def _both(place: Place, elsewhere: list[tuple[Item, Answer]]) -> str:
    """Another tab or telephone has answered the same meanwhile: hers of now is saved, and both are shown."""
    lines = [
        (item, _in_words(item, scope.her_answer(place.chart, item.id, place.row_id)), _in_words(item, other))
        for item, other in elsewhere
    ]
    return render_template("citizen/both.html", place=place, onward=place.onward, lines=lines)


def _in_words(item: Item, answer: Answer | None) -> str:
    return words.value_text(item, answer, to_her=True)


def _too_late(page: Page) -> Answered:
    """The doctor has signed, or the pregnancy has ended, while the page stood open: what she wrote is shown again."""
    if "X-Autosave" in request.headers:
        return jsonify(state="closed")
    items, changed = {item.id: item for item in page.items}, page.changed(is_whole=False)
    typed = [(items[key].woman, _in_words(items[key], answer)) for key, (answer, _) in changed.items()]
    return render_template("citizen/too_late.html", typed=typed), 410
