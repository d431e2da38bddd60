"""The birth place's side of a handover: opened, acknowledged, asked about; and the clinic's answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import audit, queries
from svangre.record.actions.transaction import require, transaction
from svangre.record.errors import NotYours
from svangre.record.ids import is_id
from svangre.record.models import Handover, Message, Pregnancy, Version


@transaction
def open_handover(session: Session, *, viewer: Viewer, at: datetime, handover_id: str) -> None:
    """The unit has opened it: a receipt for the clinic, and a line in the access log each time."""
    require(viewer, "see_inbox")
    handover = queries.handover(session, viewer, handover_id)
    handover.opened_at = handover.opened_at or at
    audit.write(
        session, viewer=viewer, at=at, action="handover.open", pregnancy_id=handover.pregnancy_id, handover=handover_id
    )


@transaction
def acknowledge(session: Session, *, viewer: Viewer, at: datetime, handover_id: str) -> None:
    """Received and read. Twice is the same as once."""
    require(viewer, "acknowledge")
    handover = _locked(session, viewer, handover_id)
    if handover.acknowledged_at is None:
        handover.acknowledged_at, handover.acknowledged_by = at, viewer.id
        _stage(session, handover, at)
        audit.write(
            session,
            viewer=viewer,
            at=at,
            action="handover.acknowledge",
            pregnancy_id=handover.pregnancy_id,
            handover=handover_id,
        )


@transaction
def assign(session: Session, *, viewer: Viewer, at: datetime, handover_id: str, user_id: str | None) -> None:
    """A colleague of the unit takes it, or nobody any more (None).

    Raises:
        NotYours: not a midwife of this unit.
    """
    require(viewer, "acknowledge")
    handover = _locked(session, viewer, handover_id)
    if user_id is not None and user_id not in {user.id for user in queries.colleagues(session, viewer)}:
        raise NotYours
    if handover.assigned_to != user_id:
        handover.assigned_to = user_id
        audit.write(
            session,
            viewer=viewer,
            at=at,
            action="handover.assign",
            pregnancy_id=handover.pregnancy_id,
            handover=handover_id,
            to=user_id,
        )


@transaction
def ask(session: Session, *, viewer: Viewer, at: datetime, handover_id: str, text: str, message_id: str) -> None:
    """A question back to the clinic. `message_id`, made with the page, makes a double click one message."""
    require(viewer, "ask")
    _say(session, viewer, at, handover_id, text, message_id, from_birthplace=True)


@transaction
def reply(session: Session, *, viewer: Viewer, at: datetime, handover_id: str, text: str, message_id: str) -> None:
    """The clinic's answer; the birth place's questions in the thread count as read."""
    require(viewer, "reply")
    _say(session, viewer, at, handover_id, text, message_id, from_birthplace=False)


def _locked(session: Session, viewer: Viewer, handover_id: str) -> Handover:
    """The handover, with its pregnancy held for writing: the clinic may be saving at the same time."""
    handover = queries.handover(session, viewer, handover_id)
    session.get_one(Pregnancy, handover.pregnancy_id, with_for_update=True)
    session.refresh(handover)
    return handover


def _say(
    session: Session,
    viewer: Viewer,
    at: datetime,
    handover_id: str,
    text: str,
    message_id: str,
    *,
    from_birthplace: bool,
) -> None:
    handover = _locked(session, viewer, handover_id)
    if said := session.get(Message, message_id):
        if (said.handover_id, said.by_id) != (handover_id, viewer.id):
            raise NotYours
        return
    if not is_id(message_id):
        raise NotYours
    session.add(
        Message(
            id=message_id,
            handover_id=handover_id,
            pregnancy_id=handover.pregnancy_id,
            from_birthplace=from_birthplace,
            by_id=viewer.id,
            at=at,
            text=text,
        )
    )
    session.execute(
        update(Message)
        .where(
            Message.handover_id == handover_id,
            Message.from_birthplace.is_(not from_birthplace),
            Message.read_at.is_(None),
        )
        .values(read_at=at)
    )
    session.flush()
    _stage(session, handover, at)
    audit.write(
        session,
        viewer=viewer,
        at=at,
        action="handover.ask" if from_birthplace else "handover.reply",
        pregnancy_id=handover.pregnancy_id,
        handover=handover_id,
    )


def _stage(session: Session, handover: Handover, at: datetime) -> None:
    pregnancy = session.get_one(Pregnancy, handover.pregnancy_id)
    pregnancy.stage = stage_of(session, pregnancy.id)
    pregnancy.touch(at)


def stage_of(session: Session, pregnancy_id: str) -> str:
    """Spørgsmål while one is open, on whichever handover; else how far the newest signed version has come."""
    open_question = session.scalar(
        select(Message.id).where(
            Message.pregnancy_id == pregnancy_id, Message.from_birthplace.is_(True), Message.read_at.is_(None)
        )
    )
    if open_question:
        return "question"
    newest = select(Version.id).where(Version.pregnancy_id == pregnancy_id).order_by(Version.number.desc()).limit(1)
    sent = session.scalars(select(Handover.acknowledged_at).where(Handover.version_id.in_(newest))).all()
    return "acknowledged" if any(sent) else "sent" if sent else "signed"
