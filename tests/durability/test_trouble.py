"""The database goes away and comes back, the disk fills, the clock is set back: people are told, and nothing
acknowledged is lost."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre import startup
from svangre.catalogue import Answer
from svangre.config import DENMARK, Settings
from svangre.factory import create_app
from svangre.policy import Viewer
from svangre.record import audit, ids, outbox, queries
from svangre.record.actions import answers
from svangre.record.models import AnswerRow, Pregnancy
from tests.conftest import cannot_run
from tests.durability.torture import ITEM, PAGE, Browser, Installation, install
from tests.postgres import Server, binaries
from tests.service import Service, running

PATIENCE = 60.0


@pytest.fixture
def server() -> Iterator[Server]:
    folder = binaries()
    if folder is None:
        cannot_run("no PostgreSQL server on this machine")
    with Server(folder, is_durable=True) as server:
        yield server


@contextmanager
def at_work(installed: Installation, **settings: str) -> Iterator[tuple[Service, Callable[[str], int], str]]:
    """The service, with a woman who saves a text (gives the status) and her id."""
    pregnancy_id, token = next(iter(installed.savers.items()))
    with running(installed.settings.data_dir, DEMO="1", **settings) as service:
        browser = Browser([int(service.url.rpartition(":")[2])], "svangre_woman", token, 1)
        browser.open(f"/mit/{PAGE}")

        def save(text: str) -> int:
            sent = {ITEM: text, f"{ITEM}-asked": "1"}
            return browser.ask("POST", f"/mit/{PAGE}", sent, **{"X-Autosave": "1"})[0]

        yield service, save, pregnancy_id


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def stored(installed: Installation, pregnancy_id: str) -> list[str]:
    with installed.reading() as session:
        rows = session.scalars(
            select(AnswerRow)
            .where(AnswerRow.pregnancy_id == pregnancy_id, AnswerRow.item_id == ITEM)
            .order_by(AnswerRow.id)
        )
        return [row.content["value"] for row in rows if row.content["state"] == "value"]


def fill(path: Path) -> None:
    """Until the disk is full."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"\0" * 1_000_000):
            pass


def faults(installed: Installation) -> list[str]:
    with installed.reading() as session:
        return list(audit.verify(session))


@pytest.mark.postgres
def test_a_database_server_that_crashes_and_comes_back_loses_nothing(
    database: object, server: Server, tmp_path: Path
) -> None:
    url = server.create("away")
    installed = install(Settings(data_dir=tmp_path / "data", database_url=url, demo=True))
    with at_work(installed, DATABASE_URL=url) as (service, save, pregnancy_id):
        assert save("før") == 200
        server.stop()
        assert save("imens") == 503, service.said
        assert service.get("/health")[0] == 200
        assert service.get("/ready") == (503, '{"status":"database"}\n')
        server.start()
        wait_until(lambda: service.get("/ready")[0] == 200)
        assert save("efter") == 200
        assert stored(installed, pregnancy_id) == ["før", "efter"]
        with installed.sessions() as session:  # the worker beside it lives on too
            outbox.enqueue(
                session, kind="email", purpose="invitation", key="again", at=installed.settings.now(),
                pregnancy_id=pregnancy_id, content={"to": "a@example.org", "subject": "", "text": ""},
            )  # fmt: skip
            session.commit()
        wait_until(lambda: (tmp_path / "data" / "outbox" / "again.txt").exists())
    assert faults(installed) == []
    installed.engine.dispose()


@pytest.mark.postgres
def test_a_database_with_danish_sorting_is_refused(database: object, server: Server, tmp_path: Path) -> None:
    """»aa« is sorted as »å« there, so that the newest row would not come last."""
    app = create_app(Settings(data_dir=tmp_path, database_url=server.create("danish", language="da-DK"), demo=True))
    with pytest.raises(startup.CannotStart, match=r"--locale=C\.UTF-8"):
        startup.prepare(app)
    app.extensions["engine"].dispose()


def test_a_full_disk_stops_saving_and_room_lets_it_go_on(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        installed = install(Settings(data_dir=disk / "data", demo=True))
        with at_work(installed) as (service, save, pregnancy_id):
            kept = ["før"]
            assert save("før") == 200
            fill(disk / "filler")
            for number in range(200):
                status = save(f"tekst {number} " + "å" * 900)
                if status != 200:
                    break
                kept.append(f"tekst {number} " + "å" * 900)
            assert status == 503
            assert service.get("/ready") == (503, '{"status":"disk"}\n')
            (disk / "filler").unlink()
            assert save("efter") == 200
            assert stored(installed, pregnancy_id) == [*kept, "efter"]
        assert faults(installed) == []
        installed.engine.dispose()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


class TestTheClock:
    """An hour back, and a process that was started afterwards: it knows nothing of the hour before."""

    def test_the_newer_answer_counts(
        self, session: Session, pregnancy_id: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        her = Viewer(pregnancy_id, "woman", pregnancy_id=pregnancy_id)
        noon = datetime(2026, 11, 24, 12, tzinfo=DENMARK)
        monkeypatch.setattr(ids, "_last", 0)
        for at, height in ((noon, 168), (noon - timedelta(hours=1), 170)):
            with time_machine.travel(at):
                answers.save_answers(
                    session, viewer=her, at=at, pregnancy_id=pregnancy_id,
                    answers={("height_cm", None): Answer("value", height)},
                )  # fmt: skip
                if height == 168:
                    answers.submit(session, viewer=her, at=at, pregnancy_id=pregnancy_id)
                monkeypatch.setattr(ids, "_last", 0)
        pregnancy = session.get_one(Pregnancy, pregnancy_id)
        assert queries.whole_chart(session, pregnancy, drafts=False).value("height_cm") == 170
        assert list(audit.verify(session)) == []

    def test_an_id_from_the_far_future_does_not_carry_all_others_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ids, "_last", 0)
        ids.rise_above("ffffffff-ffff-ffff-ffff-ffffffffffff")
        with time_machine.travel(datetime.now(DENMARK) + timedelta(days=2)):
            monkeypatch.setattr(ids, "_last", ids._last)
            later = ids.new_id()
            monkeypatch.setattr(ids, "_last", 0)
            assert later[:8] == ids.new_id()[:8]
