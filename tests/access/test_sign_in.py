"""Signing in and out of the clinic: passwords, tries, cookies, and how long it lasts."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from svangre.access import passwords
from svangre.config import BadSetting, Settings, from_environment
from svangre.factory import create_app, read_keys
from svangre.record import tries
from svangre.record.database import make_engine, make_sessions
from svangre.record.errors import Resting
from svangre.record.models import AuditEntry, SignIn, User
from svangre.record.sealing import create_keys
from svangre.web import signed_in
from tests.access.conftest import PASSWORD, House
from tests.pages import CheckedClient


def try_it(client: CheckedClient, username: str = "doctor", password: str = PASSWORD, to: str = "/log-ind") -> Any:
    return client.post(to, data={"username": username, "password": password})


def sign_ins(house: House) -> list[SignIn]:
    found = house.session.query(SignIn).populate_existing().all()
    house.session.commit()  # SQLite: leaves the write lock to the app
    return found


def log(house: House) -> list[str]:
    found = [one.action for one in house.session.query(AuditEntry).order_by(AuditEntry.seq)]
    house.session.commit()
    return found


def test_the_right_password_and_only_a_hash_of_the_token_is_kept(house: House) -> None:
    client = house.client("nobody")
    response = try_it(client, "  DOCTOR ")
    assert response.headers["Location"] == "/arbejdsliste"
    token = client.get_cookie("svangre_user").value  # type: ignore[union-attr]
    assert [one.user_id for one in sign_ins(house)] == [house.users["doctor"].id]
    assert token != sign_ins(house)[0].token_hash
    assert client.get("/arbejdsliste").status_code == 200
    assert log(house)[-2:] == ["sign_in", "worklist.read"]


@pytest.mark.parametrize(("username", "password"), [("doctor", "forkert"), ("ingen", PASSWORD), ("doctor", "'--")])
def test_a_wrong_one_says_the_same_whoever_it_is(house: House, username: str, password: str) -> None:
    response = try_it(house.client("nobody"), username, password)
    assert response.status_code == 200
    assert "Brugernavn eller adgangskode passer ikke." in response.text
    assert password not in response.text.replace("&#39;", "'")
    assert sign_ins(house) == []
    assert log(house)[-1] == "sign_in.refused"


def test_after_ten_the_name_rests_also_for_the_right_password(house: House) -> None:
    client = house.client("nobody")
    for _ in range(passwords.TRIES):
        try_it(client, password="forkert")
    assert try_it(client).status_code == 429
    assert try_it(client, "staff").headers["Location"] == "/arbejdsliste"  # others are not shut out


def test_one_address_is_stopped_whatever_names_it_tries(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "FROM_ONE_ADDRESS", 3)
    for number in range(3):
        try_it(house.client("nobody"), f"navn{number}", "forkert")
    assert try_it(house.client("nobody")).status_code == 429


def test_tries_sent_at_once_are_all_counted(house: House) -> None:
    where = house.session.get_bind().url.render_as_string(hide_password=False)  # type: ignore[union-attr]
    outcomes: list[str] = []

    def guess() -> None:
        engine = make_engine(where)
        with make_sessions(engine)() as session:
            try:
                found = passwords.check(session, username="doctor", password="forkert", at=house.at, address="")
                outcomes.append(str(found))
            except Resting:
                outcomes.append("rests")
        engine.dispose()

    threads = [threading.Thread(target=guess) for _ in range(14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["None"] * 10 + ["rests"] * 4


def test_a_disabled_user_neither_comes_in_nor_stays(house: House) -> None:
    client = house.client("staff")
    assert client.get("/arbejdsliste").status_code == 200
    house.session.get_one(User, house.users["staff"].id).disabled_at = house.at
    house.session.commit()
    assert client.get("/arbejdsliste").headers["Location"].startswith("/log-ind")
    assert "passer ikke" in try_it(client, "staff").text


def test_signed_out_is_signed_out_for_a_copied_cookie_too(house: House) -> None:
    client = house.client("doctor")
    token = client.get_cookie("svangre_user").value  # type: ignore[union-attr]
    client.post("/log-ud")
    assert client.get_cookie("svangre_user") is None
    thief = house.client("nobody")
    thief.set_cookie("svangre_user", token)
    assert thief.get("/arbejdsliste").headers["Location"].startswith("/log-ind")
    assert log(house)[-1] == "sign_out"


def test_signing_in_ends_the_sign_in_that_was_in_the_browser(house: House) -> None:
    client = house.client("staff")
    old = client.get_cookie("svangre_user").value  # type: ignore[union-attr]
    try_it(client)
    assert client.get_cookie("svangre_user").value != old  # type: ignore[union-attr]
    assert [bool(one.ended_at) for one in sorted(sign_ins(house), key=lambda one: one.id)] == [True, False]


def test_two_browsers_are_two_sign_ins(house: House) -> None:
    one, two = house.client("doctor"), house.client("doctor")
    one.post("/log-ud")
    assert two.get("/arbejdsliste").status_code == 200


@pytest.mark.parametrize(
    ("seen", "created", "lasts"),
    [
        (timedelta(minutes=29), timedelta(minutes=29), True),
        (timedelta(minutes=31), timedelta(minutes=31), False),
        (timedelta(0), timedelta(hours=9, minutes=59), True),
        (timedelta(0), timedelta(hours=10, minutes=1), False),
    ],
)
def test_it_lasts_half_an_hour_idle_and_ten_hours_at_most(
    house: House, seen: timedelta, created: timedelta, lasts: bool
) -> None:
    client = house.client("doctor")
    one = house.session.query(SignIn).one()
    one.seen_at, one.created_at = house.at - seen, house.at - created
    house.session.commit()
    assert (client.get("/arbejdsliste").status_code == 200) == lasts


def test_use_moves_the_clock_and_a_page_that_refreshes_itself_does_not(house: House) -> None:
    client = house.client("doctor")
    before = house.at - timedelta(minutes=20)
    house.session.query(SignIn).one().seen_at = before
    house.session.commit()
    client.get("/arbejdsliste", headers={"X-Background": "1"})
    assert sign_ins(house)[0].seen_at == before
    client.get("/arbejdsliste")
    assert sign_ins(house)[0].seen_at > before


def test_a_post_after_a_pause_moves_the_clock_without_waiting_for_itself(house: House) -> None:
    """SQLite has one writer: the clock and the action must not be two."""
    client = house.client("doctor")
    house.session.query(SignIn).one().seen_at = house.at - timedelta(minutes=20)
    house.session.commit()
    response = client.post(f"/graviditet/{house.world.id}/set")
    assert response.status_code < 400


# Cookies and settings


def real(tmp_path: Any, settings: Settings) -> Flask:
    create_keys(tmp_path / "real" / "keys.json", demo=False)
    return create_app(
        replace(
            settings,
            demo=False,
            fixed_today=None,
            base_url="https://svangre.test",
            key_file=tmp_path / "real" / "keys.json",
        )
    )


def test_cookies_of_a_real_installation(settings: Settings, tmp_path: Any) -> None:
    app = real(tmp_path, settings)
    with app.test_request_context():
        assert signed_in.cookie_name("user") == "__Host-svangre_user"
        response = app.response_class()
        signed_in.set_cookie(response, "user", "token")
        signed_in.set_cookie(response, "woman", "token")
    for cookie in response.headers.getlist("Set-Cookie"):
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert "Domain" not in cookie
        assert cookie.startswith("__Host-")
    form = app.test_client().get("/log-ind", base_url="https://svangre.test").headers["Set-Cookie"]
    assert form.startswith("__Host-svangre_form=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in form.split(";")}
    app.extensions["engine"].dispose()


def test_cookies_of_the_demo_are_plain_but_never_readable_by_scripts(house: House) -> None:
    response = try_it(house.client("nobody"))
    (cookie,) = [one for one in response.headers.getlist("Set-Cookie") if one.startswith("svangre_user=")]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_demo_keys_are_refused_by_a_real_installation(settings: Settings) -> None:
    with pytest.raises(BadSetting, match="demoen"):
        read_keys(replace(settings, demo=False))


@pytest.mark.parametrize(
    "env",
    [
        {"TODAY": "2026-11-24"},
        {"HOST": "0.0.0.0"},
        {"HOST": "0.0.0.0", "BASE_URL": "http://svangre.test"},
    ],
)
def test_settings_that_would_be_unsafe_are_refused(env: dict[str, str]) -> None:
    with pytest.raises(BadSetting):
        from_environment(env)
