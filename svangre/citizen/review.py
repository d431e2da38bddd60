"""Reading it all through, sending it, and the receipt."""

from __future__ import annotations

from typing import cast

from flask import Response, redirect, render_template, request, url_for

from svangre.catalogue import Answer
from svangre.citizen import presenters, scope, steps, urgent
from svangre.citizen.blueprint import blueprint
from svangre.record import queries
from svangre.record.actions import answers
from svangre.record.models import Clinic
from svangre.record.stages import is_signed
from svangre.web import signed_in
from svangre.web.database import db, log_access, now
from svangre.web.signed_in import viewer


@blueprint.get("/mit/dine-data")
@signed_in.for_her
def about_her_data() -> str:
    """SAM-01: what happens with her answers, before the first question."""
    pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
    chart = scope.her_chart(pregnancy)
    log_access(viewer(), "chart.read", pregnancy.id)
    read = scope.her_answer(chart, "information_read")
    return render_template(
        "citizen/about_her_data.html",
        clinic=chart.clinic,
        has_read=read is not None and read.value == "yes",
        may_answer=not pregnancy.ended_on and not is_signed(pregnancy.stage),
    )


@blueprint.post("/mit/dine-data")
@signed_in.for_her
def has_read() -> Response:
    """She has read it; on to the first page that she has not been on."""
    key = ("information_read", None)
    answers.save_answers(
        db(), viewer=viewer(), at=now(), pregnancy_id=viewer().id, answers={key: Answer("value", "yes")}
    )
    pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
    left = steps.what_is_left(scope.her_chart(pregnancy))
    where = url_for("citizen.step", page_id=left.next_page) if left.next_page else url_for("citizen.review")
    return cast(Response, redirect(where, 303))


@blueprint.get("/mit/gennemse")
@signed_in.for_her
def review() -> Response | str:
    pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
    if pregnancy.ended_on:
        return cast(Response, redirect(url_for("citizen.home")))
    chart = scope.her_chart(pregnancy)
    log_access(viewer(), "chart.read", pregnancy.id)
    parts = presenters.review(chart)
    return render_template(
        "citizen/review.html",
        pregnancy=pregnancy,
        clinic=chart.clinic,
        parts=parts,
        open_lines=presenters.open_lines(parts),
        boxes=urgent.to_show(chart) if not pregnancy.submitted_at or request.args.get("ring") else [],
        may_change=not is_signed(pregnancy.stage),
        saved_at=presenters.saved_at(chart),
    )


@blueprint.post("/mit/gennemse")
@signed_in.for_her
def submit() -> Response:
    answers.submit(db(), viewer=viewer(), at=now(), pregnancy_id=viewer().id)
    return cast(Response, redirect(url_for("citizen.receipt"), 303))


@blueprint.get("/mit/kvittering")
@signed_in.for_her
def receipt() -> Response | str:
    pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
    if pregnancy.submitted_at is None or pregnancy.ended_on:
        return cast(Response, redirect(url_for("citizen.home")))
    chart = scope.her_chart(pregnancy)
    log_access(viewer(), "chart.read", pregnancy.id)
    return render_template(
        "citizen/receipt.html",
        pregnancy=pregnancy,
        clinic=db().get_one(Clinic, pregnancy.clinic_id),
        boxes=urgent.to_show(chart),
        corrected_at=presenters.corrected_at(chart),
        may_change=not is_signed(pregnancy.stage),
    )
