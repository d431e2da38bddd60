"""flask doctor: a sound set-up has nothing to mend, and each fault is named with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from svangre import doctor, startup
from svangre.config import Settings
from svangre.factory import create_app
from svangre.record import audit, sealing
from svangre.record.database import make_sessions
from svangre.record.models import Delivery


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(data_dir=tmp_path / "data", demo=True))
    startup.prepare(app)
    yield app
    audit.keep_head(None)
    app.extensions["engine"].dispose()


def test_nothing_to_mend(sound: Flask) -> None:
    assert doctor.examine(sound) == []


def test_open_folder_and_key_file(sound: Flask) -> None:
    folder: Path = sound.extensions["settings"].data_dir
    folder.chmod(0o755)
    (folder / "keys" / "keys.json").chmod(0o644)
    assert [line.split(":")[0] for line in doctor.examine(sound)] == ["DATA_DIR", "Nøgler"]


def test_before_the_first_start_and_with_an_old_schema(sound: Flask, tmp_path: Path) -> None:
    unstarted = create_app(Settings(data_dir=tmp_path / "new", demo=True))
    assert any("findes ikke" in line for line in doctor.examine(unstarted))
    sealing.install_later(lambda: sealing.load_keys(tmp_path / "data" / "keys" / "keys.json"))
    with sound.extensions["engine"].begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = 'older'")
    assert doctor.examine(sound) == ["Database: den er ikke af denne udgave. Kør: flask migrate"]


def test_a_real_installation_without_https_or_mail(sound: Flask) -> None:
    settings: Settings = sound.extensions["settings"]
    sound.extensions["settings"] = replace(settings, demo=False)
    found = doctor.examine(sound)
    assert {line.split(":")[0] for line in found} == {"BASE_URL", "SMTP_URL"}
    sound.extensions["settings"] = replace(settings, demo=False, base_url="https://svangre.test", smtp_url="smtp://x")
    assert [line.split(":")[0] for line in doctor.examine(sound)] == ["PROXY_HOPS"]


def test_a_broken_log_and_a_dead_delivery(sound: Flask) -> None:
    settings: Settings = sound.extensions["settings"]
    with make_sessions(sound.extensions["engine"])() as session:
        session.add(
            Delivery(
                kind="email", purpose="invitation", key="k", state="dead", created_at=settings.now(),
                due_at=settings.now(), content={},
            )
        )  # fmt: skip
        for _ in range(2):
            audit.write(session, viewer=audit.PROGRAM, at=settings.now(), action="x", why="administration")
        session.commit()
        session.connection().exec_driver_sql("delete from audit where seq = 2")
        session.commit()
    assert [line.split(":")[0] for line in doctor.examine(sound)] == ["Adgangslog", "Udbakke"]
