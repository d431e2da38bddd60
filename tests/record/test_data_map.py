"""Every column is classified, and what is sealed is exactly what the tables seal."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import LargeBinary

import svangre.record.models  # noqa: F401  # fills the metadata
from svangre.record import data_map
from svangre.record.base import Base

TABLES = {table.name: table for table in Base.metadata.sorted_tables}


def test_every_column_is_classified_and_only_those() -> None:
    assert {name: set(table.c.keys()) for name, table in TABLES.items()} == {
        name: set(columns) for name, columns in data_map.kinds().items()
    }


def test_sealed_is_what_the_tables_seal() -> None:
    for name, columns in data_map.kinds().items():
        sealed = {column for column, kind in columns.items() if kind == "sealed"}
        assert sealed == {column.name for column in TABLES[name].c if isinstance(column.type, LargeBinary)}, name


def test_everything_personal_in_clear_has_a_reason_and_nothing_else() -> None:
    personal = {
        f"{table}.{column}"
        for table, columns in data_map.kinds().items()
        for column, kind in columns.items()
        if kind == "personal"
    }
    assert personal == set(data_map.REASONS)


def test_the_page_is_this_table() -> None:
    page = Path(__file__).parent.parent.parent / "docs" / "data-map.md"
    assert page.read_text() == data_map.to_markdown()
