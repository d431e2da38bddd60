"""What she is given: her own answers, two letters that say nothing, and one page for an emergency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from forms import CATALOGUE
from svangre.catalogue import Answer, inside
from svangre.pdf.answers import answers_pdf
from svangre.pdf.emergency import emergency_pdf, facts
from svangre.pdf.letters import code_letter_pdf, invitation_letter_pdf
from svangre.record import english, words
from tests.pdf import charts
from tests.pdf.reading import reader, tags, text_of, words_of

LINK = "https://demo.example/i/6wHq2mZp0aXc9vTt"


@cache
def invitation() -> bytes:
    return invitation_letter_pdf(
        charts.CLINIC, name="Testperson Nanna", link=LINK, expires_on=date(2026, 12, 24), at=charts.AT
    )


@cache
def code() -> bytes:
    return code_letter_pdf(charts.CLINIC, name="Testperson Nanna", code="482 913", at=charts.AT)


def test_her_answers_stand_in_her_words_and_the_clinics_do_not():
    b = charts.typical()
    b.accepted("home_birth", Answer("ask_doctor")).hers("smokes_now", "never")
    text = text_of(answers_pdf(b.chart()))
    assert CATALOGUE["height_cm"].woman + " 171 cm" in text  # the clinic corrected it to 170
    assert CATALOGUE["home_birth"].woman + " Vil hellere tale med lægen" in text
    assert CATALOGUE["smokes_now"].option("never").label in text
    for clinics in ("170 cm", "122", "Rask kvinde med gode ressourcer", "God støtte hjemme"):
        assert clinics not in text


def test_everything_she_was_asked_and_nothing_private_is_in_her_answers():
    b = charts.everything()
    chart = b.chart()
    text = text_of(answers_pdf(chart))
    squeezed = text.replace(" ", "")
    for section in CATALOGUE.sections:
        for item, row in chart.section_items(section):
            value = None if inside(item) else chart.value(item.id, row)
            if not isinstance(value, str) or not value.startswith("Tekst"):
                continue
            hers = item.is_hers and chart.visibility(item, row) != "gp_only"
            assert (value in text) == hers, item.id
            if hers:
                assert words.label_text(item, to_her=True).replace(" ", "") in squeezed


def test_without_an_answer_there_is_nothing_to_give_her():
    with pytest.raises(ValueError, match="nothing"):
        answers_pdf(charts.empty().chart())


def test_link_and_code_never_stand_in_the_same_letter():
    assert LINK in text_of(invitation()).replace(" ", "")
    assert "482 913" in text_of(code())
    assert "http" not in text_of(code())
    assert [one["/Alt"] for one in tags(invitation()) if one["/S"] == "/Figure"] == ["QR-kode med linket"]


@pytest.mark.parametrize("letter", [invitation, code])
def test_a_letter_is_one_page_and_says_nothing_of_pregnancy(letter):
    assert len(reader(letter()).pages) == 1
    said = (text_of(letter()) + str(dict(reader(letter()).metadata))).lower()
    for word in ("gravid", "svanger", "fødsel ", "barn", "jordemoder", "cpr"):
        assert word not in said


def test_the_emergency_sheet_is_one_page_in_the_worst_case_too():
    worst = charts.worst()
    for number in range(12):
        medicine = worst.row("medicines")
        worst.accepted("medicine_name", f"Præparat med et langt navn {number}", medicine)
        worst.accepted("medicine_dose", "en halv tablet morgen, middag og aften, og en hel til natten", medicine)
        worst.accepted("medicine_kind", "prescription", medicine)
    pdf = emergency_pdf(worst.chart(name=charts.LONG_NAME))
    assert len(reader(pdf).pages) == 1
    assert max(word[2] for word in words_of(pdf)) < (210 - 13.5) / 25.4 * 72


def test_the_emergency_sheet_is_in_danish_and_english_and_keeps_private_things_out():
    b = charts.typical()
    b.accepted("smoked_before", "yes").clinics("rhd", "negative")
    text = text_of(emergency_pdf(b.chart()))
    for said in ("Due date 3. juli 2027", "3 July 2027", "CAVE Allergies", "Penicillin", "Rhesus factor Negativ",
                 "Negative", "Levothyroxin", "Conditions", "2019, Akut kejsersnit", "2019, Emergency caesarean section",
                 "By last menstrual period. Week 8+3 on 24 November 2026. No ultrasound scan yet.",
                 "No interpreter needed"):  # fmt: skip
        assert said.replace(" ", "") in text.replace(" ", "")
    assert text.count("Levothyroxin") == 1  # what is the same in both languages stands once
    everything = charts.everything().chart()
    private = [
        one.hers.answer.value
        for (item, row), one in everything.fields.items()
        if everything.visibility(CATALOGUE[item], row) == "gp_only" and str(one.hers.answer.value).startswith("Tekst")
    ]
    assert private
    sheet = text_of(emergency_pdf(everything))
    assert not [one for one in private if one in sheet]


def test_english_is_marked_as_english():
    assert "en" in [one.get("/Lang") for one in tags(emergency_pdf(charts.typical().chart()))]


def test_only_a_signed_version_becomes_an_emergency_sheet():
    with pytest.raises(ValueError, match="signed"):
        emergency_pdf(replace(charts.typical().chart(), signature=None))


def test_everything_that_the_sheet_takes_from_a_list_has_english_words():
    sections = {section.id: section for section in CATALOGUE.sections}
    items = [CATALOGUE[one] for one in ("rhd", "antibody_screen", "birth_course", "birth_pregnancy_course")]
    for item in (*sections["sygdomme"].items, CATALOGUE["medicines"], CATALOGUE["allergies"]):
        items += [item, *inside(item)]
    lists = [item for item in items if item.options and item.kind_name != "yes_no" and item.status == "active"]
    asked = {(item.id, option.key) for item in lists for option in item.options if not option.excludes}
    assert asked - set(english.OPTIONS) == set()
    labelled = [item for item in items if item.kind_name == "yes_no" or item in sections["sygdomme"].items]
    assert {item.id for item in labelled if item.status == "active" and item.id != "allergy"} - set(
        english.LABELS
    ) == set()


@pytest.mark.parametrize(
    ("allergy", "danish", "english_words"),
    [
        ("no", "Allergi: Nej", "No known allergies"),
        (Answer("unknown"), "Allergi: Ved ikke", "She does not know"),
        (None, "Allergi: Ikke spurgt", "Not asked"),
    ],
)
def test_no_allergy_is_said_only_where_somebody_said_no(allergy, danish, english_words):
    builder = charts.empty()
    if allergy:
        builder.accepted("allergy", allergy)
    (line,) = next(fact for fact in facts(builder.chart()) if fact.english == "Allergies").lines
    assert (line.danish, line.english) == (danish, english_words)


def test_a_yes_whose_details_follow_is_not_said_twice():
    builder = charts.typical()
    builder.accepted("somatic_disease", "yes").accepted("neurology", ["epilepsy"])
    builder.accepted("mental_illness", "yes")
    conditions = next(fact for fact in facts(builder.chart()) if fact.english == "Conditions")
    assert [line.english for line in conditions.lines] == ["Nervous system: Epilepsy", "Mental illness: Yes"]
