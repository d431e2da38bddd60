"""The program, as WSGI servers and `flask --app app` find it."""

from svangre.cli import register
from svangre.factory import create_app

app = create_app()
register(app)
