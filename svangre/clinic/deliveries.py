"""Deliveries: what could not be delivered, with a button to send it again, and the receipts of one record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response, flash, render_template, request
from sqlalchemy import select

from svangre.clinic.consultation import frame
from svangre.clinic.room import blueprint, open_record, to
from svangre.record import words, worklist
from svangre.record.actions import deliveries
from svangre.record.errors import Closed
from svangre.record.models import Delivery, Pregnancy, Woman
from svangre.web.database import db, log_access, now, reading
from svangre.web.signed_in import for_users, viewer

PURPOSES = {
    "invitation": "Invitation", "code": "Kode", "reminder": "Påmindelse", "handover_notice": "Besked til fødestedet",
    "documents": "Dokumenter", "national": "National deling",
}  # fmt: skip
WAYS = {
    "sms": "sms", "email": "e-mail", "reminder": "til hende", "documents": "laves her",
    "national": "til det nationale dokumentregister",
}  # fmt: skip
DONE = {"documents": "Lavet", "national": "Modtaget af registret"}
# By the class of the error, which is all that is kept of it.
REASONS = {
    "Refused": "Modtageren tager ikke imod den. Er adressen rigtig?",
    "NotWhole": "Registret har ikke svaret, at alt er gemt.",
    "NoEnd": "Programmet gik ned hver gang. Sig det til dem, der driver programmet.",
    "NotTaken": "Registret kunne ikke tage imod.",
    "SMTPAuthenticationError": "Opsætningen af mail er forkert. Sig det til dem, der driver programmet.",
    "SSLCertVerificationError": "Opsætningen er forkert. Sig det til dem, der driver programmet.",
    "KeyProblem": "Opsætningen er forkert. Sig det til dem, der driver programmet.",
}
NOT_REACHED = "Modtageren kunne ikke nås."


@dataclass(frozen=True)
class Line:
    """One delivery, as both pages show it."""

    id: str
    pregnancy_id: str
    name: str
    what: str
    to: str
    state: str  # done, waiting, again, dead, cancelled
    told: str
    reason: str

    @property
    def has_failed(self) -> bool:
        return self.state in ("dead", "again")


def _line(one: Delivery, name: str = "") -> Line:
    content = one.content
    state = "again" if one.state == "waiting" and one.error else one.state
    return Line(
        id=one.id,
        pregnancy_id=one.pregnancy_id or "",
        name=name,
        what=f"{PURPOSES[one.purpose]}, {WAYS[one.kind]}",
        to=str(content.get("to") or ""),
        state=state,
        told=_told(one, state),
        reason=REASONS.get(one.error or "", NOT_REACHED) if state in ("dead", "again") else "",
    )


def _told(one: Delivery, state: str) -> str:
    moment = words.moment_text
    if state == "done" and one.done_at:
        return f"{DONE.get(one.kind, 'Afsendt')} {moment(one.done_at)}"
    if state == "dead":
        return f"Opgivet efter {one.tries} forsøg"
    if state == "again":
        return f"Mislykkedes {one.tries} {'gang' if one.tries == 1 else 'gange'}, prøves igen {moment(one.due_at)}"
    return "Ikke længere aktuel" if state == "cancelled" else f"Sendes {moment(one.due_at)}"


@blueprint.app_context_processor
def _for_the_bar() -> dict[str, Callable[[], int]]:
    """How many were given up, and how many birth places have asked. Counted only where the bar is shown."""
    return {
        "undelivered": lambda: deliveries.dead_count(reading(), viewer()),
        "open_questions": lambda: worklist.open_questions(reading(), viewer()),
    }


@blueprint.get("/leveringer", endpoint="deliveries")
@for_users("invite")
def deliveries_page() -> str:
    found = deliveries.troubled(db(), viewer())
    names = _names(found)
    log_access(viewer(), "worklist.read", None)
    lines = [_line(one, names.get(one.pregnancy_id or "", "")) for one in found]
    return render_template("clinic/deliveries.html", lines=lines, viewer=viewer())


def _names(found: Sequence[Delivery]) -> dict[str, str]:
    ids = {one.pregnancy_id for one in found}
    rows = db().execute(
        select(Pregnancy.id, Woman).join(Woman, Woman.id == Pregnancy.woman_id).where(Pregnancy.id.in_(ids))
    )
    return {pregnancy_id: woman.name for pregnancy_id, woman in rows}


@blueprint.get("/graviditet/<pregnancy_id>/leveringer")
@for_users("invite")
def record_deliveries(pregnancy_id: str) -> str:
    found = open_record(pregnancy_id)
    log_access(viewer(), "deliveries.read", pregnancy_id)
    lines = [_line(one) for one in deliveries.of_record(db(), viewer(), pregnancy_id)]
    return render_template("clinic/record_deliveries.html", **frame(found), lines=lines)


@blueprint.post("/leveringer/<delivery_id>/igen")
@for_users("invite")
def send_again(delivery_id: str) -> Response:
    try:
        one = deliveries.send_again(db(), viewer=viewer(), at=now(), delivery_id=delivery_id)
        flash("Den sendes igen nu.", "done")
    except Closed:
        flash("Forløbet er afsluttet, så der sendes intet til hende.", "wrong")
        return to("deliveries")
    return _back(one)


@blueprint.post("/leveringer/<delivery_id>/opgiv")
@for_users("invite")
def give_up_delivery(delivery_id: str) -> Response:
    one = deliveries.give_up(db(), viewer=viewer(), at=now(), delivery_id=delivery_id)
    flash("Den sendes ikke.", "done")
    return _back(one)


def _back(one: Delivery) -> Response:
    if request.form.get("fra") == "journal":
        return to("record_deliveries", pregnancy_id=one.pregnancy_id)
    return to("deliveries")
