"""What has left, what waits and what could not be delivered, as the clinic sees and handles it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import audit, queries
from svangre.record.actions.transaction import require, transaction
from svangre.record.errors import Closed, NotYours
from svangre.record.models import Delivery, Pregnancy

PAGE = 100
FOR_HER = ("sms", "email", "reminder")


def _of_clinic(viewer: Viewer) -> Select[Delivery]:
    own = queries.pregnancies(viewer).subquery()
    return select(Delivery).where(Delivery.pregnancy_id.in_(select(own.c.id)))


def troubled(session: Session, viewer: Viewer) -> Sequence[Delivery]:
    """Those that were given up, then those that have failed and will be tried again; the oldest first."""
    query = _of_clinic(viewer).where(
        or_(Delivery.state == "dead", and_(Delivery.state == "waiting", Delivery.error.is_not(None)))
    )
    return session.scalars(query.order_by(Delivery.state, Delivery.id).limit(PAGE)).all()


def dead_count(session: Session, viewer: Viewer) -> int:
    dead = _of_clinic(viewer).where(Delivery.state == "dead").subquery()
    return session.scalar(select(func.count()).select_from(dead)) or 0


def of_record(session: Session, viewer: Viewer, pregnancy_id: str) -> Sequence[Delivery]:
    """Everything that left or is to leave because of one pregnancy, newest first."""
    queries.pregnancy(session, viewer, pregnancy_id)
    query = select(Delivery).where(Delivery.pregnancy_id == pregnancy_id)
    return session.scalars(query.order_by(Delivery.id.desc()).limit(PAGE)).all()


@transaction
def send_again(session: Session, *, viewer: Viewer, at: datetime, delivery_id: str) -> Delivery:
    """One that failed is tried now, with all its tries before it.

    Raises:
        NotYours. Closed: the pregnancy has ended, and this was a message to her.
    """
    require(viewer, "invite")
    delivery = _found(session, viewer, delivery_id)
    pregnancy = session.get_one(Pregnancy, delivery.pregnancy_id)
    if pregnancy.ended_on and delivery.kind in FOR_HER:
        raise Closed
    if delivery.state == "dead" or (delivery.state == "waiting" and delivery.error):
        delivery.state, delivery.tries, delivery.due_at, delivery.error = "waiting", 0, at, None
        _log(session, viewer, at, "delivery.again", delivery)
    return delivery


@transaction
def give_up(session: Session, *, viewer: Viewer, at: datetime, delivery_id: str) -> Delivery:
    """One that failed shall not be sent: it is arranged another way. Later ones of its kind are free to go."""
    require(viewer, "invite")
    delivery = _found(session, viewer, delivery_id)
    if delivery.state == "dead" or (delivery.state == "waiting" and delivery.error):
        delivery.state, delivery.done_at = "cancelled", at
        _log(session, viewer, at, "delivery.give_up", delivery)
    return delivery


def _found(session: Session, viewer: Viewer, delivery_id: str) -> Delivery:
    delivery = session.scalar(_of_clinic(viewer).where(Delivery.id == delivery_id).with_for_update(of=Delivery))
    if delivery is None:
        raise NotYours
    return delivery


def _log(session: Session, viewer: Viewer, at: datetime, action: str, delivery: Delivery) -> None:
    audit.write(
        session,
        viewer=viewer,
        at=at,
        action=action,
        pregnancy_id=delivery.pregnancy_id,
        why="administration",
        delivery=delivery.id,
    )
