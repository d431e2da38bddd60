"""R1: due date and gestational age. Calendar dates only; never rounded up: 12+6 is week 12.

One working due date is used everywhere, with its method beside it: scan, then IVF or insemination, then the last
period. The GP may choose another of the dates known. Gestational age = 280 − (working due date − day).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from svangre.rules.facts import Cycle, Datum, Fact, Facts, Known, Unknown, derive, merge_unknown
from svangre.rules.sources import CAL, CAL2, DECISIONS, KNOWLEDGE
from svangre.rules.threshold import AGE, Editions, Row, Threshold

Method = Literal["scan", "ivf", "insemination", "lmp", "lmp_uncertain", "chosen"]

METHOD_WORDS: dict[Method, str] = {
    "scan": "Skanning",
    "ivf": "IVF, dato for oplægning",
    "insemination": "Insemination",
    "lmp": "Sidste menstruation, sikker",
    "lmp_uncertain": "Sidste menstruation, usikker",
    "chosen": "Valgt af lægen",
}
# Calendar arithmetic, the same in every edition.
PREGNANCY_DAYS, STANDARD_CYCLE_DAYS, FROM_FERTILISATION_DAYS = 280, 28, 266
TERM_FROM_DAYS = 37 * 7  # 37+0: what »before term« means to everybody

LENGTH: Threshold[int] = Threshold(
    "pregnancy_length",
    "Graviditetens længde fra sidste menstruation",
    "dage",
    (Row(PREGNANCY_DAYS, CAL2, date(2009, 1, 1)),),
    disagreement="Jordemoderforeningen nævner 283 dage (brugt i Norge); i Danmark bruges 280 dage.",
    reason="280 dage er dansk praksis",
)
FROM_FERTILISATION = Threshold(
    "fertilisation_length",
    "Fra befrugtning til termin",
    "dage",
    (Row(FROM_FERTILISATION_DAYS, KNOWLEDGE, date(2009, 1, 1)),),
)
STANDARD_CYCLE = Threshold(
    "standard_cycle", "Cyklus uden korrektion", "dage", (Row(STANDARD_CYCLE_DAYS, CAL, date(2009, 1, 1)),)
)
CYCLE_CORRECTED = Threshold(
    "cycle_corrected", "Cyklus, der korrigeres for", "dage", (Row((21, 42), DECISIONS, date(2026, 11, 24)),)
)
LONGEST = Threshold(
    "longest_age", "Højeste gestationsalder på konsultationsdagen", AGE, (Row(307, DECISIONS, date(2026, 11, 24)),)
)
QUESTIONED = Threshold(
    "questioned_age", "Over denne gestationsalder spørges der", AGE, (Row(294, DECISIONS, date(2026, 11, 24)),)
)
SCAN_OVER_IVF = Threshold(
    "scan_over_ivf",
    "Skanning erstatter IVF-dato",
    "",
    (
        Row(True, DECISIONS, date(2026, 11, 24), "scan"),
        Row(False, KNOWLEDGE, date(2026, 11, 24), "ivf"),
    ),
    disagreement="Det er uafklaret, om en skanning skal erstatte en IVF-dato; den anden dato står ved siden af.",
    reason="skanning erstatter også andre datoer; valget kan gøres om",
    default="scan",
)


def due_from_last_period(first_day: date) -> date:
    """First day + 280, before any correction for the cycle. Source: CAL, CAL2."""
    return first_day + timedelta(days=PREGNANCY_DAYS)


def due_from_transfer(transferred_on: date, embryo_age_days: int) -> date:
    """Transfer + 266 less the embryo's age on that day: day 2 +264, day 5 +261."""
    return transferred_on + timedelta(days=FROM_FERTILISATION_DAYS - embryo_age_days)


def due_from_insemination(inseminated_on: date) -> date:
    return inseminated_on + timedelta(days=FROM_FERTILISATION_DAYS)


def age_on(due_on: date, day: date) -> int:
    """Gestational age in days."""
    return PREGNANCY_DAYS - (due_on - day).days


