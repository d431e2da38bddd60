"""Charts for the documents: typical, empty, worst case, and one with every question answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from forms import CATALOGUE
from svangre import catalogue as kinds
from svangre.catalogue import Answer, Catalogue, Item, inside
from svangre.record.chart import Chart, ClinicInfo, Field, Given, Identity, Row, Signature

AT = datetime(2026, 11, 24, 9, 31, tzinfo=UTC)
CLINIC = ClinicInfo(
    "Lægehuset Testvænget",
    "325421000016001",
    "000000",
    "Demoregionen",
    "00 00 00 00",
    "Testvænget 1, 0000 Demoby",
    True,
)
ASSESSMENT: dict[str, Any] = {
    "computed": {
        "due_date": "2027-07-03",
        "due_date_method": "lmp",
        "due_date_method_words": "Sidste menstruation, sikker",
        "gravidity": 2,
        "parity": 1,
        "parity_convention": "G tæller alle graviditeter med den nuværende. P tæller fødsler, tvillinger én gang.",
        "bmi": 28.4,
        "timeline": [
            {
                "kind": "visit", "what": "Første jordemoderbesøg", "who": "Fødestedet", "weeks": "uge 10–13",
                "window": ["2026-12-05", "2027-01-01"], "note": None,
            },
            {
                "kind": "scan", "what": "Gennemskanning", "who": "Fødestedet", "weeks": "18+0–20+0",
                "window": ["2027-01-30", "2027-02-13"], "note": "hvis hun ønsker det",
            },
            {
                "kind": "test", "what": "Prøve, hvis tid er gået", "who": "Klinikken", "weeks": "uge 6",
                "window": ["2026-11-01", "2026-11-07"], "note": None,
            },
        ],
    },
    "findings": [
        {
            "rule": "R3", "key": "R3.early", "title": "Overvej sukkerbelastning (OGTT), uge 10–20", "level": None,
            "because": "BMI ≥ 27 og tidligere barn ≥ 4.500 g.", "window": ["2026-12-05", "2027-02-13"],
        },
        {
            "rule": "R22", "key": "R22.birth", "title": "Dårlig fødselsoplevelse 2019", "level": 2,
            "because": "Hun oplevede fødslen som dårlig.", "window": None,
        },
        {
            "rule": "R8", "key": "R8.rhd", "title": "Skal ikke ses i dokumentet", "level": None,
            "because": "Ikke valgt af lægen.", "window": None,
        },
    ],
    "unverified": [],
    "missing": [],
}  # fmt: skip


class Builder:
    """Puts answers into a chart, as the woman gave them and the clinic took them."""

    def __init__(self, catalogue: Catalogue = CATALOGUE) -> None:
        self.catalogue = catalogue
        self.fields: dict[tuple[str, str | None], Field] = {}
        self.rows: list[Row] = []
        self.ids = count(1)

    def _given(self, answer: Answer, giver: Any, act: str = "given") -> Given:
        return Given(
            f"{next(self.ids):06}",
            answer,
            giver,
            "" if giver == "woman" else "ØH",
            AT,
            act,
            role="" if giver == "woman" else "doctor",
        )

    def hers(self, item: str, value: Any, row: str | None = None) -> Builder:
        return self._set(item, row, hers=self._given(as_answer(value), "woman"))

    def accepted(self, item: str, value: Any, row: str | None = None) -> Builder:
        self.hers(item, value, row)
        return self._set(item, row, clinics=self._given(as_answer(value), "clinic", "accepted"))

    def clinics(self, item: str, value: Any, row: str | None = None) -> Builder:
        one = self.fields.get((item, row), Field())
        return self._set(
            item, row, clinics=self._given(as_answer(value), "clinic", "corrected" if one.hers else "given")
        )

    def seen_by(self, item: str, visibility: Any, row: str | None = None) -> Builder:
        return self._set(item, row, visibility=visibility)

    def row(self, group: str, parent: str | None = None) -> str:
        row = Row(f"{group}-{next(self.ids)}", group, parent, "woman")
        self.rows.append(row)
        return row.id

    def _set(self, item: str, row: str | None, **parts: Any) -> Builder:
        assert item in self.catalogue, item
        self.fields[item, row] = replace(self.fields.get((item, row), Field()), **parts)
        return self

    def chart(self, name: str = "Testperson Nanna Berggreen", number: int = 1, **more: Any) -> Chart:
        signature = Signature(
            f"7f3a{number:04}-0000-7000-8000-00000000000{number}", number, AT, "Læge Testperson Øjvind Holm",
            None if number == 1 else "Blodtryk rettet", False, "2026-11", "0.1.0", "2026-11-01",
        )  # fmt: skip
        chart = Chart(
            "p1", Identity("0101909996", name), CLINIC, self.catalogue, dict(self.fields), tuple(self.rows),
            date(2026, 11, 24), AT, signature, ASSESSMENT, handed_over=("R3", "R22"),
        )  # fmt: skip
        return replace(chart, **more)


def as_answer(value: Any) -> Answer:
    return value if isinstance(value, Answer) else Answer("value", value)


def typical() -> Builder:
    """One earlier birth, a corrected answer, an allergy; what is unremarkable answered with no."""
    b = Builder()
    _say_no_everywhere(b)
    b.accepted("preferred_name", "Nanna").accepted("phone", "20000000").accepted("safe_contact", "yes")
    b.accepted("household", "with_others").accepted("family_and_household", "Partner og datter, 7 år")
    b.accepted("has_partner", "yes").accepted("partner_name", "Testperson Mads Berggreen")
    b.accepted("ancestry_countries", ["DK", "SO"]).accepted("education", Answer("not_answered"))
    b.accepted("given_birth_before", "yes")
    birth = b.row("births")
    b.accepted("birth_year", "2019", birth).accepted("birth_weeks", 39, birth).accepted("birth_days", 2, birth)
    b.accepted("birth_place", "Demosygehus Vest", birth).accepted("birth_course", ["acute_caesarean"], birth)
    b.accepted("birth_pregnancy_course", ["uncomplicated"], birth).accepted("birth_experience", "bad", birth)
    b.accepted("birth_remarks", "Langvarig fødsel, hjertelyden faldt, hurtigt kejsersnit i fuld bedøvelse.", birth)
    b.accepted("puerperium_uncomplicated", "yes", birth).accepted("postpartum_mental_illness", "no", birth)
    child = b.row("births.children", birth)
    b.accepted("child_outcome", "live_birth", child).accepted("child_sex", "girl", child)
    b.accepted("child_weight", 4620, child).accepted("child_died_later", "no", child)
    b.accepted("child_health_now", "Rask", child)
    b.hers("diabetes" if "diabetes" in b.catalogue else "allergy", "yes").accepted("allergy", "yes")
    allergy = b.row("allergies")
    b.accepted("allergen", "Penicillin", allergy).accepted("allergy_reaction", "Udslæt i 2011", allergy)
    b.accepted("takes_medicine", "yes")
    for name, dose in (("Levothyroxin", "50 µg dagligt"), ("Panodil", "Ved behov")):
        medicine = b.row("medicines")
        b.accepted("medicine_name", name, medicine).accepted("medicine_dose", dose, medicine)
    b.hers("height_cm", 171).clinics("height_cm", 170).accepted("weight_before_kg", "82.0")
    b.clinics("weight_today_kg", "82.6").clinics("systolic", 122).clinics("diastolic", 76)
    b.clinics("urine_protein", "negative").clinics("urine_glucose", "negative")
    for on, value in (("2026-10-01", "7.4"), ("2026-11-01", "7.1"), ("2026-11-24", "7.8")):
        test = b.row("tests")
        b.clinics("test_kind", "haemoglobin", test).clinics("test_on", on, test).clinics("test_value", value, test)
        b.clinics("test_unit", "mmol/l", test)
    b.accepted("wanted_birthplace", "Fødestedet Demo Nord").accepted("birth_fear", "much")
    b.accepted("what_matters", "Jeg er bange for at ende i et akut kejsersnit igen. Jeg vil gerne have en plan.")
    b.clinics("omsorgsniveau", "2").clinics("obstetric_referral", "yes")
    b.clinics("obstetric_referral_reason", "Tidligere akut kejsersnit, fødselsmåde")
    b.clinics("overall_assessment", "Rask kvinde med gode ressourcer. Frygt for ny akut fødsel.")
    b.clinics("resume", "36-årig, spontant gravid. Akut kejsersnit 2019 efter langvarig fødsel. God støtte hjemme.")
    b.hers("consent_to_send", "yes").clinics("genital_cutting", "yes").clinics("violence_past_year", "yes")
    return b


def _say_no_everywhere(b: Builder) -> None:
    for placed in b.catalogue:
        item = placed.item
        if placed.group is None and item.is_hers and "no" in item.unremarkable:
            b.accepted(item.id, ["no"] if isinstance(item.kind, kinds.Many) else "no")


def empty() -> Builder:
    """Signed without a single answer."""
    return Builder()


def worst() -> Builder:
    """Eight births with twins, twelve diagnoses, 10 kB of remarks, words that do not break."""
    b = typical()
    long = "Akut indlæggelse med mange komplikationer, som fyldte meget. " * 165
    for number in range(7):
        birth = b.row("births")
        b.accepted("birth_year", str(2005 + number), birth).accepted("birth_weeks", 36, birth)
        b.accepted("birth_place", "Universitetssygehuset i en by med et meget langt navn", birth)
        b.accepted(
            "birth_pregnancy_course", ["severe_preeclampsia", "gestational_diabetes", "growth_restriction"], birth
        )
        b.accepted("birth_course", ["acute_caesarean", "haemorrhage", "manual_removal_of_placenta"], birth)
        b.accepted("birth_remarks", "Stor blødning, transfusion. " * 12, birth)
        b.accepted("birth_experience", "traumatic", birth).accepted("puerperium_uncomplicated", "no", birth)
        b.accepted("puerperium_complications", "Feber og sår, der ikke ville hele. " * 6, birth)
        b.accepted("postpartum_mental_illness", "yes", birth)
        for weight in (1890, 2140):
            child = b.row("births.children", birth)
            b.accepted("child_outcome", "live_birth", child).accepted("child_weight", weight, child)
            b.accepted("child_sex", "boy", child).accepted("child_died_later", "no", child)
            b.accepted("child_health_now", "Astma, går til kontrol på børneafdelingen", child)
    b.accepted("somatic_disease", "yes")
    for placed in b.catalogue:
        if placed.section.id == "sygdomme" and placed.group is None and isinstance(placed.item.kind, kinds.Many):
            b.accepted(placed.item.id, [one.key for one in placed.item.options if not one.excludes])
    b.clinics("overall_assessment", long[:10_000]).clinics("resume", "Æøå " * 900)
    b.clinics("obstetric_referral_reason", long[:2000]).accepted("wanted_birthplace", "Ø" * 200)
    for _ in range(20):
        allergy = b.row("allergies")
        b.accepted("allergen", "x" * 200, allergy).accepted("allergy_reaction", "y" * 200, allergy)
    b.accepted("what_matters", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 8)
    b.accepted(
        "family_and_household", "Tám đứa con, Łukasz, Şükrü, Þórdís, Іван, فاطمة, ሰላም <script>alert(1)</script> 😀"
    )
    return b


LONG_NAME = "Testperson Anne-Christine Margrethe Þórdís Nguyễn-Przybyszewska Şükrüoğlu von Wedel-Heinen af Nørre Snede"


def everything(catalogue: Catalogue = CATALOGUE) -> Builder:
    """Every active item answered so that it is shown and remarkable, each text unlike all others."""
    b = Builder(catalogue)
    for section in catalogue.sections:
        for item in section.items:
            _answer(b, item, item.id, None)
    return b


def _answer(b: Builder, item: Item, path: str, row: str | None) -> None:
    if item.status != "active":
        return
    if inside(item):
        for _ in range(2):
            inner = b.row(path, row)
            for child in inside(item):
                _answer(b, child, f"{path}.{child.id}", inner)
    else:
        b.accepted(item.id, _value(b, item), row)


def _value(b: Builder, item: Item) -> Any:
    number = next(b.ids)
    opening = {
        key
        for placed in b.catalogue
        if placed.item.when and placed.item.when.item == item.id
        for key in placed.item.when.any_of
    }
    keys = [option.key for option in item.options]
    match item.kind:
        case kinds.Text(look="tel"):
            return f"+46 70 {number:05}"
        case kinds.Text(look="cpr"):
            return "0202909996"
        case kinds.Text() | kinds.LongText():
            return f"Tekst nummer {number:05}"
        case kinds.Integer(low=low, high=high):
            return (low or 0) + number % ((high or 100) - (low or 0))
        case kinds.Decimal(low=low):
            return f"{int(low or 1) + number % 7}.{number % 10}"
        case kinds.Date():
            return date.fromordinal(date(2026, 1, 1).toordinal() + number % 300).isoformat()
        case kinds.PartialDate():
            return str(1990 + number % 30)
        case kinds.Interval():
            return {"low": 20 + number % 5, "high": 30 + number % 5}
        case kinds.Many():
            return [key for key in keys if key in opening] or [keys[0]]
        case _:
            return next((key for key in keys if key in opening), keys[0])
