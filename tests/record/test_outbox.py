"""Whom a message may reach, and what the worker makes of a signed version. Leases and tries: tests/durability."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from svangre import worker
from svangre.catalogue import Answer
from svangre.config import Settings
from svangre.record import documents
from svangre.record.actions import invitations, pregnancies
from svangre.record.database import make_sessions
from svangre.record.models import Delivery, Document
from tests.record.conftest import START, World

DAY_BEFORE = datetime.fromisoformat("2026-11-29T10:00:00+01:00")  # two days before the visit


class Sender:
    """Keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []

    def send(self, kind: str, key: str, to: str, subject: str, text: str) -> None:
        self.sent.append((kind, key, to))


class Clock:
    """Settings with a clock that the test moves."""

    def __init__(self, settings: Settings, at: datetime) -> None:
        self.settings, self.at = settings, at

    def now(self) -> datetime:
        return self.at

    def __getattr__(self, name: str) -> object:
        return getattr(self.settings, name)


@pytest.fixture
def sender() -> Sender:
    return Sender()


@pytest.fixture
def clock(settings: Settings) -> Clock:
    return Clock(settings, START + timedelta(hours=1))


@pytest.fixture
def work(world: World, clock: Clock, sender: Sender) -> worker.Worker:
    sessions = make_sessions(world.session.get_bind())  # type: ignore[arg-type]
    return worker.Worker(clock, sessions, sender)  # type: ignore[arg-type]


def deliveries(world: World) -> list[Delivery]:
    world.session.rollback()  # SQLite: leaves the write lock to the worker
    query = select(Delivery).order_by(Delivery.id).execution_options(populate_existing=True)
    found = list(world.session.scalars(query))
    world.session.rollback()
    return found


# Reminders


def remind(world: World, work: worker.Worker, clock: Clock, sender: Sender) -> list[tuple[str, str]]:
    world.session.rollback()
    clock.at = DAY_BEFORE
    work.drain()
    return [(kind, to) for kind, key, to in sender.sent if key.startswith("reminder")]


def test_she_is_reminded_once(world: World, work: worker.Worker, clock: Clock, sender: Sender) -> None:
    world.correct("phone", "20123456")
    world.session.get_one(type(world.pregnancy), world.id).stage = "created"  # a contact detail is no consultation
    world.session.commit()
    world.invite()
    assert remind(world, work, clock, sender) == [("sms", "20123456")]
    assert remind(world, work, clock, sender) == [("sms", "20123456")]


@pytest.fixture
def invited(world: World) -> World:
    """Invited, and she has given telephone and e-mail in her unfinished form."""
    world.invite()
    world.save(phone="20123456", email="hun@example.org")
    return world


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, [("sms", "20123456")]),
        ({"safe_contact": "yes"}, [("sms", "20123456")]),
        ({"safe_contact": "no"}, []),
        ({"safe_contact": "only_like_this"}, []),
        ({"safe_contact": Answer("ask_doctor")}, []),
        ({"safe_contact": Answer("declines")}, []),
        ({"safe_contact": Answer("not_answered")}, [("sms", "20123456")]),
        ({"sms_allowed": "no"}, [("email", "hun@example.org")]),
        ({"sms_allowed": "no", "email": Answer("not_answered")}, []),
    ],
)
def test_a_reminder_goes_only_where_it_is_safe(
    invited: World, work: worker.Worker, clock: Clock, sender: Sender, answers: dict, expected: list
) -> None:
    if answers:
        invited.save(**answers)
    assert remind(invited, work, clock, sender) == expected


@pytest.mark.parametrize("what", ["ended", "submitted", "revoked", "moved away"])
def test_no_reminder_when_there_is_nothing_to_remind_of(
    invited: World, work: worker.Worker, clock: Clock, sender: Sender, what: str
) -> None:
    common = {"viewer": invited.staff, "at": invited.at, "pregnancy_id": invited.id}
    if what == "ended":
        pregnancies.end_pregnancy(invited.session, kind="ended", **common)
    elif what == "submitted":
        invited.submit()
    elif what == "revoked":
        invitations.revoke_invitation(invited.session, **common)
    else:
        pregnancies.move_appointment(invited.session, visit_on=None, visit_time=None, doctor_id=None, **common)
    assert remind(invited, work, clock, sender) == []


def test_the_worker_looks_again_before_it_sends(
    invited: World, work: worker.Worker, clock: Clock, sender: Sender
) -> None:
    """Also when the row still waits: ended in the same moment, by another process."""
    pregnancy = invited.fresh()
    pregnancy.ended_on = START.date()
    invited.session.commit()
    assert remind(invited, work, clock, sender) == []


# Documents


def test_documents_are_made_once_from_the_signed_version(
    world: World, work: worker.Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def make(basis: object) -> dict[str, bytes]:
        made.append(basis)
        return {"handover": b"%PDF-1.7 " + bytes([len(made)])}

    monkeypatch.setattr(worker, "make", make)
    version = world.sign()
    world.session.rollback()  # SQLite: the write lock is the worker's
    work.drain()
    assert documents.read(world.session, version.id, "handover") == (b"%PDF-1.7 \x01", "application/pdf")
    world.session.get_one(Delivery, deliveries(world)[0].id).state = "waiting"  # delivered again
    world.session.commit()
    work.drain()
    assert world.count(Document) == 1
    assert documents.read(world.session, version.id, "handover")[0].endswith(b"\x01")


def test_a_document_that_was_changed_is_not_served(
    world: World, work: worker.Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "make", lambda *_: {"prf": b"{}"})
    version = world.sign()
    world.session.rollback()
    work.drain()
    document = world.session.scalars(select(Document)).one()
    document.sha256 = "0" * 64
    world.session.commit()
    with pytest.raises(ValueError, match="hash"):
        documents.read(world.session, version.id, "prf")
