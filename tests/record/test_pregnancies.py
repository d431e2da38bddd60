"""Creating, moving, correcting, ending and reopening a pregnancy."""

from __future__ import annotations

from datetime import date

import pytest

from svangre.record import queries
from svangre.record.actions import answers, invitations, pregnancies
from svangre.record.cpr import BadCpr
from svangre.record.errors import AlreadyOpen, Closed, NotAllowed, NotYours
from svangre.record.models import AnswerRow, Delivery, Pregnancy, Woman
from tests.record.conftest import CPR, World

OTHER_CPR = "0203915556"


def end(world: World, kind: str = "birth", viewer: object = None) -> None:
    pregnancies.end_pregnancy(
        world.session, viewer=viewer or world.staff, at=world.at, pregnancy_id=world.id, kind=kind  # type: ignore[arg-type]
    )  # fmt: skip


def reopen(world: World, viewer: object = None) -> None:
    pregnancies.reopen_pregnancy(
        world.session, viewer=viewer or world.staff, at=world.at, pregnancy_id=world.id  # type: ignore[arg-type]
    )  # fmt: skip


def move(world: World, visit_on: date | None, doctor_id: str | None = None) -> None:
    pregnancies.move_appointment(
        world.session, viewer=world.staff, at=world.at, pregnancy_id=world.id, visit_on=visit_on, visit_time="10:15",
        doctor_id=doctor_id,
    )  # fmt: skip


def reminders(world: World) -> list[tuple[str, str]]:
    found = world.session.query(Delivery).filter_by(purpose="reminder").populate_existing().all()
    return [(one.state, one.due_at.date().isoformat()) for one in found]


def test_contact_details_are_the_clinics_answers(world: World) -> None:
    other = world.create(OTHER_CPR, contact={"phone": "20123456", "email": ""})
    chart = queries.chart(world.session, world.doctor, other)
    assert chart.value("phone") == "20123456"
    assert chart.field("phone").clinics
    assert chart.field("email").counts is None


def test_pressed_twice_is_one_pregnancy(world: World) -> None:
    with pytest.raises(AlreadyOpen) as caught:
        world.create()
    assert caught.value.pregnancy_id == world.id
    assert (world.count(Pregnancy), world.count(Woman)) == (1, 1)


def test_a_second_pregnancy_is_the_same_woman(world: World) -> None:
    end(world)
    second = world.create(name="Amalie Sofie Nygift")
    assert second.woman_id == world.pregnancy.woman_id
    assert world.chart().identity.name == "Amalie Sofie Nygift"


def test_the_same_woman_at_another_clinic_is_another_record(world: World) -> None:
    elsewhere = world.create(viewer=world.stranger)
    assert elsewhere.woman_id != world.pregnancy.woman_id


@pytest.mark.parametrize("number", ["", "12345", "3102933334", "010293333", "0102933334x", "'; drop table woman"])
def test_what_is_no_cpr_number_makes_nothing(world: World, number: str) -> None:
    with pytest.raises(BadCpr) as caught:
        world.create(number)
    assert number not in str(caught.value) or not number
    assert world.count(Pregnancy) == 1


@pytest.mark.parametrize("number", ["010293-3334", "0102933334", " 010293 3334 "])
def test_a_number_is_the_same_however_it_is_written(world: World, number: str) -> None:
    with pytest.raises(AlreadyOpen):
        world.create(number)


@pytest.mark.parametrize("number", ["6102933334", "010293A12B"])
def test_replacement_numbers_are_accepted(world: World, number: str) -> None:
    assert world.create(number).id


def test_a_doctor_of_another_clinic_cannot_be_chosen(world: World) -> None:
    with pytest.raises(NotYours):
        world.create(OTHER_CPR, doctor_id=world.stranger.id)
    with pytest.raises(NotYours):
        move(world, date(2026, 12, 2), doctor_id=world.stranger.id)
    with pytest.raises(NotYours):
        move(world, date(2026, 12, 2), doctor_id=world.staff.id)


