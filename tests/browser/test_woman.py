"""Journeys 2 and 5: the woman at home, on a telephone, with and without scripts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from svangre.config import DENMARK
from svangre.policy import Viewer
from svangre.record import sealing
from svangre.record.actions import invitations, pregnancies
from svangre.record.database import make_engine, make_sessions
from svangre.record.models import AnswerRow, SignIn, User
from tests.browser.conftest import Service, assert_accessible
from tests.conftest import TODAY

NUMBERS = itertools.count()
Open = Callable[..., Page]


@dataclass
class Invited:
    """An invented woman with a link and a code of her own."""

    sessions: Callable[[], Session]
    pregnancy_id: str
    link: str
    code: str
    born: date

    def opens_link(self, page: Page) -> Page:
        page.goto(self.link)
        return self.proves(page)

    def proves(self, page: Page) -> Page:
        page.get_by_label("Din kode").fill(self.code)
        page.get_by_label("Dag").fill(str(self.born.day))
        page.get_by_label("Måned").fill(str(self.born.month))
        page.get_by_label("År").fill(str(self.born.year))
        page.get_by_role("button", name="Fortsæt").click()
        expect(page.get_by_label("Din kode")).to_have_count(0)
        return page

    def at_step(self, page: Page, page_id: str) -> Page:
        self.opens_link(page)
        page.goto(f"/mit/{page_id}")
        return page

    def stored(self, item_id: str) -> list[object]:
        with self.sessions() as session:
            rows = session.scalars(
                select(AnswerRow)
                .where(AnswerRow.pregnancy_id == self.pregnancy_id, AnswerRow.item_id == item_id)
                .order_by(AnswerRow.id)
            )
            return [row.content["value"] or row.content["state"] for row in rows]

    def ends_sign_ins(self) -> None:
        with self.sessions() as session:
            session.execute(
                update(SignIn).where(SignIn.pregnancy_id == self.pregnancy_id).values(ended_at=datetime.now(DENMARK))
            )
            session.commit()


@pytest.fixture
def her(server: Service) -> Iterator[Invited]:
    sealing.install(sealing.load_keys(server.data_dir / "keys" / "keys.json"))
    engine = make_engine(f"sqlite:///{server.data_dir / 'svangre.db'}")
    sessions = make_sessions(engine)
    born = date(1994, 3, 2) + timedelta(days=next(NUMBERS))
    at = datetime.combine(TODAY, datetime.now(DENMARK).time(), DENMARK)
    with sessions() as session:
        user = session.scalars(select(User).where(User.username == "lone")).one()
        viewer = Viewer(user.id, "staff", user.name, user.initials, user.clinic_id)
        pregnancy = pregnancies.create_pregnancy(
            session, viewer=viewer, at=at, cpr_number=f"{born:%d%m%y}9991", name="Testperson Hjemme",
            visit_on=TODAY + timedelta(days=7), visit_time="10:00",
        )  # fmt: skip
        sent = invitations.invite(session, viewer=viewer, at=at, pregnancy_id=pregnancy.id, base_url=server.url)
        yield Invited(sessions, pregnancy.id, sent.link, sent.code, born)
    engine.dispose()


def go_on(page: Page) -> None:
    page.locator("form#answers .sv-btns button").click()


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"Gemt kl\. \d\d\.\d\d"))


SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])


@SCRIPTS
def test_she_answers_leaves_comes_back_reads_through_and_sends(open_page: Open, her: Invited, javascript: bool) -> None:
    page = open_page("phone", javascript=javascript)
    page.goto(her.link)
    check(page, javascript)
    her.proves(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Før du begynder")
    check(page, javascript)
    page.get_by_role("button", name="Jeg har læst det. Begynd").click()

    page.get_by_label("Hvad vil du gerne kaldes?").fill("Åse")
    choose(page, "Må vi ringe og skrive til dig?", "Ja, men kun på en bestemt måde")
    check(page, javascript)
    if not javascript:
        go_on(page)  # the answer has opened a question: she stays once
        expect(page.get_by_text("gav et spørgsmål mere")).to_be_visible()
    page.get_by_label("Hvordan og hvornår må vi kontakte dig?").fill("Kun hverdage 9–12")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvor du bor, og hvem vi kan ringe til")
    check(page, javascript)

    page.get_by_role("link", name="Forlad siden").click()
    page.wait_for_url("**/pause")
    assert_neutral(page)

    other = open_page("phone", javascript=javascript)
    her.opens_link(other)
    expect(other.get_by_text(re.compile(r"Der er \d+ sider tilbage"))).to_be_visible()
    check(other, javascript)
    other.get_by_role("link", name="Fortsæt").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Hvor du bor, og hvem vi kan ringe til")
    for _ in range(60):
        if "/gennemse" in other.url:
            break
        go_on(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("Se dine svar igennem")
    expect(other.locator(".me-line", has_text="Hvordan og hvornår må vi kontakte dig?")).to_contain_text("9–12")
    check(other, javascript)
    other.get_by_role("link", name="Ret Hvad vil du gerne kaldes?").click()
    other.get_by_label("Hvad vil du gerne kaldes?").fill("Åse Ø")
    go_on(other)
    other.get_by_role("button", name="Send mine svar til lægen").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Dine svar er sendt")
    check(other, javascript)
    assert her.stored("preferred_name") == ["Åse Ø"]
    assert her.stored("safe_contact_how") == ["Kun hverdage 9–12"]
    assert her.stored("email") == ["not_answered"]


def check(page: Page, javascript: bool) -> None:
    """axe needs scripts; what it judges is the same page."""
    if javascript:
        assert_accessible(page)


def assert_neutral(page: Page) -> None:
    assert page.title() == "Ny side"
    assert "svar" not in page.locator("main").inner_text().lower()


@SCRIPTS
def test_an_earlier_birth_with_twins(open_page: Open, her: Invited, javascript: bool) -> None:
    page = her.at_step(open_page("phone", javascript=javascript), "earlier_births")
    choose(page, "Har du født før?", "Ja")
    if not javascript:
        go_on(page)
    page.get_by_role("button", name="Tilføj en fødsel").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fødsel 1")
    check(page, javascript)
    page.get_by_label("År").fill("2019")
    go_on(page)
    for number, sex in ((1, "Dreng"), (2, "Pige")):
        page.get_by_role("button", name="Tilføj et barn").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Barn {number}")
        choose(page, "Var det en dreng eller en pige?", sex)
        check(page, javascript)
        go_on(page)
    expect(page.locator(".me-rows li")).to_have_count(2)
    go_on(page)
    go_on(page)
    expect(page.locator(".me-rows")).to_contain_text("2019, (Dreng), (Pige)")
    page.get_by_role("button", name="Fjern fødsel 1").click()
    expect(page.locator(".me-rows")).to_have_count(0)
    check(page, javascript)
    page.get_by_role("button", name="Fortryd").click()
    expect(page.locator(".me-rows")).to_contain_text("2019")


def test_a_question_opens_in_place_and_is_announced(phone: Page, her: Invited) -> None:
    her.at_step(phone, "smoking")
    asked = phone.get_by_label("Hvor mange cigaretter ryger du om dagen?")
    expect(asked).to_be_hidden()
    choose(phone, "Ryger du nu?", "Ja, jeg ryger")
    expect(asked).to_be_visible()
    announced = phone.locator("[data-announce]")
    expect(announced).to_contain_text("Nyt spørgsmål nedenfor: Hvor mange cigaretter")
    assert announced.get_attribute("role") == "status"
    asked.fill("10")
    choose(phone, "Ryger du nu?", "Nej, jeg har aldrig røget")
    expect(asked).to_be_hidden()
    go_on(phone)
    phone.wait_for_url("**/mit/nicotine")
    assert her.stored("smokes_now") == ["never"]


def test_none_of_these_stands_alone(phone: Page, her: Invited) -> None:
    her.at_step(phone, "symptoms_now")
    phone.get_by_label("Jeg har meget kvalme").check()
    phone.get_by_label("Nej, intet af dette").check()
    expect(phone.get_by_label("Jeg har meget kvalme")).not_to_be_checked()


def test_what_she_types_is_saved_a_second_later_and_she_keeps_the_focus(phone: Page, her: Invited) -> None:
    her.at_step(phone, "contact")
    name = phone.get_by_label("Hvad vil du gerne kaldes?")
    name.focus()
    phone.keyboard.type("Amalie", delay=30)
    saved(phone)
    expect(name).to_be_focused()
    assert her.stored("preferred_name") == ["Amalie"]
    phone.reload()
    expect(name).to_have_value("Amalie")


def test_without_a_network_it_stays_in_the_page_and_is_sent_when_it_is_back(phone: Page, her: Invited) -> None:
    her.at_step(phone, "contact")
    phone.context.set_offline(True)
    phone.get_by_label("Hvad vil du gerne kaldes?").fill("Amalie")
    expect(phone.locator("[data-saved]")).to_contain_text("Ikke gemt.")
    go_on(phone)
    expect(phone.get_by_label("Hvad vil du gerne kaldes?")).to_have_value("Amalie")
    assert her.stored("preferred_name") == []
    phone.context.set_offline(False)
    saved(phone)
    assert her.stored("preferred_name") == ["Amalie"]
    go_on(phone)
    phone.wait_for_url("**/mit/address_and_kin")


@SCRIPTS
def test_what_she_typed_survives_the_end_of_her_sign_in(open_page: Open, her: Invited, javascript: bool) -> None:
    page = her.at_step(open_page("phone", javascript=javascript), "contact")
    her.ends_sign_ins()
    page.get_by_label("Hvad vil du gerne kaldes?").fill("Amalie")
    if javascript:
        expect(page.locator("[data-saved]")).to_contain_text("Vi har lukket siden for en sikkerheds skyld")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vi har lukket siden for en sikkerheds skyld")
    check(page, javascript)
    her.proves(page)
    if not javascript:  # the script presses it for her
        check(page, javascript)
        page.get_by_role("button", name="Gem, og fortsæt").click()
    page.wait_for_url("**/mit/address_and_kin")
    assert her.stored("preferred_name") == ["Amalie"]


def test_escape_twice_leaves_and_back_shows_nothing(phone: Page, her: Invited) -> None:
    her.at_step(phone, "mental_health")
    phone.keyboard.press("Escape")
    phone.keyboard.press("Escape")
    phone.wait_for_url("**/pause")
    assert_neutral(phone)
    phone.go_back()
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text("psykisk")
    assert "Hvordan har du det" not in phone.locator("main").inner_text()
    phone.goto("/mit/mental_health")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Siden er lukket")


def test_bleeding_shows_whom_to_call_while_she_is_on_the_page(phone: Page, her: Invited) -> None:
    her.at_step(phone, "symptoms_now")
    phone.get_by_label("Jeg bløder fra skeden").check()
    box = phone.locator("[data-now] section")
    expect(box.get_by_role("heading")).to_have_text("Ring til din læge i dag")
    expect(box.get_by_role("link", name=re.compile("Din læge"))).to_have_attribute("href", re.compile("^tel:"))
    assert_accessible(phone)


@SCRIPTS
def test_an_error_leads_to_its_field_and_keeps_what_was_typed(open_page: Open, her: Invited, javascript: bool) -> None:
    page = her.at_step(open_page("phone", javascript=javascript), "dates")
    for part, text in (("day", "31"), ("month", "2"), ("year", "2026")):
        page.locator(f"#last_period-{part}").fill(text)
    go_on(page)
    assert page.title().startswith("Fejl: ")
    check(page, javascript)
    page.get_by_role("link", name=re.compile("Den dato findes ikke")).click()
    expect(page.locator("#last_period-day")).to_have_value("31")
    expect(page.locator("#last_period-day")).to_have_attribute("aria-invalid", "true")
    page.locator("#last_period-day").fill("26")
    page.locator("#last_period-month").fill("9")
    go_on(page)
    page.wait_for_url("**/mit/fertility")
    assert her.stored("last_period") == ["2026-09-26"]


def test_two_taps_and_the_back_button_send_once(phone: Page, her: Invited) -> None:
    her.opens_link(phone)
    phone.goto("/mit/gennemse")
    phone.get_by_role("button", name="Send mine svar til lægen").dblclick()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Dine svar er sendt")
    phone.go_back()
    phone.reload()
    expect(phone.get_by_role("button", name="Send mine svar til lægen")).to_have_count(0)


@SCRIPTS
def test_the_end_of_a_pregnancy_in_one_screen_and_its_undoing(open_page: Open, her: Invited, javascript: bool) -> None:
    page = open_page("phone", javascript=javascript)
    her.opens_link(page)
    page.get_by_role("button", name="Jeg har læst det. Begynd").click()
    page.goto("/mit")
    page.get_by_role("link", name="Graviditeten er slut").click()
    check(page, javascript)
    page.get_by_role("button", name="Luk skemaet, og stop beskeder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vi har stoppet alle beskeder")
    expect(page.locator("main")).not_to_contain_text(re.compile("uge|termin|gravid", re.I))
    check(page, javascript)
    page.get_by_text("Var det en fejl?").click()
    page.get_by_role("button", name="Fortryd").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Velkommen tilbage")


@pytest.mark.parametrize("size", ["narrow", "phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_her_pages_hold_in_every_width_by_day_and_by_night(
    open_page: Open, her: Invited, size: str, scheme: str
) -> None:
    page = open_page(size, color_scheme=scheme)
    her.opens_link(page)
    for address in ("contact", "language_and_origin", "dates", "disease", "gennemse", "hjaelp", "dine-data", "slut"):
        page.goto(f"/mit/{address}")
        assert_accessible(page)


def test_every_step_is_accessible(phone: Page, her: Invited) -> None:
    her.opens_link(phone)
    phone.goto("/mit/contact")
    for _ in range(60):
        if "/gennemse" in phone.url:
            return
        assert_accessible(phone)
        go_on(phone)
    raise AssertionError("the form has no end")


def test_a_step_by_the_keyboard_alone(phone: Page, her: Invited) -> None:
    her.at_step(phone, "smoking")
    phone.get_by_role("group", name="Røg du, før du blev gravid?").get_by_label("Ja", exact=True).focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowDown")
    expect(
        phone.get_by_role("group", name="Røg du, før du blev gravid?").get_by_label("Nej", exact=True)
    ).to_be_checked()
    seen = []
    for _ in range(40):
        phone.keyboard.press("Tab")
        seen.append(phone.evaluate("document.activeElement.textContent.trim() || document.activeElement.name"))
        if seen[-1] == "Gem og fortsæt":
            break
    assert seen[-1] == "Gem og fortsæt", seen
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/mit/nicotine")
    assert her.stored("smoked_before") == ["no"]
