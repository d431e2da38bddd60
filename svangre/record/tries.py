"""Tries at a code or a password, counted in the database: across restarts, processes and machines.

Each is counted before it is made, so that many sent at once are no way round; the right one forgets them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from svangre.record.errors import Resting
from svangre.record.models import Attempt
from svangre.record.sealing import keyring

FROM_ONE_ADDRESS = 100  # a clinic or a telephone company may share one


def count(session: Session, *, kind: str, subject: str, address: str, at: datetime, most: int, rest: timedelta) -> int:
    """Counts one try at a thing (a link, a user name) and returns how many are left after it. The caller holds the
    row of the thing, and commits.

    Raises:
        Resting: too many tries at this thing, or from this address.
    """
    names = [(keyring().digest(kind, subject), most)]
    if address:
        names.append((keyring().digest("address", address), FROM_ONE_ADDRESS))
    recent = {
        name: session.scalar(
            select(func.count()).select_from(Attempt).where(Attempt.subject == name, Attempt.at > at - rest)
        )
        or 0
        for name, _ in names
    }
    if any(recent[name] >= limit for name, limit in names):
        raise Resting
    for name, _ in names:
        session.add(Attempt(subject=name, at=at))
    return most - recent[names[0][0]] - 1


def forget(session: Session, *, kind: str, subject: str, address: str, at: datetime) -> None:
    """The right one was given: tries at this thing no longer count, and from the address all but this one do."""
    session.execute(delete(Attempt).where(Attempt.subject == keyring().digest(kind, subject)))
    session.execute(delete(Attempt).where(Attempt.subject == keyring().digest("address", address), Attempt.at == at))
