"""What cannot wait, from the rules: the calm boxes that her answers so far call for, before anything is sent."""

from __future__ import annotations

from svangre.record import told
from svangre.record.chart import Chart
from svangre.record.facts import facts_of
from svangre.rules import urgent
from svangre.rules.urgent import Box
from svangre.web.database import db, log_access
from svangre.web.signed_in import viewer

ITEMS = frozenset(item_id for box in urgent.BOXES for item_id in box.items)  # saved at once, not after a second


def in_force(chart: Chart) -> tuple[Box, ...]:
    return urgent.boxes(facts_of(chart))


def to_show(chart: Chart) -> tuple[Box, ...]:
    """The boxes that leave with this answer. When their number is new it is logged, so that the record can say when she
    was told."""
    boxes = in_force(chart)
    shown = told.whom_to_call(db(), chart.pregnancy_id) if boxes else None
    if boxes and (shown is None or shown[1] != len(boxes)):
        log_access(viewer(), told.ACTION, chart.pregnancy_id, boxes=len(boxes))
    return boxes
