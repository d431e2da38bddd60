"""Alembic's environment: the engine of the settings, and the tables of `svangre.record.models`."""

from __future__ import annotations

from alembic import context

from svangre.config import from_environment
from svangre.record.database import make_engine
from svangre.record.models import Base

engine = context.config.attributes.get("engine") or make_engine(from_environment().database)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
