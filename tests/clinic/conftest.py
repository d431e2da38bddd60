"""A clinic with two doctors and a secretary, another clinic, two birth places with midwives, and a woman who has sent
her answers. `sign_in(name)` gives a browser in which that user is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from forms import CATALOGUE
from svangre.catalogue import Answer
from svangre.config import DENMARK, Settings
from svangre.policy import Viewer
from svangre.record import queries
from svangre.record.actions import answers, pregnancies
from svangre.record.chart import Chart
from svangre.record.models import Birthplace, Clinic, Pregnancy, User
from svangre.web import signed_in
from tests.builders import PRF_COMPLETE
from tests.conftest import TODAY
from tests.pages import CheckedClient

AT = datetime(2026, 11, 24, 9, 0, tzinfo=DENMARK)
CPR = "1504909996"

# What PRF needs and the rest of an ordinary form, as she answers it.
HERS: dict[str, Any] = {
    **{key: value for key, value in PRF_COMPLETE.items() if "woman" in CATALOGUE[key].who},
    "phone": "20000000",
    "last_period": "2026-09-26",
    "cycle_days": {"low": 28, "high": 28},
    "current_symptoms": ["none"],
    "given_birth_before": "no",
    "pregnant_before_without_birth": "no",
    "allergy": "no",
    "consent_to_send": "yes",
    "what_matters": "At vi tager os god tid",
}


@dataclass
class World:
    """Who and what there is; `viewer("holm")` is the doctor. Reading ends its transaction: the pages write too."""

    session: Session
    settings: Settings
    viewers: dict[str, Viewer]
    pregnancy_id: str
    birthplaces: dict[str, str]

    def viewer(self, username: str) -> Viewer:
        return self.viewers[username]

    def chart(self, pregnancy_id: str | None = None) -> Chart:
        self.session.rollback()
        pregnancy = self.session.get_one(Pregnancy, pregnancy_id or self.pregnancy_id, populate_existing=True)
        chart = queries.whole_chart(self.session, pregnancy, drafts=True)
        self.session.rollback()
        return chart

    def pregnancy(self, pregnancy_id: str | None = None) -> Pregnancy:
        self.session.rollback()
        found = self.session.get_one(Pregnancy, pregnancy_id or self.pregnancy_id, populate_existing=True)
        self.session.expunge(found)
        self.session.rollback()
        return found

    def new(self, cpr: str, name: str, hers: Mapping[str, Any] | None = None, *, submit: bool = True) -> str:
        """A woman of the clinic; with `hers` she has answered (and sent, unless `submit` is false)."""
        made = pregnancies.create_pregnancy(
            self.session, viewer=self.viewer("lone"), at=AT, cpr_number=cpr, name=name, visit_on=TODAY,
            visit_time="10:00", doctor_id=self.viewer("holm").id,
        )  # fmt: skip
        if hers is not None:
            self.answer(made.id, hers)
            if submit:
                answers.submit(self.session, viewer=her(made.id), at=AT, pregnancy_id=made.id)
        return made.id

    def answer(self, pregnancy_id: str, hers: Mapping[Any, Any]) -> None:
        """What she answers: item id (or item and row) to value or Answer."""
        given = {
            (key if isinstance(key, tuple) else (key, None)): value
            if isinstance(value, Answer)
            else Answer("value", value)
            for key, value in hers.items()
        }
        answers.save_answers(
            self.session, viewer=her(pregnancy_id), at=self.settings.now(), pregnancy_id=pregnancy_id, answers=given
        )  # fmt: skip


def her(pregnancy_id: str) -> Viewer:
    return Viewer(pregnancy_id, "woman", pregnancy_id=pregnancy_id)


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with app.extensions["write"]() as session:
        clinic = Clinic(
            name="Lægehuset Testvænget", sor="123451000016001", ydernummer="000000", region="midtjylland",
            phone="70000001", address="Testvænget 1", is_demo=True,
        )  # fmt: skip
        other = Clinic(
            name="Et andet lægehus", sor="123451000016002", ydernummer="000001", region="midtjylland",
            phone="70000002", address="Andetvej 1", is_demo=True,
        )  # fmt: skip
        north = Birthplace(name="Fødestedet Demo Nord", sor="1", has_inbox=True, is_demo=True)
        south = Birthplace(name="Fødestedet Demo Syd", sor="2", has_inbox=True, is_demo=True)
        session.add_all([clinic, other, north, south])
        session.flush()
        users = {
            name: User(
                username=name, role=role, name=f"Testperson {name}", initials=name[:2].upper(), password_hash="-",
                clinic_id=clinic_id, birthplace_id=birthplace_id,
            )
            for name, role, clinic_id, birthplace_id in (
                ("holm", "doctor", clinic.id, None),
                ("rask", "doctor", clinic.id, None),
                ("lone", "staff", clinic.id, None),
                ("fremmed", "doctor", other.id, None),
                ("ida", "midwife", None, north.id),
                ("else", "midwife", None, south.id),
            )
        }  # fmt: skip
        session.add_all(users.values())
        session.commit()
        viewers = {
            name: Viewer(one.id, one.role, one.name, one.initials, one.clinic_id, one.birthplace_id)  # type: ignore[arg-type]
            for name, one in users.items()
        }
        world = World(session, app.extensions["settings"], viewers, "", {"nord": north.id, "syd": south.id})
        world.pregnancy_id = world.new(CPR, "Testperson Nanna Berggreen", HERS)
        yield world


@pytest.fixture
def sign_in(app: Flask, world: World) -> Callable[[str], CheckedClient]:
    def sign_in(username: str) -> CheckedClient:
        user = world.session.get_one(User, world.viewer(username).id)
        token = signed_in.start(world.session, user=user, at=app.extensions["settings"].now())
        world.session.commit()
        client = app.test_client()
        client.set_cookie("svangre_user", token)
        assert isinstance(client, CheckedClient)
        return client

    return sign_in


@pytest.fixture
def doctor(sign_in: Callable[[str], CheckedClient]) -> CheckedClient:
    return sign_in("holm")


@pytest.fixture
def staff(sign_in: Callable[[str], CheckedClient]) -> CheckedClient:
    return sign_in("lone")


@pytest.fixture
def midwife(sign_in: Callable[[str], CheckedClient]) -> CheckedClient:
    return sign_in("ida")


def day(text: str) -> date:
    return date.fromisoformat(text)
