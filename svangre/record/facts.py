"""From answers to the facts that the rules read: which item tells what, and nothing more.

Works on everything that can say which answer counts: a `Chart`, or the plain answers of `svangre.record.assess_input`.
A question that opens others and is answered "no" makes what lies behind it known and empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from forms import CATALOGUE
from svangre.catalogue import STATES, Catalogue
from svangre.record import words
from svangre.record.chart import Chart, Given
from svangre.rules.assess import NO_LEADS, Assessment, assess
from svangre.rules.facts import (
    Birth,
    Child,
    Cycle,
    Datum,
    Exam,
    Fact,
    Facts,
    Family,
    GlucoseTest,
    Illness,
    Keys,
    Known,
    Loss,
    Tweak,
    Unknown,
    derive,
    either,
    holds,
    is_one_of,
)

T = TypeVar("T")


class HasId(Protocol):
    @property
    def id(self) -> str: ...


class Answers(Protocol):
    """What counts as the answer to an item, and the rows of a group."""

    def counting(self, item_id: str, row_id: str | None = None) -> Given | None: ...

    def rows(self, group: str, parent: str | None = None) -> Sequence[HasId]: ...


def assess_chart(
    chart: Chart, today: date, edition_on: date | None = None, leads: Mapping[str, str] = NO_LEADS
) -> dict[str, Any]:
    """The rules' result for a chart as JSON; a signed version keeps its own and is not assessed again."""
    return assessment_of(chart, today, edition_on, leads).to_json()


def assessment_of(
    chart: Chart, today: date, edition_on: date | None = None, leads: Mapping[str, str] = NO_LEADS
) -> Assessment:
    facts = facts_of(chart, born=chart.identity.born, consultation_on=chart.consultation_on, catalogue=chart.catalogue)
    return assess(facts, today, edition_on or today, leads)


