"""The clinic's decisions, item by item: hers is never overwritten."""

from __future__ import annotations

import pytest

from forms import CATALOGUE
from svangre.catalogue import Answer
from svangre.policy import Viewer
from svangre.record import findings, queries
from svangre.record.actions import answers, decisions, pregnancies
from svangre.record.errors import Closed, NotAllowed, NotYours, StaleEdit
from svangre.record.ids import new_id
from svangre.record.models import AnswerRow, FindingAct
from tests.record.conftest import World

UNREMARKABLE = {"hereditary_disease": "no", "malformations_in_family": "no", "consanguinity": "no"}
SECTION = CATALOGUE.places["hereditary_disease"].section.id


@pytest.fixture
def sent(world: World) -> World:
    """She has answered and sent."""
    world.save(height_cm=168, smokes_now="never", **UNREMARKABLE)
    world.submit()
    return world


def act(world: World, what: str, item_id: str, viewer: Viewer | None = None, row_id: str | None = None) -> None:
    getattr(decisions, what)(
        world.session, viewer=viewer or world.doctor, at=world.at, pregnancy_id=world.id, item_id=item_id, row_id=row_id
    )


def fetch(world: World) -> None:
    answers.fetch_form(world.session, viewer=world.doctor, at=world.at, pregnancy_id=world.id)


def accept_section(world: World, viewer: Viewer | None = None, **more: frozenset[str]) -> tuple[str, int]:
    return decisions.accept_unremarkable(
        world.session, viewer=viewer or world.doctor, at=world.at, pregnancy_id=world.id, section_id=SECTION, **more
    )


def test_accepted_takes_hers_over_with_who_and_when(sent: World) -> None:
    sent.accept("height_cm")
    one = sent.field("height_cm")
    assert one.status == "accepted"
    assert one.clinics
    assert (one.clinics.answer, one.clinics.by, one.clinics.giver) == (Answer("value", 168), "HO", "clinic")
    assert sent.rows("height_cm")[-1].refers_to == one.hers.id  # type: ignore[union-attr]
    assert sent.fresh().stage == "under_way"


def test_corrected_stands_beside_hers(sent: World) -> None:
    sent.correct("height_cm", 170)
    one = sent.field("height_cm")
    assert one.status == "corrected"
    assert (one.hers.answer.value, one.clinics.answer.value, sent.chart().value("height_cm")) == (168, 170, 170)  # type: ignore[union-attr]
    assert sent.rows("height_cm")[0].content["value"] == 168


def test_corrected_to_what_she_said_is_accepted(sent: World) -> None:
    sent.correct("height_cm", 168)
    assert sent.field("height_cm").status == "accepted"


def test_the_clinics_own_fields(sent: World) -> None:
    sent.correct("systolic", 120)
    assert sent.chart().value("systolic") == 120


@pytest.mark.parametrize("what", ["accept", "correct", "postpone", "undo"])
def test_pressed_twice_is_once(sent: World, what: str) -> None:
    def press() -> None:
        if what == "accept":
            sent.accept("height_cm", seen="")
        elif what == "correct":
            sent.correct("height_cm", 170, seen="")
        else:
            act(sent, what, "height_cm")

    if what == "undo":
        sent.accept("height_cm")
    press()
    rows, log = len(sent.rows("height_cm")), len(sent.log())
    press()
    assert (len(sent.rows("height_cm")), len(sent.log())) == (rows, log)


def test_later_counts_as_open_and_is_still_hers(sent: World) -> None:
    act(sent, "postpone", "height_cm")
    assert sent.field("height_cm").status == "later"
    assert sent.chart().value("height_cm") == 168
    sent.accept("height_cm")
    assert sent.field("height_cm").status == "accepted"


def test_undone_is_open_again_and_the_decision_stays_in_the_history(sent: World) -> None:
    sent.correct("height_cm", 170)
    act(sent, "undo", "height_cm")
    assert sent.field("height_cm").status == "open"
    assert sent.chart().value("height_cm") == 168
    assert [row.act for row in sent.rows("height_cm")] == ["given", "corrected", "undone"]