def day_of(due_on: date, age_days: int) -> date:
    """The day on which the gestational age is reached."""
    return due_on - timedelta(days=PREGNANCY_DAYS - age_days)


def written(age_days: int) -> str:
    """»8+3«."""
    return f"{age_days // 7}+{age_days % 7}"


def written_span(span: tuple[int, int]) -> str:
    """»uge 25«, »11+0–13+6«."""
    first, last = span
    return f"uge {first // 7}" if last - first == 6 else f"{written(first)}–{written(last)}"


def whole_weeks(span: tuple[int, int]) -> str:
    """»uge 10–20«, for spans of whole weeks."""
    return f"uge {span[0] // 7}–{span[1] // 7}"


def written_date(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


@dataclass(frozen=True)
class Candidate:
    """A due date that some method gives, whether or not it is the working one."""

    method: Method
    due_on: date
    data: tuple[Datum, ...]


@dataclass(frozen=True)
class Dating:
    """The working due date and what it rests on.

    basis       the method behind the working date; differs from `method` only when the GP chose it
    candidates  all dates known, the leading one first
    naegele_on  last period + 280, without correction (TER-05)
    correction  days added for the cycle
    certain     what the programme proposes for TER-04
    refused     why the last period given is not used: "future", "too_long" or ""
    age_days    gestational age on the day of assessment
    visit_age   gestational age on the day of the consultation, or of assessment before it
    """

    due_on: Fact[date]
    method: Method | None
    basis: Method | None
    candidates: tuple[Candidate, ...]
    naegele_on: Fact[date]
    correction: int
    certain: Fact[bool]
    refused: str
    age_days: Fact[int]
    visit_age: Fact[int]


def date_pregnancy(facts: Facts, today: date, editions: Editions) -> Dating:
    visit_day = facts.consultation_on.value if isinstance(facts.consultation_on, Known) else today
    refused = _why_refused(facts.last_period, visit_day, editions)
    last_period: Fact[date] = Unknown(("TER-01",)) if refused else facts.last_period
    correction = _correction(facts.cycle, editions)
    candidates = tuple(_candidates(facts, last_period, correction, visit_day, editions))
    working, method = _working(candidates, facts.due_date_choice)
    due_on: Fact[date] = Known(working.due_on, working.data) if working else _what_would_date(facts, last_period)
    return Dating(
        due_on=due_on,
        method=method,
        basis=working.method if working else None,
        candidates=candidates,
        naegele_on=derive(last_period, due_from_last_period),
        correction=correction if isinstance(last_period, Known) else 0,
        certain=_certainty(facts, last_period, _treatment(facts, visit_day, editions), editions),
        refused=refused,
        age_days=_age(due_on, today, editions),
        visit_age=_age(due_on, visit_day, editions),
    )


def _why_refused(last_period: Fact[date], visit_day: date, editions: Editions) -> str:
    if isinstance(last_period, Unknown):
        return ""
    age = (visit_day - last_period.value).days
    if age < 0:
        return "future"
    return "too_long" if age > editions.value(LONGEST) else ""


def _is_regular(cycle: Cycle, editions: Editions) -> bool:
    shortest, longest = editions.value(CYCLE_CORRECTED)
    return not cycle.irregular and cycle.low == cycle.high and shortest <= cycle.low <= longest


def _correction(cycle: Fact[Cycle], editions: Editions) -> int:
    if isinstance(cycle, Known) and _is_regular(cycle.value, editions):
        return cycle.value.low - STANDARD_CYCLE_DAYS
    return 0


def _certainty(facts: Facts, last_period: Fact[date], treatment: Candidate | None, editions: Editions) -> Fact[bool]:
    """Certain by the day of treatment, or if the last period is known, the cycle regular and no hormones were used.

    The GP's word stands before both.
    """
    if isinstance(facts.dating_certain, Known):
        return facts.dating_certain
    if treatment:
        return Known(True, treatment.data)
    regular = derive(facts.cycle, lambda cycle: _is_regular(cycle, editions))
    no_hormones = derive(facts.hormones, lambda used: not used)
    for fact in (regular, no_hormones):
        if isinstance(fact, Known) and not fact.value:
            return fact
    return merge_unknown((last_period, regular, no_hormones)) or Known(
        True, (*last_period.data, *regular.data, *no_hormones.data)
    )


def _counts_as_certain(facts: Facts, editions: Editions) -> bool:
    """Whether a date by last period is not flagged.

    The cycle must be known to be regular. Hormones flag it when they were used, or asked about in vain; a question
    that was never put flags nothing, but keeps the proposal for TER-04 open.
    """
    if isinstance(facts.dating_certain, Known):
        return facts.dating_certain.value
    if isinstance(facts.cycle, Unknown) or not _is_regular(facts.cycle.value, editions):
        return False
    hormones = facts.hormones
    return not hormones.value if isinstance(hormones, Known) else not hormones.asked


def _candidates(
    facts: Facts, last_period: Fact[date], correction: int, visit_day: date, editions: Editions
) -> Iterator[Candidate]:
    scan, treatment = _scan(facts, visit_day, editions), _treatment(facts, visit_day, editions)
    ordered = (scan, treatment) if editions.value(SCAN_OVER_IVF) else (treatment, scan)
    yield from (candidate for candidate in ordered if candidate)
    if isinstance(last_period, Known):
        method: Method = "lmp" if _counts_as_certain(facts, editions) else "lmp_uncertain"
        due_on = due_from_last_period(last_period.value) + timedelta(days=correction)
        yield Candidate(method, due_on, (*last_period.data, *(facts.cycle.data if correction else ())))


def _is_plausible(due_on: date, visit_day: date, editions: Editions) -> bool:
    return 0 <= age_on(due_on, visit_day) <= editions.value(LONGEST)


def _scan(facts: Facts, visit_day: date, editions: Editions) -> Candidate | None:
    due = facts.scan_due_on
    if isinstance(due, Known) and _is_plausible(due.value, visit_day, editions):
        scanned = facts.scan_on.data if isinstance(facts.scan_on, Known) else ()
        return Candidate("scan", due.value, (*due.data, *scanned))
    return None


def _treatment(facts: Facts, visit_day: date, editions: Editions) -> Candidate | None:
    """The date by IVF (fresh, frozen, ICSI, egg donation: transfer and embryo age) or by insemination."""
    done_on, kind = facts.transfer_on, facts.fertility_kind
    if isinstance(done_on, Unknown) or done_on.value > visit_day:
        return None
    if isinstance(kind, Known) and kind.value == "insemination":
        candidate = Candidate("insemination", due_from_insemination(done_on.value), (*done_on.data, *kind.data))
    elif isinstance(facts.embryo_age, Known):
        due_on = due_from_transfer(done_on.value, facts.embryo_age.value)
        candidate = Candidate("ivf", due_on, (*done_on.data, *facts.embryo_age.data))
    else:
        return None
    return candidate if _is_plausible(candidate.due_on, visit_day, editions) else None


def _working(candidates: tuple[Candidate, ...], choice: Fact[str]) -> tuple[Candidate | None, Method | None]:
    if isinstance(choice, Known):
        for candidate in candidates:
            if candidate.method.removesuffix("_uncertain") == choice.value:
                return Candidate(candidate.method, candidate.due_on, (*candidate.data, *choice.data)), "chosen"
    first = candidates[0] if candidates else None
    return first, first.method if first else None


def _what_would_date(facts: Facts, last_period: Fact[date]) -> Unknown:
    """What is missing for a due date: after treatment the day of it, otherwise the last period."""
    treated = isinstance(facts.fertility_treatment, Known) and facts.fertility_treatment.value
    data = last_period.data if isinstance(last_period, Unknown) else ()
    return Unknown(("TER-01", "FER-03") if treated else ("TER-01",), data)


def _age(due_on: Fact[date], day: date, editions: Editions) -> Fact[int]:
    if isinstance(due_on, Unknown):
        return due_on
    age = age_on(due_on.value, day)
    return Known(age, due_on.data) if 0 <= age <= editions.value(LONGEST) else Unknown(("TER-01",))
