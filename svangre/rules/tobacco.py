"""R14: any use of tobacco or nicotine: offer help, record the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, is_one_of
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import GM, NIV, P

if TYPE_CHECKING:
    from svangre.rules.case import Case

HELP = Prompt(
    "R14.help",
    "Overvej tilbud om hjælp til at stoppe, og notér udfaldet",
    (P, GM, NIV),
    "partly",
    "today",
    "stop_smoking_referral",
)


def judge(case: Case) -> Iterator[Outcome]:
    outcome = case.facts.quit_help
    if isinstance(outcome, Known) and outcome.value in ("done", "not_wanted"):
        return
    yield from if_any(
        HELP,
        [
            Reason("hun ryger nu", is_one_of(case.facts.smokes, "yes")),
            Reason("hun bruger andre nikotinprodukter", is_one_of(case.facts.nicotine, "yes")),
        ],
    )


RULE = Rule(
    "R14",
    "Tobak og nikotin",
    (
        "Al brug nu: tilbud om hjælp, og udfaldet noteres: udført, ønskes ikke, ikke udført.",
        "Rygning peger på niveau 2 (R22). Telefonnummer til STOPlinien er ikke bekræftet og vises ikke.",
    ),
    judge,
    (HELP,),
    (),
    (P, GM, NIV),
    (
        Example("Ryger", {"TOB-02": "yes", "cigarettes_per_day": 5}, ("R14.help",)),
        Example("Aldrig røget, ingen nikotin", {"TOB-02": "never", "NIK-01": ["none"]}, absent=("R14.help",)),
    ),
)
