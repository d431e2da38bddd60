"""The clinic's own way: what it chose holds for the pregnancies made from then on, and hides nothing that is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from forms import CATALOGUE
from svangre.record import way
from svangre.record.way import Phrase, Way
from tests.clinic.conftest import AT, HERS, World
from tests.clinic.test_consultation import decide
from tests.pages import CheckedClient, text_of

SignIn = Callable[[str], CheckedClient]
SECTIONS = [section.id for section in CATALOGUE.sections if not section.later]


@pytest.fixture
def chosen(world: World) -> str:
    """A woman whose pregnancy is made after the clinic said how it works."""
    administrator = replace(world.viewer("lone"), role="clinic_admin")
    own = Way(
        order=("undersoegelser", *(one for one in SECTIONS if one != "undersoegelser")),
        done_by={"undersoegelser": "staff", "vurdering": "doctor"},
        phrases=(Phrase("Mål", "BT {blodtryk}, uge {uge}, vægt {vægt}."),),
        birthplace=world.birthplaces["syd"],
        off=("smear", "tweak"),
    )
    way.change(world.session, viewer=administrator, at=AT - timedelta(minutes=1), way=own)
    hers = {key: value for key, value in HERS.items() if key != "wanted_birthplace"}
    return world.new("1405929994", "Testperson Karla", hers)


def test_each_starts_with_what_is_theirs_in_the_clinics_order(
    doctor: CheckedClient, staff: CheckedClient, chosen: str
) -> None:
    assert "/undersoegelser" in staff.get(f"/graviditet/{chosen}").location
    assert "/vurdering" in doctor.get(f"/graviditet/{chosen}").location
    nav = doctor.get(f"/graviditet/{chosen}/sprog").text.split('id="nav"')[1]
    numbers = re.findall(r'cl-nav__n">(\d+)</span><span>([^<]+)<', nav)
    assert numbers[0] == ("1", "Undersøgelser og prøver")
    assert "personale" in nav


def test_parts_that_are_off_are_shown_only_when_they_hold_something(
    doctor: CheckedClient, world: World, chosen: str
) -> None:
    smear = f"/graviditet/{chosen}/undersoegelser"
    assert "Smear" not in text_of(doctor.get(smear)).split("Feltets navn")[0]
    world.pregnancy_id = chosen
    decide(doctor, world, "undersoegelser", "smear", "correct", **{"smear-asked": "1", "smear": "overdue"})
    assert "Smear" in text_of(doctor.get(smear)).split("Feltets navn")[0]


def test_phrases_take_what_is_known_and_the_usual_birth_place_is_proposed(doctor: CheckedClient, chosen: str) -> None:
    page = doctor.get(f"/graviditet/{chosen}/resume")
    shown = doctor.submit(page, {"text": "Rask."}, form="take", button="Mål")
    assert "BT …, uge 8+3, vægt …." in text_of(shown)
    assert "Rask." in text_of(shown)
    sign = doctor.get(f"/graviditet/{chosen}/skriv-under").text
    assert re.search(r'value="[^"]+" checked><span>Fødestedet Demo Syd', sign)


def test_what_began_before_goes_on_as_it_began(staff: CheckedClient, world: World, chosen: str) -> None:
    administrator = replace(world.viewer("lone"), role="clinic_admin")
    way.change(world.session, viewer=administrator, at=AT + timedelta(hours=1), way=Way())
    assert "/undersoegelser" in staff.get(f"/graviditet/{chosen}").location
