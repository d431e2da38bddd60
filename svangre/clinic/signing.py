"""Before signing: what is missing, what leaves and to whom, and the signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import Response, flash, render_template, request

from svangre.catalogue import Answer, Item
from svangre.clinic.comparing import changes, private_fields
from svangre.clinic.consultation import frame
from svangre.clinic.progress import Standing, key_of, waiting_fields
from svangre.clinic.room import Opened, blueprint, open_record, to, without_private
from svangre.clinic.side import URGENCY_LOOK, attention, missing, phrase_values, resume_text, should_have, text_of
from svangre.pdf.front import Front, front
from svangre.record import inbox, queries
from svangre.record.actions import decisions, signing
from svangre.record.chart import Chart
from svangre.record.errors import CannotSign, NoConsent, StaleEdit
from svangre.record.models import Version
from svangre.record.way import filled
from svangre.web.database import db, log_access, now, settings
from svangre.web.signed_in import for_users, viewer

NAMED = 3  # how many fields a section names before it counts


@dataclass(frozen=True)
class Waiting:
    """What is open in one section though nothing needs it: how much, and what she left or somebody put off."""

    title: str
    section: str
    key: str
    text: str


@dataclass(frozen=True)
class Wrong:
    """Why it could not be signed, at the field that mends it."""

    field: str
    text: str


@blueprint.get("/graviditet/<pregnancy_id>/skriv-under")
@for_users("consult")
def sign_page(pregnancy_id: str) -> str:
    found = open_record(pregnancy_id)
    log_access(viewer(), "chart.read", pregnancy_id, part="sign")
    return _page(found)


def _page(found: Opened, wrong: Wrong | None = None) -> str:
    chart = found.chart
    versions = queries.versions(db(), found.viewer, found.pregnancy.id)
    previous = queries.version_chart(db(), versions[0]) if versions else None
    if previous and not found.sees_private:
        previous = without_private(previous)
    gm_version = settings().gm_version
    findings = [one for one in attention(found) if one.is_open and not one.level]
    return render_template(
        "clinic/sign.html",
        **frame(found),
        missing=missing(found, gm_version),
        should_have=should_have(chart),
        waiting=list(_waiting(found)),
        today=[one for one in findings if one.look == URGENCY_LOOK["today"]],
        findings=[one for one in findings if one.look != URGENCY_LOOK["today"]],
        first=summary(found),
        birthplaces=inbox.birthplaces(db()),
        chosen=request.form.get("birthplace") or _wanted(found),
        refused=signing.consent_is_refused(chart),
        limits=text_of(chart, "consent_limits"),
        private=list(private_fields(chart)),
        versions=versions,
        number=(versions[0].number if versions else 0) + 1,
        changed=changes(previous, chart, sees_private=found.sees_private) if previous else [],
        reason=request.form.get("reason", ""),
        without_prf=request.form.get("without_prf") == "1",
        wrong=wrong,
        is_new=not versions or not signing.says_the_same(db(), versions[0], chart, gm_version),
    )


def _waiting(found: Opened) -> Iterator[Waiting]:
    """The sections where something waits, with the number that stands beside them in the record."""
    listed = waiting_fields(found.chart, sees_private=found.sees_private)
    for section, fields in groupby(listed, key=lambda one: one[0]):
        open_ones = [(item, row_id, one) for _section, item, row_id, one in fields]
        item, row_id, _one = open_ones[0]
        yield Waiting(section.clinic, section.id, key_of(item.id, row_id), _in_words(found.chart, open_ones))


def _in_words(chart: Chart, open_ones: Sequence[tuple[Item, str | None, Standing]]) -> str:
    """»12 åbne. Hun sprang over: Uddannelse. Udsat: TWEAK.«"""
    skipped: list[str] = []
    later: list[str] = []
    clash: list[str] = []
    for item, row_id, one in open_ones:
        hers = chart.field(item.id, row_id).hers
        if one == "later":
            later.append(item.clinic)
        elif one == "differs":
            clash.append(item.clinic)
        elif hers and hers.answer.state == "not_answered":
            skipped.append(item.clinic)
    parts = [f"{len(open_ones)} {'åbent' if len(open_ones) == 1 else 'åbne'}"]
    for word, labels in (("Valg mangler", clash), ("Udsat", later), ("Hun sprang over", skipped)):
        if labels:
            more = f" og {len(labels) - NAMED} mere" if len(labels) > NAMED else ""
            parts.append(f"{word}: {', '.join(labels[:NAMED])}{more}")
    return ". ".join(parts)


def summary(found: Opened) -> Front:
    """What the birth place sees first, from the same presenter as the document."""
    return front(replace(found.chart, consultation_on=found.today))  # the week is that of the day of signing


def _wanted(found: Opened) -> str:
    """The birth place that she or the doctor named, when it is one of the list."""
    named = text_of(found.chart, "planned_birthplace") or text_of(found.chart, "wanted_birthplace")
    places = inbox.birthplaces(db())
    usual = "" if named else found.way.birthplace  # of the clinic, when nobody has named one
    return next((one.id for one in places if one.name.casefold() == named.casefold() or one.id == usual), "")


@blueprint.post("/graviditet/<pregnancy_id>/skriv-under")
@for_users("sign")
def sign(pregnancy_id: str) -> Response | str:
    """The signature, and with a birth place the handover in the same moment."""
    found = open_record(pregnancy_id)
    birthplace = request.form.get("birthplace") or None
    if birthplace not in {None, *(one.id for one in inbox.birthplaces(db()))}:
        return _refused(pregnancy_id, Wrong("birthplace", "Vælg et fødested på listen."))
    try:
        version = signing.sign(
            db(),
            viewer=viewer(),
            at=now(),
            pregnancy_id=pregnancy_id,
            gm_version=settings().gm_version,
            prf_is_complete=not missing(found, settings().gm_version),
            without_prf=request.form.get("without_prf") == "1",
            reason=(request.form.get("reason") or "").strip()[:2000] or None,
            birthplace_id=birthplace,
            other_way=request.form.get("other_way") == "1",
            seen_version=_number(request.form.get("version")),
        )
    except CannotSign as error:
        return _cannot(pregnancy_id, str(error))
    except NoConsent:
        return _refused(pregnancy_id, Wrong("birthplace", NO_CONSENT))
    except StaleEdit:
        return _cannot(pregnancy_id, "stale")
    flash(_signed(version, birthplace), "done")
    return to("versions_page", pregnancy_id=pregnancy_id)


NO_CONSENT = "Hun har sagt nej til at sende. Vælg »Ingen, den bliver i klinikken«, eller ret samtykket efter et ja."


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _cannot(pregnancy_id: str, why: str) -> Response | str:
    db().rollback()
    if why == "prf":
        text = "Felter mangler. Udfyld dem, eller sæt kryds ved »Skriv under uden national svangrejournal«."
        return _refused(pregnancy_id, Wrong("without_prf", text))
    if why == "nothing":
        return _refused(pregnancy_id, Wrong("sign", "Intet er ændret siden sidste version. Ret først i journalen."))
    if why == "reason":
        return _refused(pregnancy_id, Wrong("reason", "Skriv, hvorfor du retter. Fødestedet og hun selv kan læse det."))
    versions = queries.versions(db(), viewer(), pregnancy_id)
    if versions and _just_signed(versions[0]):
        return to("versions_page", pregnancy_id=pregnancy_id)  # the same button pressed twice
    text = "Journalen er ændret, siden du åbnede siden. Se det nye herunder, og skriv under igen."
    return _refused(pregnancy_id, Wrong("sign", text))


def _just_signed(version: Version) -> bool:
    return version.signed_by == viewer().id and (now() - version.signed_at).total_seconds() < 60


def _refused(pregnancy_id: str, wrong: Wrong) -> str:
    page = _page(open_record(pregnancy_id), wrong)
    db().commit()
    log_access(viewer(), "chart.read", pregnancy_id, part="sign")
    return page


def _signed(version: Version, birthplace: str | None) -> str:
    text = f"Version {version.number} er skrevet under"
    return f"{text} og sendt." if birthplace else f"{text}. Den er ikke sendt til et fødested."


@blueprint.get("/graviditet/<pregnancy_id>/resume")
@for_users("consult")
def resume(pregnancy_id: str) -> str:
    """A text put together from the confirmed facts, to edit, take over, or copy into the clinic's own system."""
    found = open_record(pregnancy_id)
    log_access(viewer(), "chart.read", pregnancy_id, part="resume")
    return _resume_page(found, resume_text(found))


def _resume_page(found: Opened, text: str) -> str:
    return render_template("clinic/resume.html", **frame(found), text=text, there=text_of(found.chart, "resume"))


@blueprint.post("/graviditet/<pregnancy_id>/resume")
@for_users("consult")
def take_resume(pregnancy_id: str) -> Response | str:
    """Takes the text over; or puts one of the clinic's phrases after it, with what is known, and shows it again."""
    text = (request.form.get("text") or "").replace("\r\n", "\n").strip()[:4000]
    found = open_record(pregnancy_id)
    phrase = next((one for one in found.way.phrases if one.name == request.form.get("phrase")), None)
    if phrase:
        page = _resume_page(found, "\n".join(filter(None, (text, filled(phrase, phrase_values(found))))))
        db().commit()
        log_access(viewer(), "chart.read", pregnancy_id, part="resume")
        return page
    if text:
        decisions.correct(
            db(), viewer=viewer(), at=now(), pregnancy_id=pregnancy_id, item_id="resume", answer=Answer("value", text)
        )
    return to("consultation", "f-resume", pregnancy_id=pregnancy_id, section_id="vurdering")
