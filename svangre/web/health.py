"""Is the program alive, and can it serve? Nothing personal, no sign-in."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy import text

from svangre.web.database import db
from svangre.web.signed_in import for_everyone

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@for_everyone
def health() -> Response:
    return jsonify(status="ok")


@blueprint.get("/ready")
@for_everyone
def ready() -> Response | tuple[Response, int]:
    """Ready when the database answers and is migrated."""
    try:
        db().execute(text("select version_num from alembic_version")).scalar_one()
    except Exception:  # whatever is wrong, the answer is the same: not ready
        return jsonify(status="database"), 503
    return jsonify(status="ok")
