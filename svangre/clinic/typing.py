"""Staff typing for her: the giver is she, typed by is staff, and it says so everywhere."""

from __future__ import annotations

from flask import Response, flash, render_template, request

from forms import CATALOGUE
from svangre.catalogue import Answer, Page
from svangre.clinic import checks
from svangre.clinic.consultation import frame
from svangre.clinic.progress import is_closed
from svangre.clinic.room import Opened, blueprint, open_record, to
from svangre.record.actions import answers
from svangre.record.errors import Closed, NotYours
from svangre.record.stages import is_signed
from svangre.web.database import db, log_access, now
from svangre.web.form_builder import AnswerField, build_form, fields_of
from svangre.web.signed_in import for_users, viewer


@blueprint.get("/graviditet/<pregnancy_id>/skriv-for-hende")
@for_users("consult")
def typing(pregnancy_id: str) -> Response | str:
    """Before she has sent her form it is fetched first, with her there; then page by page."""
    found = open_record(pregnancy_id)
    log_access(viewer(), "chart.read", pregnancy_id, part="typing")
    if found.pregnancy.submitted_at or found.pregnancy.fetched_at:
        return to("typing_page", pregnancy_id=pregnancy_id, page_id=CATALOGUE.her_pages[0].id)
    return render_template("clinic/typing_start.html", **frame(found))


def _page_of(page_id: str) -> tuple[Page, int]:
    pages = CATALOGUE.her_pages
    index = next((at for at, page in enumerate(pages) if page.id == page_id), None)
    if index is None:
        raise NotYours
    return pages[index], index


@blueprint.get("/graviditet/<pregnancy_id>/skriv-for-hende/<page_id>")
@for_users("consult")
def typing_page(pregnancy_id: str, page_id: str) -> str:
    found = open_record(pregnancy_id)
    log_access(viewer(), "chart.read", pregnancy_id, part="typing")
    return _render(found, page_id, _fields(found, _page_of(page_id)[0]))


def _fields(found: Opened, page: Page) -> list[AnswerField]:
    def answer_of(item_id: str) -> Answer | None:
        given = found.chart.field(item_id).hers
        return given.answer if given else None

    items = [
        item
        for item in page.hers
        if found.chart.is_shown(item, to_her=True) and not is_closed(found.chart, item, None, found.sees_private)
    ]
    also = checks.for_chart(found.chart, found.today)
    return fields_of(build_form(items, answer_of, today=found.today, to_her=True, also=also))


def _render(found: Opened, page_id: str, fields: list[AnswerField]) -> str:
    page, index = _page_of(page_id)
    section = next(one for one in CATALOGUE.sections if page in one.pages)
    return render_template(
        "clinic/typing.html", **frame(found), page=page, section=section, fields=fields, index=index,
        pages=CATALOGUE.her_pages, has_rows=any(item.kind_name == "group" for item in page.hers),
    )  # fmt: skip


@blueprint.post("/graviditet/<pregnancy_id>/skriv-for-hende/<page_id>")
@for_users("consult")
def save_typed(pregnancy_id: str, page_id: str) -> Response | str:
    found = open_record(pregnancy_id)
    page, index = _page_of(page_id)
    if not (found.pregnancy.submitted_at or found.pregnancy.fetched_at) or is_signed(found.pregnancy.stage):
        raise Closed
    fields = _fields(found, page)
    given = _answers(fields)
    answers.save_answers(db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, answers=given)
    if any(field.process_errors for field in fields):
        again = _render(open_record(pregnancy_id), page_id, fields)
        db().commit()
        log_access(viewer(), "chart.read", pregnancy_id, part="typing")
        return again
    if request.form.get("to") == "done" or index + 1 == len(CATALOGUE.her_pages):
        flash("Svarene er gemt som hendes, skrevet af dig.", "done")
        return to("record", pregnancy_id=pregnancy_id)
    return to("typing_page", pregnancy_id=pregnancy_id, page_id=CATALOGUE.her_pages[index + 1].id)


def _answers(fields: list[AnswerField]) -> dict[tuple[str, str | None], Answer]:
    """What was on the page that was sent, and can be used."""
    return {
        (field.item.id, None): field.data
        for field in fields
        if not field.process_errors and f"{field.name}-asked" in request.form
    }
