"""The worker: takes due deliveries from the outbox, one at a time, and makes the documents of signed versions.

Each is delivered at least once, and once by its key where the receiver keeps keys: stored documents, message files and
the national registry do; a mail server does not, so that an e-mail can come twice after a crash.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from svangre.config import Settings
from svangre.delivery import national
from svangre.fhir.documents import make_documents
from svangre.fhir.ips import ips_document
from svangre.logs import FIELDS
from svangre.national import BUILDS
from svangre.pdf.emergency import emergency_pdf
from svangre.pdf.handover import handover_pdf
from svangre.record import documents, leasing, messages, queries
from svangre.record.actions.pregnancies import open_invitation
from svangre.record.actions.signing import consent_is_refused
from svangre.record.chart import Chart
from svangre.record.models import Birthplace, Delivery, Handover, Pregnancy, Version
from svangre.senders import NotWanted, Refused, Sender, make_sender
from svangre.translations import speaking

POLL = 1.0  # seconds between looks at an empty outbox
log = logging.getLogger(__name__)

Receipt = dict[str, Any]


class Stopped(BaseException):
    """The time to finish the delivery in hand is over."""


class Worker:
    """Works off the outbox of one installation. `step` does one delivery; `run` goes on until stopped."""

    def __init__(
        self,
        settings: Settings,
        sessions: sessionmaker[Session],
        sender: Sender | None = None,
        registry: national.Registry | None = None,
    ) -> None:
        self.settings, self.sessions, self.sender = settings, sessions, sender or make_sender(settings)
        self.registry = registry or national.make_registry(settings)
        self.stopped = threading.Event()
        self._is_delivering = False

    def run(self) -> None:
        while not self.stopped.is_set():
            try:
                busy = self.step()
            except Stopped:
                return
            except Exception:  # the database may be away for a while; the worker outlives it
                log.exception("the outbox cannot be read")
                busy = False
            if not busy:
                self.stopped.wait(POLL)

    def give_up(self, _signal: int, _frame: FrameType | None) -> None:
        """Signal handler: ends the delivery in hand, which is handed back."""
        if self._is_delivering:
            raise Stopped

    def drain(self) -> int:
        """Does everything that is due; returns how many. For the demo and tests."""
        count = 0
        while self.step():
            count += 1
        return count

    def step(self) -> bool:
        """Does the next due delivery, if there is one."""
        with self.sessions() as session:
            delivery = leasing.take(session, self.settings.now())
            if delivery is None:
                return False
            self._is_delivering = True
            try:
                receipt, sent = self._deliver(session, delivery), True
            except NotWanted:
                receipt, sent = {}, False
            except Stopped:
                self._hand_back(delivery.id)
                raise
            except Exception as failure:  # whatever went wrong, it is tried again, and its class is kept
                self._put_off(session, delivery, failure)
                return True
            finally:
                self._is_delivering = False
            session.rollback()
            leasing.finish(session, delivery.id, self.settings.now(), sent=sent, receipt=receipt)
            log.info("delivery", extra={FIELDS: {"purpose": delivery.purpose, "sent": sent, "tries": delivery.tries}})
        return True

    def _put_off(self, session: Session, delivery: Delivery, failure: Exception) -> None:
        session.rollback()
        error, is_final = type(failure).__name__, isinstance(failure, Refused)
        state = leasing.put_off(session, delivery.id, self.settings.now(), error, is_final=is_final)
        fields = {"purpose": delivery.purpose, "tries": delivery.tries, "state": state}
        log.warning("delivery failed", exc_info=failure, extra={FIELDS: fields})

    def _hand_back(self, delivery_id: str) -> None:
        with self.sessions() as session:  # the other may stand in the middle of a statement
            leasing.hand_back(session, delivery_id)
        log.warning("delivery handed back")

    def _deliver(self, session: Session, delivery: Delivery) -> Receipt:
        handlers: dict[str, Callable[[Session, Delivery], Receipt | None]] = {
            "sms": self._message,
            "email": self._message,
            "reminder": self._reminder,
            "documents": self._documents,
            "national": self._national,
        }
        return handlers[delivery.kind](session, delivery) or {}

    def _message(self, session: Session, delivery: Delivery) -> None:
        content = delivery.content
        session.rollback()  # nothing is held while the message leaves
        self.sender.send(delivery.kind, delivery.key, content["to"], content["subject"], content["text"])

    def _reminder(self, session: Session, delivery: Delivery) -> None:
        """Only if she is still to answer, and by a way that she has not said no to."""
        at = self.settings.now()
        pregnancy = session.get_one(Pregnancy, delivery.pregnancy_id)
        is_late = pregnancy.visit_on is None or pregnancy.visit_on < at.date()
        has_link = open_invitation(session, pregnancy.id, at) is not None
        if pregnancy.ended_on or pregnancy.submitted_at or is_late or not has_link:
            raise NotWanted
        way = contact(queries.whole_chart(session, pregnancy, drafts=True))
        if way is None:
            raise NotWanted
        text = delivery.content["text"]
        with speaking(pregnancy.language):
            subject = messages.subject_to_her()
        session.rollback()
        self.sender.send(way[0], delivery.key, way[1], subject, text)

    def _documents(self, session: Session, delivery: Delivery) -> None:
        version = session.get_one(Version, delivery.content["version_id"])
        version_id = version.id
        missing = set(documents.MEDIA_TYPES) - documents.kinds(session, version_id)
        basis = gather(session, version)
        session.rollback()  # the write lock is not held while pages are laid out
        made = make(basis) if missing else {}
        offer = self.registry is not None and not consent_is_refused(basis.chart)
        documents.store(session, at=self.settings.now(), version_id=version_id, made=made, offer=offer)

    def _national(self, session: Session, delivery: Delivery) -> Receipt:
        if self.registry is None:
            raise NotWanted
        offer = national.prepare(session, delivery)
        session.rollback()  # nothing is held while the documents leave
        return self.registry.provide(offer)


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


@dataclass(frozen=True)
class Basis:
    """All that the documents of a signed version are made from, read before the making starts."""

    chart: Chart
    previous: Chart | None
    gm_version: str
    birthplace: str
    places: dict[str, str]  # name → SOR number


def gather(session: Session, version: Version) -> Basis:
    earlier = session.scalar(
        select(Version).where(Version.pregnancy_id == version.pregnancy_id, Version.number == version.number - 1)
    )
    birthplace = session.scalar(
        select(Birthplace.name)
        .join(Handover, Handover.birthplace_id == Birthplace.id)
        .where(Handover.version_id == version.id)
    )
    return Basis(
        chart=queries.version_chart(session, version),
        previous=queries.version_chart(session, earlier) if earlier else None,
        gm_version=version.gm_version,
        birthplace=birthplace or "",
        places=dict(session.execute(select(Birthplace.name, Birthplace.sor)).all()),
    )


def make(basis: Basis) -> dict[str, bytes]:
    """Every document of a signed version that can be made, from its frozen chart alone."""
    made = make_documents(basis.chart, BUILDS[basis.gm_version], basis.places)
    bundles = {kind.lower(): content for kind, content in made.bundles.items()}
    attachments: dict[str, Any] = {f"{kind}.json": content for kind, content in bundles.items()}
    handover = handover_pdf(basis.chart, birthplace=basis.birthplace, previous=basis.previous, attachments=attachments)
    hers = {"ips": ips_document(basis.chart), "emergency": emergency_pdf(basis.chart)}
    return {**bundles, "handover": handover, **hers}
