"""What every table shares: moments in UTC, names of constraints, and an id that is there before the first write."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from svangre.record.ids import new_id


class Instant(TypeDecorator[datetime]):
    """A moment, always aware, stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant, bytes: LargeBinary, str: String}  # noqa: RUF012
    __table_args__: Any = {"sqlite_strict": True}  # noqa: RUF012

    def __init__(self, **values: Any) -> None:
        if "id" in self.__mapper__.columns and "id" not in values:
            self.id = new_id()  # first, since sealed columns are bound to it
        for name, value in values.items():
            setattr(self, name, value)


def table(*constraints: Any) -> tuple[Any, ...]:
    return (*constraints, {"sqlite_strict": True})
