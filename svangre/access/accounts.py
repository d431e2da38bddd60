"""Making clinics and local accounts, from the command line and the administrator's pages."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from svangre.access.passwords import hash_password
from svangre.policy import CLINIC_ROLES, Viewer
from svangre.record import audit
from svangre.record.actions.transaction import require, transaction
from svangre.record.errors import NotYours
from svangre.record.models import Birthplace, Clinic, Pregnancy, SignIn, User

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
    viewer: Viewer = audit.PROGRAM,
) -> User:
    """A local account; the administrator makes those of the own clinic.

    Raises:
        BadAccount: name taken, password too short, or no such clinic or birth place.
    """
    if viewer is not audit.PROGRAM:
        require(viewer, "administer")
        clinic_id, birthplace_sor = viewer.clinic_id, None
        if role not in CLINIC_ROLES:
            raise NotYours
    _long_enough(password)
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
    if birthplace:
        birthplace.has_inbox = True  # from now on somebody there reads it
    audit.write(session, viewer=viewer, at=at, action="user.create", why="administration", user=user.id, role=role)
    return user


def _long_enough(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise BadAccount(f"Adgangskoden skal have mindst {SHORTEST_PASSWORD} tegn.")


def new_password() -> str:
    """One to be handed over and changed: letters and digits that do not look like each other."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(16))


def _own(session: Session, viewer: Viewer, user_id: str) -> User:
    require(viewer, "administer")
    user = session.scalar(
        select(User).where(User.id == user_id, User.clinic_id == viewer.clinic_id).with_for_update()
    )  # fmt: skip
    if user is None:
        raise NotYours
    return user


def _end_sign_ins(session: Session, user_id: str, at: datetime) -> None:
    session.execute(update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None)).values(ended_at=at))


@transaction
def disable_user(session: Session, *, viewer: Viewer, at: datetime, user_id: str) -> None:
    """Signs the user out everywhere and lets nobody in with the account; what it did stays under its name.

    Raises:
        BadAccount: oneself, since the clinic would be left without its administrator.
    """
    user = _own(session, viewer, user_id)
    if user.id == viewer.id:
        raise BadAccount("Du kan ikke lukke din egen adgang. En anden administrator kan.")
    if user.disabled_at is None:
        user.disabled_at = at
        _end_sign_ins(session, user.id, at)
        audit.write(session, viewer=viewer, at=at, action="user.disable", why="administration", user=user.id)


@transaction
def enable_user(session: Session, *, viewer: Viewer, at: datetime, user_id: str) -> None:
    user = _own(session, viewer, user_id)
    if user.disabled_at is not None:
        user.disabled_at = None
        audit.write(session, viewer=viewer, at=at, action="user.enable", why="administration", user=user.id)


@transaction
def reset_password(session: Session, *, viewer: Viewer, at: datetime, user_id: str) -> str:
    """Gives the user a new password, shown once, and ends the sign-ins made with the old one."""
    user, password = _own(session, viewer, user_id), new_password()
    user.password_hash = hash_password(password)
    _end_sign_ins(session, user.id, at)
    audit.write(session, viewer=viewer, at=at, action="user.reset_password", why="administration", user=user.id)
    return password


@transaction
def change_password(session: Session, *, viewer: Viewer, at: datetime, new: str) -> None:
    """One's own password, after the old one was checked. Ends every sign-in of the account, also the present one.

    Raises:
        BadAccount: too short.
    """
    user = session.get_one(User, viewer.id)
    _long_enough(new)
    user.password_hash = hash_password(new)
    _end_sign_ins(session, user.id, at)
    audit.write(session, viewer=viewer, at=at, action="user.change_password", why="administration", user=user.id)


CLINIC_DATA = ("name", "sor", "ydernummer", "region", "phone", "address", "hours")


@transaction
def change_clinic(session: Session, *, viewer: Viewer, at: datetime, data: Mapping[str, Any]) -> None:
    """The own clinic's data, as letters, documents and her pages show them."""
    require(viewer, "administer")
    clinic = session.get_one(Clinic, viewer.clinic_id)
    changed = [name for name in CLINIC_DATA if name in data and data[name] != getattr(clinic, name)]
    for name in changed:
        setattr(clinic, name, data[name])
    if changed:
        audit.write(session, viewer=viewer, at=at, action="clinic.change", why="administration", changed=changed)


@transaction
def add_birthplace(session: Session, *, viewer: Viewer, at: datetime, name: str, sor: str, email: str) -> Birthplace:
    """A birth place for the list that doctors choose from, which is common to the clinics of an installation. It has an
    inbox here from the day that a midwife of it has an account.

    Raises:
        BadAccount: that SOR number is in the list.
    """
    require(viewer, "administer")
    if session.scalar(select(Birthplace.id).where(Birthplace.sor == sor)):
        raise BadAccount("Fødestedet med det SOR-nummer er på listen.")
    birthplace = Birthplace(name=name, sor=sor, email=email)
    session.add(birthplace)
    session.flush()
    audit.write(session, viewer=viewer, at=at, action="birthplace.add", why="administration", birthplace=birthplace.id)
    return birthplace


@transaction
def change_birthplace(
    session: Session, *, viewer: Viewer, at: datetime, birthplace_id: str, name: str, email: str, is_active: bool
) -> None:
    """Name, address for notices, and whether doctors may choose it. Who it is (SOR) stays.

    Raises:
        NotYours: no such birth place.
    """
    require(viewer, "administer")
    birthplace = session.get(Birthplace, birthplace_id)
    if birthplace is None:
        raise NotYours
    data = {"name": name, "email": email, "is_active": is_active}
    changed = [key for key, value in data.items() if value != getattr(birthplace, key)]
    for key in changed:
        setattr(birthplace, key, data[key])
    if changed:
        audit.write(
            session, viewer=viewer, at=at, action="birthplace.change", why="administration",
            birthplace=birthplace_id, changed=changed,
        )  # fmt: skip


@transaction
def hand_over_cases(session: Session, *, viewer: Viewer, at: datetime, from_id: str, to_id: str) -> int:
    """Gives one doctor's open pregnancies to another of the same clinic; returns how many."""
    require(viewer, "administer")
    doctors = select(func.count()).where(User.id.in_((from_id, to_id)), User.clinic_id == viewer.clinic_id)
    if session.scalar(doctors.where(User.role == "doctor")) != len({from_id, to_id}) or from_id == to_id:
        raise NotYours
    moved = session.scalars(
        select(Pregnancy)
        .where(
            Pregnancy.clinic_id == viewer.clinic_id, Pregnancy.doctor_id == from_id, Pregnancy.ended_on.is_(None)
        )
        .with_for_update()
    ).all()  # fmt: skip
    for pregnancy in moved:
        pregnancy.doctor_id = to_id
        pregnancy.touch(at)
        audit.write(
            session, viewer=viewer, at=at, action="pregnancy.hand_over_case", pregnancy_id=pregnancy.id,
            why="administration", **{"from": from_id, "to": to_id},
        )  # fmt: skip
    return len(moved)
