"""Her way in: link, code and birth date."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import create_engine

from svangre.record import tries
from svangre.record.actions import invitations
from svangre.record.database import make_engine, make_sessions
from svangre.record.errors import BadInvitation, NotAllowed, NotYours, Resting, StaleEdit, WrongProof
from svangre.record.ids import new_id
from svangre.record.models import Delivery, Invitation, SignIn
from tests.record.conftest import BORN, World

ADDRESS = "192.0.2.7"


def prove(world: World, sent: invitations.Sent, *, at: datetime | None = None, **instead: object) -> str:
    given = {"code": sent.code, "born_on": BORN, **instead}
    return invitations.prove(
        world.session, at=at or world.at, token=sent.link.rsplit("/", 1)[-1], address=ADDRESS, **given  # type: ignore[arg-type]
    )  # fmt: skip


def address(world: World) -> str:
    return world.session.get_bind().url.render_as_string(hide_password=False)  # type: ignore[union-attr]


def stored(world: World, sent: invitations.Sent) -> Invitation:
    return world.session.get_one(Invitation, sent.invitation_id, populate_existing=True)


def sign_ins(world: World) -> list[SignIn]:
    return world.session.query(SignIn).populate_existing().all()


def test_the_right_proof_signs_her_in_and_claims_the_link(world: World) -> None:
    sent = world.invite()
    token = prove(world, sent)
    (sign_in,) = sign_ins(world)
    assert (sign_in.pregnancy_id, sign_in.user_id) == (world.id, None)
    assert token not in (sign_in.token_hash, sign_in.id)
    assert stored(world, sent).claimed_at
    assert stored(world, sent).secret is None
    assert world.fresh().stage == "answering"


def test_the_link_is_claimed_once_and_then_her_way_in_each_time(world: World) -> None:
    sent = world.invite()
    prove(world, sent)
    claimed_at = stored(world, sent).claimed_at
    prove(world, sent)
    assert stored(world, sent).claimed_at == claimed_at
    assert len(sign_ins(world)) == 2


def test_the_code_is_forgiving_about_case_and_spaces(world: World) -> None:
    sent = world.invite()
    assert prove(world, sent, code=f" {sent.code[:3].lower()} {sent.code[3:]} ")


@pytest.mark.parametrize("wrong", [{"code": "AAAAAA"}, {"code": ""}, {"born_on": date(1993, 2, 2)}])
def test_a_wrong_proof_is_counted_and_logged(world: World, wrong: dict[str, object]) -> None:
    sent = world.invite()
    with pytest.raises(WrongProof) as caught:
        prove(world, sent, **wrong)
    assert caught.value.left == 4
    assert not sign_ins(world)
    assert world.log()[-1] == "sign_in.refused"


def test_after_five_the_link_rests_also_for_the_right_proof_and_after_a_restart(world: World) -> None:
    sent = world.invite()
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongProof) as caught:
            prove(world, sent, code="AAAAAA")
        assert caught.value.left == left
    engine = make_engine(address(world))
    with make_sessions(engine)() as restarted, pytest.raises(Resting):
        invitations.prove(
            restarted, at=world.at, token=sent.link.rsplit("/", 1)[-1], code=sent.code, born_on=BORN, address=""
        )
    engine.dispose()
    assert prove(world, sent, at=world.at + invitations.REST)


def test_the_right_proof_forgets_the_wrong_ones(world: World) -> None:
    sent = world.invite()
    with pytest.raises(WrongProof):
        prove(world, sent, code="AAAAAA")
    prove(world, sent)
    with pytest.raises(WrongProof) as caught:
        prove(world, sent, code="AAAAAA")
    assert caught.value.left == 4


def test_guesses_sent_at_once_are_counted_one_by_one(world: World) -> None:
    sent = world.invite()
    where = address(world)
    world.session.commit()
    outcomes: list[str] = []

    def guess() -> None:
        engine = make_engine(where)
        try:
            with make_sessions(engine)() as session:
                invitations.prove(
                    session, at=world.at, token=sent.link.rsplit("/", 1)[-1], code="AAAAAA", born_on=BORN, address=""
                )
        except Exception as error:
            outcomes.append(type(error).__name__)
        engine.dispose()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["Resting"] * 7 + ["WrongProof"] * 5


def test_a_new_invitation_replaces_the_old_one(world: World) -> None:
    old, new = world.invite(), world.invite()
    with pytest.raises(BadInvitation):
        prove(world, old)
    assert prove(world, new)


@pytest.mark.parametrize("how", ["unknown", "revoked", "expired"])
def test_links_that_do_not_work_look_alike(world: World, how: str) -> None:
    sent, at = world.invite(), world.at
    token = sent.link.rsplit("/", 1)[-1]
    if how == "unknown":
        token = "x" * 32
    elif how == "expired":
        at += invitations.LIFETIME
    else:
        invitations.revoke_invitation(world.session, viewer=world.staff, at=world.at, pregnancy_id=world.id)
    with pytest.raises(BadInvitation):
        invitations.prove(world.session, at=at, token=token, code=sent.code, born_on=BORN, address="")


def test_revoking_ends_her_sign_ins_and_stops_messages(world: World) -> None:
    sent = world.invite(sms_to="20123456")
    prove(world, sent)
    invitations.revoke_invitation(world.session, viewer=world.staff, at=world.at, pregnancy_id=world.id)
    assert all(sign_in.ended_at for sign_in in sign_ins(world))
    assert {one.state for one in world.session.query(Delivery).populate_existing()} == {"cancelled"}


def test_link_and_code_are_never_in_one_message(world: World) -> None:
    sent = world.invite(email_to="a@example.org", sms_to="20123456")
    texts = {one.kind: one.content["text"] for one in world.session.query(Delivery) if one.purpose != "reminder"}
    assert set(texts) == {"email", "sms"}
    assert sent.link in texts["email"]
    assert sent.code in texts["sms"]
    assert sent.code not in texts["email"].replace(sent.link, "")
    assert sent.link not in texts["sms"]
    alone = world.invite(sms_to="20123456")
    (text,) = [one.content["text"] for one in world.session.query(Delivery).filter_by(state="waiting", kind="sms")]
    assert alone.link in text
    assert alone.code not in text.replace(alone.link, "")


def test_neither_link_nor_code_stands_in_the_database_in_clear(world: World) -> None:
    sent = world.invite(email_to="a@example.org", sms_to="20123456")
    token = sent.link.rsplit("/", 1)[-1]
    raw = create_engine(world.session.get_bind().url)  # type: ignore[union-attr]
    with raw.connect() as connection:
        for table in ("invitation", "delivery", "audit"):
            for row in connection.exec_driver_sql(f"select * from {table}"):
                assert token not in str(tuple(row))
                assert sent.code not in str(tuple(row))
    raw.dispose()


def test_the_same_press_twice_is_one_invitation(world: World) -> None:
    key = new_id()
    first, second = world.invite(request_key=key, sms_to="20123456"), world.invite(request_key=key, sms_to="20123456")
    assert first == second
    assert world.count(Invitation) == 1
    prove(world, first)
    with pytest.raises(StaleEdit):  # the page is old: she has come in meanwhile, and her way in must not be closed
        world.invite(request_key=key)
    assert prove(world, first)


def test_a_made_up_key_is_refused(world: World) -> None:
    with pytest.raises(NotYours):
        world.invite(request_key="1; drop table invitation")


def test_only_her_clinic_invites(world: World) -> None:
    for viewer, error in ((world.stranger, NotYours), (world.midwife, NotAllowed), (world.her, NotAllowed)):
        with pytest.raises(error):
            invitations.invite(
                world.session, viewer=viewer, at=world.at, pregnancy_id=world.id, base_url="https://svangre.test"
            )


def test_the_reminder_is_two_days_before_at_ten_and_gone_when_she_has_sent(world: World) -> None:
    world.invite()
    (reminder,) = world.session.query(Delivery).filter_by(purpose="reminder")
    assert reminder.due_at == datetime.fromisoformat("2026-11-29T10:00:00+01:00")
    world.save(height_cm=170)
    world.submit()
    assert not world.session.query(Delivery).filter_by(purpose="reminder").all()


def test_a_visit_too_near_has_no_reminder(world: World) -> None:
    other = world.create("0203915556", visit_on=date(2026, 11, 25))
    invitations.invite(world.session, viewer=world.staff, at=world.at, pregnancy_id=other.id, base_url="https://x.test")
    assert not world.session.query(Delivery).filter_by(purpose="reminder").all()


def test_the_invitation_lives_for_its_time(world: World) -> None:
    sent = world.invite()
    assert stored(world, sent).expires_at - stored(world, sent).created_at == timedelta(days=60)


def test_one_address_is_stopped_however_many_links_it_tries(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "FROM_ONE_ADDRESS", 3)
    for _ in range(3):
        sent = world.invite()
        with pytest.raises(WrongProof):
            prove(world, sent, code="AAAAAA")
    sent = world.invite()
    with pytest.raises(Resting):
        prove(world, sent)
    assert invitations.prove(
        world.session,
        at=world.at,
        token=sent.link.rsplit("/", 1)[-1],
        code=sent.code,
        born_on=BORN,
        address="192.0.2.8",
    )


def test_those_who_come_in_do_not_use_up_their_address(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "FROM_ONE_ADDRESS", 3)
    for _ in range(5):
        prove(world, world.invite())
