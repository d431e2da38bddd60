"""The steps of her form: what is asked, what is saved, what stays when something is wrong."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from forms import CATALOGUE
from svangre.catalogue import Answer, Item, Page
from svangre.record import told
from svangre.record.actions import answers
from svangre.record.models import AuditEntry
from tests.citizen.conftest import Her
from tests.conftest import TODAY
from tests.pages import CheckedClient, fields_of, find_form, parse, text_of


def send(phone: CheckedClient, page: TestResponse, values: dict[str, str | list[str]]) -> TestResponse:
    return phone.submit(page, values, form="answers")


def autosave(phone: CheckedClient, page: TestResponse, values: dict[str, str | list[str]]) -> dict[str, object]:
    """What the script of the page sends a second after the last key."""
    data, _ = fields_of(find_form(parse(page), "answers"))
    for name, value in values.items():
        data.setlist(name, [value] if isinstance(value, str) else value)
    answer = phone.post(page.request.path, data=data, headers={"X-Autosave": "1"})
    assert answer.status_code == 200 and answer.json is not None
    return answer.json  # type: ignore[no-any-return]


def test_first_she_reads_what_happens_with_her_data(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit", follow_redirects=True)
    assert page.request.path == "/mit/dine-data"
    first = phone.submit(page, form="/mit/dine-data")
    assert first.request.path == "/mit/contact"
    assert her.answers("information_read") == [("value", "yes")]
    assert phone.get("/mit").request.path == "/mit"


def test_every_question_of_hers_is_asked_on_some_page_or_opened_by_an_answer(her: Her, phone: CheckedClient) -> None:
    for page in CATALOGUE.her_pages:
        found = phone.get(f"/mit/{page.id}")
        if found.status_code == 302:
            assert all(item.when for item in page.hers), f"{page.id} is not shown"
            continue
        on_it = {name.removesuffix("-asked") for name in find_names(found)}
        for item in page.hers:
            assert item.id in on_it or opened_elsewhere(item, page), f"{item.id} is not on {page.id}"


def opened_elsewhere(item: Item, page: Page) -> bool:
    """Whether an answer on another page is needed before the item can be shown."""
    if item.when is None:
        return False
    opener = CATALOGUE[item.when.item]
    return opener not in page.hers or opened_elsewhere(opener, page)


def find_names(page: TestResponse) -> set[str]:
    return {one.get("name", "") for one in parse(page).iter("input")}


def test_save_and_go_on_leads_through_all_pages_to_the_review(her: Her, phone: CheckedClient) -> None:
    page, seen = phone.get("/mit/contact"), []
    while page.request.path != "/mit/gennemse":
        assert page.request.path not in seen
        seen.append(page.request.path)
        page = send(phone, page, {})
    assert len(seen) > 25
    assert "/mit/alcohol_habits" not in seen, "asked only of those who drank"


def test_titles_and_addresses_say_nothing(her: Her, phone: CheckedClient) -> None:
    titles = set()
    for page in CATALOGUE.her_pages:
        title = parse(phone.get(f"/mit/{page.id}", follow_redirects=True)).findtext("head/title") or ""
        titles.add(title)
        for word in ("gravid", "ryg", "alkohol", "fødsel", "abort", "læge"):
            assert word not in title.lower()
    assert "Del 1 af 15, side 1 af 2" in titles


def test_left_empty_is_not_answered_and_never_seen_is_not_asked(her: Her, phone: CheckedClient) -> None:
    send(phone, phone.get("/mit/contact"), {"preferred_name": "Amalie"})
    assert her.answers("preferred_name") == [("value", "Amalie")]
    assert her.answers("email") == [("not_answered", None)]
    assert her.answers("safe_contact_how") == []
    assert her.answers("has_temporary_address") == []


@pytest.mark.parametrize("state", ["unknown", "ask_doctor"])
def test_the_ways_out_are_kept_as_what_they_are(her: Her, phone: CheckedClient, state: str) -> None:
    send(phone, phone.get("/mit/smoking"), {"smokes_now": f"~{state}"})
    assert her.answers("smokes_now") == [(state, None)]
    assert f'value="~{state}" checked' in phone.get("/mit/smoking").text


def test_a_long_list_is_asked_with_pickers_and_holds_more_than_one(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/language_and_origin")
    assert len(page.data) < 60_000
    data, _ = fields_of(find_form(parse(page), "answers"))
    data.setlist("ancestry_countries", ["TR", "DK"])
    data.setlist("other_parent_countries", ["", ""])
    data.setlist("other_parent_countries-state", ["unknown"])
    phone.post("/mit/language_and_origin", data=data)
    assert her.answers("ancestry_countries")[0][0] == "value"
    assert set(her.stored("ancestry_countries").content["value"]) == {"DK", "TR"}
    assert her.answers("other_parent_countries") == [("unknown", None)]
    again = phone.get("/mit/language_and_origin").text
    assert again.count('value="TR" selected') == again.count('value="DK" selected') == 1


def test_a_question_that_an_answer_opens_is_shown_once_before_going_on(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/smoking")
    assert "cigarettes_per_day-asked" not in fields_of(find_form(parse(page), "answers"))[0]
    stays = send(phone, page, {"smokes_now": "yes"})
    assert stays.request.path == "/mit/smoking" and "gav et spørgsmål mere" in text_of(stays)
    assert her.answers("smokes_now") == [("value", "yes")]
    assert send(phone, stays, {"cigarettes_per_day": "10"}).request.path == "/mit/nicotine"
    assert her.answers("cigarettes_per_day") == [("value", 10)]


def test_a_hidden_question_neither_stops_her_nor_loses_its_answer(her: Her, phone: CheckedClient) -> None:
    stays = send(phone, phone.get("/mit/smoking"), {"smokes_now": "yes"})
    send(phone, stays, {"cigarettes_per_day": "10"})
    gone = send(phone, phone.get("/mit/smoking"), {"smokes_now": "never", "cigarettes_per_day": "en halv pakke"})
    assert gone.request.path == "/mit/nicotine"
    assert her.answers("cigarettes_per_day") == [("value", 10)]
    assert "Hvor mange cigaretter" not in text_of(phone.get("/mit/gennemse"))
    again = send(phone, phone.get("/mit/smoking"), {"smokes_now": "yes"})
    assert 'value="10"' in again.text


def test_an_error_stands_on_top_and_at_the_field_and_what_was_typed_stays(her: Her, phone: CheckedClient) -> None:
    stays = send(phone, phone.get("/mit/smoking"), {"smokes_now": "yes"})
    page = send(phone, stays, {"cigarettes_per_day": "en halv pakke", "passive_smoke_home": "no"})
    assert page.status_code == 422
    assert (parse(page).findtext("head/title") or "").startswith("Fejl: ")
    assert text_of(page).count("Du skrev »en halv pakke«") == 2
    assert 'href="#cigarettes_per_day"' in page.text and 'value="en halv pakke"' in page.text
    assert her.answers("passive_smoke_home") == [("value", "no")], "the other answers are saved"
    assert her.answers("cigarettes_per_day") == []


BAD = [
    "x" * 10_240, "🤰🏽" * 50, "\u202emirakel", "مرحبا", "\x00\x07", "'; DROP TABLE answer;--",
    "<script>alert(1)</script>",
    "{{ 7*7 }}", "-1", "1e309", "٣", "NaN", "  ", "ﬃ", "0" * 400,
]  # fmt: skip


@pytest.mark.parametrize("page_id", [page.id for page in CATALOGUE.her_pages])
def test_nothing_that_is_typed_gives_a_failure(her: Her, phone: CheckedClient, page_id: str) -> None:
    page = phone.get(f"/mit/{page_id}")
    if page.status_code == 302:  # not asked of her now: it takes nothing, whatever is sent
        token = fields_of(find_form(parse(phone.get("/mit/contact")), "answers"))[0]["csrf_token"]
        assert phone.post(f"/mit/{page_id}", data={"csrf_token": token, "bmi": BAD[0]}).status_code in (302, 303, 404)
        return
    token = fields_of(find_form(parse(page), "answers"))[0]["csrf_token"]
    items = next(one for one in CATALOGUE.her_pages if one.id == page_id).hers
    for shift in range(0, len(BAD), 4):  # each field gets some of it, each kind of field all of it
        data = {"csrf_token": token}
        for number, item in enumerate(items):
            bad = BAD[(number + shift) % len(BAD)]
            parts = () if len(bad) > 1000 else ("day", "month", "year", "low", "high", "state", "private")
            data |= {f"{item.id}-{part}": bad for part in parts}
            data |= {item.id: bad, f"{item.id}-asked": "1"}
        answer = phone.post(f"/mit/{page_id}", data=data)
        assert answer.status_code in (303, 422), f"{page_id} {shift} {answer.status_code}"
        assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", ["/mit/contact", "/mit/gennemse", "/mit/slut", "/mit/dine-data"])
def test_without_the_pages_own_token_nothing_is_done(her: Her, phone: CheckedClient, path: str) -> None:
    page = phone.post(path, data={"preferred_name": "x", "preferred_name-asked": "1"})
    assert page.status_code == 400 and "Siden var for gammel" in text_of(page)
    assert her.answers("preferred_name") == []


def test_what_she_typed_is_shown_again_when_all_cookies_are_gone_but_never_what_another_site_sent(her: Her) -> None:
    her.app.config["WTF_CSRF_ENABLED"] = True
    sent = {"preferred_name-asked": "1", "preferred_name": "Amalie"}
    own = her.phone().post("/mit/contact", data=sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert own.status_code == 400
    assert "Hvad vil du gerne kaldes?" in own.text
    assert "Amalie" in own.text
    foreign = her.phone().post("/mit/contact", data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 400
    assert "Amalie" not in foreign.text


def test_an_item_that_is_not_hers_or_not_on_the_page_is_not_taken(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/partner")
    data, _ = fields_of(find_form(parse(page), "answers"))
    for item_id in ("co_parent_cpr", "partner_remarks", "smokes_now", "findes_ikke"):
        data.setlist(f"{item_id}-asked", ["1"])
        data.setlist(item_id, ["yes"])
    phone.post("/mit/partner", data=data)
    assert her.answers("co_parent_cpr") == her.answers("partner_remarks") == her.answers("smokes_now") == []


def test_a_clinic_only_option_cannot_be_chosen_at_home(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/family_genetics")
    data, _ = fields_of(find_form(parse(page), "answers"))
    data["hereditary_disease"] = "treated"
    assert phone.post("/mit/family_genetics", data=data).status_code == 422


def test_an_unknown_page_is_not_there(her: Her, phone: CheckedClient) -> None:
    for page_id in ("findes-ikke", "dating", "restricted", "..%2f"):
        assert phone.get(f"/mit/{page_id}").status_code == 404


# ---- her last period


def dates(phone: CheckedClient, day: str, month: str, year: str) -> TestResponse:
    parts = {"last_period-day": day, "last_period-month": month, "last_period-year": year}
    return send(phone, phone.get("/mit/dates"), parts)


@pytest.mark.parametrize(
    ("day", "month", "year", "says"),
    [
        ("31", "2", "2026", "Den dato findes ikke"),
        ("25", "11", "2026", "ligger i fremtiden"),
        ("3", "", "2026", "Skriv også måned"),
        ("29", "2", "2025", "Den dato findes ikke"),
        ("1", "1", "2025", "over 43 uger henne"),
        ("27", "1", "2026", "over 43 uger henne"),  # 44+0 on the day of the visit, 1.12.2026
    ],
)
def test_a_last_period_that_cannot_be_right_is_said_at_the_field(
    her: Her, phone: CheckedClient, day: str, month: str, year: str, says: str
) -> None:
    page = dates(phone, day, month, year)
    assert page.status_code == 422 and says in text_of(page)
    assert f'value="{day}"' in page.text
    assert her.answers("last_period") == []


def test_43_weeks_and_6_days_is_taken_with_a_question(her: Her, phone: CheckedClient) -> None:
    assert dates(phone, "28", "1", "2026").status_code == 200
    assert her.answers("last_period") == [("value", "2026-01-28")]
    assert "over 42 uger henne" in text_of(phone.get("/mit/dates"))


def test_an_ordinary_last_period_is_taken_without_a_question(her: Her, phone: CheckedClient) -> None:
    dates(phone, "26", "9", "2026")
    assert her.answers("last_period") == [("value", "2026-09-26")]
    assert "over 42 uger henne" not in text_of(phone.get("/mit/dates"))


# ---- saved quietly, twice, and from two places


def test_a_quiet_save_keeps_what_is_usable_and_says_what_is_not(her: Her, phone: CheckedClient) -> None:
    page = send(phone, phone.get("/mit/smoking"), {"smokes_now": "yes"})
    answer = autosave(phone, page, {"cigarettes_per_day": "en", "passive_smoke_home": "yes"})
    assert answer["state"] == "saved" and answer["unusable"] == ["cigarettes_per_day"]
    assert her.answers("passive_smoke_home") == [("value", "yes")]


def test_a_quiet_save_does_not_call_untouched_questions_not_answered(her: Her, phone: CheckedClient) -> None:
    autosave(phone, phone.get("/mit/contact"), {"preferred_name": "A"})
    assert her.answers("email") == []


def test_saving_the_same_again_changes_nothing(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/contact")
    for _ in range(3):
        send(phone, page, {"preferred_name": "Amalie"})
    assert her.answers("preferred_name") == [("value", "Amalie")]


def test_an_old_tab_does_not_undo_what_a_newer_one_saved(her: Her, phone: CheckedClient) -> None:
    old, new = phone.get("/mit/contact"), phone.get("/mit/contact")
    send(phone, new, {"preferred_name": "Amalie", "phone": "20 00 00 00"})
    send(phone, old, {"email": "a@example.org"})
    assert her.answers("preferred_name") == [("value", "Amalie")]
    assert her.answers("email") == [("value", "a@example.org")]


def test_two_tabs_with_different_answers_the_later_wins_and_both_are_shown(her: Her, phone: CheckedClient) -> None:
    old, new = phone.get("/mit/contact"), her.signed_in()
    send(new, new.get("/mit/contact"), {"preferred_name": "Amalie"})
    page = send(phone, old, {"preferred_name": "Amalia"})
    assert "Gemt nu: Amalia" in text_of(page) and "Stod der før: Amalie" in text_of(page)
    assert her.answers("preferred_name") == [("value", "Amalia")]


def test_the_marks_of_a_quiet_save_make_the_next_one_no_conflict(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/contact")
    marks = autosave(phone, page, {"preferred_name": "Am"})["marks"]
    assert isinstance(marks, dict)
    answer = send(phone, page, {"preferred_name": "Amalie", "preferred_name-asked": marks["preferred_name"]})
    assert answer.request.path == "/mit/address_and_kin"
    assert her.answers("preferred_name") == [("value", "Amalie")]


def test_she_goes_on_from_another_telephone(her: Her, phone: CheckedClient) -> None:
    phone.submit(phone.get("/mit/dine-data"), form="/mit/dine-data")
    send(phone, phone.get("/mit/contact"), {"preferred_name": "Amalie"})
    other = her.signed_in()
    home = other.get("/mit")
    assert "sider tilbage" in text_of(home)
    assert 'value="Amalie"' in other.get("/mit/contact").text
    assert 'href="/mit/address_and_kin"' in home.text


# ---- kept in the clinic


def test_she_may_keep_a_sensitive_answer_in_the_clinic(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/mental_health")
    send(phone, page, {"mental_illness": "no", "mental_illness-private": "1"})
    assert her.stored("mental_illness").visibility == "clinic_and_her"
    send(phone, phone.get("/mit/mental_health"), {"mental_illness-private": []})
    assert her.stored("mental_illness").visibility == "shared", "before she has sent, she may change her mind"


def test_after_sending_she_can_keep_back_but_not_give_free_what_was_kept(her: Her, phone: CheckedClient) -> None:
    send(phone, phone.get("/mit/mental_health"), {"mental_illness": "no", "mental_illness-private": "1"})
    answers.submit(her.session, viewer=her.viewer, at=her.at, pregnancy_id=her.pregnancy_id)
    send(phone, phone.get("/mit/mental_health"), {"mental_illness": "yes", "mental_illness-private": []})
    assert her.stored("mental_illness").visibility == "clinic_and_her"


def test_private_questions_leave_no_trace_in_her_form(her: Her, phone: CheckedClient) -> None:
    everything = " ".join(phone.get(f"/mit/{page.id}", follow_redirects=True).text for page in CATALOGUE.her_pages)
    for word in ("vold", "omskåret", "omskæring", "samtale alene"):
        assert word not in everything.lower()


# ---- what cannot wait


def test_bleeding_shows_at_once_whom_to_call(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/symptoms_now")
    answer = autosave(phone, page, {"current_symptoms": ["bleeding"]})
    assert "bløder" in json.dumps(answer["now"], ensure_ascii=False)
    after = send(phone, phone.get("/mit/symptoms_now"), {"current_symptoms": ["bleeding", "pain"]})
    assert after.request.path == "/mit/dates"
    assert "Ring til din læge nu" in text_of(after)
    assert "70 00 00 01" in text_of(after) and "1813" in text_of(after) and "112" in text_of(after)


def test_the_log_says_when_she_was_told_and_not_of_what(her: Her, phone: CheckedClient) -> None:
    def was_told() -> tuple[datetime, int] | None:
        found = told.whom_to_call(her.session, her.pregnancy_id)
        her.session.rollback()
        return found

    assert was_told() is None
    send(phone, phone.get("/mit/symptoms_now"), {"current_symptoms": ["bleeding"]})
    for _ in range(2):
        phone.get("/mit/symptoms_now")
    rows = her.session.scalars(select(AuditEntry.detail).where(AuditEntry.action == told.ACTION)).all()
    assert rows == ['{"boxes": 1}'], "once, however often the page is opened"
    moment = was_told()
    assert moment and moment[0].date() == TODAY
    autosave(phone, phone.get("/mit/symptoms_now"), {"current_symptoms": ["bleeding", "vomiting_keeps_nothing_down"]})
    assert was_told() != moment


def test_nothing_of_it_for_her_who_has_nothing(her: Her, phone: CheckedClient) -> None:
    after = send(phone, phone.get("/mit/symptoms_now"), {"current_symptoms": ["none"]})
    assert "Ring til din læge nu" not in text_of(after)


@pytest.mark.parametrize("page_id", ["contact", "smoking", "sharing"])
def test_whom_to_call_and_who_can_see_stand_on_each_page(her: Her, phone: CheckedClient, page_id: str) -> None:
    text = text_of(phone.get(f"/mit/{page_id}"))
    for words in (
        "Har du det dårligt nu?",
        "Din læge: 70 00 00 01",
        "Hvem kan se mine svar? Kun du",
        "Forlad siden",
        "Log ud",
    ):
        assert words in text


# ---- too late


def test_what_she_writes_after_signing_is_shown_to_her_and_not_saved(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/contact")
    her.set(stage="signed")
    late = send(phone, page, {"preferred_name": "Amalie"})
    assert late.status_code == 410 and "ikke gemt" in text_of(late)
    assert "Hvad vil du gerne kaldes? Amalie" in text_of(late), "so that she can tell it to the doctor"
    assert autosave(phone, page, {"preferred_name": "Amalie"}) == {"state": "closed"}
    assert her.answers("preferred_name") == []
    assert phone.get("/mit/contact").status_code == 302


def test_her_answers_are_typed_by_her(her: Her, phone: CheckedClient) -> None:
    send(phone, phone.get("/mit/contact"), {"preferred_name": "Amalie"})
    row = her.stored("preferred_name")
    assert (row.giver, row.typed_by, row.is_draft) == ("woman", None, True)
    assert Answer(**row.content) == Answer("value", "Amalie")
