"""She reads another language; what is stored is the same, and the clinic reads Danish."""

from __future__ import annotations

import pytest

from svangre.catalogue import Answer
from svangre.clinic.side import text_of
from svangre.record import queries
from svangre.record.actions import answers, invitations
from svangre.record.models import Delivery
from svangre.record.words import value_text
from tests.citizen.conftest import Her
from tests.citizen.test_steps import autosave, send
from tests.pages import CheckedClient, parse, words
from tests.pages import text_of as page_text


@pytest.fixture
def english(her: Her) -> CheckedClient:
    """The telephone of a woman for whom the clinic noted English; she has proved herself."""
    her.set(language="en")
    return her.signed_in()


def language_of(html: str) -> str:
    return html.partition('<html lang="')[2].partition('"')[0]


def test_the_clinic_has_noted_english_and_so_her_first_page_is_english(her: Her) -> None:
    her.set(language="en")
    page = her.phone().get(her.link)
    assert language_of(page.text) == "en"
    assert "Enter your code and your date of birth" in page_text(page)
    assert "Skriv" not in page_text(page)


def test_danish_is_read_where_nothing_was_noted_and_where_the_noted_language_is_not_offered(her: Her) -> None:
    for noted in ("da", "pl"):
        her.set(language=noted)
        page = her.phone().get(her.link)
        assert (language_of(page.text), "Skriv din kode" in page_text(page)) == ("da", True)


def test_she_chooses_her_language_on_any_page_and_keeps_it_for_the_visit(phone: CheckedClient) -> None:
    page = phone.get("/mit/contact")
    link = next(one for one in parse(page).iter("a") if one.get("hreflang") == "en")
    assert words(link) == "English"
    chosen = phone.get(f"/mit/contact{link.get('href')}")
    assert (language_of(chosen.text), "How we contact you" in page_text(chosen)) == ("en", True)
    assert "Your pregnancy now" in page_text(phone.get("/mit/gennemse"))
    back = next(one for one in parse(chosen).iter("a") if one.get("hreflang") == "da")
    assert "Sådan kontakter vi dig" in page_text(phone.get(f"/mit/contact{back.get('href')}"))


def test_what_she_chose_on_this_device_wins_over_what_the_clinic_noted_and_outlives_the_sign_in(her: Her) -> None:
    her.set(language="en")
    phone = her.phone()
    phone.get(f"{her.link}?sprog=da")
    her.prove(phone)
    assert language_of(phone.get("/mit/contact").text) == "da"
    phone.get("/mit/contact?sprog=en")
    left = phone.submit(phone.get("/mit/contact"), form="/mit/log-ud")
    assert (language_of(left.text), "You are signed out" in page_text(left)) == ("en", True)


def test_an_unknown_language_in_the_address_changes_nothing(phone: CheckedClient) -> None:
    for code in ("xx", "../en", ""):
        assert language_of(phone.get(f"/mit/contact?sprog={code}").text) == "da"


def test_what_is_stored_is_the_key_and_the_clinic_reads_danish(her: Her, english: CheckedClient) -> None:
    page = english.get("/mit/symptoms_now")
    assert "I vomit everything up, even what I drink" in page_text(page)
    send(english, page, {"current_symptoms": ["vomiting_keeps_nothing_down"]})
    assert her.answers("current_symptoms")[-1] == ("value", ["vomiting_keeps_nothing_down"])
    answers.submit(her.session, viewer=her.viewer, at=her.at, pregnancy_id=her.pregnancy_id)
    chart = queries.chart(her.session, her.doctor, queries.pregnancy(her.session, her.doctor, her.pregnancy_id))
    assert text_of(chart, "current_symptoms") == "Kraftige opkast, beholder intet"
    item = chart.catalogue["current_symptoms"]
    assert value_text(item, Answer("value", ["bleeding"]), to_her=True) == "Jeg bløder fra skeden"


