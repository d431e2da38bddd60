"""Her answers: drafts, sending, changing afterwards, rows of groups; and staff who type for her."""

from __future__ import annotations

import pytest

from forms import CATALOGUE
from svangre.catalogue import Answer
from svangre.record import queries
from svangre.record.actions import answers
from svangre.record.errors import Closed, NotAllowed, NotYours
from svangre.record.ids import new_id
from svangre.record.models import AnswerRow, GroupRow
from tests.record.conftest import World

STATES = ("not_answered", "unknown", "declines", "ask_doctor")


def remove(world: World, row: str, viewer: object = None, **more: str) -> None:
    answers.remove_row(
        world.session, viewer=viewer or world.her, at=world.at, pregnancy_id=world.id, row_id=row, **more  # type: ignore[arg-type]
    )  # fmt: skip


def restore(world: World, row: str, viewer: object = None) -> None:
    answers.restore_row(
        world.session, viewer=viewer or world.her, at=world.at, pregnancy_id=world.id, row_id=row  # type: ignore[arg-type]
    )  # fmt: skip


def fetch(world: World) -> None:
    answers.fetch_form(world.session, viewer=world.doctor, at=world.at, pregnancy_id=world.id)


# Drafts


def test_before_she_sends_only_the_latest_draft_is_kept(world: World) -> None:
    world.save(height_cm=168)
    world.save(height_cm=169)
    (row,) = world.rows("height_cm")
    assert (row.is_draft, row.content["value"]) == (True, 169)
    assert world.fresh().stage == "answering"


def test_saving_the_same_again_changes_and_logs_nothing(world: World) -> None:
    assert world.save(height_cm=168) == 1
    before = (world.fresh().version, len(world.log()))
    assert world.save(height_cm=168) == 0
    assert (world.fresh().version, len(world.log())) == before


def test_the_clinic_sees_no_draft_but_she_does(world: World) -> None:
    world.save(height_cm=168)
    world.add_row("births")
    for viewer in (world.doctor, world.staff):
        chart = world.chart(viewer)
        assert not chart.fields
        assert not chart.all_rows
    assert world.chart(world.her).value("height_cm") == 168


def test_from_sending_on_rows_are_only_added(world: World) -> None:
    world.save(height_cm=168)
    world.submit()
    world.save(height_cm=169)
    assert [(row.content["value"], row.is_draft) for row in world.rows("height_cm")] == [(168, False), (169, False)]
    assert world.chart().value("height_cm") == 169
    assert world.fresh().has_news


def test_sent_twice_is_sent_once(world: World) -> None:
    world.save(height_cm=168)
    first = world.submit()
    rows = world.count(AnswerRow)
    assert world.submit() == first
    assert world.count(AnswerRow) == rows
    assert world.log().count("answers.submit") == 1


def test_what_she_left_empty_is_not_answered_and_what_she_never_saw_is_not_asked(world: World) -> None:
    world.save(smokes_now="never", wants_prenatal_information="no")
    world.submit()
    chart = world.chart()
    assert chart.field("height_cm").hers.answer == Answer("not_answered")  # type: ignore[union-attr]
    hidden = [p.item.id for p in CATALOGUE if p.item.when and p.item.when.item == "wants_prenatal_information"]
    assert hidden
    for item_id in hidden:
        assert chart.field(item_id).hers is None


def test_what_she_left_empty_in_a_row_is_not_answered(world: World) -> None:
    world.save(given_birth_before="yes")
    row = world.add_row("births")
    world.save(row=row, birth_year="2019")
    gone = world.add_row("births")
    remove(world, gone)
    world.submit()
    chart = world.chart()
    asked = [item for item, row_id in chart.section_items(CATALOGUE.places["births"].section) if row_id == row]
    open_ones = [item for item in asked if item.is_hers and item.kind_name != "group" and item.id != "birth_year"]
    assert open_ones
    for item in open_ones:
        assert chart.field(item.id, row).hers.answer == Answer("not_answered")  # type: ignore[union-attr]
    assert not [key for key in chart.fields if key[1] == gone]


def test_a_birth_that_she_added_and_never_went_on_with_is_no_birth(world: World) -> None:
    world.save(given_birth_before="yes")
    world.add_row("births")
    real = world.add_row("births")
    child = world.add_row("births.children", parent=real)
    world.save(row=child, child_weight=3450)
    world.submit()
    assert [row.id for row in world.chart(world.doctor).rows("births")] == [real]
    (empty,) = [row for row in world.chart(world.doctor).all_rows if row.removed]
    restore(world, empty.id)
    assert len(world.chart(world.her).rows("births")) == 2


