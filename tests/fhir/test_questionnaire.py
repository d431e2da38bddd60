"""Her form as a Questionnaire, her submission as a QuestionnaireResponse, and a response read back as answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from forms import CATALOGUE
from svangre.catalogue import Answer, Item, inside, is_shown
from svangre.fhir.questionnaire import OPTIONS, questionnaire
from svangre.fhir.resources import NotAResource
from svangre.fhir.response import questionnaire_response, read_response
from svangre.fhir.texts import clean
from svangre.record.chart import Chart, Field
from tests.builders import ASK_DOCTOR, DECLINES, IDENTITY, UNKNOWN, chart_with, random_chart

BASE = "https://svangre.example.dk"
FORM: dict[str, Any] = json.loads(questionnaire(CATALOGUE, BASE, "0123abcd"))


def walk(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        yield item
        yield from walk(item.get("item", []))


ITEMS = {item["linkId"]: item for item in walk(FORM["item"])}


def response(chart: Chart) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(questionnaire_response(chart, BASE, "0123abcd"))
    return content


def test_every_question_of_hers_is_in_the_questionnaire_and_no_other() -> None:
    asked = {placed.item.id for placed in CATALOGUE if placed.item.is_hers}
    assert asked <= ITEMS.keys()
    assert {"systolic", "omsorgsniveau", "violence_past_year"}.isdisjoint(ITEMS)
    assert len(list(walk(FORM["item"]))) == len(ITEMS), "link ids are unique"


def test_clinic_only_options_are_not_offered() -> None:
    codes = {option["valueCoding"]["code"] for option in ITEMS["smokes_now"]["answerOption"]}
    assert "smokes_now.not_known" not in codes
    assert "smokes_now.never" in codes


def test_every_condition_asks_a_question_of_the_form() -> None:
    asked = {one["question"] for item in ITEMS.values() for one in item.get("enableWhen", ())}
    assert asked <= ITEMS.keys()


def test_units_and_ranges_are_said() -> None:
    extensions = {one["url"].rpartition("/")[2]: one for one in ITEMS["height_cm"]["extension"]}
    assert extensions["questionnaire-unit"]["valueCoding"]["code"] == "cm"
    assert extensions["minValue"]["valueInteger"] == 120


def enabled(item: dict[str, Any], answers: dict[str, Any]) -> bool:
    """FHIR's enableWhen on coded answers, written here apart from our own rule."""
    conditions = item.get("enableWhen", [])
    if not conditions:
        return True
    results = []
    for one in conditions:
        given = answers.get(one["question"], set())
        if one["operator"] == "exists":
            results.append(bool(given) == one["answerBoolean"])
        else:
            results.append(one["answerCoding"]["code"] in given)
    return any(results)


@pytest.mark.parametrize("seed", range(300))
def test_enable_when_agrees_with_our_own_conditions(seed: int) -> None:
    chart = random_chart(seed)
    answers: dict[str, set[str]] = {}
    for item in walk(response(chart)["item"]):
        codes = {one["valueCoding"]["code"] for one in item.get("answer", ()) if "valueCoding" in one}
        if "answer" in item:
            answers[item["linkId"]] = codes or {"*"}

    def her_answer(item_id: str) -> Answer | None:
        given = chart.field(item_id).hers
        return given.answer if given else None

    def ours(item: Item) -> bool:
        return is_shown(item, her_answer, to_her=True, item_of=CATALOGUE.__getitem__)

    conditional = [placed.item for placed in CATALOGUE if placed.item.is_hers and not placed.group]
    for one in conditional:
        if one.when:
            # A renderer asks nothing below a question that is not enabled itself.
            theirs = enabled(ITEMS[one.id], answers) and ours(CATALOGUE[one.when.item])
            assert theirs == ours(one), one.id


def test_the_states_are_answers_of_their_own() -> None:
    chart = chart_with(alcohol_now=UNKNOWN, last_period=UNKNOWN, mental_illness=ASK_DOCTOR, ancestry_countries=DECLINES)
    found = {
        item["linkId"]: item["answer"][0]["valueCoding"] for item in walk(response(chart)["item"]) if "answer" in item
    }
    assert {link: (one["system"], one["code"]) for link, one in found.items()} == {
        "alcohol_now": (OPTIONS, "state.unknown"),
        "last_period.state": (OPTIONS, "state.unknown"),
        "mental_illness": (OPTIONS, "state.ask_doctor"),
        "ancestry_countries": (OPTIONS, "state.declines"),
    }


def hers(chart: Chart) -> dict[str, Any]:
    """What she answered of what she was shown, in the shape of `read_response`."""
    alone = replace(chart, fields={key: Field(hers=one.hers) for key, one in chart.fields.items() if one.hers})
    return _row(alone, [item for page in CATALOGUE.her_pages for item in page.hers], None, "")


def _row(chart: Chart, items: Any, row: str | None, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        if not item.is_hers or not chart.is_shown(item, row, to_her=True):
            continue
        own = f"{path}.{item.id}" if path else item.id
        if inside(item):
            rows = [_row(chart, inside(item), one.id, own) for one in chart.rows(own, row)]
            found |= {item.id: rows} if rows else {}
        else:
            given = chart.field(item.id, row).hers
            if given and given.answer.state != "not_answered":
                value = given.answer.value
                is_text = item.kind_name in ("text", "long_text") and isinstance(value, str)
                found[item.id] = replace(given.answer, value=clean(value)) if is_text else given.answer
    return found


@pytest.mark.parametrize("seed", range(60))
def test_a_response_is_read_back_as_the_same_answers(seed: int) -> None:
    chart = random_chart(seed)
    read = read_response(questionnaire_response(chart, BASE, "0123abcd"), CATALOGUE, chart.identity.cpr)
    assert read.unknown == []
    assert read.answers == hers(chart)


def test_the_clinics_corrections_are_not_in_her_response() -> None:
    chart = chart_with(systolic=120, alcohol_now="no")
    assert "systolic" not in {item["linkId"] for item in walk(response(chart)["item"])}


def test_somebody_elses_response_is_refused() -> None:
    content = questionnaire_response(chart_with(alcohol_now="no"), BASE, "0123abcd")
    with pytest.raises(NotAResource, match="somebody else"):
        read_response(content, CATALOGUE, "0203915556")


def test_unknown_links_and_options_are_named_and_not_guessed() -> None:
    content = json.loads(questionnaire_response(chart_with(alcohol_now="no", smokes_now="never"), BASE, "0123abcd"))
    for page in content["item"]:
        for item in page["item"]:
            if item["linkId"] == "alcohol_now":
                item["linkId"] = "alcohol_tomorrow"
            if item["linkId"] == "smokes_now":
                item["answer"][0]["valueCoding"]["code"] = "smokes_now.sometimes"
    read = read_response(json.dumps(content).encode(), CATALOGUE, IDENTITY.cpr)
    assert read.answers == {}
    assert sorted(read.unknown) == ["alcohol_tomorrow", "smokes_now"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b'{"resourceType":"Bundle"}', b'"QuestionnaireResponse"', b"[" * 100_000,
        b'{"resourceType":"QuestionnaireResponse","status":"completed","item":"x"}',
        b'{"resourceType":"QuestionnaireResponse","status":"completed","hello":1}', b"\xff\xfe", b" " * 3_000_000,
    ],
    ids=["empty", "half", "list", "bundle", "text", "deep", "wrong type", "unknown element", "not UTF-8", "large"],
)  # fmt: skip
def test_what_is_no_response_is_refused(content: bytes) -> None:
    with pytest.raises(NotAResource):
        read_response(content, CATALOGUE, IDENTITY.cpr)
