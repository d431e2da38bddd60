"""What cannot wait, from the rules: the calm boxes that her answers so far call for, before anything is sent."""

from __future__ import annotations

from svangre.record.chart import Chart
from svangre.record.facts import facts_of
from svangre.rules import urgent
from svangre.rules.urgent import Box

ITEMS = frozenset(item_id for box in urgent.BOXES for item_id in box.items)  # saved at once, not after a second


def in_force(chart: Chart) -> tuple[Box, ...]:
    return urgent.boxes(facts_of(chart))
