"""Starting and stopping, as whoever runs it meets them: real processes, real signals, and what they say."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import time
from pathlib import Path

import pytest

from svangre import startup
from svangre.config import Settings
from svangre.factory import create_app
from svangre.record import migrate, sealing
from tests.service import command, free_port, running

START = 3.0  # seconds of a processor until the second start is ready


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real installation without data, to be copied."""
    folder = tmp_path_factory.mktemp("installed") / "data"
    assert command(folder, "keys", "create").returncode == 0
    assert command(folder, "migrate").returncode == 0
    return folder


@pytest.fixture(scope="module")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with a clinic and its women."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    done = command(folder, "migrate", DEMO="1")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def data_dir(installed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(installed, tmp_path / "data"))


def test_the_demo_starts_in_an_empty_folder_and_a_second_time_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with running(folder, DEMO="1") as service:
        assert service.get("/log-ind")[0] == 200
        for words in (service.url, "»demo«", "holm", "jordemoder", str(folder / "outbox")):
            assert words in service.said
        assert service.stop() == 0
    with running(folder, DEMO="1") as service:
        assert service.cpu_seconds() < START


def test_running_requests_are_answered_before_it_stops(data_dir: Path) -> None:
    body = b"username=nobody&password=" + b"x" * 200
    head = (
        "POST /log-ind HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with running(data_dir) as service:
        port = int(service.url.rpartition(":")[2])
        begun = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(5)]
        idle = socket.create_connection(("127.0.0.1", port), timeout=30)
        for one in begun:
            one.sendall(head.encode() + body[:50])
        time.sleep(0.5)
        service.process.terminate()
        assert idle.recv(1) == b""  # nothing was asked on it: closed
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", port), timeout=5)
        for one in begun:
            one.sendall(body[50:])
        answers = [one.recv(100) for one in begun]
        assert service.process.wait(30) == 0
    assert [answer.split(b"\r\n")[0] for answer in answers] == [b"HTTP/1.1 400 BAD REQUEST"] * 5  # no CSRF token
    for one in (*begun, idle):
        one.close()


def test_the_worker_beside_it_is_started_again_and_ends_with_it(data_dir: Path) -> None:
    with running(data_dir) as service:
        (first,) = service.children()
        os.kill(first, 9)
        deadline = time.monotonic() + 30
        while service.children() in ([], [first]) and time.monotonic() < deadline:
            time.sleep(0.1)
        (second,) = service.children()
        assert "the worker ended and is started again" in [line["message"] for line in service.lines()]
        service.kill()
        deadline = time.monotonic() + 60
        while Path(f"/proc/{second}").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not Path(f"/proc/{second}").exists()


def told(folder: Path, **settings: str) -> str:
    """What `flask serve` says instead of starting."""
    done = command(folder, "serve", PORT=str(free_port()), **settings)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")
    return done.stderr


def test_without_a_key_file_it_says_how_to_make_one(tmp_path: Path) -> None:
    assert "Nøglefilen" in (said := told(tmp_path / "data")) and "flask keys create" in said


def test_a_key_file_of_another_installation_is_noticed(demo_data: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(demo_data, tmp_path / "data")
    shutil.rmtree(folder / "keys")
    sealing.create_keys(folder / "keys" / "keys.json", demo=True)
    assert "Nøglefilen passer ikke til databasen" in told(folder, DEMO="1")


def test_keys_of_the_demo_are_refused_in_real_use(tmp_path: Path) -> None:
    sealing.create_keys(tmp_path / "data" / "keys" / "keys.json", demo=True)
    assert "lavet til demoen" in told(tmp_path / "data")


def test_the_demo_is_refused_where_real_data_lie(data_dir: Path) -> None:
    assert "hører til en rigtig installation" in told(data_dir, DEMO="1")


def test_a_database_of_a_newer_program_is_left_alone(data_dir: Path) -> None:
    with sqlite3.connect(data_dir / "svangre.db") as database:
        database.execute("update alembic_version set version_num = '9999'")
    database.close()
    said = told(data_dir)
    assert "nyere udgave" in said and "docs/upgrade.md" in said


def test_a_database_of_an_older_program_is_brought_up(data_dir: Path) -> None:
    (data_dir / "svangre.db").unlink()
    with running(data_dir) as service:
        assert service.get("/ready") == (200, '{"status":"ok"}\n')


def test_a_file_that_is_no_database_is_told(data_dir: Path) -> None:
    for old in data_dir.glob("svangre.db*"):
        old.unlink()
    (data_dir / "svangre.db").write_text("this is not a database, " * 100)
    assert "kan ikke læses" in told(data_dir)


def test_a_folder_that_cannot_be_written_is_told() -> None:
    folder = Path("/sys/svangre")  # not even root writes there
    assert f"Der kan ikke skrives i DATA_DIR, {folder}" in told(folder, DEMO="1")


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = command(tmp_path / "data", "serve", DEMO="1", PORT=str(port))
    assert done.returncode == 1
    assert f"Port {port} på 127.0.0.1 kan ikke bruges" in done.stderr
    assert not (tmp_path / "data" / "svangre.db").exists()


def test_a_database_server_that_is_away_is_told(data_dir: Path) -> None:
    said = told(data_dir, DATABASE_URL=f"postgresql://nobody:secret@127.0.0.1:{free_port()}/none")
    assert "PostgreSQL" in said
    assert "secret" not in said


def test_settings_that_cannot_be_are_told(data_dir: Path) -> None:
    assert "TODAY må kun sættes sammen med DEMO=1" in told(data_dir, TODAY="2026-11-24")
    assert "BASE_URL skal begynde med https://" in told(data_dir, HOST="0.0.0.0")
    assert "MHD_CERT" in told(data_dir, MHD_URL="https://registry.example")


def test_a_full_disk_is_told(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**9, 10**9, 4_000_000))  # type: ignore[attr-defined]
    app = create_app(Settings(data_dir=data_dir))
    with pytest.raises(startup.CannotStart, match="4 MB ledig"):
        startup.prepare(app)
    app.extensions["engine"].dispose()


def test_it_is_ready_only_with_its_schema(data_dir: Path) -> None:
    app = create_app(Settings(data_dir=data_dir))
    client = app.test_client()
    assert client.get("/ready").status_code == 200
    migrate.downgrade(app.extensions["engine"], "base")
    answer = client.get("/ready")
    assert (answer.status_code, answer.json) == (503, {"status": "schema"})
    assert client.get("/health").status_code == 200
    app.extensions["engine"].dispose()
