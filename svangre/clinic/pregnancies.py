"""Create a pregnancy; move its appointment, correct who she is, end it and undo that."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, render_template, request

from svangre.clinic.consultation import frame
from svangre.clinic.forms import Appointment, Identity, NewPregnancy
from svangre.clinic.room import Opened, blueprint, open_record, to
from svangre.record import worklist
from svangre.record.actions import answers, pregnancies
from svangre.record.errors import AlreadyOpen, Closed
from svangre.web.database import db, log_access, now, settings
from svangre.web.signed_in import for_users, viewer

# What the clinic calls off when a pregnancy has ended; a list to think of, nothing is done by itself.
CALL_OFF = (
    "Svangrekonsultationer og vaccinationer i klinikken",
    "Nakkefolds- og misdannelsesskanning",
    "Jordemoderkonsultationer og fødselsforberedelse",
    "Henvisninger, der venter",
)


@blueprint.route("/graviditet/ny", methods=["GET", "POST"])
@for_users("create_pregnancy")
def new_pregnancy() -> Response | str:
    form = NewPregnancy()
    form.offer(worklist.doctors(db(), viewer()))
    duplicate = None
    if form.validate_on_submit() and not form.asks(settings().today()):
        try:
            made = pregnancies.create_pregnancy(
                db(), viewer=viewer(), at=now(), cpr_number=form.cpr_number.data or "",
                name=(form.name.data or "").strip(), is_protected=form.is_protected.data, contact=_contact(form),
                language=form.language.data, visit_on=form.day, visit_time=form.time, doctor_id=form.doctor,
            )  # fmt: skip
            return to("invitation", pregnancy_id=made.id)
        except AlreadyOpen as error:
            duplicate = error.pregnancy_id
    return render_template("clinic/new.html", form=form, duplicate=duplicate, viewer=viewer())


def _contact(form: NewPregnancy) -> dict[str, str]:
    return {"phone": (form.phone.data or "").strip(), "email": (form.email.data or "").strip()}


@blueprint.get("/graviditet/<pregnancy_id>/aftale")
@for_users("create_pregnancy")
def appointment(pregnancy_id: str) -> str:
    found = open_record(pregnancy_id)
    log_access(viewer(), "chart.read", pregnancy_id, part="appointment")
    return _page(found)


def _page(
    found: Opened, move: Appointment | None = None, identity: Identity | None = None, duplicate: str | None = None
) -> str:
    visit = found.pregnancy
    move = move or Appointment(
        formdata=None,
        visit_on=visit.visit_on.strftime("%d.%m.%Y") if visit.visit_on else "",
        visit_time=(visit.visit_time or "").replace(":", "."),
        doctor_id=visit.doctor_id or "",
    )
    move.offer(worklist.doctors(db(), found.viewer))
    known = found.chart.identity
    identity = identity or Identity(
        formdata=None, cpr_number=known.cpr_shown, name=known.name, is_protected=known.is_protected
    )
    return render_template(
        "clinic/appointment.html", **frame(found), move=move, identity=identity, duplicate=duplicate,
        kinds=pregnancies.END_KINDS, end_words=pregnancies.END_WORDS, call_off=CALL_OFF,
    )  # fmt: skip


@blueprint.post("/graviditet/<pregnancy_id>/aftale")
@for_users("create_pregnancy")
def move_appointment(pregnancy_id: str) -> Response | str:
    form = Appointment()
    form.offer(worklist.doctors(db(), viewer()))
    if not form.validate() or form.asks(settings().today()):
        return _again(pregnancy_id, move=form)
    pregnancies.move_appointment(
        db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, visit_on=form.day, visit_time=form.time,
        doctor_id=form.doctor,
    )  # fmt: skip
    flash("Aftalen er gemt.", "done")
    return to("appointment", pregnancy_id=pregnancy_id)


@blueprint.post("/graviditet/<pregnancy_id>/identitet")
@for_users("create_pregnancy")
def correct_identity(pregnancy_id: str) -> Response | str:
    form = Identity()
    if not form.validate() or form.asks(settings().today()):
        return _again(pregnancy_id, identity=form)
    try:
        pregnancies.correct_identity(
            db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, cpr_number=form.cpr_number.data or "",
            name=(form.name.data or "").strip(), is_protected=form.is_protected.data,
        )  # fmt: skip
    except AlreadyOpen as error:
        return _again(pregnancy_id, identity=form, duplicate=error.pregnancy_id)
    flash("Navn og nummer er gemt.", "done")
    return to("appointment", pregnancy_id=pregnancy_id)


def _again(pregnancy_id: str, **given: Any) -> str:
    page = _page(open_record(pregnancy_id), **given)
    db().commit()
    log_access(viewer(), "chart.read", pregnancy_id, part="appointment")
    return page


@blueprint.post("/graviditet/<pregnancy_id>/afslut")
@for_users("end_pregnancy")
def end(pregnancy_id: str) -> Response:
    """Birth, move, or the end of the pregnancy: no reason is asked."""
    kind = request.form.get("kind", "")
    if kind not in pregnancies.END_KINDS:
        flash("Vælg, hvordan forløbet er afsluttet.", "wrong")
    else:
        pregnancies.end_pregnancy(db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, kind=kind)
        flash("Forløbet er afsluttet. Beskeder til hende er stoppet, og hendes side er ændret.", "done")
    return to("appointment", "ending", pregnancy_id=pregnancy_id)


@blueprint.post("/graviditet/<pregnancy_id>/genaabn")
@for_users("end_pregnancy")
def reopen(pregnancy_id: str) -> Response:
    try:
        pregnancies.reopen_pregnancy(db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id)
        flash("Forløbet er åbent igen. En påmindelse, der var planlagt, er planlagt igen.", "done")
    except Closed:
        flash("Hun har et nyere åbent forløb. Det her kan ikke åbnes igen.", "wrong")
    return to("appointment", pregnancy_id=pregnancy_id)


@blueprint.post("/graviditet/<pregnancy_id>/hent")
@for_users("consult")
def fetch_form(pregnancy_id: str) -> Response:
    """What she reached so far, in the visit with her there."""
    answers.fetch_form(db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id)
    flash("Det, hun nåede, er hentet. Det står i loggen, at det skete med hende her.", "done")
    if request.form.get("back") == "typing":
        return to("typing", pregnancy_id=pregnancy_id)
    return to("consultation", pregnancy_id=pregnancy_id, section_id=request.form.get("section") or "graviditet")
