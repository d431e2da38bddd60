"""Which languages are offered: those in which everything that she can read is translated, and no two options of one
question read the same. Anything less is not offered at all.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from forms import CATALOGUE
from svangre.translations import catalogue
from svangre.translations.files import HERE, Key, Language, read, required

folder = HERE  # where the languages lie


def all_languages() -> list[Language]:
    return [read(path.parent) for path in sorted(Path(folder).glob("*/messages.po"))]


def needed() -> frozenset[Key]:
    """Everything that she can read: the pages' texts as listed in `messages.pot`, and the questions as they are now."""
    return required("messages") | _questions()


@lru_cache(maxsize=1)
def _questions() -> frozenset[Key]:
    return frozenset(catalogue.entries(CATALOGUE))


def missing(language: Language) -> list[Key]:
    return sorted(needed() - language.texts.keys())


def obsolete(language: Language) -> list[Key]:
    return sorted(language.texts.keys() - needed())


def same_options(language: Language) -> Iterator[str]:
    """Options of one question that read the same in the language though they are told apart in Danish: by question."""

    def text(context: str, danish: str) -> str:
        return language.texts.get((context, danish), (danish,))[0]

    for placed in catalogue.in_words(CATALOGUE, text):
        if not catalogue.is_read_by_her(placed.section):
            continue
        read_as = defaultdict(list)
        for option in placed.item.options:
            label = unicodedata.normalize("NFKC", option.label).casefold().split()
            read_as[" ".join(label)].append(option.key)
        yield from (f"{placed.item.id}: {' and '.join(keys)}" for keys in read_as.values() if len(keys) > 1)


@lru_cache(maxsize=1)
def offered() -> dict[str, Language]:
    """Code to language; read once, since the files belong to the program."""
    return {one.code: one for one in all_languages() if not missing(one) and not any(same_options(one))}


def forget() -> None:
    offered.cache_clear()
