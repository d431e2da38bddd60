"""The reader of Bundles from a clinic's own record system (FHIR R4, JSON): one patient, and what is known about her.

A document (MedCom's ConditionList, an IPS), a collection or the answer to a search. Read leniently where real lists are
loose (profiles, orders, codes nobody knows), strictly where a mistake would hurt: whom it is about, twins of an id, and
the structure of every resource that is read. What each resource becomes stands in `incoming_facts`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from svangre.fhir import incoming_facts, systems
from svangre.fhir.incoming_facts import Found, LeftOut
from svangre.fhir.parsing import BadContent, check_structure, parse
from svangre.record.imported import Fact, FactRow, Facts

MOST_BYTES = 5_000_000
MOST_ENTRIES = 2000
TYPES = ("document", "collection", "searchset")
READ: dict[str, Callable[[Found], Iterator[Fact | FactRow | str]]] = {
    "Condition": incoming_facts.condition,
    "MedicationStatement": incoming_facts.medicine,
    "AllergyIntolerance": incoming_facts.allergy,
    "Observation": incoming_facts.observation,
}
AROUND = ("Bundle", "Composition", "Medication", "Organization", "Patient", "Practitioner")  # read, but no facts


@dataclass
class Incoming:
    """A Bundle whose structure is sound, and whom it is about."""

    cpr: str
    source: str
    resources: list[tuple[str, dict[str, Any]]]  # where it stands in the file, for messages
    index: dict[str, dict[str, Any]] = field(repr=False)

    def facts(self, *, today: date, began_on: date | None, visit_on: date | None) -> Facts:
        """What it says. `began_on`: the first day of the pregnancy, counted from the due date; by it and the day of the
        visit a weight finds its field."""
        fields: dict[str, Fact] = {}
        rows: list[FactRow] = []
        texts: list[str] = []
        out: Counter[str] = Counter()
        for _where, resource in self.resources:
            kind = resource["resourceType"]
            if kind not in READ:
                out[f"{kind}: læses ikke"] += kind not in AROUND
                continue
            try:
                made = list(READ[kind](Found(resource, self.resolve, today, began_on, visit_on)))
            except LeftOut as reason:
                out[str(reason)] += 1
                continue
            rows += [one for one in made if isinstance(one, FactRow)]
            texts += [one for one in made if isinstance(one, str)]
            for one in made:
                if isinstance(one, Fact) and one.known_on >= getattr(fields.get(one.item_id), "known_on", ""):
                    fields[one.item_id] = one
        return Facts(
            self.cpr, self.source, tuple(fields.values()), tuple(rows), tuple(texts),
            tuple(f"{count} × {reason}" for reason, count in sorted(out.items()) if count),
        )  # fmt: skip

    def resolve(self, reference: Any) -> dict[str, Any] | None:
        return self.index.get(str((reference or {}).get("reference", "")))


def read_bundle(content: bytes) -> Incoming:
    """
    Raises:
        BadContent: see `svangre.fhir.parsing`; also not a Bundle, too many entries, an id twice, no patient or several,
            or something in it that is about somebody else.
    """
    bundle = parse(content, most_bytes=MOST_BYTES)
    if bundle.get("resourceType") != "Bundle":
        raise BadContent("unsupported", "Filen skal være et FHIR-Bundle med patienten og det, der vides om hende.")
    entries = bundle.get("entry", [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise BadContent("structure", "Bundlet er ikke FHIR R4, som det skal være (entry).")
    if len(entries) > MOST_ENTRIES:
        raise BadContent("too_large", f"Bundlet har flere end {MOST_ENTRIES} dele. Send mindre ad gangen.")
    check_structure({name: value for name, value in bundle.items() if name != "entry"}, "Bundlet")
    if bundle.get("type") not in TYPES:
        raise BadContent("unsupported", "Bundlet skal være et dokument, en samling eller svar på en søgning.")
    resources, index = _resources(entries)
    cpr, patient = _patient(resources)
    found = Incoming(cpr, _source(resources, index), resources, index)
    for where, resource in resources:
        if resource["resourceType"] in READ:
            _is_about(found, patient, where, resource)
    return found


def _resources(entries: list[dict[str, Any]]) -> tuple[list[tuple[str, dict[str, Any]]], dict[str, dict[str, Any]]]:
    resources: list[tuple[str, dict[str, Any]]] = []
    index: dict[str, dict[str, Any]] = {}
    for number, entry in enumerate(entries, 1):
        resource, where = entry.get("resource"), f"Del {number}"
        kind = resource.get("resourceType") if isinstance(resource, dict) else None
        if not isinstance(resource, dict) or not isinstance(kind, str) or not kind.isascii() or not kind.isalpha():
            raise BadContent("structure", f"{where} af bundlet har ingen ressource.")
        if kind in READ or kind in AROUND:
            check_structure(resource, where)
        resources.append((where, resource))
        address = entry.get("fullUrl", "")
        if not isinstance(address, str):
            raise BadContent("structure", f"{where} er ikke FHIR R4, som det skal være (fullUrl).")
        for name in {address, f"{kind}/{resource['id']}" if "id" in resource else ""} - {""}:
            if name in index:
                raise BadContent("duplicate", f"{where} har samme id som en anden del af bundlet.")
            index[name] = resource
    return resources, index


def _patient(resources: list[tuple[str, dict[str, Any]]]) -> tuple[str, dict[str, Any]]:
    patients = [one for _where, one in resources if one["resourceType"] == "Patient"]
    if len(patients) != 1:
        raise BadContent("wrong_patient", "Bundlet skal være om netop én patient.")
    numbers = {number for one in patients[0].get("identifier", ()) if (number := _cpr(one))}
    if len(numbers) != 1:
        raise BadContent("wrong_patient", "Patienten i bundlet har ikke netop ét CPR-nummer.")
    return numbers.pop(), patients[0]


def _cpr(identifier: dict[str, Any]) -> str:
    """A CPR number or replacement number, as ten signs; "" for other identifiers."""
    system = str(identifier.get("system", ""))
    if system not in (systems.CPR, systems.X_ECPR) and not system.startswith(systems.D_ECPR):
        return ""
    return str(identifier.get("value", "")).replace("-", "").replace(" ", "").upper()


def _is_about(found: Incoming, patient: dict[str, Any], where: str, resource: dict[str, Any]) -> None:
    subject = resource.get("subject") or resource.get("patient") or {}
    by_number = _cpr(subject.get("identifier", {}))
    is_hers = found.resolve(subject) is patient if "reference" in subject else by_number == found.cpr
    if not is_hers or by_number not in ("", found.cpr):
        raise BadContent("wrong_patient", f"{where} er ikke om patienten i bundlet.")


def _source(resources: list[tuple[str, dict[str, Any]]], index: dict[str, dict[str, Any]]) -> str:
    """The organisation that wrote it: the author of the document, or the only organisation in it."""
    authors = [
        index.get(author.get("reference", ""))
        for _where, one in resources
        if one["resourceType"] == "Composition"
        for author in one.get("author", ())
    ]
    places = [one for one in authors if one and one["resourceType"] == "Organization"]
    if not places:
        places = [one for _where, one in resources if one["resourceType"] == "Organization"]
    return incoming_facts.one_line(places[0].get("name", ""))[:100] if len(places) == 1 else ""
