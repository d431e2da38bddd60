"""R11 haemoglobinopathy, R12 TSH, R13 alcohol, R14 tobacco, R15 blood clots: both sides of every threshold."""

from __future__ import annotations

from typing import Any

import pytest

from svangre.rules.haemoglobinopathy import EUROPEAN_MEDITERRANEAN, NORTHERN_EUROPE
from tests.rules.situations import age, assessed, finding, keys, missing

# R11. Source: HB, HB2.


@pytest.mark.parametrize(
    ("countries", "fires", "mcv"),
    [
        (["DK"], False, False),
        (["DK", "SE", "NO"], False, False),
        (["TR"], True, False),
        (["DK", "PK"], True, False),
        (["IT"], True, True),
        (["DK", "GR"], True, True),
        (["IT", "TH"], True, False),
        (["DE"], True, False),  # not on the short list: offered, the GP may decline
    ],
)
def test_origin_outside_northern_europe(countries: list[str], fires: bool, mcv: bool) -> None:
    assert ("R11.offer" in keys(**{"SPR-03": countries})) == fires
    if fires:
        found = finding("R11.offer", **{"SPR-03": countries})
        assert ("MCV først; over 78 fL taler imod" in found["because"]) == mcv
        assert found["strength"] == "partly"


def test_the_two_lists_of_countries() -> None:
    assert sorted(NORTHERN_EUROPE) == "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ".split()
    assert sorted(EUROPEAN_MEDITERRANEAN) == "AL BA CY ES FR GI GR HR IT MC ME MT PT SI SM VA".split()


@pytest.mark.parametrize(
    ("answers", "offer", "partner"),
    [
        ({"haemoglobin_screening_result": "normal"}, False, False),
        ({"haemoglobin_screening_result": "pending"}, False, False),
        ({"haemoglobin_screening_result": "abnormal"}, False, True),
        ({"screenings": [{"screening_kind": "haemoglobinopathy"}]}, False, False),
        ({"screenings": [{"screening_kind": "mrsa"}]}, True, False),
        ({"ARV-06": ["mother"]}, False, True),
        ({"ARV-06": ["none"]}, True, False),
    ],
)
def test_a_screening_or_a_carrier_takes_the_place_of_the_offer(
    answers: dict[str, Any], offer: bool, partner: bool
) -> None:
    found = keys(**{"SPR-03": ["TR"]}, **answers)
    assert ("R11.offer" in found, "R11.partner" in found) == (offer, partner)


def test_carriers() -> None:
    assert finding("R11.offer", **{"SPR-03": ["DK"], "ARV-06": ["father"]})["because"] == "Barnets far er anlægsbærer."
    both = finding("R11.partner", **{"ARV-06": ["mother", "father"]})
    assert both["because"] == "Hun er anlægsbærer. Er begge anlægsbærere, er det genetisk rådgivning, der haster."
    assert finding("R11.partner", **{"ARV-06": ["mother"]})["because"] == "Hun er anlægsbærer."
    assert finding("R11.partner", haemoglobin_screening_result="abnormal")["because"] == "Hendes screening er abnorm."


def test_origin_not_told_is_missing() -> None:
    assert "R11.offer" not in keys(**{"SPR-03": "declines"})
    assert {"SPR-03", "ARV-06"} <= missing(**{"SPR-03": "declines"})
    assert not {"SPR-03", "ARV-06"} & missing(**{"SPR-03": ["DK"], "ARV-06": ["none"]})


# R12. Source: TSH, TSH2.

LOSS = {"ABO-02": "spontaneous"}


