"""What every test stands on: a fixed day, no network, a new database, and pages that keep the house rules.

`pytest` uses SQLite; `--database=postgres` runs the same tests on PostgreSQL and `--database=both` on the two.
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.orm import Session
from xdist.scheduler import LoadScopeScheduling

from svangre.config import Settings
from svangre.record import migrate, sealing
from svangre.record.database import make_engine, make_sessions
from tests.databases import Postgres, Sqlite
from tests.pages import CheckedClient
from tests.postgres import Server, binaries

TODAY = date(2026, 11, 24)
ROOMS = ("tests/browser/", "tests/pdf/", "tests/validation/")
LONGEST = 600  # seconds for one test, on a busy machine


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgres", "both"], default="sqlite")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        kinds = ["sqlite", "postgres"] if chosen == "both" else [chosen]
        if metafunc.definition.get_closest_marker("postgres"):
            kinds = ["postgres"]
        elif metafunc.definition.get_closest_marker("once"):
            kinds = kinds[:1]
        metafunc.parametrize("database", kinds, indirect=True, scope="session")


def cannot_run(reason: str) -> None:
    """Skips, with the reason in the closing list; on CI a missing part is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


class InRooms(LoadScopeScheduling):  # type: ignore[misc]  # untyped base
    """One process takes a whole room where what it is made of is dear: Chromium and its demo, the layout, a JVM."""

    def _split_scope(self, nodeid: str) -> str:
        return next((room for room in ROOMS if nodeid.startswith(room)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InRooms:
    return InRooms(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A test that waits for ever fails instead of holding up the rest."""

    def too_long(_signal: int, _frame: object) -> None:
        raise TimeoutError(f"{item.nodeid} took more than {LONGEST} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Only loopback and Unix sockets: a test that calls out fails."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"A test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


def _migrate(url: str) -> None:
    engine = make_engine(url)
    migrate.upgrade(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sqlite | Postgres]:
    """A maker of migrated databases of the kind that this run uses."""
    if request.param == "sqlite":
        yield Sqlite(tmp_path_factory.mktemp("sqlite"), _migrate)
        return
    folder = binaries()
    if folder is None:
        cannot_run("no PostgreSQL server on this machine")
    with Server(folder) as server:
        yield Postgres(server, _migrate)


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    sealing.create_keys(path, demo=True)
    return path


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def settings(database: Sqlite | Postgres, key_file: Path, tmp_path: Path) -> Settings:
    """A demo installation of its own for this test, on the fixed day."""
    return Settings(
        data_dir=tmp_path, database_url=database.new(tmp_path), demo=True, fixed_today=TODAY, key_file=key_file
    )


@pytest.fixture
def session(settings: Settings, key_file: Path) -> Iterator[Session]:
    """A session on the test's database, without the web."""
    sealing.install(sealing.load_keys(key_file))
    engine = make_engine(settings.database)
    with make_sessions(engine)() as session:
        yield session
    engine.dispose()


class Compiled(BytecodeCache):
    """Templates are compiled once a process, not once a test."""

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    from svangre.factory import create_app  # here, so that tests of the domain do not load the web

    app = create_app(settings)
    app.jinja_env.bytecode_cache = Compiled()
    app.testing = True
    app.test_client_class = CheckedClient
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client
