"""Repeated things, such as earlier births: a list, pages for each row, children inside; added once, removed, undone."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import select
from werkzeug.test import TestResponse

from svangre.record.models import GroupRow
from tests.citizen.conftest import Her
from tests.pages import CheckedClient, parse, text_of


def rows(her: Her, path: str) -> list[GroupRow]:
    her.session.rollback()
    found = her.session.scalars(select(GroupRow).where(GroupRow.group_path == path).order_by(GroupRow.id)).all()
    her.session.expunge_all()
    her.session.rollback()
    return list(found)


def births_page(phone: CheckedClient) -> TestResponse:
    """The page of earlier births, after she has said that she has given birth."""
    page = phone.submit(phone.get("/mit/earlier_births"), {"given_birth_before": "yes"}, form="answers")
    assert page.request.path == "/mit/earlier_births"
    return page


def add_birth(phone: CheckedClient) -> TestResponse:
    return phone.submit(births_page(phone), form="answers", button="Tilføj en fødsel")


def test_a_birth_is_added_filled_in_and_stands_in_the_list(her: Her, phone: CheckedClient) -> None:
    page = add_birth(phone)
    assert "Fødsel 1" in text_of(page)
    back = phone.submit(page, {"birth_year-year": "2019", "birth_place": "Roskilde"}, form="answers")
    while back.request.path != "/mit/earlier_births":
        back = phone.submit(back, form="answers")
    assert "Fødsel 1 2019, Roskilde" in text_of(back)
    assert her.answers("birth_year") == [("value", "2019")]
    assert len(rows(her, "births")) == 1


def test_two_taps_on_add_are_one_birth(her: Her, phone: CheckedClient) -> None:
    page = births_page(phone)
    first = phone.submit(page, form="answers", button="Tilføj en fødsel")
    second = phone.submit(page, form="answers", button="Tilføj en fødsel")
    assert first.request.path == second.request.path
    assert len(rows(her, "births")) == 1


def test_a_made_up_row_id_is_never_another_womans_row(her: Her, phone: CheckedClient) -> None:
    page = births_page(phone)
    token = page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    for row_id in ("x", "../../etc", "1' OR '1'='1", "æ" * 9000):
        data = {"csrf_token": token, "given_birth_before-asked": "1", "given_birth_before": "yes",
                "births-asked": "1", "do": f"add:births:{row_id}"}  # fmt: skip
        answer = phone.post("/mit/earlier_births", data=data)
        assert answer.status_code == 303
    assert all(len(row.id) == 36 for row in rows(her, "births"))


def test_children_are_rows_inside_a_birth(her: Her, phone: CheckedClient) -> None:
    page = add_birth(phone)
    while "Tilføj et barn" not in text_of(page):
        page = phone.submit(page, form="answers")
    for sex in ("girl", "boy"):
        child = phone.submit(page, form="answers", button="Tilføj et barn")
        child = phone.submit(child, {"child_outcome": "live_birth"}, form="answers")  # opens a question more
        page = phone.submit(child, {"child_sex": sex}, form="answers")
    assert "Barn 1 Levede barnet, da det blev født? Ja, Pige" in text_of(page)
    assert "Barn 2 Levede barnet, da det blev født? Ja, Dreng" in text_of(page)
    (birth,) = rows(her, "births")
    assert [row.parent_id for row in rows(her, "births.children")] == [birth.id, birth.id]


def test_a_removed_birth_can_be_brought_back(her: Her, phone: CheckedClient) -> None:
    page = add_birth(phone)
    phone.submit(page, {"birth_year-year": "2019"}, form="answers")
    gone = phone.submit(phone.get("/mit/earlier_births"), form="answers", button="Fjern")
    assert "Fjernet." in text_of(gone) and "Fødsel 1" not in text_of(gone)
    back = phone.submit(gone, form="answers", button="Fortryd")
    assert "Fødsel 1 2019" in text_of(back)


def test_the_page_of_a_removed_row_leads_home_and_of_a_strange_one_nowhere(her: Her, phone: CheckedClient) -> None:
    address = urlsplit(add_birth(phone).request.url).path
    phone.submit(phone.get("/mit/earlier_births"), form="answers", button="Fjern")
    assert phone.get(address).status_code == 302
    assert phone.get("/mit/earlier_births/births/findes-ikke").status_code == 404
    assert phone.get(address.replace("earlier_births/births", "contact/births")).status_code == 404


def test_saying_no_hides_the_births_and_saying_yes_shows_them_again(her: Her, phone: CheckedClient) -> None:
    page = add_birth(phone)
    phone.submit(page, {"birth_year-year": "2019"}, form="answers")
    phone.submit(phone.get("/mit/earlier_births"), {"given_birth_before": "no"}, form="answers")
    assert "2019" not in text_of(phone.get("/mit/gennemse"))
    phone.submit(phone.get("/mit/earlier_births"), {"given_birth_before": "yes"}, form="answers")
    assert "2019" in text_of(phone.get("/mit/gennemse"))


def test_no_more_rows_than_the_group_holds(her: Her, phone: CheckedClient) -> None:
    page = add_birth(phone)
    while "Tilføj et barn" not in text_of(page):
        page = phone.submit(page, form="answers")
    address = urlsplit(page.request.url)
    for _ in range(5):
        phone.submit(page, form="answers", button="Tilføj et barn")
        page = phone.get(address.path, query_string=address.query)
    assert "Tilføj et barn" not in [one.text for one in parse(page).iter("button")]
    assert len(rows(her, "births.children")) == 5
