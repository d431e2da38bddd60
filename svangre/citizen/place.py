"""Where she is in the form: a step, or a row of a group on it; its questions, its address and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from svangre.catalogue import Item, inside
from svangre.citizen import scope, steps
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
    side: int = 1  # of a row whose questions fill more than one page

    @property
    def is_closed(self) -> bool:
        """The doctor has signed, or the pregnancy has ended: her form is read, no longer written."""
        return self.pregnancy.ended_on is not None or is_signed(self.pregnancy.stage)

    @property
    def row_id(self) -> str | None:
        return self.row.id if self.row else None

    @property
    def group(self) -> str | None:
        return self.row.group if self.row else None

    @property
    def items(self) -> tuple[Item, ...]:
        return self.sides[self.side - 1] if self.row else self.step.page.items

    @property
    def sides(self) -> list[tuple[Item, ...]]:
        return steps.sides(inside(self.chart.catalogue.group(self.row.group))) if self.row else []

    def path(self, item: Item) -> str:
        """The path of a group that stands here: "births", or "births.children" in a row."""
        return f"{self.group}.{item.id}" if self.row else item.id

    @property
    def url(self) -> str:
        return self.url_of(self.row, side=self.side)

    def url_of(self, row: Row | None, *, side: int = 1, **more: Any) -> str:
        if side > 1:
            more["side"] = side
        if request.values.get("fra") == "gennemse":
            more["fra"] = "gennemse"
        if row is None:
            return url_for("citizen.step", page_id=self.step.page.id, **more)
        return url_for("citizen.row", page_id=self.step.page.id, group=row.group, row_id=row.id, **more)

    @property
    def onward(self) -> str:
        """After "Gem og fortsæt": through a row and back to its list, from a step to the next or back to the review."""
        if self.row:
            return self._next_side or self.list_url
        if request.values.get("fra") == "gennemse" or self.step.after is None:
            return url_for("citizen.review", _anchor=f"{self.step.page.id}-answers")
        return url_for("citizen.step", page_id=self.step.after)

    @property
    def _next_side(self) -> str | None:
        for number, items in enumerate(self.sides, 1):
            if number > self.side and scope.shown(self.chart, items, self.row_id):
                return self.url_of(self.row, side=number)
        return None

    @property
    def list_url(self) -> str:
        """The list that a row stands in: on its step, or on a page of its parent row."""
        assert self.row
        path, _, last = self.row.group.rpartition(".")
        parent = self.chart.row(self.row.parent) if self.row.parent else None
        around = steps.sides(inside(self.chart.catalogue.group(path))) if parent else []
        side = next((n for n, items in enumerate(around, 1) if last in {item.id for item in items}), 1)
        return self.url_of(parent, side=side, _anchor=f"{last}-field")

    def read(self, *, as_sent: bool = False) -> Page:
        """Its questions with the stored answers, or with what was just sent."""
        return read_page(
            self.chart, self.items, self.row_id, visit_on=self.pregnancy.visit_on, today=settings().today(),
            sent=request.form if as_sent else None,
        )  # fmt: skip


def find_place(page_id: str, group: str | None = None, row_id: str | None = None) -> Place | None:
    """The place of an address; None when the page is not asked of her now, or the row is removed.

    Raises:
        NotYours: no such page, or a row of another record.
    """
    pregnancy = queries.pregnancy(db(), viewer(), viewer().id)
    chart = scope.her_chart(pregnancy)
    page = next((page for page in chart.catalogue.her_pages if page.id == page_id), None)
    row = chart.row(row_id) if row_id else None
    if page is None or (row_id and (row is None or row.group != group or not _stands_on(row, page.items))):
        raise NotYours
    step = steps.find_step(chart, page_id)
    if step is None or (row and row.removed):
        return None
    place = Place(pregnancy, chart, step, row, request.values.get("side", 1, type=int))
    return place if not row or 1 <= place.side <= len(place.sides) else Place(pregnancy, chart, step, row)


def _stands_on(row: Row, items: tuple[Item, ...]) -> bool:
    return row.group.split(".")[0] in {item.id for item in items}
