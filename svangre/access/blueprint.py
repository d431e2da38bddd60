"""The room's blueprint."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("access", __name__)
