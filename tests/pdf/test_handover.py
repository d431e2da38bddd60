"""The handover says everything that may leave, once, in order, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from forms import CATALOGUE
from svangre import catalogue as kinds
from svangre.catalogue import Answer, Catalogue, Item, inside
from svangre.pdf.charts import series
from svangre.pdf.front import front
from svangre.pdf.handover import handover_pdf
from svangre.record import words
from svangre.record.chart import Chart
from tests.pdf import charts
from tests.pdf.reading import reader, tags, text_of, words_of

MM = 72 / 25.4


def read(chart: Chart, previous: Chart | None = None) -> str:
    return text_of(handover_pdf(chart, birthplace="Fødestedet Demo Nord", previous=previous))


@cache
def typical() -> str:
    return read(charts.typical().chart())


@cache
def everything() -> tuple[Chart, str]:
    chart = charts.everything().chart()
    return chart, read(chart)


def body(text: str) -> str:
    """The sections, without the first page's frame."""
    return text[text.index("Stamdata og kontakt") :]


def squeezed(text: str) -> str:
    """Without blanks: a narrow column breaks words."""
    return text.replace(" ", "")


def printed(chart: Chart) -> list[tuple[Item, str | None]]:
    """What a section has to show of a chart, by the record's own walk."""
    shown = [
        (item, row)
        for section in chart.catalogue.sections
        for item, row in chart.section_items(section)
        if not inside(item) and chart.may_leave(item, row) and chart.counting(item.id, row)
    ]
    on_page_one = {"resume", "what_matters", "cpr", "legal_name", "consultation_on"}
    return [(item, row) for item, row in shown if item.id not in on_page_one]


def test_every_text_is_printed_once():
    chart, text = everything()
    texts = [
        chart.value(item.id, row)
        for item, row in printed(chart)
        if isinstance(item.kind, kinds.Text | kinds.LongText) and getattr(item.kind, "look", "") != "cpr"
    ]
    assert len(texts) > 40
    assert {one: body(text).count(one) for one in texts} == dict.fromkeys(texts, 1)


def test_every_question_stands_beside_its_answer_in_the_order_of_the_form():
    chart, text = everything()
    text = squeezed(text)
    joined = {"systolic", "diastolic"}
    place = text.index(squeezed("Stamdata og kontakt"))
    for item, row in printed(chart):
        if row is None and item.id not in joined:
            answer = words.value_text(item, chart.counting(item.id).answer)
            found = text.find(squeezed(f"{item.clinic} {answer}"), place)
            if found < 0:  # a plain no stands in the line at the end of its section
                assert answer in ("Nej", "Ingen"), (item.id, answer)
                assert squeezed(item.clinic) in text
            else:
                place = found


def test_every_answer_in_a_row_is_printed():
    chart, text = everything()
    ours = {"birth_weeks", "birth_days", "puerperium_uncomplicated", "measured_systolic", "measured_diastolic"}
    for item, row in printed(chart):
        if row and item.id not in ours:
            assert words.value_text(item, chart.counting(item.id, row).answer) in body(text), item.id


def test_a_question_that_is_added_to_a_section_and_to_a_row_is_printed():
    # given one more item in a section and one more in the births
    def with_more(item: Item) -> Item:
        if item.id != "births":
            return item
        more = Item(id="new_in_row", ref="X-02", clinic="Nyt i rækken", kind=kinds.Text(), source="K")
        return replace(item, kind=replace(item.kind, items=(*item.kind.items, more)))

    first, *others = CATALOGUE.sections
    page = first.pages[0]
    new = Item(id="brand_new", ref="X-01", clinic="Helt nyt felt", kind=kinds.Text(), source="K")
    first = replace(first, pages=(replace(page, items=(*page.items, new)), *first.pages[1:]))
    others = [
        replace(section, pages=tuple(replace(page, items=tuple(map(with_more, page.items))) for page in section.pages))
        for section in others
    ]
    b = charts.everything(Catalogue((first, *others)))
    # when it is printed
    text = read(b.chart())
    # then both are there with their answers
    assert f"Helt nyt felt {b.fields['brand_new', None].hers.answer.value}" in text
    rows = [row.id for row in b.rows if row.group == "births"]
    assert len(rows) == 2
    for row in rows:
        assert squeezed(b.fields["new_in_row", row].hers.answer.value) in squeezed(text)


