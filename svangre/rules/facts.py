"""What the rules read: typed facts, each with the data it rests on, or Unknown.

A fact that nobody has given is `Unknown`, never False or None: "not asked" and "no" must not look alike to a rule.
`svangre.record.facts` fills these from answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeAlias, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Datum:
    """One answer or measurement as a finding shows it: »BMI 28,4 (lægen, 24.11.2026)«.

    `giver` is "woman", "clinic" or "record" ("" when nobody gave it), `item` the field it stands in.
    """

    label: str
    value: str
    giver: str = ""
    on: date | None = None
    item: str = ""


@dataclass(frozen=True)
class Known(Generic[T]):
    value: T
    data: tuple[Datum, ...] = ()


@dataclass(frozen=True)
class Unknown:
    """Not known: `missing` names the rows of the specification that would tell; `data` says in which state they are."""

    missing: tuple[str, ...]
    data: tuple[Datum, ...] = ()

    @property
    def asked(self) -> bool:
        """Somebody put the question and got another state than a value."""
        return any(datum.giver for datum in self.data)


Fact: TypeAlias = Known[T] | Unknown


def derive(fact: Fact[T], change: Callable[[T], U]) -> Fact[U]:
    """The same data with another value."""
    return fact if isinstance(fact, Unknown) else Known(change(fact.value), fact.data)


def holds(fact: Fact[bool]) -> bool:
    """Known to be so. The opposite is »not known to be so«, which is not »no«."""
    return isinstance(fact, Known) and fact.value


def has(fact: Fact[frozenset[str]], *keys: str) -> Fact[bool]:
    """Whether one of the options is among those chosen."""
    return derive(fact, lambda chosen: bool(chosen & set(keys)))


def is_one_of(fact: Fact[str], *keys: str) -> Fact[bool]:
    return derive(fact, lambda chosen: chosen in keys)


def mentions(fact: Fact[tuple[str, ...]], *parts: str) -> Fact[bool]:
    """Whether one of the names as she wrote them holds one of these parts, in small or large letters."""
    return derive(fact, lambda names: any(part in name.casefold() for name in names for part in parts))


def either(*facts: Fact[bool]) -> Fact[bool]:
    """One holds: one known "yes" decides; "no" only when every one is known to be "no"."""
    yes = [fact for fact in facts if holds(fact)]
    if yes:
        return Known(True, tuple(datum for fact in yes for datum in fact.data))
    unknown = merge_unknown(facts)
    return unknown or Known(False, tuple(datum for fact in facts for datum in fact.data))


def merge_unknown(facts: Iterable[Fact[Any]]) -> Unknown | None:
    """One Unknown that names all that is missing, or None when nothing is."""
    unknown = [fact for fact in facts if isinstance(fact, Unknown)]
    if not unknown:
        return None
    missing = dict.fromkeys(ref for fact in unknown for ref in fact.missing)
    return Unknown(tuple(missing), tuple(dict.fromkeys(datum for fact in unknown for datum in fact.data)))


def what_is_missing(*facts: Fact[Any]) -> Unknown:
    """All that is missing in facts of which at least one is unknown."""
    unknown = merge_unknown(facts)
    assert unknown, "all is known"
    return unknown


@dataclass(frozen=True)
class Cycle:
    """Days from one period to the next, as a span; equal ends are one number. `irregular` when she said so."""

    low: int
    high: int
    irregular: bool = False


@dataclass(frozen=True)
class Child:
    outcome: Fact[str] = Unknown(("TFO-11",))  # live_birth, stillbirth
    weight: Fact[int] = Unknown(("TFO-14",))  # grams


@dataclass(frozen=True)
class Birth:
    """An earlier birth: one, however many children."""

    age_days: Fact[int] = Unknown(("TFO-02",))  # gestational age in days
    timing: Fact[str] = Unknown(("TFO-02",))  # before_term, at_term, after_term, when she remembers no more
    pregnancy_course: Fact[frozenset[str]] = Unknown(("TFO-04",))
    birth_course: Fact[frozenset[str]] = Unknown(("TFO-06",))
    experience: Fact[str] = Unknown(("TFO-08",))
    mental_illness_after: Fact[bool] = Unknown(("TFO-10",))
    children: tuple[Child, ...] = ()


def any_birth(births: Fact[tuple[Birth, ...]], pick: Callable[[Birth], Fact[bool]]) -> Fact[bool]:
    """Whether something holds for one of the earlier births; a known "no births" is a known "no"."""
    if isinstance(births, Unknown):
        return births
    return either(*(pick(birth) for birth in births.value)) if births.value else Known(False, births.data)


@dataclass(frozen=True)
class Loss:
    """An earlier pregnancy that ended without a birth."""

    kind: Fact[str] = Unknown(("ABO-02",))  # spontaneous, induced, ectopic_or_mola
    week: Fact[int] = Unknown(("ABO-03",))


@dataclass(frozen=True)
class GlucoseTest:
    """A 2-hour oral glucose tolerance test (75 g): mmol/l after two hours."""

    two_hour: Fact[Decimal] = Unknown(("UND-17",))
    taken_on: Fact[date] = Unknown(("UND-17",))


Keys: TypeAlias = Fact[frozenset[str]]


@dataclass(frozen=True)
class Tweak:
    """The five TWEAK answers. `drinks` is how many it takes before she feels the first effect."""

    drinks: Fact[int] = Unknown(("ALK-05",))
    worried: Fact[bool] = Unknown(("ALK-05",))
    eye_opener: Fact[bool] = Unknown(("ALK-05",))
    amnesia: Fact[bool] = Unknown(("ALK-05",))
    cut_down: Fact[bool] = Unknown(("ALK-05",))


@dataclass(frozen=True)
class Family:
    diabetes: Fact[bool] = Unknown(("ARV-08",))
    blood_clot: Fact[bool] = Unknown(("ARV-09",))  # parents or siblings
    thyroid: Fact[bool] = Unknown(("ARV-10",))
    malformations: Fact[bool] = Unknown(("ARV-03",))
    related_parents: Fact[bool] = Unknown(("ARV-05",))
    carriers: Keys = Unknown(("ARV-06",))  # mother, father


@dataclass(frozen=True)
class Illness:
    """What she has or has had. »Nej« to the opening question makes each group known and empty."""

    circulation: Keys = Unknown(("SYG-01",))
    airways: Keys = Unknown(("SYG-02",))
    endocrine: Keys = Unknown(("SYG-03",))
    urogenital: Keys = Unknown(("SYG-04",))
    neurology: Keys = Unknown(("SYG-05",))
    gastrointestinal: Keys = Unknown(("SYG-06",))
    rheumatic: Keys = Unknown(("SYG-07",))
    blood: Keys = Unknown(("SYG-08",))
    infections: Keys = Unknown(("SYG-09",))
    mental: Fact[bool] = Unknown(("PSY-01",))
    mental_kinds: Keys = Unknown(("PSY-01",))
    mental_medicine: Fact[bool] = Unknown(("PSY-02",))
    low_mood: Fact[bool] = Unknown(("PSY-04",))
    little_interest: Fact[bool] = Unknown(("PSY-04",))
    self_harm: Fact[bool] = Unknown(("PSY-04",))
    operations: Keys = Unknown(("OPE-00",))  # areas: cervix, uterus, bariatric …
    cone_biopsy: Fact[bool] = Unknown(("OPE-01",))
    bariatric: Keys = Unknown(("OPE-04",))  # stomach_bypass, gastric_bypass, sleeve, other
    genital_cutting: Fact[bool] = Unknown(("OPE-08",))


@dataclass(frozen=True)
class Exam:
    """Measurements and tests of the visit."""

    height_cm: Fact[int] = Unknown(("UND-01",))
    weight_before_kg: Fact[Decimal] = Unknown(("UND-02",))
    systolic: Fact[int] = Unknown(("UND-05",))
    diastolic: Fact[int] = Unknown(("UND-05",))
    urine_glucose: Fact[str] = Unknown(("UND-06",))  # negative, trace, plus_1, plus_2, plus_3
    urine_leucocytes: Fact[str] = Unknown(("UND-06",))
    urine_nitrite: Fact[str] = Unknown(("UND-06",))  # negative, positive
    gbs_in_urine: Fact[bool] = Unknown(("UND-07",))
    culture_sent: Fact[bool] = Unknown(("UND-07",))
    culture_cfu: Fact[int] = Unknown(("UND-07",))  # CFU/ml
    blood_group_sample: Fact[str] = Unknown(("UND-08",))  # no, ordered, taken
    rhesus: Fact[str] = Unknown(("UND-09",))  # positive, negative, awaiting
    antibodies: Fact[str] = Unknown(("UND-10",))  # negative, positive, awaiting
    hepatitis_b: Fact[str] = Unknown(("UND-11",))  # ordered, declined, negative, positive
    hiv: Fact[str] = Unknown(("UND-11",))
    syphilis: Fact[str] = Unknown(("UND-11",))
    tsh: Fact[Decimal] = Unknown(("UND-15",))  # mIU/l
    hba1c: Fact[Decimal] = Unknown(("UND-16",))  # mmol/mol
    glucose_tests: tuple[GlucoseTest, ...] = ()
    haemoglobin_screening: Fact[str] = Unknown(("ARV-07",))  # pending, normal, abnormal
    screenings: frozenset[str] = frozenset()  # selective tests that stand in the record (UND-12)


@dataclass(frozen=True)
class Facts:
    """All that the rules may know about one pregnancy. Every default is Unknown and names its row."""

    birth_date: Fact[date] = Unknown(("STA-01",))
    consultation_on: Fact[date] = Unknown(("STA-11",))
    ancestry: Keys = Unknown(("SPR-03",))  # ISO 3166-1 alpha-2
    difficult_life: Fact[bool] = Unknown(("SOC-13",))
    vulnerable: Fact[bool] = Unknown(("SOC-14",))
    circumstances: Keys = Unknown(("SOC-16",))
    births: Fact[tuple[Birth, ...]] = Unknown(("TFO-00",))
    losses: Fact[tuple[Loss, ...]] = Unknown(("ABO-00",))
    last_period: Fact[date] = Unknown(("TER-01",))
    cycle: Fact[Cycle] = Unknown(("TER-02",))
    hormones: Fact[bool] = Unknown(("TER-03",))  # hormonal contraception in the three months before
    dating_certain: Fact[bool] = Unknown(("TER-04",))  # the GP's own word
    scan_due_on: Fact[date] = Unknown(("TER-06",))
    scan_on: Fact[date] = Unknown(("TER-06",))
    due_date_choice: Fact[str] = Unknown(("TER-08",))  # scan, ivf, insemination, lmp
    multiple: Fact[bool] = Unknown(("TER-11",))
    symptoms: Keys = Unknown(("TER-12",))
    fertility_treatment: Fact[bool] = Unknown(("FER-01",))
    fertility_kind: Fact[str] = Unknown(("FER-02",))  # ivf, icsi, frozen, egg_donation, insemination, hormones
    transfer_on: Fact[date] = Unknown(("FER-03",))  # or the day of insemination
    embryo_age: Fact[int] = Unknown(("FER-03",))  # days
    long_wish: Fact[bool] = Unknown(("FER-04",))
    wants_information: Fact[bool] = Unknown(("FOS-00",))
    wants_first_scan: Fact[bool] = Unknown(("FOS-01",))
    wants_second_scan: Fact[bool] = Unknown(("FOS-02",))
    wants_risk_assessment: Fact[bool] = Unknown(("FOS-03",))
    family: Family = Family()
    illness: Illness = Illness()
    exam: Exam = Exam()
    diagnoses: Fact[tuple[str, ...]] = Unknown(("SYG-11",))  # other diseases and admissions, names as written
    medicines: Fact[tuple[str, ...]] = Unknown(("MED-01",))  # names as written
    stopped_medicine: Fact[bool] = Unknown(("MED-02",))
    stopped_medicine_words: Fact[str] = Unknown(("MED-02",))
    folic_acid: Fact[str] = Unknown(("MED-03",))  # no, standard, high, unknown_dose
    supplements: Keys = Unknown(("MED-04",))  # vitamin_d, iron, calcium, multivitamin
    allergy: Fact[bool] = Unknown(("ALL-01",))
    mmr: Fact[bool] = Unknown(("VAC-01",))
    varicella: Fact[bool] = Unknown(("VAC-02",))
    vaccines_discussed: Keys = Unknown(("VAC-03",))
    diet: Keys = Unknown(("KOS-01",))
    smokes: Fact[str] = Unknown(("TOB-02",))  # never, stopped_before, stopped_when_pregnant, stopped_later, yes
    nicotine: Fact[str] = Unknown(("NIK-02",))  # no, yes, stopped_when_pregnant, stopped_later
    quit_help: Fact[str] = Unknown(("TOB-05",))  # the GP's outcome: done, not_wanted, not_done
    drank_before: Fact[bool] = Unknown(("ALK-01",))
    drinks_now: Fact[bool] = Unknown(("ALK-02",))
    binge: Fact[bool] = Unknown(("ALK-03",))
    tweak: Tweak = Tweak()
    substances: Fact[bool] = Unknown(("RUS-01",))  # past two years
    substance_kinds: Keys = Unknown(("RUS-02",))
    substances_now: Fact[bool] = Unknown(("RUS-03",))
    safe_at_home: Fact[bool] = Unknown(("VOL-01",))
    conflicts: Fact[bool] = Unknown(("VOL-02",))
    violence: Fact[bool] = Unknown(("VOL-03",))
    past_abuse: Fact[bool] = Unknown(("VOL-04",))
    birth_fear: Fact[str] = Unknown(("FOD-07",))  # no, a_little, much
