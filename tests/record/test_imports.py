"""What the clinic's own record system says stands beside her answer, and counts when somebody has accepted it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from svangre.catalogue import Answer
from svangre.record.actions import answers, decisions, imports, pregnancies
from svangre.record.errors import Closed, NotAllowed, NotYours, WrongPatient
from svangre.record.imported import Fact, FactRow, Facts
from svangre.record.models import AnswerRow, GroupRow, Import
from tests.record.conftest import CPR, World, as_answer

MEDICINE = {"medicine_name": "Levothyroxin", "medicine_dose": "100 µg"}


def facts(
    *rows: Mapping[str, Any], on: str = "2024-05", texts: tuple[str, ...] = (), cpr: str = CPR, **fields: Any
) -> Facts:
    """Fields by item id, rows of medicine."""
    made = tuple(Fact(item, as_answer(value), on) for item, value in fields.items())
    medicines = tuple(FactRow("medicines", {key: as_answer(text) for key, text in row.items()}, on) for row in rows)
    return Facts(cpr, "Lægerne Testgade", made, medicines, texts, ("1 × Procedure: læses ikke",))


def take(world: World, found: Facts, **more: Any) -> int:
    given = {"viewer": world.staff, "at": world.at, "pregnancy_id": world.id, **more}
    return imports.import_facts(world.session, facts=found, **given)


def offered(world: World) -> list[str]:
    return [row.id for row in world.chart().offered("medicines")]


def test_a_fact_stands_beside_her_answer_with_its_source_and_counts_only_when_accepted(world: World) -> None:
    world.save(height_cm=165)
    world.submit()
    take(world, facts(height_cm=168))
    one = world.field("height_cm")
    assert one.status == "differs" and one.counts == one.hers
    assert one.imported and (one.imported.source, one.imported.known_on) == ("Lægerne Testgade", "2024-05")
    world.accept("height_cm", imported=True)
    one = world.field("height_cm")
    assert one.counts and (one.counts.answer, one.counts.giver) == (Answer("value", 168), "clinic")
    assert (one.counts.source, one.counts.known_on) == ("Lægerne Testgade", "2024-05")
    assert one.hers and one.hers.answer == Answer("value", 165)


def test_a_row_counts_nowhere_before_it_is_accepted_and_can_be_given_back(world: World) -> None:
    world.save(takes_medicine="yes")
    world.submit()
    take(world, facts(MEDICINE))
    assert world.chart().rows("medicines") == [] and len(offered(world)) == 1
    (row,) = offered(world)
    batch, count = decisions.accept_imported_row(
        world.session, viewer=world.staff, at=world.at, pregnancy_id=world.id, row_id=row
    )
    assert count == 2 and offered(world) == []
    assert [one.id for one in world.chart().rows("medicines")] == [row]
    assert world.chart().value("medicine_name", row) == "Levothyroxin"
    decisions.undo_batch(world.session, viewer=world.staff, at=world.at, pregnancy_id=world.id, batch=batch)
    assert world.chart().rows("medicines") == [] and offered(world) == [row]


@pytest.mark.parametrize("hers", [None, "no"])
def test_accepting_a_medicine_answers_that_she_takes_some_and_keeps_her_no(world: World, hers: str | None) -> None:
    if hers:
        world.save(takes_medicine=hers)
    world.submit()
    take(world, facts(MEDICINE))
    (row,) = offered(world)
    decisions.accept_imported_row(world.session, viewer=world.doctor, at=world.at, pregnancy_id=world.id, row_id=row)
    one = world.field("takes_medicine")
    assert world.chart().value("takes_medicine") == "yes"
    assert one.hers and one.hers.answer == (Answer("value", hers) if hers else Answer("not_answered"))
    assert len(world.chart().rows("medicines")) == 1


def test_the_same_again_adds_nothing_whatever_was_done_with_it_meanwhile(world: World) -> None:
    first = facts(MEDICINE, {"medicine_name": "Sertralin"}, height_cm=168, texts=("Ryger ikke",))
    assert take(world, first) == 4
    kept, refused = offered(world)
    decisions.accept_imported_row(world.session, viewer=world.doctor, at=world.at, pregnancy_id=world.id, row_id=kept)
    answers.remove_row(world.session, viewer=world.doctor, at=world.at, pregnancy_id=world.id, row_id=refused)
    world.correct("height_cm", 169)
    before = [world.count(table) for table in (AnswerRow, GroupRow, Import)]
    assert take(world, first) == 0
    assert [world.count(table) for table in (AnswerRow, GroupRow, Import)] == before
    assert take(world, facts({"medicine_name": "Jern"}, MEDICINE, texts=("Ryger ikke", "Nyt"))) == 2


def test_an_older_measurement_does_not_take_the_place_of_a_newer_one(world: World) -> None:
    take(world, facts(height_cm=168, on="2024-05-01"))
    take(world, facts(height_cm=166, on="2019"))
    assert world.field("height_cm").imported.answer == Answer("value", 168)  # type: ignore[union-attr]


def test_what_she_keeps_in_the_clinic_stays_there(world: World) -> None:
    answers.save_answers(
        world.session, viewer=world.her, at=world.at, pregnancy_id=world.id,
        answers={("height_cm", None): Answer("value", 165)}, private={("height_cm", None): "clinic_and_her"},
    )  # fmt: skip
    world.submit()
    take(world, facts(height_cm=168))
    assert world.field("height_cm").visibility == "clinic_and_her"


def test_somebody_else_s_facts_and_other_people_are_refused_and_nothing_is_stored(world: World) -> None:
    before = [world.count(table) for table in (AnswerRow, GroupRow, Import)]
    found = facts(MEDICINE, height_cm=168)
    with pytest.raises(WrongPatient):
        take(world, facts(height_cm=168, cpr="0201919996"))
    with pytest.raises(NotYours):
        take(world, found, viewer=world.stranger)
    for viewer in (world.midwife, world.admin, world.her):
        with pytest.raises(NotAllowed):
            take(world, found, viewer=viewer)
    pregnancies.end_pregnancy(world.session, viewer=world.doctor, at=world.at, pregnancy_id=world.id, kind="moved")
    with pytest.raises(Closed):
        take(world, found)
    assert [world.count(table) for table in (AnswerRow, GroupRow, Import)] == before


def test_only_a_row_that_waits_can_be_accepted(world: World) -> None:
    take(world, facts(MEDICINE))
    (row,) = offered(world)
    hers = world.add_row("births")
    given = {"viewer": world.doctor, "pregnancy_id": world.id}
    answers.remove_row(world.session, at=world.at, row_id=row, **given)
    for wrong in (row, hers, "01939f00-0000-7000-8000-000000000009"):
        with pytest.raises(NotYours):
            decisions.accept_imported_row(world.session, at=world.at, row_id=wrong, **given)


def test_a_signed_version_keeps_where_a_value_is_from(world: World) -> None:
    take(world, facts(height_cm=168))
    world.accept("height_cm", imported=True)
    signed = world.sign().snapshot["fields"]
    assert [one["clinics"]["source"] for one in signed if one["item"] == "height_cm"] == ["Lægerne Testgade"]
