"""R11: haemoglobinopathy by origin. The GP overrides by recording a screening or by setting the finding aside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, Unknown, has, holds
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import HB, HB2
from svangre.rules.threshold import Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

# No published list was found. The exception is kept short (UN region Northern Europe): everybody else is offered it.
NORTHERN_EUROPE = frozenset(
    {"AX", "DK", "EE", "FI", "FO", "GB", "GG", "IE", "IM", "IS", "JE", "LT", "LV", "NO", "SE", "SJ"}
)
# European countries on the Mediterranean, where Region Sjælland starts with MCV; not a published list either.
EUROPEAN_MEDITERRANEAN = frozenset(
    {"AL", "BA", "CY", "ES", "FR", "GI", "GR", "HR", "IT", "MC", "ME", "MT", "PT", "SI", "SM", "VA"}
)

MCV = Threshold("mcv", "Kun talassæmi: MCV over denne taler imod", "fL", (Row(78, HB2, date(2026, 11, 24)),))

OFFER = Prompt("R11.offer", "Overvej tilbud om hæmoglobinopatiscreening", (HB, HB2), "partly", "plan", "screenings")
PARTNER = Prompt(
    "R11.partner",
    "Overvej undersøgelse af barnets far eller donor for hæmoglobinopati",
    (HB,),
    "confirmed",
    "today",
    "haemoglobin_carrier",
)


def judge(case: Case) -> Iterator[Outcome]:
    carriers, screening = case.facts.family.carriers, case.facts.exam.haemoglobin_screening
    abnormal = Reason(
        "hendes screening er abnorm",
        Known(screening.value == "abnormal", screening.data) if isinstance(screening, Known) else Known(False),
    )
    is_carrier = has(carriers, "mother")
    yield from if_any(
        PARTNER,
        [Reason("hun er anlægsbærer", is_carrier), abnormal],
        after="Er begge anlægsbærere, er det genetisk rådgivning, der haster."
        if holds(has(carriers, "father"))
        else "",
    )
    done = isinstance(screening, Known) or "haemoglobinopathy" in case.facts.exam.screenings
    if done or holds(is_carrier):
        return
    yield from _offer(case)


def _offer(case: Case) -> Iterator[Outcome]:
    ancestry = case.facts.ancestry
    father_carrier = has(case.facts.family.carriers, "father")
    if holds(father_carrier):
        yield OFFER.because("Barnets far er anlægsbærer.", father_carrier.data)
        return
    if isinstance(ancestry, Unknown):
        yield ancestry
        return
    outside = ancestry.value - NORTHERN_EUROPE
    if outside:
        only_thalassaemia = outside <= EUROPEAN_MEDITERRANEAN
        yield OFFER.because(
            "Oprindelse uden for Nordeuropa. Listen over lande er vores egen: lægen kan fravælge."
            + (f" Er kun talassæmi relevant: {_mcv(case.editions.value(MCV))}." if only_thalassaemia else ""),
            ancestry.data,
        )


def _mcv(limit: int) -> str:
    return f"MCV først; over {limit} fL taler imod talassæmi"


RULE = Rule(
    "R11",
    "Hæmoglobinopati",
    (
        "Tilbydes kvinder med rødder uden for Nordeuropa (siden 1995). Alle de lande, hun nævner, tæller.",
        (
            "Nordeuropa er her: Danmark, Færøerne, Norge, Sverige, Finland, Island, Storbritannien, Irland, Estland, "
            "Letland, Litauen med øer. Der er ikke fundet en offentlig landeliste."
        ),
        f"Kun oprindelse ved Middelhavet i Europa: {_mcv(MCV.leading)}.",
        "Er hun anlægsbærer, undersøges barnets far eller donor.",
    ),
    judge,
    (OFFER, PARTNER),
    (MCV,),
    (HB, HB2),
    (
        Example("Danmark og Tyrkiet", {"SPR-03": ["DK", "TR"]}, ("R11.offer",)),
        Example("Danmark", {"SPR-03": ["DK"]}, absent=("R11.offer",)),
    ),
)