def test_page_one_says_who_when_which_level_and_what_to_do():
    frame = typical()[: typical().index("Lægens resumé")]
    for said in (
        "Testperson Nanna Berggreen", "010190-9996, 36 år", "3. juli 2027", "Sidste menstruation, sikker.",
        "Uge 8+3 den 24.11.2026.", "G2 P1. BMI 28,4 (82,0 kg, 170 cm)", "Niveau 2: Udvidet basistilbud",
        "Hun oplevede fødslen som dårlig.", "Obstetrisk vurdering: ja", "Tidligere akut kejsersnit, fødselsmåde",
        "1. Overvej sukkerbelastning (OGTT), uge 10–20 BMI ≥ 27 og tidligere barn ≥ 4.500 g. 5.12.2026–13.2.2027",
        "CAVE Penicillin", "Ingen tolk", "Fødestedet Demo Nord",
    ):  # fmt: skip
        assert said in frame


def test_a_finding_stays_out_unless_the_doctor_hands_it_over():
    assert "Skal ikke ses i dokumentet" not in typical()


def test_an_unverified_proposal_says_so_and_one_that_rests_on_a_private_answer_stays_out():
    b = charts.Builder().accepted("family_diabetes", "yes").accepted("consanguinity", "yes")
    chosen = {"rule": "R26", "key": "R26.counselling", "title": "Overvej rådgivning", "because": "I familie.",
              "strength": "unverified", "data": [{"item": "consanguinity", "giver": "woman"}]}  # fmt: skip
    private = {"rule": "R3", "key": "R3.late", "title": "Overvej OGTT", "because": "Sukkersyge i familien.",
               "strength": "confirmed", "data": [{"item": "family_diabetes", "giver": "woman"}]}  # fmt: skip
    assessment = {**charts.ASSESSMENT, "findings": [private], "unverified": [chosen]}

    def actions() -> list[str]:
        whole = b.chart(assessment=assessment, handed_over=("R26.counselling", "R3.late"))
        return [one.title for one in front(whole).actions]

    assert actions() == ["Overvej OGTT", "Overvej rådgivning (uverificeret forslag)"]
    b.seen_by("family_diabetes", "gp_only")
    assert actions() == ["Overvej rådgivning (uverificeret forslag)"]


def test_the_plan_lists_what_is_still_to_come():
    assert "Gennemskanning (hvis hun ønsker det) 18+0–20+0 30.1.–13.2.2027 Fødestedet" in typical()
    assert "Prøve, hvis tid er gået" not in typical()


def test_her_own_answers_are_marked_and_corrections_show_what_she_said():
    assert "Boligforhold Bor sammen med andre K " in typical()
    assert "Højde 170 cm (rettet af lægen; hun svarede: 171 cm)" in typical()
    assert "Vægt i dag 82,6 kg" in typical()
    assert "82,6 kg K" not in typical()
    assert "Samtykke til at sende svangrejournal til fødested og jordemoder Ja K?" in typical()
    assert "Hendes svar, accepteret af K læge · K? endnu ingen" in typical()


def test_what_staff_accepted_or_corrected_is_not_called_the_doctors():
    builder = charts.typical()
    for item in ("household", "height_cm"):
        one = builder.fields[item, None]
        builder.fields[item, None] = replace(one, clinics=replace(one.clinics, role="staff"))
    text = read(builder.chart())
    assert "Boligforhold Bor sammen med andre Kp " in text
    assert "Højde 170 cm (rettet af klinikken; hun svarede: 171 cm)" in text
    assert "Hendes svar, accepteret af K læge · Kp personale · K? endnu ingen" in text


def test_two_halves_are_read_as_one():
    assert "Blodtryk 122/76 mmHg" in typical()
    assert "39+2" in typical()


def test_the_six_states_stay_apart():
    b = charts.Builder()
    b.accepted("allergy", "no").accepted("smoked_before", "no").accepted("wanted_midwife", Answer("not_answered"))
    b.accepted("consanguinity", Answer("unknown")).accepted("ancestry_countries", Answer("declines"))
    b.accepted("mental_illness", Answer("ask_doctor"))
    text = read(b.chart())
    assert "Nej K : Allergi" in text
    assert "Konsangvinitet Ved ikke K" in text
    assert "Oprindelsesland(e) Vil ikke svare K" in text
    label = CATALOGUE["mental_illness"].clinic
    assert f"{label} Vil hellere tale med lægen K" in text
    assert f"Ikke besvaret: {CATALOGUE['wanted_midwife'].clinic}" in text
    not_asked = text[text.index("Ikke spurgt eller udfyldt: ", text.index("Livsstil")) :]
    assert CATALOGUE["alcohol_now"].clinic in not_asked[:300]


