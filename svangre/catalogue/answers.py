"""One answer: a state and, only when the state is "value", a value. None of the six states is ever turned
into another (the sixth, *not asked*, is the absence of an answer)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from svangre.catalogue.items import Item, State

Value = str | int | list[str] | dict[str, int]


@dataclass(frozen=True)
class Answer:
    state: State
    value: Any = None  # see svangre.catalogue.kinds for the shape per kind

    def __post_init__(self) -> None:
        if (self.state == "value") != (self.value is not None):
            raise ValueError("a value belongs to the state 'value', and to no other")


NOT_ANSWERED = Answer("not_answered")


def keys_of(answer: Answer | None) -> set[str]:
    """What a condition compares with: the chosen option keys, or the state."""
    if answer is None:
        return {"not_answered"}
    if answer.state != "value":
        return {answer.state}
    if isinstance(answer.value, list):
        return set(answer.value)
    return {answer.value} if isinstance(answer.value, str) else set()


def is_shown(
    item: Item, answer_of: Callable[[str], Answer | None], *, to_her: bool, item_of: Callable[[str], Item]
) -> bool:
    """Whether the item is shown, given what is answered so far. The one truth for pages, review, PDF and FHIR.

    An item whose condition depends on a hidden item is hidden too. `answer_of` looks in the same row first.
    """
    when = item.when
    if when is None or (when.only_for_her and not to_her):
        return True
    return bool(keys_of(answer_of(when.item)) & set(when.any_of)) and is_shown(
        item_of(when.item), answer_of, to_her=to_her, item_of=item_of
    )