def test_what_the_clinic_filled_in_and_she_left_standing_is_not_contradicted(world: World) -> None:
    world.correct("phone", "20123456")
    world.submit()
    assert world.field("phone").hers is None
    assert world.field("phone").status == "accepted"


@pytest.mark.parametrize("state", STATES)
def test_no_state_is_turned_into_another(world: World, state: str) -> None:
    world.save(hereditary_disease=Answer(state))  # type: ignore[arg-type]
    world.submit()
    given = world.field("hereditary_disease").hers
    assert given
    assert given.answer == Answer(state)  # type: ignore[arg-type]
    assert world.chart().value("hereditary_disease") is None
    world.accept("hereditary_disease")
    assert world.field("hereditary_disease").counts.answer == Answer(state)  # type: ignore[arg-type, union-attr]


def test_every_kind_of_value_comes_back_as_it_was_given(world: World) -> None:
    values = {"cycle_days": {"low": 27, "high": 30}, "weight_before_kg": "64.50", "ancestry_countries": ["DK", "SO"],
              "family_and_household": "Æøå 👶🏽 \u200f'; DROP TABLE answer;--", "height_cm": 168}  # fmt: skip
    world.save(**values)
    world.submit()
    assert {item_id: world.chart().value(item_id) for item_id in values} == values


# After the clinic has fetched, signed or ended


def test_fetched_answers_are_seen_and_later_ones_stand_beside_them(world: World) -> None:
    world.save(height_cm=168)
    fetch(world)
    assert world.field("height_cm").hers
    world.accept("height_cm")
    world.save(height_cm=186)
    one = world.field("height_cm")
    assert one.status == "new_from_her"
    assert (one.clinics.answer.value, one.hers.answer.value) == (168, 186)  # type: ignore[union-attr]
    assert [row.content["value"] for row in world.rows("height_cm") if row.act == "given"] == [168, 186]
    assert world.fresh().has_news


def test_fetching_is_recorded_and_once(world: World) -> None:
    fetch(world)
    fetch(world)
    assert world.log().count("answers.fetch") == 1


def test_a_draft_changed_after_the_clinics_word_is_new_from_her(world: World) -> None:
    world.save(phone="20000001")
    world.correct("phone", "20000002")
    world.save(phone="20000003")
    world.submit()
    assert world.field("phone").status == "new_from_her"


def test_her_form_is_closed_once_signed(world: World) -> None:
    world.submit()
    world.sign()
    for write in (lambda: world.save(height_cm=1), world.submit, lambda: world.add_row("births")):
        with pytest.raises(Closed):
            write()


# What is not hers


@pytest.mark.parametrize("item_id", ["no_such_item", "systolic", "births"])
def test_only_her_questions_are_saved(world: World, item_id: str) -> None:
    with pytest.raises(NotYours):
        world.save(**{item_id: 120})
    assert world.count(AnswerRow) == 0


def test_an_answer_stands_only_where_its_question_does(world: World) -> None:
    birth, medicine = world.add_row("births"), world.add_row("medicines")
    for row, item_id in ((None, "birth_year"), (medicine, "birth_year"), (birth, "height_cm"), (new_id(), "birth_year"),
                         (new_id(), "height_cm")):  # fmt: skip
        with pytest.raises(NotYours):
            world.save(row=row, **{item_id: "2019"})
    assert world.save(row=birth, birth_year="2019") == 1


def test_nobody_else_writes_in_her_form(world: World) -> None:
    for viewer, error in ((world.stranger, NotYours), (world.midwife, NotAllowed), (world.admin, NotAllowed)):
        with pytest.raises(error):
            world.save(viewer=viewer, height_cm=1)


def test_staff_type_for_her_and_it_shows(world: World) -> None:
    world.save(viewer=world.staff, height_cm=168)
    world.submit(world.staff)
    given = world.field("height_cm").hers
    assert given
    assert (given.giver, given.by) == ("woman", "LO")
    world.save(height_cm=169)
    assert world.field("height_cm").hers.by == ""  # type: ignore[union-attr]


def test_what_she_narrowed_stays_so_when_it_is_saved_again(world: World) -> None:
    key = ("smokes_now", None)
    answers.save_answers(
        world.session, viewer=world.her, at=world.at, pregnancy_id=world.id, answers={key: Answer("value", "never")},
        private={key: "clinic_and_her"},
    )  # fmt: skip
    world.save(smokes_now="daily")
    world.submit()
    world.save(smokes_now="stopped")
    item = CATALOGUE["smokes_now"]
    assert world.chart().visibility(item) == "clinic_and_her"
    assert not world.chart().may_leave(item)


