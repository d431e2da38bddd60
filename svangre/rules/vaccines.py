"""R23: vaccines in pregnancy, each with its own weeks and season."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, Unknown
from svangre.rules.finding import Outcome, Prompt
from svangre.rules.gestation import PREGNANCY_DAYS, day_of
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import KNOWLEDGE, RSV, VAX
from svangre.rules.windows import (
    INFLUENZA_FROM,
    INFLUENZA_SEASON,
    PERTUSSIS,
    PERTUSSIS_LAST,
    RSV_AFTER_PERTUSSIS,
    RSV_SEASON,
    RSV_WEEK,
)

if TYPE_CHECKING:
    from svangre.rules.case import Case

Season = tuple[tuple[int, int], tuple[int, int]]

WHOOPING_COUGH = Prompt(
    "R23.pertussis", "Overvej vaccination mod kighoste", (VAX,), "confirmed", "plan", "vaccines_discussed"
)
INFLUENZA = Prompt(
    "R23.influenza", "Overvej vaccination mod influenza", (VAX,), "confirmed", "plan", "vaccines_discussed"
)
RS_VIRUS = Prompt("R23.rsv", "Overvej vaccination mod RS-virus", (RSV,), "confirmed", "plan", "vaccines_discussed")
MMR = Prompt("R23.mmr", "Overvej MFR-vaccination efter fødslen", (KNOWLEDGE,), "unverified", "knowledge", "mmr")
VARICELLA = Prompt(
    "R23.varicella", "Overvej råd om skoldkopper", (KNOWLEDGE,), "unverified", "knowledge", "varicella_immune"
)


def within_season(first: date, last: date, season: Season) -> tuple[date, date] | None:
    """The first stretch of the days from `first` to `last` that lies in the season; seasons may pass New Year."""
    (start_month, start_day), (end_month, end_day) = season
    passes_new_year = (end_month, end_day) < (start_month, start_day)
    for year in range(first.year - 1, last.year + 1):
        begins = date(year, start_month, start_day)
        ends = date(year + passes_new_year, end_month, end_day)
        if begins <= last and first <= ends:
            return max(first, begins), min(last, ends)
    return None


def pertussis_window(case: Case) -> tuple[date, date] | None:
    return case.window(PERTUSSIS)


def influenza_window(case: Case) -> tuple[date, date] | None:
    due_on = case.dating.due_on
    if isinstance(due_on, Unknown):
        return None
    first = day_of(due_on.value, case.editions.value(INFLUENZA_FROM))
    return within_season(first, day_of(due_on.value, PREGNANCY_DAYS), case.editions.value(INFLUENZA_SEASON))


def rsv_window(case: Case) -> tuple[date, date] | None:
    span = case.window(RSV_WEEK)
    return within_season(*span, case.editions.value(RSV_SEASON)) if span else None


def judge(case: Case) -> Iterator[Outcome]:
    facts = case.facts
    discussed = facts.vaccines_discussed.value if isinstance(facts.vaccines_discussed, Known) else frozenset()
    if isinstance(case.dating.due_on, Unknown):
        yield case.dating.due_on
    last = case.editions.value(PERTUSSIS_LAST)
    waits = case.editions.value(RSV_AFTER_PERTUSSIS)
    for key, prompt, window, text in (
        ("pertussis", WHOOPING_COUGH, pertussis_window(case), f"Gives 24+0–32+0, senest {last} dage før termin."),
        ("influenza", INFLUENZA, influenza_window(case), "Gives i 2. og 3. trimester i sæsonen fra 1. oktober."),
        ("rsv", RS_VIRUS, rsv_window(case), f"Gives i uge 32, tidligst {waits} dage efter kighoste."),
    ):
        if window and key not in discussed and window[0] <= case.today <= window[1]:
            yield prompt.because(
                text,
                case.dating.due_on.data,
                window=window,
                disagreement=INFLUENZA_SEASON.disagreement if key == "influenza" else "",
            )
    if isinstance(facts.mmr, Known) and not facts.mmr.value:
        yield MMR.because("Ikke vaccineret. Levende vaccine gives ikke i graviditeten.", facts.mmr.data)
    if isinstance(facts.varicella, Known) and not facts.varicella.value:
        yield VARICELLA.because(
            "Ikke haft og ikke vaccineret. Levende vaccine gives ikke i graviditeten.", facts.varicella.data
        )
    yield from (fact for fact in (facts.mmr, facts.varicella) if isinstance(fact, Unknown))


RULE = Rule(
    "R23",
    "Vacciner",
    (
        (
            "Kighoste: 24+0–32+0, senest en uge før termin; ved flerfold eller risiko for tidlig fødsel tidligere i "
            "2. trimester."
        ),
        "Influenza: 2. og 3. trimester i sæsonen fra 1. oktober; tidligere ved kronisk sygdom.",
        "RS-virus: uge 32, sæson 1. maj–31. januar, ikke før 24+0, mindst 2 uger efter kighoste.",
        "Covid-19: gældende tilbud til gravide er ikke læst. MFR og skoldkopper er levende vacciner (uverificeret).",
        "Vises, når vinduet er åbent på dagen, og vaccinen ikke er drøftet.",
    ),
    judge,
    (WHOOPING_COUGH, INFLUENZA, RS_VIRUS, MMR, VARICELLA),
    (
        PERTUSSIS,
        PERTUSSIS_LAST,
        INFLUENZA_FROM,
        INFLUENZA_SEASON,
        RSV_WEEK,
        RSV_SEASON,
        RSV_AFTER_PERTUSSIS,
    ),
    (VAX, RSV, KNOWLEDGE),
    (
        Example(
            "Uge 25+0 den 25.6.2025",
            {"STA-11": "2025-06-25", "TER-01": "2025-01-01", "TER-02": 28},
            ("R23.pertussis",),
            ("R23.influenza", "R23.rsv"),
        ),
        Example(
            "Uge 13+0 den 1.10.2025",
            {"STA-11": "2025-10-01", "TER-01": "2025-07-02", "TER-02": 28},
            ("R23.influenza",),
        ),
    ),
)
