"""Backup while the service runs, and back: the drill."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from svangre.config import Settings
from svangre.policy import Viewer
from svangre.record import audit, migrate, queries, sealing
from svangre.record.backup import PIECE, BackupProblem, backup, restore
from svangre.record.database import make_engine, make_sessions
from svangre.record.models import Pregnancy
from svangre.record.sealing import Keyring, create_keys
from tests.record.conftest import START, World, add_clinic, add_user


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    ring = create_keys(tmp_path / "data" / "keys" / "keys.json", demo=True)
    sealing.install(ring)
    return ring


@pytest.fixture
def lived(tmp_path: Path, ring: Keyring) -> Iterator[Settings]:
    """An installation on SQLite with a record in it."""
    settings = Settings(data_dir=tmp_path / "data", demo=True)
    engine = make_engine(settings.database)
    migrate.upgrade(engine)
    audit.keep_head(settings.data_dir / "audit.head")
    with make_sessions(engine)() as session:
        audit.verify_new(session)
        where = {"clinic_id": add_clinic(session, "Lægehuset", "1001").id}
        doctor = add_user(session, "doctor", "holm", **where)
        staff = add_user(session, "staff", "lone", **where)
        world = World(session, doctor, doctor, staff, doctor, doctor, doctor, doctor)
        world.save(what_matters="Hemmelighed")
        world.submit()
    (settings.data_dir / "outbox").mkdir()
    (settings.data_dir / "outbox" / "sms.txt").write_text("Din kode er ABC")
    yield settings
    audit.keep_head(None)
    engine.dispose()


def elsewhere(settings: Settings, tmp_path: Path) -> Settings:
    """An empty DATA_DIR on another machine that holds the keys."""
    folder = tmp_path / "new"
    shutil.copytree(settings.data_dir / "keys", folder / "keys")
    return replace(settings, data_dir=folder)


def test_the_drill(lived: Settings, ring: Keyring, tmp_path: Path) -> None:
    file = tmp_path / "copy.backup"
    digest = backup(lived, ring, file)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == digest
    assert (tmp_path / "copy.backup.sha256").read_text() == f"{digest}  copy.backup\n"

    there = elsewhere(lived, tmp_path)
    restore(there, ring, file)
    assert (there.data_dir / "outbox" / "sms.txt").read_text() == "Din kode er ABC"
    audit.keep_head(there.data_dir / "audit.head")
    engine = make_engine(there.database)
    with make_sessions(engine)() as session:
        pregnancy = session.scalars(select(Pregnancy)).one()
        doctor = Viewer("x", "doctor", clinic_id=pregnancy.clinic_id)
        assert queries.chart(session, doctor, pregnancy).value("what_matters") == "Hemmelighed"
        assert audit.verify_lines(session) == []
    engine.dispose()
    assert sorted(path.name for path in there.data_dir.iterdir() if not path.name.startswith("svangre.db-")) == [
        "audit.head", "keys", "outbox", "svangre.db",
    ]  # fmt: skip


def test_nothing_can_be_read_in_it_and_only_the_owner_may_try(lived: Settings, ring: Keyring, tmp_path: Path) -> None:
    file = tmp_path / "copy.backup"
    backup(lived, ring, file)
    content = file.read_bytes()
    for clear in (b"SQLite format", b"Din kode", b"ustar", b"audit", b"svangre.db"):
        assert clear not in content
    assert file.stat().st_mode & 0o077 == 0
    keys = (lived.data_dir / "keys" / "keys.json").read_bytes()
    assert keys[20:60] not in content


def test_what_is_acknowledged_while_it_is_copied_is_whole(lived: Settings, ring: Keyring, tmp_path: Path) -> None:
    engine = make_engine(lived.database)
    stop = threading.Event()

    def write() -> None:
        with make_sessions(engine)() as session:
            while not stop.is_set():
                audit.write(session, viewer=audit.PROGRAM, at=START, action="chart.read", why="administration")
                session.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            backup(lived, ring, tmp_path / f"{number}.backup")
    finally:
        stop.set()
        writer.join()
        engine.dispose()
    for number in range(5):
        there = replace(lived, data_dir=tmp_path / f"new{number}")
        restore(there, ring, tmp_path / f"{number}.backup")
        audit.keep_head(there.data_dir / "audit.head")
        copy = make_engine(there.database)
        with make_sessions(copy)() as session:
            assert audit.verify_lines(session) == []
        copy.dispose()


def test_it_goes_over_many_pieces(lived: Settings, ring: Keyring, tmp_path: Path) -> None:
    big = bytes(range(256)) * (3 * PIECE // 256)
    (lived.data_dir / "big").write_bytes(big)
    file = tmp_path / "copy.backup"
    backup(lived, ring, file)
    there = elsewhere(lived, tmp_path)
    restore(there, ring, file)
    assert (there.data_dir / "big").read_bytes() == big


@pytest.mark.parametrize("there", ["svangre.db", "outbox", ".hidden"])
def test_nothing_is_restored_over_anything(lived: Settings, ring: Keyring, tmp_path: Path, there: str) -> None:
    file = tmp_path / "copy.backup"
    backup(lived, ring, file)
    new = elsewhere(lived, tmp_path)
    (new.data_dir / there).write_text("mine")
    with pytest.raises(BackupProblem, match="ikke tom"):
        restore(new, ring, file)
    assert sorted(path.name for path in new.data_dir.iterdir()) == sorted([there, "keys"])


def test_no_backup_is_overwritten(lived: Settings, ring: Keyring, tmp_path: Path) -> None:
    file = tmp_path / "copy.backup"
    file.write_text("older")
    with pytest.raises(BackupProblem, match="overskrives ikke"):
        backup(lived, ring, file)
    assert file.read_text() == "older"


@pytest.mark.parametrize("what", ["bit", "cut", "cut at a piece", "swapped", "longer", "empty", "text", "other keys"])
def test_a_damaged_one_puts_nothing_in_place(lived: Settings, ring: Keyring, tmp_path: Path, what: str) -> None:
    (lived.data_dir / "big").write_bytes(b"x" * (3 * PIECE))
    file = tmp_path / "copy.backup"
    backup(lived, ring, file)
    content = file.read_bytes()
    piece, head = 4 + 12 + PIECE + 16, 26
    damaged = {
        "bit": content[:2000] + bytes([content[2000] ^ 1]) + content[2001:],
        "cut": content[:-5],
        "cut at a piece": content[: head + 2 * piece],
        "swapped": content[:head]
        + content[head + piece :][:piece]
        + content[head:][:piece]
        + content[head + 2 * piece :],
        "longer": content + b"x",
        "empty": b"",
        "text": b"hej" * 100,
        "other keys": content,
    }[what]
    file.write_bytes(damaged)
    new = elsewhere(lived, tmp_path)
    keys = create_keys(tmp_path / "other" / "keys.json", demo=True) if what == "other keys" else ring
    with pytest.raises(BackupProblem):
        restore(new, keys, file)
    assert [path.name for path in new.data_dir.iterdir()] == ["keys"]


def test_a_damaged_database_is_not_called_a_backup(lived: Settings, ring: Keyring, tmp_path: Path) -> None:
    path = lived.data_dir / "svangre.db"
    with sqlite3.connect(path) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    content = bytearray(path.read_bytes())
    for at in range(3 * 4096, len(content), 4096):
        content[at : at + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises((BackupProblem, sqlite3.DatabaseError)):
        backup(lived, ring, tmp_path / "copy.backup")
    assert not list(tmp_path.glob("copy.backup*"))


def test_postgres_is_told_to_use_its_own_tools(ring: Keyring, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", database_url="postgresql://localhost/x")
    for act in (backup, restore):
        with pytest.raises(BackupProblem, match="pg_dump"):
            act(settings, ring, tmp_path / "copy.backup")
