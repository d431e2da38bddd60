"""Two clinics, two birth places and a woman, for the specifications of the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from svangre.catalogue import Answer
from svangre.policy import Role, Viewer
from svangre.record import queries
from svangre.record.actions import answers, decisions, invitations, pregnancies, signing
from svangre.record.chart import Chart, Field
from svangre.record.models import AnswerRow, AuditEntry, Birthplace, Clinic, Pregnancy, User, Version

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
CPR, BORN, NAME = "0102933334", date(1993, 2, 1), "Amalie Sofie Holm"


@dataclass
class World:
    session: Session
    doctor: Viewer
    other_doctor: Viewer  # same clinic
    staff: Viewer
    stranger: Viewer  # doctor of another clinic
    midwife: Viewer
    other_midwife: Viewer
    admin: Viewer
    minutes: int = 0
    pregnancy: Pregnancy = field(init=False)

    def __post_init__(self) -> None:
        self.pregnancy = self.create()

    @property
    def at(self) -> datetime:
        """The next moment: a minute after the last."""
        self.minutes += 1
        return START + timedelta(minutes=self.minutes)

    @property
    def id(self) -> str:
        return self.pregnancy.id

    @property
    def her(self) -> Viewer:
        return Viewer(id=self.id, role="woman", pregnancy_id=self.id, address="192.0.2.1")

    def fresh(self) -> Pregnancy:
        """The pregnancy as it is in the database now."""
        return self.session.get_one(Pregnancy, self.id, populate_existing=True)

    def create(self, cpr: str = CPR, viewer: Viewer | None = None, **more: Any) -> Pregnancy:
        return pregnancies.create_pregnancy(
            self.session, viewer=viewer or self.staff, at=self.at, cpr_number=cpr, name=more.pop("name", NAME),
            visit_on=more.pop("visit_on", date(2026, 12, 1)), **more,
        )  # fmt: skip

    def invite(self, **more: Any) -> invitations.Sent:
        return invitations.invite(
            self.session, viewer=self.staff, at=self.at, pregnancy_id=self.id, base_url="https://svangre.test", **more
        )

    def save(self, viewer: Viewer | None = None, row: str | None = None, **values: Any) -> int:
        """Saves her answers; a value that is an Answer is kept as it is."""
        return answers.save_answers(
            self.session, viewer=viewer or self.her, at=self.at, pregnancy_id=self.id,
            answers={(item_id, row): as_answer(value) for item_id, value in values.items()},
        )  # fmt: skip

    def add_row(self, group: str, viewer: Viewer | None = None, **more: Any) -> str:
        return answers.add_row(
            self.session, viewer=viewer or self.her, at=self.at, pregnancy_id=self.id, group=group, **more
        )

    def submit(self, viewer: Viewer | None = None) -> datetime:
        return answers.submit(self.session, viewer=viewer or self.her, at=self.at, pregnancy_id=self.id)

    def accept(self, item_id: str, viewer: Viewer | None = None, **more: Any) -> None:
        decisions.accept(
            self.session, viewer=viewer or self.doctor, at=self.at, pregnancy_id=self.id, item_id=item_id, **more
        )

    def correct(self, item_id: str, value: Any, viewer: Viewer | None = None, **more: Any) -> None:
        decisions.correct(
            self.session, viewer=viewer or self.doctor, at=self.at, pregnancy_id=self.id, item_id=item_id,
            answer=as_answer(value), **more,
        )  # fmt: skip

    def see(self, item_id: str, visibility: Any, viewer: Viewer | None = None, **more: Any) -> None:
        decisions.set_visibility(
            self.session, viewer=viewer or self.doctor, at=self.at, pregnancy_id=self.id, item_id=item_id,
            visibility=visibility, reason="Aftalt med hende", **more,
        )  # fmt: skip

    def sign(self, **more: Any) -> Version:
        return signing.sign(
            self.session, viewer=more.pop("viewer", self.doctor), at=self.at, pregnancy_id=self.id, gm_version="0.1.0",
            prf_is_complete=more.pop("prf_is_complete", True), **more,
        )  # fmt: skip

    def amend(self, reason: str, **more: Any) -> Version:
        """The next version, which says something new: a weight, heavier by the number of the version."""
        self.correct("weight_today_kg", f"{70 + len(self.versions())}.0")
        return self.sign(reason=reason, **more)

    def versions(self) -> list[Version]:
        return list(queries.versions(self.session, self.doctor, self.id))

    def chart(self, viewer: Viewer | None = None) -> Chart:
        return queries.chart(self.session, viewer or self.doctor, self.fresh())

    def field(self, item_id: str, row: str | None = None, viewer: Viewer | None = None) -> Field:
        return self.chart(viewer).field(item_id, row)

    def rows(self, item_id: str) -> list[AnswerRow]:
        """Everything that was ever stored of an item, oldest first."""
        query = select(AnswerRow).where(AnswerRow.pregnancy_id == self.id, AnswerRow.item_id == item_id)
        return list(self.session.scalars(query.order_by(AnswerRow.id).execution_options(populate_existing=True)))

    def count(self, table: type) -> int:
        return self.session.scalar(select(func.count()).select_from(table)) or 0

    def log(self) -> list[str]:
        return list(self.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))


def as_answer(value: Any) -> Answer:
    return value if isinstance(value, Answer) else Answer("value", value)


def add_clinic(session: Session, name: str, sor: str) -> Clinic:
    clinic = Clinic(
        name=name, sor=sor, ydernummer="012345", region="midtjylland", phone="86123456", address="Gade 1, 8000 Aarhus"
    )  # fmt: skip
    session.add(clinic)
    session.flush()
    return clinic


def add_user(session: Session, role: Role, username: str, **where: str) -> Viewer:
    user = User(
        role=role, username=username, password_hash="-", name=f"Navn {username}", initials=username[:2].upper(), **where
    )
    session.add(user)
    session.flush()
    return Viewer(user.id, role, user.name, user.initials, user.clinic_id, user.birthplace_id, address="192.0.2.9")


@pytest.fixture
def world(session: Session) -> World:
    clinic, other = add_clinic(session, "Lægehuset", "1001"), add_clinic(session, "Den anden klinik", "1002")
    for number, name in ((1, "Fødestedet Nord"), (2, "Fødestedet Syd")):
        session.add(
            Birthplace(id=place(number), name=name, sor=f"200{number}", email="nord@example.org", has_inbox=True)
        )
    session.add(Birthplace(id=place(3), name="Fødestedet Øst", sor="2003"))
    session.flush()
    world = World(
        session,
        doctor=add_user(session, "doctor", "holm", clinic_id=clinic.id),
        other_doctor=add_user(session, "doctor", "rask", clinic_id=clinic.id),
        staff=add_user(session, "staff", "lone", clinic_id=clinic.id),
        stranger=add_user(session, "doctor", "fremmed", clinic_id=other.id),
        midwife=add_user(session, "midwife", "jord", birthplace_id=place(1)),
        other_midwife=add_user(session, "midwife", "moder", birthplace_id=place(2)),
        admin=add_user(session, "clinic_admin", "admin", clinic_id=clinic.id),
    )
    session.commit()
    return world


def place(number: int) -> str:
    """Id of a birth place; the third has no inbox here."""
    return f"01939f00-0000-7000-8000-00000000000{number}"
