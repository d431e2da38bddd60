"""Results that come after signing: dated entries, counted everywhere at once. They leave with the next version, when
the doctor says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Response, flash, render_template, request

from forms import CATALOGUE
from svangre.catalogue import NOT_ANSWERED, Answer
from svangre.clinic import checks
from svangre.clinic.consultation import frame
from svangre.clinic.forms import ResultDate
from svangre.clinic.progress import is_closed
from svangre.clinic.room import Opened, blueprint, open_record, to
from svangre.record import queries, words
from svangre.record.actions import decisions
from svangre.record.chart import Chart
from svangre.record.models import Version
from svangre.web.database import db, log_access, now, settings
from svangre.web.form_builder import AnswerField, build_form, fields_of
from svangre.web.signed_in import for_users, viewer

# What usually comes later. Others are rows of the tests in the record itself.
RESULTS = (
    "rhd", "antibody_screen", "hepatitis_b", "hiv", "syphilis", "haemoglobin", "ferritin", "tsh", "hba1c", "vitamin_d",
    "gbs_in_urine", "urine_culture_cfu", "scan_due_date", "scan_crl",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What was set since the newest version, with the day that it is from ("2026" when no more is known)."""

    on: str
    label: str
    before: str
    value: str
    by: str


@blueprint.get("/graviditet/<pregnancy_id>/resultater")
@for_users("consult")
def results(pregnancy_id: str) -> Response | str:
    found = open_record(pregnancy_id)
    log_access(viewer(), "chart.read", pregnancy_id, part="results")
    versions = queries.versions(db(), viewer(), pregnancy_id)
    if not versions:
        return to("consultation", pregnancy_id=pregnancy_id, section_id="undersoegelser")
    form = ResultDate(formdata=None, on=words.short_date(settings().today()))
    return _page(found, versions[0], form, _fields(found))


def _fields(found: Opened) -> list[AnswerField]:
    def answer_of(item_id: str) -> Answer | None:
        given = found.chart.field(item_id).counts
        return given.answer if given else None

    items = [CATALOGUE[item_id] for item_id in RESULTS]
    also = checks.for_chart(found.chart, found.today)
    return fields_of(build_form(items, answer_of, today=found.today, to_her=False, also=also))


def _page(found: Opened, version: Version, form: ResultDate, fields: list[AnswerField]) -> str:
    return render_template(
        "clinic/results.html", **frame(found), version=version, form=form, fields=fields,
        entries=sorted(_entries(found, version), key=lambda one: one.on, reverse=True),
        wrong=[field for field in fields if field.process_errors],
    )  # fmt: skip


def _entries(found: Opened, version: Version) -> Iterator[Entry]:
    old, chart = queries.version_chart(db(), version), found.chart
    for (item_id, row_id), one in chart.fields.items():
        item, given = chart.catalogue[item_id], one.clinics
        if given is None or given == old.field(item_id, row_id).clinics:
            continue
        if is_closed(chart, item, row_id, found.sees_private):
            continue
        written = words.local(given.at).date()
        yield Entry(
            given.known_on or written.isoformat(),
            item.clinic,
            _value(old, item_id, row_id),
            words.value_text(item, given.answer),
            f"{given.by} {words.short_date(written)}",
        )


def _value(chart: Chart, item_id: str, row_id: str | None) -> str:
    given = chart.field(item_id, row_id).counts
    return words.value_text(chart.catalogue[item_id], given.answer) if given else "–"


@blueprint.post("/graviditet/<pregnancy_id>/resultater")
@for_users("consult")
def save_results(pregnancy_id: str) -> Response | str:
    found = open_record(pregnancy_id)
    versions = queries.versions(db(), viewer(), pregnancy_id)
    if not versions:
        return to("consultation", pregnancy_id=pregnancy_id, section_id="undersoegelser")
    form, fields = ResultDate(), _fields(found)
    is_dated = form.validate() and form.is_known(found.today)
    if not is_dated or any(field.process_errors for field in fields):
        page = _page(found, versions[0], form, fields)
        db().commit()
        log_access(viewer(), "chart.read", pregnancy_id, part="results")
        return page
    count = sum(_record(found, field, form.day) for field in fields)
    flash(f"{count} {'resultat' if count == 1 else 'resultater'} er gemt." if count else "Intet nyt at gemme.", "done")
    return to("results", pregnancy_id=pregnancy_id)


def _record(found: Opened, field: AnswerField, on: date) -> bool:
    """Whether the field said anything new. A due date by scan is from the day of the scan."""
    old = found.chart.field(field.item.id).clinics
    if f"{field.name}-asked" not in request.form or field.data == NOT_ANSWERED or (old and old.answer == field.data):
        return False
    answers = {field.item.id: field.data}
    if field.item.id == "scan_due_date":
        answers = {"scan_on": Answer("value", on.isoformat()), **answers}
    for item_id, answer in answers.items():
        decisions.correct(
            db(), viewer=viewer(), at=now(), pregnancy_id=found.pregnancy.id, item_id=item_id, answer=answer,
            seen=request.form.get(f"seen-{item_id}"), known_on=on,
        )  # fmt: skip
    return True
