"""The questions in another language: what is to be translated, and a catalogue of the same ids, keys and conditions.

The context says where a text stands, so that one Danish word may be two in another language: an item's id for the
question ("phone"), "phone:hint" for what stands beside it, "phone.yes" for an option, "page:contact", "section:sprog".
Of what only the clinic fills she reads the clinic's words, in her signed record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from svangre.catalogue import Catalogue, Item, Option, Page, Section, inside
from svangre.catalogue.kinds import YesNo

Translate = Callable[[str, str], str]  # (context, Danish) to the text


def in_words(catalogue: Catalogue, translate: Translate) -> Catalogue:
    """The catalogue as she reads it, with each text replaced by its translation."""
    return Catalogue(tuple(_section(section, translate) for section in catalogue.sections))


def entries(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """(context, Danish) of every text of the catalogue that she can meet."""
    found: dict[tuple[str, str], None] = {}

    def note(context: str, danish: str) -> str:
        found[context, danish] = None
        return danish

    in_words(catalogue, note)
    return iter(found)


def is_read_by_her(section: Section) -> bool:
    return not section.private and not section.later


def _section(section: Section, translate: Translate) -> Section:
    if not is_read_by_her(section):
        return section
    title = translate(f"section:{section.id}", section.title)
    return replace(section, title=title, pages=tuple(_page(page, translate) for page in section.pages))


def _page(page: Page, translate: Translate) -> Page:
    return replace(
        page,
        title=page.title and translate(f"page:{page.id}", page.title),
        intro=page.intro and translate(f"page:{page.id}:intro", page.intro),
        items=tuple(_item(item, translate) for item in page.items),
    )


def _item(item: Item, translate: Translate) -> Item:
    if item.status != "active":
        return item
    words: dict[str, Any] = {"kind": _kind(item, translate)}
    if item.woman:
        words["woman"] = translate(item.id, item.woman)
        for name in ("help", "hint"):
            text = getattr(item, name)
            words[name] = text and translate(f"{item.id}:{name}", text)
    else:
        words["clinic"] = translate(item.id, item.clinic)
    return replace(item, **words)


def _kind(item: Item, translate: Translate) -> Any:
    kind: Any = item.kind
    if inside(item):
        row, add = (translate(f"{item.id}:{name}", getattr(kind, name)) for name in ("row", "add"))
        return replace(kind, row=row, add=add, items=tuple(_item(child, translate) for child in kind.items))
    if isinstance(kind, YesNo):
        return replace(kind, **{key: translate(f"{item.id}.{key}", getattr(kind, key)) for key in ("yes", "no")})
    if "options" in {one.name for one in fields(kind)}:
        return replace(kind, options=tuple(_option(item, option, translate) for option in kind.options))
    return kind


def _option(item: Item, option: Option, translate: Translate) -> Option:
    """An option of the clinic's own question reads as the clinic's word; of hers as hers."""
    context = f"{item.id}.{option.key}"
    if item.woman:
        return replace(option, label=translate(context, option.label))
    label = translate(context, option.clinic_label or option.label)
    return replace(option, label=label, clinic_label=option.clinic_label and label)
