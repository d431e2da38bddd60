"""The access log: one row for every read and write of a record, hash-chained under the audit key.

A changed, missing or reordered row breaks the chain and is named by `verify`. So that rows cut off at the end are
missed too, the newest row is noted after every commit in a file beside the database (`keep_head`), under the same key.
`detail` holds ids and counts only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import String, event, select, text, type_coerce
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, SessionTransaction

from svangre.policy import Viewer
from svangre.record.models import AuditEntry
from svangre.record.sealing import keyring

PROGRAM = Viewer(id="program", role="operator", name="Programmet")
START = "0" * 64
PAGE = 1000  # rows read at a time by `verify`
SQLITE_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}")
log = logging.getLogger(__name__)


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
    entry.hash = _hash(
        [
            entry.seq, entry.at.isoformat(), entry.actor, entry.role, entry.organisation, entry.pregnancy_id,
            entry.action, entry.why, entry.address, entry.detail, entry.previous,
        ]
    )  # fmt: skip
    session.add(entry)
    session.flush()
    session.info["audit_head"] = Head(entry.seq, entry.hash)


def _hash(fields: Sequence[Any]) -> str:
    canonical = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(keyring().audit_key, canonical.encode(), hashlib.sha256).hexdigest()


def has_read(session: Session, viewer: Viewer, pregnancy_id: str, *, since: datetime) -> bool:
    """Whether this person has read the record since then: a page that refreshes itself is no new reading."""
    query = select(AuditEntry.seq).where(
        AuditEntry.pregnancy_id == pregnancy_id,
        AuditEntry.actor == viewer.id,
        AuditEntry.action == "chart.read",
        AuditEntry.at > since,
    )
    return session.scalar(query.limit(1)) is not None


@dataclass(frozen=True)
class Head:
    """A row of the log by number and hash. Everything before it hangs on it."""

    seq: int
    hash: str


BEGINNING = Head(0, START)


def verify(session: Session, after: Head = BEGINNING, head: Head | None = None) -> Iterator[str]:
    """Every fault in the chain after a row that is trusted, a line each, with the row's number; nothing when whole.
    `head`: a row that must be there, as it was noted when it was written."""
    previous: str | None = after.hash
    expected, seen = after.seq + 1, after.seq
    for seq, row in _rows(session, after.seq):
        if seq != expected:
            yield f"row {expected} to {seq - 1}: missing" if seq - expected > 1 else f"row {expected}: missing"
        elif row is not None and previous is not None and row[-2] != previous:
            yield f"row {seq}: does not follow row {seq - 1}"
        if row is None or _hash(row[:-1]) != row[-1]:
            yield f"row {seq}: changed"
        elif head and seq == head.seq and row[-1] != head.hash:
            yield f"row {seq}: is another than was written"
        previous, expected, seen = (row[-1] if row else None), seq + 1, seq
    if head and seen < head.seq:
        yield f"row {seen + 1} to {head.seq}: missing at the end"


def _rows(session: Session, after: int) -> Iterator[tuple[int, list[Any] | None]]:
    """Number and fields of each row as stored, hash last; None for a row that cannot be read."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    entry = AuditEntry.__table__.c
    columns = [
        entry.seq, type_coerce(entry.at, String) if on_sqlite else entry.at, entry.actor, entry.role,
        entry.organisation, entry.pregnancy_id, entry.action, entry.why, entry.address, entry.detail, entry.previous,
        entry.hash,
    ]  # fmt: skip

    def read(*which: Any) -> list[list[Any]]:
        return [list(row) for row in session.execute(select(*columns).where(*which).order_by(entry.seq))]

    while numbers := session.scalars(select(entry.seq).where(entry.seq > after).order_by(entry.seq).limit(PAGE)).all():
        try:
            page = read(entry.seq > after, entry.seq <= numbers[-1])
        except (SQLAlchemyError, UnicodeError):  # one of them holds bytes that are no text
            page = []
            for number in numbers:
                try:
                    page += read(entry.seq == number)
                except (SQLAlchemyError, UnicodeError):
                    page.append([number])
        for row in page:
            moment = _moment(row[1]) if len(row) > 1 else None
            yield row[0], [row[0], moment, *row[2:]] if moment else None
        after = numbers[-1]


