"""From signing to the answer to the midwife's question: what is missing, who may, what leaves, and what is undone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from svangre.record.actions import decisions
from svangre.record.models import AuditEntry, Handover
from svangre.worker import Worker
from tests.clinic.conftest import AT, World
from tests.clinic.test_consultation import decide, url
from tests.pages import CheckedClient, text_of

SignIn = Callable[[str], CheckedClient]


@pytest.fixture
def complete(world: World) -> World:
    """What the doctor must add is there: nothing that PRF needs is missing."""
    for item_id, value in (("social_vulnerability", "no"), ("omsorgsniveau", "2"), ("obstetric_referral", "yes")):
        decisions.correct(
            world.session, viewer=world.viewer("holm"), at=AT, pregnancy_id=world.pregnancy_id, item_id=item_id,
            answer=decisions.Answer("value", value),
        )  # fmt: skip
    return world


def sign(doctor: CheckedClient, world: World, **values: str) -> object:
    return doctor.submit(doctor.get(url(world, "/skriv-under")), values, form="sign-form")


def handover_id(world: World) -> str:
    world.session.rollback()
    found = world.session.scalars(select(Handover.id).order_by(Handover.id.desc())).first()
    world.session.rollback()
    assert found
    return found


def test_what_is_missing_is_a_place_to_go(doctor: CheckedClient, world: World) -> None:
    page = doctor.get(url(world, "/skriv-under"))
    assert "1 felt mangler" in text_of(page)
    assert f"{url(world, '/familie')}#f-social_vulnerability" in page.text


def test_level_resume_and_what_cannot_wait_have_lines_of_their_own(doctor: CheckedClient, world: World) -> None:
    """And the number of open fields is the one that stands beside the section in the record."""
    for item, value in (("systolic", "160"), ("diastolic", "110")):
        decide(doctor, world, "undersoegelser", item, "correct", **{f"{item}-asked": "1", item: value})
    page = text_of(doctor.get(url(world, "/skriv-under"))).split("Se på, før du skriver under")[1]
    look = page.split("Åbent, men ikke påkrævet")[0]
    assert "Omsorgsniveau Ikke udfyldt" in look
    assert "Resumé til modtager Ikke udfyldt" in look
    assert "I dag" in look
    record = doctor.get(url(world, "/sprog"))
    waiting = re.search(r"Sygdomme og operationer, (\d+) åbne", text_of(record))
    assert waiting
    assert f"Sygdomme og operationer {waiting[1]} åbne" in page


def test_nobody_signs_without_the_national_record_by_accident(doctor: CheckedClient, world: World) -> None:
    refused = sign(doctor, world)
    assert "Der er ikke skrevet under" in text_of(refused)
    assert world.pregnancy().stage != "signed"
    signed = sign(doctor, world, without_prf="1")
    assert "Version 1 er skrevet under" in text_of(signed)
    assert "Skrevet under uden national svangrejournal" in text_of(signed)


def test_only_a_doctor_signs(staff: CheckedClient, complete: World) -> None:
    page = staff.get(url(complete, "/skriv-under"))
    assert "Kun en læge kan skrive under" in text_of(page)
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    assert staff.post(url(complete, "/skriv-under"), data={"csrf_token": token}).status_code == 403


def test_signed_and_handed_over_in_one_step(doctor: CheckedClient, complete: World) -> None:
    signed = text_of(sign(doctor, complete, birthplace=complete.birthplaces["nord"]))
    assert "Version 1 er skrevet under og sendt" in signed
    assert "Fødestedet Demo Nord" in signed
    assert "Ikke åbnet endnu" in signed
    assert complete.pregnancy().stage == "sent"


def test_pressed_twice_is_one_version(doctor: CheckedClient, complete: World) -> None:
    page = doctor.get(url(complete, "/skriv-under"))
    doctor.submit(page, form="sign-form")
    again = text_of(doctor.submit(page, form="sign-form"))
    assert "Version 1" in again
    assert "Version 2" not in again.replace("Ret: skriv under på en ny version", "")


def test_a_record_that_moved_is_looked_at_again_before_it_is_signed(doctor: CheckedClient, complete: World) -> None:
    page = doctor.get(url(complete, "/skriv-under"))
    decide(doctor, complete, "undersoegelser", "systolic", "correct", **{"systolic-asked": "1", "systolic": "150"})
    refused = text_of(doctor.submit(page, form="sign-form"))
    assert "Journalen er ændret, siden du åbnede siden" in refused
    assert complete.pregnancy().stage == "under_way"


def test_her_no_to_sending_keeps_it_in_the_clinic(doctor: CheckedClient, complete: World) -> None:
    complete.answer(complete.pregnancy_id, {"consent_to_send": "no"})
    assert "Hun har sagt nej til at sende" in text_of(doctor.get(url(complete, "/skriv-under")))
    refused = text_of(sign(doctor, complete, without_prf="1", birthplace=complete.birthplaces["nord"]))
    assert "Der er ikke skrevet under" in refused
    assert "Den er ikke sendt" in text_of(sign(doctor, complete, without_prf="1", birthplace=""))


def test_private_answers_are_listed_as_not_leaving(doctor: CheckedClient, complete: World) -> None:
    decide(
        doctor,
        complete,
        "samtale_alene",
        "safe_at_home",
        "correct",
        **{"safe_at_home-asked": "1", "safe_at_home": "no"},
    )
    page = text_of(doctor.get(url(complete, "/skriv-under")))
    assert "Private felter holdes ude" in page
    assert "Tryg derhjemme" in page


def test_an_amendment_needs_a_reason_and_shows_what_changed(doctor: CheckedClient, complete: World) -> None:
    sign(doctor, complete, birthplace=complete.birthplaces["nord"])
    decide(doctor, complete, "undersoegelser", "rhd", "correct", **{"rhd-asked": "1", "rhd": "negative"})
    page = doctor.get(url(complete, "/skriv-under"))
    assert "Rettelse: version 2" in text_of(page)
    assert "Rhesustype (RhD) – Negativ" in text_of(page)
    assert "Skriv, hvorfor du retter" in text_of(doctor.submit(page, form="sign-form"))
    done = doctor.submit(page, {"reason": "Blodtype er kommet"}, form="sign-form")
    assert "Version 2 er skrevet under" in text_of(done)
    assert "Blodtype er kommet" in text_of(doctor.get(url(complete, "/versioner/2")))
    assert "Rhesustype" not in text_of(doctor.get(url(complete, "/versioner/1")))


def test_versions_stand_side_by_side(doctor: CheckedClient, complete: World) -> None:
    sign(doctor, complete)
    decide(doctor, complete, "undersoegelser", "rhd", "correct", **{"rhd-asked": "1", "rhd": "negative"})
    draft = text_of(doctor.get(url(complete, "/versioner/sammenlign")))
    assert "Version 1 og udkastet nu 1 felt er forskellige" in draft
    assert "Forskellige: Rhesustype (RhD)–Negativ" in draft
    sign(doctor, complete, reason="Blodtype er kommet")
    page = doctor.get(url(complete, "/versioner/sammenlign?a=2&b=1"))
    assert "Forskellige: Rhesustype (RhD)Negativ–" in text_of(page)
    assert "Højde168 cm168 cm" in text_of(page)
    assert doctor.get(url(complete, "/versioner/sammenlign?a=7")).status_code == 404


def test_an_amendment_that_changes_nothing_is_not_signed(doctor: CheckedClient, complete: World) -> None:
    sign(doctor, complete)
    page = doctor.get(url(complete, "/skriv-under"))
    assert "Intet er ændret siden version 1" in text_of(page)
    assert "intet nyt at skrive under på" in text_of(page)
    refused = doctor.submit(page, {"reason": "Igen"}, form="sign-form")
    assert "Intet er ændret siden sidste version" in text_of(refused)
    decide(doctor, complete, "undersoegelser", "rhd", "correct", **{"rhd-asked": "1", "rhd": "negative"})
    assert "1 felt er ændret siden version 1" in text_of(doctor.get(url(complete, "/skriv-under")))


def test_results_after_signing_are_dated_entries_and_move_the_due_date_everywhere(
    doctor: CheckedClient, complete: World
) -> None:
    sign(doctor, complete)
    page = doctor.get(url(complete, "/resultater"))
    assert "Intet er kommet siden" in text_of(page)
    future = doctor.submit(page, {"on": "1.12.2030", "rhd": "negative"}, form="results")
    assert "ligger i fremtiden" in text_of(future)
    assert complete.chart().value("rhd") is None
    given = {"on": "20.11.2026", "rhd": "negative", "scan_due_date": "10.7.2027"}
    saved = text_of(doctor.submit(page, given, form="results"))
    assert "2 resultater er gemt" in saved
    assert "Termin 10. juli 2027" in saved
    assert "20. november 2026 Rhesustype (RhD) – Negativ" in saved
    assert "10. juli 2027" in text_of(doctor.get("/arbejdsliste"))
    assert "Fra 20. november 2026. HO" in text_of(doctor.get(url(complete, "/undersoegelser")))
    assert "felter er ændret siden version 1" in text_of(doctor.get(url(complete, "/skriv-under")))


def test_documents_are_made_and_carry_neutral_names(doctor: CheckedClient, complete: World, app: Flask) -> None:
    sign(doctor, complete, birthplace=complete.birthplaces["nord"])
    assert "Laves …" in text_of(doctor.get(url(complete, "/versioner")))
    Worker(app.extensions["settings"], app.extensions["write"]).drain()
    assert "Laves …" not in text_of(doctor.get(url(complete, "/versioner")))
    for kind, name in (
        ("handover", "overdragelse.pdf"),
        ("prf", "prf.json"),
        ("pscr", "pscr.json"),
        ("pmr", "pmr.json"),
    ):
        response = doctor.get(url(complete, f"/versioner/1/{kind}"))
        assert response.status_code == 200
        assert name in response.headers["Content-Disposition"]
        assert "Berggreen" not in str(response.headers)
    assert doctor.get(url(complete, "/versioner/1/noget")).status_code == 404


def test_the_midwife_opens_asks_and_acknowledges_and_the_clinic_sees_it(
    doctor: CheckedClient, midwife: CheckedClient, complete: World
) -> None:
    sign(doctor, complete, birthplace=complete.birthplaces["nord"])
    one = handover_id(complete)
    listed = text_of(midwife.get("/indbakke"))
    assert "Skal handles på" in listed
    assert "Testperson Nanna Berggreen" in listed
    unopened = midwife.get(f"/indbakke/{one}")
    assert "At vi tager os god tid" not in text_of(unopened)
    opened = midwife.submit(unopened, form="open-it")
    assert "Niveau 2" in text_of(opened)
    assert "At vi tager os god tid" in text_of(opened)
    asked = midwife.submit(opened, {"text": "Blodtryk, er det gentaget?"}, form="ask")
    assert "Spørgsmålet er sendt" in text_of(asked)
    assert "»Blodtryk, er det gentaget?«" in text_of(doctor.get("/arbejdsliste"))
    page = doctor.get(url(complete, "/versioner"))
    assert "Åbnet" in text_of(page)
    answered = doctor.submit(page, {"text": "Ja, 122/76"}, form="reply-1-1")
    assert "Svaret er sendt" in text_of(answered)
    read = midwife.get(f"/indbakke/{one}")
    assert "Ja, 122/76" in text_of(read)
    assert "Kvitteret. Klinikken kan se det." in text_of(midwife.submit(read, form="acknowledge"))
    assert complete.pregnancy().stage == "acknowledged"
    assert "af Testperson ida" in text_of(doctor.get(url(complete, "/versioner")))


def test_signed_and_sent_are_told_apart_and_questions_counted_on_every_page(
    doctor: CheckedClient, midwife: CheckedClient, complete: World
) -> None:
    signed = sign(doctor, complete)
    for address in ("/arbejdsliste", "/arbejdsliste?fase=overdraget"):
        page = text_of(doctor.get(address))
        assert "Skrevet under, ikke sendt" in page
        assert "Sendt til fødested" not in page
    doctor.submit(signed, {"birthplace": complete.birthplaces["nord"]}, form="hand-over")
    opened = midwife.submit(midwife.get(f"/indbakke/{handover_id(complete)}"), form="open-it")
    midwife.submit(opened, {"text": "Er der målt blodtryk?"}, form="ask")
    for address in ("/arbejdsliste", "/graviditet/ny", "/leveringer", "/konto"):
        assert "Overdragelser 1 spørgsmål" in text_of(doctor.get(address)), address


def test_a_question_sent_twice_is_one(doctor: CheckedClient, midwife: CheckedClient, complete: World) -> None:
    sign(doctor, complete, birthplace=complete.birthplaces["nord"])
    one = handover_id(complete)
    opened = midwife.submit(midwife.get(f"/indbakke/{one}"), form="open-it")
    for _twice in range(2):
        asked = midwife.submit(opened, {"text": "Er der målt blodtryk?"}, form="ask")
    assert text_of(asked).count("Er der målt blodtryk?") == 1


def test_another_unit_sees_nothing_of_it(doctor: CheckedClient, sign_in: SignIn, complete: World) -> None:
    sign(doctor, complete, birthplace=complete.birthplaces["nord"])
    one, other = handover_id(complete), sign_in("else")
    assert "Berggreen" not in text_of(other.get("/indbakke"))
    for address in (f"/indbakke/{one}", f"/indbakke/{one}/overdragelse.pdf"):
        assert other.get(address).status_code == 404


def test_an_amended_version_stands_on_top_with_what_changed(
    doctor: CheckedClient, midwife: CheckedClient, complete: World
) -> None:
    sign(doctor, complete, birthplace=complete.birthplaces["nord"])
    midwife.submit(midwife.get(f"/indbakke/{handover_id(complete)}"), form="open-it")
    decide(doctor, complete, "undersoegelser", "rhd", "correct", **{"rhd-asked": "1", "rhd": "negative"})
    sign(doctor, complete, reason="Blodtype er kommet", birthplace=complete.birthplaces["nord"])
    assert "Rettelse" in text_of(midwife.get("/indbakke"))
    opened = midwife.submit(midwife.get(f"/indbakke/{handover_id(complete)}"), form="open-it")
    assert "Rhesustype (RhD) – Negativ" in text_of(opened)


def test_sent_another_way_is_noted_with_who(doctor: CheckedClient, complete: World) -> None:
    page = sign(doctor, complete)
    noted = doctor.submit(page, {"birthplace": complete.birthplaces["syd"], "other_way": "1"}, form="hand-over")
    assert "Noteret som sendt ad anden vej" in text_of(noted)
    assert "Testperson holm" in text_of(noted)


def test_the_inbox_is_searched_by_name(doctor: CheckedClient, midwife: CheckedClient, complete: World) -> None:
    sign(doctor, complete, birthplace=complete.birthplaces["nord"])
    page = midwife.get("/indbakke")
    assert "Berggreen" in text_of(midwife.submit(page, {"soeg": "nanna"}, form="/indbakke/soeg"))
    assert "Ingen fundet" in text_of(midwife.submit(page, {"soeg": "karla"}, form="/indbakke/soeg"))


def test_the_resume_is_composed_without_what_is_private(doctor: CheckedClient, complete: World) -> None:
    decisions.set_visibility(
        complete.session, viewer=complete.viewer("holm"), at=AT, pregnancy_id=complete.pregnancy_id,
        item_id="what_matters", visibility="gp_only",
    )  # fmt: skip
    page = doctor.get(url(complete, "/resume"))
    assert "G1 P0" in page.text
    assert "god tid" not in page.text
    doctor.submit(page, {"text": "Rask gravid."}, form="take")
    assert complete.chart().value("resume") == "Rask gravid."


def test_reading_is_logged_and_refreshing_is_not(doctor: CheckedClient, world: World) -> None:
    def reads() -> int:
        world.session.rollback()
        found = world.session.scalars(select(AuditEntry).where(AuditEntry.action == "chart.read")).all()
        world.session.rollback()
        return len(found)

    background = {"X-Background": "1"}
    doctor.get(url(world, "/sprog"), headers=background)
    assert reads() == 1, "nobody reads unlogged by calling it a refresh"
    doctor.get(url(world, "/sprog"), headers=background)
    assert reads() == 1
    doctor.get(url(world, "/sprog"))
    assert reads() == 2
