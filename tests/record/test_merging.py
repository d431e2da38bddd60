"""Two pregnancies opened by mistake become one, and nothing of either is lost."""

from __future__ import annotations

import pytest

from svangre.catalogue import Answer
from svangre.record import queries
from svangre.record.actions import decisions, merging
from svangre.record.errors import Closed
from svangre.record.models import Pregnancy, Woman
from tests.record.conftest import CPR, World

REAL = "0203915556"


@pytest.fixture
def two(world: World) -> tuple[World, Pregnancy]:
    """She has answered here and the doctor has decided; there the secretary has written, with another number."""
    row = world.add_row("births")
    world.save(height_cm=168, hereditary_disease="no", given_birth_before="yes")
    world.save(row=row, birth_year="2019")
    world.submit()
    world.accept("height_cm")
    other = world.create(REAL)
    for item, value in (("height_cm", 171), ("weight_today_kg", "70"), ("violence_past_year", "yes")):
        decisions.correct(
            world.session, viewer=world.doctor, at=world.at, pregnancy_id=other.id, item_id=item,
            answer=Answer("value", value),
        )  # fmt: skip
    return world, other


def chart_of(world: World, pregnancy_id: str):
    pregnancy = world.session.get_one(Pregnancy, pregnancy_id, populate_existing=True)
    return queries.whole_chart(world.session, pregnancy, drafts=True)


def test_what_only_the_other_knows_comes_over_and_what_differs_stands_beside(two: tuple[World, Pregnancy]) -> None:
    world, other = two
    merging.merge(world.session, viewer=world.staff, at=world.at, pregnancy_id=world.id, other_id=other.id)
    chart = chart_of(world, world.id)
    assert chart.value("weight_today_kg") == "70"
    assert chart.value("height_cm") == 168
    assert chart.field("height_cm").imported.answer.value == 171
    assert chart.visibility(chart.catalogue["violence_past_year"]) == "gp_only"
    closed = world.session.get_one(Pregnancy, other.id)
    assert (closed.end_kind, chart_of(world, other.id).value("height_cm")) == ("merged", 171)


def test_her_answers_and_rows_come_over_as_hers(two: tuple[World, Pregnancy]) -> None:
    world, other = two
    merging.merge(world.session, viewer=world.staff, at=world.at, pregnancy_id=other.id, other_id=world.id)
    chart = chart_of(world, other.id)
    assert chart.value("height_cm") == 171
    assert chart.field("height_cm").hers.answer.value == 168
    assert chart.field("hereditary_disease").hers.giver == "woman"
    [row] = chart.rows("births")
    assert chart.value("birth_year", row.id) == "2019"
    assert world.session.get_one(Pregnancy, other.id).submitted_at


def test_the_kept_one_gets_the_real_number(world: World) -> None:
    replacement = world.create("6203915556")
    real = world.id
    merging.merge(world.session, viewer=world.staff, at=world.at, pregnancy_id=replacement.id, other_id=real)
    kept = world.session.get_one(Pregnancy, replacement.id)
    assert world.session.get_one(Woman, kept.woman_id).cpr == CPR
    with pytest.raises(Closed):
        merging.merge(world.session, viewer=world.staff, at=world.at, pregnancy_id=replacement.id, other_id=real)