def test_messages_about_what_cannot_be_used_and_what_cannot_wait_are_in_her_language(english: CheckedClient) -> None:
    wrong = send(english, english.get("/mit/height_and_weight"), {"height_cm": "16", "weight_before_kg": "abc"})
    assert "Write a number from 120 to 210. You wrote “16”." in page_text(wrong)
    assert "2 answers cannot be used yet" in page_text(wrong)
    saved = autosave(english, english.get("/mit/symptoms_now"), {"current_symptoms": ["bleeding"]})
    assert str(saved["told"]).startswith("Saved at ")
    assert "Call your doctor today" in str(saved["now"])


def test_a_decimal_is_shown_as_her_language_writes_it(her: Her, english: CheckedClient) -> None:
    send(english, english.get("/mit/height_and_weight"), {"weight_before_kg": "64.5"})
    assert her.answers("weight_before_kg")[-1] == ("value", "64.5")
    fields = {one.get("name"): one.get("value") for one in parse(english.get("/mit/height_and_weight")).iter("input")}
    assert fields["weight_before_kg"] == "64.5"
    english.get("/mit/height_and_weight?sprog=da")
    fields = {one.get("name"): one.get("value") for one in parse(english.get("/mit/height_and_weight")).iter("input")}
    assert fields["weight_before_kg"] == "64,5"


def test_a_month_may_be_written_as_a_word_of_her_language(her: Her) -> None:
    her.set(language="en")
    phone = her.phone()
    assert her.prove(phone, month="Feb").request.path != her.link
    send(phone, phone.get("/mit/dates"), {"last_period-day": "3", "last_period-month": "October",
                                          "last_period-year": "2026"})  # fmt: skip
    assert her.answers("last_period")[-1] == ("value", "2026-10-03")


def test_long_lists_stand_in_the_order_of_her_alphabet_and_reading_them_changes_no_answer(
    her: Her, english: CheckedClient
) -> None:
    page = english.get("/mit/language_and_origin")
    select = next(one for one in parse(page).iter("select") if one.get("name") == "ancestry_countries")
    names = [words(option) for option in select.iter("option")]
    assert names[1] == "Denmark"
    assert names.index("Germany") < names.index("Ghana") < names.index("Sweden")
    send(english, page, {"ancestry_countries": ["SE", "DE"]})
    assert sorted(her.answers("ancestry_countries")[-1][1]) == ["DE", "SE"]  # type: ignore[call-overload]
    once = len(her.answers("ancestry_countries"))
    send(english, english.get("/mit/language_and_origin"), {})
    assert len(her.answers("ancestry_countries")) == once


def test_messages_to_her_are_in_the_noted_language_and_say_no_more_than_in_danish(her: Her) -> None:
    her.set(language="en")
    invitations.invite(
        her.session, viewer=her.staff, at=her.at, pregnancy_id=her.pregnancy_id, base_url="", sms_to="20000000",
        email_to="a@example.org",
    )  # fmt: skip
    sent = {one.purpose: one.content for one in her.session.query(Delivery).filter_by(state="waiting")}
    assert sent["invitation"]["subject"] == "Message from your doctor"
    assert "Here is your link" in sent["invitation"]["text"]
    assert "Your code is" in sent["code"]["text"]
    assert "You have questions waiting" in sent["reminder"]["text"]
    assert not [one for one in sent.values() if "pregnan" in one["text"].lower()]


def test_error_pages_speak_to_her_in_her_language_and_to_the_clinic_in_danish(english: CheckedClient) -> None:
    assert "There is no such page" in page_text(english.get("/mit/nothing/here"))
    assert "Siden findes ikke" in page_text(english.get("/klinik/nothing"))
    assert language_of(english.get("/log-ind").text) == "da"


def test_her_own_answers_are_printed_in_her_language(her: Her, english: CheckedClient) -> None:
    send(english, english.get("/mit/symptoms_now"), {"current_symptoms": ["none"]})
    answers.submit(her.session, viewer=her.viewer, at=her.at, pregnancy_id=her.pregnancy_id)
    made = {}

    def printed(template: str, **context: object) -> bytes:
        made.update(context)
        return b"%PDF"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("svangre.pdf.answers.render", printed)
        english.get("/mit/dokument/svar")
    lines = [line for _, parts in made["sections"] for part in parts for line in part.lines]  # type: ignore[attr-defined]
    assert ("Do you have any of this right now?", "No, none of these") in [(one.question, one.answer) for one in lines]
