"""The migrations make exactly the tables that the program uses, and go back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

import svangre.record.models  # noqa: F401  # fills the metadata
from svangre.record import migrate
from svangre.record.base import Base
from svangre.record.database import make_engine
from tests.databases import Postgres, Sqlite

STEPS = ScriptDirectory(migrate.MIGRATIONS)


@pytest.fixture
def empty(database: Sqlite | Postgres, tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(database.empty(tmp_path))
    yield engine
    engine.dispose()


def test_up_gives_the_tables_of_the_program(empty: Engine) -> None:
    migrate.upgrade(empty)
    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_each_step_goes_down_and_up_again(empty: Engine) -> None:
    for step in reversed(list(STEPS.walk_revisions())):
        migrate.upgrade(empty, step.revision)
        migrate.downgrade(empty, "-1")
        migrate.upgrade(empty, step.revision)
    migrate.downgrade(empty, "base")
    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}


def test_there_is_one_line_of_migrations() -> None:
    assert len(STEPS.get_heads()) == 1


def test_tables_are_strict_on_sqlite(tmp_path: Path) -> None:
    """Otherwise SQLite keeps text in a number column without a word."""
    engine = make_engine(f"sqlite:///{tmp_path / 'strict.db'}")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        loose = connection.exec_driver_sql("select name from pragma_table_list where type = 'table' and strict = 0")
        assert {name for (name,) in loose} <= {"alembic_version", "sqlite_schema", "sqlite_temp_schema"}
    engine.dispose()
