"""Codes and English words for readers abroad, in one place: LOINC, SNOMED CT International Edition.

The words are ours; a `display` is sent with LOINC and SNOMED CT codes where it was found in public FHIR guides (IPS,
WHO smart-anc, IHE mAPS, Nictiz): the source of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from svangre.fhir import systems
from svangre.record.english import METHODS as METHOD_WORDS
from svangre.record.english import OPTIONS


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

# Codes of the problems whose English words stand in `svangre.record.english`; None: no code is known for sure.
CODES: dict[tuple[str, str], tuple[str, str | None] | None] = {
    ("circulation", "hypertension"): ("38341003", "Hypertensive disorder, systemic arterial (disorder)"),
    ("circulation", "heart_disease"): ("56265001", "Heart disease"),
    ("circulation", "blood_clot"): ("439127006", "Thrombosis (disorder)"),
    ("circulation", "stroke"): ("274100004", "Cerebral hemorrhage"),
    ("circulation", "other"): None,
    ("airways", "lung_disease"): ("19829001", None),
    ("airways", "severe_asthma"): ("370221004", None),
    ("endocrine", "hypothyroidism"): ("40930008", "Hypothyroidism (disorder)"),
    ("endocrine", "hyperthyroidism"): None,
    ("endocrine", "thyroid_disease"): ("59136001", None),
    ("endocrine", "diabetes_type_1"): ("46635009", "Diabetes mellitus type 1 (disorder)"),
    ("endocrine", "diabetes_type_2"): ("44054006", "Diabetes mellitus type 2 (disorder)"),
    ("endocrine", "pcos"): ("237055002", "Polycystic ovary syndrome (disorder)"),
    ("endocrine", "other"): None,
    ("urogenital", "kidney_disease"): ("90708001", "Kidney disease (disorder)"),
    ("urogenital", "recurrent_uti"): None,
    ("urogenital", "endometriosis"): ("129103003", "Endometriosis (disorder)"),
    ("urogenital", "uterine_malformation_or_fibroids"): None,
    ("neurology", "epilepsy"): ("84757009", "Epilepsy (disorder)"),
    ("neurology", "migraine"): ("37796009", "Migraine"),
    ("neurology", "multiple_sclerosis"): ("24700007", "Multiple sclerosis"),
    ("gastrointestinal", "ulcerative_colitis"): ("64766004", "Ulcerative colitis"),
    ("gastrointestinal", "crohns_disease"): None,
    ("gastrointestinal", "other_bowel_disease"): None,
    ("gastrointestinal", "liver_disease"): ("235856003", "Disease of liver"),
    ("rheumatic", "rheumatoid_arthritis"): ("69896004", "Rheumatoid arthritis"),
    ("rheumatic", "lupus"): ("55464009", "Systemic lupus erythematosus (disorder)"),
    ("rheumatic", "scleroderma"): ("89155008", "Systemic sclerosis"),
    ("rheumatic", "back_problem"): None,
    ("rheumatic", "pelvic_problem"): None,
    ("blood_immune", "anaemia"): None,
    ("blood_immune", "bleeding_disorder"): ("64779008", "Blood coagulation disorder (disorder)"),
    ("blood_immune", "thrombophilia"): ("234467004", None),
    ("blood_immune", "antiphospholipid_syndrome"): None,
    ("infections", "genital_herpes"): ("33839006", "Genital herpes simplex (disorder)"),
    ("infections", "hepatitis"): ("128241005", "Inflammatory disease of liver"),
    ("infections", "hiv"): ("86406008", "Human immunodeficiency virus infection"),
    ("infections", "gbs"): ("426933007", "Streptococcus agalactiae infection"),
    ("infections", "mrsa"): None,
    ("infections", "q_fever"): ("186788009", "Q fever (disorder)"),
    ("cancer", "yes"): ("363346000", "Malignant neoplastic disease (disorder)"),
    ("mental_illness_kinds", "depression"): None,
    ("mental_illness_kinds", "anxiety"): None,
    ("mental_illness_kinds", "eating_disorder"): None,
    ("mental_illness_kinds", "bipolar"): None,
    ("mental_illness_kinds", "psychosis"): None,
    ("mental_illness_kinds", "adhd"): None,
    ("mental_illness_kinds", "postpartum"): None,
    ("mental_illness_kinds", "other"): None,
}
PROBLEMS = {key: Term(OPTIONS[key], *(code or ())) for key, code in CODES.items()}

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
# due date method → LOINC, words
METHODS = {
    method: (code, METHOD_WORDS[method])
    for method, code in (
        ("scan", "11778-8"),
        ("ivf", "11780-4"),
        ("insemination", "11780-4"),
        ("lmp", "11779-6"),
        ("lmp_uncertain", "11779-6"),
    )
}


def loinc(code: str) -> dict[str, Any]:
    return {"coding": [{"system": systems.LOINC, "code": code, "display": LOINC[code]}]}


def concept(term: Term) -> dict[str, Any]:
    """The words, with the code where there is one."""
    if not term.code:
        return {"text": term.words}
    coding = {"system": systems.SNOMED, "code": term.code}
    return {"coding": [coding | ({"display": term.display} if term.display else {})], "text": term.words}
