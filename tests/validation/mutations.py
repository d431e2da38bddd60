"""Documents with one fault each. All must be refused, by the validator or by our own check of codes and units."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

Bundle = dict[str, Any]
S = "urn:oid:1.2.208.184.100.1"


def composition(bundle: Bundle) -> dict[str, Any]:
    resource: dict[str, Any] = bundle["entry"][0]["resource"]
    return resource


def resource(bundle: Bundle, kind: str, code: str = "") -> dict[str, Any]:
    """The first resource of a type, with a code when one is given."""
    found: dict[str, Any] = next(
        one["resource"]
        for one in bundle["entry"]
        if one["resource"]["resourceType"] == kind
        and (not code or code in {coding["code"] for coding in one["resource"]["code"]["coding"]})
    )
    return found


def component(bundle: Bundle, element: str, code: str) -> dict[str, Any]:
    observation = resource(bundle, "Observation", element)
    found: dict[str, Any] = next(
        one for one in observation["component"] if code in {coding["code"] for coding in one["code"]["coding"]}
    )
    return found


def without_entry(bundle: Bundle, code: str) -> None:
    one = resource(bundle, "Observation", code)
    url = f"urn:uuid:{one['id']}"
    bundle["entry"] = [entry for entry in bundle["entry"] if entry["fullUrl"] != url]
    section = composition(bundle)["section"][0]
    section["entry"] = [entry for entry in section["entry"] if entry["reference"] != url]


def without_component(bundle: Bundle, element: str, code: str) -> None:
    resource(bundle, "Observation", element)["component"].remove(component(bundle, element, code))


def set_code(concept: dict[str, Any], code: str) -> None:
    concept["coding"] = [{"system": S, "code": code}]


def _drop_qualifier(bundle: Bundle) -> None:
    one = component(bundle, "364319003", "bemærkningFødselsforløb")
    one["code"]["coding"] = [coding for coding in one["code"]["coding"] if coding["system"] == S]


def _practitioner_as_author(bundle: Bundle) -> None:
    author = resource(bundle, "Organization")
    author_id, name = author["id"], author["name"]
    author.clear()
    author |= {"resourceType": "Practitioner", "id": author_id, "name": [{"text": name}]}


def _blood_pressure_as_components(bundle: Bundle) -> None:
    one = resource(bundle, "Observation", "271649006")
    one["component"] = [{"code": one["code"], "valueQuantity": one.pop("valueQuantity")}]


# name → (document, change)
MUTATIONS: dict[str, tuple[str, Callable[[Bundle], Any]]] = {
    "mandatory entry missing": ("PRF", lambda b: without_entry(b, "842009")),
    "mandatory component missing": ("PRF", lambda b: without_component(b, "55767001", "773261007")),
    "value from another set": (
        "PRF",
        lambda b: set_code(component(b, "224117009", "263495000")["valueCodeableConcept"], "8392000"),
    ),
    "a referral as care level": (
        "PSCR",
        lambda b: set_code(component(b, "278844005", "710824005")["valueCodeableConcept"], "306133003"),
    ),
    "care level of another build": (
        "PSCR",
        lambda b: set_code(component(b, "278844005", "710824005")["valueCodeableConcept"], "577971000005108"),
    ),
    "code that does not exist": ("PRF", lambda b: set_code(resource(b, "Condition")["code"], "999999999")),
    "inferred code": ("PRF", lambda b: set_code(resource(b, "Condition")["code"], "237055002")),
    "wrong display": (
        "PSCR",
        lambda b: component(b, "278844005", "710824005")["valueCodeableConcept"]["coding"][0].update(
            display="niveau 9"
        ),
    ),
    "entry that leads nowhere": (
        "PSCR",
        lambda b: composition(b)["section"][0]["entry"][0].update(reference="urn:uuid:" + "0" * 8),
    ),
    "link that leads nowhere": (
        "PRF",
        lambda b: resource(b, "Observation", "248983002")["extension"][0]["valueReference"].update(
            reference="urn:uuid:3fa85f64-5717-4562-b3fc-2c963f66afa6"
        ),
    ),
    "birth weight in kilograms": (
        "PRF",
        lambda b: component(b, "224117009", "364589006")["valueQuantity"].update(unit="kg"),
    ),
    "blood pressure in kPa": (
        "PMR",
        lambda b: resource(b, "Observation", "271649006")["valueQuantity"].update(unit="kPa"),
    ),
    "blood pressure as components": ("PMR", _blood_pressure_as_components),
    "measurement without value": ("PMR", lambda b: resource(b, "Observation", "271649006").pop("valueQuantity")),
    "boolean as text": (
        "PRF",
        lambda b: component(b, "842009", "842009").update(valueBoolean="nej"),
    ),
    "reason for absent data": (
        "PRF",
        lambda b: component(b, "842009", "842009").update(
            dataAbsentReason={
                "coding": [
                    {"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"},
                ]
            }
        ),
    ),
    "narrative": (
        "PRF",
        lambda b: composition(b).update(
            text={"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml"><p>Hej</p></div>'}
        ),
    ),
    "person as author": ("PRF", _practitioner_as_author),
    "two authors": ("PRF", lambda b: composition(b)["author"].append(composition(b)["author"][0])),
    "wrong title": ("PRF", lambda b: composition(b).update(title="Vandrejournal")),
    "wrong document type": ("PRF", lambda b: composition(b)["type"]["coding"][0].update(code="PFR")),
    "preliminary document": ("PRF", lambda b: composition(b).update(status="preliminary")),
    "says what it replaces": (
        "PRF",
        lambda b: composition(b).update(
            relatesTo=[{"code": "replaces", "targetIdentifier": {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:1"}}]
        ),
    ),
    "impossible CPR date": ("PRF", lambda b: resource(b, "Patient")["identifier"][0].update(value="3102933334")),
    "organisation without SOR number": (
        "PRF",
        lambda b: resource(b, "Organization")["identifier"][0].update(system="urn:oid:1.2.208.176.1.4"),
    ),
    "same full URL twice": ("PRF", lambda b: b["entry"][2].update(fullUrl=b["entry"][1]["fullUrl"])),
    "patient before composition": ("PRF", lambda b: b["entry"].insert(0, b["entry"].pop(1))),
    "no timestamp": ("PRF", lambda b: b.pop("timestamp")),
    "time without zone": (
        "PRF",
        lambda b: resource(b, "Observation").update(effectiveDateTime="2026-11-24T09:45:00"),
    ),
    "remark without its qualifier": ("PRF", _drop_qualifier),
}


def mutated(bundles: dict[str, Bundle]) -> dict[str, Bundle]:
    """Every mutation of the documents of one complete woman, by name."""
    found = {}
    for name, (document, change) in MUTATIONS.items():
        copy = deepcopy(bundles[document])
        change(copy)
        assert copy != bundles[document], name
        found[name] = copy
    return found
