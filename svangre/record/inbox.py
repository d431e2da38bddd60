"""Handovers as the birth place's inbox and the clinic's record list them, with versions, threads and names around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import cpr, queries
from svangre.record.models import Birthplace, Handover, Message, Pregnancy, User, Version, Woman
from svangre.record.sealing import keyring

Which = Literal["open", "mine", "asked", "acknowledged"]
PAGE = 60


@dataclass(frozen=True)
class Received:
    """A handover with the version that was handed over."""

    handover: Handover
    version: Version
    is_asked: bool  # the birth place waits for an answer


def _asked() -> ColumnElement[bool]:
    return (
        select(Message.id)
        .where(Message.handover_id == Handover.id, Message.from_birthplace.is_(True), Message.read_at.is_(None))
        .exists()
    )


def _condition(which: Which, viewer: Viewer) -> ColumnElement[bool]:
    if which == "asked":
        return _asked()
    if which == "mine":
        return and_(Handover.assigned_to == viewer.id, Handover.acknowledged_at.is_(None))
    return Handover.acknowledged_at.is_not(None) if which == "acknowledged" else Handover.acknowledged_at.is_(None)


def received(
    session: Session, viewer: Viewer, which: Which, *, before: str | None = None, ids: Sequence[str] | None = None
) -> list[Received]:
    """One page of the unit's handovers, those that nobody has opened first, then the newest. Replaced ones are out."""
    query = (
        queries.handovers(viewer)
        .join(Version, Version.id == Handover.version_id)
        .add_columns(Version, _asked())
        .where(Handover.replaced_at.is_(None))
    )
    query = query.where(Handover.id.in_(ids)) if ids is not None else query.where(_condition(which, viewer))
    if before:
        query = query.where(Handover.id < before, Handover.opened_at.is_not(None))
    rows = session.execute(query.order_by(Handover.opened_at.is_not(None), Handover.id.desc()).limit(PAGE))
    return [Received(handover, version, is_asked) for handover, version, is_asked in rows]


def one(session: Session, viewer: Viewer, handover_id: str) -> Received:
    """
    Raises:
        NotYours: not there, or not this unit's.
    """
    handover = queries.handover(session, viewer, handover_id)
    is_asked = session.scalar(select(_asked()).select_from(Handover).where(Handover.id == handover_id))
    return Received(handover, session.get_one(Version, handover.version_id), bool(is_asked))


def counts(session: Session, viewer: Viewer) -> dict[str, int]:
    """How many are new, and how many of each list."""
    mine = queries.handovers(viewer).where(Handover.replaced_at.is_(None))
    new = session.scalar(select(func.count()).select_from(mine.where(Handover.opened_at.is_(None)).subquery()))
    found = {"new": new or 0}
    for which in ("asked", "open", "mine"):
        number = session.scalar(select(func.count()).select_from(mine.where(_condition(which, viewer)).subquery()))
        found[which] = number or 0
    return found


def search(session: Session, viewer: Viewer, text: str) -> list[Received]:
    """By CPR number or part of the name, among the women handed over to the unit."""
    mine = queries.handovers(viewer).where(Handover.replaced_at.is_(None)).subquery()
    found = session.execute(
        select(mine.c.id, Woman)
        .join(Pregnancy, Pregnancy.id == mine.c.pregnancy_id)
        .join(Woman, Woman.id == Pregnancy.woman_id)
    ).all()
    try:
        index = keyring().blind_index("cpr", cpr.normalise(text))
        ids = [handover_id for handover_id, woman in found if woman.cpr_index == index]
    except cpr.BadCpr:
        words = text.casefold().split()
        ids = [handover_id for handover_id, woman in found if all(word in woman.name.casefold() for word in words)]
    return received(session, viewer, "open", ids=ids) if text.strip() else []


def threads(session: Session, viewer: Viewer, handovers: Sequence[Handover]) -> dict[str, list[Message]]:
    """The messages of handovers that the viewer has already been shown, oldest first."""
    found: dict[str, list[Message]] = {handover.id: [] for handover in handovers}
    for message in session.scalars(select(Message).where(Message.handover_id.in_(found)).order_by(Message.id)):
        found[message.handover_id].append(message)
    return found


def names(session: Session, user_ids: set[str | None]) -> dict[str, str]:
    rows = session.execute(select(User.id, User.name).where(User.id.in_({one for one in user_ids if one})))
    return dict(rows.all())


def birthplaces(session: Session) -> Sequence[Birthplace]:
    """Where a handover can be sent, by name."""
    return session.scalars(select(Birthplace).where(Birthplace.is_active.is_(True)).order_by(Birthplace.name)).all()


def birthplace_names(session: Session) -> dict[str, str]:
    return dict(session.execute(select(Birthplace.id, Birthplace.name)).all())
