"""R17: earlier births, losses and operations that call for obstetric assessment. All [K]: unverified."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Birth, Fact, Known, Loss, Unknown, any_birth, derive, either, has, is_one_of
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.gestation import TERM_FROM_DAYS
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import KNOWLEDGE
from svangre.rules.threshold import AGE, Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

PRETERM = Threshold("preterm", "For tidlig fødsel: før", AGE, (Row(TERM_FROM_DAYS, KNOWLEDGE, date(2026, 11, 24)),))
VERY_PRETERM = Threshold("very_preterm", "Meget tidlig fødsel: før", AGE, (Row(238, KNOWLEDGE, date(2026, 11, 24)),))
LATE_LOSS = Threshold("late_loss", "Sen abort", "uge", (Row((16, 21), KNOWLEDGE, date(2026, 11, 24)),))

MODE = Prompt(
    "R17.mode_of_birth",
    "Overvej obstetrisk samtale om fødselsmåde",
    (KNOWLEDGE,),
    "unverified",
    "plan",
    "obstetric_referral",
    is_obstetric=True,
)
CERVIX = Prompt(
    "R17.cervix",
    "Overvej tidlig plan for livmoderhalsen",
    (KNOWLEDGE,),
    "unverified",
    "plan",
    "obstetric_referral",
    is_obstetric=True,
)
HISTORY = Prompt(
    "R17.history",
    "Overvej obstetrisk vurdering",
    (KNOWLEDGE,),
    "unverified",
    "plan",
    "obstetric_referral",
    is_obstetric=True,
)


def is_preterm(birth: Birth, before_days: int) -> Fact[bool]:
    """Born before a gestational age; the coarse answers tell only whether it was before term (37+0)."""
    if isinstance(birth.age_days, Known) or isinstance(birth.timing, Unknown):
        return derive(birth.age_days, lambda days: days < before_days)
    if birth.timing.value != "before_term":
        return Known(False, birth.timing.data)
    return Known(True, birth.timing.data) if before_days >= TERM_FROM_DAYS else birth.age_days


def _late_loss(losses: Fact[tuple[Loss, ...]], weeks: tuple[int, int]) -> Fact[bool]:
    if isinstance(losses, Unknown):
        return losses
    return either(*(derive(loss.week, lambda week: weeks[0] <= week <= weeks[1]) for loss in losses.value))


def judge(case: Case) -> Iterator[Outcome]:
    births, operations = case.facts.births, case.facts.illness.operations

    def course(*keys: str) -> Fact[bool]:
        return any_birth(births, lambda birth: has(birth.pregnancy_course, *keys))

    def labour(*keys: str) -> Fact[bool]:
        return any_birth(births, lambda birth: has(birth.birth_course, *keys))

    very_preterm, preterm = case.editions.value(VERY_PRETERM), case.editions.value(PRETERM)
    yield from if_any(
        MODE,
        [
            Reason("tidligere kejsersnit", labour("planned_caesarean", "acute_caesarean")),
            Reason("operation i livmoderen", has(operations, "uterus")),
        ],
    )
    yield from if_any(
        CERVIX,
        [
            Reason("fødsel før 34+0", any_birth(births, lambda birth: is_preterm(birth, very_preterm))),
            Reason("sen abort i uge 16–21", _late_loss(case.facts.losses, case.editions.value(LATE_LOSS))),
            Reason("keglesnit", case.facts.illness.cone_biopsy),
            Reason("cervixinsufficiens", course("cervical_insufficiency")),
        ],
    )
    yield from if_any(
        HISTORY,
        [
            Reason("for tidlig fødsel", any_birth(births, lambda birth: is_preterm(birth, preterm))),
            Reason("barn, der voksede for lidt", course("growth_restriction")),
            Reason("dødfødsel eller dødsfald omkring fødslen", either(_stillbirth(births), course("perinatal_death"))),
            Reason("svær svangerskabsforgiftning", course("severe_preeclampsia")),
            Reason("løsning af moderkagen", course("placental_abruption")),
            Reason("skulderdystoci", labour("shoulder_dystocia")),
            Reason("svær bristning", labour("sphincter_tear", "severe_tear")),
            Reason("stor blødning", labour("haemorrhage")),
        ],
    )


def _stillbirth(births: Fact[tuple[Birth, ...]]) -> Fact[bool]:
    def one(birth: Birth) -> Fact[bool]:
        outcomes = [is_one_of(child.outcome, "stillbirth") for child in birth.children]
        return either(*outcomes) if outcomes else Unknown(("TFO-11",))

    return any_birth(births, one)


RULE = Rule(
    "R17",
    "Tidligere fødsler og operationer",
    (
        "Tidligere kejsersnit eller operation i livmoderen: samtale om fødselsmåde.",
        "Fødsel før 34+0, sen abort (16+0–21+6), keglesnit eller cervixinsufficiens: tidlig plan for livmoderhalsen.",
        (
            "For tidlig fødsel, væksthæmning, dødfødsel, svær svangerskabsforgiftning, løsning af moderkagen, "
            "skulderdystoci, bristning grad 3–4, stor blødning: obstetrisk vurdering."
        ),
        "Alle er uverificerede.",
    ),
    judge,
    (MODE, CERVIX, HISTORY),
    (PRETERM, VERY_PRETERM, LATE_LOSS),
    (KNOWLEDGE,),
    (
        Example("Akut kejsersnit", {"births": [{"TFO-06": ["acute_caesarean"]}]}, ("R17.mode_of_birth",)),
        Example("Fødsel i 34+0", {"births": [{"TFO-02": "34+0"}]}, absent=("R17.cervix",)),
        Example("Fødsel i 33+6", {"births": [{"TFO-02": "33+6"}]}, ("R17.cervix",)),
    ),
)
