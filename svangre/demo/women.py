"""The fourteen invented women, one at each stage and for each thing that the record must bear: data alone.

CPR numbers are date-shaped and fail modulus 11.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Values = Mapping[str, Any]  # item id → value, state, or list of rows for a group

# What a typical woman answers where "nothing to remark" is not enough.
ORDINARY: dict[str, Any] = {
    "phone": "20000000",
    "safe_contact": "yes",
    "email": "kvinde@example.org",
    "ancestry_countries": ["DK"],
    "other_parent_countries": ["DK"],
    "family_and_household": "Bor sammen med min partner.",
    "marital_status": "unmarried",
    "has_partner": "yes",
    "partner_name": "Testperson Mads Demolind",
    "partner_relation": "cohabiting",
    "main_occupation": "employed",
    "education": "vocational",
    "cycle_days": {"low": 28, "high": 28},
    "pregnancy_test": ["home_test"],
    "wants_prenatal_information": "yes",
    "wants_first_trimester_scan": "yes",
    "wants_second_trimester_scan": "yes",
    "wants_risk_assessment": "yes",
    "folic_acid": "standard",
    "supplements": ["vitamin_d"],
    "smokes_now": "never",
    "exercise_days": 3,
    "caffeine_cups": 1,
    "job": "Pædagog",
    "hours_per_week": 34,
    "working_time": "day",
    "what_matters": "At vi tager os god tid, og at jeg kan ringe, hvis jeg er i tvivl.",
    "wanted_birthplace": "Fødestedet Demo Nord",
    "antenatal_classes": "yes",
    "height_cm": 168,
    "weight_before_kg": "64.5",
    "consent_to_send": "yes",
    "information_read": "yes",
}
# What the clinic adds in an ordinary first consultation.
CONSULTATION: dict[str, Any] = {
    "social_vulnerability": "no",
    "dating_certain": "yes",
    "systolic": 118,
    "diastolic": 74,
    "weight_today_kg": "66",
    "urine_protein": "negative",
    "urine_glucose": "negative",
    "urine_leucocytes": "negative",
    "urine_nitrite": "negative",
    "blood_group_sample": "taken",
    "rhd": "awaiting",
    "hepatitis_b": "ordered",
    "hiv": "ordered",
    "syphilis": "ordered",
    "overall_assessment": "Rask, velforberedt, god støtte hjemme.",
    "omsorgsniveau": "1",
    "obstetric_referral": "no",
    "social_referral": "no",
    "resume": "Ukompliceret forløb til nu. Ønsker nakkefoldsskanning og gennemskanning.",
}


def birth(year: int, weeks: int, days: int, weight: int, **more: Any) -> dict[str, Any]:
    """An earlier birth of one child, uncomplicated unless said otherwise."""
    child = {"child_outcome": "live_birth", "child_died_later": "no", "child_sex": "girl", "child_weight": weight}
    return {
        "birth_year": str(year),
        "birth_weeks": weeks,
        "birth_days": days,
        "birth_place": "Fødestedet Demo Nord",
        "birth_pregnancy_course": ["uncomplicated"],
        "birth_course": ["normal"],
        "birth_experience": "good",
        "puerperium_uncomplicated": "yes",
        "postpartum_mental_illness": "no",
        "children": [child],
        **more,
    }


@dataclass(frozen=True)
class Woman:
    """`week` is her gestational age in weeks on the day that the demo is made; `visit` days from that day."""

    key: str
    name: str
    cpr: str
    stage: str  # as svangre.record.stages
    weeks: int
    days: int
    visit: int
    time: str
    hers: Values = field(default_factory=dict)
    clinics: Values = field(default_factory=dict)
    language: str = "da"
    is_protected: bool = False
    doctor: str = "holm"


WOMEN = (
    Woman(
        "ordinary",
        "Testperson Nanna Berggreen",
        "150490-9996",
        "under_way",
        8,
        3,
        0,
        "10.00",
        {
            "given_birth_before": "yes",
            "births": [birth(2019, 39, 2, 4620, birth_course=["acute_caesarean"], birth_experience="bad")],
            "somatic_disease": "yes",
            "endocrine": ["hypothyroidism"],
            "allergy": "yes",
            "allergies": [{"allergen_kind": "medicine", "allergen": "Penicillin", "allergy_reaction": "Udslæt"}],
            "takes_medicine": "yes",
            "medicines": [{"medicine_name": "Levothyroxin", "medicine_dose": "50 mikrogram dagligt"}],
            "mental_illness": "ask_doctor",
            "family_diabetes": "unknown",
            "height_cm": 170,
            "weight_before_kg": "82",
            "cycle_days": {"low": 31, "high": 31},
            "what_matters": "Jeg er bange for at ende i et akut kejsersnit igen.",
        },
    ),
    Woman(
        "pre_eclampsia",
        "Testperson Karla Demolind",
        "140592-9994",
        "ready",
        9,
        1,
        0,
        "10.40",
        {
            "interpreter_needed": "yes",
            "interpreter_language": "pl",
            "ancestry_countries": ["PL"],
            "given_birth_before": "yes",
            "births": [
                birth(2014, 40, 1, 3450),
                birth(
                    2017,
                    33,
                    4,
                    1980,
                    birth_pregnancy_course=["severe_preeclampsia"],
                    birth_course=["acute_caesarean", "preterm_birth"],
                    birth_experience="bad",
                ),
                birth(
                    2020,
                    36,
                    1,
                    2410,
                    children=[
                        {
                            "child_outcome": "live_birth",
                            "child_died_later": "no",
                            "child_sex": "girl",
                            "child_weight": 2410,
                        },
                        {
                            "child_outcome": "live_birth",
                            "child_died_later": "no",
                            "child_sex": "girl",
                            "child_weight": 2280,
                        },
                    ],
                ),
            ],
            "pregnant_before_without_birth": "yes",
            "losses": [{"loss_year": "2013", "loss_kind": "spontaneous", "loss_week": 8}],
            "somatic_disease": "yes",
            "circulation": ["hypertension"],
            "takes_medicine": "yes",
            "medicines": [{"medicine_name": "Labetalol", "medicine_dose": "100 mg to gange dagligt"}],
        },
        language="da",
    ),
    Woman(
        "twins",
        "Testperson Signe Tvillinggaard",
        "230694-9992",
        "sent",
        10,
        2,
        -1,
        "13.20",
        {"multiple_pregnancy": "yes", "number_of_fetuses": 2, "wants_risk_assessment": "no"},
        {
            "omsorgsniveau": "2",
            "obstetric_referral": "yes",
            "obstetric_referral_reason": "Tvillinger, to moderkager ved tidlig skanning.",
            "resume": "Gravid med tvillinger. Henvist til obstetrisk vurdering.",
        },
        doctor="rask",
    ),
    Woman(
        "half_way",
        "Testperson Hodan Prøve-Ali",
        "090997-9998",
        "answering",
        7,
        1,
        0,
        "14.00",
        {"interpreter_needed": "yes", "interpreter_language": "so", "ancestry_countries": ["SO"]},
        doctor="rask",
    ),
    Woman("plain", "Testperson Mie Skovdemo", "170388-9990", "ready", 6, 5, 1, "9.00"),
    Woman("invited", "Testperson Freja Eksempelsen", "051103-9991", "invited", 7, 3, 1, "9.40"),
    Woman(
        "blood_clot",
        "Testperson Olga Musterova",
        "280285-9995",
        "ready",
        8,
        1,
        2,
        "11.20",
        {
            "ancestry_countries": ["UA"],
            "somatic_disease": "yes",
            "circulation": ["blood_clot"],
            "current_symptoms": ["bleeding"],
            "cycle_days": "irregular",
        },
        language="da",
    ),
    Woman("empty", "Testperson Ida Blankfelt", "110199-9993", "ready", 0, 0, 3, "8.20", doctor="rask"),
    Woman(
        "ivf",
        "Testperson Liv Frostby",
        "060386-9997",
        "acknowledged",
        9,
        4,
        -4,
        "9.20",
        {
            "fertility_treatment": "yes",
            "fertility_kind": "ivf",
            "embryo_age_days": 5,
            "long_wish_for_pregnancy": "yes",
            "months_of_trying": 30,
            "last_period": "unknown",
        },
        {"omsorgsniveau": "1", "resume": "Gravid efter IVF, terminen er sat efter oplægning."},
    ),
    Woman(
        "stillbirth",
        "Testperson Sofie Attrup-Test",
        "020491-9992",
        "question",
        9,
        3,
        -5,
        "11.00",
        {
            "given_birth_before": "yes",
            "births": [
                birth(
                    2023,
                    24,
                    2,
                    480,
                    birth_pregnancy_course=["growth_restriction"],
                    birth_course=["preterm_birth"],
                    birth_experience="ask_doctor",
                    children=[{"child_outcome": "stillbirth", "child_sex": "boy", "child_weight": 480}],
                )
            ],
            "what_matters": "Jeg mistede Emil i 2023. Jeg vil gerne vide hurtigt, om alt er, som det skal være.",
        },
        {
            "systolic": 146,
            "diastolic": 92,
            "omsorgsniveau": "2",
            "obstetric_referral": "yes",
            "obstetric_referral_reason": "Dødfødsel i uge 24+2 i 2023. Blodtryk 146/92.",
            "resume": "Tidligere dødfødsel. Har brug for tidlig plan.",
        },
    ),
    Woman(
        "amended",
        "Testperson Lærke Modelby",
        "300695-9994",
        "amended",
        12,
        6,
        -6,
        "10.20",
        {"smokes_now": "stopped_when_pregnant", "smoking_stopped_on": "2026-10", "smoked_before": "yes"},
        {"omsorgsniveau": "2", "resume": "Røgfri siden hun blev gravid. Ønsker støtte til at blive ved."},
        doctor="rask",
    ),
    Woman(
        "bariatric",
        "Testperson Trine Bypassdahl",
        "121289-9993",
        "signed",
        8,
        0,
        -2,
        "13.00",
        {
            "relevant_surgery": "yes",
            "height_cm": 166,
            "weight_before_kg": "98.5",
            "operations": [
                {"operation_area": "bariatric", "bariatric_surgery": "gastric_bypass", "operation_year": "2018"}
            ],
        },
        {"omsorgsniveau": "2", "resume": "Gastrisk bypass 2018. Sukkerbelastning erstattes af anden undersøgelse."},
    ),
    Woman(
        "protected",
        "Testperson Vera Skjultved",
        "190793-9991",
        "sent",
        11,
        0,
        -7,
        "14.20",
        {
            "safe_contact": "only_like_this",
            "safe_contact_how": "Ingen sms. Ring kun på hverdage 9–12.",
            "has_partner": "no",
        },
        {"omsorgsniveau": "3", "resume": "Se aftale om kontakt."},
        is_protected=True,
    ),
    Woman(
        "eight_births",
        "Testperson Rakel Mangebørn",
        "251084-9990",
        "signed",
        10,
        0,
        -3,
        "9.00",
        {
            "given_birth_before": "yes",
            "births": [birth(year, 39, year % 7, 3300 + 60 * (year - 2005)) for year in range(2005, 2021, 2)],
            "mental_illness": "yes",
            "mental_illness_kinds": ["postpartum"],
            "mental_illness_treated": "yes",
            "mental_illness_details": "Svær tid efter den tredje fødsel.",
        },
        {"omsorgsniveau": "2", "resume": "Ottendegangsfødende, tidligere fødselsdepression.", "mental_illness": "yes"},
    ),
)