def test_an_empty_record_is_one_line_a_section():
    text = read(charts.empty().chart())
    assert "Nej:" not in text
    assert "Ikke besvaret:" not in text.replace("Hendes egne ord: Ikke besvaret.", "")
    assert text.count("Ikke spurgt eller udfyldt:") >= 10


def test_private_answers_leave_no_trace():
    # given every private item answered, and one shared answer narrowed by her
    b = charts.everything()
    b.seen_by("job", "clinic_and_her")
    chart = b.chart()
    text = read(chart)
    private = {(i, r) for i, r in chart.fields if not chart.may_leave(chart.catalogue[i], r)}
    assert len(private) > 10
    for item_id, row in private:
        item = chart.catalogue[item_id]
        if isinstance(item.kind, kinds.Text | kinds.LongText):
            assert chart.fields[item_id, row].hers.answer.value not in text, item_id
        assert f"{item.clinic} " not in text or any(
            other.item.clinic == item.clinic and other.item.id != item_id for other in chart.catalogue
        ), item_id
    assert "Samtale alene" not in text


def test_a_private_answer_that_the_doctor_releases_is_printed_and_nothing_beside_it():
    b = charts.everything()
    b.seen_by("past_abuse_details", "shared").seen_by("past_abuse", "shared")
    text = read(b.chart())
    assert "Samtale alene" in text
    assert b.fields["past_abuse_details", None].hers.answer.value in text
    assert CATALOGUE["violence_past_year"].clinic not in text
    assert b.fields["abuse_and_upbringing", None].hers.answer.value not in text


def test_a_private_loss_does_not_show_in_the_number_of_pregnancies():
    b = charts.typical()
    b.accepted("pregnant_before_without_birth", "yes")
    loss = b.row("losses")
    b.accepted("loss_kind", "induced", loss).accepted("loss_year", "2012", loss)
    assert "G2 P1" in read(b.chart())
    b.seen_by("loss_kind", "clinic_and_her", loss).seen_by("loss_year", "clinic_and_her", loss)
    b.seen_by("pregnant_before_without_birth", "clinic_and_her")
    text = read(b.chart())
    assert "G2" not in text
    assert "P1. BMI" in text
    assert "Provokeret abort" not in text
    assert "2012" not in text


def test_with_protected_address_the_name_has_a_badge_and_contact_is_absent():
    b = charts.everything()
    chart = b.chart()
    text = read(replace(chart, identity=replace(chart.identity, is_protected=True)))
    assert "Navne- og adressebeskyttelse" in text
    for item in (
        "phone",
        "work_phone",
        "email",
        "address",
        "temporary_address",
        "next_of_kin_name",
        "next_of_kin_phone",
    ):
        assert words.value_text(CATALOGUE[item], b.fields[item, None].hers.answer) not in text
        assert CATALOGUE[item].clinic not in text


def test_an_amendment_marks_what_changed_since_the_version_before():
    first = charts.typical()
    lost = first.row("medicines")
    first.accepted("medicine_name", "Ibuprofen", lost)
    second = charts.typical()
    second.clinics("systolic", 142).clinics("household", "alone")
    new = second.row("allergies")
    second.accepted("allergen", "Latex", new)
    text = read(second.chart(number=2), first.chart())
    assert "Version 2 erstatter version 1. Ændrede felter er mærket. Årsag: Blodtryk rettet" in text
    assert "Blodtryk 142/76 mmHg Ændret, før: 122/76 mmHg" in text
    assert "Ændret, før: Bor sammen med andre" in text
    assert "Latex K Ny" in text
    assert "Fjernet siden sidst: Ibuprofen" in text
    assert "Penicillin K Ny" not in text


def test_the_signature_says_who_where_and_when():
    for said in ("Læge Testperson Øjvind Holm", "Ydernummer 000000, SOR 325421000016001", "24. november 2026 kl. 10.31",
                 "Version 1, ingen rettelser"):  # fmt: skip
        assert said in typical()


def test_name_cpr_and_page_stand_on_every_page_and_the_document_id_too():
    pages = int(re.findall(r"Side \d+ af (\d+)", typical())[-1])
    assert pages > 1
    for page in range(1, pages + 1):
        assert f"Side {page} af {pages}" in typical()
    assert typical().count("CPR 010190-9996") == pages
    assert typical().count("Dokument 7f3a0001-0000-7000-8000-000000000001, version 1") == pages
    assert typical().count("Demo. Alt er opdigtet.") == pages


@pytest.mark.parametrize(("builder", "name"), [("worst", charts.LONG_NAME), ("everything", "Testperson Nanna")])
def test_nothing_runs_over_the_margins(builder, name):
    pdf = handover_pdf(getattr(charts, builder)().chart(name=name), birthplace="Fødestedet Demo Nord")
    outside = [
        word
        for word in words_of(pdf)
        if word[0] < 13.5 * MM or word[2] > (210 - 13.5) * MM or word[1] < 3 * MM or word[3] > (297 - 6) * MM
    ]
    assert outside == []


