"""The questions against what they stand for: the content specification's rows and the national model, both ways."""

from __future__ import annotations

from collections import defaultdict

import pytest

from forms import CATALOGUE
from svangre.catalogue import STATES, Answer, Date, Item, Many, One, PartialDate, Placed, YesNo, inside, is_shown
from svangre.national import BY_ID, CODES, DOCUMENTS, ELEMENTS, MEASUREMENTS, Component

REFS = """
STA-01 STA-02 STA-03 STA-04 STA-05 STA-06 STA-07 STA-08 STA-09 STA-10 STA-11 STA-12 STA-13
SPR-01 SPR-02 SPR-03 SPR-04 SPR-05
SOC-01 SOC-02 SOC-03 SOC-04 SOC-05 SOC-06 SOC-07 SOC-08 SOC-09 SOC-10 SOC-11 SOC-12 SOC-13 SOC-14 SOC-15 SOC-16 SOC-17
TFO-00 TFO-01 TFO-02 TFO-03 TFO-04 TFO-05 TFO-06 TFO-07 TFO-08 TFO-09 TFO-10 TFO-11 TFO-12 TFO-13 TFO-14 TFO-15 TFO-16
TFO-17 ABO-00 ABO-01 ABO-02 ABO-03 ABO-04
TER-01 TER-02 TER-03 TER-04 TER-05 TER-06 TER-07 TER-08 TER-09 TER-10 TER-11 TER-12 FER-01 FER-02 FER-03 FER-04 FER-05
ARV-01 ARV-02 ARV-03 ARV-04 ARV-05 ARV-06 ARV-07 ARV-08 ARV-09 ARV-10 ARV-11
FOS-00 FOS-01 FOS-02 FOS-03 FOS-04 FOS-05 FOS-06
SYG-00 SYG-01 SYG-02 SYG-03 SYG-04 SYG-05 SYG-06 SYG-07 SYG-08 SYG-09 SYG-10 SYG-11 PSY-01 PSY-02 PSY-03 PSY-04
OPE-00 OPE-01 OPE-02 OPE-03 OPE-04 OPE-05 OPE-06 OPE-07 OPE-08 OPE-09
MED-01 MED-02 MED-03 MED-04 ALL-01 ALL-02 ALL-03 VAC-01 VAC-02 VAC-03 VAC-04
TOB-01 TOB-02 TOB-03 TOB-04 TOB-05 NIK-01 NIK-02 ALK-01 ALK-02 ALK-03 ALK-04 ALK-05 RUS-01 RUS-02 RUS-03
KOS-01 MOT-01 KOF-01 ARB-01 ARB-02 ARB-03 ARB-04 ARB-05 ARB-06 ARB-07 ARB-08 ARB-09
VOL-01 VOL-02 VOL-03 VOL-04 VOL-05 VOL-06
UND-01 UND-02 UND-03 UND-04 UND-05 UND-06 UND-07 UND-08 UND-09 UND-10 UND-11 UND-12 UND-13 UND-14 UND-15 UND-16 UND-17
UND-18 UND-19 FOD-01 FOD-02 FOD-03 FOD-04 FOD-05 FOD-06 FOD-07 FOD-08
VUR-01 VUR-02 VUR-03 VUR-04 VUR-05 VUR-06 VUR-07 VUR-08 VUR-09 SAM-01 SAM-02 SAM-03 SAM-04 SAM-05
VAN-01 VAN-02 VAN-03 VAN-04 VAN-05 VAN-06 VAN-07 VAN-08 VAN-09
""".split()

GROUPS = {
    "births", "births.children", "losses", "diagnoses", "operations", "allergies", "medicines", "exposures",
    "substances", "screenings", "tests", "later_measurements",
}  # fmt: skip

# Parts of the national model that no question fills, and why.
ELEMENTS_LEFT_OUT = {
    "GMTilknyttetJordemodercenterOrganization": "allocated by the midwife centre after the referral",
    "GMFetusRelatedPerson": "carries the fetus' number for fetal measurements; nothing in it is asked",
}

# Codes of bound value sets that no option carries, and why.
CODES_LEFT_OUT = {
    "363681007": "kind of loss not stated: that is a state here, never an option",
    "617961000005102": "third grade of heredity: meaning unknown",
    "46249006": "fertility treatment: meaning unknown",
    "66601000": "fertility treatment: meaning unknown",
    "425866000": "fertility treatment: meaning unknown",
    "598181000005104": "cigarettes a day: which class it is, is unknown; the number stays in the record",
    "598191000005101": "cigarettes a day: which class it is, is unknown",
    "598201000005103": "cigarettes a day: which class it is, is unknown",
    "56771006": "over 20 cigarettes a day: inferred; a smoker is sent as 77176002, the number in the resumé",
    "306133003": "a referral that stands among the care levels by mistake; the referral itself is VUR-03",
}