def test_there_is_nothing_to_accept_where_she_said_nothing(world: World) -> None:
    with pytest.raises(NotYours):
        world.accept("height_cm")


def test_two_who_saw_the_same_do_not_overwrite_each_other(sent: World) -> None:
    sent.correct("height_cm", 170, seen="")
    with pytest.raises(StaleEdit):
        sent.correct("height_cm", 171, viewer=sent.other_doctor, seen="")
    with pytest.raises(StaleEdit):
        sent.accept("height_cm", viewer=sent.other_doctor, seen="")
    assert sent.chart().value("height_cm") == 170
    seen = sent.field("height_cm").clinics
    assert seen
    sent.correct("height_cm", 171, viewer=sent.other_doctor, seen=seen.id)
    assert sent.field("height_cm").clinics.by == "RA"  # type: ignore[union-attr]


def test_her_newer_answer_is_shown_and_the_clinics_counts_until_it_decides(sent: World) -> None:
    sent.accept("height_cm")
    sent.save(height_cm=186)
    assert sent.field("height_cm").status == "new_from_her"
    assert sent.chart().value("height_cm") == 168
    act(sent, "keep", "height_cm")
    assert sent.field("height_cm").status == "corrected"
    sent.save(height_cm=187)
    sent.accept("height_cm")
    assert (sent.field("height_cm").status, sent.chart().value("height_cm")) == ("accepted", 187)


def test_an_imported_value_counts_only_once_accepted(sent: World) -> None:
    sent.session.add(
        AnswerRow(
            pregnancy_id=sent.id, item_id="height_cm", act="given", giver="record", at=sent.at, visibility="shared",
            form_version="x", content={"state": "value", "value": 171},
        )
    )  # fmt: skip
    sent.session.commit()
    assert (sent.field("height_cm").status, sent.chart().value("height_cm")) == ("differs", 168)
    sent.accept("height_cm", imported=True)
    assert sent.chart().value("height_cm") == 171


def test_hidden_answers_do_not_count_and_come_back(sent: World) -> None:
    sent.save(given_birth_before="yes")
    row = sent.add_row("births")
    sent.save(row=row, birth_year="2019")
    sent.save(given_birth_before="no")
    assert sent.chart().counting("birth_year", row) is None
    sent.save(given_birth_before="yes")
    assert sent.chart().value("birth_year", row) == "2019"


def test_a_decision_stands_only_where_its_field_does(sent: World) -> None:
    birth = sent.add_row("births")
    for item_id, row in (("height_cm", birth), ("birth_year", None), ("birth_year", new_id()), ("nothing", None),
                         ("height_cm", new_id())):  # fmt: skip
        with pytest.raises(NotYours):
            sent.correct(item_id, "2019", row_id=row)
    sent.correct("birth_year", "2019", row_id=birth)


@pytest.mark.parametrize(
    ("who", "error"), [("stranger", NotYours), ("midwife", NotAllowed), ("admin", NotAllowed), ("her", NotAllowed)]
)
def test_nobody_else_decides(sent: World, who: str, error: type[Exception]) -> None:
    viewer = getattr(sent, who)
    for write in (lambda: sent.accept("height_cm", viewer), lambda: sent.correct("height_cm", 1, viewer),
                  lambda: act(sent, "postpone", "height_cm", viewer), lambda: act(sent, "undo", "height_cm", viewer),
                  lambda: accept_section(sent, viewer), lambda: sent.see("height_cm", "gp_only", viewer)):  # fmt: skip
        with pytest.raises(error):
            write()
    assert sent.field("height_cm").status == "open"


# Bulk accept


def test_unremarkable_answers_are_accepted_as_one_and_undone_as_one(sent: World) -> None:
    batch, count = accept_section(sent)
    assert count == 3
    assert all(sent.field(item_id).status == "accepted" for item_id in UNREMARKABLE)
    sent.correct("consanguinity", "yes")
    undone = decisions.undo_batch(
        sent.session, viewer=sent.doctor, at=sent.at, pregnancy_id=sent.id, batch=batch
    )  # fmt: skip
    assert undone == 2
    assert sent.field("hereditary_disease").status == "open"
    assert sent.field("consanguinity").clinics.answer.value == "yes"  # type: ignore[union-attr]


