"""A clinic with one woman, and deliveries of hers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from svangre.config import DENMARK
from svangre.policy import Viewer
from svangre.record import outbox
from svangre.record.actions import pregnancies
from svangre.record.models import Birthplace, Clinic, Delivery, User

AT = datetime(2026, 11, 24, 9, 0, tzinfo=DENMARK)


@pytest.fixture
def doctor(session: Session) -> Viewer:
    clinic = Clinic(
        name="Lægehuset Testvænget", sor="123451000016001", ydernummer="000000", region="midtjylland",
        phone="70000001", address="Testvænget 1", is_demo=True,
    )  # fmt: skip
    session.add(clinic)
    session.flush()
    place = Birthplace(name="Fødestedet Demo Nord", sor="1", email="nord@example.org", has_inbox=True, is_demo=True)
    user = User(
        username="holm", role="doctor", name="Testperson Holm", initials="HO", password_hash="-", clinic_id=clinic.id
    )
    session.add_all([place, user])
    session.commit()
    return Viewer(user.id, "doctor", user.name, user.initials, clinic.id)


@pytest.fixture
def pregnancy_id(session: Session, doctor: Viewer) -> str:
    made = pregnancies.create_pregnancy(
        session, viewer=doctor, at=AT, cpr_number="1504909996", name="Testperson Nanna", visit_on=AT.date()
    )
    return made.id


@pytest.fixture
def post(session: Session, pregnancy_id: str) -> Callable[..., str]:
    """Puts an e-mail into the outbox; returns its id."""

    def post(key: str, *, purpose: str = "invitation", at: datetime = AT, **more: Any) -> str:
        outbox.enqueue(
            session, kind="email", purpose=purpose, key=key, at=at, pregnancy_id=pregnancy_id,
            content={"to": "hun@example.org", "subject": "Besked", "text": key}, **more,
        )  # fmt: skip
        session.commit()
        return session.query(Delivery).filter_by(key=key).one().id

    return post


def state(session: Session, delivery_id: str) -> Delivery:
    session.rollback()
    return session.get_one(Delivery, delivery_id, populate_existing=True)
