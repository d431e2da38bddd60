"""The catalogue: sections in order, and look-ups over all their items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from svangre.catalogue.items import Item, Page, Section, inside


@dataclass(frozen=True)
class Placed:
    """An item with its place: section, page and the path of groups it stands in ("births.children" or None)."""

    item: Item
    section: Section
    page: Page
    group: str | None


@dataclass(frozen=True)
class Catalogue:
    sections: tuple[Section, ...]
    places: Mapping[str, Placed] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places: dict[str, Placed] = {}
        for placed in self._walk():
            if placed.item.id in places:
                raise ValueError(f"item id used twice: {placed.item.id}")
            places[placed.item.id] = placed
        object.__setattr__(self, "places", places)

    def _walk(self) -> Iterator[Placed]:
        for section in self.sections:
            for page in section.pages:
                for item in page.items:
                    yield from _placed(item, section, page, None)

    def __iter__(self) -> Iterator[Placed]:
        return iter(self.places.values())

    def __getitem__(self, item_id: str) -> Item:
        return self.places[item_id].item

    def __contains__(self, item_id: object) -> bool:
        return item_id in self.places

    def group(self, path: str) -> Item:
        """The group item of a path such as "births" or "births.children"."""
        return self[path.rsplit(".", 1)[-1]]

    def section(self, section_id: str) -> Section:
        return next(section for section in self.sections if section.id == section_id)

    @property
    def her_pages(self) -> tuple[Page, ...]:
        """The steps of the home form, in order."""
        return tuple(page for section in self.sections for page in section.pages if page.title and page.hers)


def _placed(item: Item, section: Section, page: Page, group: str | None) -> Iterator[Placed]:
    yield Placed(item, section, page, group)
    path = item.id if group is None else f"{group}.{item.id}"
    for child in inside(item):
        yield from _placed(child, section, page, path)
