"""deploy/backup: what is acknowledged is in the copy, and nothing is overwritten."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from svangre.record.database import make_engine

PROGRAM = Path(__file__).parent.parent / "deploy" / "backup"


def run(data_dir: Path, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROGRAM), str(target)]
    environment = {**os.environ, "DATA_DIR": str(data_dir)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_newest_transaction_is_in_the_copy(tmp_path: Path) -> None:
    """It stands in the WAL file, where a plain copy of the database file would miss it."""
    engine = make_engine(f"sqlite:///{tmp_path / 'svangre.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("create table note (text)")
        connection.exec_driver_sql("insert into note values ('newest')")
    assert (tmp_path / "svangre.db-wal").stat().st_size > 0

    done = run(tmp_path, tmp_path / "copy.db")
    engine.dispose()

    assert (done.returncode, done.stderr) == (0, "")
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("select text from note").fetchall() == [("newest",)]
    copy.close()


def test_an_earlier_copy_is_kept(tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("earlier")
    done = run(tmp_path, tmp_path / "copy.db")
    assert done.returncode == 1
    assert (tmp_path / "copy.db").read_text() == "earlier"
