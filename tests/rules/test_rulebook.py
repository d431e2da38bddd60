"""The rulebook: complete, true and readable; editions and leading sources."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import html5lib
import pytest

from forms import CATALOGUE
from svangre.rules.assess import RULES
from svangre.rules.rule import Example
from svangre.rules.rulebook import choices, rulebook_html, rulebook_json, value_text
from svangre.rules.sources import KNOWLEDGE, SOURCES
from svangre.rules.threshold import Editions, Row, Threshold
from tests.rules.situations import assessed

EXAMPLES = [pytest.param(example, id=f"{rule.id}: {example.situation}") for rule in RULES for example in rule.examples]


def test_every_rule_of_the_specification_is_there_once_and_in_order() -> None:
    assert [rule.id for rule in RULES] == [f"R{number}" for number in range(1, 27)]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_true(example: Example) -> None:
    result = assessed(date(2025, 3, 1), **example.answers)
    found = {one["key"] for one in (*result["findings"], *result["unverified"])}
    assert set(example.prompts) <= found
    assert not set(example.absent) & found


def test_every_rule_has_an_example_and_names_its_sources() -> None:
    for rule in RULES:
        assert rule.examples, rule.id
        assert rule.sources, rule.id
        assert rule.logic, rule.id


def test_every_prompt_proposes_and_never_orders() -> None:
    for rule in RULES:
        for prompt in rule.prompts:
            assert prompt.title.startswith("Overvej"), prompt.key
            assert prompt.key.startswith(f"{rule.id}."), prompt.key
            assert (KNOWLEDGE in prompt.sources[:1]) == (prompt.strength == "unverified"), prompt.key


def test_keys_of_prompts_are_unique_and_lead_to_a_field() -> None:
    prompts = [prompt for rule in RULES for prompt in rule.prompts]
    assert len({prompt.key for prompt in prompts}) == len(prompts)
    assert [prompt.key for prompt in prompts if prompt.where not in CATALOGUE] == []


def test_every_threshold_has_a_source_a_date_and_where_sources_disagree_a_reason() -> None:
    for rule in RULES:
        for threshold in rule.thresholds:
            assert threshold.rows
            assert bool(threshold.disagreement) == bool(threshold.reason) or not threshold.reason
            for row in threshold.rows:
                assert SOURCES[row.source.tag] is row.source
            if threshold.default:
                assert threshold.default in threshold.leads


def test_json_and_html_carry_every_rule_threshold_and_source() -> None:
    book, page = rulebook_json(), rulebook_html()
    assert json.loads(json.dumps(book)) == book
    for rule in book["rules"]:
        assert f'id="{rule["id"]}"' in page
    for source in book["sources"]:
        assert source["tag"] in page
    assert "Afventer klinisk gennemsyn" in page


def test_what_a_clinic_may_choose_with_default_and_reason() -> None:
    assert {one.key: one.leads for one in choices()} == {
        "scan_over_ivf": ("scan", "ivf"),
        "ogtt_weeks": ("P", "LH"),
        "glucosuria": ("1+", "2+"),
        "asa_dose": ("ASA17", "ASA25"),
        "anti_d_week": ("P", "RHD"),
        "gbs_cfu": ("Sundhedsstyrelsen", "DSOG"),
        "tweak_cut_off": ("TWK", "TWN"),
        "second_visit": ("HVI", "RSV_SST"),
        "second_scan": ("P", "HVI", "FOTO"),
    }
    assert [one.name for one in choices()][:2] == ["Skanning erstatter IVF-dato", "Tidlig OGTT"]
    assert all(one.reason for one in choices())


def test_html_is_valid_and_has_no_script_or_style() -> None:
    page = rulebook_html()
    html5lib.HTMLParser(strict=True).parse(page)
    assert not re.search(r"<script|<style|style=", page)


def test_sources_of_every_question_are_known() -> None:
    tags = {tag.strip() for placed in CATALOGUE for tag in placed.item.source.split(",")}
    assert tags - SOURCES.keys() == set()


def test_the_list_of_sources_in_the_documentation_is_the_same() -> None:
    text = Path("docs/sources.md").read_text(encoding="utf-8")
    for source in SOURCES.values():
        assert f"| {source.tag} | {source.title} |" in text, source.tag


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (True, "", "ja"),
        (False, "", "nej"),
        (280, "dage", "280"),
        (97, "uge+dag", "13+6"),
        ((77, 97), "uge+dag", "11+0–13+6"),
        ((21, 42), "dage", "21–42"),
        (((10, 1), (3, 31)), "måned, dag", "1.10.–31.3."),
        ((2, 2, 1, 1, 1), "point", "2–2–1–1–1"),
        ("plus_1", "grad", "plus_1"),
    ],
)
def test_thresholds_as_a_clinician_reads_them(value: Any, unit: str, text: str) -> None:
    assert value_text(value, unit) == text


# Editions.

OLD, NEW = SOURCES["P"], SOURCES["LH"]
WEEKS: Threshold[int] = Threshold("weeks", "", "", (Row(18, OLD, date(2010, 1, 1)), Row(10, NEW, date(2021, 9, 1))))


@pytest.mark.parametrize(
    ("on", "lead", "value"),
    [
        (date(2009, 12, 31), "", 18),  # before the first edition: the first one
        (date(2010, 1, 1), "", 18),
        (date(2021, 8, 31), "", 18),
        (date(2021, 9, 1), "", 10),
        (date(2030, 1, 1), "", 10),
        (date(2030, 1, 1), "P", 18),
        (date(2010, 1, 1), "LH", 10),  # the clinic's source, however old the record
        (date(2030, 1, 1), "nobody", 10),
    ],
)
def test_which_row_is_in_force(on: date, lead: str, value: int) -> None:
    assert WEEKS.row(on, lead).value == value
    assert Editions(on, {"weeks": lead}).value(WEEKS) == value


def test_a_default_lead_holds_until_the_clinic_chooses() -> None:
    sided: Threshold[int] = Threshold(
        "cfu", "", "", (Row(0, NEW, date(2021, 1, 1), "A"), Row(9, NEW, date(2022, 1, 1), "B")), default="A"
    )
    assert sided.leads == ("A", "B")
    assert Editions(date(2026, 1, 1), {}).value(sided) == 0
    assert Editions(date(2026, 1, 1), {"cfu": "B"}).value(sided) == 9
    assert Editions(date(2026, 1, 1), {"other": "B"}).value(sided) == 0
    assert sided.rows[0].lead == "A"
    assert WEEKS.leads == ("P", "LH")
    assert (
        SOURCES["P"].line
        == "Svangerskabsjournal ST 97.012M og Vandrejournal ST 97.021/022, Sundhedsstyrelsen, 2010–2011"
    )
    assert SOURCES["HB2"].line == "Hæmoglobintype, laboratorievejledning, Region Sjælland"
