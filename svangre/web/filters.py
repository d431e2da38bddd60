"""Template filters and globals: how values are written, in the words of `svangre.record.words`."""

from __future__ import annotations

from typing import Any

from flask import Flask

from svangre.config import Settings
from svangre.national.regions import REGIONS
from svangre.record import words
from svangre.record.stages import STAGES
from svangre.translations import say_figured


def init_app(app: Flask, settings: Settings) -> None:
    app.jinja_env.filters.update(
        date=words.date_text,
        short_date=words.short_date,
        partial_date=words.partial_date_text,
        time=words.time_text,
        clock=words.clock_text,
        figured=say_figured,
        moment=words.moment_text,
        unit=words.unit_text,
        weeks=words.weeks_text,
        weeks_to_her=words.weeks_text_to_her,
        phone=words.phone_text,
        stage=STAGES.__getitem__,
        region=REGIONS.__getitem__,
    )

    @app.context_processor
    def _globals() -> dict[str, Any]:
        return {"is_demo": settings.demo, "today": settings.today()}
