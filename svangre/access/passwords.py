"""Local accounts: argon2id hashes, and tries counted in the database."""

from __future__ import annotations

from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import audit
from svangre.record.errors import Resting
from svangre.record.models import Attempt, User
from svangre.record.sealing import keyring

HASHER = PasswordHasher()
NOBODY = HASHER.hash("nobody has this password")  # so that an unknown name takes as long as a wrong password
TRIES = 10
REST = timedelta(minutes=15)


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def check(session: Session, *, username: str, password: str, at: datetime, address: str) -> User | None:
    """The user, or None. Commits the count of a failed try.

    Raises:
        Resting: too many tries for this name.
    """
    subject = keyring().digest("password", username.strip().lower())
    recent = session.scalar(
        select(func.count()).select_from(Attempt).where(Attempt.subject == subject, Attempt.at > at - REST)
    )
    if (recent or 0) >= TRIES:
        raise Resting
    user = session.scalar(select(User).where(User.username == username.strip().lower(), User.disabled_at.is_(None)))
    try:
        HASHER.verify(user.password_hash if user else NOBODY, password)
        is_right = user is not None
    except (VerificationError, InvalidHashError):
        is_right = False
    if not is_right or user is None:
        session.add(Attempt(subject=subject, at=at))
        who = Viewer(id=user.id if user else "unknown", role="operator", address=address)
        audit.write(session, viewer=who, at=at, action="sign_in.refused", why="administration")
        session.commit()
        return None
    session.execute(delete(Attempt).where(Attempt.subject == subject))
    return user
