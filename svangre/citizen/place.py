"""Where she is in the form: a step, or a row of a group on it; its questions, its address and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from svangre.catalogue import Item, inside
from svangre.citizen import steps
from svangre.citizen.saving import Page, read_page
from svangre.record import queries
from svangre.record.chart import Chart, Row
from svangre.record.errors import NotYours
from svangre.record.models import Pregnancy
from svangre.record.stages import is_signed
from svangre.web.database import db, settings
from svangre.web.signed_in import viewer


@dataclass(frozen=True)
class Place:
    pregnancy: Pregnancy
    chart: Chart
    step: steps.Step
    row: Row | None = None

    @property
    def row_id(self) -> str | None:
        return self.row.id if self.row else None

    @property
    def group(self) -> str | None:
        return self.row.group if self.row else None

    @property
    def items(self) -> tuple[Item, ...]:
        return inside(self.chart.catalogue.group(self.row.group)) if self.row else self.step.page.items

    def path(self, item: Item) -> str:
        """The path of a group that stands here: "births", or "births.children" in a row."""
        return f"{self.group}.{item.id}" if self.row else item.id

    @property
    def url(self) -> str:
        return self.url_of(self.row)

    def url_of(self, row: Row | None, **more: Any) -> str:
        if request.values.get("fra") == "gennemse":
            more["fra"] = "gennemse"
        if row is None:
            return url_for("citizen.step", page_id=self.step.page.id, **more)
        return url_for("citizen.row", page_id=self.step.page.id, group=row.group, row_id=row.id, **more)

    @property
    def onward(self) -> str:
        """After "Gem og fortsæt": from a row to its list, from a step to the next one or back to the review."""
        if self.row:
            parent = self.chart.row(self.row.parent) if self.row.parent else None
            return self.url_of(parent, _anchor=f"{self.row.group.rsplit('.', 1)[-1]}-field")
        if request.values.get("fra") == "gennemse" or self.step.after is None:
            return url_for("citizen.review", _anchor=f"{self.step.page.id}-answers")
        return url_for("citizen.step", page_id=self.step.after)

    def read(self, *, as_sent: bool = False) -> Page:
        """Its questions with the stored answers, or with what was just sent."""
        return read_page(
            self.chart, self.items, self.row_id, visit_on=self.pregnancy.visit_on, today=settings().today(),
            sent=request.form if as_sent else None,
        )  # fmt: skip


def find_place(page_id: str, group: str | None = None, row_id: str | None = None) -> Place | None:
    """The place of an address; None when the page is not asked of her now, or the form is closed.

    Raises:
        NotYours: no such page, or a row of another record.
    """
    pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
    chart = queries.chart(db(), viewer(), pregnancy)
    page = next((page for page in chart.catalogue.her_pages if page.id == page_id), None)
    row = chart.row(row_id) if row_id else None
    if page is None or (row_id and (row is None or row.group != group or not _stands_on(row, page.items))):
        raise NotYours
    step = steps.find_step(chart, page_id)
    if step is None or pregnancy.ended_on or is_signed(pregnancy.stage) or (row and row.removed):
        return None
    return Place(pregnancy, chart, step, row)


def _stands_on(row: Row, items: tuple[Item, ...]) -> bool:
    return row.group.split(".")[0] in {item.id for item in items}
