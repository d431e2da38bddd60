"""The clinic's and the birth place's journeys in a real browser, at 1440 × 900."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Service, assert_accessible

Open = Callable[..., Page]


def sign_in(page: Page, username: str) -> Page:
    page.goto("/log-ind")
    page.get_by_label("Brugernavn").fill(username)
    page.get_by_label("Adgangskode").fill("demo")
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url(re.compile("arbejdsliste|indbakke"))
    return page


@pytest.fixture
def doctor(open_page: Open) -> Page:
    return sign_in(open_page("desktop"), "holm")


@pytest.fixture
def staff(open_page: Open) -> Page:
    return sign_in(open_page("desktop"), "lone")


@pytest.fixture
def midwife(open_page: Open) -> Page:
    return sign_in(open_page("desktop"), "jordemoder")


def open_record(page: Page, name: str, section: str = "") -> None:
    page.goto("/arbejdsliste")
    page.get_by_role("link", name=name).click()
    page.wait_for_selector("#ident")
    if section:
        page.locator("#nav").get_by_role("link", name=section).click()
        page.wait_for_selector(f"h1:has-text('{section}')")


def saved(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text(re.compile(r"^\s*Gemt kl"))


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_create_and_invite(open_page: Open, javascript: bool) -> None:
    """Journey 1: staff create a pregnancy and hand her a link and a code, apart."""
    page = sign_in(open_page("desktop", javascript=javascript), "lone")
    page.get_by_role("link", name="Ny graviditet").click()
    page.get_by_label("CPR-nummer").fill("230794-999" + ("6" if javascript else "7"))
    page.get_by_label("Navn", exact=True).fill("Testperson Ane Nybegynder")
    page.get_by_label("Første konsultation, dato").fill("30.11.2026")
    page.get_by_label("Kl.").fill("9.15")
    page.get_by_role("button", name="Opret og gå til invitation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Invitation")
    page.get_by_role("button", name="Lav invitationen").click()
    link, code = page.locator("#link").input_value(), page.locator("#code").input_value()
    assert "/skema/" in link
    assert code not in link
    expect(page.get_by_role("img", name="QR-kode med hendes link")).to_be_visible()
    page.goto("/arbejdsliste")
    expect(page.get_by_role("row", name=re.compile("Ane Nybegynder")).first).to_contain_text("Inviteret")


def test_a_consultation_from_worklist_to_handover(doctor: Page, midwife: Page) -> None:
    """Journeys 3 and 4: the doctor finishes, signs and sends; the midwife opens, asks, is answered, acknowledges."""
    open_record(doctor, "Testperson Karla Demolind", "Undersøgelser")
    doctor.get_by_label("Blodtryk, systolisk").fill("122")
    doctor.get_by_label("Blodtryk, systolisk").press("Tab")
    doctor.get_by_label("Blodtryk, diastolisk").fill("76")
    doctor.get_by_label("Blodtryk, diastolisk").press("Tab")
    saved(doctor)
    expect(doctor.locator("#f-systolic")).to_contain_text("ØH kl.")
    doctor.locator("#f-height_cm").get_by_role("button", name="Acceptér").click()
    expect(doctor.locator("#f-height_cm")).to_contain_text("Accepteret af ØH")
    doctor.locator("#nav").get_by_role("link", name="Vurdering").click()
    doctor.get_by_role("radio", name="Niveau 2: Udvidet basistilbud").check()
    saved(doctor)
    doctor.get_by_role("link", name="Tjek og skriv under").click()
    doctor.get_by_label("Fødestedet Demo Nord").check()
    if doctor.get_by_label("Skriv under uden national svangrejournal").count():
        doctor.get_by_label("Skriv under uden national svangrejournal").check()
    doctor.get_by_role("button", name="Skriv under").click()
    expect(doctor.get_by_text("Version 1 er skrevet under og sendt.")).to_be_visible()

    midwife.goto("/indbakke")
    midwife.get_by_role("button", name="Testperson Karla Demolind").click()
    expect(midwife.get_by_text("Niveau 2: Udvidet basistilbud")).to_be_visible()
    midwife.get_by_label("Spørg klinikken").fill("Er blodtrykket målt igen?")
    midwife.get_by_role("button", name="Send spørgsmålet").click()
    expect(midwife.get_by_text("Spørgsmålet er sendt til klinikken.")).to_be_visible()

    doctor.goto("/arbejdsliste")
    row = doctor.get_by_role("row", name=re.compile("Karla Demolind"))
    expect(row).to_contain_text("Er blodtrykket målt igen?")
    row.get_by_role("link", name="Svar").click()
    doctor.get_by_label("Svar fødestedet").fill("Ja, 122/76 to gange.")
    doctor.get_by_role("button", name="Send svaret").click()
    expect(doctor.get_by_text("Svaret er sendt til fødestedet.")).to_be_visible()

    midwife.reload()
    expect(midwife.get_by_text("Ja, 122/76 to gange.")).to_be_visible()
    midwife.get_by_role("heading", name="Spørgsmål til klinikken").click()
    midwife.keyboard.press("k")
    expect(midwife.get_by_text("Kvitteret. Klinikken kan se det.")).to_be_visible()
    doctor.goto("/arbejdsliste?fase=acknowledged")
    expect(doctor.get_by_role("link", name="Testperson Karla Demolind")).to_be_visible()


def test_the_end_of_a_pregnancy_and_its_undoing(staff: Page) -> None:
    """Journey 5: one action, gentle words, and a mistake is undone."""
    open_record(staff, "Testperson Mie Skovdemo")
    staff.get_by_role("link", name="Aftale, identitet, afslutning").click()
    staff.get_by_label("Graviditeten er slut").check()
    staff.get_by_role("button", name="Afslut forløbet").click()
    expect(staff.get_by_text("Beskeder til hende er stoppet, og hendes side er ændret.")).to_be_visible()
    staff.goto("/arbejdsliste")
    expect(staff.get_by_role("link", name="Testperson Mie Skovdemo")).to_have_count(0)
    staff.get_by_role("link", name="Afsluttede").click()
    staff.get_by_role("link", name="Testperson Mie Skovdemo").click()
    staff.get_by_role("link", name="Aftale, identitet, afslutning").click()
    staff.get_by_role("button", name="Det var en fejl. Åbn forløbet igen").click()
    expect(staff.get_by_text("Forløbet er åbent igen.")).to_be_visible()


def test_signing_by_keyboard_alone(doctor: Page) -> None:
    """From worklist to handover without the pointer: open, decide, measure, choose, sign."""
    keys = doctor.keyboard
    for _ in range(20):
        keys.press("ArrowDown")
        if "Olga Musterova" in (doctor.evaluate("document.activeElement.textContent") or ""):
            break
    keys.press("Enter")
    doctor.wait_for_selector("#ident")
    for _ in range(17):
        heading = doctor.locator("h1").inner_text()
        if heading.startswith("Samtykke"):
            break
        keys.press("Shift+A")  # what is unremarkable; elsewhere nothing happens
        settle(doctor)
        for _ in range(40):
            if not doctor.evaluate("Boolean(document.activeElement.closest('[data-open]:not([data-own])'))"):
                break
            keys.press("a")
            settle(doctor)
        keys.press("Control+ArrowRight")
        expect(doctor.locator("h1")).not_to_have_text(heading)
    for _ in range(3):
        keys.press("Control+Enter")
        doctor.wait_for_timeout(300)
        if "skriv-under" in doctor.url:
            break
    doctor.wait_for_selector("#sign")
    if doctor.locator("#without_prf").count():
        doctor.locator("#without_prf input").focus()
        keys.press("Space")
    keys.press("Control+Enter")
    expect(doctor.locator("#sign")).to_be_focused()
    keys.press("Control+Enter")
    expect(doctor.get_by_text("er skrevet under")).to_be_visible()


def settle(page: Page) -> None:
    """Until nothing is being saved."""
    expect(page.locator("#saved")).not_to_have_class(re.compile("is-saving"))
    page.wait_for_timeout(30)


def test_letters_can_be_turned_off(doctor: Page) -> None:
    open_record(doctor, "Testperson Nanna Berggreen", "Sprog")
    doctor.keyboard.press("?")
    doctor.get_by_label("Brug bogstaver som genveje").uncheck()
    doctor.keyboard.press("Escape")
    doctor.keyboard.press("?")
    expect(doctor.locator("#keys")).to_be_hidden()
    doctor.get_by_role("button", name="Alle taster").click()
    expect(doctor.locator("#keys")).to_be_visible()


def test_two_people_in_one_field(chromium: Browser, server: Service) -> None:
    """Both values stand with names, what was typed is kept, and each sees the other's change within seconds."""
    pages = []
    for username in ("holm", "lone"):
        context = chromium.new_context(base_url=server.url, viewport={"width": 1440, "height": 900}, locale="da-DK")
        pages.append(sign_in(context.new_page(), username))
        open_record(pages[-1], "Testperson Nanna Berggreen", "Undersøgelser")
    holm, lone = pages
    holm.locator("#f-weight_before_kg").get_by_role("link", name="Ret").click()
    holm.get_by_role("textbox", name="Vægt før graviditeten").fill("83")
    lone.locator("#f-weight_before_kg").get_by_role("link", name="Ret").click()
    lone.get_by_role("textbox", name="Vægt før graviditeten").fill("86,5")
    lone.get_by_role("textbox", name="Vægt før graviditeten").press("Enter")
    expect(lone.locator("#f-weight_before_kg")).to_contain_text("86,5 kg")
    holm.wait_for_timeout(6000)  # a round of looking for changes: what is being typed stays
    expect(holm.get_by_role("textbox", name="Vægt før graviditeten")).to_have_value("83")
    holm.get_by_role("textbox", name="Vægt før graviditeten").press("Enter")
    line = holm.locator("#f-weight_before_kg")
    expect(line).to_contain_text("83 kg")
    expect(line).to_contain_text("86,5 kg")
    expect(line).to_contain_text("LF kl.")
    line.get_by_role("button", name="83 kg").click()
    expect(line).to_contain_text("Rettet af ØH")
    expect(lone.locator("#f-weight_before_kg")).to_contain_text("83 kg", timeout=8000)
    for page in pages:
        page.context.close()


