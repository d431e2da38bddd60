"""Worklist, new pregnancies, invitations, appointments, and the end of a pregnancy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from svangre.record.actions import pregnancies
from tests.clinic.conftest import AT, CPR, HERS, World, her
from tests.clinic.test_consultation import url
from tests.conftest import TODAY
from tests.pages import CheckedClient, text_of

SignIn = Callable[[str], CheckedClient]
NEW = {"cpr_number": "140592-9994", "name": "Testperson Karla Demolind", "phone": "20 00 00 01"}


def test_today_stands_first_with_what_cannot_wait(doctor: CheckedClient, world: World) -> None:
    world.answer(world.pregnancy_id, {"circulation": ["blood_clot"], "somatic_disease": "yes"})
    page = text_of(doctor.get("/arbejdsliste"))
    assert "I dag · 1 konsultation" in page
    assert "Testperson Nanna Berggreen 150490-9996 · 36 år" in page
    assert "Nye svar" in page
    assert "I dag Hun skriver: Blodprop" in page


def test_stages_are_counted_and_filtered(doctor: CheckedClient, world: World) -> None:
    world.new("1405929994", "Testperson Karla Demolind")
    page = doctor.get("/arbejdsliste")
    assert "Alle 2" in text_of(page)
    ready = text_of(doctor.get("/arbejdsliste?fase=ready"))
    assert "Nanna" in ready
    assert "Karla" not in ready
    assert "Ingen her" in text_of(doctor.get("/arbejdsliste?fase=sent"))


def test_the_list_goes_on_by_key_without_gaps_or_repeats(doctor: CheckedClient, world: World) -> None:
    for number in range(75):
        made = world.new(f"01{1 + number % 12:02}{50 + number // 12}99{number:02}", f"Testperson Nummer {number:02}")
        pregnancies.move_appointment(
            world.session, viewer=world.viewer("lone"), at=AT, pregnancy_id=made,
            visit_on=TODAY + timedelta(30 + number % 7) if number % 3 else None, visit_time=None, doctor_id=None,
        )  # fmt: skip
    first = doctor.get("/arbejdsliste")
    more = first.text.split('">Vis flere</a>')[0].rsplit('href="', 1)[1].replace("&amp;", "&")
    second = doctor.get(more)
    names = [f"Nummer {number:02}" for number in range(75)]
    found = [(name in first.text, name in second.text) for name in names]
    assert all(one != other for one, other in found)


@pytest.mark.parametrize(
    "text", ["nanna", "Berggreen test", "150490-9996", "1504909996", "1504", "150490-99", "20000000", "20 00 00 00"]
)
def test_search_finds_by_name_number_and_telephone(text: str, doctor: CheckedClient, world: World) -> None:
    page = doctor.submit(doctor.get("/arbejdsliste"), {"soeg": text}, form="/arbejdsliste/soeg")
    assert "Testperson Nanna Berggreen" in text_of(page)
    assert page.request.path == "/arbejdsliste/soeg"


def test_search_stays_in_the_clinic_and_says_when_nothing_is_found(sign_in: SignIn, world: World) -> None:
    other = sign_in("fremmed")
    page = other.submit(other.get("/arbejdsliste"), {"soeg": CPR}, form="/arbejdsliste/soeg")
    assert f"Ingen med »{CPR}«" in text_of(page)


@pytest.mark.parametrize(
    ("values", "question"),
    [
        ({"visit_on": "1.2.2025"}, "Er datoen rigtig? 1. februar 2025 er gået."),
        ({"visit_on": "1.2.2029"}, "langt ude i fremtiden"),
        ({"cpr_number": "110324-4994"}, "Det hører til et barn på 2 år"),
    ],
)
def test_what_is_unusual_is_asked_about_and_allowed(
    values: dict[str, str], question: str, staff: CheckedClient, world: World
) -> None:
    asked = staff.submit(staff.get("/graviditet/ny"), {**NEW, **values}, form="new-pregnancy")
    assert question in text_of(asked)
    made = staff.submit(asked, {"is_right": "y"}, form="new-pregnancy")
    assert made.request.path.endswith("/invitation")


def test_a_date_that_has_passed_is_asked_about_when_it_moves(staff: CheckedClient, world: World) -> None:
    asked = staff.submit(staff.get(url(world, "/aftale")), {"visit_on": "1.2.2025", "visit_time": "9.15"}, form="move")
    assert "Er datoen rigtig?" in text_of(asked)
    assert world.pregnancy().visit_on == TODAY
    assert "Aftalen er gemt" in text_of(staff.submit(asked, {"is_right": "y"}, form="move"))


def test_create_and_invite(staff: CheckedClient, world: World) -> None:
    invited = staff.submit(staff.get("/graviditet/ny"), NEW, form="new-pregnancy")
    assert invited.request.path.endswith("/invitation")
    assert "Ingen invitation" in text_of(invited) or "ingen invitation" in text_of(invited)
    shown = staff.submit(invited, form="invite")
    assert "/skema/" in shown.text
    assert "Linket er på vej med sms. Koden får hun af jer." in text_of(shown)
    picture = staff.get(shown.request.path + "/qr.svg")
    assert picture.mimetype == "image/svg+xml"


def test_a_letter_is_printed_with_link_and_code_apart(staff: CheckedClient, world: World) -> None:
    page = staff.get(url(world, "/invitation"))
    staff.submit(page, form="invite")
    for name in ("brev.pdf", "kode.pdf"):
        response = staff.get(url(world, f"/invitation/{name}"))
        assert response.data.startswith(b"%PDF")
        assert name in response.headers["Content-Disposition"]


def test_one_press_is_one_invitation_and_a_new_one_replaces_it(staff: CheckedClient, world: World) -> None:
    page = staff.get(url(world, "/invitation"))
    first = staff.submit(page, form="invite")
    again = staff.submit(page, form="invite")
    assert link(first) == link(again)
    new = staff.submit(again, form="invite")
    assert link(new) != link(first)
    revoked = staff.submit(new, form="revoke")
    assert "ingen invitation, der virker" in text_of(revoked)


def link(page: object) -> str:
    return page.text.split('id="link" value="')[1].split('"')[0]  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"cpr_number": "320592-9994"}, "ikke en dato"),
        ({"cpr_number": "12345"}, "10 tegn"),
        ({"cpr_number": ""}, "Skriv CPR-nummeret"),
        ({"name": ""}, "Skriv hendes navn"),
        ({"name": "x" * 10_000}, "plads til 200 tegn"),
        ({"name": "Ann\u202ea"}, "skjulte tegn"),
        ({"phone": "ring til mig"}, "8 cifre"),
        ({"email": "uden snabel"}, "e-mailadressen"),
        ({"visit_on": "31.2.2027"}, "findes ikke"),
        ({"visit_time": "25.00"}, "10.40"),
    ],
)
def test_bad_input_is_explained_and_kept(
    values: dict[str, str], message: str, staff: CheckedClient, world: World
) -> None:
    page = staff.submit(staff.get("/graviditet/ny"), {**NEW, **values}, form="new-pregnancy")
    assert "<title>Fejl:" in page.text
    assert message in text_of(page)
    kept = next(iter(values.values()))
    assert not kept or kept[:100] in page.text


@pytest.mark.parametrize("number", ["700592-9994", "140592-T12X", "010190-9996"])
def test_replacement_numbers_are_accepted(number: str, staff: CheckedClient, world: World) -> None:
    page = staff.submit(staff.get("/graviditet/ny"), {**NEW, "cpr_number": number}, form="new-pregnancy")
    assert page.request.path.endswith("/invitation")


def test_a_duplicate_leads_to_the_open_one(staff: CheckedClient, world: World) -> None:
    page = staff.submit(staff.get("/graviditet/ny"), {**NEW, "cpr_number": CPR}, form="new-pregnancy")
    assert "allerede et åbent forløb" in text_of(page)
    assert f'href="{url(world)}"' in page.text


def test_a_form_without_its_token_is_refused_kindly(staff: CheckedClient) -> None:
    response = staff.post("/graviditet/ny", data=NEW)
    assert response.status_code == 400
    assert "Åbn siden igen" in text_of(response)


def test_the_appointment_moves(staff: CheckedClient, world: World) -> None:
    page = staff.submit(staff.get(url(world, "/aftale")), {"visit_on": "30.11.2026", "visit_time": "9.15"}, form="move")
    assert "Aftalen er gemt" in text_of(page)
    moved = world.pregnancy()
    assert (moved.visit_on, moved.visit_time) == (TODAY + timedelta(6), "09:15")
    refused = staff.submit(page, {"visit_on": "i morgen"}, form="move")
    assert 'value="i morgen"' in refused.text


def test_a_replacement_number_becomes_the_real_one(staff: CheckedClient, world: World) -> None:
    made = world.new("7005929994", "Testperson Karla")
    page = staff.get(f"/graviditet/{made}/aftale")
    assert "erstatningsnummer" in text_of(page)
    done = staff.submit(page, {"cpr_number": "100592-9994"}, form="identity")
    assert "100592-9994" in text_of(done)
    taken = staff.submit(done, {"cpr_number": CPR}, form="identity")
    assert "hører til en anden kvinde" in text_of(taken)


def test_a_pregnancy_opened_twice_is_merged(staff: CheckedClient, world: World) -> None:
    made = world.new("7005929994", "Testperson Nanna B.")
    taken = staff.submit(staff.get(f"/graviditet/{made}/aftale"), {"cpr_number": CPR}, form="identity")
    assert "saml de to forløb" in text_of(taken)
    page = staff.get(f"/graviditet/{made}/saml?med={world.pregnancy_id}")
    assert "Vælg, hvilket forløb der skal bestå" in text_of(staff.submit(page, form="merge"))
    done = staff.submit(page, {"kept": world.pregnancy_id}, form="merge")
    assert "Forløbene er samlet" in text_of(done)
    assert "samlet med hendes andet forløb" in text_of(staff.get(f"/graviditet/{made}/aftale"))
    assert "Nanna B." not in text_of(staff.get("/arbejdsliste"))


def test_an_end_is_gentle_and_can_be_undone(staff: CheckedClient, world: World) -> None:
    page = staff.get(url(world, "/aftale"))
    ended = staff.submit(page, {"kind": "ended"}, form="end")
    text = text_of(ended)
    assert "Forløbet er afsluttet" in text
    assert "Husk at aflyse" in text
    assert "Uge 8" not in text
    assert "Nanna" not in text_of(staff.get("/arbejdsliste"))
    assert "Nanna" in text_of(staff.get("/arbejdsliste?fase=ended"))
    opened = staff.submit(ended, form="reopen")
    assert "åbent igen" in text_of(opened)
    assert "Nanna" in text_of(staff.get("/arbejdsliste"))


def test_staff_type_for_her_and_it_says_so(staff: CheckedClient, world: World) -> None:
    other = world.new("1405929994", "Testperson Karla", HERS, submit=False)
    start = staff.get(f"/graviditet/{other}/skriv-for-hende")
    page = staff.submit(start, form="start")
    saved = staff.submit(page, {"preferred_name": "Kalle"}, form="typing", button="Gem og næste")
    assert saved.status_code == 200
    given = world.chart(other).field("preferred_name").hers
    assert (given.giver, given.by) == ("woman", "LO")
    assert "Skrevet for hende af LO" in text_of(staff.get(f"/graviditet/{other}/stamdata"))


def test_staff_type_nothing_into_a_form_that_was_not_fetched(staff: CheckedClient, world: World) -> None:
    other = world.new("1405929994", "Testperson Karla", HERS, submit=False)
    page = staff.get(f"/graviditet/{other}/skriv-for-hende")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    response = staff.post(f"/graviditet/{other}/skriv-for-hende/contact", data={"csrf_token": token})
    assert response.status_code == 410


def test_she_is_seen_to_have_ended_it_herself(doctor: CheckedClient, world: World) -> None:
    pregnancies.end_pregnancy(
        world.session, viewer=her(world.pregnancy_id), at=AT, pregnancy_id=world.pregnancy_id, kind="ended"
    )
    assert "Nanna" in text_of(doctor.get("/arbejdsliste?fase=ended"))
