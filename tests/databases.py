"""New databases for tests: empty, or migrated once, then copied, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.postgres import Server

Migrate = Callable[[str], None]


@dataclass
class Sqlite:
    folder: Path
    migrate: Migrate

    def __post_init__(self) -> None:
        self.template = self.folder / "template.db"
        self.migrate(f"sqlite:///{self.template}")

    def empty(self, folder: Path) -> str:
        return f"sqlite:///{folder / 'empty.db'}"

    def new(self, folder: Path) -> str:
        shutil.copy(self.template, folder / "svangre.db")
        return f"sqlite:///{folder / 'svangre.db'}"


@dataclass
class Postgres:
    server: Server
    migrate: Migrate

    def __post_init__(self) -> None:
        self.numbers = count(1)
        self.migrate(self.server.create("migrated"))

    def empty(self, folder: Path) -> str:
        return self.server.create(f"empty_{next(self.numbers)}")

    def new(self, folder: Path) -> str:
        return self.server.create(f"test_{next(self.numbers)}", template="migrated")
