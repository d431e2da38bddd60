"""R1 as findings: doubts about the date, and a first visit later than recommended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, Unknown
from svangre.rules.finding import Outcome, Prompt
from svangre.rules.gestation import (
    CYCLE_CORRECTED,
    FROM_FERTILISATION,
    LENGTH,
    LONGEST,
    METHOD_WORDS,
    PREGNANCY_DAYS,
    QUESTIONED,
    SCAN_OVER_IVF,
    STANDARD_CYCLE,
    written,
    written_date,
)
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import CAL, CAL2, DECISIONS, FOTO, GP1, HVI, KNOWLEDGE, P
from svangre.rules.windows import DOUBLE_TEST, FIRST_SCAN, FIRST_VISIT

if TYPE_CHECKING:
    from svangre.rules.case import Case

REFUSED = Prompt(
    "R1.refused",
    "Overvej at rette datoen for sidste menstruation",
    (CAL2, DECISIONS),
    "confirmed",
    "today",
    "last_period",
)
QUESTION = Prompt(
    "R1.question", "Overvej, om terminsdatoen er rigtig", (CAL2, DECISIONS), "confirmed", "today", "last_period"
)
UNCERTAIN = Prompt(
    "R1.uncertain", "Overvej at lade skanningen fastsætte terminen", (HVI, FOTO), "partly", "plan", "dating_certain"
)
TWO_DATES = Prompt(
    "R1.scan_or_ivf",
    "Overvej, hvilken termin der skal gælde",
    (DECISIONS, KNOWLEDGE),
    "partly",
    "plan",
    "scan_due_date",
)
LATE = Prompt(
    "R1.late_visit", "Overvej, hvilke undersøgelser der kan nås", (GP1, P), "confirmed", "today", "consultation_on"
)


def judge(case: Case) -> Iterator[Outcome]:
    dating = case.dating
    longest, questioned = (case.editions.value(one) for one in (LONGEST, QUESTIONED))
    if dating.refused:
        yield REFUSED.because(
            "Datoen ligger efter konsultationsdagen og bruges ikke."
            if dating.refused == "future"
            else f"Graviditeten ville være længere end {written(longest)} på konsultationsdagen. Datoen bruges ikke.",
            case.facts.last_period.data,
        )
    if isinstance(dating.due_on, Unknown):
        yield dating.due_on
        return
    yield from _doubts(case)
    if isinstance(dating.visit_age, Unknown):
        return
    if dating.visit_age.value > questioned:
        yield QUESTION.because(
            f"Gestationsalderen er {written(dating.visit_age.value)} på konsultationsdagen, "
            f"over {written(questioned)}.",
            dating.due_on.data,
        )
    elif dating.visit_age.value > case.editions.value(FIRST_VISIT)[1]:
        yield _late_visit(case, dating.visit_age)


def _doubts(case: Case) -> Iterator[Outcome]:
    dating, leading = case.dating, case.dating.basis
    if leading == "lmp_uncertain":
        if isinstance(case.facts.cycle, Unknown):
            yield case.facts.cycle
        shortest, longest = case.editions.value(CYCLE_CORRECTED)
        yield UNCERTAIN.because(
            f"Terminen er sidste menstruation + {PREGNANCY_DAYS} dage uden korrektion. Cyklus er ikke kendt som "
            f"regelmæssig på {shortest}–{longest} dage, der er brugt hormoner, eller datoen er kaldt usikker.",
            (*dating.due_on.data, *case.facts.cycle.data, *case.facts.hormones.data, *case.facts.dating_certain.data),
            disagreement=LENGTH.disagreement,
        )
    elif leading == "lmp" and isinstance(dating.certain, Unknown):
        yield dating.certain
    by_method = {candidate.method: candidate for candidate in dating.candidates}
    scan, ivf = by_method.get("scan"), by_method.get("ivf") or by_method.get("insemination")
    if scan and ivf and scan.due_on != ivf.due_on:
        yield TWO_DATES.because(
            f"Skanningen giver {written_date(scan.due_on)}, behandlingen giver {written_date(ivf.due_on)}. Her "
            f"gælder: {METHOD_WORDS[dating.candidates[0].method]}.",
            (*scan.data, *ivf.data),
            disagreement=SCAN_OVER_IVF.disagreement,
        )


def _late_visit(case: Case, age: Known[int]) -> Outcome:
    """After 10+0 the first visit is later than recommended: which windows are still open."""
    start, end = case.editions.value(FIRST_VISIT)
    windows = (("doubletest", DOUBLE_TEST), ("skanning i 1. trimester", FIRST_SCAN))
    open_windows = []
    for name, threshold in windows:
        last, dates = case.editions.value(threshold)[1], case.window(threshold)
        if age.value <= last and dates:
            open_windows.append(f"{name} til og med {written(last)} ({written_date(dates[1])})")
    closed = max(case.editions.value(threshold)[1] for _, threshold in windows)
    left = (
        f"Kan nås: {' og '.join(open_windows)}."
        if open_windows
        else f"Begge vinduer er lukket efter {written(closed)}."
    )
    return LATE.because(
        f"Første besøg er {written(age.value)}, senere end anbefalet ({written(start)}–{written(end)}). {left}",
        (*age.data, *case.facts.consultation_on.data),
        urgency="today" if open_windows else "plan",
        disagreement=FIRST_SCAN.disagreement if open_windows else "",
    )


RULE = Rule(
    "R1",
    "Termin og gestationsalder",
    (
        "Termin = sidste menstruations første dag + 280 dage.",
        "Er cyklus regelmæssig, ét tal og 21–42 dage, flyttes terminen med cyklus − 28 dage.",
        "Ellers bruges + 280 dage, og datoen markeres som usikker.",
        "IVF: oplægning + 266 − æggets alder i dage (dag 5: + 261). Insemination: + 266. Regnes som sikre datoer.",
        "Arbejdstermin: skanning, dernæst IVF eller insemination, dernæst sidste menstruation.",
        "Metoden står altid ved datoen, og lægen kan vælge en anden.",
        "Gestationsalder = 280 − (termin − dagen), aldrig rundet op: 12+6 er uge 12.",
        "Sidste menstruation må ikke ligge efter konsultationsdagen eller give mere end 43+6; over 42+0 spørges der.",
        "Kalenderreglen »minus 3 måneder plus 7 dage« bruges ikke: den giver ofte 1–3 dage senere.",
        "CRL omregnes ikke til gestationsalder: skriv fødestedets termin.",
        "Første besøg efter 10+0 er senere end anbefalet: det vises, hvad der endnu kan nås.",
    ),
    judge,
    (REFUSED, QUESTION, UNCERTAIN, TWO_DATES, LATE),
    (
        LENGTH,
        STANDARD_CYCLE,
        CYCLE_CORRECTED,
        FROM_FERTILISATION,
        LONGEST,
        QUESTIONED,
        SCAN_OVER_IVF,
        FIRST_VISIT,
        DOUBLE_TEST,
        FIRST_SCAN,
    ),
    (CAL, CAL2, FOTO, HVI, DECISIONS, KNOWLEDGE),
    (
        Example(
            "Sidste menstruation 1.1.2025, cyklus 35 dage, første besøg 1.3.2025: termin 15.10.2025",
            {"STA-11": "2025-03-01", "TER-01": "2025-01-01", "TER-02": 35},
            absent=("R1.uncertain", "R1.late_visit"),
        ),
        Example(
            "Uregelmæssig cyklus",
            {"STA-11": "2025-03-01", "TER-01": "2025-01-01", "TER-02": "uregelmæssig"},
            ("R1.uncertain",),
        ),
        Example(
            "Første besøg i 11+2",
            {"STA-11": "2025-03-21", "TER-01": "2025-01-01", "TER-02": 28},
            ("R1.late_visit",),
        ),
    ),
)
