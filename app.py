"""The program, as WSGI servers and `flask --app app` find it."""

import sys

from svangre.cli import register
from svangre.config import BadSetting
from svangre.factory import create_app

try:
    app = create_app()
except BadSetting as error:
    sys.exit(f"Error: {error}")
register(app)
