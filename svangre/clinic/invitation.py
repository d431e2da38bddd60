"""Her way in, seen from the clinic: link and code to send, show, copy or print; again, revoked, wrong number."""

from __future__ import annotations

import io

import segno
from flask import Response, flash, render_template

from svangre.clinic.consultation import frame
from svangre.clinic.forms import Invite
from svangre.clinic.room import Opened, blueprint, open_record, to
from svangre.clinic.side import text_of
from svangre.pdf.letters import code_letter_pdf, invitation_letter_pdf
from svangre.record import queries, words
from svangre.record.actions import invitations
from svangre.record.actions.pregnancies import open_invitation
from svangre.record.errors import Closed, NotYours
from svangre.record.ids import new_id
from svangre.record.models import Clinic, Invitation
from svangre.translations import speaking
from svangre.web.database import db, log_access, now, settings
from svangre.web.signed_in import for_users, viewer


@blueprint.get("/graviditet/<pregnancy_id>/invitation")
@for_users("invite")
def invitation(pregnancy_id: str) -> str:
    found = open_record(pregnancy_id)
    log_access(viewer(), "invitation.read", pregnancy_id)
    return _page(found)


def _page(found: Opened, form: Invite | None = None) -> str:
    chart = found.chart
    form = form or Invite(
        formdata=None,
        request_key=new_id(),
        phone=words.phone_text(str(chart.value("phone") or "")),
        email=chart.value("email") or "",
        by_sms=bool(chart.value("phone")) and chart.value("sms_allowed") != "no",
        by_email=bool(chart.value("email")),
    )
    current = open_invitation(db(), found.pregnancy.id, now())
    return render_template(
        "clinic/invitation.html",
        **frame(found),
        form=form,
        current=current,
        link=_link(current),
        code=current.secret["code"] if current and current.secret else "",
        sms_refused=chart.value("sms_allowed") == "no",
        safe_contact=text_of(chart, "safe_contact_how"),
    )


def _link(current: Invitation | None) -> str:
    """The link while she has not claimed it; afterwards nobody can see it again."""
    return f"{settings().address}/skema/{current.secret['token']}" if current and current.secret else ""


@blueprint.post("/graviditet/<pregnancy_id>/invitation")
@for_users("invite")
def invite(pregnancy_id: str) -> Response | str:
    form = Invite()
    wants_sms, wants_email = bool(form.by_sms.data), bool(form.by_email.data)
    valid = form.validate()
    if wants_sms and not (form.phone.data or "").strip():
        form.phone.errors = [*form.phone.errors, "Skriv nummeret, eller fjern krydset ved sms."]
        valid = False
    if wants_email and not (form.email.data or "").strip():
        form.email.errors = [*form.email.errors, "Skriv adressen, eller fjern krydset ved e-mail."]
        valid = False
    if not valid:
        page = _page(open_record(pregnancy_id), form)
        db().commit()
        log_access(viewer(), "invitation.read", pregnancy_id)
        return page
    try:
        invitations.invite(
            db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, base_url=settings().address,
            sms_to=(form.phone.data or "").strip() if wants_sms else None,
            email_to=(form.email.data or "").strip() if wants_email else None,
            request_key=form.request_key.data,
        )  # fmt: skip
        flash(_told(wants_sms, wants_email), "done")
    except Closed:
        flash("Forløbet er afsluttet, så der kan ikke inviteres.", "wrong")
    return to("invitation", pregnancy_id=pregnancy_id)


def _told(sms: bool, email: bool) -> str:
    if sms and email:
        return "Linket er på vej med e-mail og koden med sms."
    if sms or email:
        return f"Linket er på vej med {'sms' if sms else 'e-mail'}. Koden får hun af jer."
    return "Invitationen er lavet. Giv hende linket og koden hver for sig."


@blueprint.post("/graviditet/<pregnancy_id>/invitation/tilbagekald")
@for_users("invite")
def revoke(pregnancy_id: str) -> Response:
    """Wrong number, lost phone: the link stops working, and where she was signed in she is no longer."""
    invitations.revoke_invitation(db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id)
    flash("Invitationen er tilbagekaldt. Linket virker ikke længere.", "done")
    return to("invitation", pregnancy_id=pregnancy_id)


def _unclaimed(pregnancy_id: str) -> tuple[Opened, Invitation]:
    found = open_record(pregnancy_id)
    current = open_invitation(db(), pregnancy_id, now())
    if current is None or not current.secret:
        raise NotYours
    return found, current


@blueprint.get("/graviditet/<pregnancy_id>/invitation/qr.svg")
@for_users("invite")
def qr_code(pregnancy_id: str) -> Response:
    _found, current = _unclaimed(pregnancy_id)
    picture = io.BytesIO()
    segno.make(_link(current), error="m").save(picture, kind="svg", scale=4, border=2)
    log_access(viewer(), "invitation.read", pregnancy_id)
    return Response(picture.getvalue(), mimetype="image/svg+xml")


@blueprint.get("/graviditet/<pregnancy_id>/invitation/brev.pdf")
@for_users("invite")
def letter(pregnancy_id: str) -> Response:
    found, current = _unclaimed(pregnancy_id)
    clinic = queries.clinic_info(db().get_one(Clinic, found.pregnancy.clinic_id))
    with speaking(found.pregnancy.language):
        content = invitation_letter_pdf(
            clinic, name=found.chart.identity.name, link=_link(current),
            expires_on=words.local(current.expires_at).date(), at=now(), consultation_on=found.pregnancy.visit_on,
        )  # fmt: skip
    log_access(viewer(), "invitation.print", pregnancy_id)
    return _pdf(content, "brev.pdf")


@blueprint.get("/graviditet/<pregnancy_id>/invitation/kode.pdf")
@for_users("invite")
def code_letter(pregnancy_id: str) -> Response:
    found, current = _unclaimed(pregnancy_id)
    clinic = queries.clinic_info(db().get_one(Clinic, found.pregnancy.clinic_id))
    with speaking(found.pregnancy.language):
        content = code_letter_pdf(clinic, name=found.chart.identity.name, code=current.secret["code"], at=now())
    log_access(viewer(), "invitation.print", pregnancy_id)
    return _pdf(content, "kode.pdf")


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
