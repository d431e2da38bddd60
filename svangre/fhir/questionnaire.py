"""Her form as an SDC Questionnaire, from the catalogue: every question of hers, when it is shown, units and ranges.

The six answer states stay apart: in a choice the states that she may choose are options of their own; beside any other
kind stands a choice `<id>.state`. What she left empty has no answer. Options and states are codings of our own system:
"smokes_now.never", "state.unknown".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from svangre import catalogue as kinds
from svangre.catalogue import STATES, Catalogue, Item, When, inside
from svangre.fhir import systems
from svangre.fhir.resources import to_bytes

EXTENSION = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"
OPTIONS = "urn:oid:2.25.301148293146502188914250914263842164131"  # of this program's options and states
BMI = (
    "%resource.descendants().where(linkId='weight_before_kg').answer.value.first() * 10000 / "
    "(%resource.descendants().where(linkId='height_cm').answer.value.first() * "
    "%resource.descendants().where(linkId='height_cm').answer.value.first())"
)
DUE_DATE = "%resource.descendants().where(linkId='last_period').answer.value.first() + 280 days"


def canonical(base_url: str) -> str:
    return f"{base_url.rstrip('/')}/fhir/Questionnaire/svangrejournal"


def version_of(form_version: str) -> str:
    """A form version is a hash; SDC wants a version that sorts, so it stands behind one."""
    return f"1.0.0-{form_version}"


def questionnaire(catalogue: Catalogue, base_url: str, form_version: str) -> bytes:
    """The Questionnaire of a form version."""
    return to_bytes(
        {
            "resourceType": "Questionnaire",
            "id": "svangrejournal",
            "meta": {"profile": [SDC + "sdc-questionnaire"]},
            "language": "da",
            "extension": [
                {
                    "url": EXTENSION + "artifact-versionAlgorithm",
                    "valueCoding": {"system": "http://hl7.org/fhir/version-algorithm", "code": "semver"},
                }
            ],
            "url": canonical(base_url),
            "version": version_of(form_version),
            "name": "Svangrejournal",
            "title": "Svangrejournal: spørgsmål før den første samtale",
            "status": "active",
            "subjectType": ["Patient"],
            "item": [
                {
                    "linkId": f"page.{page.id}",
                    "text": page.title,
                    "type": "group",
                    "item": [one for item in page.hers for one in _items(item, catalogue)],
                }
                for page in catalogue.her_pages
            ]
            + [_calculated()],
        }
    )


def _calculated() -> dict[str, Any]:
    """What the answers come to: shown, never typed. Our own numbers are the rules' and exact."""

    def item(link_id: str, text: str, kind: str, expression: str) -> dict[str, Any]:
        value = {"language": "text/fhirpath", "expression": expression}
        return {
            "extension": [{"url": SDC + "sdc-questionnaire-calculatedExpression", "valueExpression": value}],
            "linkId": link_id,
            "text": text,
            "type": kind,
            "readOnly": True,
        }

    return {
        "linkId": "page.computed",
        "text": "Beregnet",
        "type": "group",
        "item": [
            item("computed.bmi", "BMI før graviditeten", "decimal", BMI),
            item("computed.naegele", "Termin efter sidste menstruation", "date", DUE_DATE),
        ],
    }


