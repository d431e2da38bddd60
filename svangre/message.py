"""A text that somebody will read, as data: the Danish template and what goes into it. Pure.

The domain makes messages; whoever shows one writes it in the reader's language (`svangre.translations.say`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Message:
    """Values are texts, whole numbers, decimals or messages. As a string it is Danish."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.template.format(**{name: _in_danish(value) for name, value in self.values})


def message(template: str, **values: object) -> Message:
    return Message(template, tuple(values.items()))


def _in_danish(value: object) -> object:
    return str(value).replace(".", ",") if isinstance(value, Decimal) else value
