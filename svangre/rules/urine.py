"""R10: bacteriuria and group B streptococci."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from svangre.rules.facts import Known, Unknown, derive, has, holds
from svangre.rules.finding import Outcome, Prompt, Reason, if_any
from svangre.rules.gdm import GRADES, has_diabetes
from svangre.rules.rule import Example, Rule
from svangre.rules.sources import G1, GBS_ARTICLE, GP2, KNOWLEDGE, P
from svangre.rules.threshold import Row, Threshold

if TYPE_CHECKING:
    from svangre.rules.case import Case

LEUCOCYTES = Threshold("leucocytes", "Leukocytter på stix: fra", "grad", (Row("plus_1", GP2, date(2013, 1, 1)),))
GBS_FROM = Threshold(
    "gbs_cfu",
    "GBS i urin behandles fra",
    "CFU/ml",
    (
        Row(0, GBS_ARTICLE, date(2021, 6, 14), "Sundhedsstyrelsen"),
        Row(10_000, GBS_ARTICLE, date(2021, 6, 14), "DSOG"),
    ),
    disagreement="Sundhedsstyrelsen: behandl GBS i urin uanset antal; DSOG: først fra 10.000 CFU/ml.",
    reason="Sundhedsstyrelsen er den nationale myndighed, og det overser ingen",
    default="Sundhedsstyrelsen",
)
BACTERIURIA = Threshold(
    "bacteriuria",
    "Asymptomatisk bakteriuri: to dyrkninger fra",
    "CFU/ml",
    (Row(100_000, GBS_ARTICLE, date(2021, 6, 14)),),
)

CULTURE = Prompt("R10.culture", "Overvej urindyrkning", (GP2,), "confirmed", "today", "urine_culture_sent")
GBS = Prompt(
    "R10.gbs",
    "Overvej behandling, og markér GBS i vandrejournalen",
    (GBS_ARTICLE, P),
    "confirmed",
    "today",
    "gbs_in_urine",
)
EARLIER_GBS = Prompt(
    "R10.earlier_gbs", "Overvej at nævne tidligere GBS for fødestedet", (P, G1), "partly", "knowledge", "resume"
)
REPEAT = Prompt(
    "R10.repeat",
    "Overvej ny urindyrkning efter mindst 24 timer",
    (GBS_ARTICLE,),
    "confirmed",
    "today",
    "urine_culture_sent",
)
SELECTIVE = Prompt("R10.selective", "Overvej urindyrkning nu", (KNOWLEDGE,), "unverified", "plan", "urine_culture_sent")


def judge(case: Case) -> Iterator[Outcome]:
    exam, from_grade = case.facts.exam, GRADES.index(case.editions.value(LEUCOCYTES))
    is_sent = holds(exam.culture_sent)
    if not is_sent:
        yield from if_any(
            CULTURE,
            [
                Reason(
                    "leukocytter på stix",
                    derive(exam.urine_leucocytes, lambda grade: GRADES.index(grade) >= from_grade),
                ),
                Reason("nitrit på stix", derive(exam.urine_nitrite, lambda result: result == "positive")),
            ],
        )
        yield from if_any(
            SELECTIVE,
            [
                Reason("gentagne urinvejsinfektioner", has(case.facts.illness.urogenital, "recurrent_uti")),
                Reason("diabetes", has_diabetes(case)),
            ],
        )
    yield from _gbs(case)
    yield from if_any(EARLIER_GBS, [Reason("tidligere GBS", has(case.facts.illness.infections, "gbs"))])


def _gbs(case: Case) -> Iterator[Outcome]:
    found, count = case.facts.exam.gbs_in_urine, case.facts.exam.culture_cfu
    if holds(found):
        limit = case.editions.value(GBS_FROM)
        below = isinstance(count, Known) and count.value < limit
        if limit and isinstance(count, Unknown):
            yield count
        yield GBS.because(
            "GBS er fundet i urinen i denne graviditet. Det markeres uanset tidspunkt.",
            (*found.data, *count.data),
            title="Overvej at markere GBS i vandrejournalen" if below else None,
            disagreement=GBS_FROM.disagreement,
        )
    elif isinstance(count, Known) and count.value >= case.editions.value(BACTERIURIA):
        yield REPEAT.because(
            "Mindst 100.000 CFU/ml. Asymptomatisk bakteriuri kræver to dyrkninger med mere end 24 timer imellem.",
            count.data,
        )


RULE = Rule(
    "R10",
    "Bakteriuri og gruppe B-streptokokker",
    (
        "Stix for leukocytter og nitrit ved hvert besøg; positiv: dyrkning.",
        (
            "Asymptomatisk bakteriuri: mindst 100.000 CFU/ml i to dyrkninger med mere end 24 timer imellem; for GBS "
            "10.000."
        ),
        "GBS i urin markeres i vandrejournalen uanset tidspunkt. Behandling: se uenigheden.",
        (
            "Dyrkning hos alle ved første besøg er ikke vist som dansk praksis. Ved gentagne urinvejsinfektioner "
            "eller diabetes: uverificeret."
        ),
    ),
    judge,
    (CULTURE, GBS, EARLIER_GBS, REPEAT, SELECTIVE),
    (LEUCOCYTES, GBS_FROM, BACTERIURIA),
    (GP2, GBS_ARTICLE, P, KNOWLEDGE),
    (
        Example("Nitrit positiv", {"urine_nitrite": "positive"}, ("R10.culture",)),
        Example(
            "Stix uden fund",
            {"urine_nitrite": "negative", "urine_leucocytes": "negative"},
            absent=("R10.culture",),
        ),
    ),
)
