"""Her submission as a QuestionnaireResponse, and a QuestionnaireResponse as answers to fill a draft with.

Only what she was shown and answered stands in a response; a state ("ved ikke" …) is an answer of its own. Reading
never guesses: what the form does not know is returned by link id, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from svangre import catalogue as kinds
from svangre.catalogue import Answer, Catalogue, Item, State, inside
from svangre.fhir import systems
from svangre.fhir.ids import id_of, moment
from svangre.fhir.parsing import BadContent, parse
from svangre.fhir.questionnaire import (
    OPTIONS,
    SDC,
    canonical,
    has_options,
    option_coding,
    state_coding,
    state_link,
    version_of,
)
from svangre.fhir.resources import NotAResource, check, to_bytes
from svangre.fhir.texts import clean
from svangre.record.chart import Chart, Field

MOST_BYTES = 2_000_000


def questionnaire_response(chart: Chart, base_url: str, form_version: str) -> bytes:
    """What she submitted, or has reached so far; her own answers, not what the clinic made of them."""
    hers = replace(chart, fields={key: Field(hers=one.hers) for key, one in chart.fields.items() if one.hers})
    at = chart.submitted_at or (chart.signature.signed_at if chart.signature else None)
    if at is None:
        raise ValueError("a response needs the time of submission")
    return to_bytes(
        {
            "resourceType": "QuestionnaireResponse",
            "id": id_of(chart.pregnancy_id, f"response/{at.isoformat()}"),
            "meta": {"profile": [SDC + "sdc-questionnaireresponse"]},
            "questionnaire": f"{canonical(base_url)}|{version_of(form_version)}",
            "status": "completed" if chart.submitted_at else "in-progress",
            "subject": {"type": "Patient", "identifier": systems.person_identifier(chart.identity.cpr)},
            "authored": moment(at),
            "item": [
                {"linkId": f"page.{page.id}", "item": items}
                for page in chart.catalogue.her_pages
                if (items := [one for item in page.hers for one in _items(hers, item, None, item.id)])
            ],
        }
    )


def _items(chart: Chart, item: Item, row: str | None, path: str) -> Iterator[dict[str, Any]]:
    if not chart.is_shown(item, row, to_her=True):
        return
    if inside(item):
        for one in chart.rows(path, row):
            inner = [
                found
                for child in inside(item)
                if child.is_hers
                for found in _items(chart, child, one.id, f"{path}.{child.id}")
            ]
            yield {"linkId": item.id, **({"item": inner} if inner else {})}
        return
    given = chart.field(item.id, row).hers
    if given is None or given.answer.state == "not_answered":
        return
    answer = given.answer
    if answer.state == "value":
        yield from _value(item, answer.value)
    else:
        link = item.id if has_options(item) else state_link(item)
        yield {"linkId": link, "answer": [{"valueCoding": state_coding(answer.state)}]}


def _value(item: Item, value: Any) -> Iterator[dict[str, Any]]:
    match item.kind:
        case kinds.YesNo() | kinds.One() | kinds.Many():
            keys = value if isinstance(value, list) else [value]
            yield {"linkId": item.id, "answer": [{"valueCoding": option_coding(item, key)} for key in keys]}
        case kinds.Interval() if isinstance(value, str):
            answer = [{"valueCoding": option_coding(item, value)}]
            yield {"linkId": item.id, "item": [{"linkId": f"{item.id}.option", "answer": answer}]}
        case kinds.Interval():
            ends = [{"linkId": f"{item.id}.{end}", "answer": [{"valueInteger": value[end]}]} for end in ("low", "high")]
            yield {"linkId": item.id, "item": ends}
        case kinds.Integer():
            yield {"linkId": item.id, "answer": [{"valueInteger": value}]}
        case kinds.Decimal():
            yield {"linkId": item.id, "answer": [{"valueDecimal": float(value)}]}
        case kinds.Date() | kinds.PartialDate():
            yield {"linkId": item.id, "answer": [{"valueDate": value}]}
        case _:
            text = clean(value)  # JSON documents carry no control characters
            if text:
                yield {"linkId": item.id, "answer": [{"valueString": text}]}


@dataclass
class Read:
    """Answers by item id (a group: a list of rows, each the same), and link ids that this form does not know."""

    answers: dict[str, Any] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def read_response(content: bytes, catalogue: Catalogue, cpr: str) -> Read:
    """The answers of a QuestionnaireResponse of this woman.

    Raises:
        NotAResource: too large or deep, not JSON, not a QuestionnaireResponse, or somebody else's. The message never
            repeats what was in it.
    """
    response = _parsed(content)
    identifier = response.get("subject", {}).get("identifier", {})
    if {key: identifier.get(key) for key in ("system", "value")} != systems.person_identifier(cpr):
        raise NotAResource("the response is about somebody else, or does not say whom")
    read = Read()
    for page in response.get("item", ()):
        _read_items(page.get("item", ()), catalogue, read.answers, read)
    return read


def is_response(content: bytes) -> bool:
    """Whether the content says that it is a QuestionnaireResponse; whether it is one, `read_response` finds out."""
    try:
        return parse(content, most_bytes=MOST_BYTES).get("resourceType") == "QuestionnaireResponse"
    except BadContent:
        return False


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        response = parse(content, most_bytes=MOST_BYTES)
    except BadContent as error:
        raise NotAResource(str(error)) from None
    if response.get("resourceType") != "QuestionnaireResponse":
        raise NotAResource("not a QuestionnaireResponse")
    check(response)
    return response


def _read_items(items: list[dict[str, Any]], catalogue: Catalogue, answers: dict[str, Any], read: Read) -> None:
    for one in items:
        link = one["linkId"]
        item_id = link.removesuffix(".state")
        if item_id not in catalogue or not catalogue[item_id].is_hers:
            read.unknown.append(link)
            continue
        item = catalogue[item_id]
        if inside(item):
            row: dict[str, Any] = {}
            answers.setdefault(item_id, []).append(row)
            _read_items(one.get("item", ()), catalogue, row, read)
        elif (answer := _answer(item, one)) is not None:
            answers[item_id] = answer
        else:
            read.unknown.append(link)


def _answer(item: Item, one: dict[str, Any]) -> Answer | None:
    """The answer as this form stores it, or None when it does not fit the item."""
    if isinstance(item.kind, kinds.Interval) and "item" in one:
        return _interval(item, one["item"])
    codes = [
        answer["valueCoding"]["code"]
        for answer in one.get("answer", ())
        if answer.get("valueCoding", {}).get("system") == OPTIONS
    ]
    state = next((code.partition(".")[2] for code in codes if code.startswith("state.")), None)
    if state is not None:
        return Answer(_state(state)) if state in item.ways_out else None
    if has_options(item):
        keys = [option.key for option in item.options if f"{item.id}.{option.key}" in codes]
        if not keys:
            return None
        return Answer("value", keys if isinstance(item.kind, kinds.Many) else keys[0])
    name = {
        kinds.Integer: "valueInteger", kinds.Decimal: "valueDecimal", kinds.Date: "valueDate",
        kinds.PartialDate: "valueDate",
    }.get(type(item.kind), "valueString")  # fmt: skip
    value = next((answer[name] for answer in one.get("answer", ()) if name in answer), None)
    if value is None:
        return None
    return Answer("value", str(value) if isinstance(item.kind, kinds.Decimal) else value)


def _interval(item: Item, items: list[dict[str, Any]]) -> Answer | None:
    found = {one["linkId"].rpartition(".")[2]: one.get("answer", [{}])[0] for one in items}
    if "option" in found:
        code = found["option"].get("valueCoding", {}).get("code", "")
        key = code.removeprefix(f"{item.id}.")
        return Answer("value", key) if item.option(key) else None
    ends = {end: found.get(end, {}).get("valueInteger") for end in ("low", "high")}
    return Answer("value", ends) if None not in ends.values() else None


def _state(name: str) -> State:
    states: dict[str, State] = {"unknown": "unknown", "declines": "declines", "ask_doctor": "ask_doctor"}
    return states[name]