def test_staff_do_not_type_over_what_only_the_doctor_may_see(world: World) -> None:
    key = ("smokes_now", None)
    answers.save_answers(
        world.session, viewer=world.her, at=world.at, pregnancy_id=world.id, answers={key: Answer("value", "never")},
        private={key: "gp_only"},
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        world.save(viewer=world.staff, smokes_now="daily")
    assert world.save(viewer=world.doctor, smokes_now="daily") == 1


# Rows of groups


def test_a_double_click_is_one_row(world: World) -> None:
    row_id = new_id()
    assert world.add_row("births", row_id=row_id) == world.add_row("births", row_id=row_id) == row_id
    assert world.count(GroupRow) == 1
    assert world.log().count("row.add") == 1


def test_rows_stand_in_the_order_they_were_added(world: World) -> None:
    added = [world.add_row("births") for _ in range(8)]
    assert [row.id for row in world.chart(world.her).rows("births")] == added


def test_a_row_inside_a_row(world: World) -> None:
    birth = world.add_row("births")
    child = world.add_row("births.children", parent=birth)
    assert [row.id for row in world.chart(world.her).rows("births.children", birth)] == [child]


def test_rows_are_only_where_they_belong(world: World) -> None:
    medicine = world.add_row("medicines")
    wrong = [("children", None), ("births.children", None), ("births.children", medicine), ("nothing", None),
             ("height_cm", None), ("births", medicine), ("medicines.births", medicine)]  # fmt: skip
    for group, parent in wrong:
        with pytest.raises(NotYours):
            world.add_row(group, parent=parent)
    with pytest.raises(NotYours):
        world.add_row("births", row_id="<script>")
    with pytest.raises(NotYours):
        world.add_row("births", row_id=medicine)
    assert world.count(GroupRow) == 1


def test_a_row_of_another_record_is_not_there(world: World) -> None:
    other = world.create("0203915556")
    row = answers.add_row(world.session, viewer=world.staff, at=world.at, pregnancy_id=other.id, group="births")
    for write in (lambda: remove(world, row), lambda: world.save(row=row, birth_year="2019"),
                  lambda: world.add_row("births", row_id=row),
                  lambda: world.add_row("births.children", parent=row)):  # fmt: skip
        with pytest.raises(NotYours):
            write()


def test_the_clinics_groups_are_not_hers(world: World) -> None:
    groups = [p.item.id for p in CATALOGUE if p.item.kind_name == "group" and not p.item.is_hers and not p.group]
    assert groups
    for group in groups:
        with pytest.raises(NotYours):
            world.add_row(group)


def test_a_row_of_the_clinic_is_there_although_she_has_not_sent(world: World) -> None:
    row = world.add_row("births", viewer=world.doctor)
    assert [one.id for one in world.chart().rows("births")] == [row]
    assert world.chart().row(row).giver == "clinic"  # type: ignore[union-attr]
    typed = world.add_row("births", viewer=world.staff, for_her=True)
    assert world.chart(world.her).row(typed).giver == "woman"  # type: ignore[union-attr]


def test_removed_and_restored_keeps_what_stood_in_it(world: World) -> None:
    world.save(given_birth_before="yes")
    birth = world.add_row("births")
    child = world.add_row("births.children", parent=birth)
    world.save(row=birth, birth_year="2019")
    world.submit()
    remove(world, birth, world.doctor, reason="Skrevet to gange")
    remove(world, birth, world.doctor, reason="Skrevet to gange")
    chart = world.chart()
    assert not chart.rows("births")
    assert not chart.rows("births.children")  # what lies inside is gone with it
    assert chart.row(birth).removed_reason == "Skrevet to gange"  # type: ignore[union-attr]
    restore(world, birth, world.doctor)
    restore(world, birth, world.doctor)
    assert world.chart().value("birth_year", birth) == "2019"
    assert [row.id for row in world.chart().rows("births.children")] == [child]
    assert (world.log().count("row.removed"), world.log().count("row.restored")) == (1, 1)


def test_restoring_what_was_never_removed_writes_nothing(world: World) -> None:
    row = world.add_row("births")
    restore(world, row)
    assert "row.restored" not in world.log()


def test_a_change_of_rows_moves_the_counter_and_is_news(world: World) -> None:
    world.submit()
    world.fresh().has_news = False
    world.session.commit()
    before = world.fresh().version
    world.add_row("births")
    assert world.fresh().version > before
    assert world.fresh().has_news


def test_the_due_date_follows_her_answers(world: World) -> None:
    world.save(last_period="2026-09-26")
    assert world.fresh().due_on is None
    world.submit()
    assert world.fresh().due_on.isoformat() == "2027-07-03"  # type: ignore[union-attr]
    assert queries.pregnancy(world.session, world.her, world.id).due_method
