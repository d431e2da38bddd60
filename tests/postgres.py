"""A throw-away PostgreSQL server for the tests: Debian's binaries, a Unix socket in a temporary folder, no fsync."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql


def binaries() -> Path | None:
    """The folder that holds initdb, which Debian keeps off the PATH."""
    found = shutil.which("initdb") or max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None, key=str)
    return Path(found).parent if found else None


class Server:
    """`with Server() as server:` starts it; `server.create(name)` gives the address of a new database.

    `is_durable`: with fsync, as in real use, for tests of what survives.
    """

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        self.folder, self.is_durable = folder, is_durable

    def __enter__(self) -> Server:
        self.home = Path(tempfile.mkdtemp(prefix="svangre-pg-"))
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.home, "postgres", "postgres")
        self._run(
            "initdb", "-D", str(self.home / "data"), "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C.UTF-8"
        )
        self.start()
        return self

    def start(self) -> None:
        options = f"-k {self.home} -c listen_addresses=''"
        if not self.is_durable:
            options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        self._run("pg_ctl", "-D", str(self.home / "data"), "-l", str(self.home / "log"), "-w", "-o", options, "start")

    def stop(self) -> None:
        """As a crash: nothing is written any more, and the next start recovers from the log."""
        self._run("pg_ctl", "-D", str(self.home / "data"), "-m", "immediate", "stop")

    def __exit__(self, *_: object) -> None:
        if (self.home / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.home)

    def create(self, name: str, template: str = "template0", *, language: str = "") -> str:
        """`language`: sorts by its rules instead of by code point."""
        by_rules = sql.SQL(" LOCALE_PROVIDER icu ICU_LOCALE {}").format(language) if language else sql.SQL("")
        with psycopg.connect(host=str(self.home), user="postgres", autocommit=True) as connection:
            make = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, template)))
            connection.execute(make + by_rules)
        return f"postgresql+psycopg://postgres@/{name}?host={self.home}"

    def _run(self, program: str, *arguments: str) -> None:
        unprivileged: Sequence[str] = ()
        if os.geteuid() == 0:
            unprivileged = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
        command = [*unprivileged, str(self.folder / program), *arguments]
        # To a file, not a pipe: the started server inherits it and would keep a pipe open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", check=False)
            if done.returncode:
                output.seek(0)
                raise RuntimeError(f"{program}: {output.read().decode()}")
