"""The codebook is for people to review and for machines to check; its shape stays."""

import csv
import io
import json

import html5lib
import pytest

from forms import CATALOGUE
from svangre.catalogue import Catalogue, Decimal, Group, Item, One, Option, Page, Section, When, YesNo
from svangre.catalogue.codebook import codebook, to_csv, to_html

KEYS = [
    "id", "ref", "form", "section", "group", "woman", "clinic", "help", "kind", "unit", "min", "max", "options",
    "unremarkable", "shown_when", "who", "visibility", "codes", "documents", "source", "status",
]  # fmt: skip

ROWS = {row["id"]: row for row in codebook(CATALOGUE)}


def small(*items: Item, private: bool = False) -> Catalogue:
    return Catalogue((Section("chapter", "Kapitel", "Kapitel", (Page("page", "Side", items),), private=private),))


def test_every_question_is_there_once_in_the_order_in_which_it_is_asked() -> None:
    assert list(ROWS) == [placed.item.id for placed in CATALOGUE]


def test_every_question_has_every_key_and_survives_as_json() -> None:
    assert all(list(row) == KEYS for row in ROWS.values())
    assert json.loads(json.dumps(list(ROWS.values()))) == list(ROWS.values())


def test_a_question_in_a_row_within_a_row_names_its_path() -> None:
    assert ROWS["child_weight"]["group"] == "births.children"
    assert ROWS["birth_year"]["group"] == "births"
    assert ROWS["births"]["group"] is None
    assert ROWS["births"]["kind"] == "group"


def test_a_plain_question_says_who_sees_it_and_when_it_is_shown() -> None:
    item = Item("b", "X-02", "B", YesNo(), "K", when=When("a", ("yes",)), visibility="clinic_and_her", who=("gp",))
    row = codebook(small(Item("a", "X-01", "A", YesNo(), "K"), item))[1]
    assert row["shown_when"] == {"item": "a", "any_of": ["yes"]}
    assert (row["who"], row["visibility"], row["woman"], row["help"]) == (["gp"], "clinic_and_her", None, None)


def test_yes_and_no_are_options_with_keys() -> None:
    (row,) = codebook(small(Item("a", "X-01", "A", YesNo(no="Slet ikke"), "K", unremarkable=("no",))))
    assert row["options"] == [
        {"key": "yes", "label": "Ja", "clinic_label": "Ja"},
        {"key": "no", "label": "Slet ikke", "clinic_label": "Slet ikke"},
    ]
    assert row["unremarkable"] == ["no"]


def test_a_decimal_has_its_range_and_unit_as_numbers() -> None:
    (row,) = codebook(small(Item("a", "X-01", "A", Decimal("kg", "30", "250.5"), "K")))
    assert (row["min"], row["max"], row["unit"]) == (30, 250.5, "kg")


def test_a_code_of_an_option_carries_its_status_and_its_option() -> None:
    codes = {code["option"]: code for code in ROWS["smokes_now"]["codes"]}
    assert codes["stopped_when_pregnant"] == {
        "system": "http://snomed.info/sct",
        "code": "598071000005103",
        "display": "stoppet med rygning i 1. trimester",
        "status": "official",
        "option": "stopped_when_pregnant",
    }
    assert codes["stopped_later"]["status"] == "inferred"
    assert codes[None]["code"] == "598171000005102"  # the question's own


def test_a_measurement_has_its_laboratory_code_beside_the_other() -> None:
    codes = [(code["system"], code["code"]) for code in ROWS["systolic"]["codes"]]
    assert codes == [("http://snomed.info/sct", "271649006"), ("urn:oid:1.2.208.176.2.1", "DNK05472")]


@pytest.mark.parametrize(
    ("item_id", "documents"),
    [("somatic_disease", ["PRF"]), ("smokes_now", ["PSCR"]), ("systolic", ["PMR"]), ("height_cm", ["PRF", "PMR"]),
     ("birth_fear", []), ("substance_kind", ["PSCR"])],
)  # fmt: skip
def test_a_question_names_the_national_documents_it_goes_into(item_id: str, documents: list[str]) -> None:
    assert ROWS[item_id]["documents"] == documents


def test_later_visits_are_a_form_of_their_own() -> None:
    assert (ROWS["visit_on"]["form"], ROWS["visit_on"]["status"]) == ("vandrejournal", "later")
    assert ROWS["systolic"]["form"] == "svangrejournal"


def test_the_table_has_one_line_a_question_and_the_same_columns() -> None:
    lines = list(csv.DictReader(io.StringIO(to_csv(CATALOGUE))))
    assert [line["id"] for line in lines] == list(ROWS)
    assert list(lines[0]) == KEYS
    smoking = next(line for line in lines if line["id"] == "smokes_now")
    assert "8392000:ikkeryger:official:never" in smoking["codes"]


def test_the_page_is_valid_and_shows_her_words_the_clinics_and_the_reason() -> None:
    page = to_html(CATALOGUE)
    html5lib.HTMLParser(strict=True).parse(page)
    item = CATALOGUE["smokes_now"]
    assert item.woman
    assert item.help
    assert all(words in page for words in (item.woman, item.help, item.clinic, "Stoppet efter 1. trimester"))


def test_the_page_says_in_words_when_a_question_is_shown() -> None:
    page = to_html(CATALOGUE)
    assert "når »Rygning i graviditeten« er: Ryger</td>" in page
    assert "når »Somatisk sygdom af relevans« er: Ja, Ved ikke<br>" in page


def test_the_page_marks_what_is_inferred_and_only_that() -> None:
    codes = {"stopped": "598071000005103", "later": "598081000005100"}
    options = tuple(Option(key, key.title(), code=code) for key, code in codes.items())
    page = to_html(small(Item("a", "X-01", "A", One(options), "K")))
    marked = page.split("<tbody>")[1]
    assert "<mark>later: 598081000005100" in marked
    assert "udledt, sendes ikke" in marked
    assert "<mark>stopped" not in marked


def test_the_page_writes_markup_in_a_question_as_text() -> None:
    page = to_html(small(Item("a", "X-01", "<script>", YesNo(), "K", woman="Er 1 < 2?")))
    assert "<script>" not in page
    assert "Er 1 &lt; 2?" in page


def test_the_page_says_that_private_sections_are_the_doctors_alone() -> None:
    private = small(Item("a", "X-01", "A", YesNo(), "K", who=("gp",)), private=True)
    assert "Kun lægen, alene med hende" in to_html(private)
    assert "Kun lægen, alene med hende" not in to_html(small(Item("a", "X-01", "A", YesNo(), "K")))


def test_a_question_inside_a_group_is_shown_with_its_group() -> None:
    row = Item("b", "X-02", "Navn", YesNo(), "K")
    page = to_html(small(Item("rows", "X-01", "Rækker", Group((row,), row="række", add="Tilføj"), "K")))
    assert "rows › Navn" in page
