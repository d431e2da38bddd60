"""What cannot wait: calm boxes for her, and her own words for the clinic first thing. Independent of all rules.

Safety-netting, always on; marked »afventer klinisk gennemsyn« in the rulebook. Works on what she has chosen so far,
before she submits. Telephone numbers of her clinic are added by the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from svangre.rules.facts import Datum, Facts, Known, has, holds

REVIEW = "Afventer klinisk gennemsyn"
OUT_OF_HOURS = "Uden for åbningstid: lægevagten eller 1813. Ved livsfare: 112."

# Medicines that can harm the child, by name or part of a name [K]. The woman is told not to stop by herself.
HARMFUL = (
    "valpro", "orfiril", "deprakine", "isotretinoin", "acitretin", "alitretinoin", "roaccutan", "methotrexat", "metex",
    "warfarin", "marevan", "mycophenol", "cellcept", "myfortic", "lithium", "litarex", "enalapril", "ramipril",
    "lisinopril", "perindopril", "captopril", "trandolapril", "losartan", "valsartan", "candesartan", "irbesartan",
    "telmisartan", "olmesartan",
)  # fmt: skip


@dataclass(frozen=True)
class Box:
    """A calm box: what she wrote, what to do, whom to call. `items` are the questions it answers to."""

    key: str
    title: str
    text: str
    items: tuple[str, ...]


BLEEDING_AND_PAIN = Box(
    "bleeding_and_pain",
    "Ring til din læge nu",
    "Du har skrevet, at du bløder og har ondt. Det skal en læge høre om i dag. Vent ikke på, at skemaet er færdigt.",
    ("current_symptoms",),
)
BLEEDING = Box(
    "bleeding",
    "Ring til din læge i dag",
    "Du har skrevet, at du bløder. Det er tit ikke farligt, men en læge skal høre om det i dag. Får du også ondt, "
    "så ring med det samme.",
    ("current_symptoms",),
)
PAIN = Box(
    "pain",
    "Ring til din læge i dag",
    "Du har skrevet, at du har ondt. Fortæl lægen om det i dag. Bliver det stærkt, eller bløder du, så ring med det "
    "samme.",
    ("current_symptoms",),
)
VOMITING = Box(
    "vomiting",
    "Ring til din læge i dag",
    "Du har skrevet, at du kaster alt op. Når du ikke kan holde væske i dig, skal en læge hjælpe dig i dag.",
    ("current_symptoms",),
)
BLOOD_CLOT = Box(
    "blood_clot",
    "Ring til din læge i dag",
    "Du har skrevet, at du har haft en blodprop. Nogle skal have forebyggende medicin tidligt i graviditeten. Vent "
    "derfor ikke til dit besøg.",
    ("circulation",),
)
STOPPED_MEDICINE = Box(
    "stopped_medicine",
    "Tal med din læge om medicinen",
    "Du har skrevet, at du er stoppet med medicin. Stop ikke selv med mere. Ring til din læge, så I kan tale om, "
    "hvad der er bedst for dig.",
    ("recently_stopped_medicine", "stopped_medicine_details"),
)
HARMFUL_MEDICINE = Box(
    "harmful_medicine",
    "Stop ikke selv med medicinen. Ring til din læge i dag",
    "Lægen skal se på din medicin, nu hvor du er gravid. Det kan være farligt at stoppe på egen hånd.",
    ("medicines", "medicine_name", "recently_stopped_medicine", "stopped_medicine_details"),
)
SELF_HARM = Box(
    "self_harm",
    "Du behøver ikke være alene med det",
    "Du har skrevet, at du har tanker om at gøre skade på dig selv. Ring til din læge i dag, eller til lægevagten "
    "eller 1813 uden for åbningstid. Er det akut, så ring 112.",
    ("thoughts_of_self_harm",),
)
BOXES = (BLEEDING_AND_PAIN, BLEEDING, PAIN, VOMITING, SELF_HARM, BLOOD_CLOT, HARMFUL_MEDICINE, STOPPED_MEDICINE)


def names_harmful_medicine(texts: Iterable[str]) -> bool:
    return any(name in text.casefold() for text in texts for name in HARMFUL)


def boxes(facts: Facts) -> tuple[Box, ...]:
    """The boxes that what she has answered so far calls for, the most urgent first."""
    return tuple(_boxes(facts))


def _says(facts: Facts, symptom: str) -> bool:
    return holds(has(facts.symptoms, symptom))


def _boxes(facts: Facts) -> Iterator[Box]:
    bleeds, hurts = _says(facts, "bleeding"), _says(facts, "pain")
    if bleeds and hurts:
        yield BLEEDING_AND_PAIN
    elif bleeds:
        yield BLEEDING
    elif hurts:
        yield PAIN
    if _says(facts, "vomiting_keeps_nothing_down"):
        yield VOMITING
    if holds(facts.illness.self_harm):
        yield SELF_HARM
    if holds(has(facts.illness.circulation, "blood_clot")):
        yield BLOOD_CLOT
    names = facts.medicines.value if isinstance(facts.medicines, Known) else ()
    stopped = (facts.stopped_medicine_words.value,) if isinstance(facts.stopped_medicine_words, Known) else ()
    if names_harmful_medicine((*names, *stopped)):
        yield HARMFUL_MEDICINE
    elif holds(facts.stopped_medicine):
        yield STOPPED_MEDICINE


def her_words(facts: Facts) -> tuple[Datum, ...]:
    """What she reports, for the clinic first thing: as she said it, whatever the rules make of it."""
    ill = facts.illness
    said = (
        has(facts.symptoms, "bleeding", "pain", "vomiting", "vomiting_keeps_nothing_down"),
        ill.self_harm,
        has(ill.circulation, "blood_clot"),
        facts.stopped_medicine,
    )
    data = [datum for fact in said if holds(fact) for datum in fact.data]
    if holds(facts.stopped_medicine):
        data.extend(facts.stopped_medicine_words.data)
    return tuple(dict.fromkeys(data))