ALL: list[Placed] = list(CATALOGUE)
ITEMS: list[Item] = [placed.item for placed in ALL]
BY_NATIONAL: dict[str, list[Item]] = defaultdict(list)
for _item in ITEMS:
    for _name in _item.national:
        BY_NATIONAL[_name].append(_item)


def names_of(element_id: str) -> set[str]:
    """What an Item may write in `national` for this element."""
    measured = {f"{element_id}.{m.slice}" for m in MEASUREMENTS if m.profile == element_id}
    components = {f"{element_id}.{c.slice}" for c in BY_ID[element_id].components}
    return components | measured or {element_id}


def component_of(name: str) -> Component | None:
    element_id, _, slice_name = name.partition(".")
    found = [c for c in BY_ID[element_id].components if c.slice == slice_name]
    return found[0] if found else None


def option_codes(item: Item) -> set[str]:
    own = {item.code.split("|")[-1]} if item.code else set()
    return own | {option.code for option in item.options if option.code}


# --- the specification's rows ---


def test_every_row_of_the_specification_is_a_question_and_every_question_has_a_row() -> None:
    assert len(set(REFS)) == 213
    asked = {item.ref for item in ITEMS}
    assert (set(REFS) - asked, asked - set(REFS)) == (set(), set())


def test_the_repeating_groups_are_those_that_others_know_by_name() -> None:
    paths = {
        f"{placed.group}.{placed.item.id}" if placed.group else placed.item.id for placed in ALL if inside(placed.item)
    }
    assert paths == GROUPS


def test_rows_of_later_visits_are_marked_later_and_only_those_of_the_midwife() -> None:
    later = {placed.item.ref for placed in ALL if placed.item.status == "later" or placed.section.later}
    assert {ref for ref in REFS if ref.startswith("VAN")} | {"FOS-06", "FOD-03", "FOD-08"} <= later


# --- conditions ---


def test_a_condition_points_to_an_earlier_question_and_to_answers_that_it_can_have() -> None:
    seen: list[str] = []
    for placed in ALL:
        when = placed.item.when
        if when:
            assert when.item in seen, placed.item.id
            keys = {option.key for option in CATALOGUE[when.item].options}
            states = set(STATES) - {"not_asked"}
            assert set(when.any_of) <= keys | states, placed.item.id
            assert len(set(when.any_of)) == len(when.any_of), placed.item.id
        seen.append(placed.item.id)


def test_a_condition_inside_a_row_looks_at_the_same_row_or_outside_never_into_another_group() -> None:
    for placed in ALL:
        if placed.item.when:
            there = CATALOGUE.places[placed.item.when.item].group
            assert there is None or f"{placed.group}.".startswith(f"{there}."), placed.item.id


def test_a_question_of_hers_never_depends_on_one_that_she_is_not_asked() -> None:
    for item in ITEMS:
        if item.is_hers and item.when:
            assert CATALOGUE[item.when.item].is_hers, item.id


# --- wording and options ---


def test_each_question_of_hers_has_her_words_and_no_other_has_any() -> None:
    for item in ITEMS:
        assert bool(item.woman) == ("woman" in item.who), item.id
        assert item.clinic, item.id


def test_options_of_a_question_differ_for_her_and_for_the_clinic() -> None:
    for item in ITEMS:
        keys = [option.key for option in item.options]
        hers = [option.label for option in item.options if not option.clinic_only]
        clinics = [option.clinic_label or option.label for option in item.options]
        for words in (keys, hers, clinics):
            assert len(set(words)) == len(words), item.id


def test_clinic_wordings_differ_within_a_section_so_that_a_line_of_the_record_is_known_by_its_words() -> None:
    seen: dict[tuple[str, str | None, str], str] = {}
    for placed in ALL:
        key = (placed.section.id, placed.group, placed.item.clinic)
        assert seen.setdefault(key, placed.item.id) == placed.item.id or inside(placed.item), placed.item.id


def test_states_are_never_options() -> None:
    words = {"ved ikke", "vil ikke svare", "ikke besvaret", "vil hellere tale med lægen", "ønsker ikke at oplyse"}
    for item in ITEMS:
        assert not {option.label.lower() for option in item.options} & words, item.id