def _moment(stored: datetime | str) -> str | None:
    """As it was hashed. SQLite keeps text, and many texts would be read as the same moment."""
    if isinstance(stored, datetime):
        return stored.astimezone(UTC).isoformat()
    try:
        return (
            datetime.fromisoformat(stored).replace(tzinfo=UTC).isoformat() if SQLITE_MOMENT.fullmatch(stored) else None
        )
    except ValueError:
        return None


# The head file: {"head": [seq, hash], "checked": [seq, hash], "mac": …}. `checked` is how far the chain was whole at
# the last start.
_path: list[Path] = []
_lock = threading.Lock()


def keep_head(path: Path | None) -> None:
    """From now on the newest row is noted in this file, if it is there; None: nowhere."""
    _path[:] = [path] if path else []


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    head = session.info.pop("audit_head", None)
    if head and _path:
        try:
            _note(_path[0], head)
        except OSError as error:  # the row itself is safe; a later one is noted with it
            log.warning("audit.head: %s", type(error).__name__)


@event.listens_for(Session, "after_transaction_end")
def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop("audit_head", None)


def _note(path: Path, head: Head) -> None:
    with _lock:
        stored = _read(path)
        if not isinstance(stored, str) and stored[0].seq < head.seq:
            _write(path, head, stored[1])


def _mac(head: Head, checked: Head) -> str:
    return keyring().digest("audit.head", json.dumps([head.seq, head.hash, checked.seq, checked.hash]))


def _write(path: Path, head: Head, checked: Head) -> None:
    part = path.with_suffix(".part")
    stored = {"head": [head.seq, head.hash], "checked": [checked.seq, checked.hash], "mac": _mac(head, checked)}
    part.write_text(json.dumps(stored))
    part.replace(path)


def _read(path: Path) -> tuple[Head, Head] | str:
    """Head and checkpoint, or what is wrong with the file."""
    try:
        stored = json.loads(path.read_text())
        head, checked = Head(*stored["head"]), Head(*stored["checked"])
        if hmac.compare_digest(stored["mac"], _mac(head, checked)):
            return head, checked
        return f"{path.name}: changed"
    except FileNotFoundError:
        return f"{path.name}: missing (on a new machine, after a look at the log: flask audit anchor)"
    except (ValueError, KeyError, TypeError):
        return f"{path.name}: changed"


def _is_empty(session: Session) -> bool:
    return session.scalar(select(AuditEntry.seq).limit(1)) is None


def verify_lines(session: Session) -> list[str]:
    """The whole log and its head: a line a fault. For `flask audit verify`."""
    stored = _read(_path[0]) if _path else (None, None)
    if isinstance(stored, str):
        faults = list(verify(session))
        return faults if _is_empty(session) and not _path[0].exists() else [stored, *faults]
    return list(verify(session, head=stored[0]))


def verify_new(session: Session) -> list[str]:
    """What was added since the last whole check, at start-up; when it is whole it need not be read at the next one.
    A head file is made for an empty log alone: later its absence is a fault that must be seen."""
    if _is_empty(session) and not _path[0].exists():
        _write(_path[0], BEGINNING, BEGINNING)
    stored = _read(_path[0])
    if isinstance(stored, str):
        return [stored]
    head, checked = stored
    faults = list(verify(session, checked, head))
    if checked.seq and session.scalar(select(AuditEntry.hash).where(AuditEntry.seq == checked.seq)) != checked.hash:
        faults.insert(0, f"row {checked.seq}: is another than was written")
    if not faults:
        with _lock:
            _write(_path[0], head, head)
    return faults


def anchor(session: Session, *, at: datetime) -> None:
    """Starts a head file knowingly: on a new machine, or when the old one is lost. Stands in the log."""
    newest = session.execute(select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)).first()
    with _lock:
        _write(_path[0], Head(newest.seq, newest.hash) if newest else BEGINNING, BEGINNING)
    write(session, viewer=PROGRAM, at=at, action="audit.anchor", why="administration")
    session.commit()
