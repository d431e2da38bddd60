"""The documents of one signed version: what is sent, what is not, and why a document is absent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from svangre.catalogue import Answer
from svangre.fhir.documents import Documents, make_documents
from svangre.fhir.missing import prf_missing
from svangre.national import BUILDS
from svangre.record.chart import Chart, Identity
from tests.builders import (
    ASK_DOCTOR,
    DECLINES,
    IDENTITY,
    NOT_ANSWERED,
    PRF_COMPLETE,
    UNKNOWN,
    chart_with,
    full_chart,
    random_chart,
)
from tests.fhir.reader import ReadDocument

BUILD = BUILDS["0.1.0"]
OTHER_STATES = {"unknown": UNKNOWN, "declines": DECLINES, "ask_doctor": ASK_DOCTOR, "not_answered": NOT_ANSWERED}


def made(chart: Chart) -> Documents:
    return make_documents(chart, BUILD)


def prf(**values: Any) -> ReadDocument:
    return ReadDocument(made(chart_with(PRF_COMPLETE | values)).bundles["PRF"])


def pscr(**values: Any) -> ReadDocument:
    return ReadDocument(made(chart_with(values)).bundles["PSCR"])


def pmr(computed: dict[str, Any] | None = None, **values: Any) -> ReadDocument:
    return ReadDocument(make_documents(chart_with(values, computed=computed), BUILD).bundles["PMR"])


def code(concept: dict[str, Any]) -> str:
    (coding,) = concept["coding"]
    return str(coding["code"])


# --- what a version gives ---------------------------------------------------------------------------------------------


def test_the_same_version_gives_the_same_bytes() -> None:
    assert made(full_chart(3)).bundles == made(full_chart(3)).bundles


def test_another_version_has_other_ids() -> None:
    chart = chart_with(PRF_COMPLETE)
    assert chart.signature
    later = replace(chart, signature=replace(chart.signature, version_id="01939f00-0000-7000-8000-000000000002"))
    assert (
        ReadDocument(made(chart).bundles["PRF"])
        .by_url.keys()
        .isdisjoint(ReadDocument(made(later).bundles["PRF"]).by_url)
    )


def test_an_unsigned_chart_gives_no_document() -> None:
    with pytest.raises(ValueError, match="signed"):
        made(chart_with(PRF_COMPLETE, is_signed=False))


def test_a_complete_record_gives_prf_with_its_eleven_mandatory_entries() -> None:
    document = prf()
    assert document.composition["title"] == "Svangerskabsjournal"
    assert len(document.section) == 11


def test_every_reference_leads_to_an_entry_and_every_entry_is_referred_to() -> None:
    for seed in range(30):
        for content in made(full_chart(seed)).bundles.values():
            document = ReadDocument(content)
            used = set(_references(document.bundle)) | {document.bundle["entry"][0]["fullUrl"]}
            assert used == set(document.by_url)


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return own + [found for inner in value.values() for found in _references(inner)]
    return [found for inner in value for found in _references(inner)] if isinstance(value, list) else []


def test_the_model_forbids_narrative_absent_reasons_and_persons_as_authors() -> None:
    for seed in range(30):
        for content in made(full_chart(seed)).bundles.values():
            document = ReadDocument(content)
            assert b"dataAbsentReason" not in content
            for resource in document.by_url.values():
                assert "text" not in resource
                assert ("meta" in resource) == (resource["resourceType"] not in ("Procedure", "Practitioner"))
            assert document.author["resourceType"] == "Organization"
            assert document.author["identifier"][0]["system"] == "urn:oid:1.2.208.176.1.1"


# --- "no" is only ever what somebody said -----------------------------------------------------------------------------

MANDATORY = sorted(PRF_COMPLETE.keys() - {"interpreter_needed"})


@pytest.mark.parametrize("state", [*OTHER_STATES, "not asked"])
@pytest.mark.parametrize("item_id", MANDATORY)
def test_prf_is_not_made_without_a_value(item_id: str, state: str) -> None:
    values = {key: value for key, value in PRF_COMPLETE.items() if key != item_id}
    if state in OTHER_STATES:
        values[item_id] = OTHER_STATES[state]
    chart = chart_with(values)
    assert [one.item_id for one in prf_missing(chart)] == [item_id]
    documents = made(chart)
    assert "PRF" not in documents.bundles
    assert documents.missing["PRF"] == prf_missing(chart)


def test_what_prf_lacks_is_named_in_danish_before_signing() -> None:
    chart = chart_with(PRF_COMPLETE | {"consanguinity": UNKNOWN}, is_signed=False)
    (missing,) = prf_missing(chart)
    assert (missing.label, missing.why) == ("Konsangvinitet", "Ved ikke.")


def test_an_ungraded_yes_to_heredity_waits_for_the_doctor() -> None:
    (missing,) = prf_missing(chart_with(PRF_COMPLETE | {"hereditary_disease": "yes"}))
    assert missing.item_id == "hereditary_disease"
    assert "Lægen" in missing.why
    graded = prf(hereditary_disease="treated").element("GMFamiliehistorieArveligeSygdommeObs")
    assert code(graded.values["familie-med-arvelig-sygdom/tilstand"]) == "608061000005101"


def test_an_interpreter_needs_a_language() -> None:
    (missing,) = prf_missing(chart_with(PRF_COMPLETE | {"interpreter_needed": "yes"}))
    assert missing.item_id == "interpreter_language"
    language = prf(interpreter_needed="yes", interpreter_language="ar").element("GMSprogObs").values
    assert language["behov-for-tolkebistand"] is True
    assert language["tolkesprog"] == {"coding": [{"system": "urn:ietf:bcp:47", "code": "ar"}]}


@pytest.mark.parametrize("state", OTHER_STATES.values(), ids=OTHER_STATES)
def test_other_states_leave_the_component_out(state: Answer) -> None:
    alcohol = pscr(alcohol_before="yes", alcohol_now=state).element("GMAlkoholObs").values
    assert alcohol == {"alkoholindtag-før-graviditet": True}


def test_a_private_answer_counts_as_missing_and_the_reason_says_so() -> None:
    chart = chart_with(PRF_COMPLETE)
    key = ("mental_illness", None)
    private = replace(chart, fields={**chart.fields, key: replace(chart.fields[key], visibility="gp_only")})
    (missing,) = prf_missing(private)
    assert (missing.item_id, missing.why) == ("mental_illness", "Svaret er privat og bliver i klinikken.")


# --- consent, identity, protection ------------------------------------------------------------------------------------


def test_her_no_to_sending_stops_every_document() -> None:
    documents = made(chart_with(PRF_COMPLETE | {"consent_to_send": "no", "alcohol_now": "no"}))
    assert documents.bundles == {}
    assert {one.item_id for missing in documents.missing.values() for one in missing} == {"consent_to_send"}


def test_a_replacement_number_of_day_plus_60_stops_every_document() -> None:
    documents = made(chart_with(PRF_COMPLETE, identity=Identity("6102933334", "Li Wei")))
    assert documents.bundles == {}
    assert "erstatningsnummer" in documents.missing["PRF"][0].why


@pytest.mark.parametrize(
    ("number", "system"),
    [("0102931AB2", "urn:oid:1.2.208.176.1.6.1.1"), ("0102930AB2", "urn:oid:1.2.208.176.1.6.1.3")],
)
def test_a_replacement_number_with_letters_goes_under_its_own_system(number: str, system: str) -> None:
    documents = made(chart_with(PRF_COMPLETE, identity=Identity(number, "Li Wei")))
    patient = ReadDocument(documents.bundles["PRF"]).patient
    assert patient["identifier"] == [{"use": "temp", "system": system, "value": number}]


def test_a_protected_woman_has_confidentiality_and_no_contact_details() -> None:
    contact = {"phone": "+4512345678", "address": "Skovvej 1, 8000 Aarhus C"}
    patient = prf(**contact).patient
    assert patient["telecom"][0]["value"] == "+4512345678"
    assert patient["address"]
    protected = replace(IDENTITY, is_protected=True)
    content = made(chart_with(PRF_COMPLETE | contact, identity=protected)).bundles["PRF"]
    patient = ReadDocument(content).patient
    assert patient["meta"]["security"][0]["code"] == "R"
    assert "telecom" not in patient
    assert "address" not in patient
    assert "Skovvej" not in content.decode()
    assert patient["name"][0]["family"] == "Holm"


def test_her_wish_not_to_be_called_keeps_the_number_back_and_reaches_the_receiver() -> None:
    contact = {"phone": "+4512345678", "safe_contact": "only_like_this", "safe_contact_how": "Ring kun kl. 9–12"}
    resume = pscr(**contact).element("GMResumeObs").values["resume-indslag"]
    assert resume == "Kontakt: Ring kun kl. 9–12"
    assert "telecom" not in prf(phone="+4512345678", safe_contact="no").patient


# --- earlier births and losses ----------------------------------------------------------------------------------------

TWIN_BIRTH = {
    "birth_year": "2021-05",
    "birth_weeks": 40,
    "birth_days": 2,
    "birth_course": ["acute_caesarean", "haemorrhage"],
    "birth_pregnancy_course": ["severe_preeclampsia"],
    "birth_remarks": "Hurtigt forløb",
    "puerperium_uncomplicated": "no",
    "puerperium_complications": "Brystbetændelse",
    "children": [
        {"child_outcome": "live_birth", "child_sex": "girl", "child_weight": 2410},
        {"child_outcome": "stillbirth", "child_weight": UNKNOWN},
    ],
}


def test_an_earlier_birth_is_one_part_with_its_children_and_features_linked() -> None:
    document = prf(given_birth_before="yes", births=[TWIN_BIRTH])
    (birth,) = document.element("GMTidligereFoedslerObs").linked["GMTidligereFoedselObs"]
    assert birth.values == {
        "årstal": 2021,
        "gestitationsalder": 282,
        "bemærkning-fødselsforløb": "Hurtigt forløb; Fødselsforløb: Blødning > 1000 ml",
        "ukompliceret-barselsforløb": False,
        "oplysninger-barselskomp": "Brystbetændelse",
    }
    first, second = birth.linked["GMBarnObs"]
    assert first.values["fødselsvægt"] == {"value": 2410, "unit": "g"}
    assert code(first.values["køn"]) == "169839008"
    assert list(second.values) == ["fødselsudfald"]
    assert code(second.values["fødselsudfald"]) == "237364002"
    (course,) = birth.linked["GMFoedselsforloebstraekObs"]
    assert code(course.values["fødselsforløbstræk"]) == "274130007"
    assert len(document.section) == 12, "linked parts do not stand in the section"


def test_no_earlier_birth_leaves_the_element_out() -> None:
    document = prf(given_birth_before="no")
    assert document.elements("GMTidligereFoedslerObs") == []


def test_rows_of_a_group_that_is_no_longer_shown_are_not_sent() -> None:
    document = prf(given_birth_before="no", births=[TWIN_BIRTH])
    assert document.elements("GMTidligereFoedslerObs") == []


@pytest.mark.parametrize(
    ("length", "words"),
    [
        ({"birth_weeks": 34}, "Graviditetslængde: 34 uger"),
        ({"birth_weeks": UNKNOWN, "birth_timing": "before_term"}, "Graviditetslængde: Før tiden"),
    ],
)
def test_a_coarse_length_is_said_in_words_and_never_as_a_number(length: dict[str, Any], words: str) -> None:
    (birth,) = (
        prf(given_birth_before="yes", births=[length]).element("GMTidligereFoedslerObs").linked["GMTidligereFoedselObs"]
    )
    assert birth.values == {"bemærkning-fødselsforløb": words}


def test_an_earlier_abortion_leaves_only_when_it_is_released() -> None:
    values = PRF_COMPLETE | {
        "pregnant_before_without_birth": "yes",
        "losses": [{"loss_year": "2020", "loss_kind": "induced", "loss_week": 9}],
    }
    names = ("loss_year", "loss_kind", "loss_week")
    chart = chart_with(values)
    private = {
        key: replace(one, visibility="clinic_and_her") if key[0] in names else one for key, one in chart.fields.items()
    }
    kept = ReadDocument(made(replace(chart, fields=private)).bundles["PRF"])
    assert kept.elements("GMTidligereAbortObs") == []
    released = ReadDocument(made(chart_with(values, released=names)).bundles["PRF"])
    loss = released.element("GMTidligereAbortObs").values
    assert (loss["årstal"], loss["graviditetsuge"], code(loss["aborttype"])) == (2020, 9, "57797005")


# --- diagnoses, operations, texts in place of codes -------------------------------------------------------------------


def test_diagnoses_are_conditions_and_what_has_no_code_is_said_in_words() -> None:
    disease = prf(
        somatic_disease="yes",
        circulation=["hypertension", "other"],
        rheumatic=["scleroderma"],
        cancer="no",
        other_diseases="yes",
        diagnoses=[{"diagnosis_name": "Lungebetændelse", "diagnosis_year": "2019"}],
    ).element("GMSomatiskSygdomObs")
    assert disease.values == {
        "somatisk-sygdom": True,
        "andre-oplysninger-somatiske-sygdomme": (
            "Lungebetændelse, 2019; Hjerte og kredsløb: Andet; Led, muskler og bindevæv: Systemisk sklerodermi"
        ),
    }
    (condition,) = disease.linked["GMSomatiskDiagnoseTypeCondition"]
    assert code(condition.resource["code"]) == "38341003"
    assert condition.resource["resourceType"] == "Condition"


def test_operations_are_procedures_with_the_year_as_remembered() -> None:
    surgery = prf(
        relevant_surgery="yes",
        operations=[
            {"operation_area": "cervix", "cone_biopsy": "yes", "operation_year": "2008"},
            {"operation_area": "bariatric", "bariatric_surgery": "sleeve", "operation_year": "2015"},
        ],
    ).element("GMTidligereOperationAfRelevansObs")
    (procedure,) = surgery.linked["GMTidligereRelevantOperationProcedure"]
    assert code(procedure.resource["code"]) == "54535009"
    assert procedure.resource["performedDateTime"] == "2008"
    assert surgery.values["operationer-suppl-oplysinger"] == "Fedmeoperation, Gastrisk sleeve, 2015"


@pytest.mark.parametrize("version", BUILDS)
def test_care_level_three_is_said_in_words_and_never_as_a_neighbour(version: str) -> None:
    documents = make_documents(chart_with(omsorgsniveau="3", overall_assessment="Ressourcestærk"), BUILDS[version])
    document = ReadDocument(documents.bundles["PSCR"])
    assert "omsorgsniveau" not in document.element("GMSamletVurderingObs").values
    assert "Niveau 3" in document.element("GMResumeObs").values["resume-indslag"]
    assert [one.item_id for one in documents.unsent] == ["omsorgsniveau"]


@pytest.mark.parametrize(
    ("level", "sent"), [("1", "577951000005100"), ("2", "577961000005103"), ("4", "577981000005106")]
)
def test_the_other_care_levels_are_sent(level: str, sent: str) -> None:
    assert code(pscr(omsorgsniveau=level).element("GMSamletVurderingObs").values["omsorgsniveau"]) == sent


def test_only_official_labels_are_sent_as_display() -> None:
    official = pscr(smokes_now="never").element("GMTobakObs").values["rygning-under-graviditet"]
    assert official["coding"][0]["display"] == "ikkeryger"
    seen = pscr(smokes_now="yes", cigarettes_per_day=5).element("GMTobakObs").values["rygning-under-graviditet"]
    assert code(seen) == "77176002"
    assert "display" not in seen["coding"][0]


def test_an_inferred_code_is_not_sent() -> None:
    work = prf(main_occupation="employed", working_time="night", hours_per_week=37)
    assert work.element("GMArbejdsmiljoepaavirkningObs").values == {"timer-pr-uge": 37}


def test_the_number_of_cigarettes_stands_in_the_resume() -> None:
    resume = pscr(smokes_now="yes", cigarettes_per_day=10).element("GMResumeObs")
    assert resume.values["resume-indslag"] == "Rygning: 10 om dagen"


def test_the_resume_says_contact_first_then_the_doctor_then_her() -> None:
    resume = pscr(
        safe_contact="only_like_this", safe_contact_how="Ingen sms.", resume="Frisk.", what_matters="Tid til at tale",
        home_birth="no", wanted_weekday="thursday",
    ).element("GMResumeObs")  # fmt: skip
    assert resume.values["resume-indslag"] == (
        "Kontakt: Ingen sms. Frisk. Vigtigt for hende, bekymringer: Tid til at tale; Ønsket ugedag: Torsdag"
    )


def test_the_first_country_is_coded_and_the_others_are_said() -> None:
    language = prf(ancestry_countries=["TR", "DK"]).element("GMSprogObs").values
    assert language["oprindelsesland"]["coding"][0]["code"] == "TR"
    assert language["supplerende-oplysninger"] == "Øvrige oprindelseslande: Danmark"


def test_naegele_is_the_last_period_plus_280_days_whatever_the_cycle() -> None:
    dating = pscr(last_period="2026-09-26", cycle_days={"low": 27, "high": 32}).element("GMTerminsberegningObs").values
    assert dating["naegeles-termin"] == "2027-07-03"
    assert dating["dage-cyklus"] == "27-32"
    irregular = pscr(last_period="2026-09-26", cycle_days="irregular").element("GMTerminsberegningObs").values
    assert "dage-cyklus" not in irregular
    assert irregular["bemærkning"] == "Cyklus (dage): Uregelmæssig"


def test_a_fertility_treatment_without_a_code_is_said_in_words() -> None:
    treatment = prf(
        fertility_treatment="yes", fertility_kind="icsi", transfer_on="2026-10-10", embryo_age_days=5
    ).element("GMFertilitetsbehandlingObs")
    assert "fertilitetsbehandlingstype" not in treatment.values
    assert treatment.values["bemærkninger"] == (
        "Dato for oplægning eller insemination: 10. oktober 2026; "
        "Æggets alder ved oplægning (dage): 5 dage; Behandlingstype: ICSI"
    )


def test_a_tick_is_true_and_only_none_makes_the_others_false() -> None:
    some = pscr(nicotine_products=["e_cigarette"]).element("GMNikotinObs")
    assert some.linked["GMAndetNikotinproduktObs"][0].values == {"e-cigaret": True}
    assert some.values == {}
    none = pscr(nicotine_products=["none"]).element("GMNikotinObs")
    assert set(none.linked["GMAndetNikotinproduktObs"][0].values.values()) == {False}
    assert code(none.values["bruger-nikotinprodukt-under-graviditet"]) == "373067005"


def test_no_absence_is_at_work_only_for_one_who_works() -> None:
    working = prf(main_occupation="employed", absence_notice="none").element("GMFravaersmeldingSygemeldingObs")
    assert code(working.values["fraværsmeldt"]) == "224363007"
    assert prf(main_occupation="student", absence_notice="none").elements("GMFravaersmeldingSygemeldingObs") == []


def test_exposures_are_one_part_each_and_one_text() -> None:
    one = {"exposure_kind": "chemical", "exposure_nature": "Opløsningsmidler", "exposure_from": "2026-08"}
    common = {"main_occupation": "employed", "exposed_at_work": "yes"}
    single = prf(**common, exposures=[one]).element("GMArbejdsmiljoepaavirkningObs")
    assert single.values["art-af-påvirkning"] == "Opløsningsmidler"
    assert single.values["dato-start-af-påvirkningsperiode"] == "2026-08"
    both = prf(**common, exposures=[one, {"exposure_kind": "ergonomic"}]).element("GMArbejdsmiljoepaavirkningObs")
    assert "dato-start-af-påvirkningsperiode" not in both.values
    assert both.values["art-af-påvirkning"] == "Kemisk, Opløsningsmidler, august 2026; Ergonomisk"
    assert len(both.linked["GMTypePaavirkningObs"]) == 2


def test_medicines_are_one_text() -> None:
    medicines = [{"medicine_name": "Metformin", "medicine_dose": "500 mg"}, {"medicine_name": "Ingefær"}]
    medicine = prf(takes_medicine="yes", medicines=medicines).element("GMMedicinOgNaturlaegemidlerObs").values
    assert medicine == {"medicin-og-naturlægemidler": "Metformin, 500 mg; Ingefær"}


def test_screenings_say_what_is_planned_or_declined() -> None:
    found = prf(blood_group_sample="ordered", hiv="declined", syphilis="negative").elements(
        "GMScreeningsplanlaegningObs"
    )
    assert {(code(one.values["screeningstype"]), code(one.values["status"])) for one in found} == {
        ("169703006", "397943006"),
        ("390786002", "410521004"),
    }


def test_a_place_is_an_organisation_by_its_sor_number_and_words_without() -> None:
    chart = chart_with(wanted_birthplace="Skejby", home_birth="no")
    known = make_documents(chart, BUILD, {"Skejby": "7071000016006"})
    (place,) = ReadDocument(known.bundles["PSCR"]).element("GMFoedestedObs").linked["GMOensketFoedestedOrganization"]
    assert place.resource["identifier"] == [{"system": "urn:oid:1.2.208.176.1.1", "value": "7071000016006"}]
    unknown = ReadDocument(made(chart).bundles["PSCR"])
    assert unknown.element("GMFoedestedObs").linked == {}
    assert unknown.element("GMResumeObs").values["resume-indslag"] == "Ønsket fødested: Skejby"


# --- measurements -----------------------------------------------------------------------------------------------------


def test_blood_pressure_is_two_measurements_and_sticks_are_not_sent() -> None:
    document = pmr(systolic=132, diastolic=84, weight_today_kg="71.5", urine_glucose="plus_1", urine_nitrite="negative")
    assert document.measurements() == {
        "systolisk-blodtryk": {"value": 132, "unit": "mmHg"},
        "diastolisk-blodtryk": {"value": 84, "unit": "mmHg"},
        "vaegt": {"value": 71.5, "unit": "kg"},
        "nitrit": {
            "coding": [{"system": BUILD.snomed, "code": "314138001", "display": "nitrit i urin negativ"}],
        },
    }
    assert all("component" not in one for one in document.section)


def test_gestational_age_is_in_days_and_the_scan_date_only_here() -> None:
    document = pmr({"gestational_age_days": 59}, scan_due_date="2027-07-05", number_of_fetuses=2,
                   multiple_pregnancy="yes")  # fmt: skip
    assert document.measurements() == {
        "gestationsalder": {"value": 59, "unit": "d"},
        "ul-bestemt-termin": "2027-07-05",
        "fosterantal": 2,
    }


def test_the_number_of_fetuses_waits_for_a_scan() -> None:
    assert "PMR" not in made(chart_with(multiple_pregnancy="yes", number_of_fetuses=2)).bundles
    assessment = pscr(multiple_pregnancy="yes", number_of_fetuses=2).element("GMSamletVurderingObs").values
    assert assessment == {"flerfoldsgraviditet": True, "bemærkninger-flerfoldsgraviditet": "Antal fostre: 2"}


def test_physical_data_are_whole_numbers_half_up_and_the_exact_bmi() -> None:
    chart = chart_with(PRF_COMPLETE | {"weight_before_kg": "64.5"}, computed={"bmi": "22.9"})
    body = ReadDocument(made(chart).bundles["PRF"]).element("GMFysiskeDataObs").values
    assert body == {
        "højde": 168,
        "vægt-graviditets-begyndelse": 65,
        "bmi": {"value": 22.9, "unit": "kg/m2"},
    }


# --- privacy and builds -----------------------------------------------------------------------------------------------


def test_what_is_private_never_leaves() -> None:
    for seed in range(40):
        chart = random_chart(seed)
        secret = "HEMMELIGT"
        fields = {}
        for (item_id, row), one in chart.fields.items():
            item = chart.catalogue[item_id]
            given = one.counts
            if given and isinstance(given.answer.value, str) and item.kind_name in ("text", "long_text"):
                if chart.visibility(item, row) != "shared":
                    given = replace(given, answer=Answer("value", secret))
            fields[item_id, row] = replace(one, hers=given, clinics=None)
        for content in made(replace(chart, fields=fields)).bundles.values():
            assert secret not in content.decode()


def test_build_0_3_0_uses_its_own_systems() -> None:
    build = BUILDS["0.3.0"]
    for content in make_documents(full_chart(5), build).bundles.values():
        document = ReadDocument(content)
        assert document.composition["type"]["coding"][0]["system"] == "urn:oid:1.2.208.184.100.1"
        for one in document.section:
            assert build.snomed in {coding["system"] for coding in one["code"]["coding"]}
            assert BUILD.snomed not in {coding["system"] for coding in one["code"]["coding"]}


def test_the_national_pregnancy_id_is_sent_only_when_known() -> None:
    def ids(document: ReadDocument) -> dict[str, str]:
        return {
            one["url"].rpartition("/")[2]: one["valueIdentifier"]["value"]
            for one in document.composition["extension"]
            if "valueIdentifier" in one
        }

    assert list(ids(prf())) == ["GMEksternGraditetsforloebReference"]
    known = ids(prf(pregnancy_episode_id="4528a5b3-f633-4cc1-8231-38cc09f38ca2"))
    assert known["GMGraditetsforloebReference"] == "4528a5b3-f633-4cc1-8231-38cc09f38ca2"


def test_the_builds_differ_in_their_systems_alone() -> None:
    older, newer = BUILDS["0.1.0"], BUILDS["0.3.0"]

    def in_the_newer_form(value: Any) -> Any:
        if isinstance(value, list):
            return [in_the_newer_form(one) for one in value]
        if not isinstance(value, dict):
            return value
        named = {key: in_the_newer_form(one) for key, one in value.items()}
        if named.get("system") == older.snomed and named.get("code") not in ("PRF", "PSCR", "PMR"):
            named["system"] = newer.snomed
        if named.get("system") == older.fetus:
            named["system"] = newer.fetus
        return named

    for seed in range(20):
        chart = full_chart(seed)
        old, new = make_documents(chart, older).bundles, make_documents(chart, newer).bundles
        assert old.keys() == new.keys()
        for kind, content in old.items():
            assert in_the_newer_form(ReadDocument(content).bundle) == ReadDocument(new[kind]).bundle
