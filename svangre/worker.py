"""The worker: takes due deliveries from the outbox, one at a time, and makes the documents of signed versions.

Deliveries are leased, so that one killed in the middle is taken up again: each is at least once, and once by its key
where the receiver keeps keys (stored documents and message files do).
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased, sessionmaker

from svangre.config import Settings
from svangre.fhir.documents import make_documents
from svangre.national import BUILDS
from svangre.pdf.handover import handover_pdf
from svangre.record import documents, queries
from svangre.record.actions.pregnancies import open_invitation
from svangre.record.chart import Chart
from svangre.record.models import Birthplace, Delivery, Handover, Pregnancy, Version
from svangre.senders import Sender, make_sender

LEASE = timedelta(minutes=5)
TRIES = 8
FIRST_WAIT = timedelta(seconds=30)
POLL = 1.0  # seconds between looks at an empty outbox
log = logging.getLogger(__name__)


def take(session: Session, at: datetime) -> Delivery | None:
    """Leases the next due delivery. Order is kept per pregnancy: a later one waits for the earlier."""
    earlier = aliased(Delivery)
    is_behind = exists().where(
        earlier.pregnancy_id == Delivery.pregnancy_id,
        earlier.state == "waiting",
        earlier.id < Delivery.id,
        or_(earlier.due_at <= at, earlier.tries > 0),  # due, or put off after a failure; not one planned for later
    )
    query = (
        select(Delivery)
        .where(
            Delivery.state == "waiting",
            Delivery.due_at <= at,
            or_(Delivery.lease_until.is_(None), Delivery.lease_until <= at),
            ~is_behind,
        )
        .order_by(Delivery.due_at, Delivery.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    delivery = session.scalar(query)
    if delivery is not None:
        delivery.lease_until = at + LEASE
        delivery.tries += 1
        session.commit()
    else:
        session.rollback()
    return delivery


class Worker:
    """Works off the outbox of one installation. `step` does one delivery; `run` goes on until stopped."""

    def __init__(self, settings: Settings, sessions: sessionmaker[Session], sender: Sender | None = None) -> None:
        self.settings, self.sessions, self.sender = settings, sessions, sender or make_sender(settings)
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                busy = self.step()
            except Exception as error:  # the database may be away for a while; the worker outlives it
                log.warning("outbox: %s", type(error).__name__)
                busy = False
            if not busy:
                self.stopped.wait(POLL)

    def drain(self) -> int:
        """Does everything that is due; returns how many. For the demo and tests."""
        count = 0
        while self.step():
            count += 1
        return count

    def step(self) -> bool:
        """Does the next due delivery, if there is one."""
        at = self.settings.now()
        with self.sessions() as session:
            delivery = take(session, at)
            if delivery is None:
                return False
            try:
                self._deliver(session, delivery, at)
                state, error = "done", None
            except Exception as failure:  # whatever went wrong, it is tried again, and its class is kept
                session.rollback()
                state, error = "waiting", type(failure).__name__
            self._close(session, delivery.id, state, error, at)
        return True

    def _close(self, session: Session, delivery_id: str, state: str, error: str | None, at: datetime) -> None:
        delivery = session.get(Delivery, delivery_id, populate_existing=True, with_for_update=True)
        if delivery is None:  # a reminder that was planned anew meanwhile
            session.rollback()
            return
        delivery.lease_until, delivery.error = None, error
        if delivery.state == "waiting" and state == "done":
            delivery.state, delivery.done_at = "done", at
        elif delivery.state == "waiting":
            log.warning("delivery %s: %s, try %d", delivery.purpose, error, delivery.tries)
            if delivery.tries >= TRIES:
                delivery.state = "dead"
            else:
                wait = FIRST_WAIT * 2 ** (delivery.tries - 1)
                delivery.due_at = at + wait + wait * secrets.randbelow(100) / 400
        session.commit()

    def _deliver(self, session: Session, delivery: Delivery, at: datetime) -> None:
        handlers: dict[str, Callable[[Session, Delivery, datetime], None]] = {
            "sms": self._message,
            "email": self._message,
            "reminder": self._reminder,
            "documents": self._documents,
        }
        handlers[delivery.kind](session, delivery, at)

    def _message(self, session: Session, delivery: Delivery, at: datetime) -> None:
        content = delivery.content
        session.rollback()  # nothing is held while the message leaves
        self.sender.send(delivery.kind, delivery.key, content["to"], content["subject"], content["text"])

    def _reminder(self, session: Session, delivery: Delivery, at: datetime) -> None:
        """Only if she is still to answer, and by a way that she has not said no to."""
        pregnancy = session.get_one(Pregnancy, delivery.pregnancy_id)
        if pregnancy.ended_on or pregnancy.submitted_at or open_invitation(session, pregnancy.id, at) is None:
            return
        chart = queries.whole_chart(session, pregnancy, drafts=True)
        way = contact(chart)
        text = delivery.content["text"]
        session.rollback()
        if way:
            kind, to = way
            self.sender.send(kind, delivery.key, to, "Besked fra din læge", text)

    def _documents(self, session: Session, delivery: Delivery, at: datetime) -> None:
        version = session.get_one(Version, delivery.content["version_id"])
        missing = {"prf", "pscr", "pmr", "handover"} - documents.kinds(session, version.id)
        made = make(session, version) if missing else {}
        session.rollback()  # rendering is done: the write transaction is short
        documents.store(session, at=at, version_id=version.id, made=made)


def contact(chart: Chart) -> tuple[str, str] | None:
    """How a message may reach her: text message or e-mail, within her safe-contact instruction; None: by no message."""

    def answer(item_id: str) -> object:
        given = chart.field(item_id).counts
        return given.answer.value if given else None

    safe = chart.field("safe_contact").counts
    if safe and safe.answer.state != "not_answered" and safe.answer.value != "yes":  # also "ask the doctor"
        return None
    ways = [("email", "email")] if answer("sms_allowed") == "no" else [("phone", "sms"), ("email", "email")]
    return next(((kind, str(answer(item_id))) for item_id, kind in ways if answer(item_id)), None)


def make(session: Session, version: Version) -> dict[str, bytes]:
    """Every document of a signed version that can be made, from the snapshot alone."""
    chart = queries.version_chart(session, version)
    places = dict(session.execute(select(Birthplace.name, Birthplace.sor)).all())
    made = make_documents(chart, BUILDS[version.gm_version], places)
    bundles = {kind.lower(): content for kind, content in made.bundles.items()}
    earlier = session.scalar(
        select(Version).where(Version.pregnancy_id == version.pregnancy_id, Version.number == version.number - 1)
    )
    birthplace = session.scalar(
        select(Birthplace.name)
        .join(Handover, Handover.birthplace_id == Birthplace.id)
        .where(Handover.version_id == version.id)
    )
    attachments: dict[str, Any] = {f"{kind}.json": content for kind, content in bundles.items()}
    handover = handover_pdf(
        chart,
        birthplace=birthplace or "",
        previous=queries.version_chart(session, earlier) if earlier else None,
        attachments=attachments,
    )
    return {**bundles, "handover": handover}
