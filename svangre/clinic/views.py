"""Placeholder until the pages of this room stand."""

from flask import Blueprint

blueprint = Blueprint("clinic", __name__)
