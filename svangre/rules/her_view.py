"""What the woman sees of all this: her due date, her plan, advice on supplements and what cannot wait. No findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from svangre.rules.assess import Assessment
from svangre.rules.facts import Known
from svangre.rules.gestation import Method
from svangre.rules.supplements import CALCIUM_DOSE, FOLIC_DOSE, FOLIC_UNTIL, IRON_DOSE, IRON_FROM, VITAMIN_D_DOSE
from svangre.rules.timeline import Entry
from svangre.rules.urgent import Box, boxes

METHODS: dict[Method, str] = {
    "scan": "Sat ved din skanning.",
    "ivf": "Regnet ud fra den dag, ægget blev lagt op.",
    "insemination": "Regnet ud fra den dag, du blev insemineret.",
    "lmp": "Regnet ud fra din sidste menstruation. Datoen kan blive ændret, når du bliver skannet.",
    "lmp_uncertain": "Regnet ud fra din sidste menstruation, som er usikker. Den kan ændres, når du bliver skannet.",
    "chosen": "Sat af din læge.",
}
ADVICE = (
    f"Folsyre, {FOLIC_DOSE.leading} mikrogram om dagen, til og med uge {FOLIC_UNTIL.leading // 7}.",
    f"D-vitamin, {VITAMIN_D_DOSE.leading} mikrogram om dagen, hele graviditeten.",
    (
        f"Jern, {IRON_DOSE.leading} mg om dagen, fra uge {IRON_FROM.leading[0] // 7}. Tag det mellem måltider, og gem "
        "det for børn."
    ),
    f"Får du ikke mælk eller ost, så tag også calcium, {CALCIUM_DOSE.leading} mg om dagen.",
    "Har lægen sagt noget andet til dig, gælder det.",
)


@dataclass(frozen=True)
class HerView:
    due_on: date | None
    how_dated: str
    age_days: int | None
    plan: tuple[Entry, ...]
    advice: tuple[str, ...]
    boxes: tuple[Box, ...]


def for_her(assessment: Assessment) -> HerView:
    case = assessment.case
    due_on, age = case.dating.due_on, case.age_days
    return HerView(
        due_on=due_on.value if isinstance(due_on, Known) else None,
        how_dated=METHODS[case.dating.method] if case.dating.method else "",
        age_days=age.value if isinstance(age, Known) else None,
        plan=tuple(entry for entry in assessment.timeline if entry.hers),
        advice=ADVICE,
        boxes=boxes(case.facts),
    )
