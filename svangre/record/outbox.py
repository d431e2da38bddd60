"""The outbox: what is to leave the program, written in the transaction that causes it. The worker delivers it.

No text here carries health content; link and code never stand in the same message.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from svangre.config import DENMARK
from svangre.record import messages
from svangre.record.models import Clinic, Delivery, Pregnancy
from svangre.translations import speaking

REMINDER_DAYS = 2  # before the visit, if she has not finished
REMINDER_HOUR = 10


def enqueue(
    session: Session,
    *,
    kind: str,
    purpose: str,
    key: str,
    at: datetime,
    content: dict[str, Any],
    pregnancy_id: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Adds a delivery; a key that is there already is left as it is (idempotent)."""
    if session.scalar(select(Delivery.id).where(Delivery.key == key)) is None:
        session.add(
            Delivery(
                kind=kind,
                purpose=purpose,
                key=key,
                created_at=at,
                due_at=due_at or at,
                content=content,
                pregnancy_id=pregnancy_id,
            )
        )


def plan_reminder(session: Session, pregnancy: Pregnancy, *, at: datetime) -> None:
    """Plans (or plans anew) the reminder `REMINDER_DAYS` before the visit, while her form is unfinished."""
    session.execute(
        delete(Delivery).where(
            Delivery.pregnancy_id == pregnancy.id,
            Delivery.purpose == "reminder",
            Delivery.state.in_(("waiting", "cancelled", "dead")),  # a cancelled one must not keep the key
        )
    )
    if pregnancy.visit_on is None or pregnancy.submitted_at or pregnancy.stage not in ("invited", "answering"):
        return
    due = datetime.combine(pregnancy.visit_on - timedelta(REMINDER_DAYS), time(REMINDER_HOUR), DENMARK)
    if due <= at:
        return
    clinic = session.get_one(Clinic, pregnancy.clinic_id)
    with speaking(pregnancy.language):
        text = messages.reminder(clinic.name, clinic.phone)
    enqueue(
        session,
        kind="reminder",
        purpose="reminder",
        key=f"reminder:{pregnancy.id}:{pregnancy.visit_on.isoformat()}",
        at=at,
        due_at=due,
        pregnancy_id=pregnancy.id,
        content={"text": text},
    )
