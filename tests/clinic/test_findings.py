"""Findings in the clinic: shown as soon as she has sent, handed over only when the doctor says so and nothing private
would leave with them, unverified ones only where the clinic wants them, and frozen with the signed version."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from svangre.policy import Viewer
from svangre.record import clinic_settings, findings, queries
from svangre.record.actions import decisions
from svangre.record.models import Clinic, Pregnancy
from svangre.rules.gdm import LATE_WEEKS
from svangre.rules.sources import LH
from svangre.rules.threshold import Row
from tests.clinic.conftest import AT, World
from tests.clinic.test_consultation import token, url
from tests.clinic.test_signing import sign
from tests.pages import CheckedClient, text_of

OGTT = "Overvej OGTT uge 24–28"


def act(client: CheckedClient, world: World, finding: str, what: str, **more: str) -> str:
    data = {"finding": finding, "act": what, "section": "arv", "csrf_token": token(client, world), **more}
    return text_of(client.post(url(world, "/fund"), data=data, follow_redirects=True))


def show_unverified(world: World) -> None:
    clinic_id = world.viewer("holm").clinic_id
    clinic_settings.change(
        world.session, viewer=Viewer("a", "clinic_admin", clinic_id=clinic_id), at=AT, clinic_id=str(clinic_id),
        shows_unverified=True, leads={},
    )  # fmt: skip


def test_a_blood_clot_stands_in_the_worklist_as_soon_as_she_has_sent(doctor: CheckedClient, world: World) -> None:
    made = world.new("1405929994", "Testperson Karla", {"somatic_disease": "yes", "circulation": ["blood_clot"]})
    page = text_of(doctor.get("/arbejdsliste"))
    assert "Overvej i dag, om der skal startes tromboseprofylakse – konferér" in page
    assert "Der regnes ingen score" in text_of(doctor.get(f"/graviditet/{made}/sygdomme"))


def test_the_way_of_counting_stands_beside_gravida_and_para(doctor: CheckedClient, world: World) -> None:
    page = text_of(doctor.get(url(world, "/foedsler")))
    assert "Sådan tælles gravida og paraG tæller alle graviditeter med den nuværende." in page


@pytest.mark.parametrize("what", ["done", "later"])
def test_done_and_later_are_told_apart_and_taken_back(what: str, doctor: CheckedClient, world: World) -> None:
    world.answer(world.pregnancy_id, {"family_diabetes": "yes"})
    word = {"done": "Gjort", "later": "Senere"}[what]
    assert f"Plan{OGTT} {word}" in act(doctor, world, "R3.late", what)
    assert f"Plan{OGTT} {word}" not in act(doctor, world, "R3.late", "open")


def test_what_rests_on_a_private_answer_is_not_handed_over_until_it_is_released(
    doctor: CheckedClient, world: World
) -> None:
    # given a finding whose reason she wants to keep with the doctor
    world.answer(world.pregnancy_id, {"family_diabetes": "yes"})
    keep: dict[str, Any] = {"viewer": world.viewer("holm"), "at": AT, "pregnancy_id": world.pregnancy_id}
    decisions.set_visibility(world.session, **keep, item_id="family_diabetes", visibility="gp_only")
    # when the doctor chooses it for the handover
    page = act(doctor, world, "R3.late", "hand_over")
    # then it stays out, and the page says so
    assert "Kommer ikke med i overdragelsen: det bygger på svar, der holdes ude" in page
    assert f"Til opmærksomhed: {OGTT}" not in doctor.get(url(world, "/resume")).text
    # until the answer is released
    decisions.set_visibility(
        world.session, **keep, item_id="family_diabetes", visibility="shared", reason="Aftalt med hende"
    )
    assert f"Til opmærksomhed: {OGTT}" in doctor.get(url(world, "/resume")).text
    assert "Kommer ikke med i overdragelsen" not in text_of(doctor.get(url(world, "/arv")))


def test_unverified_proposals_are_shown_and_handed_over_only_by_choice(doctor: CheckedClient, world: World) -> None:
    world.answer(world.pregnancy_id, {"consanguinity": "yes"})
    title = "Overvej tilbud om genetisk rådgivning"
    assert title not in text_of(doctor.get(url(world, "/arv")))
    show_unverified(world)
    page = text_of(doctor.get(url(world, "/arv")))
    assert f"Uverificerede forslag (1)Slået til af klinikken. Ingen kilde bekræfter dem. Plan{title}" in page
    assert title not in doctor.get(url(world, "/resume")).text
    act(doctor, world, "R26.counselling", "hand_over")
    assert f"Til opmærksomhed: {title}" in doctor.get(url(world, "/resume")).text


def test_a_signed_version_keeps_the_edition_it_was_assessed_with(
    doctor: CheckedClient, world: World, app: Flask
) -> None:
    # given a version that was signed while one edition was in force
    world.answer(world.pregnancy_id, {"family_diabetes": "yes"})
    for item_id, value in (("social_vulnerability", "no"), ("omsorgsniveau", "2"), ("obstetric_referral", "no")):
        decisions.correct(
            world.session, viewer=world.viewer("holm"), at=AT, pregnancy_id=world.pregnancy_id, item_id=item_id,
            answer=decisions.Answer("value", value),
        )  # fmt: skip
    act(doctor, world, "R3.late", "hand_over")
    sign(doctor, world)
    rows = LATE_WEEKS.rows
    try:
        # when a later edition is added as a new row
        object.__setattr__(LATE_WEEKS, "rows", (*rows, Row((175, 188), LH, date(2026, 11, 1))))
        # then the record in the consultation follows it, and the signed version stays as it was
        assert "Overvej OGTT uge 25–26" in text_of(doctor.get(url(world, "/arv")))
        world.session.rollback()
        pregnancy = world.session.get_one(Pregnancy, world.pregnancy_id)
        (version,) = queries.versions(world.session, world.viewer("holm"), pregnancy.id)
        frozen = queries.version_chart(world.session, version)
        assert [one["title"] for one in findings.leaving(frozen)] == [OGTT]
        assert frozen.signature
        assert frozen.signature.rules_edition == "2026-11-24"
    finally:
        object.__setattr__(LATE_WEEKS, "rows", rows)
        world.session.rollback()


def test_a_clinic_starts_without_unverified_proposals(world: World) -> None:
    clinic = world.session.get_one(Clinic, world.viewer("holm").clinic_id)
    assert clinic_settings.read(clinic).shows_unverified is False
