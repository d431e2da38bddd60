"""English for readers abroad: only what the emergency sheet, the page of a foreign doctor and the IPS show.

The words are ours. What somebody wrote herself (names, medicines, remarks) is passed on as it was written. Her own form
in English is another thing, with her words instead of a doctor's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date

from svangre import catalogue as kinds
from svangre.catalogue import Answer, Item, inside
from svangre.record import words
from svangre.record.chart import Chart, Row

STATES: Mapping[str, str] = {
    "not_answered": "Not answered",
    "unknown": "She does not know",
    "declines": "She does not wish to answer",
    "ask_doctor": "She would rather tell a doctor in person",
    "not_asked": "Not asked",
}
NOTHING = "Nothing recorded"
YES_NO = {"yes": "Yes", "no": "No"}

LABELS: Mapping[str, str] = {
    "somatic_disease": "Physical illness",
    "circulation": "Heart and circulation",
    "airways": "Lungs and airways",
    "endocrine": "Hormones and metabolism",
    "urogenital": "Kidneys, urinary tract and pelvis",
    "neurology": "Nervous system",
    "gastrointestinal": "Bowel and liver",
    "rheumatic": "Joints, muscles and connective tissue",
    "blood_immune": "Blood and immune system",
    "infections": "Infections",
    "cancer": "Cancer",
    "cancer_details": "Cancer: which and when",
    "other_diseases": "Other illness or earlier admission",
    "diagnoses": "Other illness or earlier admission",
    "mental_illness": "Mental illness",
    "mental_illness_kinds": "Mental illness: kind",
    "mental_illness_treated": "Treated for mental illness",
    "mental_illness_treatment": "Treatment of mental illness",
    "mental_illness_details": "Mental illness: details",
    "low_mood": "Low mood in the last month",
    "little_interest": "Little interest in the last month",
    "relevant_surgery": "Earlier surgery",
    "operations": "Surgery",
    "cone_biopsy": "Cone biopsy of the cervix",
    "anaesthesia_problems": "Problems with anaesthesia",
    "anaesthesia_details": "Problems with anaesthesia: details",
    "thoughts_of_self_harm": "Thoughts of self-harm",
}

OPTIONS: Mapping[tuple[str, str], str] = {
    ("rhd", "positive"): "Positive",
    ("rhd", "negative"): "Negative",
    ("rhd", "awaiting"): "Result awaited",
    ("antibody_screen", "negative"): "Negative",
    ("antibody_screen", "positive"): "Positive",
    ("antibody_screen", "awaiting"): "Result awaited",
    ("allergen_kind", "medicine"): "Medicine",
    ("allergen_kind", "latex"): "Latex",
    ("allergen_kind", "food"): "Food",
    ("allergen_kind", "pollen_animals"): "Pollen, dust or animals",
    ("allergen_kind", "other"): "Other",
    ("medicine_kind", "prescription"): "on prescription",
    ("medicine_kind", "over_the_counter"): "over the counter",
    ("medicine_kind", "natural"): "herbal medicine",
    ("circulation", "hypertension"): "High blood pressure",
    ("circulation", "heart_disease"): "Heart disease",
    ("circulation", "blood_clot"): "Blood clot (thrombosis)",
    ("circulation", "stroke"): "Cerebral haemorrhage",
    ("circulation", "other"): "Other disease of heart or vessels",
    ("airways", "lung_disease"): "Asthma or other lung disease",
    ("airways", "severe_asthma"): "Severe asthma",
    ("endocrine", "hypothyroidism"): "Hypothyroidism",
    ("endocrine", "hyperthyroidism"): "Hyperthyroidism",
    ("endocrine", "thyroid_disease"): "Thyroid disease in the mother",
    ("endocrine", "diabetes_type_1"): "Type 1 diabetes",
    ("endocrine", "diabetes_type_2"): "Type 2 diabetes",
    ("endocrine", "pcos"): "Polycystic ovary syndrome",
    ("endocrine", "other"): "Other endocrine disease",
    ("urogenital", "kidney_disease"): "Kidney disease",
    ("urogenital", "recurrent_uti"): "Recurrent urinary tract infections",
    ("urogenital", "endometriosis"): "Endometriosis",
    ("urogenital", "uterine_malformation_or_fibroids"): "Uterine malformation or fibroids",
    ("neurology", "epilepsy"): "Epilepsy",
    ("neurology", "migraine"): "Migraine",
    ("neurology", "multiple_sclerosis"): "Multiple sclerosis",
    ("gastrointestinal", "ulcerative_colitis"): "Ulcerative colitis",
    ("gastrointestinal", "crohns_disease"): "Crohn's disease",
    ("gastrointestinal", "other_bowel_disease"): "Other bowel disease",
    ("gastrointestinal", "liver_disease"): "Liver disease",
    ("rheumatic", "rheumatoid_arthritis"): "Rheumatoid arthritis",
    ("rheumatic", "lupus"): "Systemic lupus erythematosus",
    ("rheumatic", "scleroderma"): "Systemic sclerosis",
    ("rheumatic", "back_problem"): "Back problem",
    ("rheumatic", "pelvic_problem"): "Pelvic problem",
    ("blood_immune", "anaemia"): "Anaemia",
    ("blood_immune", "bleeding_disorder"): "Bleeding disorder",
    ("blood_immune", "thrombophilia"): "Thrombophilia",
    ("blood_immune", "antiphospholipid_syndrome"): "Antiphospholipid syndrome",
    ("infections", "genital_herpes"): "Genital herpes",
    ("infections", "hepatitis"): "Hepatitis",
    ("infections", "hiv"): "HIV",
    ("infections", "gbs"): "Group B streptococcus",
    ("infections", "mrsa"): "MRSA",
    ("infections", "q_fever"): "Q fever",
    ("cancer", "yes"): "Cancer, earlier or present",
    ("mental_illness_kinds", "depression"): "Depression",
    ("mental_illness_kinds", "anxiety"): "Anxiety",
    ("mental_illness_kinds", "eating_disorder"): "Eating disorder",
    ("mental_illness_kinds", "bipolar"): "Bipolar disorder",
    ("mental_illness_kinds", "psychosis"): "Psychosis or schizophrenia",
    ("mental_illness_kinds", "adhd"): "ADHD",
    ("mental_illness_kinds", "postpartum"): "Depression or psychosis after a birth",
    ("mental_illness_kinds", "other"): "Other mental health condition",
    ("mental_illness_treatment", "conversations"): "Talking therapy",
    ("mental_illness_treatment", "medicine"): "Medicine",
    ("mental_illness_treatment", "admission"): "Admission",
    ("mental_illness_treatment", "other"): "Other",
    ("operation_area", "cervix"): "Cervix",
    ("operation_area", "uterus"): "Uterus",
    ("operation_area", "endometriosis"): "Endometriosis",
    ("operation_area", "bariatric"): "Weight-loss surgery",
    ("operation_area", "breast"): "Breast",
    ("operation_area", "back"): "Back",
    ("operation_area", "other_abdominal"): "Other abdominal or pelvic surgery",
    ("uterine_surgery", "cervical_fibroid"): "Fibroid of the cervix removed",
    ("uterine_surgery", "fibroid"): "Fibroid of the uterus",
    ("uterine_surgery", "septum"): "Septum of the uterus",
    ("uterine_surgery", "caesarean_scar"): "Caesarean scar",
    ("uterine_surgery", "other"): "Other surgery of the uterus",
    ("endometriosis_surgery", "keyhole"): "Endometriosis surgery, keyhole",
    ("endometriosis_surgery", "open"): "Endometriosis surgery, open",
    ("bariatric_surgery", "stomach_bypass"): "Bypass of the stomach",
    ("bariatric_surgery", "gastric_bypass"): "Gastric bypass",
    ("bariatric_surgery", "sleeve"): "Gastric sleeve",
    ("bariatric_surgery", "other"): "Other type",
    ("breast_surgery", "implant"): "Breast implant",
    ("breast_surgery", "reduction"): "Breast reduction",
    ("breast_surgery", "other"): "Other breast surgery",
    ("back_surgery", "disc"): "Back surgery: slipped disc",
    ("back_surgery", "other"): "Other back surgery",
    ("other_abdominal_surgery", "appendix"): "Appendix removed",
    ("other_abdominal_surgery", "anal_fistula"): "Anal fistula",
    ("other_abdominal_surgery", "other"): "Other abdominal or pelvic surgery",
    ("birth_course", "normal"): "Normal birth",
    ("birth_course", "planned_caesarean"): "Planned caesarean section",
    ("birth_course", "acute_caesarean"): "Emergency caesarean section",
    ("birth_course", "preterm_birth"): "Preterm birth",
    ("birth_course", "vacuum_or_forceps"): "Vacuum or forceps",
    ("birth_course", "shoulder_dystocia"): "Shoulder dystocia",
    ("birth_course", "tear"): "Perineal tear",
    ("birth_course", "sphincter_tear"): "Anal sphincter injury, grade 3–4",
    ("birth_course", "severe_tear"): "Severe tear into the rectovaginal septum",
    ("birth_course", "haemorrhage"): "Haemorrhage > 1000 ml",
    ("birth_course", "manual_removal_of_placenta"): "Manual removal of placenta",
    ("birth_course", "complication"): "Complication during the birth",
    ("birth_pregnancy_course", "uncomplicated"): "Uncomplicated pregnancy",
    ("birth_pregnancy_course", "severe_preeclampsia"): "Severe pre-eclampsia",
    ("birth_pregnancy_course", "gestational_diabetes"): "Gestational diabetes",
    ("birth_pregnancy_course", "growth_restriction"): "Fetal growth restriction",
    ("birth_pregnancy_course", "cervical_insufficiency"): "Cervical insufficiency",
    ("birth_pregnancy_course", "malformation"): "Malformation of the child",
    ("birth_pregnancy_course", "placental_abruption"): "Placental abruption",
    ("birth_pregnancy_course", "high_risk"): "High-risk pregnancy",
    ("birth_pregnancy_course", "perinatal_death"): "Perinatal or neonatal death",
    ("birth_pregnancy_course", "other"): "Other complication in pregnancy",
}

METHODS: Mapping[str, str] = {
    "scan": "ultrasound",
    "ivf": "embryo transfer",
    "insemination": "insemination",
    "lmp": "last menstrual period",
    "lmp_uncertain": "last menstrual period, uncertain",
    "chosen": "chosen by the doctor",
}


def date_text(day: date) -> str:
    """3 July 2027"""
    return format_date(day, "d MMMM y", locale="en")


def value_text(item: Item, answer: Answer) -> str:
    """An answer in English; what is free text, a number or a name as it stands in the record."""
    if answer.state != "value":
        return STATES[answer.state]
    match item.kind:
        case kinds.YesNo():
            return YES_NO[answer.value]
        case kinds.One() | kinds.Many():
            keys = [answer.value] if isinstance(answer.value, str) else answer.value
            return ", ".join(_option(item, key) for key in keys)
        case kinds.PartialDate() | kinds.Date():
            return _partial(answer.value)
        case _:
            return words.value_text(item, answer)


def _option(item: Item, key: str) -> str:
    """Danish where we have no English: never another meaning."""
    return OPTIONS.get((item.id, key)) or words.option_text(item, key)


def _partial(value: Any) -> str:
    match str(value).split("-"):
        case [year]:
            return year
        case [year, month]:
            return format_date(date(int(year), int(month), 1), "MMMM y", locale="en")
        case _:
            return date_text(date.fromisoformat(value))


def label_text(item: Item) -> str:
    return LABELS.get(item.id, item.clinic)


def row_text(chart: Chart, row: Row) -> str:
    """One row of a group in one line, as `words.row_text`; rows within it are left out."""
    return ", ".join(_row_parts(chart, row))


def _row_parts(chart: Chart, row: Row) -> Iterator[str]:
    for item in inside(chart.catalogue.group(row.group)):
        given = chart.counting(item.id, row.id)
        if item.status != "active" or given is None or given.answer.state == "not_answered":
            continue
        text = value_text(item, given.answer)
        needs_label = isinstance(item.kind, kinds.YesNo) or given.answer.state != "value"
        yield f"{label_text(item)}: {text}" if needs_label else text


def cave_text(chart: Chart, row: Row) -> str:
    """As `words.cave_text`: "Penicillin (rash)", with the words that were written."""
    return (
        words.cave_text(chart, row)
        if chart.value("allergen", row.id)
        else ", ".join(
            value_text(chart.catalogue[item_id], given.answer)
            for item_id in ("allergen_kind", "allergy_reaction")
            if (given := chart.counting(item_id, row.id)) and given.answer.state == "value"
        )
    )


def language_text(code: str) -> str:
    """Arabic"""
    return str(Locale("en").languages.get(code, code))
