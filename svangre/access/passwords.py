"""Local accounts: argon2id hashes, and tries counted in the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre.policy import Viewer
from svangre.record import audit, tries
from svangre.record.models import User

HASHER = PasswordHasher()
TRIES = 10
REST = timedelta(minutes=15)


@cache
def _of_nobody() -> str:
    """Looked at for an unknown name, so that it takes as long as a wrong password."""
    return HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def check(session: Session, *, username: str, password: str, at: datetime, address: str) -> User | None:
    """The user, or None. The try is counted and committed before the password is looked at, which takes a while and
    must hold no lock.

    Raises:
        Resting: too many tries for this name, or from this address.
    """
    username = username.strip().lower()
    query = select(User).where(User.username == username, User.disabled_at.is_(None))
    user = session.scalar(query.with_for_update())
    tries.count(session, kind="password", subject=username, address=address, at=at, most=TRIES, rest=REST)
    session.commit()
    try:
        HASHER.verify(user.password_hash if user else _of_nobody(), password)
        is_right = user is not None
    except (VerificationError, InvalidHashError):
        is_right = False
    if not is_right or user is None:
        who = Viewer(id=user.id if user else "unknown", role="operator", address=address)
        audit.write(session, viewer=who, at=at, action="sign_in.refused", why="administration")
        session.commit()
        return None
    tries.forget(session, kind="password", subject=username, address=address, at=at)
    return user
