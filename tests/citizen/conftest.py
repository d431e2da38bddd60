"""A clinic, one invited woman and her telephone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from svangre.config import DENMARK
from svangre.policy import Viewer
from svangre.record.actions import invitations, pregnancies
from svangre.record.database import make_sessions
from svangre.record.models import AnswerRow, Birthplace, Clinic, Pregnancy, User
from tests.conftest import TODAY
from tests.pages import CheckedClient

BORN = {"day": "1", "month": "2", "year": "1993"}
CPR = "0102933334"


@dataclass
class Her:
    """The woman of these tests, as staff and she herself would reach her."""

    session: Session
    doctor: Viewer
    staff: Viewer
    pregnancy_id: str
    link: str
    code: str
    app: Flask

    @property
    def viewer(self) -> Viewer:
        return Viewer(id=self.pregnancy_id, role="woman", pregnancy_id=self.pregnancy_id)

    @property
    def at(self) -> datetime:
        return datetime.combine(TODAY, datetime.now(DENMARK).time(), DENMARK)

    def phone(self) -> CheckedClient:
        client = self.app.test_client()
        assert isinstance(client, CheckedClient)
        return client

    def signed_in(self) -> CheckedClient:
        """A telephone on which she has proved herself."""
        phone = self.phone()
        self.prove(phone)
        return phone

    def prove(self, phone: CheckedClient, **instead: str) -> TestResponse:
        return phone.submit(phone.get(self.link), {"code": self.code, **BORN, **instead}, form=self.link)

    def set(self, **columns: object) -> None:
        """Changes columns of her pregnancy as something elsewhere would."""
        self.session.rollback()
        self.session.execute(update(Pregnancy).where(Pregnancy.id == self.pregnancy_id).values(**columns))
        self.session.commit()

    def get(self, column: str) -> object:
        self.session.rollback()
        value = self.session.scalar(select(getattr(Pregnancy, column)).where(Pregnancy.id == self.pregnancy_id))
        self.session.rollback()
        return value

    def answers(self, item_id: str, row_id: str | None = None) -> list[tuple[str, object]]:
        """(state, value) of every stored row of an item, oldest first."""
        self.session.rollback()
        rows = self.session.scalars(
            select(AnswerRow)
            .where(AnswerRow.pregnancy_id == self.pregnancy_id, AnswerRow.item_id == item_id)
            .order_by(AnswerRow.id)
        ).all()
        found = [(row.content["state"], row.content["value"]) for row in rows if row_id in (None, row.row_id)]
        self.session.rollback()
        return found

    def stored(self, item_id: str) -> AnswerRow:
        self.session.rollback()
        row = self.session.scalars(
            select(AnswerRow)
            .where(AnswerRow.pregnancy_id == self.pregnancy_id, AnswerRow.item_id == item_id)
            .order_by(AnswerRow.id.desc())
        ).first()
        assert row is not None, f"{item_id} is not stored"
        self.session.expunge(row)
        self.session.rollback()
        return row


@pytest.fixture
def her(app: Flask) -> Iterator[Her]:
    session = make_sessions(app.extensions["engine"])()
    clinic = Clinic(
        name="Lægehuset Testvænget", sor="1234567890001", ydernummer="012345", region="hovedstaden",
        phone="70000001", address="Testvænget 1", is_demo=True,
    )  # fmt: skip
    birthplace = Birthplace(name="Fødestedet Demo Nord", sor="1234567890002", has_inbox=True, is_demo=True)
    session.add_all([clinic, birthplace])
    session.flush()
    users = [
        User(role=role, clinic_id=clinic.id, username=role, password_hash="x", name=name, initials=role[:2].upper())
        for role, name in (("doctor", "Øjvind Holm"), ("staff", "Lone Fyhn"))
    ]
    session.add_all(users)
    session.commit()
    doctor, staff = (
        Viewer(user.id, user.role, user.name, user.initials, clinic.id)  # type: ignore[arg-type]
        for user in users
    )
    at = datetime.combine(TODAY - timedelta(days=5), datetime.min.time(), DENMARK)
    pregnancy = pregnancies.create_pregnancy(
        session, viewer=staff, at=at, cpr_number=CPR, name="Testperson Amalie", visit_on=date(2026, 12, 1),
        visit_time="10:00",
    )  # fmt: skip
    sent = invitations.invite(session, viewer=staff, at=at, pregnancy_id=pregnancy.id, base_url="")
    yield Her(session, doctor, staff, pregnancy.id, sent.link, sent.code, app)
    session.close()


@pytest.fixture
def phone(her: Her) -> CheckedClient:
    """Her telephone, signed in."""
    return her.signed_in()
