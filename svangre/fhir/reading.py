"""What the record says in the national model's names: which answers fill which component of which element.

An answer is read when it is a value, is shown, and may leave the clinic. Every other state (not asked, not answered,
does not know, declines, would rather tell the doctor) is no answer here, and so never becomes a "no".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from svangre.catalogue import Item, inside
from svangre.national import BY_ID, Build, Element
from svangre.record import words
from svangre.record.chart import Chart, Given, Row


@dataclass(frozen=True)
class Said:
    """One answer that counts and may leave, with the row that it stands in."""

    item: Item
    row: str | None
    given: Given

    @property
    def value(self) -> Any:
        return self.given.answer.value

    @property
    def words(self) -> str:
        return words.value_text(self.item, self.given.answer)


class Reading:
    """One chart, read for one build of the model."""

    def __init__(self, chart: Chart, build: Build, places: Mapping[str, str] | None = None) -> None:
        self.chart = chart
        self.build = build
        self._places = {name.casefold(): sor for name, sor in (places or {}).items()}
        self._documents = chart.for_documents()
        self._by_name: dict[str, list[tuple[Item, str | None]]] = defaultdict(list)
        for placed in chart.catalogue:
            for name in placed.item.national:
                self._by_name[name].append((placed.item, placed.group))

    def said(self, item_id: str, row: str | None = None) -> Said | None:
        """The answer to an item, if it is a value, shown, and may leave."""
        item = self.chart.catalogue[item_id]
        given = self._documents.field(item_id, row).counts
        if given is None or given.answer.state != "value" or not self.chart.is_shown(item, row):
            return None
        return Said(item, row, given)

    def value(self, item_id: str, row: str | None = None) -> Any:
        said = self.said(item_id, row) if item_id in self.chart.catalogue else None
        return said and said.value

    def rows(self, group: str, parent: str | None = None) -> list[Row]:
        """The rows of a group, as long as the group itself is shown (also the group around it)."""
        outer, _, inner = group.rpartition(".")
        if not self.chart.is_shown(self.chart.catalogue[inner], parent):
            return []
        if outer and parent is None:
            return [row for above in self.rows(outer) for row in self.rows(group, above.id)]
        return self.chart.rows(group, parent)

    def items(self, name: str) -> list[tuple[Item, str | None]]:
        """The items, each with its group, that name "Element.component" (or an element without components)."""
        return self._by_name.get(name, [])

    def answers(self, name: str, row: str | None) -> list[Said]:
        """All that is said under a national name: in one row, or (row None) at the top and in every row."""
        return [said for item, group in self.items(name) for said in self._in_rows(item, group, row)]

    def _in_rows(self, item: Item, group: str | None, row: str | None) -> Iterator[Said]:
        if inside(item):
            return
        if group is None:
            places: list[str | None] = [None] if row is None else []
        else:
            places = [one.id for one in self.rows(group) if row in (None, one.id)]
        for place in places:
            if said := self.said(item.id, place):
                yield said

    def sor_of(self, said: Said) -> str | None:
        """The SOR number of a birth place or centre that she named exactly as the list of places does."""
        return self._places.get(str(said.value).strip().casefold())

    def group_of(self, element: Element) -> str:
        """The group whose rows are the instances of a repeating element."""
        names = [f"{element.id}.{component.slice}" for component in element.components]
        return next(group for name in names for _, group in self.items(name) if group)

    def recorded_at(self, element: Element, row: str | None) -> datetime | None:
        """When the newest of an element's answers was recorded."""
        names = [element.id, *(f"{element.id}.{component.slice}" for component in element.components)]
        return max((said.given.at for name in names for said in self.answers(name, row)), default=None)

    @cached_property
    def computed(self) -> Mapping[str, Any]:
        """Frozen results of the rules (due date, gestational age, BMI …) of a signed version."""
        computed: Mapping[str, Any] = (self.chart.assessment or {}).get("computed", {})
        return computed


def element(element_id: str) -> Element:
    return BY_ID[element_id]