def test_bulk_accept_twice_takes_nothing_the_second_time(sent: World) -> None:
    accept_section(sent)
    log = len(sent.log())
    assert accept_section(sent)[1] == 0
    assert len(sent.log()) == log


@pytest.mark.parametrize("state", ["unknown", "declines", "ask_doctor", "not_answered"])
def test_bulk_accept_takes_no_state_without_a_value(world: World, state: str) -> None:
    world.save(hereditary_disease=Answer(state))  # type: ignore[arg-type]
    world.submit()
    accept_section(world)
    assert world.field("hereditary_disease").status == "open"


def test_bulk_accept_leaves_what_is_remarkable_postponed_or_behind_a_finding(world: World) -> None:
    world.save(**{**UNREMARKABLE, "hereditary_disease": "yes"})
    world.submit()
    act(world, "postpone", "malformations_in_family")
    assert accept_section(world, findings=frozenset({"consanguinity"}))[1] == 0


def test_bulk_accept_leaves_a_conflict_with_what_is_known(sent: World) -> None:
    sent.session.add(
        AnswerRow(
            pregnancy_id=sent.id, item_id="consanguinity", act="given", giver="record", at=sent.at, form_version="x",
            visibility="shared", content={"state": "value", "value": "yes"},
        )
    )  # fmt: skip
    sent.session.commit()
    accept_section(sent)
    assert sent.field("consanguinity").status == "differs"


def test_another_records_batch_is_left_alone(sent: World) -> None:
    batch, _ = accept_section(sent)
    other = sent.create("0203915556")
    undone = decisions.undo_batch(
        sent.session, viewer=sent.doctor, at=sent.at, pregnancy_id=other.id, batch=batch
    )  # fmt: skip
    assert undone == 0
    assert sent.field("consanguinity").status == "accepted"


# Who may see it


def test_staff_do_not_see_what_is_the_doctors_and_she_neither(sent: World) -> None:
    sent.correct("safe_at_home", "yes")
    for viewer in (sent.staff, sent.her):
        chart = sent.chart(viewer)
        assert ("safe_at_home", None) not in chart.fields
        assert "yes" not in [one.counts.answer.value for one in chart.fields.values() if one.counts]
    assert sent.chart().value("safe_at_home") == "yes"
    assert not sent.chart().may_leave(CATALOGUE["safe_at_home"])
    assert ("safe_at_home", None) not in sent.chart().for_documents().fields


def test_private_by_default_is_exactly_this(sent: World) -> None:
    """A change here is a decision about who may read what."""
    private = {placed.item.id for placed in CATALOGUE if placed.item.visibility == "gp_only"}
    talk = {placed.item.id for placed in CATALOGUE if placed.section.private and placed.item.kind_name != "group"}
    assert talk <= private
    assert private - talk == {"co_parent_cpr", "partner_remarks", "restrictions", "loss_indication"}
    assert not {item_id for item_id in private if CATALOGUE[item_id].is_hers}


def test_staff_can_do_nothing_to_what_they_may_not_see(sent: World) -> None:
    sent.see("smokes_now", "gp_only")
    sent.correct("safe_at_home", "yes")
    for item_id in ("smokes_now", "safe_at_home"):
        for write in (lambda item_id=item_id: sent.accept(item_id, sent.staff),
                      lambda item_id=item_id: sent.correct(item_id, "no", sent.staff),
                      lambda item_id=item_id: act(sent, "postpone", item_id, sent.staff),
                      lambda item_id=item_id: act(sent, "undo", item_id, sent.staff),
                      lambda item_id=item_id: sent.see(item_id, "shared", sent.staff)):  # fmt: skip
            with pytest.raises(NotAllowed):
                write()
    chart = sent.chart()
    assert chart.visibility(CATALOGUE["smokes_now"]) == "gp_only"
    assert chart.value("safe_at_home") == "yes"


