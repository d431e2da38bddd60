"""The outbox: nothing is lost, nothing overtakes, a failure is tried again, and a dead worker's lease runs out."""

from __future__ import annotations

import signal
import smtplib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from svangre.config import DENMARK, Settings
from svangre.policy import Viewer
from svangre.record import leasing, outbox
from svangre.record.actions import invitations, pregnancies
from svangre.record.models import Delivery, Pregnancy
from svangre.senders import FileSender, Refused, SmtpSender
from svangre.worker import Stopped, Worker
from tests.durability.conftest import AT, state

Post = Callable[..., str]
MINUTE = timedelta(minutes=1)


class Letters:
    """Keeps what it is given; fails with what stands in `failures` first."""

    def __init__(self, *failures: Exception) -> None:
        self.failures, self.sent = list(failures), list[str]()

    def send(self, kind: str, key: str, to: str, subject: str, text: str) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(text)


def worker(session: Session, settings: Settings, sender: Letters | SlowSender) -> Worker:
    session.rollback()
    return Worker(settings, sessionmaker(session.get_bind(), expire_on_commit=False), sender)


def take(session: Session, at: datetime = AT) -> str | None:
    session.rollback()
    delivery = leasing.take(session, at)
    return delivery.id if delivery else None


def test_what_is_caused_and_its_delivery_stand_or_fall_together(
    session: Session, doctor: Viewer, pregnancy_id: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("svangre.record.actions.invitations.audit.write", fail)
        with pytest.raises(RuntimeError):
            invitations.invite(
                session, viewer=doctor, at=AT, pregnancy_id=pregnancy_id, base_url="http://x", email_to="a@example.org"
            )
    assert session.scalar(select(func.count()).select_from(Delivery)) == 0


def test_the_same_key_is_one_delivery(session: Session, post: Post) -> None:
    assert post("invitation:1") == post("invitation:1")
    assert session.scalar(select(func.count()).select_from(Delivery)) == 1


def test_a_leased_one_is_nobody_elses_until_the_lease_runs_out(session: Session, post: Post) -> None:
    one = post("a")
    assert take(session) == one
    assert take(session, AT + leasing.LEASE - MINUTE) is None
    assert take(session, AT + leasing.LEASE) == one


@pytest.mark.parametrize("purpose", ["documents", "handover_notice"])
def test_of_one_purpose_none_overtakes_an_earlier_one(session: Session, post: Post, purpose: str) -> None:
    first, second = post("a", purpose=purpose), post("b", purpose=purpose)
    assert take(session) == first
    assert take(session) is None, "the first is in somebody's hand"
    leasing.put_off(session, first, AT, "OSError")
    assert take(session) is None, "the first waits for its next try"
    leasing.put_off(session, first, AT, "Refused", is_final=True)
    assert take(session, AT + timedelta(days=9)) is None, "the first is dead: a person must decide"
    leasing.finish(session, first, AT, sent=False, receipt={})
    assert take(session) == second


def test_another_purpose_does_not_wait(session: Session, post: Post) -> None:
    first, other = post("a"), post("b", purpose="code")
    assert take(session) == first
    leasing.put_off(session, first, AT, "OSError")
    assert take(session) == other


def test_failures_are_tried_again_with_growing_waits_and_then_left_to_a_person(session: Session, post: Post) -> None:
    one, at, waits = post("a"), AT, list[timedelta]()
    while take(session, at):
        if leasing.put_off(session, one, at, "OSError") == "dead":
            break
        due = state(session, one).due_at
        waits.append(due - at)
        at = due
    assert len(waits) == leasing.TRIES - 1
    steps = [min(leasing.FIRST_WAIT * 2**number, leasing.LONGEST_WAIT) for number in range(len(waits))]
    assert all(step <= wait <= step * 1.25 for step, wait in zip(steps, waits, strict=True))
    assert any(step != wait for step, wait in zip(steps, waits, strict=True)), "jitter"
    assert timedelta(hours=12) < sum(waits, timedelta()) < timedelta(days=2)


def test_one_that_takes_every_worker_with_it_is_left_to_a_person(session: Session, post: Post) -> None:
    one, other, at = post("a"), post("b", purpose="code"), AT
    leasing.finish(session, other, AT, sent=True, receipt={})
    for _ in range(leasing.TRIES):
        assert take(session, at) == one
        at += leasing.LEASE  # the worker is gone
    other = post("c", purpose="code", at=at)
    assert take(session, at) == other, "the next one is taken"
    assert (state(session, one).state, state(session, one).error) == ("dead", "NoEnd")


def test_a_failure_is_kept_as_its_class_alone(session: Session, settings: Settings, post: Post) -> None:
    one = post("a")
    Worker.step(worker(session, settings, Letters(OSError("hun@example.org is away"))))
    assert (state(session, one).error, state(session, one).state) == ("OSError", "waiting")


def test_what_is_refused_for_good_is_not_tried_again(session: Session, settings: Settings, post: Post) -> None:
    one = post("a")
    worker(session, settings, Letters(Refused())).step()
    assert (state(session, one).state, state(session, one).tries) == ("dead", 1)


def test_one_that_was_cancelled_in_the_workers_hand_stays_so_when_it_fails(session: Session, post: Post) -> None:
    one = post("a")
    take(session)
    state(session, one).state = "cancelled"
    session.commit()
    leasing.put_off(session, one, AT, "OSError")
    assert take(session, AT + timedelta(days=1)) is None


def test_the_end_of_the_pregnancy_cancels_what_waits_and_what_is_dead(
    session: Session, settings: Settings, doctor: Viewer, pregnancy_id: str, post: Post
) -> None:
    waiting, dead = post("a"), post("b", purpose="code")
    state(session, dead).state = "dead"
    session.commit()
    pregnancies.end_pregnancy(session, viewer=doctor, at=AT, pregnancy_id=pregnancy_id, kind="ended")
    worker(session, settings, letters := Letters()).drain()
    assert letters.sent == []
    assert {state(session, one).state for one in (waiting, dead)} == {"cancelled"}


def test_a_reminder_reaches_nobody_whose_visit_is_over(
    session: Session, settings: Settings, doctor: Viewer, pregnancy_id: str
) -> None:
    pregnancies.move_appointment(
        session,
        viewer=doctor,
        at=AT,
        pregnancy_id=pregnancy_id,
        visit_on=date(2026, 12, 1),
        visit_time=None,
        doctor_id=None,
    )
    invitations.invite(
        session, viewer=doctor, at=AT, pregnancy_id=pregnancy_id, base_url="http://x", email_to="hun@example.org"
    )
    session.commit()
    worker(session, settings, Letters()).drain()
    late = replace(settings, fixed_today=date(2026, 12, 2))  # the worker was away for a week
    worker(session, late, letters := Letters()).drain()
    assert letters.sent == []
    assert session.scalar(select(Delivery.state).where(Delivery.purpose == "reminder")) == "cancelled"


class TestTheClock:
    """The clock goes back by an hour, by hand or since somebody set it wrong before."""

    def test_what_is_due_when_written_leaves_at_once(self, session: Session, post: Post) -> None:
        one = post("a", at=AT + timedelta(hours=1))
        assert take(session, AT) == one

    def test_what_is_planned_for_later_still_waits(self, session: Session, post: Post) -> None:
        post("a", due_at=AT + timedelta(days=1))
        assert take(session, AT) is None

    def test_a_lease_from_the_future_holds_nothing_up(self, session: Session, post: Post) -> None:
        one = post("a", at=AT)
        assert take(session, AT + timedelta(hours=1)) == one
        assert take(session, AT) == one

    def test_the_night_of_25_hours_has_no_lease_of_an_hour(self, session: Session, post: Post) -> None:
        before = datetime(2026, 10, 25, 2, 58, tzinfo=DENMARK)
        one = post("a", at=before)
        take(session, before)
        assert state(session, one).lease_until == before.astimezone(UTC) + leasing.LEASE

    @pytest.mark.parametrize(
        ("visit", "due"),
        [
            (date(2027, 3, 29), datetime(2027, 3, 27, 9, tzinfo=UTC)),  # winter
            (date(2027, 3, 30), datetime(2027, 3, 28, 8, tzinfo=UTC)),  # the night has 23 hours
            (date(2027, 11, 2), datetime(2027, 10, 31, 9, tzinfo=UTC)),  # the night has 25
        ],
    )
    def test_a_reminder_comes_at_ten_in_summer_and_winter(
        self, session: Session, pregnancy_id: str, visit: date, due: datetime
    ) -> None:
        pregnancy = session.get_one(Pregnancy, pregnancy_id)
        pregnancy.visit_on, pregnancy.stage = visit, "invited"
        outbox.plan_reminder(session, pregnancy, at=AT)
        session.commit()
        assert session.scalar(select(Delivery.due_at)) == due


class SlowSender:
    """A mail server that takes its time."""

    def send(self, kind: str, key: str, to: str, subject: str, text: str) -> None:
        time.sleep(30)


def test_what_cannot_be_finished_in_time_is_handed_back(session: Session, settings: Settings, post: Post) -> None:
    one = post("a")
    slow = worker(session, settings, SlowSender())
    before = signal.signal(signal.SIGALRM, slow.give_up)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(Stopped):
            slow.step()
    finally:
        signal.signal(signal.SIGALRM, before)
    assert (state(session, one).lease_until, state(session, one).tries) == (None, 0)
    worker(session, settings, letters := Letters()).step()
    assert letters.sent == ["a"]


def test_the_same_key_is_one_message_file(settings: Settings) -> None:
    sender = FileSender(settings.data_dir / "outbox")
    for _ in range(2):
        sender.send("email", "invitation:1", "hun@example.org", "Besked", "Tekst")
    assert [path.name for path in (settings.data_dir / "outbox").iterdir()] == ["invitation-1.txt"]


@pytest.mark.parametrize(("code", "expected"), [(550, Refused), (450, smtplib.SMTPRecipientsRefused)])
def test_a_mail_servers_no_is_final_only_when_it_says_so(
    code: int, expected: type[Exception], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    class Server:
        def __enter__(self) -> Server:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def send_message(self, message: object) -> None:
            raise smtplib.SMTPRecipientsRefused({"hun@example.org": (code, b"no")})

    sender = SmtpSender("smtp://mail.example.org", FileSender(settings.data_dir))
    monkeypatch.setattr(sender, "_connect", lambda _host: Server())
    with pytest.raises(expected):
        sender.send("email", "key", "hun@example.org", "Besked", "Tekst")
