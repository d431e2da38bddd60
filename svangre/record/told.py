"""When she was shown whom to call: from the access log, which says how many boxes it was and never which."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre.record.models import AuditEntry

ACTION = "urgent.shown"


def whom_to_call(session: Session, pregnancy_id: str) -> tuple[datetime, int] | None:
    """The latest time that a box was new to her, and how many she saw then. The caller may see the pregnancy."""
    query = select(AuditEntry.at, AuditEntry.detail).where(
        AuditEntry.pregnancy_id == pregnancy_id, AuditEntry.action == ACTION
    )
    row = session.execute(query.order_by(AuditEntry.seq.desc()).limit(1)).first()
    return (row.at, json.loads(row.detail)["boxes"]) if row else None
