"""The worker's side of the outbox: a delivery is leased, then finished, put off or handed back.

Any number of workers on any number of machines do this on one database: a leased row is skipped by the others, and a
worker that died leaves a lease that runs out. So each delivery happens at least once.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from svangre.record import audit
from svangre.record.models import Delivery

LEASE = timedelta(minutes=5)
TRIES = 12  # about 14 hours, so that a night without a mail server kills nothing
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)


def take(session: Session, at: datetime) -> Delivery | None:
    """Leases the next due delivery and commits.

    Of one pregnancy and purpose they leave in the order they were written: a later one waits for an earlier that is
    waiting, in somebody's hand, or dead. The clock may have been set back: what was due when it was written is due,
    and a lease that ends later than any could is no lease. Spans are counted in UTC: a Danish day can have 25 hours.
    """
    at = at.astimezone(UTC)
    earlier = aliased(Delivery)
    is_behind = exists().where(
        earlier.pregnancy_id == Delivery.pregnancy_id,
        earlier.purpose == Delivery.purpose,
        earlier.state.in_(("waiting", "dead")),
        earlier.id < Delivery.id,
    )
    query = (
        select(Delivery)
        .where(
            Delivery.state == "waiting",
            or_(Delivery.due_at <= at, and_(Delivery.tries == 0, Delivery.due_at <= Delivery.created_at)),
            or_(Delivery.lease_until.is_(None), Delivery.lease_until <= at, Delivery.lease_until > at + LEASE),
            ~is_behind,
        )
        .order_by(Delivery.due_at)  # the index gives this order: the first that fits is enough
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    while (delivery := session.scalar(query)) is not None:
        if delivery.tries < TRIES:
            delivery.lease_until, delivery.tries = at + LEASE, delivery.tries + 1
            session.commit()
            return delivery
        # Whoever took it never came back, again and again: it must not take every worker with it.
        delivery.state, delivery.error, delivery.lease_until = "dead", delivery.error or "NoEnd", None
        session.commit()
    session.rollback()
    return None


def _in_hand(session: Session, delivery_id: str) -> Delivery | None:
    """The row as it is now; None when it was planned anew meanwhile."""
    return session.get(Delivery, delivery_id, populate_existing=True, with_for_update=True)


def finish(session: Session, delivery_id: str, at: datetime, *, sent: bool, receipt: dict[str, Any]) -> None:
    """It has left, or (not `sent`) it was no longer wanted. A receipt is kept with it and stands in the access log."""
    if delivery := _in_hand(session, delivery_id):
        delivery.state, delivery.done_at = ("done" if sent else "cancelled"), at
        delivery.lease_until = delivery.error = None
        if receipt:
            delivery.content = {**delivery.content, "receipt": receipt}
            audit.write(
                session,
                viewer=audit.PROGRAM,
                at=at,
                action=f"{delivery.purpose}.provide",
                pregnancy_id=delivery.pregnancy_id,
                why="administration",
                delivery=delivery.id,
            )
    session.commit()


def put_off(session: Session, delivery_id: str, at: datetime, error: str, *, is_final: bool = False) -> str:
    """It failed: tried again after a growing, jittered wait, or dead when refused for good or tried often enough.

    Returns its state. `error` is the class of the error, never its text.
    """
    delivery = _in_hand(session, delivery_id)
    state = ""
    if delivery and delivery.state == "waiting":
        delivery.lease_until, delivery.error = None, error
        if is_final or delivery.tries >= TRIES:
            delivery.state = "dead"
        else:
            at = at.astimezone(UTC)
            wait = min(FIRST_WAIT * 2 ** min(delivery.tries - 1, TRIES), LONGEST_WAIT)
            delivery.due_at = at + wait + wait * secrets.randbelow(1000) / 4000  # not all at once after an outage
        state = delivery.state
    session.commit()
    return state


def hand_back(session: Session, delivery_id: str) -> None:
    """The worker has to stop before the end: the next one takes it up at once, and the try does not count."""
    delivery = _in_hand(session, delivery_id)
    if delivery and delivery.state == "waiting":
        delivery.lease_until, delivery.tries = None, max(0, delivery.tries - 1)
    session.commit()


def counts(session: Session) -> dict[tuple[str, str], int]:
    """How many deliveries by (purpose, state)."""
    query = select(Delivery.purpose, Delivery.state, func.count()).group_by(Delivery.purpose, Delivery.state)
    return {(purpose, state): number for purpose, state, number in session.execute(query)}


def oldest_due(session: Session, at: datetime) -> datetime | None:
    """Since when the longest-waiting due delivery has been due: the measure of a worker that lags or is away."""
    return session.scalar(select(func.min(Delivery.due_at)).where(Delivery.state == "waiting", Delivery.due_at <= at))
