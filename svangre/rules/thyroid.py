"""R12: TSH on indication; no general screening."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from svangre.rules.facts import Fact, Known, Loss, Unknown, any_birth, derive, either, has, mentions, what_is_missing
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.obstetric_history import PRETERM, is_preterm
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import KNOWLEDGE, TSH, TSH2
from svangre.rules.threshold import Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

RECURRENT = Threshold(
    "recurrent_loss", "Gentagne spontane aborter: fra", "antal", (Row(3, KNOWLEDGE, date(2026, 11, 24)),)
)
TSH_BMI = Threshold(
    "tsh_bmi", "TSH: BMI fra (uverificeret)", "kg/m²", (Row(Fraction(40), KNOWLEDGE, date(2026, 11, 24)),)
)

TEST = Prompt("R12.tsh", "Overvej TSH", (TSH, TSH2), "confirmed", "plan", "tsh")
UNVERIFIED = Prompt("R12.unverified", "Overvej TSH", (KNOWLEDGE,), "unverified", "plan", "tsh")


def has_recurrent_loss(losses: Fact[tuple[Loss, ...]], needed: int) -> Fact[bool]:
    """Whether enough losses were spontaneous; not known when kinds that are missing could make up the number."""
    if isinstance(losses, Unknown):
        return losses
    spontaneous = [
        loss.kind for loss in losses.value if isinstance(loss.kind, Known) and loss.kind.value == "spontaneous"
    ]
    if len(spontaneous) >= needed:
        return Known(True, tuple(datum for kind in spontaneous for datum in kind.data))
    unknown = [loss.kind for loss in losses.value if isinstance(loss.kind, Unknown)]
    if len(spontaneous) + len(unknown) >= needed:
        return what_is_missing(*unknown)
    return Known(False, losses.data)


def judge(case: Case) -> Iterator[Outcome]:
    if isinstance(case.facts.exam.tsh, Known):
        return
    ill, facts = case.facts.illness, case.facts
    own = Reason("egen stofskiftesygdom", has(ill.endocrine, "hypothyroidism", "hyperthyroidism", "thyroid_disease"))
    value = case.editions.value
    needed, limit, preterm = value(RECURRENT), value(TSH_BMI), value(PRETERM)
    yield from if_any(
        TEST,
        [
            own,
            Reason("stofskiftesygdom i familien", facts.family.thyroid),
            Reason("type 1-diabetes", has(ill.endocrine, "diabetes_type_1")),
            Reason(
                "anden autoimmun sygdom",
                either(
                    has(ill.rheumatic, "rheumatoid_arthritis", "lupus", "scleroderma"),
                    has(ill.neurology, "multiple_sclerosis"),
                ),
            ),
            Reason("fertilitetsbehandling", facts.fertility_treatment),
            Reason("længerevarende ønske om graviditet", facts.long_wish),
            Reason(f"mindst {needed} spontane aborter", has_recurrent_loss(facts.losses, needed)),
        ],
        after="Grænser er lokale og afhænger af trimester.",
        urgency="today" if own.holds else None,
    )
    yield from if_any(
        UNVERIFIED,
        [
            Reason(f"BMI ≥ {limit}", derive(case.bmi, lambda bmi: bmi >= limit)),
            Reason("lithium eller amiodaron", mentions(facts.medicines, "lithium", "litium", "amiodaron", "cordarone")),
            Reason("tidligere for tidlig fødsel", any_birth(facts.births, lambda birth: is_preterm(birth, preterm))),
        ],
    )


RULE = Rule(
    "R12",
    "TSH",
    (
        (
            "Ingen generel screening. TSH ved egen stofskiftesygdom, operation eller radiojod, stofskiftesygdom i "
            "familien, struma, kendte antistoffer, symptomer, type 1-diabetes, anden autoimmun sygdom, bestråling af "
            "hals, barnløshed eller gentagne spontane aborter (tallet tre er ikke fra kilden)."
        ),
        "Her regnes leddegigt, SLE, sklerodermi og sklerose som autoimmune.",
        "BMI ≥ 40, lithium eller amiodaron og tidligere for tidlig fødsel er uverificerede.",
        "Grænsen er lokal og afhænger af trimester; ingen grænse er indbygget.",
    ),
    judge,
    (TEST, UNVERIFIED),
    (RECURRENT, TSH_BMI),
    (TSH, TSH2, KNOWLEDGE),
    (
        Example("For lavt stofskifte", {"SYG-03": ["hypothyroidism"]}, ("R12.tsh",)),
        Example("TSH er taget", {"SYG-03": ["hypothyroidism"], "UND-15": "2.1"}, absent=("R12.tsh",)),
    ),
)
