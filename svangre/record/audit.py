"""The access log: one row for every read and write of a record, hash-chained under the audit key.

A changed, missing or reordered row breaks the chain and is named by `verify`. `detail` holds ids and counts only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record.models import AuditEntry
from svangre.record.sealing import keyring

PROGRAM = Viewer(id="program", role="operator", name="Programmet")
START = "0" * 64


def write(
    session: Session,
    *,
    viewer: Viewer,
    at: datetime,
    action: str,
    pregnancy_id: str | None = None,
    why: str = "care",
    **detail: Any,
) -> None:
    """Adds a row in the caller's transaction. `why`: care, own (she herself), or administration."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(7)"))  # two writers must not fork the chain
    session.flush()
    last = session.execute(select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)).first()
    entry = AuditEntry(
        seq=last.seq + 1 if last else 1,
        at=at.astimezone(UTC).replace(microsecond=0),
        actor="woman" if viewer.is_woman else viewer.id,
        role=viewer.role,
        organisation=viewer.clinic_id or viewer.birthplace_id or "",
        pregnancy_id=pregnancy_id,
        action=action,
        why="own" if viewer.is_woman else why,
        address=viewer.address,
        detail=json.dumps(detail, sort_keys=True, default=str) if detail else "{}",
        previous=last.hash if last else START,
    )
    entry.hash = _hash(entry)
    session.add(entry)
    session.flush()


def has_read(session: Session, viewer: Viewer, pregnancy_id: str, *, since: datetime) -> bool:
    """Whether this person has read the record since then: a page that refreshes itself is no new reading."""
    query = select(AuditEntry.seq).where(
        AuditEntry.pregnancy_id == pregnancy_id,
        AuditEntry.actor == viewer.id,
        AuditEntry.action == "chart.read",
        AuditEntry.at > since,
    )
    return session.scalar(query.limit(1)) is not None


def _hash(entry: AuditEntry) -> str:
    fields = [
        entry.seq, entry.at.astimezone(UTC).isoformat(), entry.actor, entry.role, entry.organisation,
        entry.pregnancy_id, entry.action, entry.why, entry.address, entry.detail, entry.previous,
    ]  # fmt: skip
    canonical = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(keyring().audit_key, canonical.encode(), hashlib.sha256).hexdigest()


def verify(session: Session) -> Iterator[str]:
    """Every fault in the chain, a line each, with the row's number; nothing when it is whole."""
    previous, expected = START, 1
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=1000)):
        if entry.seq != expected:
            yield f"row {expected} to {entry.seq - 1}: missing"
        elif entry.previous != previous:
            yield f"row {entry.seq}: does not follow row {entry.seq - 1}"
        if entry.hash != _hash(entry):
            yield f"row {entry.seq}: changed"
        previous, expected = entry.hash, entry.seq + 1
