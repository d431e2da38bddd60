"""Signing: a frozen version, its documents and its way to a birth place. An amendment is the next version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre.config import DENMARK
from svangre.policy import Viewer
from svangre.record import audit, findings, forms, messages, outbox, queries
from svangre.record.actions import handovers
from svangre.record.actions.transaction import require, transaction
from svangre.record.chart import Chart, Signature
from svangre.record.errors import CannotSign, Closed, NoConsent, NotYours
from svangre.record.forms import FORM_VERSION
from svangre.record.ids import new_id
from svangre.record.models import Birthplace, Handover, Pregnancy, User, Version


@transaction
def sign(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    gm_version: str,
    prf_is_complete: bool,
    without_prf: bool = False,
    reason: str | None = None,
    birthplace_id: str | None = None,
    other_way: bool = False,
    seen_version: int | None = None,
) -> Version:
    """Freezes the chart as the next version and, with a birth place, hands it over in the same transaction.

    `prf_is_complete` comes from the FHIR room's list of what is missing; without it the doctor must say `without_prf`.
    `seen_version`: the pregnancy's counter that the page showed; a double click finds it moved on.

    Raises:
        CannotSign: PRF lacks entries and the doctor has not said so; an amendment without a reason; nothing new.
        NoConsent: a birth place was chosen but she has said no to sending.
    """
    require(viewer, "sign")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on:
        raise Closed
    if seen_version is not None and seen_version != pregnancy.version:
        raise CannotSign("stale")
    previous = newest(session, pregnancy_id)
    number = previous.number + 1 if previous else 1
    if not (prf_is_complete or without_prf):
        raise CannotSign("prf")
    if number > 1 and not (reason or "").strip():
        raise CannotSign("reason")
    version_id = new_id()
    signature = Signature(
        version_id=version_id,
        number=number,
        signed_at=at,
        signed_by=session.get_one(User, viewer.id).name,
        reason=reason,
        without_prf=not prf_is_complete,
        form_version=FORM_VERSION,
        gm_version=gm_version,
        rules_edition=at.astimezone(DENMARK).date().isoformat(),
    )
    chart = frozen(session, pregnancy, signature)
    if previous and says_the_same(session, previous, chart, gm_version):
        raise CannotSign("nothing")
    version = Version(
        id=version_id,
        pregnancy_id=pregnancy_id,
        number=number,
        signed_by=viewer.id,
        signed_at=at,
        without_prf=not prf_is_complete,
        form_version=FORM_VERSION,
        gm_version=gm_version,
        rules_edition=signature.rules_edition,
        snapshot=chart.to_json(),
        reason=reason,
    )
    forms.keep(session)
    session.add(version)
    session.flush()
    pregnancy.stage, pregnancy.has_news = "signed", False
    pregnancy.touch(at)
    outbox.enqueue(
        session,
        kind="documents",
        purpose="documents",
        key=f"documents:{version_id}",
        at=at,
        pregnancy_id=pregnancy_id,
        content={"version_id": version_id},
    )
    audit.write(
        session,
        viewer=viewer,
        at=at,
        action="version.sign",
        pregnancy_id=pregnancy_id,
        number=number,
        version=version_id,
    )
    if birthplace_id:
        _hand_over(session, viewer, at, pregnancy, version, chart, birthplace_id, other_way)
    return version


def newest(session: Session, pregnancy_id: str) -> Version | None:
    return session.scalar(
        select(Version).where(Version.pregnancy_id == pregnancy_id).order_by(Version.number.desc()).limit(1)
    )


def says_the_same(session: Session, version: Version, chart: Chart, gm_version: str) -> bool:
    """Whether a new version would tell nothing that this one does not: no answer, decision, row, choice for the
    handover or identity has changed, nor the models that documents are made by."""
    old = queries.version_chart(session, version)
    same = [
        (one.fields, one.all_rows, set(one.handed_over), one.identity, one.clinic, one.consultation_on)
        for one in (old, chart)
    ]
    return same[0] == same[1] and (version.form_version, version.gm_version) == (FORM_VERSION, gm_version)


def frozen(session: Session, pregnancy: Pregnancy, signature: Signature | None) -> Chart:
    """The chart to be signed: everything, with the rules' result of that day and the findings to be handed over."""
    chart = queries.whole_chart(session, pregnancy, drafts=pregnancy.fetched_at is not None)
    day = signature.signed_on if signature else pregnancy.changed_at.date()
    return replace(
        chart,
        signature=signature,
        assessment=findings.assessment(chart, day),
        handed_over=findings.handed_over(session, pregnancy.id),
    )


@transaction
def hand_over(
    session: Session, *, viewer: Viewer, at: datetime, version_id: str, birthplace_id: str, other_way: bool = False
) -> Handover:
    """Sends a signed version to a birth place, or records that it was sent another way.

    Raises:
        NoConsent: she has said no to sending.
    """
    require(viewer, "hand_over")
    version = session.get(Version, version_id)
    if version is None:
        raise NotYours
    pregnancy = queries.pregnancy(session, viewer, version.pregnancy_id, lock=True)
    chart = queries.whole_chart(session, pregnancy, drafts=pregnancy.fetched_at is not None)
    return _hand_over(session, viewer, at, pregnancy, version, chart, birthplace_id, other_way)


def _hand_over(
    session: Session,
    viewer: Viewer,
    at: datetime,
    pregnancy: Pregnancy,
    version: Version,
    chart: Chart,
    birthplace_id: str,
    other_way: bool,
) -> Handover:
    birthplace = session.get(Birthplace, birthplace_id)
    if birthplace is None or not birthplace.is_active:
        raise NotYours
    if consent_is_refused(chart):
        raise NoConsent
    again = session.scalar(
        select(Handover).where(Handover.version_id == version.id, Handover.birthplace_id == birthplace_id)
    )
    if again:
        return again
    replaced = session.scalars(
        select(Handover).where(
            Handover.pregnancy_id == pregnancy.id,
            Handover.birthplace_id == birthplace_id,
            Handover.replaced_at.is_(None),
        )
    ).all()
    for earlier in replaced:
        earlier.replaced_at = at
    handover = Handover(
        pregnancy_id=pregnancy.id,
        version_id=version.id,
        birthplace_id=birthplace_id,
        sent_at=at,
        sent_by=viewer.id,
        other_way=other_way or not birthplace.has_inbox,
        assigned_to=next((earlier.assigned_to for earlier in replaced), None),
    )
    session.add(handover)
    session.flush()
    pregnancy.stage = handovers.stage_of(session, pregnancy.id)
    pregnancy.touch(at)
    if birthplace.email and not handover.other_way:
        outbox.enqueue(
            session,
            kind="email",
            purpose="handover_notice",
            key=f"handover:{handover.id}",
            at=at,
            pregnancy_id=pregnancy.id,
            content={"to": birthplace.email, "subject": messages.SUBJECT_OF_HANDOVER, "text": messages.HANDOVER},
        )
    audit.write(
        session,
        viewer=viewer,
        at=at,
        action="handover.send",
        pregnancy_id=pregnancy.id,
        handover=handover.id,
        birthplace=birthplace_id,
        other_way=handover.other_way,
    )
    return handover


def consent_is_refused(chart: Chart) -> bool:
    """Consent SAM-02 *nej*: nothing is sent; the record stays in the clinic until a later yes. What she said last
    holds, as the record stands now and not as it was signed."""
    one = chart.field("consent_to_send")
    given = one.hers if one.status == "new_from_her" else one.counts
    return given is not None and given.answer.value == "no"
