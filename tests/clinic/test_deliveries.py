"""What the clinic sees of what leaves the program: what did not arrive, sent again or given up, and the receipts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from svangre.record.actions import deliveries, pregnancies
from svangre.record.errors import NotYours
from svangre.record.models import Delivery
from svangre.senders import Refused
from svangre.worker import Worker
from tests.clinic.conftest import AT, World
from tests.pages import CheckedClient, text_of


class Letters:
    """A sender that keeps what it was given, or fails."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure, self.sent = failure, list[str]()

    def send(self, kind: str, key: str, to: str, subject: str, text: str) -> None:
        if self.failure:
            raise self.failure
        self.sent.append(to)


@pytest.fixture
def deliver(world: World, app: Any) -> Callable[[Letters], None]:
    def deliver(letters: Letters) -> None:
        world.session.rollback()
        Worker(world.settings, app.extensions["write"], letters).drain()
        world.session.expire_all()

    return deliver


@pytest.fixture
def invited(world: World, staff: CheckedClient) -> CheckedClient:
    """An e-mail with her link is on its way."""
    address = f"/graviditet/{world.pregnancy_id}/invitation"
    staff.submit(staff.get(address), {"by_email": "y", "email": "hun@example.org", "by_sms": []}, form="/invitation")
    return staff


def delivery(world: World) -> Delivery:
    world.session.rollback()
    found = world.session.query(Delivery).filter_by(purpose="invitation").one()
    world.session.expunge(found)
    world.session.rollback()  # reading must not keep the pages waiting
    return found


def test_a_message_that_was_refused_is_shown_and_sent_again_at_the_press_of_a_button(
    world: World, invited: CheckedClient, deliver: Callable[[Letters], None]
) -> None:
    deliver(Letters(Refused()))
    page = text_of(invited.get("/leveringer"))
    assert "Nanna Berggreen" in page
    assert "hun@example.org" in page
    assert "Modtageren tager ikke imod den" in page
    assert "1 kunne ikke leveres" in text_of(invited.get("/arbejdsliste"))
    invited.submit(invited.get("/leveringer"), form=f"{delivery(world).id}/igen")
    deliver(letters := Letters())
    assert letters.sent == ["hun@example.org"]
    assert "Alt er nået frem" in text_of(invited.get("/leveringer"))
    assert "Afsendt 24. november 2026" in text_of(invited.get(f"/graviditet/{world.pregnancy_id}/leveringer"))


def test_what_is_given_up_is_not_sent(world: World, invited: CheckedClient, deliver: Callable[[Letters], None]) -> None:
    deliver(Letters(Refused()))
    address = f"/graviditet/{world.pregnancy_id}/leveringer"
    invited.submit(invited.get(address), form=f"{delivery(world).id}/opgiv")
    assert "Ikke længere aktuel" in text_of(invited.get(address))
    deliver(letters := Letters())
    assert letters.sent == []


def test_nothing_is_sent_to_her_again_after_the_end(
    world: World, invited: CheckedClient, deliver: Callable[[Letters], None]
) -> None:
    deliver(Letters(Refused()))
    page = invited.get("/leveringer")
    pregnancies.end_pregnancy(
        world.session, viewer=world.viewer("holm"), at=AT, pregnancy_id=world.pregnancy_id, kind="ended"
    )
    answer = invited.submit(page, form=f"{delivery(world).id}/igen")
    assert "sendes intet til hende" in text_of(answer)
    deliver(letters := Letters())
    assert letters.sent == []


def test_another_clinic_neither_sees_nor_sends_it(
    world: World,
    invited: CheckedClient,
    deliver: Callable[[Letters], None],
    sign_in: Callable[[str], CheckedClient],
) -> None:
    deliver(Letters(Refused()))
    stranger = sign_in("fremmed")
    assert "Nanna" not in text_of(stranger.get("/leveringer"))
    dead = delivery(world)
    for action in (deliveries.send_again, deliveries.give_up):
        with pytest.raises(NotYours):
            action(world.session, viewer=world.viewer("fremmed"), at=AT, delivery_id=dead.id)
    assert stranger.get(f"/graviditet/{world.pregnancy_id}/leveringer").status_code == 404
    assert delivery(world).state == "dead"
