"""Commands. `codebook`, `rulebook` and `assess` need neither database nor keys."""

from flask import Flask


def register(app: Flask) -> None:
    """Adds the commands to `flask --app app`."""
