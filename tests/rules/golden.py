"""What the rules say, word for word, so that no threshold, code, source or sentence changes unnoticed.

`python -m tests.rules.golden` writes the files anew after a change that was meant; the diff is the clinical review.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from svangre.record.assess_input import assess_json
from svangre.rules.rulebook import rulebook_html, rulebook_json
from tests.rules.situations import at

FOLDER = Path(__file__).parent / "golden"
DAY = date(2026, 11, 24)

NOTHING: dict[str, Any] = {"STA-11": "2026-11-24"}
HEALTHY: dict[str, Any] = {
    "STA-11": "2026-11-24", "birth_date": "1996-05-17", "SPR-03": ["DK"], "SOC-13": "no", "SOC-14": "no",
    "SOC-16": ["none"], "TFO-00": "no", "ABO-00": "no", "TER-01": "2026-09-26", "TER-02": 28, "TER-03": "no",
    "TER-11": "no", "TER-12": ["none"], "FER-01": "no", "FER-04": "no", "FOS-00": "yes", "FOS-01": "yes",
    "FOS-02": "yes", "FOS-03": "yes", "ARV-03": "no", "ARV-05": "no", "ARV-06": ["none"], "ARV-08": "no",
    "ARV-09": "no", "ARV-10": "no", "SYG-00": "no", "PSY-01": "no", "low_mood": "no", "little_interest": "no",
    "other_diseases": "no",
    "OPE-00": "no", "OPE-08": "no", "takes_medicine": "no", "recently_stopped_medicine": "no", "MED-03": "standard",
    "MED-04": ["vitamin_d", "iron"], "ALL-01": "no", "VAC-01": "vaccinated", "VAC-02": "yes", "KOS-01": ["none"],
    "TOB-02": "never", "NIK-01": ["none"], "ALK-01": "no", "ALK-02": "no", "ALK-03": "no", "RUS-01": "no",
    "VOL-01": "yes", "VOL-02": "no", "VOL-03": "no", "VOL-04": "no", "birth_fear": "no", "UND-01": 168,
    "UND-02": "63.5", "UND-05": "118/74", "urine_glucose": "negative", "urine_leucocytes": "negative",
    "urine_nitrite": "negative", "UND-08": "taken", "UND-09": "positive", "UND-10": "negative",
    "hepatitis_b": "negative", "hiv": "negative", "syphilis": "negative",
}  # fmt: skip
RICH: dict[str, Any] = {
    "STA-11": "2026-11-24",
    "birth_date": "1985-01-02",
    "SPR-03": ["DK", "TR"],
    "SOC-13": "yes",
    "SOC-14": "yes",
    "SOC-16": ["finances", "network"],
    "TER-01": "2026-09-10",
    "TER-02": {"low": 27, "high": 33},
    "TER-03": "yes",
    "births": [
        {
            "TFO-01": 2015,
            "TFO-02": "33+2",
            "TFO-04": ["severe_preeclampsia", "gestational_diabetes", "malformation"],
            "TFO-06": ["acute_caesarean", "haemorrhage"],
            "TFO-08": "traumatic",
            "TFO-10": "yes",
            "children": [
                {"TFO-11": "live_birth", "TFO-14": 2100},
                {"TFO-11": "stillbirth", "TFO-14": 1900},
            ],
        },
        {"TFO-01": 2019, "TFO-02": "39+2", "TFO-11": "live_birth", "TFO-14": 4620, "TFO-08": "good"},
    ],
    "losses": [{"ABO-02": "spontaneous", "ABO-03": 17}, {"ABO-02": "induced", "ABO-03": 8}],
    "TER-11": "yes",
    "TER-12": ["bleeding", "vomiting_keeps_nothing_down"],
    "FER-01": "yes",
    "FER-02": "egg_donation",
    "FER-03": {"date": "2026-09-29", "embryo_age_days": 5},
    "TER-06": "2027-06-19",
    "FER-04": "yes",
    "FOS-00": "unknown",
    "ARV-03": "treated",
    "ARV-05": "yes",
    "ARV-06": ["mother", "father"],
    "ARV-08": "yes",
    "ARV-09": "yes",
    "ARV-10": "yes",
    "SYG-00": "yes",
    "SYG-01": ["hypertension", "blood_clot"],
    "SYG-03": ["hypothyroidism", "pcos"],
    "SYG-04": ["kidney_disease", "recurrent_uti"],
    "SYG-05": ["epilepsy"],
    "SYG-06": ["crohns_disease"],
    "SYG-07": ["lupus"],
    "SYG-08": ["antiphospholipid_syndrome", "bleeding_disorder"],
    "SYG-09": ["gbs", "hepatitis"],
    "mental_illness_kinds": ["bipolar"],
    "mental_illness_treatment": ["medicine"],
    "low_mood": "yes",
    "thoughts_of_self_harm": "yes",
    "operations": [{"cone_biopsy": "yes"}, {"uterine_surgery": "fibroid"}],
    "OPE-08": "yes",
    "medicines": [{"medicine_name": "Lithium"}],
    "stopped_medicine_details": "Enalapril",
    "MED-03": "no",
    "MED-04": ["none"],
    "ALL-01": "yes",
    "VAC-01": "not_vaccinated",
    "VAC-02": "no",
    "KOS-01": ["vegan"],
    "TOB-02": "yes",
    "NIK-01": ["e_cigarette"],
    "nicotine_in_pregnancy": "yes",
    "tweak_tolerance": 4,
    "tweak_worried": "no",
    "ALK-02": "yes",
    "ALK-03": "yes",
    "VOL-01": "no",
    "VOL-03": "yes",
    "birth_fear": "much",
    "substances": [{"substance_kind": "opioids", "substance_in_pregnancy": "yes"}],
    "UND-01": 165,
    "UND-02": "109.5",
    "UND-05": "146/92",
    "urine_glucose": "plus_1",
    "urine_leucocytes": "plus_2",
    "gbs_in_urine": "yes",
    "UND-08": "no",
    "UND-09": "negative",
    "UND-10": "positive",
    "hiv": "positive",
    "haemoglobin_screening_result": "abnormal",
}
DIABETES: dict[str, Any] = {**HEALTHY, "SYG-00": "yes", "SYG-03": ["diabetes_type_1"], "UND-16": "61"}
BYPASS: dict[str, Any] = {**HEALTHY, "OPE-00": "yes", "OPE-04": "gastric_bypass", "ARV-08": "yes", "TER-11": "yes"}
RESULTS: dict[str, Any] = {
    **HEALTHY, "ARV-08": "yes", "urine_culture_cfu": 100_000, "SPR-03": ["IT"],
    "tests": [{"test_kind": "ogtt", "test_value": "9.4", "test_on": "2026-11-20"}],
}  # fmt: skip
SITUATIONS: dict[str, dict[str, Any]] = {
    "nothing": NOTHING,
    "healthy": HEALTHY,
    "rich": RICH,
    "rich_early": {**RICH, "STA-11": "2026-11-01", "TER-06": None, "FER-03": None},
    "rich_without_dates": {
        key: value for key, value in RICH.items() if key not in ("TER-01", "TER-06", "FER-03", "births")
    },
    "rich_late": {**RICH, "STA-11": "2027-04-20", "UND-09": "awaiting"},
    "diabetes": DIABETES,
    "bypass": BYPASS,
    "results": RESULTS,
    "declines": {key: "declines" for key in HEALTHY if key not in ("STA-11", "birth_date", "UND-05", "TER-01")},
    "third_trimester": {**HEALTHY, **at(32, 0)},
    "bleeding_week_7": {**HEALTHY, **at(7, 3), "UND-09": "negative", "TER-12": ["bleeding"]},
    "bleeding_late": {**HEALTHY, **at(22, 0), "UND-09": "negative", "TER-12": ["bleeding"]},
    # What stands in none of the others, so that every proposal is heard once.
    "young": {
        **{key: value for key, value in HEALTHY.items() if key != "UND-09"},
        "birth_date": "2008-01-05",
        "UND-02": "70.6",
        "UND-08": "no",
        "UND-16": "48",
    },
    "drinks_little": {
        **HEALTHY,
        **at(14, 0),
        "STA-11": "2026-11-24",
        "TER-06": "2027-05-25",
        "ALK-01": "yes",
        "tweak_tolerance": 2,
        "tweak_worried": "no",
        "tweak_eye_opener": "no",
        "tweak_amnesia": "no",
        "tweak_cut_down": "no",
    },
    "refused": {**HEALTHY, "TER-01": "2026-11-25"},
    "beyond_term": {**HEALTHY, **at(42, 1)},
}


def said_in(situation: str) -> Any:
    return assess_json(SITUATIONS[situation], DAY)


def said_in_situations() -> str:
    return json.dumps({name: said_in(name) for name in SITUATIONS}, ensure_ascii=False, indent=1) + "\n"


def book_as_json() -> str:
    return json.dumps(rulebook_json(), ensure_ascii=False, indent=1) + "\n"


BOOKS = {"rulebook.json": book_as_json, "rulebook.html": lambda: rulebook_html() + "\n"}
FILES = {**BOOKS, "situations.json": said_in_situations}

if __name__ == "__main__":
    for name, write in FILES.items():
        (FOLDER / name).write_text(write(), encoding="utf-8")
