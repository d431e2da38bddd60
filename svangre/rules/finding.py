"""What the rules give back: findings that state their reason, their data and their source.

A finding proposes (»Overvej …«) and never orders; see docs/intended-use.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from svangre.rules.facts import Datum, Fact, Unknown, holds, merge_unknown
from svangre.rules.sources import Source

Strength = Literal["confirmed", "partly", "unverified"]
Urgency = Literal["today", "plan", "knowledge"]

STRENGTH_WORDS: dict[Strength, str] = {
    "confirmed": "Bekræftet i kilden",
    "partly": "Delvist bekræftet",
    "unverified": "Uverificeret",
}
URGENCY_WORDS: dict[Urgency, str] = {"today": "I dag", "plan": "Plan", "knowledge": "Viden"}
URGENCY_ORDER: tuple[Urgency, ...] = ("today", "plan", "knowledge")


@dataclass(frozen=True)
class Finding:
    """One thing to consider.

    key            stable name of the prompt ("R3.early"): what done / not relevant / later are kept under
    where          the item in which it is dealt with
    level          omsorgsniveau that the reason points to (R22 only)
    is_obstetric   also a reason for obstetric assessment (VUR-03), which is apart from the level
    is_private     rests on the talk alone with her: never shown to her, to staff or in documents unless released
    window         first and last day, where the thing has its time
    """

    rule: str
    key: str
    title: str
    because: str
    data: tuple[Datum, ...]
    sources: tuple[Source, ...]
    strength: Strength
    urgency: Urgency
    where: str
    disagreement: str = ""
    level: int | None = None
    is_obstetric: bool = False
    is_private: bool = False
    window: tuple[date, date] | None = None


@dataclass(frozen=True)
class Prompt:
    """A finding before its reason: everything about it that does not depend on her."""

    key: str
    title: str
    sources: tuple[Source, ...]
    strength: Strength
    urgency: Urgency
    where: str
    level: int | None = None
    is_obstetric: bool = False
    is_private: bool = False

    @property
    def rule(self) -> str:
        return self.key.split(".")[0]

    def because(
        self,
        reason: str,
        data: Iterable[Datum],
        *,
        title: str | None = None,
        urgency: Urgency | None = None,
        sources: tuple[Source, ...] | None = None,
        disagreement: str = "",
        window: tuple[date, date] | None = None,
    ) -> Finding:
        return Finding(
            rule=self.rule,
            key=self.key,
            title=title or self.title,
            because=reason,
            data=tuple(dict.fromkeys(data)),
            sources=sources or self.sources,
            strength=self.strength,
            urgency=urgency or self.urgency,
            where=self.where,
            disagreement=disagreement,
            level=self.level,
            is_obstetric=self.is_obstetric,
            is_private=self.is_private,
            window=window,
        )


Outcome = Finding | Unknown


@dataclass(frozen=True)
class Reason:
    """One of several things that each call for the same prompt."""

    words: str
    fact: Fact[bool]

    @property
    def holds(self) -> bool:
        return holds(self.fact)


def sentence(text: str) -> str:
    """First letter large, full stop at the end."""
    return f"{text[:1].upper()}{text[1:]}."


def enumerate_words(words: Iterable[str]) -> str:
    """»a«, »a og b«, »a, b og c«."""
    *before, last = words
    return " og ".join(filter(None, (", ".join(before), last)))


def if_any(
    prompt: Prompt,
    reasons: Iterable[Reason],
    *,
    after: str = "",
    title: str | None = None,
    urgency: Urgency | None = None,
    disagreement: str = "",
    window: tuple[date, date] | None = None,
) -> Iterator[Outcome]:
    """The prompt when one reason holds; what is missing when none does and one might; nothing when all are "no"."""
    listed = list(reasons)
    hits = [reason for reason in listed if reason.holds]
    if not hits:
        unknown = merge_unknown(reason.fact for reason in listed)
        if unknown:
            yield unknown
        return
    yield prompt.because(
        " ".join(filter(None, (sentence(enumerate_words(reason.words for reason in hits)), after))),
        (datum for reason in hits for datum in reason.fact.data),
        title=title,
        urgency=urgency,
        disagreement=disagreement,
        window=window,
    )
