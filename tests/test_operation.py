"""What operations see: readiness, metrics and logs, none of them with anything personal."""

from __future__ import annotations

import io
import json
import logging
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from svangre import logs
from svangre.config import Settings
from svangre.factory import create_app
from svangre.record import outbox
from svangre.record.database import make_sessions
from tests.conftest import TODAY
from tests.pages import CheckedClient, text_of

FAR = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the process logs, as `logs.start` sets it up."""
    root, ours, output = logging.getLogger(), logging.getLogger(logs.OURS), io.StringIO()
    before = root.handlers[:], root.level, ours.level
    logs.start()
    root.handlers[0].setStream(output)  # type: ignore[attr-defined]
    yield output
    root.handlers[:], root.level, ours.level = before
    logging.captureWarnings(False)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_logged_by_its_route_and_never_by_its_address(client: CheckedClient, log: io.StringIO) -> None:
    client.get("/skema/a-secret-token?next=a-secret-place")
    (line,) = [one for one in lines(log) if one["message"] == "request"]
    assert line["method"] == "GET"
    assert line["status"] >= 400
    assert line["route"].startswith("citizen.")
    assert "secret" not in log.getvalue()


def test_a_failure_is_logged_by_class_and_place_without_its_words_or_the_address(
    settings: Settings, log: io.StringIO
) -> None:
    app = create_app(settings)

    def fail() -> str:
        raise ValueError("Testperson Nanna, 1504909996")

    app.view_functions["citizen.entry"] = app.view_functions["health.health"] = fail
    answer = app.test_client().get("/health?token=a-secret-token")
    assert answer.status_code == 500
    (line,) = [one for one in lines(log) if one.get("error")]
    assert line["error"] == "ValueError"
    assert any("test_operation.py" in place and "fail" in place for place in line["trace"])
    for personal in ("Nanna", "1504909996", "secret"):
        assert personal not in log.getvalue()
        assert personal not in answer.text
    app.extensions["engine"].dispose()


def test_what_other_libraries_fill_into_their_messages_is_left_out(log: io.StringIO) -> None:
    try:
        raise OSError("/skema/a-secret-token")
    except OSError:
        logging.getLogger("waitress").exception("Exception while serving %s", "/skema/a-secret-token")
    (line,) = lines(log)
    assert (line["message"], line["error"]) == ("Exception while serving %s", "OSError")
    assert "secret" not in log.getvalue()


def test_metrics_count_requests_by_route_and_deliveries_by_state(app: Flask, client: CheckedClient) -> None:
    client.get("/health")
    client.get("/health")
    with make_sessions(app.extensions["engine"])() as session:
        at = app.extensions["settings"].now()
        outbox.enqueue(session, kind="email", purpose="invitation", key="1", at=at, content={})
        session.commit()
    text = client.get("/metrics").text
    assert 'svangre_requests_total{route="health.health",method="GET",status="200"} 2' in text
    assert 'svangre_request_seconds_count{route="health.health"} 2' in text
    assert 'svangre_deliveries{purpose="invitation",state="waiting"} 1' in text
    assert "svangre_oldest_due_seconds" in text
    assert "process_resident_memory_bytes" in text
    bucket = 'svangre_request_seconds_bucket{route="health.health",le='
    counts = [int(line.split()[-1]) for line in text.splitlines() if line.startswith(bucket)]
    assert counts == sorted(counts)
    assert counts[-1] == 2


def test_metrics_are_for_this_machine_or_for_the_token(settings: Settings) -> None:
    app = create_app(replace(settings, metrics_token="the-token"))
    client = app.test_client()
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", environ_base=FAR).status_code == 404
    passed_on = {"X-Forwarded-For": "203.0.113.9"}
    assert client.get("/metrics", headers=passed_on).status_code == 404, "a proxy on this machine passed it on"
    assert client.get("/metrics", environ_base=FAR, headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert client.get("/metrics", environ_base=FAR, headers={"Authorization": "Bearer the-token"}).status_code == 200
    app.extensions["engine"].dispose()


def test_without_a_token_an_empty_one_opens_nothing(client: CheckedClient) -> None:
    for value in ("Bearer ", "Bearer", ""):
        assert client.get("/metrics", environ_base=FAR, headers={"Authorization": value}).status_code == 404


def test_it_is_not_ready_while_it_stops(app: Flask, client: CheckedClient) -> None:
    assert client.get("/ready").status_code == 200
    app.extensions["stopping"] = stopping = threading.Event()
    stopping.set()
    answer = client.get("/ready")
    assert (answer.status_code, answer.json) == (503, {"status": "stopping"})
    assert client.get("/health").status_code == 200


def test_it_is_not_ready_without_room_on_the_disk(client: CheckedClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 10, 0))  # type: ignore[attr-defined]
    answer = client.get("/ready")
    assert (answer.status_code, answer.json) == (503, {"status": "disk"})


def test_a_database_that_is_away_gives_a_page_that_says_so(app: Flask, client: CheckedClient) -> None:
    app.testing = False

    @event.listens_for(app.extensions["engine"], "do_connect")
    def away(*_: object) -> None:
        raise OperationalError("select 1", {}, Exception("gone"))

    app.extensions["engine"].dispose()
    client.set_cookie("svangre_user", "anything")
    answer = client.get("/arbejdsliste")
    assert answer.status_code == 503
    assert "Vi kan ikke gemme lige nu" in text_of(answer)
    ready = client.get("/ready")
    assert (ready.status_code, ready.json) == (503, {"status": "database"})
    assert client.get("/health").status_code == 200
    event.remove(app.extensions["engine"], "do_connect", away)
    assert client.get("/ready").status_code == 200


def test_a_full_database_refuses_to_save_and_says_so(tmp_path: Path, key_file: Path) -> None:
    """SQLite's own limit stands in for the disk: it fails the same way, SQLITE_FULL."""
    from svangre.record import migrate

    app = create_app(Settings(data_dir=tmp_path, demo=True, fixed_today=TODAY, key_file=key_file))
    engine = app.extensions["engine"]
    migrate.upgrade(engine)
    engine.dispose()

    @event.listens_for(engine, "connect")
    def limit(connection: Any, _record: Any) -> None:
        pages = connection.execute("pragma page_count").fetchone()[0]
        connection.execute(f"pragma max_page_count = {pages}")

    client = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    assert any(
        client.post("/log-ind", data={"username": f"nobody{number}", "password": "wrong"}).status_code == 503
        for number in range(300)
    )
    engine.dispose()
