"""The blueprint of the room, and one record as its pages open it: loaded once per request."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from flask import Blueprint, Response, redirect, url_for

from svangre.policy import Viewer
from svangre.record import findings, queries, way
from svangre.record.chart import Chart, Field
from svangre.record.findings import Handling
from svangre.record.models import Pregnancy
from svangre.record.way import Way
from svangre.web.database import db, settings
from svangre.web.signed_in import viewer

blueprint = Blueprint("clinic", __name__)


@dataclass(frozen=True)
class Opened:
    """A pregnancy with its chart, as this viewer may see it, and what the rules say about it today."""

    viewer: Viewer
    pregnancy: Pregnancy
    chart: Chart
    handlings: dict[str, Handling]
    today: date
    way: Way

    @property
    def computed(self) -> dict[str, Any]:
        return cast("dict[str, Any]", (self.chart.assessment or {})["computed"])

    @property
    def is_open(self) -> bool:
        return self.pregnancy.ended_on is None

    @property
    def sees_private(self) -> bool:
        return self.viewer.may("see_private")


def open_record(pregnancy_id: str) -> Opened:
    """
    Raises:
        NotYours: not there, or not this clinic's.
    """
    return opened(queries.pregnancy(db(), viewer(), pregnancy_id))


def opened(pregnancy: Pregnancy) -> Opened:
    today = settings().today()
    chart = queries.whole_chart(db(), pregnancy, drafts=pregnancy.fetched_at is not None)
    if not viewer().may("see_private"):
        chart = without_private(chart)
    handlings, own = findings.handlings(db(), pregnancy.id), way.of(db(), pregnancy)
    chart = replace(assessed(chart, handlings, today), unused=own.unused)
    return Opened(viewer(), pregnancy, chart, handlings, today, own)


def without_private(chart: Chart) -> Chart:
    """The chart for staff: of the doctor's own fields only the mark is left, so that the page leaves them out and
    never shows them as unasked; rows with nothing else in them are gone."""
    fields = {
        key: Field(visibility="gp_only") if chart.visibility(chart.catalogue[key[0]], key[1]) == "gp_only" else one
        for key, one in chart.fields.items()
    }
    kept = {row_id for (_item, row_id), one in fields.items() if one.visibility != "gp_only"}
    private = {row_id for _item, row_id in fields} - kept
    return replace(chart, fields=fields, all_rows=tuple(row for row in chart.all_rows if row.id not in private))


def assessed(chart: Chart, handlings: dict[str, Handling], today: date) -> Chart:
    """The live chart with the rules' result of the day, so that everything that reads it shows the same numbers."""
    chosen = tuple(key for key, one in handlings.items() if one.is_handed_over)
    return replace(chart, assessment=findings.assessment(chart, today), handed_over=chosen)


def to(endpoint: str, anchor: str | None = None, **values: Any) -> Response:
    """Back to a page of this room after a POST."""
    return cast(Response, redirect(url_for(f"clinic.{endpoint}", _anchor=anchor, **values), code=303))