def facts_of(
    answers: Answers,
    *,
    born: date | None = None,
    consultation_on: date | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Facts:
    """All facts of one pregnancy. `born` is the birth date in her CPR number."""
    return Reader(answers, catalogue).facts(born, consultation_on)


@lru_cache(maxsize=256)
def _day(at: datetime) -> date:
    """The calendar day in Denmark; the answers of a page share their moment."""
    return words.local(at).date()


def _yes(value: str) -> bool:
    return value == "yes"


def _cycle(value: dict[str, int] | str) -> Cycle:
    return Cycle(0, 0, irregular=True) if isinstance(value, str) else Cycle(value["low"], value["high"])


class Reader:
    """Reads single answers as facts. `row` is the row they stand in."""

    def __init__(self, answers: Answers, catalogue: Catalogue) -> None:
        self.answers, self.catalogue = answers, catalogue

    def fact(self, item_id: str, read: Callable[[Any], T], row: str | None = None) -> Fact[T]:
        item = self.catalogue[item_id]
        given = self.answers.counting(item_id, row)
        if given is None:
            return Unknown((item.ref,), (Datum(item.clinic, STATES["not_asked"], item=item_id),))
        answer, on = given.answer, _day(given.at)
        datum = Datum(item.clinic, words.value_text(item, answer), given.giver, on, item_id)
        return Known(read(answer.value), (datum,)) if answer.state == "value" else Unknown((item.ref,), (datum,))

    def yes(self, item_id: str, row: str | None = None) -> Fact[bool]:
        return self.fact(item_id, _yes, row)

    def text(self, item_id: str, row: str | None = None) -> Fact[str]:
        return self.fact(item_id, str, row)

    def number(self, item_id: str, row: str | None = None) -> Fact[int]:
        return self.fact(item_id, int, row)

    def decimal(self, item_id: str, row: str | None = None) -> Fact[Decimal]:
        return self.fact(item_id, Decimal, row)

    def day(self, item_id: str, row: str | None = None) -> Fact[date]:
        return self.fact(item_id, date.fromisoformat, row)

    def keys(self, item_id: str, row: str | None = None) -> Keys:
        return self.fact(item_id, frozenset, row)

    def behind(self, gate: str, fact: Fact[T], empty: T) -> Fact[T]:
        """What lies behind an opening question: known and empty when she said no to it."""
        opening = self.yes(gate)
        return Known(empty, opening.data) if isinstance(opening, Known) and not opening.value else fact

    def illness_group(self, item_id: str) -> Keys:
        return self.behind("somatic_disease", self.keys(item_id), frozenset())

    def facts(self, born: date | None, consultation_on: date | None) -> Facts:
        birth_date: Fact[date] = Unknown(("STA-01",))
        if born:
            birth_date = Known(born, (Datum("Fødselsdato", words.short_date(born), "record", None, "cpr"),))
        visit = self.day("consultation_on")
        if consultation_on:
            label = self.catalogue["consultation_on"].clinic
            day = words.short_date(consultation_on)
            visit = Known(consultation_on, (Datum(label, day, "clinic", None, "consultation_on"),))
        substances = self.rows("substance_use", "substances", lambda row: row)
        return Facts(
            birth_date=birth_date,
            consultation_on=visit,
            ancestry=self.keys("ancestry_countries"),
            difficult_life=self.yes("life_difficulties"),
            vulnerable=self.yes("social_vulnerability"),
            circumstances=self.keys("circumstances"),
            births=self.rows("given_birth_before", "births", self.birth),
            losses=self.rows("pregnant_before_without_birth", "losses", self.loss),
            last_period=self.day("last_period"),
            cycle=self.fact("cycle_days", _cycle),
            hormones=self.yes("hormonal_contraception"),
            dating_certain=self.yes("dating_certain"),
            scan_due_on=self.day("scan_due_date"),
            scan_on=self.day("scan_on"),
            due_date_choice=self.text("due_date_choice"),
            multiple=self.yes("multiple_pregnancy"),
            symptoms=self.keys("current_symptoms"),
            fertility_treatment=self.yes("fertility_treatment"),
            fertility_kind=self.behind("fertility_treatment", self.text("fertility_kind"), "none"),
            transfer_on=self.day("transfer_on"),
            embryo_age=self.number("embryo_age_days"),
            long_wish=self.yes("long_wish_for_pregnancy"),
            wants_information=self.yes("wants_prenatal_information"),
            wants_first_scan=self.yes("wants_first_trimester_scan"),
            wants_second_scan=self.yes("wants_second_trimester_scan"),
            wants_risk_assessment=self.yes("wants_risk_assessment"),
            family=self.family(),
            illness=self.illness(),
            exam=self.exam(),
            diagnoses=self.names("other_diseases", "diagnoses", "diagnosis_name"),
            medicines=self.names("takes_medicine", "medicines", "medicine_name"),
            stopped_medicine=self.yes("recently_stopped_medicine"),
            stopped_medicine_words=self.text("stopped_medicine_details"),
            folic_acid=self.text("folic_acid"),
            supplements=self.keys("supplements"),
            allergy=self.yes("allergy"),
            mmr=self.fact("mmr", lambda key: key == "vaccinated"),
            varicella=self.yes("varicella_immune"),
            vaccines_discussed=self.keys("vaccines_discussed"),
            diet=self.keys("diet"),
            smokes=self.smokes(),
            nicotine=self.nicotine(),
            quit_help=self.text("stop_smoking_referral"),
            drank_before=self.yes("alcohol_before"),
            drinks_now=self.yes("alcohol_now"),
            binge=self.yes("binge"),
            tweak=Tweak(
                drinks=self.number("tweak_tolerance"),
                worried=self.yes("tweak_worried"),
                eye_opener=self.yes("tweak_eye_opener"),
                amnesia=self.yes("tweak_amnesia"),
                cut_down=self.yes("tweak_cut_down"),
            ),
            substances=self.yes("substance_use"),
            substance_kinds=self.of_rows(substances, "substance_kind"),
            substances_now=self.any_row(substances, "substance_in_pregnancy"),
            safe_at_home=self.yes("safe_at_home"),
            conflicts=self.yes("high_conflict"),
            violence=self.yes("violence_past_year"),
            past_abuse=self.yes("past_abuse"),
            birth_fear=self.text("birth_fear"),
        )

    def rows(self, gate: str, group: str, read: Callable[[str], T]) -> Fact[tuple[T, ...]]:
        """The rows of a group behind its opening question; "yes" without rows is not known yet."""
        opening = self.yes(gate)
        if isinstance(opening, Known) and not opening.value:
            return Known((), opening.data)
        found = tuple(read(row.id) for row in self.answers.rows(group))
        return Known(found, opening.data) if found else Unknown((self.catalogue[gate].ref,), opening.data)

    def of_rows(self, rows: Fact[tuple[str, ...]], item_id: str) -> Keys:
        """The option chosen in each row, together; not known while one of them is open."""
        if isinstance(rows, Unknown):
            return rows
        chosen = [self.text(item_id, row) for row in rows.value]
        unknown = [fact for fact in chosen if isinstance(fact, Unknown)]
        if unknown:
            return unknown[0]
        data = tuple(datum for fact in chosen for datum in fact.data) or rows.data
        return Known(frozenset(fact.value for fact in chosen if isinstance(fact, Known)), data)

    def any_row(self, rows: Fact[tuple[str, ...]], item_id: str) -> Fact[bool]:
        if isinstance(rows, Unknown):
            return Unknown((self.catalogue[item_id].ref,), rows.data)
        return either(*(self.yes(item_id, row) for row in rows.value)) if rows.value else Known(False, rows.data)

    def birth(self, row: str) -> Birth:
        weeks, days = self.number("birth_weeks", row), self.number("birth_days", row)
        if isinstance(weeks, Known):
            extra = days.value if isinstance(days, Known) else 0
            more = days.data if isinstance(days, Known) else ()
            age: Fact[int] = Known(weeks.value * 7 + extra, (*weeks.data, *more))
        else:
            age = weeks
        return Birth(
            age_days=age,
            timing=self.text("birth_timing", row),
            pregnancy_course=self.keys("birth_pregnancy_course", row),
            birth_course=self.keys("birth_course", row),
            experience=self.text("birth_experience", row),
            mental_illness_after=self.yes("postpartum_mental_illness", row),
            children=tuple(self.child(child.id) for child in self.answers.rows("births.children", row)),
        )

    def child(self, row: str) -> Child:
        return Child(outcome=self.text("child_outcome", row), weight=self.number("child_weight", row))

    def loss(self, row: str) -> Loss:
        return Loss(kind=self.text("loss_kind", row), week=self.number("loss_week", row))

    def family(self) -> Family:
        malformations = self.fact("malformations_in_family", lambda key: key != "no")
        return Family(
            diabetes=self.yes("family_diabetes"),
            blood_clot=self.yes("family_blood_clot"),
            thyroid=self.yes("family_thyroid"),
            malformations=malformations,
            related_parents=self.yes("consanguinity"),
            carriers=self.keys("haemoglobin_carrier"),
        )

    def illness(self) -> Illness:
        areas = self.of_rows(self.rows("relevant_surgery", "operations", lambda row: row), "operation_area")
        return Illness(
            circulation=self.illness_group("circulation"),
            airways=self.illness_group("airways"),
            endocrine=self.illness_group("endocrine"),
            urogenital=self.illness_group("urogenital"),
            neurology=self.illness_group("neurology"),
            gastrointestinal=self.illness_group("gastrointestinal"),
            rheumatic=self.illness_group("rheumatic"),
            blood=self.illness_group("blood_immune"),
            infections=self.illness_group("infections"),
            mental=self.yes("mental_illness"),
            mental_kinds=self.behind("mental_illness", self.keys("mental_illness_kinds"), frozenset()),
            mental_medicine=self.behind(
                "mental_illness", derive(self.keys("mental_illness_treatment"), lambda keys: "medicine" in keys), False
            ),
            low_mood=self.yes("low_mood"),
            little_interest=self.yes("little_interest"),
            self_harm=self.behind("low_mood", self.yes("thoughts_of_self_harm"), False),
            operations=areas,
            cone_biopsy=derive(self.operated(areas, "cervix", "cone_biopsy"), lambda keys: "yes" in keys),
            bariatric=self.operated(areas, "bariatric", "bariatric_surgery"),
            genital_cutting=self.yes("genital_cutting"),
        )

    def operated(self, areas: Keys, area: str, item_id: str) -> Keys:
        """What was done in one area; nothing when every area is known and this one is not among them."""
        if isinstance(areas, Unknown):
            return areas
        rows = (row.id for row in self.answers.rows("operations"))
        facts = [self.text(item_id, row) for row in rows if self.is_key("operation_area", area, row)]
        unknown = [fact for fact in facts if isinstance(fact, Unknown)]
        if unknown:
            return unknown[0]
        data = tuple(datum for fact in facts for datum in fact.data) or areas.data
        return Known(frozenset(fact.value for fact in facts if isinstance(fact, Known)), data)

    def is_key(self, item_id: str, key: str, row: str) -> bool:
        return holds(is_one_of(self.text(item_id, row), key))

    def exam(self) -> Exam:
        tests = [row.id for row in self.answers.rows("tests")]
        return Exam(
            height_cm=self.number("height_cm"),
            weight_before_kg=self.decimal("weight_before_kg"),
            systolic=self.number("systolic"),
            diastolic=self.number("diastolic"),
            urine_glucose=self.text("urine_glucose"),
            urine_leucocytes=self.text("urine_leucocytes"),
            urine_nitrite=self.text("urine_nitrite"),
            gbs_in_urine=self.yes("gbs_in_urine"),
            culture_sent=self.yes("urine_culture_sent"),
            culture_cfu=self.number("urine_culture_cfu"),
            blood_group_sample=self.text("blood_group_sample"),
            rhesus=self.text("rhd"),
            antibodies=self.text("antibody_screen"),
            hepatitis_b=self.text("hepatitis_b"),
            hiv=self.text("hiv"),
            syphilis=self.text("syphilis"),
            tsh=self.result("tsh", tests),
            hba1c=self.result("hba1c", tests),
            glucose_tests=tuple(
                GlucoseTest(self.decimal("test_value", row), self.day("test_on", row))
                for row in tests
                if self.is_key("test_kind", "ogtt", row)
            ),
            haemoglobin_screening=self.text("haemoglobin_screening_result"),
            screenings=self.screenings(),
        )

    def result(self, item_id: str, tests: Iterable[str]) -> Fact[Decimal]:
        """A flat result, or the highest of the dated ones: the rules ask whether a limit was reached."""
        flat = self.decimal(item_id)
        dated = [self.decimal("test_value", row) for row in tests if self.is_key("test_kind", item_id, row)]
        known = [fact for fact in (flat, *dated) if isinstance(fact, Known)]
        return max(known, key=lambda fact: fact.value) if known else flat

    def screenings(self) -> frozenset[str]:
        kinds = (self.text("screening_kind", row.id) for row in self.answers.rows("screenings"))
        return frozenset(kind.value for kind in kinds if isinstance(kind, Known))

    def names(self, gate: str, group: str, item_id: str) -> Fact[tuple[str, ...]]:
        """What the rows of a group are called, as written; a row without a name tells none."""
        rows = self.rows(gate, group, lambda row: row)
        if isinstance(rows, Unknown) or not rows.value:
            return rows
        names = [self.text(item_id, row) for row in rows.value]
        data = tuple(datum for name in names for datum in name.data)
        return Known(tuple(name.value for name in names if isinstance(name, Known)), data)

    def smokes(self) -> Fact[str]:
        fact = self.text("smokes_now")
        is_open = isinstance(fact, Known) and fact.value == "not_known"
        return Unknown((self.catalogue["smokes_now"].ref,), fact.data) if is_open else fact

    def nicotine(self) -> Fact[str]:
        products = self.keys("nicotine_products")
        if isinstance(products, Known) and products.value <= {"none"}:
            return Known("no", products.data)
        return self.text("nicotine_in_pregnancy")