@pytest.mark.parametrize("who", ["midwife", "admin", "her"])
def test_only_the_clinic_creates(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        world.create(OTHER_CPR, viewer=getattr(world, who))


def test_another_clinics_pregnancy_is_not_there(world: World) -> None:
    for viewer in (world.stranger, world.midwife, world.admin):
        with pytest.raises(NotYours):
            queries.pregnancy(world.session, viewer, world.id)


def test_moving_the_appointment_moves_the_reminder(world: World) -> None:
    world.invite()
    assert reminders(world) == [("waiting", "2026-11-29")]
    move(world, date(2026, 12, 10))
    assert reminders(world) == [("waiting", "2026-12-08")]
    move(world, None)
    assert reminders(world) == []


def test_the_counter_moves_with_every_change(world: World) -> None:
    before = world.fresh().version
    move(world, date(2026, 12, 1))
    assert world.fresh().version > before


def test_an_ended_pregnancy_is_not_moved(world: World) -> None:
    end(world)
    with pytest.raises(Closed):
        move(world, date(2026, 12, 10))


def test_a_replacement_number_becomes_the_real_one_in_one_logged_action(world: World) -> None:
    pregnancies.correct_identity(
        world.session, viewer=world.staff, at=world.at, pregnancy_id=world.id, cpr_number=OTHER_CPR, name="Nyt Navn",
        is_protected=True,
    )  # fmt: skip
    identity = world.chart().identity
    assert (identity.cpr, identity.name, identity.is_protected) == (OTHER_CPR, "Nyt Navn", True)
    assert world.log()[-1] == "identity.correct"
    with pytest.raises(AlreadyOpen):
        world.create(OTHER_CPR)
    assert world.create(CPR).id  # the old number is free again


def test_a_number_that_is_another_womans_is_not_taken_over(world: World) -> None:
    other = world.create(OTHER_CPR)
    with pytest.raises(AlreadyOpen) as caught:
        pregnancies.correct_identity(
            world.session, viewer=world.staff, at=world.at, pregnancy_id=world.id, cpr_number=OTHER_CPR, name="X",
            is_protected=False,
        )  # fmt: skip
    assert caught.value.pregnancy_id == other.id
    assert world.chart().identity.cpr == CPR


def test_ending_stops_what_is_on_its_way_and_closes_the_record(world: World) -> None:
    world.invite(email_to="a@example.org", sms_to="20123456")
    end(world)
    pregnancy = world.fresh()
    assert (pregnancy.ended_on, pregnancy.end_kind) == (date(2026, 11, 24), "birth")
    states = {one.state for one in world.session.query(Delivery).populate_existing()}
    assert states == {"cancelled"}
    for closed in (lambda: world.save(height_cm=170), lambda: world.correct("height_cm", 170), world.sign, world.invite,
                   world.submit, lambda: world.add_row("births", viewer=world.doctor)):  # fmt: skip
        with pytest.raises(Closed):
            closed()


def test_ended_twice_is_ended_once(world: World) -> None:
    end(world)
    end(world, "moved")
    assert world.fresh().end_kind == "birth"
    assert world.log().count("pregnancy.end") == 1


def test_undoing_the_end_plans_the_reminder_again(world: World) -> None:
    world.invite()
    end(world)
    assert reminders(world) == [("cancelled", "2026-11-29")]
    reopen(world)
    assert world.fresh().ended_on is None
    assert reminders(world) == [("waiting", "2026-11-29")]
    world.save(height_cm=170)


def test_a_mistake_cannot_be_undone_over_a_newer_pregnancy(world: World) -> None:
    end(world)
    world.create()
    with pytest.raises(Closed):
        reopen(world)


def test_she_may_end_and_undo_but_not_undo_what_the_clinic_entered(world: World) -> None:
    end(world, "ended", world.her)
    assert world.fresh().has_news
    reopen(world, world.her)
    with pytest.raises(NotAllowed):
        end(world, "birth", world.her)
    end(world, "birth")
    with pytest.raises(NotAllowed):
        reopen(world, world.her)


def test_nothing_comes_along_from_an_earlier_pregnancy(world: World) -> None:
    world.save(height_cm=170, smokes_now="never")
    row = world.add_row("births")
    world.submit()
    world.see("smokes_now", "gp_only")
    end(world)
    second = world.create()
    chart = queries.whole_chart(world.session, second, drafts=True)
    assert not chart.fields
    assert not chart.all_rows
    her_again = type(world.her)(id=second.id, role="woman", pregnancy_id=second.id)
    with pytest.raises(NotYours):
        queries.pregnancy(world.session, her_again, world.id)
    with pytest.raises(NotYours):
        answers.save_answers(
            world.session, viewer=her_again, at=world.at, pregnancy_id=second.id, answers={("birth_year", row): ...}  # type: ignore[dict-item]
        )  # fmt: skip


def test_a_failed_action_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no disk")

    before = (world.count(Delivery), world.count(AnswerRow), len(world.log()))
    monkeypatch.setattr(invitations.audit, "write", fail)
    with pytest.raises(RuntimeError):
        world.invite(email_to="a@example.org")
    with pytest.raises(RuntimeError):
        world.save(height_cm=170)
    monkeypatch.undo()
    assert (world.count(Delivery), world.count(AnswerRow), len(world.log())) == before
    assert world.fresh().stage == "created"