@pytest.mark.parametrize(
    ("answers", "fires"),
    [
        ({"SYG-03": ["hypothyroidism"]}, True),
        ({"SYG-03": ["hyperthyroidism"]}, True),
        ({"SYG-03": ["thyroid_disease"]}, True),
        ({"SYG-03": ["diabetes_type_1"]}, True),
        ({"SYG-03": ["diabetes_type_2"]}, False),
        ({"SYG-03": ["pcos"]}, False),
        ({"ARV-10": "yes"}, True),
        ({"ARV-10": "no"}, False),
        ({"SYG-07": ["rheumatoid_arthritis"]}, True),
        ({"SYG-07": ["lupus"]}, True),
        ({"SYG-07": ["scleroderma"]}, True),
        ({"SYG-07": ["back_problem"]}, False),
        ({"SYG-05": ["multiple_sclerosis"]}, True),
        ({"SYG-05": ["epilepsy"]}, False),
        ({"FER-01": "yes"}, True),
        ({"FER-04": "yes"}, True),
        ({"losses": [LOSS, LOSS]}, False),
        ({"losses": [LOSS, LOSS, LOSS]}, True),
        ({"losses": [LOSS, LOSS, {"ABO-02": "induced"}]}, False),
        ({"losses": [LOSS, LOSS, {"ABO-02": "ectopic_or_mola"}]}, False),
    ],
)
def test_who_gets_a_tsh(answers: dict[str, Any], fires: bool) -> None:
    assert ("R12.tsh" in keys(**answers)) == fires


def test_own_thyroid_disease_cannot_wait_and_a_result_closes_it() -> None:
    assert finding("R12.tsh", **{"SYG-03": ["hypothyroidism"]})["urgency"] == "today"
    assert finding("R12.tsh", **{"ARV-10": "yes"})["urgency"] == "plan"
    assert not {key for key in keys(**{"SYG-03": ["hypothyroidism"], "UND-15": "2.0"}) if key.startswith("R12")}
    dated = [{"test_kind": "tsh", "test_value": "2.0", "test_on": "2025-02-01"}]
    assert "R12.tsh" not in keys(**{"SYG-03": ["hypothyroidism"]}, tests=dated)
    assert "R12.tsh" in keys(**{"SYG-03": ["hypothyroidism"]}, tests=[{"test_kind": "tsh", "test_on": "2025-02-01"}])


def test_losses_of_unknown_kind_that_could_make_three_are_missing() -> None:
    rest = {"SYG-00": "no", "ARV-10": "no", "FER-01": "no", "FER-04": "no"}
    assert "ABO-02" in missing(**rest, losses=[LOSS, LOSS, {"ABO-02": "declines"}])
    assert "ABO-02" not in missing(**rest, losses=[LOSS, {"ABO-02": "declines"}])
    assert {"ARV-10", "FER-01", "FER-04", "ABO-00"} <= missing(**{"SYG-00": "no"})


@pytest.mark.parametrize(
    ("answers", "fires"),
    [
        ({"UND-01": 200, "UND-02": 160}, True),
        ({"UND-01": 200, "UND-02": "159.9"}, False),
        ({"medicines": [{"medicine_name": "Litium 300 mg"}]}, True),
        ({"medicines": [{"medicine_name": "LITHIUMKARBONAT"}]}, True),
        ({"medicines": [{"medicine_name": "Panodil"}, {"medicine_name": "Cordarone"}]}, True),
        ({"medicines": [{"medicine_name": "Amiodaron"}]}, True),
        ({"medicines": [{"medicine_name": "Panodil"}]}, False),
        ({"births": [{"TFO-02": "36+6"}]}, True),
        ({"births": [{"TFO-02": "37+0"}]}, False),
        ({"births": [{"birth_timing": "before_term"}]}, True),
        ({"births": [{"birth_timing": "at_term"}]}, False),
    ],
)
def test_reasons_for_tsh_that_are_unverified(answers: dict[str, Any], fires: bool) -> None:
    result = assessed(**answers)
    assert ("R12.unverified" in {one["key"] for one in result["unverified"]}) == fires
    assert "R12.unverified" not in {one["key"] for one in result["findings"]}


# R13. Source: TWN (cut-off), TWK (one point), ALK (advice), K (points).


def tweak(drinks: int = 2, **yes: str) -> dict[str, Any]:
    answers = {f"tweak_{name}": "no" for name in ("worried", "eye_opener", "amnesia", "cut_down")}
    return {"ALK-01": "yes", "tweak_tolerance": drinks, **answers, **{f"tweak_{name}": "yes" for name in yes}}


