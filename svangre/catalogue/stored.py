"""A catalogue as JSON and back, so that an old record is read with the questions of its own day.

Every catalogue class is a frozen dataclass of texts, numbers, tuples and other catalogue classes; an object carries its
class name, and fields that a later program has added get their defaults.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from svangre.catalogue import catalogue, items, kinds

CLASSES: dict[str, type] = {
    kind.__name__: kind
    for module in (catalogue, items, kinds)
    for kind in vars(module).values()
    if isinstance(kind, type) and is_dataclass(kind)
}


def to_json(sections: tuple[items.Section, ...]) -> list[Any]:
    return [_plain(section) for section in sections]


def from_json(stored: list[Any]) -> catalogue.Catalogue:
    return catalogue.Catalogue(tuple(_object(section) for section in stored))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__} | {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _object(stored: Any) -> Any:
    if isinstance(stored, list):
        return tuple(_object(part) for part in stored)
    if isinstance(stored, dict):
        kind = CLASSES[stored["is"]]
        known = {one.name for one in fields(kind)}
        return kind(**{name: _object(value) for name, value in stored.items() if name in known})
    return stored
