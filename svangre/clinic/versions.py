"""Signed versions: readable as they were, their documents, where they went, and the thread with the birth place."""

from __future__ import annotations

from flask import Response, flash, render_template, request

from svangre.clinic.comparing import beside, changes, whole
from svangre.clinic.consultation import frame
from svangre.clinic.room import Opened, blueprint, open_record, to, without_private
from svangre.record import documents, inbox, queries, worklist
from svangre.record.actions import handovers, signing
from svangre.record.chart import Chart
from svangre.record.errors import NoConsent, NotYours
from svangre.record.ids import new_id
from svangre.record.models import Version
from svangre.web.database import db, log_access, now
from svangre.web.signed_in import for_users, viewer

FILES = {"handover": "overdragelse.pdf", "prf": "prf.json", "pscr": "pscr.json", "pmr": "pmr.json"}
DOCUMENT_WORDS = {
    "handover": "Overdragelse (PDF)", "prf": "Svangrejournal, PRF (FHIR)", "pscr": "Stamkort, PSCR (FHIR)",
    "pmr": "Målinger, PMR (FHIR)",
}  # fmt: skip
LONGEST_MESSAGE = 2000


@blueprint.get("/graviditet/<pregnancy_id>/versioner")
@for_users("consult")
def versions_page(pregnancy_id: str) -> str:
    found = open_record(pregnancy_id)
    log_access(viewer(), "version.read", pregnancy_id)
    versions = queries.versions(db(), viewer(), pregnancy_id)
    sent = worklist.open_handovers(db(), viewer(), pregnancy_id)
    threads = inbox.threads(db(), viewer(), sent)
    people: set[str | None] = {one.by_id for thread in threads.values() for one in thread}
    people |= (
        {one.signed_by for one in versions} | {one.acknowledged_by for one in sent} | {one.sent_by for one in sent}
    )
    return render_template(
        "clinic/versions.html",
        **frame(found),
        versions=versions,
        made=documents.kinds_of(db(), [one.id for one in versions]),
        sent=sent,
        threads=threads,
        names=inbox.names(db(), people),
        places=inbox.birthplace_names(db()),
        birthplaces=inbox.birthplaces(db()),
        refused=signing.consent_is_refused(found.chart),
        document_words=DOCUMENT_WORDS,
        message_id=new_id(),
    )


def _version(pregnancy_id: str, number: int) -> tuple[Version, list[Version]]:
    versions = list(queries.versions(db(), viewer(), pregnancy_id))
    wanted = next((one for one in versions if one.number == number), None)
    if wanted is None:
        raise NotYours
    return wanted, versions


@blueprint.get("/graviditet/<pregnancy_id>/versioner/<int:number>")
@for_users("consult")
def version_page(pregnancy_id: str, number: int) -> str:
    found = open_record(pregnancy_id)
    version, versions = _version(pregnancy_id, number)
    log_access(viewer(), "version.read", pregnancy_id, version=version.id)
    chart = _as_seen(found, version)
    before = next((one for one in versions if one.number == number - 1), None)
    return render_template(
        "clinic/version.html",
        **frame(found),
        version=version,
        signature=chart.signature,
        sections=list(whole(chart, sees_private=found.sees_private)),
        changed=changes(_as_seen(found, before), chart, sees_private=found.sees_private) if before else [],
    )


@blueprint.get("/graviditet/<pregnancy_id>/versioner/sammenlign")
@for_users("consult")
def compare(pregnancy_id: str) -> Response | str:
    """Two versions side by side, or a version beside the draft (0). Without a choice the newest two."""
    found = open_record(pregnancy_id)
    versions = {one.number: one for one in queries.versions(db(), viewer(), pregnancy_id)}
    if not versions:
        return to("versions_page", pregnancy_id=pregnancy_id)
    newest = max(versions)
    left = request.args.get("a", max(newest - 1, 1), type=int)
    right = request.args.get("b", newest if newest > 1 else 0, type=int)
    if left not in versions or right not in {0, *versions}:
        raise NotYours
    log_access(viewer(), "version.read", pregnancy_id, version=versions[left].id)
    sides = [_as_seen(found, versions[one]) if one else found.chart for one in (left, right)]
    return render_template(
        "clinic/compare.html", **frame(found), versions=versions, left=left, right=right,
        sections=list(beside(sides[0], sides[1], sees_private=found.sees_private)),
    )  # fmt: skip


def _as_seen(found: Opened, version: Version) -> Chart:
    chart = queries.version_chart(db(), version)
    return chart if found.sees_private else without_private(chart)


@blueprint.get("/graviditet/<pregnancy_id>/versioner/<int:number>/<kind>")
@for_users("consult")
def document(pregnancy_id: str, number: int, kind: str) -> Response:
    """A stored document, under a name that tells nothing about her."""
    version, _versions = _version(pregnancy_id, number)
    if kind not in FILES:
        raise NotYours
    content, media_type = documents.read(db(), version.id, kind)
    log_access(viewer(), "document.read", pregnancy_id, version=version.id, kind=kind)
    return as_file(content, media_type, FILES[kind])


def as_file(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    way = "inline" if media_type == "application/pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{way}; filename="{name}"'
    return response


@blueprint.post("/graviditet/<pregnancy_id>/versioner/<int:number>/overdrag")
@for_users("hand_over")
def hand_over(pregnancy_id: str, number: int) -> Response:
    """To a birth place, again or to another one; or noted as sent another way."""
    version, _versions = _version(pregnancy_id, number)
    birthplace = request.form.get("birthplace", "")
    if birthplace not in {one.id for one in inbox.birthplaces(db())}:
        flash("Vælg et fødested på listen.", "wrong")
        return to("versions_page", "handovers", pregnancy_id=pregnancy_id)
    try:
        handover = signing.hand_over(
            db(), viewer=viewer(), at=now(), version_id=version.id, birthplace_id=birthplace,
            other_way=request.form.get("other_way") == "1",
        )  # fmt: skip
        flash("Noteret som sendt ad anden vej." if handover.other_way else "Sendt til fødestedet.", "done")
    except NoConsent:
        flash("Hun har sagt nej til at sende. Ret samtykket, når hun har sagt ja.", "wrong")
    return to("versions_page", "handovers", pregnancy_id=pregnancy_id)


@blueprint.post("/graviditet/<pregnancy_id>/overdragelse/<handover_id>/svar")
@for_users("reply")
def reply(pregnancy_id: str, handover_id: str) -> Response:
    """The clinic's answer to the birth place."""
    text = message_text()
    if text:
        handovers.reply(
            db(), viewer=viewer(), at=now(), handover_id=handover_id, text=text,
            message_id=request.form.get("message_id") or new_id(),
        )  # fmt: skip
        flash("Svaret er sendt til fødestedet.", "done")
    return to("versions_page", "handovers", pregnancy_id=pregnancy_id)


def message_text() -> str:
    """What was written in a thread, or "" with a message on the page."""
    text = (request.form.get("text") or "").replace("\r\n", "\n").strip()
    if not text:
        flash("Skriv en besked først.", "wrong")
    elif len(text) > LONGEST_MESSAGE:
        flash(f"Der er plads til {LONGEST_MESSAGE} tegn. Gør beskeden kortere.", "wrong")
    return text if len(text) <= LONGEST_MESSAGE else ""
