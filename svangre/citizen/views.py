"""Placeholder until the pages of this room stand."""

from flask import Blueprint

blueprint = Blueprint("citizen", __name__)
