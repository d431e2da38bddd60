"""R24: visits, tests, vaccines and supplements as a dated plan.

Prenatal diagnosis stands in it only as she wished: not when she wants no information, and
"if wished" while she has not said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from svangre.rules.facts import Fact, Known, Unknown
from svangre.rules.finding import Finding, Outcome
from svangre.rules.gdm import EARLY_WEEKS, LATE_WEEKS
from svangre.rules.gestation import whole_weeks, written, written_span
from svangre.rules.rhesus import ANTI_D_WEEK, SAMPLE_WEEK
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import BEK, FD20, GP1, GP2, HVI, INF, NIV, RHD, RSV_SST, SCH, SST, VAX, P, Source
from svangre.rules.supplements import FOLIC_DOSE, FOLIC_UNTIL, IRON_DOSE, IRON_FROM
from svangre.rules.threshold import Threshold
from svangre.rules.vaccines import influenza_window, pertussis_weeks, rsv_window
from svangre.rules.windows import (
    DOUBLE_TEST,
    FIRST_SCAN,
    FIRST_VISIT,
    HAS_SECOND_VISIT,
    INFLUENZA_SEASON,
    MIDWIFE,
    PERTUSSIS_LAST,
    RSV_AFTER_PERTUSSIS,
    RSV_WEEK,
    SECOND_SCAN,
    SECOND_VISIT,
    THIRD_VISIT,
    VISIT_AFTER,
    week,
)

if TYPE_CHECKING:
    from svangre.rules.case import Case

Kind = Literal["visit", "scan", "test", "vaccine", "supplement"]


@dataclass(frozen=True)
class Entry:
    """One line of the plan. `hers` is the line in her words; None when it is not shown to her."""

    key: str
    kind: Kind
    what: str
    who: str
    weeks: str
    window: tuple[date, date] | None
    source: Source
    note: str = ""
    hers: str | None = None


def timeline(case: Case, findings: tuple[Finding, ...]) -> tuple[Entry, ...]:
    """All lines, the earliest first; lines without dates, for want of a due date, keep their order at the end."""
    entries = [*_visits(case), *_scans(case), *_tests(case, findings), *_vaccines(case), *_supplements(case)]
    return tuple(sorted(entries, key=lambda entry: entry.window or (date.max, date.max)))


def _entry(
    case: Case,
    threshold: Threshold[tuple[int, int]],
    key: str,
    kind: Kind,
    what: str,
    who: str,
    hers: str | None,
    note: str = "",
) -> Entry:
    row = case.editions.row(threshold)
    return Entry(key, kind, what, who, written_span(row.value), case.dates(row.value), row.source, note, hers)


def _visits(case: Case) -> Iterator[Entry]:
    yield _entry(case, FIRST_VISIT, "gp_1", "visit", "1. lægebesøg", "Læge", "Første besøg hos lægen")
    yield _entry(
        case, MIDWIFE, "midwife_1", "visit", "1. jordemoderbesøg", "Jordemoder", "Første besøg hos jordemoderen"
    )
    has_second, note = case.editions.value(HAS_SECOND_VISIT), f"Bekræft lokalt. {HAS_SECOND_VISIT.disagreement}"
    if has_second:
        yield _entry(case, SECOND_VISIT, "gp_2", "visit", "2. lægebesøg", "Læge", "Besøg hos lægen", note)
    last = "3. lægebesøg" if has_second else "2. lægebesøg"
    yield _entry(case, THIRD_VISIT, "gp_3", "visit", last, "Læge", "Besøg hos lægen", "" if has_second else note)
    due_on, row = case.dating.due_on, case.editions.row(VISIT_AFTER)
    after = due_on.value + timedelta(days=row.value) if isinstance(due_on, Known) else None
    yield Entry(
        "gp_after",
        "visit",
        "Lægebesøg efter fødslen",
        "Læge",
        f"{row.value // 7} uger efter fødslen",
        (after, after) if after else None,
        row.source,
        hers="Besøg hos lægen efter fødslen",
    )


def _wish(case: Case, wish: Fact[bool]) -> tuple[bool, str]:
    """Whether the line stands in the plan, and a note while she has not said."""
    wants = case.facts.wants_information
    if isinstance(wish, Known):
        return wish.value, ""
    if isinstance(wants, Known) and not wants.value:
        return False, ""
    return True, "Hvis hun ønsker det."


def _scans(case: Case) -> Iterator[Entry]:
    for threshold, key, kind, what, wish, hers in (
        (DOUBLE_TEST, "double_test", "test", "Doubletest", case.facts.wants_risk_assessment, "Blodprøve (doubletest)"),
        (FIRST_SCAN, "scan_1", "scan", "Skanning i 1. trimester", case.facts.wants_first_scan, "Nakkefoldsskanning"),
        (SECOND_SCAN, "scan_2", "scan", "Skanning i 2. trimester", case.facts.wants_second_scan, "Gennemskanning"),
    ):
        stands, note = _wish(case, wish)
        if stands:
            who = "Læge" if threshold is DOUBLE_TEST else "Fødested"
            remark = " ".join(filter(None, (note, threshold.disagreement)))
            yield _entry(case, threshold, key, kind, what, who, None if note else hers, remark)  # type: ignore[arg-type]


def _tests(case: Case, findings: tuple[Finding, ...]) -> Iterator[Entry]:
    first_visit = case.editions.value(FIRST_VISIT)
    yield Entry(
        "blood_tests",
        "test",
        "Blodtype, RhD og antistoffer; hepatitis B, hiv og syfilis",
        "Læge",
        written_span(first_visit),
        case.dates(first_visit),
        INF,
        "Tilbydes alle i samme glas. Det er frivilligt.",
        "Blodprøver. Det er frivilligt",
    )
    for finding in findings:
        if finding.key in ("R3.early", "R3.late"):
            weeks = case.editions.row(EARLY_WEEKS if finding.key == "R3.early" else LATE_WEEKS)
            yield Entry(
                finding.key,
                "test",
                "OGTT",
                "Læge",
                whole_weeks(weeks.value),
                finding.window,
                weeks.source,
                finding.disagreement,
            )
        if finding.key == "R8.negative":
            yield _entry(
                case, SAMPLE_WEEK, "rh_sample", "test", "Antistof og fosterets RhD", "Læge", None, finding.because
            )
            from_week = case.editions.row(ANTI_D_WEEK)
            yield Entry(
                "anti_d",
                "test",
                "Anti-D, hvis fosteret er RhD-positivt",
                "Læge eller fødested",
                f"fra uge {from_week.value}",
                case.dates(week(from_week.value)),
                from_week.source,
                ANTI_D_WEEK.disagreement,
            )


def _vaccines(case: Case) -> Iterator[Entry]:
    last = case.editions.value(PERTUSSIS_LAST)
    for key, window, weeks, hers, source, note in (
        (
            "pertussis",
            case.dates(pertussis_weeks(case)),
            written_span(pertussis_weeks(case)),
            "Vaccination mod kighoste",
            VAX,
            f"Kan gives til {last} dage før termin; ved flerfold tidligere i 2. trimester.",
        ),
        (
            "influenza",
            influenza_window(case),
            "2. og 3. trimester i sæsonen",
            "Vaccination mod influenza",
            VAX,
            INFLUENZA_SEASON.disagreement,
        ),
        (
            "rsv",
            rsv_window(case),
            written_span(case.editions.value(RSV_WEEK)),
            "Vaccination mod RS-virus",
            case.editions.row(RSV_WEEK).source,
            f"Mindst {case.editions.value(RSV_AFTER_PERTUSSIS)} dage efter kighoste.",
        ),
    ):
        if window or isinstance(case.dating.due_on, Unknown):
            yield Entry(key, "vaccine", hers, "Læge", weeks, window, source, note, hers)


def _supplements(case: Case) -> Iterator[Entry]:
    until = case.editions.row(FOLIC_UNTIL)
    dose, iron = case.editions.value(FOLIC_DOSE), case.editions.value(IRON_DOSE)
    yield Entry(
        "folic_acid",
        "supplement",
        f"Folsyre {dose} µg dagligt",
        "Hende",
        f"til og med {written(until.value)}",
        case.dates((0, until.value)),
        until.source,
        hers=f"Folsyre, {dose} mikrogram om dagen",
    )
    yield _entry(
        case,
        IRON_FROM,
        "iron",
        "supplement",
        f"Jern {iron} mg dagligt",
        "Hende",
        f"Begynd med jern, {iron} mg om dagen",
    )


def judge(case: Case) -> Iterator[Outcome]:
    """The plan needs a due date, and her wishes for prenatal diagnosis."""
    facts = case.facts
    if isinstance(facts.wants_information, Known) and not facts.wants_information.value:
        return
    wishes = (facts.wants_first_scan, facts.wants_second_scan, facts.wants_risk_assessment)
    yield from (wish for wish in wishes if isinstance(wish, Unknown))


RULE = Rule(
    "R24",
    "Plan for besøg og undersøgelser",
    (
        (
            f"Læge: {written_span(FIRST_VISIT.leading)}, {written_span(SECOND_VISIT.leading)} (bekræft lokalt) og "
            f"{written_span(THIRD_VISIT.leading)}, og {VISIT_AFTER.leading // 7} uger efter fødslen. Ret til op til "
            "fem undersøgelser hos lægen, tre af dem i graviditeten."
        ),
        (
            "Jordemoder: første besøg før udgangen af 1. trimester; derefter efter fødestedets plan (4–7 besøg; i "
            "Nordjylland uge 10–15, 21, 29, 35/36, 37 for førstegangsfødende, 39 og 40–41)."
        ),
        "Blodprøver ved første besøg (R8, R9), OGTT (R3), RhD-prøve og anti-D (R8) står i planen, når de gælder hende.",
        "Skanninger og doubletest kun efter hendes ønske. Planen siger dato for dato, hvornår noget har sin tid.",
        HAS_SECOND_VISIT.disagreement,
    ),
    judge,
    (),
    (
        FIRST_VISIT,
        HAS_SECOND_VISIT,
        SECOND_VISIT,
        THIRD_VISIT,
        VISIT_AFTER,
        MIDWIFE,
        DOUBLE_TEST,
        FIRST_SCAN,
        SECOND_SCAN,
    ),
    (GP1, GP2, HVI, SST, BEK, RSV_SST, SCH, NIV, P, FD20, RHD, INF),
    (Example("Ønsker ikke information om fosterundersøgelser", {"FOS-00": "no"}),),
)
