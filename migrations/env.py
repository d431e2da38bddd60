"""Alembic's environment: the engine of the settings, and the tables of `svangre.record.models`."""

from __future__ import annotations

from typing import Any

from alembic import context

import svangre.record.models  # noqa: F401  # fills the metadata
from svangre.config import from_environment
from svangre.record.base import Base, Instant
from svangre.record.database import make_engine


def render(kind: str, obj: Any, _autogen: Any) -> str | bool:
    """Migrations must not change when the program's own types do."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(obj, Instant) else False


engine = context.config.attributes.get("engine") or make_engine(from_environment().database)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
