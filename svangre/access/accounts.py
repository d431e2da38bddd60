"""Making clinics and local accounts, from the command line and the administrator's pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre.access.passwords import hash_password
from svangre.record import audit
from svangre.record.actions.transaction import transaction
from svangre.record.models import Birthplace, Clinic, User

SHORTEST_PASSWORD = 12


class BadAccount(ValueError):
    """The account cannot be made; the text says why."""


@transaction
def create_clinic(
    session: Session, *, at: datetime, name: str, sor: str, ydernummer: str, region: str, phone: str, address: str
) -> Clinic:
    """A clinic, before anyone can sign in."""
    clinic = Clinic(name=name, sor=sor, ydernummer=ydernummer, region=region, phone=phone, address=address)
    session.add(clinic)
    audit.write(session, viewer=audit.PROGRAM, at=at, action="clinic.create", why="administration", clinic=clinic.id)
    return clinic


@transaction
def create_user(
    session: Session,
    *,
    at: datetime,
    role: str,
    username: str,
    name: str,
    initials: str,
    password: str,
    clinic_id: str | None = None,
    birthplace_sor: str | None = None,
) -> User:
    """A local account.

    Raises:
        BadAccount: name taken, password too short, or no such clinic or birth place.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise BadAccount(f"Adgangskoden skal have mindst {SHORTEST_PASSWORD} tegn.")
    username = username.strip().lower()
    if session.scalar(select(User.id).where(User.username == username)):
        raise BadAccount("Brugernavnet er taget.")
    birthplace = session.scalar(select(Birthplace).where(Birthplace.sor == birthplace_sor)) if birthplace_sor else None
    if (role == "midwife") != (birthplace is not None) or (
        role != "midwife" and not session.get(Clinic, clinic_id or "")
    ):
        raise BadAccount("Angiv klinikken (--clinic), eller for en jordemoder fødestedet (--birthplace).")
    user = User(
        role=role, username=username, name=name, initials=initials, password_hash=hash_password(password),
        clinic_id=None if birthplace else clinic_id, birthplace_id=birthplace.id if birthplace else None,
    )  # fmt: skip
    session.add(user)
    audit.write(
        session, viewer=audit.PROGRAM, at=at, action="user.create", why="administration", user=user.id, role=role
    )
    return user
