"""A rule as the rulebook prints it and as `assess` runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from svangre.rules.finding import Outcome, Prompt
from svangre.rules.sources import Source
from svangre.rules.threshold import Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case


@dataclass(frozen=True)
class Example:
    """A situation in the shape of `flask assess`, and what must (and must not) come of it. Tests run every one."""

    situation: str
    answers: Mapping[str, Any]
    prompts: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """`logic` is the rule in Danish sentences, for a clinician who does not read code."""

    id: str
    name: str
    logic: tuple[str, ...]
    judge: Callable[[Case], Iterable[Outcome]]
    prompts: tuple[Prompt, ...] = ()
    thresholds: tuple[Threshold[Any], ...] = ()
    sources: tuple[Source, ...] = ()
    examples: tuple[Example, ...] = ()
