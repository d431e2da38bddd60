"""R3: gestational diabetes, the oral glucose tolerance test (75 g, 2 hours)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from svangre.rules.bmi import limit_text, shown
from svangre.rules.facts import (
    Birth,
    Fact,
    GlucoseTest,
    Known,
    Unknown,
    any_birth,
    derive,
    either,
    has,
    holds,
    merge_unknown,
)
from svangre.rules.finding import Outcome, Prompt, Reason, enumerate_words, sentence
from svangre.rules.gestation import LONGEST, age_on, whole_weeks
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import DECISIONS, DSAM, GDM14, GM, KNOWLEDGE, LH, LHG, WHOGDM, P
from svangre.rules.threshold import AGE, Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

BMI = Threshold("gdm_bmi", "Risikofaktor: BMI fra", "kg/m²", (Row(Fraction(27), LH, date(2021, 9, 1)),))
HEAVY_CHILD = Threshold("gdm_child", "Risikofaktor: tidligere barn fra", "g", (Row(4500, LH, date(2021, 9, 1)),))
FACTORS_EARLY = Threshold("gdm_factors", "Faktorer, der giver tidlig OGTT", "antal", (Row(2, LH, date(2021, 9, 1)),))
WEEKS_DISAGREE = (
    "Lægehåndbogen efter Sundhedsstyrelsen 2021 siger uge 10–20 og 24–28; papirblanketten fra 2010–11 siger uge "
    "18–20 og 28–30 og nævner hverken PCOS eller flerfold."
)
EARLY_WEEKS = Threshold(
    "ogtt_weeks",
    "Tidlig OGTT",
    AGE,
    (Row((126, 146), P, date(2010, 10, 1)), Row((70, 146), LH, date(2021, 9, 1))),
    disagreement=WEEKS_DISAGREE,
    reason="den nyere nationale kilde gælder",
)
LATE_WEEKS = Threshold(
    "ogtt_weeks",
    "Sen OGTT",
    AGE,
    (Row((196, 216), P, date(2010, 10, 1)), Row((168, 202), LH, date(2021, 9, 1))),
    disagreement=WEEKS_DISAGREE,
    reason="den nyere nationale kilde gælder",
)
DIAGNOSTIC = Threshold(
    "gdm_two_hour",
    "Graviditetsdiabetes: 2-timers værdi fra",
    "mmol/l",
    (Row(Decimal("9.0"), LHG, date(2014, 12, 21)),),
    disagreement="Danmark følger ikke WHOs grænser; et dansk udkast fra 2023 med nye kriterier afventer "
    "Sundhedsstyrelsen.",
    reason="gældende dansk grænse",
)
MANIFEST = Threshold("hba1c", "Manifest diabetes: HbA1c fra", "mmol/mol", (Row(Decimal(48), DSAM, date(2014, 12, 21)),))
RECENT = Threshold("ogtt_recent", "Normal OGTT gælder i", "dage", (Row(28, LH, date(2021, 9, 1)),))
GRADES = ("negative", "trace", "plus_1", "plus_2", "plus_3")
GLUCOSURIA = Threshold(
    "glucosuria",
    "Glukosuri på stix: fra",
    "grad",
    (Row("plus_1", DECISIONS, date(2026, 11, 24), "1+"), Row("plus_2", KNOWLEDGE, date(2026, 11, 24), "2+")),
    disagreement="Kilderne siger ikke, om 1+ eller først 2+ tæller.",
    reason="den laveste grad overser ingen",
    default="1+",
)

EARLY = Prompt(
    "R3.early", f"Overvej OGTT {whole_weeks(EARLY_WEEKS.leading)}", (LH, GDM14), "confirmed", "plan", "ogtt_plan"
)
LATE = Prompt(
    "R3.late", f"Overvej OGTT {whole_weeks(LATE_WEEKS.leading)}", (LH, GDM14), "confirmed", "plan", "ogtt_plan"
)
URINE = Prompt("R3.glucosuria", "Overvej OGTT på grund af glukosuri", (LH, P), "confirmed", "today", "ogtt_plan")
DIABETES = Prompt(
    "R3.known_diabetes",
    "Overvej henvisning samme dag til obstetrisk og endokrinologisk vurdering",
    (LHG, P, GM),
    "partly",
    "today",
    "obstetric_referral",
    is_obstetric=True,
)
BYPASS = Prompt("R3.bypass", "Overvej en anden undersøgelse end OGTT", (LHG,), "partly", "plan", "ogtt_plan")
POSITIVE = Prompt(
    "R3.diagnosis",
    "Overvej graviditetsdiabetes",
    (LHG, DSAM),
    "confirmed",
    "today",
    "obstetric_referral",
    is_obstetric=True,
)
HIGH_HBA1C = Prompt(
    "R3.hba1c", "Overvej manifest diabetes", (DSAM,), "confirmed", "today", "obstetric_referral", is_obstetric=True
)

NUMBERS = {2: "To", 3: "Tre", 4: "Fire"}


def has_diabetes(case: Case) -> Fact[bool]:
    return has(case.facts.illness.endocrine, "diabetes_type_1", "diabetes_type_2")


def risk_factors(case: Case) -> list[Reason]:
    """The four that count together."""
    limit, heavy = case.editions.value(BMI), case.editions.value(HEAVY_CHILD)

    def is_heavy(birth: Birth) -> Fact[bool]:
        weights = [derive(child.weight, lambda grams: grams >= heavy) for child in birth.children]
        return either(*weights) if weights else Unknown(("TFO-14",))

    number = f" ({shown(case.bmi.value)})" if isinstance(case.bmi, Known) else ""
    return [
        Reason(f"BMI ≥ {limit_text(limit)}{number}", derive(case.bmi, lambda bmi: bmi >= limit)),
        Reason("sukkersyge i familien", case.facts.family.diabetes),
        Reason(f"tidligere barn ≥ {_grams(heavy)}", any_birth(case.facts.births, is_heavy)),
        Reason("PCOS", has(case.facts.illness.endocrine, "pcos")),
    ]


def had_gdm(case: Case) -> Fact[bool]:
    return any_birth(case.facts.births, lambda birth: has(birth.pregnancy_course, "gestational_diabetes"))


def judge(case: Case) -> Iterator[Outcome]:
    diabetes = has_diabetes(case)
    if holds(diabetes):
        yield DIABETES.because(
            "Kendt diabetes: der laves ikke OGTT. Ved nefropati, mikroalbuminuri, behandlet forhøjet blodtryk eller "
            "tidligere svangerskabsforgiftning gælder også R4.",
            diabetes.data,
        )
        return
    if isinstance(diabetes, Unknown):
        yield diabetes
    results = list(_results(case))
    yield from results
    if not results:
        yield from _screening(case)


def _results(case: Case) -> Iterator[Outcome]:
    limit, manifest = case.editions.value(DIAGNOSTIC), case.editions.value(MANIFEST)
    for test in case.facts.exam.glucose_tests:
        if isinstance(test.two_hour, Known) and test.two_hour.value >= limit:
            yield POSITIVE.because(
                f"2-timers værdien er {_decimal(test.two_hour.value)} mmol/l; grænsen er {_decimal(limit)}.",
                (*test.two_hour.data, *test.taken_on.data),
                disagreement=DIAGNOSTIC.disagreement,
            )
    hba1c = case.facts.exam.hba1c
    if isinstance(hba1c, Known) and hba1c.value >= manifest:
        yield HIGH_HBA1C.because(f"HbA1c er {_decimal(hba1c.value)} mmol/mol; grænsen er {manifest}.", hba1c.data)


def _screening(case: Case) -> Iterator[Outcome]:
    bypass = has(case.facts.illness.bariatric, "stomach_bypass", "gastric_bypass")
    proposed = [*_early(case), *_late(case), *_glucosuria(case)]
    yield from (outcome for outcome in proposed if isinstance(outcome, Unknown))
    findings = [outcome for outcome in proposed if not isinstance(outcome, Unknown)]
    if not findings:
        return
    if isinstance(bypass, Unknown):
        yield bypass
    if holds(bypass):
        reason = enumerate_words(finding.because.removesuffix(".") for finding in findings)
        data = (*bypass.data, *(datum for finding in findings for datum in finding.data))
        yield BYPASS.because(f"Efter gastrisk bypass bruges en anden metode. {sentence(reason)}", data)
    else:
        yield from findings


def _early(case: Case) -> Iterator[Outcome]:
    weeks, needed = case.editions.row(EARLY_WEEKS), case.editions.value(FACTORS_EARLY)
    if _is_past(case, weeks.value) or _normal_between(case, weeks.value):
        return
    previous, factors = had_gdm(case), risk_factors(case)
    hits = [factor for factor in factors if factor.holds]
    title = f"Overvej OGTT {whole_weeks(weeks.value)}"
    if holds(previous):
        again = whole_weeks(case.editions.value(LATE_WEEKS))
        reason = f"Tidligere graviditetsdiabetes. Er prøven normal, gentages den i {again}."
        data = previous.data
    elif len(hits) >= needed:
        words = enumerate_words(factor.words for factor in hits)
        reason = f"{NUMBERS[len(hits)]} af fire er opfyldt: {words}.{_unsure(factors)}"
        data = tuple(datum for factor in hits for datum in factor.fact.data)
    else:
        open_factors = [factor.fact for factor in factors if isinstance(factor.fact, Unknown)]
        might = [*open_factors] if len(hits) + len(open_factors) >= needed else []
        unknown = merge_unknown((*might, previous))
        if unknown:
            yield unknown
        return
    yield EARLY.because(
        reason,
        data,
        title=title,
        sources=None if weeks.source is LH else (weeks.source,),
        disagreement=EARLY_WEEKS.disagreement,
        window=case.dates(weeks.value),
    )


def _late(case: Case) -> Iterator[Outcome]:
    weeks, early = case.editions.row(LATE_WEEKS), case.editions.value(EARLY_WEEKS)
    if _normal_between(case, (weeks.value[0], case.editions.value(LONGEST))):
        return
    reasons = [*risk_factors(case), Reason("flerfoldsgraviditet", case.facts.multiple)]
    early_test = _normal_between(case, early)
    if early_test:
        reasons.append(Reason("tidlig OGTT var normal", derive(early_test.two_hour, lambda value: True)))
    if _is_past(case, early):
        reasons.append(Reason("tidligere graviditetsdiabetes", had_gdm(case)))
    hits = [reason for reason in reasons if reason.holds]
    if not hits:
        unknown = merge_unknown(reason.fact for reason in reasons)
        if unknown:
            yield unknown
        return
    late = "Det anbefalede tidspunkt er passeret." if _is_past(case, weeks.value) else ""
    text = sentence(enumerate_words(reason.words for reason in hits)) + _unsure(reasons)
    yield LATE.because(
        " ".join(filter(None, (text, late))),
        (datum for reason in hits for datum in reason.fact.data),
        title=f"Overvej OGTT {whole_weeks(weeks.value)}",
        urgency="today" if late else None,
        sources=None if weeks.source is LH else (weeks.source,),
        disagreement=LATE_WEEKS.disagreement,
        window=case.dates(weeks.value),
    )


def _glucosuria(case: Case) -> Iterator[Outcome]:
    urine, counts_from = case.facts.exam.urine_glucose, case.editions.value(GLUCOSURIA)
    if isinstance(urine, Unknown):
        yield urine
        return
    if GRADES.index(urine.value) < GRADES.index(counts_from):
        return
    days = case.editions.value(RECENT)
    since = case.today - timedelta(days=days)
    if any(since <= day <= case.today for day, _ in _normal_tests(case)):
        return
    yield URINE.because(
        f"Glukose i urinen og ingen normal OGTT inden for de seneste {days // 7} uger.",
        urine.data,
        disagreement=GLUCOSURIA.disagreement,
    )


def _normal_tests(case: Case) -> Iterator[tuple[date, GlucoseTest]]:
    """Results below the limit, with their day; a test without result or day proves nothing."""
    limit = case.editions.value(DIAGNOSTIC)
    for test in case.facts.exam.glucose_tests:
        if isinstance(test.two_hour, Known) and isinstance(test.taken_on, Known) and test.two_hour.value < limit:
            yield test.taken_on.value, test


def _normal_between(case: Case, weeks: tuple[int, int]) -> GlucoseTest | None:
    due_on = case.dating.due_on
    if isinstance(due_on, Unknown):
        return None
    inside = (test for day, test in _normal_tests(case) if weeks[0] <= age_on(due_on.value, day) <= weeks[1])
    return next(inside, None)


def _is_past(case: Case, weeks: tuple[int, int]) -> bool:
    return isinstance(case.age_days, Known) and case.age_days.value > weeks[1]


def _unsure(reasons: list[Reason]) -> str:
    open_ones = [reason.words for reason in reasons if isinstance(reason.fact, Unknown)]
    return f" Uvist: {enumerate_words(open_ones)}." if open_ones else ""


def _decimal(value: Decimal) -> str:
    return str(value).replace(".", ",")


def _grams(weight: int) -> str:
    """»4.500 g«."""
    return f"{weight:,} g".replace(",", ".")


RULE = Rule(
    "R3",
    "Graviditetsdiabetes: OGTT (75 g, 2 timer)",
    (
        (
            f"Tidlig OGTT, {whole_weeks(EARLY_WEEKS.leading)}: tidligere graviditetsdiabetes, eller to af fire: "
            f"BMI ≥ {limit_text(BMI.leading)}, sukkersyge i familien, "
            f"tidligere barn ≥ {_grams(HEAVY_CHILD.leading)}, PCOS."
        ),
        (
            f"Sen OGTT, {whole_weeks(LATE_WEEKS.leading)}: én af de fire, eller flerfoldsgraviditet, eller normal "
            "tidlig OGTT."
        ),
        f"Når som helst: glukosuri, medmindre en OGTT var normal inden for {RECENT.leading // 7} uger.",
        (
            f"Graviditetsdiabetes: 2-timers værdi ≥ {_decimal(DIAGNOSTIC.leading)} mmol/l (kapillært fuldblod eller "
            f"veneplasma, dobbeltmåling). HbA1c ≥ {MANIFEST.leading} mmol/mol: manifest diabetes."
        ),
        "Ingen OGTT ved kendt diabetes. Efter gastrisk bypass bruges en anden metode.",
        "Hvilke slægtninge der tæller, står ikke i den læste tekst.",
    ),
    judge,
    (EARLY, LATE, URINE, DIABETES, BYPASS, POSITIVE, HIGH_HBA1C),
    (BMI, HEAVY_CHILD, FACTORS_EARLY, EARLY_WEEKS, LATE_WEEKS, DIAGNOSTIC, MANIFEST, RECENT, GLUCOSURIA),
    (LH, LHG, GDM14, DSAM, WHOGDM, P),
    (
        Example(
            "BMI 28,4 og et barn på 4.620 g",
            {
                "UND-01": 170,
                "UND-02": 82,
                "births": [{"children": [{"TFO-11": "live_birth", "TFO-14": 4620}]}],
            },
            ("R3.early", "R3.late"),
        ),
        Example("Kun BMI 28,4", {"UND-01": 170, "UND-02": 82}, ("R3.late",), ("R3.early",)),
        Example("Flerfold alene", {"TER-11": "yes"}, ("R3.late",), ("R3.early",)),
        Example("Kendt type 1-diabetes", {"SYG-03": ["diabetes_type_1"]}, ("R3.known_diabetes",), ("R3.late",)),
    ),
)
