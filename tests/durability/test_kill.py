"""A few blows of the campaign in `torture`, so that it works on the day it is needed; `make torture` runs it whole."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from tests.databases import Postgres, Sqlite
from tests.durability.torture import campaign
from tests.postgres import Server, binaries


def test_nothing_acknowledged_is_lost_when_processes_are_killed(database: Sqlite | Postgres, tmp_path: Path) -> None:
    with ExitStack() as stack:
        url, folder = "", binaries()
        if isinstance(database, Postgres) and folder:
            url = stack.enter_context(Server(folder, is_durable=True)).create("torture")
        faults, summary = campaign(tmp_path, url, kills=10, seed=7, webs=2, workers=2, pause=0.8)
    assert faults == [], summary
    assert not summary.startswith("0 answers")