def _items(item: Item, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """The item, and beside it the choice of a state where its kind has no options."""
    conditions = _enable_when(item.when, catalogue) if item.when else {}
    if inside(item):
        inner = [one for child in inside(item) if child.is_hers for one in _items(child, catalogue)]
        yield {"linkId": item.id, "text": _text(item), "type": "group", "repeats": True, **conditions, "item": inner}
        return
    yield {"linkId": item.id, "text": _text(item), **_kind(item), **_codes(item), **conditions}
    if item.ways_out and not has_options(item):
        states = [{"valueCoding": state_coding(state)} for state in item.ways_out]
        text = f"{_text(item)} (hvis du ikke kan eller vil svare)"
        yield {"linkId": state_link(item), "text": text, "type": "choice", **conditions, "answerOption": states}


def _text(item: Item) -> str:
    return item.woman or item.clinic


def state_link(item: Item) -> str:
    return f"{item.id}.state"


def has_options(item: Item) -> bool:
    return isinstance(item.kind, kinds.YesNo | kinds.One | kinds.Many)


def option_coding(item: Item, key: str) -> dict[str, str]:
    option = item.option(key)
    display = {"display": option.label} if option else {}
    return {"system": OPTIONS, "code": f"{item.id}.{key}", **display}


def state_coding(state: str) -> dict[str, str]:
    return {"system": OPTIONS, "code": f"state.{state}", "display": STATES[state]}


def _codes(item: Item) -> dict[str, Any]:
    """The item's own code, where the catalogue has one ("system|code")."""
    if not item.code:
        return {}
    system, _, code = item.code.rpartition("|")
    return {"code": [{"system": system, "code": code}]}


def _kind(item: Item) -> dict[str, Any]:
    match item.kind:
        case kinds.YesNo() | kinds.One() | kinds.Many():
            keys = [option.key for option in item.options if not option.clinic_only]
            options = [{"valueCoding": option_coding(item, key)} for key in keys]
            options += [{"valueCoding": state_coding(state)} for state in item.ways_out]
            repeats = {"repeats": True} if isinstance(item.kind, kinds.Many) else {}
            return {"type": "choice", **repeats, "answerOption": options}
        case kinds.Text(max_length=most):
            return {"type": "string", "maxLength": most}
        case kinds.LongText(max_length=most):
            return {"type": "text", "maxLength": most}
        case kinds.Integer(unit, low, high):
            return {"type": "integer", **_extensions(unit, "valueInteger", low, high)}
        case kinds.Decimal(unit, low, high):
            return {"type": "decimal", **_extensions(unit, "valueDecimal", _number(low), _number(high))}
        case kinds.Date() | kinds.PartialDate():
            return {"type": "date"}
        case kinds.Interval(unit, low, high):
            ends = [
                {"linkId": f"{item.id}.{end}", "text": words, "type": "integer",
                 **_extensions(unit, "valueInteger", low, high)}
                for end, words in (("low", "Fra"), ("high", "Til"))
            ]  # fmt: skip
            options = [{"valueCoding": option_coding(item, option.key)} for option in item.options]
            other = {"linkId": f"{item.id}.option", "text": "Eller", "type": "choice", "answerOption": options}
            return {"type": "group", "item": [*ends, *([other] if options else [])]}
        case _:
            raise ValueError(f"a group has rows, not a value: {item.id}")


def _extensions(unit: str | None, name: str, low: float | None, high: float | None) -> dict[str, Any]:
    found = [
        {"url": EXTENSION + end, name: value}
        for end, value in (("minValue", low), ("maxValue", high))
        if value is not None
    ]
    if unit:
        coding = {"system": systems.UCUM, "code": unit}
        found.append({"url": EXTENSION + "questionnaire-unit", "valueCoding": coding})
    return {"extension": found} if found else {}


def _enable_when(when: When, catalogue: Catalogue) -> dict[str, Any]:
    """Any of the options or states; "not answered" is: no answer there, nor a state beside it."""
    parent = catalogue[when.item]
    conditions: list[dict[str, Any]] = []
    offered = {option.key for option in parent.options if not option.clinic_only} | set(STATES)
    for key in filter(offered.__contains__, when.any_of):
        if key == "not_answered":
            conditions.append({"question": parent.id, "operator": "exists", "answerBoolean": False})
        elif key in STATES and not has_options(parent):
            conditions.append({"question": state_link(parent), "operator": "=", "answerCoding": state_coding(key)})
        else:
            coding = state_coding(key) if key in STATES else option_coding(parent, key)
            conditions.append({"question": parent.id, "operator": "=", "answerCoding": coding})
    behaviour = {"enableBehavior": "any"} if len(conditions) > 1 else {}
    return {"enableWhen": conditions, **behaviour}


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)