def test_bulk_accept_takes_only_answers_that_exist_and_never_none_beside_others() -> None:
    for item in ITEMS:
        keys = {option.key for option in item.options}
        assert set(item.unremarkable) <= keys, item.id
        if isinstance(item.kind, Many) and any(option.excludes for option in item.options):
            none = {option.key for option in item.options if option.excludes}
            assert set(item.unremarkable) <= none or not set(item.unremarkable) & none, item.id


def test_only_lists_of_several_have_an_excluding_option() -> None:
    for item in ITEMS:
        excluding = [option for option in item.options if option.excludes]
        assert len(excluding) <= (1 if isinstance(item.kind, Many) else 0), item.id


# --- her pages ---


def test_her_steps_are_short_and_clinic_questions_have_no_page_of_hers() -> None:
    for section in CATALOGUE.sections:
        for page in section.pages:
            assert bool(page.title) == bool(page.hers), page.id
            always = [item for item in page.hers if item.when is None]
            assert len(always) <= 7, page.id


def test_page_ids_are_unique() -> None:
    ids = [page.id for section in CATALOGUE.sections for page in section.pages]
    assert len(set(ids)) == len(ids)


# --- privacy ---


def test_violence_genital_cutting_and_the_partners_problems_are_the_doctors_and_private() -> None:
    for ref in ("VOL-01", "VOL-02", "VOL-03", "VOL-04", "VOL-06", "OPE-08", "SOC-08", "SOC-15"):
        for placed in ALL:
            if placed.item.ref == ref:
                assert placed.section.private, ref
                assert (placed.item.who, placed.item.woman, placed.item.visibility) == (("gp",), None, "gp_only"), ref


@pytest.mark.parametrize("ref", ["TER-10", "STA-08", "SOC-13", "SOC-16"])
def test_what_she_tells_in_confidence_does_not_leave_the_clinic_by_itself(ref: str) -> None:
    assert {item.visibility for item in ITEMS if item.ref == ref} == {"clinic_and_her"}


@pytest.mark.parametrize("ref", ["ABO-00", "ABO-01", "ABO-02", "ABO-03"])
def test_earlier_losses_are_shared_until_she_or_the_doctor_marks_one_as_private(ref: str) -> None:
    assert {item.visibility for item in ITEMS if item.ref == ref} == {"shared"}


def test_safe_contact_is_an_ordinary_question_beside_her_phone_on_the_first_page() -> None:
    first = CATALOGUE.her_pages[0]
    assert {"phone", "safe_contact"} <= {item.id for item in first.items}
    assert CATALOGUE["safe_contact"].visibility == "shared"


def test_genetics_says_the_childs_father_only_where_heredity_needs_it() -> None:
    with_father = {item.ref for item in ITEMS if "barnets far" in f"{item.woman} {item.help} {item.hint}".lower()}
    assert with_father <= {"SPR-04", "ARV-01", "ARV-05", "ARV-06", "ALL-03"}


# --- what is asked depends on what she said ---


def shown(item_id: str, answers: dict[str, Answer], *, to_her: bool = True) -> bool:
    return is_shown(CATALOGUE[item_id], answers.get, to_her=to_her, item_of=CATALOGUE.__getitem__)


WISHES = ("wants_first_trimester_scan", "wants_second_trimester_scan", "wants_risk_assessment")


@pytest.mark.parametrize("wish", WISHES)
def test_when_she_wants_no_information_she_is_asked_no_wishes_but_the_doctor_is(wish: str) -> None:
    no = {"wants_prenatal_information": Answer("value", "no")}
    assert not shown(wish, no)
    assert shown(wish, no, to_her=False)


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("answer", [None, Answer("value", "yes"), Answer("ask_doctor"), Answer("unknown")])
def test_when_she_has_not_said_no_she_is_asked_her_wishes(wish: str, answer: Answer | None) -> None:
    assert shown(wish, {"wants_prenatal_information": answer} if answer else {})


@pytest.mark.parametrize("item_id", ["child_feeding", "child_health_now", "child_died_later", "child_complication"])
def test_after_a_stillbirth_nothing_is_asked_of_a_living_child(item_id: str) -> None:
    stillborn = {"given_birth_before": Answer("value", "yes"), "child_outcome": Answer("value", "stillbirth")}
    assert not shown(item_id, stillborn)


@pytest.mark.parametrize("item_id", ["child_feeding", "child_health_now"])
def test_when_the_child_died_later_its_health_and_feeding_are_not_asked(item_id: str) -> None:
    alive = {"child_outcome": Answer("value", "live_birth"), "child_died_later": Answer("value", "no")}
    assert shown(item_id, alive)
    assert not shown(item_id, {**alive, "child_died_later": Answer("value", "yes")})


