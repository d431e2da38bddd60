"""R23: vaccines in pregnancy, each with its own weeks and season."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from svangre.rules.facts import Fact, Known, Unknown, either, has, holds
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.gestation import PREGNANCY_DAYS, written_span
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import KNOWLEDGE, RSV, VAX
from svangre.rules.windows import (
    INFLUENZA_FROM,
    INFLUENZA_SEASON,
    PERTUSSIS,
    PERTUSSIS_LAST,
    PERTUSSIS_MULTIPLE,
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
EARLY_INFLUENZA = Prompt(
    "R23.influenza_early",
    "Overvej vaccination mod influenza før 2. trimester",
    (VAX,),
    "partly",
    "plan",
    "vaccines_discussed",
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


def pertussis_weeks(case: Case) -> tuple[int, int]:
    """The recommended gestational ages; with more than one child from the second trimester on."""
    first, last = case.editions.value(PERTUSSIS)
    return case.editions.value(PERTUSSIS_MULTIPLE) if holds(case.facts.multiple) else first, last


def influenza_window(case: Case) -> tuple[date, date] | None:
    span = case.dates((case.editions.value(INFLUENZA_FROM), PREGNANCY_DAYS))
    return within_season(*span, case.editions.value(INFLUENZA_SEASON)) if span else None


def early_influenza_window(case: Case) -> tuple[date, date] | None:
    """The first trimester, for those with a chronic illness."""
    span = case.dates((0, case.editions.value(INFLUENZA_FROM) - 1))
    return within_season(*span, case.editions.value(INFLUENZA_SEASON)) if span else None


def rsv_window(case: Case) -> tuple[date, date] | None:
    span = case.window(RSV_WEEK)
    return within_season(*span, case.editions.value(RSV_SEASON)) if span else None


def judge(case: Case) -> Iterator[Outcome]:
    facts, due_on = case.facts, case.dating.due_on
    discussed = facts.vaccines_discussed.value if isinstance(facts.vaccines_discussed, Known) else frozenset()
    if isinstance(due_on, Unknown):
        yield due_on
    else:
        if "pertussis" not in discussed:
            yield from _pertussis(case, due_on)
        if "influenza" not in discussed:
            yield from _influenza(case, due_on)
        if "rsv" not in discussed:
            yield from _rsv(case, due_on)
    if isinstance(facts.mmr, Known) and not facts.mmr.value:
        yield MMR.because("Ikke vaccineret. Levende vaccine gives ikke i graviditeten.", facts.mmr.data)
    if isinstance(facts.varicella, Known) and not facts.varicella.value:
        yield VARICELLA.because(
            "Ikke haft og ikke vaccineret. Levende vaccine gives ikke i graviditeten.", facts.varicella.data
        )
    yield from (fact for fact in (facts.mmr, facts.varicella) if isinstance(fact, Unknown))


def _is_open(case: Case, window: tuple[date, date] | None) -> bool:
    return window is not None and window[0] <= case.today <= window[1]


def _pertussis(case: Case, due_on: Known[date]) -> Iterator[Outcome]:
    """In the recommended weeks, and after them as long as it can still be given."""
    recommended, days = case.dates(pertussis_weeks(case)), case.editions.value(PERTUSSIS_LAST)
    last = due_on.value - timedelta(days=days)
    if recommended is None or not recommended[0] <= case.today <= last:
        return
    weeks = written_span(case.editions.value(PERTUSSIS))
    passed = case.today > recommended[1]
    text = f"Gives {weeks}, senest {days} dage før termin."
    if passed:
        text = f"Det anbefalede tidsrum {weeks} er passeret; kan gives til {days} dage før termin."
    elif holds(case.facts.multiple):
        text += " Ved flerfold gives den tidligere i 2. trimester."
    yield WHOOPING_COUGH.because(
        text,
        (*due_on.data, *(case.facts.multiple.data if holds(case.facts.multiple) else ())),
        window=(recommended[0], last) if passed else recommended,
    )


def _influenza(case: Case, due_on: Known[date]) -> Iterator[Outcome]:
    window, early = influenza_window(case), early_influenza_window(case)
    month_day = case.editions.value(INFLUENZA_SEASON)[0]
    if _is_open(case, window):
        yield INFLUENZA.because(
            f"Gives i 2. og 3. trimester i sæsonen fra {month_day[1]}.{month_day[0]}.",
            due_on.data,
            window=window,
            disagreement=INFLUENZA_SEASON.disagreement,
        )
    elif _is_open(case, early):
        yield from if_any(
            EARLY_INFLUENZA,
            [Reason("kronisk sygdom", _chronic(case))],
            after="Gives ved kronisk sygdom også før 2. trimester i sæsonen.",
            disagreement=INFLUENZA_SEASON.disagreement,
            window=early,
        )


def _chronic(case: Case) -> Fact[bool]:
    """The product's own list [K]: the source says no more than »chronic illness«."""
    ill = case.facts.illness
    return either(
        has(ill.circulation, "heart_disease", "stroke"),
        has(ill.airways, "lung_disease", "severe_asthma"),
        has(ill.endocrine, "diabetes_type_1", "diabetes_type_2"),
        has(ill.urogenital, "kidney_disease"),
        has(ill.neurology, "epilepsy", "multiple_sclerosis"),
        has(ill.gastrointestinal, "liver_disease"),
        has(ill.infections, "hiv"),
    )


def _rsv(case: Case, due_on: Known[date]) -> Iterator[Outcome]:
    window = rsv_window(case)
    if _is_open(case, window):
        weeks, waits = written_span(case.editions.value(RSV_WEEK)), case.editions.value(RSV_AFTER_PERTUSSIS)
        yield RS_VIRUS.because(f"Gives i {weeks}, tidligst {waits} dage efter kighoste.", due_on.data, window=window)


RULE = Rule(
    "R23",
    "Vacciner",
    (
        (
            f"Kighoste: {written_span(PERTUSSIS.leading)}, senest {PERTUSSIS_LAST.leading} dage før termin; ved "
            "flerfold eller risiko for tidlig fødsel tidligere i 2. trimester."
        ),
        (
            "Influenza: 2. og 3. trimester i sæsonen fra 1. oktober; tidligere ved kronisk sygdom (her: hjerte, "
            "hjerneblødning, lunger, diabetes, nyrer, epilepsi, sklerose, lever, hiv; listen er vores egen)."
        ),
        (
            f"RS-virus: {written_span(RSV_WEEK.leading)}, sæson 1. maj–31. januar, ikke før 24+0, mindst "
            f"{RSV_AFTER_PERTUSSIS.leading} dage efter kighoste. Efteråret 2025 også til uge 36."
        ),
        "Covid-19: gældende tilbud til gravide er ikke læst. MFR og skoldkopper er levende vacciner (uverificeret).",
        "Vises, når vinduet er åbent på dagen, og vaccinen ikke er drøftet.",
    ),
    judge,
    (WHOOPING_COUGH, INFLUENZA, EARLY_INFLUENZA, RS_VIRUS, MMR, VARICELLA),
    (
        PERTUSSIS,
        PERTUSSIS_LAST,
        PERTUSSIS_MULTIPLE,
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