def test_typing_survives_a_lost_connection(chromium: Browser, server: Service) -> None:
    context = chromium.new_context(base_url=server.url, viewport={"width": 1440, "height": 900}, locale="da-DK")
    doctor = sign_in(context.new_page(), "holm")
    open_record(doctor, "Testperson Nanna Berggreen", "Undersøgelser")
    field = doctor.get_by_role("textbox", name="Vægt i dag")
    context.set_offline(True)
    field.fill("84,2")
    field.press("Tab")
    expect(doctor.locator("#saved")).to_contain_text("Ikke gemt")
    expect(field).to_have_value("84,2")
    context.set_offline(False)
    expect(doctor.locator("#saved")).to_contain_text(re.compile("Gemt kl"), timeout=12_000)
    doctor.reload()
    expect(field).to_have_value("84,2")
    context.close()


def test_a_field_changed_twice_in_a_row_is_no_conflict_with_oneself(doctor: Page) -> None:
    open_record(doctor, "Testperson Nanna Berggreen", "Undersøgelser")
    for value in ("120", "124", "126"):
        doctor.get_by_role("textbox", name="Blodtryk, systolisk").fill(value)
        doctor.get_by_role("textbox", name="Blodtryk, systolisk").press("Tab")
        expect(doctor.get_by_role("textbox", name="Blodtryk, diastolisk")).to_be_focused()
        saved(doctor)
    doctor.reload()
    expect(doctor.get_by_role("textbox", name="Blodtryk, systolisk")).to_have_value("126")


