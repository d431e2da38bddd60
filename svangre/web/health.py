"""Is the program alive, and can it serve? Nothing personal, no sign-in."""

from __future__ import annotations

import shutil
import threading
from typing import cast

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from svangre.record import migrate, sealing
from svangre.web.database import settings
from svangre.web.signed_in import for_everyone

LEAST_FREE = 20_000_000  # bytes: below this a save may fail
blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@for_everyone
def health() -> Response:
    """The process answers. A watchdog restarts it when not; the database may be away."""
    return jsonify(status="ok")


@blueprint.get("/ready")
@for_everyone
def ready() -> Response | tuple[Response, int]:
    """Requests may be sent here. Otherwise 503 and one word: stopping, keys, database, schema or disk."""
    missing = _missing()
    return (jsonify(status=missing), 503) if missing else jsonify(status="ok")


def _missing() -> str | None:
    stopping = cast("threading.Event | None", current_app.extensions.get("stopping"))
    if stopping and stopping.is_set():
        return "stopping"
    try:
        sealing.keyring()
    except Exception:  # whatever is wrong with the key file, nothing can be read without it
        return "keys"
    try:
        if not migrate.is_current(cast(Engine, current_app.extensions["engine"]).execution_options(read_only=True)):
            return "schema"
    except SQLAlchemyError:
        return "database"
    return "disk" if shutil.disk_usage(settings().data_dir).free < LEAST_FREE else None
