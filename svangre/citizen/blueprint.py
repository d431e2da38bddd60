"""The blueprint that the modules of this room add their routes to."""

from flask import Blueprint

blueprint = Blueprint("citizen", __name__)
