"""Codes and English words for readers abroad, in one place: LOINC, SNOMED CT International Edition.

The words are ours; a `display` is sent with LOINC and SNOMED CT codes where it was found in public FHIR guides (IPS,
WHO smart-anc, IHE mAPS, Nictiz): the source of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from svangre.fhir import systems


@dataclass(frozen=True)
class Term:
    """English words, and the SNOMED CT code with its display when one is known for sure."""

    words: str
    code: str | None = None
    display: str | None = None


LOINC: dict[str, str] = {
    "60591-5": "Patient summary Document",
    "11450-4": "Problem list - Reported",
    "48765-2": "Allergies and adverse reactions Document",
    "10160-0": "History of Medication use Narrative",
    "10162-6": "History of pregnancies Narrative",
    "29762-2": "Social history note",
    "82810-3": "Pregnancy status",
    "11778-8": "Delivery date Estimated",
    "11779-6": "Delivery date Estimated from last menstrual period",
    "11780-4": "Delivery date Estimated from ovulation date",
    "49052-4": "Gestational age in days",
    "11640-0": "[#] Births total",
    "11636-8": "[#] Births.live",
    "11614-5": "[#] Abortions.spontaneous",
    "11613-7": "[#] Abortions.induced",
    "72166-2": "Tobacco smoking status",
}

PREGNANT = Term("Pregnant", "77386006", "Pregnant")

PROBLEMS: dict[tuple[str, str], Term] = {
    ("circulation", "hypertension"): Term(
        "High blood pressure", "38341003", "Hypertensive disorder, systemic arterial (disorder)"
    ),
    ("circulation", "heart_disease"): Term("Heart disease", "56265001", "Heart disease"),
    ("circulation", "blood_clot"): Term("Blood clot (thrombosis)", "439127006", "Thrombosis (disorder)"),
    ("circulation", "stroke"): Term("Cerebral haemorrhage", "274100004", "Cerebral hemorrhage"),
    ("circulation", "other"): Term("Other disease of heart or vessels"),
    ("airways", "lung_disease"): Term("Asthma or other lung disease", "19829001"),
    ("airways", "severe_asthma"): Term("Severe asthma", "370221004"),
    ("endocrine", "hypothyroidism"): Term("Hypothyroidism", "40930008", "Hypothyroidism (disorder)"),
    ("endocrine", "hyperthyroidism"): Term("Hyperthyroidism"),
    ("endocrine", "thyroid_disease"): Term("Thyroid disease in the mother", "59136001"),
    ("endocrine", "diabetes_type_1"): Term("Type 1 diabetes", "46635009", "Diabetes mellitus type 1 (disorder)"),
    ("endocrine", "diabetes_type_2"): Term("Type 2 diabetes", "44054006", "Diabetes mellitus type 2 (disorder)"),
    ("endocrine", "pcos"): Term("Polycystic ovary syndrome", "237055002", "Polycystic ovary syndrome (disorder)"),
    ("endocrine", "other"): Term("Other endocrine disease"),
    ("urogenital", "kidney_disease"): Term("Kidney disease", "90708001", "Kidney disease (disorder)"),
    ("urogenital", "recurrent_uti"): Term("Recurrent urinary tract infections"),
    ("urogenital", "endometriosis"): Term("Endometriosis", "129103003", "Endometriosis (disorder)"),
    ("urogenital", "uterine_malformation_or_fibroids"): Term("Uterine malformation or fibroids"),
    ("neurology", "epilepsy"): Term("Epilepsy", "84757009", "Epilepsy (disorder)"),
    ("neurology", "migraine"): Term("Migraine", "37796009", "Migraine"),
    ("neurology", "multiple_sclerosis"): Term("Multiple sclerosis", "24700007", "Multiple sclerosis"),
    ("gastrointestinal", "ulcerative_colitis"): Term("Ulcerative colitis", "64766004", "Ulcerative colitis"),
    ("gastrointestinal", "crohns_disease"): Term("Crohn's disease"),
    ("gastrointestinal", "other_bowel_disease"): Term("Other bowel disease"),
    ("gastrointestinal", "liver_disease"): Term("Liver disease", "235856003", "Disease of liver"),
    ("rheumatic", "rheumatoid_arthritis"): Term("Rheumatoid arthritis", "69896004", "Rheumatoid arthritis"),
    ("rheumatic", "lupus"): Term("Systemic lupus erythematosus", "55464009", "Systemic lupus erythematosus (disorder)"),
    ("rheumatic", "scleroderma"): Term("Systemic sclerosis", "89155008", "Systemic sclerosis"),
    ("rheumatic", "back_problem"): Term("Back problem"),
    ("rheumatic", "pelvic_problem"): Term("Pelvic problem"),
    ("blood_immune", "anaemia"): Term("Anaemia"),
    ("blood_immune", "bleeding_disorder"): Term(
        "Bleeding disorder", "64779008", "Blood coagulation disorder (disorder)"
    ),
    ("blood_immune", "thrombophilia"): Term("Thrombophilia", "234467004"),
    ("blood_immune", "antiphospholipid_syndrome"): Term("Antiphospholipid syndrome"),
    ("infections", "genital_herpes"): Term("Genital herpes", "33839006", "Genital herpes simplex (disorder)"),
    ("infections", "hepatitis"): Term("Hepatitis", "128241005", "Inflammatory disease of liver"),
    ("infections", "hiv"): Term("HIV", "86406008", "Human immunodeficiency virus infection"),
    ("infections", "gbs"): Term("Group B streptococcus", "426933007", "Streptococcus agalactiae infection"),
    ("infections", "mrsa"): Term("MRSA"),
    ("infections", "q_fever"): Term("Q fever", "186788009", "Q fever (disorder)"),
    ("cancer", "yes"): Term("Cancer, earlier or present", "363346000", "Malignant neoplastic disease (disorder)"),
    ("mental_illness_kinds", "depression"): Term("Depression"),
    ("mental_illness_kinds", "anxiety"): Term("Anxiety"),
    ("mental_illness_kinds", "eating_disorder"): Term("Eating disorder"),
    ("mental_illness_kinds", "bipolar"): Term("Bipolar disorder"),
    ("mental_illness_kinds", "psychosis"): Term("Psychosis or schizophrenia"),
    ("mental_illness_kinds", "adhd"): Term("ADHD"),
    ("mental_illness_kinds", "postpartum"): Term("Depression or psychosis after a birth"),
    ("mental_illness_kinds", "other"): Term("Other mental health condition"),
}

# Value set current-smoking-status of IPS 2.0.1.
SMOKING: dict[str, Term] = {
    "never": Term("Never smoked", "266919005", "Never smoked tobacco (finding)"),
    "stopped_before": Term("Stopped before this pregnancy", "8517006", "Ex-smoker (finding)"),
    "stopped_when_pregnant": Term("Stopped in the first trimester", "8517006", "Ex-smoker (finding)"),
    "stopped_later": Term("Stopped later in this pregnancy", "8517006", "Ex-smoker (finding)"),
    "yes": Term("Smokes", "77176002", "Smoker (finding)"),
}

FOLIC_ACID = {
    "standard": "Folic acid, 400 micrograms daily",
    "high": "Folic acid, more than 400 micrograms daily",
    "unknown_dose": "Folic acid, dose not known",
}
ALLERGEN_KINDS = {
    "medicine": "medication",
    "food": "food",
    "latex": "environment",
    "pollen_animals": "environment",
}  # fmt: skip  (AllergyIntolerance.category)
METHODS = {
    "scan": ("11778-8", "ultrasound"),
    "ivf": ("11780-4", "embryo transfer"),
    "insemination": ("11780-4", "insemination"),
    "lmp": ("11779-6", "last menstrual period"),
    "lmp_uncertain": ("11779-6", "last menstrual period, uncertain"),
}


def loinc(code: str) -> dict[str, Any]:
    return {"coding": [{"system": systems.LOINC, "code": code, "display": LOINC[code]}]}


def concept(term: Term) -> dict[str, Any]:
    """The words, with the code where there is one."""
    if not term.code:
        return {"text": term.words}
    coding = {"system": systems.SNOMED, "code": term.code}
    return {"coding": [coding | ({"display": term.display} if term.display else {})], "text": term.words}
