"""Signing, amending, handing over, and the birth place's side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from svangre.catalogue import Answer
from svangre.policy import Viewer
from svangre.record import queries
from svangre.record.actions import handovers, pregnancies, signing
from svangre.record.errors import CannotSign, Closed, NoConsent, NotAllowed, NotYours
from svangre.record.ids import new_id
from svangre.record.models import Delivery, Handover, Message, Version
from tests.record.conftest import World, place


@pytest.fixture
def ready(world: World) -> World:
    world.save(height_cm=168, consent_to_send="yes")
    world.submit()
    return world


def send(world: World, version: Version, number: int = 1, viewer: Viewer | None = None, **more: Any) -> Handover:
    return signing.hand_over(
        world.session, viewer=viewer or world.doctor, at=world.at, version_id=version.id, birthplace_id=place(number),
        **more,
    )  # fmt: skip


def acknowledge(world: World, handover: Handover, viewer: Viewer | None = None) -> None:
    handovers.acknowledge(
        world.session, viewer=viewer or world.midwife, at=world.at, handover_id=handover.id
    )  # fmt: skip


def ask(world: World, handover: Handover, viewer: Viewer | None = None, message_id: str | None = None) -> None:
    handovers.ask(
        world.session, viewer=viewer or world.midwife, at=world.at, handover_id=handover.id, text="Hvilken dosis?",
        message_id=message_id or new_id(),
    )  # fmt: skip


def reply(world: World, handover: Handover, viewer: Viewer | None = None, message_id: str | None = None) -> None:
    handovers.reply(
        world.session, viewer=viewer or world.doctor, at=world.at, handover_id=handover.id, text="400 µg",
        message_id=message_id or new_id(),
    )  # fmt: skip


def stage(world: World) -> str:
    return world.fresh().stage


# Signing


def test_a_signed_version_is_the_chart_of_that_moment(ready: World) -> None:
    ready.correct("safe_at_home", "yes")
    version = ready.sign()
    ready.correct("height_cm", 170)
    frozen = queries.version_chart(ready.session, version)
    assert frozen.value("height_cm") == 168
    assert frozen.value("safe_at_home") == "yes"  # whole, since amendments and documents are made from it
    assert frozen.signature
    assert (frozen.signature.number, frozen.signature.signed_by) == (1, "Navn holm")
    assert frozen.assessment
    assert stage(ready) == "signed"


def test_without_the_national_record_only_knowingly(ready: World) -> None:
    with pytest.raises(CannotSign, match="prf"):
        ready.sign(prf_is_complete=False)
    assert ready.count(Version) == 0
    assert ready.sign(prf_is_complete=False, without_prf=True).without_prf
    assert ready.count(Delivery) == 1


def test_saying_it_when_nothing_is_missing_signs_with_it(ready: World) -> None:
    assert not ready.sign(without_prf=True).without_prf


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_an_amendment_needs_a_reason(ready: World, reason: str | None) -> None:
    ready.sign()
    with pytest.raises(CannotSign, match="reason"):
        ready.sign(reason=reason)
    assert ready.amend("Blodtype kom").number == 2


def test_old_versions_stay_as_they_were(ready: World) -> None:
    first = ready.sign()
    before = first.snapshot
    ready.correct("height_cm", 170)
    ready.sign(reason="Højde rettet")
    ready.session.expire_all()
    stored = queries.versions(ready.session, ready.doctor, ready.id)
    assert [one.number for one in stored] == [2, 1]
    assert stored[1].snapshot == before
    assert [queries.version_chart(ready.session, one).value("height_cm") for one in stored] == [170, 168]


def test_pressed_twice_is_signed_once(ready: World) -> None:
    seen = ready.fresh().version
    ready.sign(seen_version=seen)
    with pytest.raises(CannotSign, match="stale"):
        ready.sign(seen_version=seen, reason="Dobbeltklik")
    assert ready.count(Version) == 1


def test_what_came_in_after_the_page_was_made_is_not_signed_unseen(ready: World) -> None:
    seen = ready.fresh().version
    ready.save(height_cm=190)
    with pytest.raises(CannotSign, match="stale"):
        ready.sign(seen_version=seen)


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("staff", NotAllowed),
        ("midwife", NotAllowed),
        ("her", NotAllowed),
        ("admin", NotAllowed),
        ("stranger", NotYours),
    ],
)
def test_only_the_clinics_doctor_signs(ready: World, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        ready.sign(viewer=getattr(ready, who))
    assert ready.count(Version) == 0


def test_signing_orders_the_documents_once_in_the_same_transaction(ready: World) -> None:
    version = ready.sign()
    (delivery,) = ready.session.scalars(select(Delivery).where(Delivery.purpose == "documents"))
    assert delivery.content == {"version_id": version.id}
    assert delivery.key == f"documents:{version.id}"


def test_an_ended_pregnancy_is_not_signed(ready: World) -> None:
    pregnancies.end_pregnancy(ready.session, viewer=ready.doctor, at=ready.at, pregnancy_id=ready.id, kind="birth")
    with pytest.raises(Closed):
        ready.sign()


def test_her_later_answers_are_not_lost_when_only_fetched(world: World) -> None:
    from svangre.record.actions.answers import fetch_form

    world.save(height_cm=168)
    fetch_form(world.session, viewer=world.doctor, at=world.at, pregnancy_id=world.id)
    assert queries.version_chart(world.session, world.sign()).value("height_cm") == 168


def test_what_she_never_sent_is_not_signed(world: World) -> None:
    world.save(height_cm=168)
    assert queries.version_chart(world.session, world.sign()).field("height_cm").counts is None


# Handing over


def test_signed_and_sent_in_one_press(ready: World) -> None:
    ready.sign(birthplace_id=place(1))
    assert stage(ready) == "sent"
    (notice,) = ready.session.scalars(select(Delivery).where(Delivery.purpose == "handover_notice"))
    assert notice.content["to"] == "nord@example.org"
    assert "Amalie" not in str(notice.content)


def test_consent_no_sends_nothing_and_signs_nothing_by_the_way(ready: World) -> None:
    ready.save(consent_to_send="no")
    with pytest.raises(NoConsent):
        ready.sign(birthplace_id=place(1))
    assert (ready.count(Version), ready.count(Handover), ready.count(Delivery)) == (0, 0, 0)
    version = ready.sign()  # the record itself is signed and stays
    with pytest.raises(NoConsent):
        send(ready, version)


def test_a_no_after_signing_stops_the_old_version_too(ready: World) -> None:
    version = ready.sign()
    ready.correct("consent_to_send", "no")
    with pytest.raises(NoConsent):
        send(ready, version)


def test_her_newer_no_holds_before_the_clinic_has_dealt_with_it(ready: World) -> None:
    ready.accept("consent_to_send")
    ready.save(consent_to_send="no")
    with pytest.raises(NoConsent):
        ready.sign(birthplace_id=place(1))


def test_a_later_yes_opens_it(ready: World) -> None:
    ready.save(consent_to_send="no")
    version = ready.sign()
    ready.correct("consent_to_send", "yes")
    assert send(ready, version).id


@pytest.mark.parametrize("state", ["not_answered", "ask_doctor", "unknown"])
def test_no_other_state_is_a_no(ready: World, state: str) -> None:
    ready.save(consent_to_send=Answer(state))  # type: ignore[arg-type]
    assert send(ready, ready.sign()).id


def test_sent_twice_to_the_same_place_is_once(ready: World) -> None:
    version = ready.sign()
    assert send(ready, version).id == send(ready, version).id
    assert ready.count(Handover) == 1
    assert len(list(ready.session.scalars(select(Delivery).where(Delivery.purpose == "handover_notice")))) == 1


def test_a_newer_version_replaces_the_older_at_the_same_place_alone(ready: World) -> None:
    version = ready.sign()
    north, south = send(ready, version), send(ready, version, 2)
    send(ready, ready.amend("Rettet"))
    ready.session.expire_all()
    assert north.replaced_at
    assert south.replaced_at is None


def test_a_place_without_inbox_is_another_way_and_has_no_notice(ready: World) -> None:
    assert send(ready, ready.sign(), 3).other_way
    assert not list(ready.session.scalars(select(Delivery).where(Delivery.purpose == "handover_notice")))


def test_no_unknown_place_and_no_strangers_version(ready: World) -> None:
    version = ready.sign()
    with pytest.raises(NotYours):
        send(ready, version, 9)
    for viewer, error in ((ready.stranger, NotYours), (ready.midwife, NotAllowed), (ready.her, NotAllowed)):
        with pytest.raises(error):
            send(ready, version, viewer=viewer)


# The birth place


def test_only_the_unit_it_was_sent_to_sees_it(ready: World) -> None:
    handover = send(ready, ready.sign())
    assert queries.handover(ready.session, ready.midwife, handover.id)
    for viewer in (ready.other_midwife, ready.stranger, ready.her, ready.admin):
        with pytest.raises(NotYours):
            queries.handover(ready.session, viewer, handover.id)
    assert not queries.versions(ready.session, ready.other_midwife, ready.id)
    with pytest.raises(NotYours):
        acknowledge(ready, handover, ready.other_midwife)
    with pytest.raises(NotYours):
        ask(ready, handover, ready.other_midwife)


def test_what_went_another_way_is_in_no_inbox(ready: World) -> None:
    handover = send(ready, ready.sign(), other_way=True)
    with pytest.raises(NotYours):
        queries.handover(ready.session, ready.midwife, handover.id)


def test_a_version_that_was_not_sent_is_not_the_midwifes(ready: World) -> None:
    send(ready, ready.sign())
    ready.amend("Kun til os")
    assert [one.number for one in queries.versions(ready.session, ready.midwife, ready.id)] == [1]


def test_opened_acknowledged_asked_and_answered(ready: World) -> None:
    handover = send(ready, ready.sign())
    handovers.open_handover(ready.session, viewer=ready.midwife, at=ready.at, handover_id=handover.id)
    opened = handover.opened_at
    handovers.open_handover(ready.session, viewer=ready.midwife, at=ready.at, handover_id=handover.id)
    assert handover.opened_at == opened
    acknowledge(ready, handover)
    assert stage(ready) == "acknowledged"
    ask(ready, handover)
    assert stage(ready) == "question"
    reply(ready, handover)
    assert stage(ready) == "acknowledged"
    texts = [one.text for one in ready.session.scalars(select(Message).order_by(Message.id))]
    assert texts == ["Hvilken dosis?", "400 µg"]


def test_acknowledged_twice_is_once(ready: World) -> None:
    handover = send(ready, ready.sign())
    acknowledge(ready, handover)
    acknowledge(ready, handover)
    assert ready.log().count("handover.acknowledge") == 1


def test_a_message_sent_twice_is_one(ready: World) -> None:
    handover, key = send(ready, ready.sign()), new_id()
    ask(ready, handover, message_id=key)
    ask(ready, handover, message_id=key)
    assert ready.count(Message) == 1


def test_a_message_is_never_swallowed_by_anothers_id(ready: World) -> None:
    version = ready.sign()
    north, south, key = send(ready, version), send(ready, version, 2), new_id()
    ask(ready, north, message_id=key)
    with pytest.raises(NotYours):
        ask(ready, south, ready.other_midwife, message_id=key)
    with pytest.raises(NotYours):
        ask(ready, north, message_id="1 or 1=1")


def test_an_open_question_is_not_hidden_by_a_newer_version(ready: World) -> None:
    handover = send(ready, ready.sign())
    ask(ready, handover)
    newer = send(ready, ready.amend("Rettet"))
    assert stage(ready) == "question"
    acknowledge(ready, newer)
    assert stage(ready) == "question"
    reply(ready, handover)
    assert stage(ready) == "acknowledged"


def test_an_old_receipt_does_not_cover_a_newer_version(ready: World) -> None:
    handover = send(ready, ready.sign())
    ready.amend("Rettet")
    acknowledge(ready, handover)
    assert stage(ready) == "signed"
    send(ready, queries.versions(ready.session, ready.doctor, ready.id)[0])
    assert stage(ready) == "sent"


def test_the_midwife_reads_no_live_record(ready: World) -> None:
    send(ready, ready.sign())
    with pytest.raises(NotYours):
        queries.pregnancy(ready.session, ready.midwife, ready.id)
    assert ready.session.scalars(queries.pregnancies(ready.midwife)).all() == []


def test_the_clinic_does_not_ask_and_the_midwife_does_not_reply(ready: World) -> None:
    handover = send(ready, ready.sign())
    with pytest.raises(NotAllowed):
        ask(ready, handover, ready.doctor)
    with pytest.raises(NotAllowed):
        reply(ready, handover, ready.midwife)
    with pytest.raises(NotYours):
        reply(ready, handover, ready.stranger)


def test_the_day_of_signing_is_the_danish_day(ready: World) -> None:
    from datetime import UTC, datetime

    version = signing.sign(
        ready.session, viewer=ready.doctor, at=datetime(2026, 11, 24, 23, 30, tzinfo=UTC), pregnancy_id=ready.id,
        gm_version="0.1.0", prf_is_complete=True,
    )  # fmt: skip
    signature = queries.version_chart(ready.session, version).signature
    assert signature
    assert signature.signed_on == date(2026, 11, 25)
