"""Review, sending, the receipt, her page after signing, and after the end of a pregnancy."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from svangre.catalogue import Answer
from svangre.policy import Viewer
from svangre.record import audit, documents, queries
from svangre.record.actions import answers, decisions, pregnancies, signing
from svangre.record.models import AuditEntry, Clinic, Delivery, Pregnancy, Version
from tests.citizen.conftest import Her
from tests.citizen.test_steps import send
from tests.pages import CheckedClient, parse, text_of


def says(her: Her, **values: Any) -> None:
    given = {
        (item_id, None): value if isinstance(value, Answer) else Answer("value", value)
        for item_id, value in values.items()
    }
    answers.save_answers(her.session, viewer=her.viewer, at=her.at, pregnancy_id=her.pregnancy_id, answers=given)


def sends(her: Her, **values: Any) -> None:
    says(her, information_read="yes", **values)
    answers.submit(her.session, viewer=her.viewer, at=her.at, pregnancy_id=her.pregnancy_id)


def signs(her: Her) -> Version:
    her.session.expire_all()
    return signing.sign(
        her.session, viewer=her.doctor, at=her.at, pregnancy_id=her.pregnancy_id, gm_version="0.1.0",
        prf_is_complete=False, without_prf=True,
    )  # fmt: skip


# ---- review and sending


def test_the_review_shows_every_answer_and_where_to_change_it(her: Her, phone: CheckedClient) -> None:
    says(her, preferred_name="Amalie", smokes_now=Answer("unknown"), mental_illness=Answer("ask_doctor"))
    page = phone.get("/mit/gennemse")
    for words in ("Hvad vil du gerne kaldes? Amalie", "Ryger du nu? Ved ikke", "Vil hellere tale med lægen"):
        assert words in text_of(page)
    assert 'href="/mit/contact?fra=gennemse#preferred_name-field"' in page.text


def test_a_list_that_she_has_not_come_to_is_not_answered_and_never_none(her: Her, phone: CheckedClient) -> None:
    says(her, takes_medicine="yes")
    text = text_of(phone.get("/mit/gennemse"))
    assert "Hvilken medicin tager du? Ikke besvaret" in text
    assert "eller har du været indlagt? Ikke besvaret" in text


def test_a_change_from_the_review_leads_back_to_it(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/contact?fra=gennemse")
    back = send(phone, page, {"preferred_name": "Amalie"})
    assert back.request.path == "/mit/gennemse" and "Amalie" in text_of(back)


def test_open_questions_are_listed_without_blame_and_do_not_stop_her(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/gennemse")
    assert "spørgsmål er ikke besvaret Du kan godt sende alligevel" in text_of(page)
    receipt = phone.submit(page, form="/mit/gennemse")
    assert receipt.request.path == "/mit/kvittering"


def test_the_receipt_says_when_what_next_and_what_to_bring(her: Her, phone: CheckedClient) -> None:
    text = text_of(phone.submit(phone.get("/mit/gennemse"), form="/mit/gennemse"))
    for words in (
        "Dine svar er sendt",
        "24. november 2026 kl.",
        "1. december 2026 kl. 10.00",
        "Tag med",
        "indtil lægen",
    ):
        assert words in text


def test_sending_twice_is_sending_once(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/gennemse")
    for _ in range(2):
        phone.submit(page, form="/mit/gennemse")
    sent = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "answers.submit")
    assert her.session.scalar(sent) == 1


def test_what_was_shown_and_left_is_not_answered_after_sending(her: Her, phone: CheckedClient) -> None:
    sends(her, given_birth_before="no")
    assert her.answers("email") == [("not_answered", None)]
    assert her.answers("births") == [] and her.answers("cigarettes_per_day") == []


def test_she_may_correct_until_the_doctor_has_signed_and_every_change_is_kept(her: Her, phone: CheckedClient) -> None:
    sends(her, preferred_name="Amalie")
    send(phone, phone.get("/mit/contact"), {"preferred_name": "Mille"})
    assert her.answers("preferred_name") == [("value", "Amalie"), ("value", "Mille")]
    signs(her)
    assert "Ret " not in text_of(phone.get("/mit/gennemse"))


def test_the_receipt_says_that_a_correction_is_there(her: Her, phone: CheckedClient) -> None:
    sends(her, preferred_name="Amalie")
    assert "Du har rettet noget" not in text_of(phone.get("/mit/kvittering"))
    send(phone, phone.get("/mit/contact"), {"preferred_name": "Mille"})
    assert "Du har rettet noget 24. november 2026 kl." in text_of(phone.get("/mit/kvittering"))


@pytest.mark.parametrize(
    ("region", "number"),
    [
        ("hovedstaden", "Akuttelefonen 1813"), ("sjaelland", "Akuttelefonen 1818"),
        ("syddanmark", "Lægevagten 70 11 07 07"), ("midtjylland", "Lægevagten 70 11 31 31"),
        ("nordjylland", "Lægevagten 70 15 03 00"),
    ],
)  # fmt: skip
def test_the_number_outside_hours_is_that_of_the_clinics_region(
    her: Her, phone: CheckedClient, region: str, number: str
) -> None:
    her.session.execute(update(Clinic).values(region=region))
    her.session.commit()
    assert f"Uden for åbningstid: {number}" in text_of(phone.get("/mit/contact"))


def test_she_notes_what_she_wants_to_ask_and_the_clinic_reads_it(her: Her, phone: CheckedClient) -> None:
    sends(her)
    signs(her)
    page = phone.submit(phone.get("/mit"), {"questions": "Må jeg flyve?"}, form="ask")
    assert "Må jeg flyve?" in page.text
    assert her.get("_questions") is not None and b"flyve" not in her.get("_questions")  # type: ignore[operator]
    chart = queries.whole_chart(her.session, her.session.get_one(Pregnancy, her.pregnancy_id), drafts=True)
    her.session.rollback()
    assert "flyve" not in json.dumps(chart.to_json(), default=str), "it is no part of the record"
    gone = phone.submit(page, {"questions": ""}, form="ask")
    assert "flyve" not in gone.text and her.get("_questions") is None


def test_a_question_that_cannot_be_kept_stays_in_the_field_with_a_message(her: Her, phone: CheckedClient) -> None:
    sends(her)
    signs(her)
    page = phone.submit(phone.get("/mit"), {"questions": "å" * 2001}, form="ask")
    assert page.status_code == 422
    assert "Der er plads til 2000 tegn." in text_of(page) and "å" * 2001 in page.text


def test_two_tabs_after_sending_are_both_in_the_history(her: Her, phone: CheckedClient) -> None:
    sends(her, preferred_name="A")
    first, second = phone.get("/mit/contact"), phone.get("/mit/contact")
    send(phone, first, {"preferred_name": "B"})
    send(phone, second, {"preferred_name": "C"})
    assert [value for _, value in her.answers("preferred_name")] == ["A", "B", "C"]


def test_her_words_stand_although_the_clinic_has_another_value(her: Her, phone: CheckedClient) -> None:
    sends(her, smokes_now="never")
    decisions.correct(
        her.session, viewer=her.doctor, at=her.at, pregnancy_id=her.pregnancy_id, item_id="smokes_now", row_id=None,
        answer=Answer("value", "yes"),
    )  # fmt: skip
    assert "Ryger du nu? Nej, jeg har aldrig røget" in text_of(phone.get("/mit/gennemse"))
    page = send(phone, phone.get("/mit/smoking"), {"passive_smoke_home": "yes"})
    assert page.status_code == 200
    assert her.answers("smokes_now")[-1] == ("value", "yes"), "the clinic's word is not written over"


def test_an_urgent_answer_is_said_again_on_the_receipt(her: Her, phone: CheckedClient) -> None:
    sends(her, current_symptoms=["bleeding", "pain"])
    assert "Ring til din læge nu" in text_of(phone.get("/mit/kvittering"))


def test_her_own_answers_as_pdf_come_with_sending(her: Her, phone: CheckedClient) -> None:
    says(her, preferred_name="Amalie")
    assert phone.get("/mit/dokument/svar").status_code == 404
    sends(her)
    answer = phone.get("/mit/dokument/svar")
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF")


# ---- after signing


@pytest.fixture
def signed(her: Her) -> Version:
    sends(
        her, last_period="2026-09-26", cycle_days={"low": 28, "high": 28}, hormonal_contraception="no",
        smokes_now="never", mental_illness="no", consent_to_send="yes",
    )  # fmt: skip
    return signs(her)


def test_her_page_shows_week_due_date_how_it_was_found_and_a_plan(
    her: Her, phone: CheckedClient, signed: Version
) -> None:
    text = text_of(phone.get("/mit"))
    for words in (
        "Uge 8+3", "Du er 8 uger og 3 dage henne", "Termin 3. juli 2027", "Regnet ud fra din sidste menstruation",
        "Det næste for dig", "Ring med det samme, hvis", "Skrevet under 24. november 2026",
    ):  # fmt: skip
        assert words in text
    assert "Tillykke" not in text and "!" not in text


def test_without_a_due_date_no_week_is_made_up(her: Her, phone: CheckedClient) -> None:
    sends(her)
    signs(her)
    text = text_of(phone.get("/mit"))
    assert "Lægen har ikke sat en termin endnu" in text and "Uge " not in text


def test_the_record_in_plain_words_is_hers_and_has_no_private_section(
    her: Her, phone: CheckedClient, signed: Version
) -> None:
    text = text_of(phone.get("/mit/journal"))
    assert "Ryger du nu? Nej, jeg har aldrig røget" in text
    assert "Samtale alene" not in text
    assert "Skrevet under af Øjvind Holm 24. november 2026" in text


def test_she_sees_who_has_opened_her_record_but_not_herself(her: Her, phone: CheckedClient, signed: Version) -> None:
    for _ in range(3):
        audit.write(her.session, viewer=her.staff, at=her.at, action="chart.read", pregnancy_id=her.pregnancy_id)
    her.session.commit()
    text = text_of(phone.get("/mit/opslag"))
    assert text.count("Klinikpersonale Lone Fyhn, Lægehuset Testvænget, åbnede din journal.") == 1
    assert "Læge Øjvind Holm, Lægehuset Testvænget, skrev under på din svangrejournal." in text
    assert "Den gravide" not in text


def test_her_documents_are_there_as_they_were_made(her: Her, phone: CheckedClient, signed: Version) -> None:
    assert phone.get("/mit/dokument/journal").status_code == 404
    documents.store(
        her.session, at=her.at, version_id=signed.id, made={"handover": b"%PDF-1.7 x", "emergency": b"%PDF-1.7 y"}
    )
    answer = phone.get("/mit/dokument/journal")
    assert answer.data == b"%PDF-1.7 x" and answer.headers["Cache-Control"] == "no-store"
    assert phone.get("/mit/dokument/noedark").data == b"%PDF-1.7 y"


def test_nothing_of_another_woman_is_reached(her: Her, phone: CheckedClient, signed: Version) -> None:
    number = "0203925556"
    other = pregnancies.create_pregnancy(
        her.session, viewer=her.staff, at=her.at, cpr_number=number, name="Testperson Bodil"
    )
    hers = answers.add_row(
        her.session, viewer=Viewer(other.id, "woman", pregnancy_id=other.id), at=her.at, pregnancy_id=other.id,
        group="births",
    )  # fmt: skip
    assert phone.get(f"/mit/earlier_births/births/{hers}").status_code == 404
    assert "Bodil" not in phone.get("/mit").text


# ---- the end


def test_one_screen_without_a_reason_ends_it_and_stops_reminders(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/slut")
    assert "Du behøver ikke skrive hvorfor" in text_of(page)
    quiet = phone.submit(page, form="/mit/slut")
    assert "Vi har stoppet alle beskeder" in text_of(quiet)
    waiting = select(func.count()).select_from(Delivery).where(Delivery.state == "waiting")
    assert her.session.scalar(waiting.where(Delivery.purpose == "reminder")) == 0
    assert her.get("end_kind") == "ended"


def test_after_the_end_there_is_no_week_no_date_no_plan(her: Her, phone: CheckedClient, signed: Version) -> None:
    phone.submit(phone.get("/mit/slut"), form="/mit/slut")
    page = phone.get("/mit")
    text = text_of(page)
    for word in ("Uge ", "Termin", "juli", "plan", "Det næste", "gravid", "Du er"):
        assert word not in text.replace("Demo.", "")
    assert "<progress" not in page.text and "Din journal" in text
    assert "Det gør os ondt, hvis det er svært." in text


@pytest.mark.parametrize("address", ["/mit/contact", "/mit/gennemse", "/mit/kvittering", "/mit/slut"])
def test_after_the_end_every_way_leads_to_the_quiet_page(her: Her, phone: CheckedClient, address: str) -> None:
    phone.submit(phone.get("/mit/slut"), form="/mit/slut")
    assert "Vi har stoppet alle beskeder" in text_of(phone.get(address, follow_redirects=True))


def test_an_end_by_mistake_is_taken_back(her: Her, phone: CheckedClient) -> None:
    says(her, information_read="yes", preferred_name="Amalie")
    quiet = phone.submit(phone.get("/mit/slut"), form="/mit/slut")
    back = phone.submit(quiet, form="/mit/slut/fortryd")
    assert "Velkommen tilbage" in text_of(back) and her.get("ended_on") is None
    assert her.answers("preferred_name") == [("value", "Amalie")]


def test_a_birth_that_the_clinic_has_set_is_not_hers_to_undo(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/hjaelp")
    her.session.expire_all()
    pregnancies.end_pregnancy(her.session, viewer=her.doctor, at=her.at, pregnancy_id=her.pregnancy_id, kind="birth")
    quiet = phone.get("/mit")
    assert "Det gør os ondt" not in text_of(quiet) and "Fortryd" not in text_of(quiet)
    token = parse(page).find(".//form//input[@name='csrf_token']")
    assert token is not None
    phone.post("/mit/slut/fortryd", data={"csrf_token": token.get("value", "")})
    assert her.get("end_kind") == "birth"


def test_the_page_for_who_is_ill_now_works_in_every_stage(her: Her, phone: CheckedClient) -> None:
    def page() -> TestResponse:
        return phone.get("/mit/hjaelp")

    assert "Akuttelefonen 1813" in text_of(page())
    sends(her)
    signs(her)
    assert "70 00 00 01" in text_of(page())


def test_staff_never_see_what_she_wrote_before_she_sends(her: Her, phone: CheckedClient) -> None:
    from svangre.record import queries

    says(her, preferred_name="Amalie")
    her.session.expire_all()
    pregnancy = queries.pregnancy(her.session, her.staff, her.pregnancy_id)
    chart = queries.chart(her.session, replace(her.staff), pregnancy)
    assert chart.field("preferred_name").hers is None
