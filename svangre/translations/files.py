"""Languages as files: translations/<language>/messages.po and catalogue.po, read as they are at the first need.

A language needs nothing else. Its header names its locale ("Language: en_GB"), for dates, numbers and direction.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

DANISH = "da"
FILES = ("messages", "catalogue")
HERE = Path(__file__).parent

Key = tuple[str, str]  # context ("" for none) and Danish text


@dataclass(frozen=True)
class Language:
    """What is known in one language: the finished entries of its files; for plurals all forms in their order."""

    code: str
    locale: Locale
    texts: dict[Key, tuple[str, ...]]
    plural: Callable[[int], int]

    @property
    def name(self) -> str:
        """In the language itself."""
        name = self.locale.get_language_name(self.locale) or self.code
        return name[:1].upper() + name[1:]

    @property
    def direction(self) -> str:
        return self.locale.text_direction


def read(folder: Path) -> Language:
    """The language of a folder. Entries that are fuzzy or only half done are as if they were not there."""
    catalogs = [_catalog(folder / f"{name}.po") for name in FILES]
    first = catalogs[0]
    return Language(
        folder.name,
        Locale.parse(str(first.locale)),
        dict(pair for one in catalogs for pair in _finished(one)),
        gettext.c2py(first.plural_expr),
    )


def _catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def _finished(catalog: Catalog) -> Iterator[tuple[Key, tuple[str, ...]]]:
    for entry in catalog:
        if not entry.id or entry.fuzzy:
            continue
        danish = entry.id if isinstance(entry.id, str) else entry.id[0]
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        if all(forms) and len(forms) == (1 if isinstance(entry.id, str) else catalog.num_plurals):
            yield (entry.context or "", danish), forms


@cache
def required(file: str) -> frozenset[Key]:
    """The keys of a template (`messages.pot`), which a test keeps up with the code."""
    catalog = _catalog(HERE / f"{file}.pot")
    return frozenset((one.context or "", one.id if isinstance(one.id, str) else one.id[0]) for one in catalog if one.id)
