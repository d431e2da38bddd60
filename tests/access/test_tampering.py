"""What somebody sends who does not keep to the pages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from svangre.config import Settings
from svangre.factory import BODY_LIMIT, create_app
from svangre.record.sealing import create_keys
from tests.access.conftest import PASSWORD, House
from tests.access.test_sweep import TABLE, call, routes

# They have no pages and no cookies that another site could make them send.
MACHINES = ("POST exchange.", "POST citizen.manifest")


def test_no_post_without_its_token(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = True
    clients = {caller: house.client(caller) for caller in ("doctor", "midwife", "her", "admin", "nobody")}
    before = house.stored()
    for name, rule in routes(house):
        if name.startswith("POST") and not name.startswith(MACHINES):
            caller = next(one for one in clients if TABLE[name][one] == "in")
            response = call(house, clients[caller], name, rule)
            assert response.status_code == 400, name
            assert "Siden var for gammel" in response.text
    assert house.stored() == before


def test_a_token_of_another_browser_does_not_count(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = True
    page = house.client("nobody").get("/log-ind")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token
    other = house.client("nobody")
    other.get("/log-ind")
    response = other.post("/log-ind", data={"csrf_token": token[1], "username": "doctor", "password": PASSWORD})
    assert response.status_code == 400


def test_a_token_from_before_the_sign_in_does_not_count_after_it(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = True
    client = house.client("nobody")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/log-ind").text)
    assert token
    data = {"csrf_token": token[1], "username": "doctor", "password": PASSWORD}
    assert client.post("/log-ind", data=data).status_code == 302
    assert client.post(f"/graviditet/{house.world.id}/set", data=data).status_code == 400


@pytest.mark.parametrize(
    "token",
    ["", "x", "x" * 3000, "%00", "null", "' or 1=1--", "../../etc/passwd", "\x7f", "eyJ1c2VyIjoiZG9jdG9yIn0.x.y"],
)
def test_a_made_up_cookie_is_nobody(house: House, token: str) -> None:
    client = house.client("nobody")
    client.set_cookie("svangre_user", token)
    client.set_cookie("svangre_woman", token)
    client.set_cookie("svangre_form", token)
    assert client.get("/arbejdsliste").headers["Location"].startswith("/log-ind")
    assert client.get("/mit").headers["Location"].startswith("/mit/lukket")


def test_her_cookie_is_no_users_and_the_other_way_round(house: House) -> None:
    hers = house.client("her").get_cookie("svangre_woman").value  # type: ignore[union-attr]
    users = house.client("doctor").get_cookie("svangre_user").value  # type: ignore[union-attr]
    client = house.client("nobody")
    client.set_cookie("svangre_user", hers)
    client.set_cookie("svangre_woman", users)
    assert client.get("/arbejdsliste").headers["Location"].startswith("/log-ind")
    assert client.get("/mit").headers["Location"].startswith("/mit/lukket")


@pytest.mark.parametrize(
    "target",
    ["https://evil.test", "//evil.test", "/\\evil.test", "\\/evil.test", "/\t/evil.test", "/%09/evil.test\n",
     "javascript:alert(1)", "evil.test", "/ /evil.test", "///evil.test", "/\r\nSet-Cookie: a=b"],
)  # fmt: skip
def test_no_way_out_after_signing_in(house: House, target: str) -> None:
    response = house.client("nobody").post(
        "/log-ind", query_string={"next": target}, data={"username": "doctor", "password": PASSWORD}
    )
    assert response.headers["Location"] == "/arbejdsliste"
    assert "a=b" not in str(response.headers)


def test_back_to_where_one_was_going(house: House) -> None:
    to = f"/graviditet/{house.world.id}/arv?x=1"
    away = house.client("nobody").get(to).headers["Location"]
    response = house.client("nobody").post(away, data={"username": "doctor", "password": PASSWORD})
    assert response.headers["Location"] == to


@pytest.mark.parametrize("target", ["https://evil.test", "//evil.test", "/\\evil.test", "/\t/evil.test"])
def test_no_way_out_after_her_sign_in(house: House, target: str) -> None:
    link, code, _ = house.tokens["her"].split("|")
    response = house.client("nobody").post(
        f"/skema/{link}", data={"code": code, "day": "1", "month": "2", "year": "1993", "next": target}
    )
    assert response.status_code in (302, 303)
    assert response.headers["Location"].startswith("/mit")


@pytest.mark.parametrize("host", ["evil.test", "evil.test:80", "localhost.evil.test"])
def test_a_foreign_host_name_stands_in_no_answer(house: House, host: str) -> None:
    client = house.client("doctor")
    for path in ("/log-ind", "/", f"/graviditet/{house.world.id}/invitation", "/arbejdsliste"):
        response = client.get(path, headers={"Host": host, "X-Forwarded-Host": host})
        assert "evil.test" not in response.get_data(as_text=True) + str(response.headers), path


def real(settings: Settings, tmp_path: Any) -> Flask:
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


def test_a_real_installation_answers_to_its_own_name_alone(settings: Settings, tmp_path: Any) -> None:
    app = real(settings, tmp_path)
    for host, status in (("svangre.test", 200), ("127.0.0.1:8000", 200), ("evil.test", 400)):
        assert app.test_client().get("/health", headers={"Host": host}).status_code == status, host
    app.extensions["engine"].dispose()


@pytest.mark.parametrize(
    "path",
    ["/static/../svangre/config.py", "/static/..%2fsvangre/config.py", "/static/%2e%2e/app.py", "/static//etc/passwd",
     "/static/css/../../app.py", "/static/....//app.py", "/static/%00", "/static/css"],
)  # fmt: skip
def test_no_path_leads_out_of_the_static_files(house: House, path: str) -> None:
    response = house.client("nobody").get(path)
    assert response.status_code in (302, 308, 404)
    assert "import" not in response.text


@pytest.mark.parametrize("bad", ["x", "..", "%00", "' or '1'='1", "0", "null", "<script>", "æ" * 300, "\U0001f476"])
def test_ids_that_are_none_are_not_there(house: House, bad: str) -> None:
    doctor, midwife, her = (house.client(one) for one in ("doctor", "midwife", "her"))
    assert doctor.get(f"/graviditet/{bad}/arv").status_code == 404
    assert doctor.get(f"/graviditet/{house.world.id}/{bad}").status_code == 404
    assert doctor.post(f"/leveringer/{bad}/igen").status_code == 404
    assert midwife.get(f"/indbakke/{bad}").status_code == 404
    assert her.get(f"/mit/{bad}").status_code in (404, 302)
    assert house.client("nobody").get(f"/skema/{bad}").status_code in (404, 410, 200)


def test_a_replayed_code_is_no_use_without_the_birth_date_or_after_it_is_revoked(house: House) -> None:
    link, code, _ = house.tokens["her"].split("|")
    client = house.client("nobody")
    client.post(f"/skema/{link}", data={"code": code, "day": "2", "month": "2", "year": "1993"})
    assert client.get_cookie("svangre_woman") is None
    house.client("staff").post(f"/graviditet/{house.world.id}/invitation/tilbagekald")
    client.post(f"/skema/{link}", data={"code": code, "day": "1", "month": "2", "year": "1993"})
    assert client.get_cookie("svangre_woman") is None


# Size and shape of what is sent


def test_too_much_is_refused_kindly(house: House) -> None:
    client = house.client("doctor")
    response = client.post("/log-ind", data={"username": "x" * (BODY_LIMIT + 1)})
    assert response.status_code == 413
    assert "for stort" in response.text


def test_too_many_fields_are_refused(house: House) -> None:
    response = house.client("doctor").post(
        "/log-ind", data={f"f{number}": "x" for number in range(2100)}, content_type="multipart/form-data"
    )
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"a":' * 50_000),
        ("application/json", b"\xff\xfe"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'),
        ("application/x-www-form-urlencoded", b"%zz=%00&&&=&username=%ff%fe&password=\xff"),
        ("text/xml", b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
    ],
)
def test_no_shape_of_body_makes_a_fault(house: House, content_type: str, body: bytes) -> None:
    doctor, her = house.client("doctor"), house.client("her")
    for client, path in (
        (doctor, "/log-ind"), (doctor, f"/graviditet/{house.world.id}/arv/felt"), (her, "/mit/earlier_births"),
        (doctor, "/arbejdsliste/soeg"), (doctor, f"/graviditet/{house.world.id}/fund"),
    ):  # fmt: skip
        assert client.post(path, data=body, content_type=content_type).status_code < 500, path


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(house: House, method: str) -> None:
    assert house.client("doctor").open("/arbejdsliste", method=method).status_code == 405
