"""National delivery against a recording receiver over HTTPS with client certificates."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from forms import CATALOGUE
from svangre.catalogue import Answer
from svangre.config import Settings
from svangre.delivery import national
from svangre.policy import Viewer
from svangre.record import documents, leasing
from svangre.record.actions import answers, decisions, signing
from svangre.record.models import AuditEntry, Delivery, Version
from svangre.worker import Worker
from tests.builders import PRF_COMPLETE
from tests.delivery.receiver import Answer as Said
from tests.delivery.receiver import Papers, Receiver, make_papers, receiving
from tests.durability.conftest import AT, doctor, post, pregnancy_id  # noqa: F401  # fixtures

KINDS = {"PRF", "PSCR", "PMR"}


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return make_papers(tmp_path_factory.mktemp("papers"))


@pytest.fixture
def receiver(papers: Papers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("SSL_CERT_FILE", str(papers.authority))
    with receiving(papers) as receiver:
        yield receiver


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svangre.worker.handover_pdf", lambda *_args, **_more: b"%PDF")


@pytest.fixture
def sign(session: Session, doctor: Viewer, pregnancy_id: str) -> Callable[..., Version]:  # noqa: F811
    """Signs the next version; `consent` is her answer to sending."""

    def sign(consent: str = "yes", reason: str | None = None) -> Version:
        her = Viewer(pregnancy_id, "woman", pregnancy_id=pregnancy_id)
        given = {**PRF_COMPLETE, "consent_to_send": consent, "last_period": "2026-09-26"}
        hers = {key: value for key, value in given.items() if "woman" in CATALOGUE[key].who}
        if reason is None:
            answers.save_answers(
                session, viewer=her, at=AT, pregnancy_id=pregnancy_id,
                answers={(key, None): Answer("value", value) for key, value in hers.items()},
            )  # fmt: skip
            answers.submit(session, viewer=her, at=AT, pregnancy_id=pregnancy_id)
            for key in given.keys() - hers.keys():
                decisions.correct(
                    session, viewer=doctor, at=AT, pregnancy_id=pregnancy_id, item_id=key,
                    answer=Answer("value", given[key]),
                )  # fmt: skip
        else:  # the amendment: a version that says something else
            decisions.correct(
                session, viewer=doctor, at=AT, pregnancy_id=pregnancy_id, item_id="height_cm",
                answer=Answer("value", 171),
            )  # fmt: skip
        return signing.sign(
            session, viewer=doctor, at=AT, pregnancy_id=pregnancy_id, gm_version="0.1.0", prf_is_complete=True,
            reason=reason,
        )  # fmt: skip

    return sign


@pytest.fixture
def work(session: Session, settings: Settings, papers: Papers, receiver: Receiver) -> Callable[..., None]:
    """Lets the worker do all that is due, `later` hours from now or with another certificate."""

    def work(certificate: Path | None = None) -> None:
        session.rollback()
        configured = replace(settings, mhd_url=receiver.url, mhd_cert=certificate or papers.client)
        Worker(configured, sessionmaker(session.get_bind(), expire_on_commit=False)).drain()

    return work


def national_delivery(session: Session) -> Delivery:
    session.rollback()
    session.expire_all()
    return session.scalars(select(Delivery).where(Delivery.kind == "national").order_by(Delivery.id.desc())).first()  # type: ignore[return-value]


def make_due(session: Session) -> None:
    """The wait after a failure is over."""
    delivery = national_delivery(session)
    delivery.due_at = AT - timedelta(days=1)
    session.commit()


def test_a_signed_version_arrives_whole_and_the_receipt_is_kept(
    session: Session, sign: Callable[..., Version], work: Callable[..., None], receiver: Receiver
) -> None:
    version = sign()
    work()
    assert set(receiver.current()) == KINDS
    assert receiver.clients == ["svangre"]
    sent = {documents.read(session, version.id, kind.lower())[0] for kind in KINDS}
    assert set(receiver.contents.values()) == sent
    delivery = national_delivery(session)
    assert delivery.state == "done"
    assert set(delivery.content["receipt"]["stored"].values()) == set(receiver.references)
    assert session.scalar(select(AuditEntry.seq).where(AuditEntry.action == "national.provide"))


def test_an_amendment_takes_the_place_of_what_was_there(
    session: Session, sign: Callable[..., Version], work: Callable[..., None], receiver: Receiver
) -> None:
    sign()
    work()
    first = set(receiver.references)
    sign(reason="Rettet medicin")
    work()
    assert {receiver.references[one]["status"] for one in first} == {"superseded"}
    replaced = {one["relatesTo"][0]["target"]["reference"] for one in receiver.current().values()}
    assert replaced == {f"DocumentReference/{one}" for one in first}
    assert len(receiver.submissions) == 2


def test_an_amendment_waits_for_the_version_before_it(
    session: Session, sign: Callable[..., Version], work: Callable[..., None], receiver: Receiver
) -> None:
    receiver.next_answers.append(lambda _said: (503, {}))
    sign()
    work()
    sign(reason="Rettet medicin")
    work()
    assert receiver.requests == 1
    for delivery in session.scalars(select(Delivery).where(Delivery.kind == "national")):
        delivery.due_at = AT - timedelta(days=1)
    session.commit()
    work()
    assert [one["status"] for one in receiver.references.values()] == ["superseded"] * 3 + ["current"] * 3


def test_a_lost_answer_is_asked_for_again_and_stored_once(
    session: Session, sign: Callable[..., Version], work: Callable[..., None], receiver: Receiver
) -> None:
    receiver.next_answers.append(lambda _said: None)
    sign()
    work()
    assert national_delivery(session).state == "waiting"
    make_due(session)
    work()
    assert (receiver.requests, len(receiver.submissions), len(receiver.references)) == (2, 1, 3)
    assert national_delivery(session).state == "done"


def _one_refused(said: Said) -> Said:
    entries = json.loads(json.dumps(said[1]["entry"]))
    entries[-1]["response"]["status"] = "422 Unprocessable"
    return 200, {**said[1], "entry": entries}


def _one_missing(said: Said) -> Said:
    return 200, {**said[1], "entry": said[1]["entry"][:-1]}


def _no_address(said: Said) -> Said:
    entries = json.loads(json.dumps(said[1]["entry"]))
    del entries[1]["response"]["location"]
    return 200, {**said[1], "entry": entries}


@pytest.mark.parametrize("answer", [_one_refused, _one_missing, _no_address, lambda _said: (200, "thanks")])
def test_an_answer_that_does_not_say_stored_of_every_entry_is_no_receipt(
    session: Session,
    sign: Callable[..., Version],
    work: Callable[..., None],
    receiver: Receiver,
    answer: Callable[[Said], Said],
) -> None:
    receiver.next_answers.append(answer)
    sign()
    work()
    delivery = national_delivery(session)
    assert (delivery.state, delivery.error) == ("waiting", "NotWhole")
    assert "receipt" not in delivery.content


@pytest.mark.parametrize(("status", "state"), [(422, "dead"), (400, "dead"), (503, "waiting"), (401, "waiting")])
def test_what_is_wrong_with_the_documents_is_left_to_a_person_and_the_rest_tried_again(
    session: Session,
    sign: Callable[..., Version],
    work: Callable[..., None],
    receiver: Receiver,
    status: int,
    state: str,
) -> None:
    receiver.next_answers.append(lambda _said: (status, {"resourceType": "OperationOutcome"}))
    sign()
    work()
    assert national_delivery(session).state == state


def test_without_the_right_certificate_nothing_arrives_and_nothing_is_lost(
    session: Session, sign: Callable[..., Version], work: Callable[..., None], receiver: Receiver, papers: Papers
) -> None:
    sign()
    work(papers.stranger)
    assert receiver.requests == 0
    assert national_delivery(session).state == "waiting"


def test_her_no_to_sending_holds_here_too(
    session: Session, sign: Callable[..., Version], work: Callable[..., None], receiver: Receiver
) -> None:
    sign(consent="no")
    work()
    assert receiver.requests == 0
    assert national_delivery(session) is None


def test_it_is_off_until_it_is_configured(session: Session, settings: Settings, sign: Callable[..., Version]) -> None:
    version = sign()
    session.rollback()
    Worker(settings, sessionmaker(session.get_bind(), expire_on_commit=False)).drain()
    assert documents.kinds(session, version.id) >= {"prf", "handover"}
    assert national_delivery(session) is None
    assert national.make_registry(settings) is None


def test_a_lease_is_longer_than_the_longest_call() -> None:
    assert leasing.LEASE.total_seconds() > 2 * national.TIMEOUT