def test_a_coarse_answer_on_the_time_of_birth_is_asked_until_the_week_is_known() -> None:
    assert shown("birth_timing", {})
    assert shown("birth_timing", {"birth_weeks": Answer("unknown")})
    assert not shown("birth_timing", {"birth_weeks": Answer("value", 38)})


# --- the national model ---


def test_everything_that_questions_say_of_the_national_model_exists_there() -> None:
    known = {name for element in ELEMENTS for name in names_of(element.id)}
    assert set(BY_NATIONAL) - known == set()


def test_every_part_of_the_national_documents_is_reached_by_a_question_or_left_out_by_name() -> None:
    missing = {
        name
        for element in ELEMENTS
        if element.id not in ELEMENTS_LEFT_OUT
        for name in names_of(element.id)
        if name not in BY_NATIONAL
    }
    assert {name for name in missing if not is_a_hub(name)} == set()


def is_a_hub(name: str) -> bool:
    """An element without content of its own, which only links to parts that questions reach."""
    element = BY_ID[name.partition(".")[0]]
    targets = [link.target for link in element.links if link.target and link.target not in ELEMENTS_LEFT_OUT]
    return not element.components and bool(targets) and all(names_of(t) & set(BY_NATIONAL) for t in targets)


def test_what_is_left_out_is_in_the_model_and_really_not_asked() -> None:
    for element_id in ELEMENTS_LEFT_OUT:
        assert not names_of(element_id) & set(BY_NATIONAL), element_id


def test_every_code_of_an_option_is_a_code_of_the_national_model() -> None:
    """A value of a value set; or, where each option is a yes or no of its own, the code of that component."""
    for item in ITEMS:
        components = {c.code for name in item.national if (c := component_of(name))}
        for option in item.options:
            assert option.code is None or option.code in CODES or option.code in components, (item.id, option.key)


def test_a_coded_answer_takes_its_codes_from_the_value_set_of_its_own_component() -> None:
    for item in ITEMS:
        sets = {c.value_set for name in item.national if (c := component_of(name)) and c.value_set}
        for option in item.options:
            if option.code in CODES and sets:
                assert set(CODES[option.code].value_sets) & sets, (item.id, option.key)


def test_every_code_of_a_bound_value_set_is_an_answer_or_left_out_by_name() -> None:
    reachable: dict[str, set[str]] = defaultdict(set)
    bound: set[str] = set()
    for element in ELEMENTS:
        for component in element.components:
            if component.value_set:
                bound.add(component.value_set)
                for item in BY_NATIONAL[f"{element.id}.{component.slice}"]:
                    reachable[component.value_set] |= option_codes(item)
    missing = {
        code.code
        for code in CODES.values()
        for name in code.value_sets
        if name in bound and code.code not in reachable[name]
    }
    assert missing == set(CODES_LEFT_OUT)


def test_a_national_yes_or_no_comes_from_a_yes_or_no_and_a_date_from_a_date() -> None:
    """A boolean may also come from a list with "yes" and "no" (and a third answer that is left out)."""
    fitting = {"boolean": (YesNo, Many), "dateTime": (Date, PartialDate), "CodeableConcept": (One, Many, YesNo)}
    for item in ITEMS:
        for name in item.national:
            component = component_of(name)
            kinds = fitting.get(component.value_type) if component else None
            yes_and_no = {"yes", "no"} <= {option.key for option in item.options}
            assert kinds is None or isinstance(item.kind, kinds) or yes_and_no, (item.id, name)


def test_exactly_what_the_national_form_cannot_do_without_is_mandatory() -> None:
    """The mandatory components of PRF's mandatory entries; the interpreter's language, when one is needed (a rule of
    the national service); height and weight, which the CDA twin of the document requires."""
    prf = next(document for document in DOCUMENTS if document.type == "PRF")
    needed = {
        f"{entry.element}.{component.slice}"
        for entry in prf.entries
        if entry.least == 1
        for component in BY_ID[entry.element].components
        if component.mandatory
    }
    elements = {entry.element for entry in prf.entries}
    carried = {name for item in ITEMS if item.mandatory for name in item.national if name.partition(".")[0] in elements}
    besides = {"GMSprogObs.tolkesprog", "GMFysiskeDataObs.højde", "GMFysiskeDataObs.vægt-graviditets-begyndelse"}
    assert carried == needed | besides
