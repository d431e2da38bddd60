"""Values are written in Danish, the same everywhere."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from svangre import catalogue as kinds
from svangre.catalogue import Answer, Catalogue, Item, Option, Page, Section
from svangre.record import words
from svangre.record.chart import Chart, ClinicInfo, Field, Given, Identity, Row
from tests.builders import chart_with

SMOKING = kinds.One(
    (Option("no", "Nej, jeg ryger ikke", clinic_label="Nej"), Option("daily", "Ja, hver dag", clinic_label="Dagligt"))
)
CYCLE = kinds.Interval(unit="d", options=(Option("irregular", "Uregelmæssig"),))


def item(kind, item_id="thing", **more):
    return Item(id=item_id, ref="X-01", clinic="Ting", woman="Hvilken ting?", kind=kind, source="K", **more)


def test_dates_are_written_with_the_month_in_words():
    assert words.date_text(date(2027, 7, 3)) == "3. juli 2027"


def test_a_time_is_shown_on_the_danish_clock_in_summer_and_winter():
    assert words.moment_text(datetime(2026, 11, 24, 23, 41, tzinfo=UTC)) == "25. november 2026 kl. 00.41"
    assert words.moment_text(datetime(2027, 7, 3, 18, 41, tzinfo=UTC)) == "3. juli 2027 kl. 20.41"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2027, 3, 20), date(2027, 3, 26), "20.–26.3.2027"),
        (date(2027, 1, 30), date(2027, 2, 13), "30.1.–13.2.2027"),
        (date(2026, 12, 12), date(2027, 1, 1), "12.12.2026–1.1.2027"),
        (date(2026, 3, 1), date(2027, 3, 1), "1.3.2026–1.3.2027"),
        (date(2027, 3, 1), date(2027, 3, 1), "1.3.2027"),
    ],
)
def test_a_span_says_month_and_year_once_where_they_are_shared(first, last, text):
    assert words.span_text(first, last) == text


@pytest.mark.parametrize(
    ("value", "text"), [("2026", "2026"), ("2026-11", "november 2026"), ("2026-11-03", "3. november 2026")]
)
def test_a_partial_date_is_never_more_precise_than_it_was_given(value, text):
    assert words.partial_date_text(value) == text


@pytest.mark.parametrize(
    ("days", "short", "long"),
    [
        (59, "8+3", "8 uger og 3 dage"),
        (56, "8+0", "8 uger"),
        (8, "1+1", "1 uge og 1 dag"),
        (90, "12+6", "12 uger og 6 dage"),
    ],
)
def test_weeks_are_short_for_the_clinic_and_in_words_for_her(days, short, long):
    assert words.weeks_text(days) == short
    assert words.weeks_text_to_her(days) == long


def test_bmi_is_rounded_half_up():
    assert words.bmi_text(Decimal("28.35")) == "28,4"
    assert words.bmi_text(Decimal("28.349")) == "28,3"


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (4620, "g", "4.620 g"),
        (2019, None, "2019"),
        (1, "d", "1 dag"),
        (31, "d", "31 dage"),
        (1, "{genstande}/wk", "1 genstand om ugen"),
        (3, "{genstande}/wk", "3 genstande om ugen"),
        ("82.50", "kg", "82,50 kg"),
        ("4.1", "mmol/L", "4,1 mmol/l"),
        (122, "mm[Hg]", "122 mmHg"),
        (5, "/d", "5 om dagen"),
    ],
)
def test_a_number_stands_with_its_unit_in_danish(number, unit, text):
    assert " ".join(words.quantity(number, unit).split()) == text


@pytest.mark.parametrize(
    ("kind", "value", "hers", "clinics"),
    [
        (SMOKING, "daily", "Ja, hver dag", "Dagligt"),
        (kinds.Many(SMOKING.options), ["no", "daily"], "Nej, jeg ryger ikke, Ja, hver dag", "Nej, Dagligt"),
        (kinds.YesNo(), "yes", "Ja", "Ja"),
        (CYCLE, {"low": 27, "high": 32}, "27–32 dage", "27–32 dage"),
        (CYCLE, {"low": 31, "high": 31}, "31 dage", "31 dage"),
        (CYCLE, "irregular", "Uregelmæssig", "Uregelmæssig"),
        (kinds.Text(look="tel"), "+4520000000", "20 00 00 00", "20 00 00 00"),
        (kinds.Text(look="tel"), "+46 70 123", "+46 70 123", "+46 70 123"),
        (kinds.Text(look="cpr"), "0101909996", "010190-9996", "010190-9996"),
        (kinds.LongText(), "Linje 1\nLinje 2", "Linje 1\nLinje 2", "Linje 1\nLinje 2"),
        (kinds.Date(), "2026-09-23", "23. september 2026", "23. september 2026"),
        (SMOKING, "gone", "gone", "gone"),
    ],
)
def test_a_value_is_written_by_its_kind_for_her_and_for_the_clinic(kind, value, hers, clinics):
    answer = Answer("value", value)
    assert words.value_text(item(kind), answer, to_her=True) == hers
    assert words.value_text(item(kind), answer) == clinics


def test_the_six_states_have_six_different_texts():
    texts = {
        words.value_text(item(kinds.YesNo()), one)
        for one in (
            None, Answer("not_answered"), Answer("unknown"), Answer("declines"), Answer("ask_doctor"),
            Answer("value", "no"),
        )
    }  # fmt: skip
    assert texts == {"Ikke spurgt", "Ikke besvaret", "Ved ikke", "Vil ikke svare", "Vil hellere tale med lægen", "Nej"}


def test_a_row_is_one_line_with_its_children_and_without_what_is_not_answered():
    # given a birth of twins, one weight unknown
    weight = item(kinds.Integer(unit="g"), "weight")
    births = item(
        kinds.Group(
            (
                item(kinds.Integer(), "year"),
                item(kinds.Text(), "place"),
                item(kinds.YesNo(), "was_good"),
                item(kinds.Group((weight,), row="barn", add="Tilføj"), "children"),
            ),
            row="fødsel",
            add="Tilføj",
        ),
        "births",
    )
    catalogue = Catalogue((Section("s", "S", "S", (Page("p", "P", (births,)),)),))
    at = datetime(2026, 11, 24, tzinfo=UTC)
    given = {
        ("year", "b1"): Answer("value", 2019),
        ("place", "b1"): Answer("not_answered"),
        ("was_good", "b1"): Answer("value", "no"),
        ("weight", "c1"): Answer("value", 2500),
        ("weight", "c2"): Answer("unknown"),
    }
    chart = Chart(
        "p1",
        Identity("0101909996", "Testperson"),
        ClinicInfo("K", "1", "2", "R", "3", "A"),
        catalogue,
        {key: Field(hers=Given("1", answer, "woman", "", at)) for key, answer in given.items()},
        (
            Row("b1", "births", None, "woman"),
            Row("c1", "births.children", "b1", "woman"),
            Row("c2", "births.children", "b1", "woman"),
        ),
    )
    # when it is written for the clinic, then
    assert words.row_text(chart, chart.all_rows[0]) == "2019, Ting: Nej, (2.500 g), (Ting: Ved ikke)"


def test_a_text_that_is_cut_says_so():
    assert words.brief("Kort", 10) == "Kort"
    assert words.brief("Alt for lang en tekst", 10) == "Alt for …"


def test_a_row_is_named_by_its_group_and_number():
    group = item(kinds.Group((), row="fødsel", add="Tilføj"))
    assert words.row_name(group, 2) == "Fødsel 2"


def test_an_allergy_is_said_with_what_it_did():
    chart = chart_with(
        allergy="yes",
        allergies=[
            {"allergen_kind": "medicine", "allergen": "Penicillin", "allergy_reaction": "Udslæt"},
            {"allergen_kind": "latex"},
        ],
    )
    assert [words.cave_text(chart, row) for row in chart.rows("allergies")] == ["Penicillin (udslæt)", "Latex"]
