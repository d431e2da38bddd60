"""Sessions of a request: reading ones for GET (never wait for the write lock), writing ones for everything else."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from flask import Flask, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from svangre.config import Settings
from svangre.policy import Viewer
from svangre.record import audit
from svangre.record.database import make_sessions


def init_app(app: Flask, engine: Engine) -> None:
    app.extensions["write"] = make_sessions(engine)
    app.extensions["read"] = make_sessions(engine.execution_options(read_only=True))

    @app.teardown_appcontext
    def _close(_error: BaseException | None) -> None:
        for session in g.pop("sessions", []):
            session.close()


def _session(kind: str) -> Session:
    maker = cast("sessionmaker[Session]", current_app.extensions[kind])
    session = maker()
    g.setdefault("sessions", []).append(session)
    return session


def db() -> Session:
    """The request's session: reading for GET, writing otherwise."""
    if "db" not in g:
        g.db = _session("read" if request.method in ("GET", "HEAD") else "write")
    return cast(Session, g.db)


def reading() -> Session:
    """A reading session whatever the method: who is signed in is found without taking the write lock."""
    if "reading" not in g:
        g.reading = db() if request.method in ("GET", "HEAD") else _session("read")
    return cast(Session, g.reading)


def settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def now() -> datetime:
    return settings().now()


def log_access(viewer: Viewer, action: str, pregnancy_id: str | None, **detail: Any) -> None:
    """Writes the access log's row of a page with personal data, and commits it, before the page leaves: in a
    transaction of its own where the request reads, in the request's where it writes and may hold the lock already."""
    session = _session("write") if request.method in ("GET", "HEAD") else db()
    audit.write(session, viewer=viewer, at=now(), action=action, pregnancy_id=pregnancy_id, **detail)
    session.commit()