@pytest.mark.parametrize(
    ("answers", "points", "fires"),
    [
        (tweak(), 0, False),
        (tweak(2), 0, False),
        (tweak(3), 2, True),
        (tweak(worried=""), 2, True),
        (tweak(eye_opener=""), 1, False),
        (tweak(amnesia=""), 1, False),
        (tweak(cut_down=""), 1, False),
        (tweak(eye_opener="", amnesia=""), 2, True),
        (tweak(3, worried="", eye_opener="", amnesia="", cut_down=""), 7, True),
    ],
)
def test_tweak_points_and_cut_off(answers: dict[str, Any], points: int, fires: bool) -> None:
    assert assessed(**answers)["computed"]["tweak_points"] == points
    found = keys(**answers)
    assert ("R13.tweak" in found, "R13.low" in found) == (fires, not fires)
    assert ("R13.tweak" in keys(**answers, leads={"tweak_cut_off": "TWK"})) == (points >= 1)


def test_a_low_score_never_closes_the_topic() -> None:
    found = finding("R13.low", **tweak())
    assert "lukker ikke emnet" in found["because"]
    assert "lav følsomhed" in found["disagreement"]
    assert {"R13.low", "R13.now"} <= keys(**tweak(), **{"ALK-02": "yes"})
    assert {"ALK-02", "ALK-03"} <= missing(**tweak())
    assert not {"ALK-01", "ALK-02", "ALK-03", "ALK-05"} & missing(**tweak(), **{"ALK-02": "no", "ALK-03": "no"})


def test_a_score_that_is_not_complete_is_not_low() -> None:
    partial = {**tweak(), "tweak_amnesia": None}
    assert assessed(**partial)["computed"]["tweak_points"] is None
    assert not {"R13.low", "R13.tweak"} & keys(**partial)
    assert "ALK-05" in missing(**partial)
    enough = finding("R13.tweak", **{**tweak(3), "tweak_amnesia": None})
    assert enough["because"].startswith("TWEAK er mindst 2 af 7 point.")
    assert finding("R13.tweak", **tweak(3))["because"].startswith("TWEAK er 2 af 7 point.")
    assert "ALK-05" in missing(**{"ALK-01": "yes"})
    assert "ALK-05" in missing()
    assert "ALK-05" not in missing(**{"ALK-01": "no"})


@pytest.mark.parametrize(
    ("answers", "fires"),
    [({"ALK-02": "yes"}, True), ({"ALK-02": "no", "ALK-03": "no"}, False), ({"ALK-03": "yes"}, True)],
)
def test_alcohol_in_pregnancy(answers: dict[str, Any], fires: bool) -> None:
    assert ("R13.now" in keys(**answers)) == fires
    if fires:
        assert "helt at undgå alkohol" in finding("R13.now", **answers)["because"]


# R14. Source: P, GM, NIV (partly).


@pytest.mark.parametrize(
    ("answers", "fires"),
    [
        ({"TOB-02": "yes"}, True),
        ({"TOB-02": "never"}, False),
        ({"TOB-02": "stopped_when_pregnant"}, False),
        ({"TOB-02": "stopped_later"}, False),
        ({"NIK-01": ["nicotine_pouches"], "nicotine_in_pregnancy": "yes"}, True),
        ({"NIK-01": ["nicotine_pouches"], "nicotine_in_pregnancy": "stopped_when_pregnant"}, False),
        ({"TOB-02": "yes", "stop_smoking_referral": "done"}, False),
        ({"TOB-02": "yes", "stop_smoking_referral": "not_wanted"}, False),
        ({"TOB-02": "yes", "stop_smoking_referral": "not_done"}, True),
    ],
)
def test_help_to_stop(answers: dict[str, Any], fires: bool) -> None:
    assert ("R14.help" in keys(**answers)) == fires


def test_use_not_told_is_missing() -> None:
    assert {"TOB-02", "NIK-02"} <= missing()
    assert not {"TOB-02", "NIK-02"} & missing(**{"TOB-02": "never", "NIK-01": ["none"]})
    assert "TOB-02" in missing(smokes_now="not_known")
    assert "NIK-02" in missing(**{"TOB-02": "never", "NIK-01": ["e_cigarette"]})


