"""Create a pregnancy, move its appointment, correct the identity, end it and undo that."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from svangre.catalogue import Answer
from svangre.config import DENMARK
from svangre.policy import Viewer
from svangre.record import audit, cpr, outbox, queries
from svangre.record.actions.transaction import require, transaction
from svangre.record.errors import AlreadyOpen, Closed, NotAllowed, NotYours
from svangre.record.forms import FORM_VERSION
from svangre.record.models import AnswerRow, Delivery, Invitation, Pregnancy, User, Woman
from svangre.record.sealing import keyring

END_KINDS = {"ended": "Graviditeten er slut", "birth": "Født", "moved": "Flyttet til en anden læge"}
END_WORDS = {**END_KINDS, "merged": "Samlet med hendes andet forløb"}  # the last: see `actions.merging`


@transaction
def create_pregnancy(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    cpr_number: str,
    name: str,
    is_protected: bool = False,
    contact: dict[str, str] | None = None,
    language: str = "da",
    visit_on: date | None = None,
    visit_time: str | None = None,
    doctor_id: str | None = None,
    demo_key: str | None = None,
) -> Pregnancy:
    """A new pregnancy; the woman is found by her CPR number inside the clinic. `contact`: item id → text
    (phone, email, address), kept as the clinic's answers.

    Raises:
        BadCpr: not a CPR number.
        AlreadyOpen: she has an open pregnancy here (also what a double click gets).
        NotYours: a doctor of another clinic.
    """
    require(viewer, "create_pregnancy")
    number = cpr.normalise(cpr_number)
    index = keyring().blind_index("cpr", number)
    _check_doctor(session, viewer, doctor_id)
    here = select(Woman).where(Woman.clinic_id == viewer.clinic_id, Woman.cpr_index == index)
    woman = session.scalar(here.with_for_update())  # two presses at once must not open two
    if woman is None:
        woman = Woman(clinic_id=viewer.clinic_id, cpr_index=index, cpr=number, name=name, is_protected=is_protected)
        session.add(woman)
    else:
        if open_one := queries.open_pregnancy_of(session, woman.id):
            raise AlreadyOpen(open_one.id)
        woman.name, woman.is_protected = name, is_protected
    session.flush()
    pregnancy = Pregnancy(
        woman_id=woman.id,
        clinic_id=viewer.clinic_id,
        doctor_id=doctor_id,
        language=language,
        visit_on=visit_on,
        visit_time=visit_time,
        created_at=at,
        changed_at=at,
        demo_key=demo_key,
    )
    session.add(pregnancy)
    session.flush()
    for item_id, text in (contact or {}).items():
        if text:
            session.add(
                AnswerRow(
                    pregnancy_id=pregnancy.id,
                    item_id=item_id,
                    act="accepted",
                    giver="clinic",
                    typed_by=viewer.id,
                    at=at,
                    visibility="shared",
                    form_version=FORM_VERSION,
                    content=vars(Answer("value", text)),
                )
            )
    audit.write(session, viewer=viewer, at=at, action="pregnancy.create", pregnancy_id=pregnancy.id)
    return pregnancy


def _check_doctor(session: Session, viewer: Viewer, doctor_id: str | None) -> None:
    if doctor_id is None:
        return
    doctor = session.get(User, doctor_id)
    if doctor is None or (doctor.clinic_id, doctor.role) != (viewer.clinic_id, "doctor"):
        raise NotYours


@transaction
def move_appointment(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    pregnancy_id: str,
    visit_on: date | None,
    visit_time: str | None,
    doctor_id: str | None,
) -> None:
    """Changes day, time or doctor of the first consultation; a waiting reminder moves along.

    Raises:
        Closed: the pregnancy has ended. NotYours: a doctor of another clinic.
    """
    require(viewer, "create_pregnancy")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on:
        raise Closed
    _check_doctor(session, viewer, doctor_id)
    pregnancy.visit_on, pregnancy.visit_time, pregnancy.doctor_id = visit_on, visit_time, doctor_id
    pregnancy.touch(at)
    outbox.plan_reminder(session, pregnancy, at=at)
    audit.write(session, viewer=viewer, at=at, action="pregnancy.move", pregnancy_id=pregnancy.id)


@transaction
def correct_identity(
    session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, cpr_number: str, name: str, is_protected: bool
) -> None:
    """Replaces a replacement CPR number, or corrects number, name or protection, in one audited action.

    Raises:
        BadCpr: not a CPR number.
        AlreadyOpen: the number belongs to another woman here with an open pregnancy: a person must look at both.
    """
    require(viewer, "create_pregnancy")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    woman = session.get_one(Woman, pregnancy.woman_id)
    number = cpr.normalise(cpr_number)
    index = keyring().blind_index("cpr", number)
    other = session.scalar(
        select(Woman).where(Woman.clinic_id == viewer.clinic_id, Woman.cpr_index == index, Woman.id != woman.id)
    )
    if other is not None:
        open_one = queries.open_pregnancy_of(session, other.id)
        raise AlreadyOpen(open_one.id if open_one else pregnancy_id)
    changed = [
        what
        for what, old, new in (
            ("cpr", woman.cpr, number),
            ("name", woman.name, name),
            ("protection", woman.is_protected, is_protected),
        )
        if old != new
    ]
    woman.cpr, woman.cpr_index, woman.name, woman.is_protected = number, index, name, is_protected
    pregnancy.touch(at)
    audit.write(session, viewer=viewer, at=at, action="identity.correct", pregnancy_id=pregnancy.id, changed=changed)


@transaction
def end_pregnancy(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, kind: str) -> None:
    """Birth, move, or the end of the pregnancy: stops reminders and changes her pages at once. No reason is asked.

    Doing it twice is the same as once.
    """
    require(viewer, "end_pregnancy")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if kind not in END_KINDS or (viewer.is_woman and kind != "ended"):
        raise NotAllowed(kind)
    if pregnancy.ended_on is None:
        pregnancy.ended_on, pregnancy.end_kind = at.astimezone(DENMARK).date(), kind
        pregnancy.has_news = pregnancy.has_news or viewer.is_woman
        pregnancy.touch(at)
        session.execute(
            update(Delivery)
            .where(
                Delivery.pregnancy_id == pregnancy.id,
                Delivery.state.in_(("waiting", "dead")),
                Delivery.kind.in_(("sms", "email", "reminder")),
            )
            .values(state="cancelled")
        )
        audit.write(session, viewer=viewer, at=at, action="pregnancy.end", pregnancy_id=pregnancy.id, kind=kind)


@transaction
def reopen_pregnancy(session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str) -> None:
    """Undoes an ending made by mistake; a reminder is planned again.

    Raises:
        Closed: she has a newer open pregnancy.
        NotAllowed: she herself, of a birth or a move that the clinic has entered.
    """
    require(viewer, "end_pregnancy")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on is not None:
        if viewer.is_woman and pregnancy.end_kind != "ended":
            raise NotAllowed
        session.get_one(Woman, pregnancy.woman_id, with_for_update=True)
        if queries.open_pregnancy_of(session, pregnancy.woman_id):
            raise Closed
        pregnancy.ended_on = pregnancy.end_kind = None
        pregnancy.touch(at)
        outbox.plan_reminder(session, pregnancy, at=at)
        audit.write(session, viewer=viewer, at=at, action="pregnancy.reopen", pregnancy_id=pregnancy.id)


def open_invitation(session: Session, pregnancy_id: str, at: datetime) -> Invitation | None:
    """The invitation that works now, if any."""
    return session.scalar(
        select(Invitation)
        .where(Invitation.pregnancy_id == pregnancy_id, Invitation.revoked_at.is_(None), Invitation.expires_at > at)
        .order_by(Invitation.id.desc())
        .limit(1)
    )
