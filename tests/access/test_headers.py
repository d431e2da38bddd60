"""Headers of every answer, also of the errors."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.access.conftest import House
from tests.access.test_tampering import real


@pytest.fixture
def paths(house: House) -> list[tuple[str, str]]:
    return [
        ("nobody", "/log-ind"), ("nobody", "/health"), ("nobody", "/nothing"), ("doctor", "/arbejdsliste"),
        ("doctor", f"/graviditet/{house.world.id}/arv"), ("admin", f"/graviditet/{house.world.id}/arv"),
        ("her", "/mit"), ("nobody", f"/skema/{house.ids['token']}"), ("nobody", "/static/css/base.css"),
        ("doctor", f"/graviditet/{house.world.id}/versioner/1/handover"),
        ("midwife", f"/indbakke/{house.ids['handover_id']}/overdragelse.pdf"), ("nobody", "/arbejdsliste"),
    ]  # fmt: skip


def test_every_answer_has_them(house: House, paths: list[tuple[str, str]]) -> None:
    for caller, path in paths:
        with house.client(caller).get(path) as response:
            headers = response.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy
        assert "http:" not in policy
        assert "*" not in policy
        for directive in ("script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'self'",
                          "object-src 'none'", "frame-ancestors 'self'"):  # fmt: skip
            assert directive in policy, (path, directive)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Server" not in headers
        assert "X-Powered-By" not in headers


def test_nothing_personal_is_kept_by_a_cache(house: House, paths: list[tuple[str, str]]) -> None:
    for caller, path in paths:
        with house.client(caller).get(path) as response:
            control = response.headers["Cache-Control"]
        assert control == ("public, max-age=86400" if path.startswith("/static/") else "no-store"), path


def test_https_is_asked_for_in_a_real_installation_alone(house: House, settings: object, tmp_path: object) -> None:
    assert "Strict-Transport-Security" not in house.client("nobody").get("/log-ind").headers
    app: Flask = real(settings, tmp_path)  # type: ignore[arg-type]
    response = app.test_client().get("/log-ind", base_url="https://svangre.test")
    assert "max-age=63072000" in response.headers["Strict-Transport-Security"]
    app.extensions["engine"].dispose()