def test_all_strips_negative_with_one_press(doctor: Page) -> None:
    open_record(doctor, "Testperson Nanna Berggreen", "Undersøgelser")
    doctor.get_by_role("button", name="alle negative").click()
    saved(doctor)
    doctor.reload()
    for name in ("albumin", "glukose", "nitrit"):
        expect(doctor.get_by_role("group", name=f"Urinstix: {name}").get_by_role("radio").first).to_be_checked()


PAGES = ("arbejdsliste", "arbejdsliste?fase=overdraget", "arbejdsliste?sorter=termin", "graviditet/ny")
SECTIONS = (
    "stamdata", "foedsler", "graviditet", "sygdomme", "medicin", "livsstil", "undersoegelser", "samtale_alene?alene=1",
    "vurdering", "skriv-under", "versioner", "invitation", "aftale", "skriv-for-hende", "resume",
)  # fmt: skip


@pytest.mark.parametrize("size", ["desktop", "narrow"])
def test_every_page_of_the_clinic_is_accessible(open_page: Open, size: str) -> None:
    page = sign_in(open_page(size), "holm")
    for address in PAGES:
        page.goto(f"/{address}")
        assert_accessible(page)
    page.goto("/arbejdsliste")
    record = page.get_by_role("link", name="Testperson Nanna Berggreen").get_attribute("href")
    for section in SECTIONS:
        page.goto(f"{record}/{section}")
        assert_accessible(page)
    page.goto(f"{record}/undersoegelser?ret=f-height_cm#f-height_cm")
    assert_accessible(page)
    page.goto("/arbejdsliste?fase=overdraget")
    signed = page.locator("a.cl-name").first.get_attribute("href")
    for section in ("resultater", "versioner/sammenlign", "versioner/1"):
        page.goto(f"{signed}/{section}")
        assert_accessible(page)


@pytest.mark.parametrize("size", ["desktop", "narrow"])
def test_the_inbox_is_accessible(open_page: Open, size: str) -> None:
    page = sign_in(open_page(size), "jordemoder")
    assert_accessible(page)
    page.goto("/indbakke?vis=kvitteret")
    page.locator("a.cl-msg").first.click()
    page.wait_for_selector(".cl-ten")
    assert_accessible(page)