# R15. Source: VTE (partly); K for the rest.


def other_disease(name: str) -> dict[str, Any]:
    return {"diagnoses": [{"diagnosis_name": name}]}


@pytest.mark.parametrize(
    ("answers", "key", "urgency"),
    [
        ({"SYG-01": ["blood_clot"]}, "R15.own", "today"),
        ({"SYG-08": ["thrombophilia"]}, "R15.own", "today"),
        ({"SYG-08": ["antiphospholipid_syndrome"]}, "R15.own", "today"),
        ({"ARV-09": "yes"}, "R15.family", "plan"),
    ],
)
def test_strong_triggers_are_shown(answers: dict[str, Any], key: str, urgency: str) -> None:
    found = finding(key, **answers)
    assert (found["strength"], found["urgency"]) == ("partly", urgency)
    assert "ingen score" in found["because"]


@pytest.mark.parametrize(
    ("answers", "fires"),
    [
        ({"SYG-04": ["kidney_disease"]}, True),
        ({"SYG-06": ["ulcerative_colitis"]}, True),
        ({"SYG-06": ["crohns_disease"]}, True),
        ({"SYG-06": ["other_bowel_disease"]}, False),
        ({"SYG-07": ["rheumatoid_arthritis"]}, True),
        ({"SYG-07": ["lupus"]}, True),
        ({"SYG-07": ["scleroderma"]}, False),
        ({"FER-02": "ivf"}, True),
        ({"FER-02": "icsi"}, True),
        ({"FER-02": "frozen"}, True),
        ({"FER-02": "egg_donation"}, True),
        ({"FER-02": "insemination"}, False),
        ({"UND-01": 200, "UND-02": 120}, True),
        ({"UND-01": 200, "UND-02": "119.9"}, False),
        ({"TER-12": ["vomiting_keeps_nothing_down"]}, True),
        ({"TER-12": ["vomiting"]}, False),
        ({"TOB-02": "yes"}, True),
        ({"TOB-02": "never"}, False),
        ({"SYG-01": ["hypertension"]}, False),
        (other_disease("Seglcelleanæmi"), True),
        (other_disease("sickle cell disease"), True),
        (other_disease("Nefrotisk syndrom som barn"), True),
        (other_disease("OHSS"), True),
        (other_disease("Overstimulerede æggestokke"), True),
        (other_disease("Hyperstimulation"), True),
        (other_disease("Immobiliseret med gips"), True),
        (other_disease("Sengeleje på grund af ryg"), True),
        (other_disease("Blindtarm"), False),
        ({"other_diseases": "no"}, False),
    ],
)
def test_other_triggers_are_unverified(answers: dict[str, Any], fires: bool) -> None:
    assert ("R15.other" in {one["key"] for one in assessed(**answers)["unverified"]}) == fires
    assert not {"R15.own", "R15.family"} & keys(**answers)


@pytest.mark.parametrize(("years", "days", "named"), [(36, 0, True), (36, -1, False)])
def test_age_over_35_is_named_only_beside_another_trigger(years: int, days: int, named: bool) -> None:
    assert "R15.other" not in keys(**age(years, days))
    smoking = finding("R15.other", **age(years, days), **{"TOB-02": "yes"})
    assert ("alder over 35 år" in smoking["because"]) == named
    assert ("R15.other" in keys(**age(years, days), **{"ARV-09": "yes"})) == named
    assert ("R15.other" in keys(**age(years, days), **{"SYG-01": ["blood_clot"]})) == named


def test_triggers_not_told_are_missing() -> None:
    assert {"SYG-01", "SYG-08", "ARV-09", "SYG-06", "SYG-11", "TER-12"} <= missing()
    assert "SYG-11" not in missing(other_diseases="no")
    assert not {"SYG-01", "SYG-06", "ARV-09"} & missing(**{"SYG-00": "no", "ARV-09": "no"})
