"""Gravidity and parity: the numbers, both ways of writing them, and the convention beside them."""

from __future__ import annotations

from dataclasses import dataclass

from svangre.rules.facts import Birth, Fact, Known, Loss, Unknown, merge_unknown, what_is_missing

STILLBIRTH_FROM_DAYS = 22 * 7  # 22+0; source: decisions (D), after the Danish definition of stillbirth

CONVENTION = (
    "G tæller alle graviditeter med den nuværende. P tæller fødsler, tvillinger én gang: levendefødte uanset uge og "
    "dødfødte fra 22+0. Aborter og graviditeter uden for livmoderen tæller i G."
)


@dataclass(frozen=True)
class Parity:
    gravidity: Fact[int]
    parity: Fact[int]
    births: int  # rows that count as births
    losses: int  # all other earlier pregnancies

    @property
    def short(self) -> str:
        """»G3 P1«; »?« for a number that is not known."""
        return f"G{_number(self.gravidity)} P{_number(self.parity)}"

    @property
    def danish(self) -> str:
        """»3. gravida, 1. para«."""
        return f"{_number(self.gravidity)}. gravida, {_number(self.parity)}. para"

    @property
    def in_words(self) -> str:
        """»1 fødsel, 2 aborter«; what is not known is said to be so."""
        births = f"{self.births} fødsel" if self.births == 1 else f"{self.births} fødsler"
        losses = f"{self.losses} abort" if self.losses == 1 else f"{self.losses} aborter"
        return ", ".join(
            (
                births if isinstance(self.parity, Known) else "antal fødsler ukendt",
                losses if isinstance(self.gravidity, Known) else "antal aborter ukendt",
            )
        )


def _number(fact: Fact[int]) -> str:
    return str(fact.value) if isinstance(fact, Known) else "?"


def is_birth(birth: Birth) -> Fact[bool]:
    """Whether an earlier birth counts as one: live at any week, stillborn from 22+0.

    A row without outcome is her word that she gave birth, unless the week is below 22+0.
    """
    outcomes = [child.outcome for child in birth.children]
    known = {outcome.value for outcome in outcomes if isinstance(outcome, Known)}
    if "live_birth" in known:
        return Known(True)
    if isinstance(birth.age_days, Known):
        if birth.age_days.value >= STILLBIRTH_FROM_DAYS:
            return Known(True)
        if outcomes and len(known) == 1 and all(isinstance(outcome, Known) for outcome in outcomes):
            return Known(False)
        return merge_unknown(outcomes) or Unknown(("TFO-11",))
    if "stillbirth" in known and not _at_term(birth.timing):
        return birth.age_days
    return Known(True)


def _at_term(timing: Fact[str]) -> bool:
    return isinstance(timing, Known) and timing.value in ("at_term", "after_term")


def count(births: Fact[tuple[Birth, ...]], losses: Fact[tuple[Loss, ...]]) -> Parity:
    counted = [is_birth(birth) for birth in births.value] if isinstance(births, Known) else []
    number_of_births = sum(fact.value for fact in counted if isinstance(fact, Known))
    born_too_early = sum(not fact.value for fact in counted if isinstance(fact, Known))
    number_of_losses = born_too_early + (len(losses.value) if isinstance(losses, Known) else 0)
    parity: Fact[int]
    gravidity: Fact[int]
    if isinstance(births, Unknown):
        parity = births
    else:
        parity = merge_unknown(counted) or Known(number_of_births, births.data)
    if isinstance(births, Known) and isinstance(losses, Known):
        gravidity = Known(1 + len(births.value) + len(losses.value), (*births.data, *losses.data))
    else:
        gravidity = what_is_missing(births, losses)
    return Parity(gravidity, parity, number_of_births, number_of_losses)