def test_everyone_in_the_clinic_narrows_and_only_the_doctor_widens(sent: World) -> None:
    sent.see("smokes_now", "clinic_and_her", sent.staff)
    with pytest.raises(NotAllowed):
        sent.see("smokes_now", "shared", sent.staff)
    sent.see("smokes_now", "shared")
    assert sent.chart().may_leave(CATALOGUE["smokes_now"])


def test_one_released_answer_releases_no_other(sent: World) -> None:
    sent.correct("safe_at_home", "yes")
    sent.correct("violence_past_year", "no")
    sent.see("safe_at_home", "shared")
    chart = sent.chart().for_documents()
    assert chart.value("safe_at_home") == "yes"
    assert ("violence_past_year", None) not in chart.fields


def test_a_decision_does_not_change_who_may_see(sent: World) -> None:
    sent.see("smokes_now", "clinic_and_her")
    sent.accept("smokes_now")
    sent.correct("smokes_now", "daily")
    act(sent, "undo", "smokes_now")
    assert sent.chart().visibility(CATALOGUE["smokes_now"]) == "clinic_and_her"


def test_her_newer_answer_does_not_widen(sent: World) -> None:
    sent.see("smokes_now", "gp_only")
    sent.save(smokes_now="daily")
    assert sent.chart().visibility(CATALOGUE["smokes_now"]) == "gp_only"


def test_the_same_visibility_again_writes_nothing(sent: World) -> None:
    sent.see("smokes_now", "gp_only")
    log = len(sent.log())
    sent.see("smokes_now", "gp_only")
    assert len(sent.log()) == log


# Findings and news


def handle(world: World, act: str, reason: str | None = None, viewer: Viewer | None = None) -> None:
    findings.handle(
        world.session, viewer=viewer or world.doctor, at=world.at, pregnancy_id=world.id, finding="R3.early", act=act,
        reason=reason,
    )  # fmt: skip


def test_what_was_done_about_a_finding(sent: World) -> None:
    handle(sent, "later")
    handle(sent, "hand_over")
    handle(sent, "not_relevant", "Afklaret i går")
    one = findings.handlings(sent.session, sent.id)["R3.early"]
    assert (one.act, one.reason, one.is_handed_over) == ("not_relevant", "Afklaret i går", True)
    assert findings.handed_over(sent.session, sent.id) == ("R3.early",)
    handle(sent, "keep_here")
    assert findings.handed_over(sent.session, sent.id) == ()


def test_a_finding_is_handled_once_by_two_presses(sent: World) -> None:
    for what in ("done", "hand_over"):
        handle(sent, what)
        handle(sent, what)
    assert sent.count(FindingAct) == 2


def test_not_relevant_needs_a_reason(sent: World) -> None:
    with pytest.raises(ValueError, match="not_relevant"):
        handle(sent, "not_relevant", "  ")
    with pytest.raises(NotYours):
        handle(sent, "done", viewer=sent.stranger)


def test_seen_is_seen_and_written_once(sent: World) -> None:
    for _ in range(2):
        decisions.mark_read(sent.session, viewer=sent.doctor, at=sent.at, pregnancy_id=sent.id, alerts=True)
    assert not sent.fresh().has_news
    assert sent.fresh().alert_seen_at
    assert sent.log().count("chart.seen") == 1


def test_the_answers_of_an_ended_pregnancy_are_read_only(sent: World) -> None:

    pregnancies.end_pregnancy(sent.session, viewer=sent.doctor, at=sent.at, pregnancy_id=sent.id, kind="birth")
    for write in (lambda: sent.accept("height_cm"), lambda: accept_section(sent), lambda: handle(sent, "done"),
                  lambda: fetch(sent)):  # fmt: skip
        with pytest.raises(Closed):
            write()
    assert queries.chart(sent.session, sent.doctor, sent.fresh()).value("height_cm") == 168
