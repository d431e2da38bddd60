"""Her link: what opens it, what does not, and that nothing is lost when her sign-in ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from svangre.record.actions import invitations
from svangre.record.models import Invitation, SignIn
from tests.citizen.conftest import BORN, Her
from tests.pages import CheckedClient, text_of


def end_sign_in(her: Her) -> None:
    her.session.execute(update(SignIn).values(ended_at=her.at))
    her.session.commit()


def test_code_and_birth_date_open_her_page(her: Her) -> None:
    page = her.prove(her.phone())
    assert page.request.path == "/mit/dine-data"
    assert "Ingen ser dine svar, før du sender dem" in text_of(page)


def test_the_code_may_be_typed_in_small_letters_with_a_space(her: Her) -> None:
    typed = f" {her.code[:3].lower()} {her.code[3:].lower()} "
    assert her.prove(her.phone(), code=typed).request.path == "/mit/dine-data"


@pytest.mark.parametrize("instead", [{"code": "AAAAAA"}, {"day": "2"}])
def test_a_wrong_proof_says_what_to_do_and_keeps_what_was_typed(her: Her, instead: dict[str, str]) -> None:
    page = her.prove(her.phone(), **instead)
    assert page.status_code == 422
    assert "passer ikke sammen" in text_of(page) and "Du kan prøve 4 gange mere" in text_of(page)
    assert 'value="1993"' in page.text


@pytest.mark.parametrize("instead", [{"day": "31", "month": "2"}, {"month": "sommer"}, {"year": ""}, {"day": "\x00"}])
def test_an_impossible_birth_date_is_a_message_and_no_try(her: Her, instead: dict[str, str]) -> None:
    phone = her.phone()
    for _ in range(6):
        page = her.prove(phone, **instead)
        assert page.status_code == 422
        assert "Se efter, om fødselsdatoen er rigtig" in text_of(page)
    assert her.prove(phone).request.path == "/mit/dine-data"


def test_after_five_wrong_tries_the_link_rests_and_names_the_clinic(her: Her) -> None:
    phone = her.phone()
    for _ in range(5):
        her.prove(phone, code="AAAAAA")
    page = her.prove(phone)
    assert page.status_code == 429
    assert "Vent en halv time" in text_of(page) and "70 00 00 01" in text_of(page)


def test_every_link_that_does_not_work_reads_the_same(her: Her) -> None:
    unknown = her.phone().get("/skema/findes-ikke")
    her.session.execute(update(Invitation).values(expires_at=her.at - timedelta(days=1)))
    her.session.commit()
    expired = her.phone().get(her.link)
    her.session.execute(update(Invitation).values(expires_at=her.at + timedelta(days=1)))
    her.session.commit()
    invitations.revoke_invitation(her.session, viewer=her.staff, at=her.at, pregnancy_id=her.pregnancy_id)
    revoked = her.phone().get(her.link)
    assert unknown.status_code == expired.status_code == revoked.status_code == 404
    assert text_of(expired) == text_of(revoked) == text_of(unknown).replace("din læge,", "din læge på 70 00 00 01,")
    assert "Linket kan ikke bruges længere" in text_of(unknown)


def test_a_post_to_a_revoked_link_is_the_same_kind_page(her: Her) -> None:
    phone = her.phone()
    page = phone.get(her.link)
    invitations.revoke_invitation(her.session, viewer=her.staff, at=her.at, pregnancy_id=her.pregnancy_id)
    assert "Linket kan ikke bruges længere" in text_of(phone.submit(page, {"code": her.code, **BORN}, form=her.link))


@pytest.mark.parametrize(
    "address",
    ["/mit", "/mit/contact", "/mit/gennemse", "/mit/kvittering", "/mit/journal", "/mit/dokument/svar", "/mit/slut",
     "/mit/opslag", "/mit/hjaelp", "/mit/dine-data"],
)  # fmt: skip
def test_without_a_sign_in_there_is_only_the_closed_page(her: Her, address: str) -> None:
    page = her.phone().get(address, follow_redirects=True)
    assert page.request.path == "/mit/lukket"
    assert "Siden er lukket" in text_of(page)


def test_after_the_sign_in_has_ended_she_goes_on_where_she_was(her: Her, phone: CheckedClient) -> None:
    end_sign_in(her)
    closed = phone.get("/mit/smoking", follow_redirects=True)
    assert "Vi har lukket siden for en sikkerheds skyld" in text_of(closed)
    assert phone.submit(closed, {"code": her.code, **BORN}, form=her.link).request.path == "/mit/smoking"


def test_the_way_back_never_leads_elsewhere(her: Her, phone: CheckedClient) -> None:
    end_sign_in(her)
    for bad in ("https://example.org", "//example.org", "/log-ind", "/mit\\@example.org"):
        closed = phone.get("/mit/lukket", query_string={"next": bad})
        assert phone.submit(closed, {"code": her.code, **BORN}, form=her.link).request.path.startswith("/mit")
        end_sign_in(her)


def test_what_she_sends_after_her_sign_in_ended_is_saved_when_she_is_back(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/contact")
    end_sign_in(her)
    closed = phone.submit(page, {"preferred_name": "Åse »Ø« 🙂", "safe_contact": "only_like_this"}, form="answers")
    assert "Det, du lige har skrevet, er her stadig" in text_of(closed)
    assert her.answers("preferred_name") == []
    wrong = phone.submit(closed, {"code": "AAAAAA", **BORN}, form=her.link)
    back = phone.submit(wrong, {"code": her.code, **BORN}, form=her.link)
    assert "Du er logget ind igen" in text_of(back)
    phone.submit(back)
    assert her.answers("preferred_name") == [("value", "Åse »Ø« 🙂")]
    assert her.answers("safe_contact") == [("value", "only_like_this")]


def test_what_she_sends_from_the_second_page_of_a_birth_is_carried_too(her: Her, phone: CheckedClient) -> None:
    page = phone.submit(phone.get("/mit/earlier_births"), {"given_birth_before": "yes"}, form="answers")
    page = phone.submit(page, form="answers", button="Tilføj en fødsel")
    page = phone.submit(page, {"birth_weeks": "40"}, form="answers")
    end_sign_in(her)
    closed = phone.submit(page, {"birth_remarks": "Det gik godt"}, form="answers")
    phone.submit(phone.submit(closed, {"code": her.code, **BORN}, form=her.link))
    assert her.answers("birth_remarks") == [("value", "Det gik godt")]


def test_what_was_carried_opens_only_with_her_own_link(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/contact")
    end_sign_in(her)
    closed = phone.submit(page, {"preferred_name": "Amalie"}, form="answers")
    packed = closed.text.split('name="carried" value="')[1].split('"')[0]
    for tampered in (packed[:-8] + "AAAAAAA=", "xx", "æ", ""):
        token = closed.text.split('name="csrf_token" value="')[1].split('"')[0]
        data = {"code": her.code, **BORN, "carried": tampered, "csrf_token": token}
        answer = phone.post(her.link, data=data)
        assert answer.status_code == 303
        end_sign_in(her)


def test_a_quiet_save_after_the_sign_in_ended_says_so(her: Her, phone: CheckedClient) -> None:
    page = phone.get("/mit/contact")
    end_sign_in(her)
    token = page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = phone.post("/mit/contact", data={"csrf_token": token}, headers={"X-Autosave": "1"})
    assert answer.json == {"state": "ended"}


def test_leaving_signs_her_out_and_shows_an_empty_page(her: Her, phone: CheckedClient) -> None:
    gone = phone.get("/mit/forlad", follow_redirects=True)
    assert gone.request.path == "/pause"
    for word in ("svar", "læge", "gravid", "Testvænget"):
        assert word not in text_of(gone).replace(
            "Demo. Alle personer, CPR-numre, klinikker og fødesteder er opdigtede.", ""
        )
    back = phone.get("/mit/smoking", follow_redirects=True)
    assert "Siden er lukket" in text_of(back) and "Testvænget" not in text_of(back)


def test_logging_out_ends_the_sign_in_everywhere_in_this_browser(her: Her, phone: CheckedClient) -> None:
    page = phone.submit(phone.get("/mit/contact"), form="/mit/log-ud")
    assert "Du er logget ud" in text_of(page)
    assert phone.get("/mit/contact").status_code == 302


def test_how_accessible_the_pages_are_can_be_read_by_everyone(her: Her, phone: CheckedClient) -> None:
    for one in (her.phone(), phone):
        assert "WCAG 2.2 på niveau AA" in text_of(one.get("/tilgaengelighed"))
