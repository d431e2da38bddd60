"""Her page: what is left before she sends, what happens next, and after signing her week, plan and record."""

from __future__ import annotations

from typing import cast

from flask import Response, redirect, render_template, url_for

from svangre.citizen import plain_words, scope, steps, urgent
from svangre.citizen.blueprint import blueprint
from svangre.record import documents, openings, queries
from svangre.record.actions import pregnancies
from svangre.record.chart import Chart
from svangre.record.errors import NotYours
from svangre.record.facts import assessment_of
from svangre.record.models import Clinic, Pregnancy
from svangre.record.stages import is_signed
from svangre.rules import her_view
from svangre.rules.gestation import PREGNANCY_DAYS
from svangre.web import signed_in
from svangre.web.database import db, log_access, now, settings
from svangre.web.signed_in import viewer


@blueprint.context_processor
def _of_every_page() -> dict[str, object]:
    """Whom to call, on each page of hers, whatever she is doing."""
    her = signed_in.woman()
    if her is None:
        return {"her_clinic": None}
    pregnancy = queries.pregnancy(db(), her, her.id)
    return {"her_clinic": db().get(Clinic, pregnancy.clinic_id), "her_pregnancy": pregnancy}


@blueprint.get("/mit")
@signed_in.for_her
def home() -> Response | str:
    pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
    if pregnancy.ended_on:
        return _after_the_end(pregnancy)
    chart = scope.her_chart(pregnancy)
    if is_signed(pregnancy.stage):
        return after_signing(pregnancy, chart, typed=pregnancy.questions or "")
    if pregnancy.submitted_at:
        return cast(Response, redirect(url_for("citizen.receipt")))
    read = scope.her_answer(chart, "information_read")
    if read is None or read.value != "yes":
        return cast(Response, redirect(url_for("citizen.about_her_data")))
    log_access(viewer(), "chart.read", pregnancy.id)
    return render_template(
        "citizen/home_before.html",
        pregnancy=pregnancy,
        clinic=chart.clinic,
        left=steps.what_is_left(chart),
        boxes=urgent.to_show(chart),
    )


def after_signing(pregnancy: Pregnancy, chart: Chart, *, typed: str, problem: str = "") -> str:
    """Her page; `typed` stands in the field for her questions, with what is the matter with it."""
    log_access(viewer(), "chart.read", pregnancy.id)
    versions = queries.versions(db(), viewer(), pregnancy.id)
    today = settings().today()
    view = her_view.for_her(assessment_of(chart, today, leads=chart.clinic.leads))
    return render_template(
        "citizen/home_after.html",
        pregnancy=pregnancy,
        clinic=chart.clinic,
        version=versions[0] if versions else None,
        made=documents.kinds(db(), versions[0].id) if versions else set(),
        age=view.age_days,
        length=PREGNANCY_DAYS,
        view=view,
        plan=[entry for entry in view.plan if entry.window and entry.window[1] >= today],
        opened=openings.latest(db(), viewer(), most=3),
        questions=typed,
        problem=problem,
    )


def _after_the_end(pregnancy: Pregnancy) -> str:
    """A quiet page: no week, no date, no plan."""
    log_access(viewer(), "chart.read", pregnancy.id)
    versions = queries.versions(db(), viewer(), pregnancy.id)
    return render_template(
        "citizen/ended.html",
        pregnancy=pregnancy,
        version=versions[0] if versions else None,
        has_pdf=bool(versions) and "handover" in documents.kinds(db(), versions[0].id),
    )


@blueprint.get("/mit/journal")
@signed_in.for_her
def record() -> str:
    """The signed record in plain words."""
    versions = queries.versions(db(), viewer(), viewer().id)
    if not versions:
        raise NotYours
    log_access(viewer(), "chart.read", viewer().id, version=versions[0].id)
    chart = scope.in_her_language(queries.version_chart(db(), versions[0]).for_her())
    return render_template("citizen/record.html", signature=chart.signature, parts=plain_words.record(chart))


@blueprint.get("/mit/opslag")
@signed_in.for_her
def who_opened() -> str:
    log_access(viewer(), "chart.read", viewer().id)
    return render_template("citizen/openings.html", opened=openings.latest(db(), viewer(), most=200))


@blueprint.get("/mit/hjaelp")
@signed_in.for_her
def help_now() -> str:
    return render_template("citizen/help.html")


@blueprint.get("/mit/slut")
@signed_in.for_her
def ending() -> Response | str:
    pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
    if pregnancy.ended_on:
        return cast(Response, redirect(url_for("citizen.home")))
    return render_template("citizen/ending.html")


@blueprint.post("/mit/slut")
@signed_in.for_her
def end() -> Response:
    pregnancies.end_pregnancy(db(), viewer=viewer(), at=now(), pregnancy_id=viewer().id, kind="ended")
    return cast(Response, redirect(url_for("citizen.home"), 303))


@blueprint.post("/mit/slut/fortryd")
@signed_in.for_her
def end_by_mistake() -> Response:
    """Only her own word is hers to take back; birth and move were set by the clinic."""
    pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
    if pregnancy.end_kind == "ended":
        pregnancies.reopen_pregnancy(db(), viewer=viewer(), at=now(), pregnancy_id=viewer().id)
    return cast(Response, redirect(url_for("citizen.home"), 303))