def test_no_row_is_cut_in_two():
    # given eight births with twins: each has its year and its remark, which the next page must not separate
    pdf = handover_pdf(charts.worst().chart(), birthplace="Fødestedet Demo Nord")
    pages = [squeezed(" ".join(page.extract_text().split())) for page in reader(pdf).pages]
    for year in range(2005, 2012):
        page = next(text for text in pages if f"{year}K36uger" in text)
        after = page[page.index(f"{year}K36uger") :]
        assert after.count("Barselskomplikationer") >= 1, year
        assert after.index("Barselskomplikationer") < after.find(f"{year + 1}K36uger") or f"{year + 1}K" not in after


def test_no_heading_is_left_alone_at_the_foot():
    headings = {squeezed(section.clinic) for section in CATALOGUE.sections} | {"Plan", "Underskrift"}
    for lines in range(1, 8):  # a longer summary moves every heading down the page
        b = charts.typical()
        b.clinics("resume", "\n".join(["Linje"] * lines))
        for page in reader(handover_pdf(b.chart(), birthplace="X")).pages:
            lines_of_page = [squeezed(line) for line in page.extract_text().splitlines() if line.strip()]
            running_head = max(at for at, line in enumerate(lines_of_page) if line.startswith("Testperson"))
            assert lines_of_page[running_head - 1] not in headings


def test_names_and_words_of_many_languages_are_printed_and_markup_is_text():
    text = read(charts.worst().chart(name=charts.LONG_NAME))
    for said in (
        "Þórdís",
        "Nguyễn",
        "Przybyszewska",
        "Şükrüoğlu",
        "Łukasz",
        "Іван",
        "ሰላም",
        "<script>alert(1)</script>",
    ):
        assert said in text
    assert "\N{REPLACEMENT CHARACTER}" in text  # the emoji, for which there is no font


def test_two_measurements_of_the_same_thing_are_drawn():
    assert "Målinger over tid Hæmoglobin (mmol/l)" in typical()


def measured(*rows: tuple[str, str | None, int | None, int | None, int | None]) -> charts.Builder:
    """A typical record with later measurements: day, weight, blood pressure, symphysis-fundus."""
    builder = charts.typical()
    items = ("measured_on", "measured_weight_kg", "measured_systolic", "measured_diastolic", "measured_fundus_mm")
    for values in rows:
        row = builder.row("later_measurements")
        for item, value in zip(items, values, strict=True):
            if value is not None:
                builder.clinics(item, value, row)
    return builder


def test_later_measurements_stand_as_a_table_and_as_pictures_with_those_of_the_first_visit():
    pdf = handover_pdf(
        measured(("2026-12-20", "83.4", 126, 80, 180), ("2027-01-20", None, None, None, 212)).chart(), birthplace="X"
    )
    assert "20. december 2026 83,4 kg 126/80 mmHg 180 mm (18 cm)" in text_of(pdf)
    assert [one["/Alt"] for one in tags(pdf) if one["/S"] == "/Figure"][:3] == [
        "Blodtryk: 122/76 mmHg den 24.11.2026, 126/80 mmHg den 20.12.2026",
        "Vægt: 82,6 kg den 24.11.2026, 83,4 kg den 20.12.2026",
        "Symfyse-fundus: 180 mm den 20.12.2026, 212 mm den 20.1.2027",
    ]


def test_one_measurement_is_no_picture_and_half_a_blood_pressure_no_point():
    pdf = handover_pdf(measured(("2026-12-20", None, 126, None, 180)).chart(), birthplace="X")
    assert [one["/Alt"].partition(":")[0] for one in tags(pdf) if one["/S"] == "/Figure"] == ["Hæmoglobin"]


def test_crowded_points_are_drawn_and_the_newest_keeps_its_value():
    days = [(f"2026-12-{day:02}", str(80 + day / 10), None, None, None) for day in range(1, 29)]
    (weight, *_) = series(measured(*days).chart())
    labels = [point for point in weight.lines[0] if point.is_labelled]
    assert (len(weight.lines[0]), labels[-1].value) == (29, "82,8")
    assert all(float(after.x) - float(one.x) >= 26 for one, after in pairwise(labels))


def test_only_a_signed_version_is_handed_over():
    with pytest.raises(ValueError, match="signed"):
        handover_pdf(charts.typical().chart(signature=None), birthplace="X")
