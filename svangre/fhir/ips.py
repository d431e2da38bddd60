"""International Patient Summary (IPS 2.0.1) of a signed version, in English, for the woman to take anywhere.

"Nothing known" is written only where somebody said no; what was not asked is "not asked", what was asked without an
answer is "unavailable". The same sections are what a page for a foreign doctor shows (`summary`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Literal

from babel.dates import format_date

from svangre.fhir import systems
from svangre.fhir.ids import id_of, moment
from svangre.fhir.international import (
    ALLERGEN_KINDS,
    FOLIC_ACID,
    METHODS,
    PREGNANT,
    PROBLEMS,
    SMOKING,
    concept,
    loinc,
)
from svangre.fhir.people import organization, patient
from svangre.fhir.reading import Reading
from svangre.fhir.resources import to_bytes
from svangre.fhir.texts import clean
from svangre.national import BUILDS
from svangre.record import cpr
from svangre.record.chart import Chart, Signature

IPS = "http://hl7.org/fhir/uv/ips/StructureDefinition/"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
Empty = Literal["nilknown", "notasked", "unavailable"]
EMPTY_WORDS: dict[Empty, str] = {
    "nilknown": "None known.",
    "notasked": "Not asked.",
    "unavailable": "Asked, but no answer was given.",
}


@dataclass
class Line:
    """One fact: the English sentence, and the resource that says it ("" in `profile`: a plain R4 Observation)."""

    words: str
    resource: dict[str, Any]
    profile: str = ""
    members: list[Line] = field(default_factory=list)


@dataclass
class Section:
    title: str
    code: str
    lines: list[Line]
    empty: Empty = "notasked"


def summary(chart: Chart) -> list[Section]:
    """What a doctor abroad reads, section by section."""
    reading = Reading(chart, BUILDS["0.1.0"])
    sections = [
        Section("Problems", "11450-4", list(_problems(reading)), _empty(reading, "somatic_disease", "mental_illness")),
        Section("Allergies", "48765-2", list(_allergies(reading)), _empty(reading, "allergy")),
        Section("Medication", "10160-0", list(_medicines(reading)), _empty(reading, "takes_medicine")),
        Section("Pregnancy", "10162-6", list(_pregnancy(reading))),
        Section("Social history", "29762-2", list(_social(reading))),
    ]
    return [one for one in sections if one.lines or one.code in ("11450-4", "48765-2", "10160-0")]


def ips_document(chart: Chart) -> bytes:
    """The summary as an IPS document Bundle; the same version gives the same bytes."""
    if chart.signature is None:
        raise ValueError("a summary is made from signed versions only")
    return to_bytes(_Document(chart, chart.signature).make(summary(chart)))


def _empty(reading: Reading, *questions: str) -> Empty:
    """What an empty section means: every question was answered no, none was put, or something between."""
    given = [reading.chart.counting(question) for question in questions]
    if all(reading.value(question) == "no" for question in questions):
        return "nilknown"
    return "unavailable" if any(one and one.answer.state != "not_answered" for one in given) else "notasked"


def _problems(reading: Reading) -> Iterator[Line]:
    for (item_id, key), term in PROBLEMS.items():
        chosen = reading.value(item_id)
        if key == chosen or (isinstance(chosen, list) and key in chosen):
            yield Line(term.words, _condition(concept(term)), "Condition-uv-ips")
    for row in reading.rows("diagnoses"):
        if name := reading.value("diagnosis_name", row.id):
            year = reading.value("diagnosis_year", row.id)
            condition = _condition({"text": clean(name)}) | ({"onsetDateTime": year} if year else {})
            yield Line(f"{clean(name)}{f' ({year})' if year else ''}", condition, "Condition-uv-ips")


def _condition(code: dict[str, Any]) -> dict[str, Any]:
    """Earlier or present: the record does not tell them apart, so no clinical status is claimed."""
    return {"resourceType": "Condition", "code": code}


def _allergies(reading: Reading) -> Iterator[Line]:
    for row in reading.rows("allergies"):
        name = reading.value("allergen", row.id)
        if not name:
            continue
        reaction = reading.value("allergy_reaction", row.id)
        kind = ALLERGEN_KINDS.get(reading.value("allergen_kind", row.id))
        resource: dict[str, Any] = {
            "resourceType": "AllergyIntolerance",
            "clinicalStatus": {"coding": [{"system": TERMINOLOGY + "allergyintolerance-clinical", "code": "active"}]},
            **({"category": [kind]} if kind else {}),
            "code": {"text": clean(name)},
        }
        if reaction:
            resource["reaction"] = [{"manifestation": [{"text": clean(reaction)}]}]
        yield Line(f"{clean(name)}{f': {clean(reaction)}' if reaction else ''}", resource, "AllergyIntolerance-uv-ips")


def _medicines(reading: Reading) -> Iterator[Line]:
    for row in reading.rows("medicines"):
        if name := reading.value("medicine_name", row.id):
            yield _medicine(clean(name), reading.value("medicine_dose", row.id))
    if words := FOLIC_ACID.get(reading.value("folic_acid")):
        yield _medicine(words, None)


def _medicine(name: str, dose: str | None) -> Line:
    absent = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
    resource: dict[str, Any] = {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": {"text": name},
        "_effectiveDateTime": {"extension": [absent]},
    }
    if dose:
        resource["dosage"] = [{"text": clean(dose)}]
    return Line(f"{name}{f', {clean(dose)}' if dose else ''}", resource, "MedicationStatement-uv-ips")


def _pregnancy(reading: Reading) -> Iterator[Line]:
    computed = reading.computed
    due, method = computed.get("due_date"), METHODS.get(computed.get("due_date_method") or "")
    status = Line(
        "Pregnant", _observation("82810-3", valueCodeableConcept=concept(PREGNANT)),
        "Observation-pregnancy-status-uv-ips",
    )  # fmt: skip
    if due:
        code, words = method or ("11778-8", "chosen by the doctor")
        status.members.append(
            Line(
                f"Estimated due date {_day(due)} ({words})",
                _observation(code, valueDateTime=due),
                "Observation-pregnancy-edd-uv-ips",
            )
        )
    yield status
    days = computed.get("gestational_age_days")
    if days is not None:
        age = _observation("49052-4", valueQuantity=_count(days, "d"))
        yield Line(f"Gestational age {days // 7}+{days % 7} weeks on the day of signing", age)
    for code, count, words in _outcomes(reading):
        outcome = _observation(code, valueQuantity=_count(count, "1"))
        yield Line(f"{words}: {count}", outcome, "Observation-pregnancy-outcome-uv-ips")


def _outcomes(reading: Reading) -> Iterator[tuple[str, int, str]]:
    """Counts of earlier births and losses, only where every row tells."""
    births = reading.rows("births")
    if births or reading.value("given_birth_before") == "no":
        yield "11640-0", len(births), "Earlier births"
        children = [reading.value("child_outcome", child.id) for child in reading.rows("births.children")]
        if None not in children and len(children) >= len(births):
            yield "11636-8", children.count("live_birth"), "Children born alive"
    kinds = [reading.value("loss_kind", row.id) for row in reading.rows("losses")]
    if None not in kinds and (kinds or reading.value("pregnant_before_without_birth") == "no"):
        yield "11614-5", kinds.count("spontaneous"), "Miscarriages"
        yield "11613-7", kinds.count("induced"), "Induced abortions"


def _social(reading: Reading) -> Iterator[Line]:
    term = SMOKING.get(reading.value("smokes_now"))
    if term:
        number = reading.value("cigarettes_per_day")
        words = f"Smoking: {term.words.lower()}{f', {number} cigarettes a day' if number else ''}"
        yield Line(words, _observation("72166-2", valueCodeableConcept=concept(term)), "Observation-tobaccouse-uv-ips")


def _observation(code: str, **value: Any) -> dict[str, Any]:
    return {"resourceType": "Observation", "status": "final", "code": loinc(code), **value}


def _count(number: int, unit: str) -> dict[str, Any]:
    return {"value": number, "unit": unit, "system": systems.UCUM, "code": unit}


def _day(day: str) -> str:
    return format_date(date.fromisoformat(day), "d MMMM y", locale="en")


class _Document:
    def __init__(self, chart: Chart, signature: Signature) -> None:
        self.reading = Reading(chart, BUILDS["0.1.0"])
        self.chart = chart
        self.signature = signature
        self.entries: list[dict[str, Any]] = []

    def make(self, sections: list[Section]) -> dict[str, Any]:
        woman = self._add(self._patient())
        clinic = self._add(self._clinic())
        filled = [self._section(section, woman, clinic) for section in sections]
        own, bundle = self._id("composition"), self._id("bundle")
        composition = {
            "resourceType": "Composition",
            "id": own,
            "meta": {"profile": [IPS + "Composition-uv-ips"]},
            "language": "en",
            "text": _narrative(["Patient summary, pregnancy"]),
            "identifier": {"system": systems.URI, "value": f"urn:uuid:{own}"},
            "status": "final",
            "type": loinc("60591-5"),
            "subject": woman,
            "date": moment(self.signature.signed_at),
            "author": [clinic],
            "title": "Patient summary, pregnancy",
            "confidentiality": "R" if self.chart.identity.is_protected else "N",
            "custodian": clinic,
            "section": filled,
        }
        self.entries.insert(0, {"fullUrl": f"urn:uuid:{own}", "resource": composition})
        return {
            "resourceType": "Bundle",
            "id": bundle,
            "meta": {"profile": [IPS + "Bundle-uv-ips"]},
            "language": "en",
            "identifier": {"system": systems.URI, "value": f"urn:uuid:{bundle}"},
            "type": "document",
            "timestamp": moment(self.signature.signed_at),
            "entry": self.entries,
        }

    def _id(self, key: str) -> str:
        return id_of(self.signature.version_id, f"ips/{key}")

    def _add(self, resource: dict[str, Any]) -> dict[str, str]:
        self.entries.append({"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource})
        return {"reference": f"urn:uuid:{resource['id']}"}

    def _patient(self) -> dict[str, Any]:
        """A number of day + 60 is refused by DK Core, so it stays behind; name and birth date are enough here."""
        person = patient(self.reading, self._id("patient"))
        profiles = [IPS + "Patient-uv-ips", systems.DK_CORE_PATIENT]
        if cpr.is_replacement(self.chart.identity.cpr):
            del person["identifier"]
            profiles.pop()
        person["meta"]["profile"] = profiles
        person["text"] = _narrative([f"{self.chart.identity.name}, born {_day(person['birthDate'])}"])
        return person

    def _clinic(self) -> dict[str, Any]:
        clinic = organization(self.chart.clinic, self._id("clinic"))
        clinic["meta"] = {"profile": [IPS + "Organization-uv-ips"]}
        clinic["text"] = _narrative([self.chart.clinic.name])
        return clinic

    def _section(self, section: Section, woman: dict[str, str], clinic: dict[str, str]) -> dict[str, Any]:
        lines = [line.words for one in section.lines for line in (one, *one.members)]
        filled: dict[str, Any] = {
            "title": section.title,
            "code": loinc(section.code),
            "text": _narrative(lines or [EMPTY_WORDS[section.empty]]),
        }
        if section.lines:
            filled["entry"] = [
                self._line(line, f"{section.code}/{number}", woman, clinic) for number, line in enumerate(section.lines)
            ]
        else:
            filled["emptyReason"] = {"coding": [{"system": TERMINOLOGY + "list-empty-reason", "code": section.empty}]}
        return filled

    def _line(self, line: Line, key: str, woman: dict[str, str], clinic: dict[str, str]) -> dict[str, str]:
        members = [self._line(one, f"{key}/{number}", woman, clinic) for number, one in enumerate(line.members)]
        kind = line.resource["resourceType"]
        head = {
            "resourceType": kind,
            "id": self._id(key),
            **({"meta": {"profile": [IPS + line.profile]}} if line.profile else {}),
            "text": _narrative([line.words]),
        }
        subject: dict[str, Any] = {"patient" if kind == "AllergyIntolerance" else "subject": woman}
        if kind == "Observation":
            subject |= {"effectiveDateTime": moment(self.signature.signed_at), "performer": [clinic]}
        if members:
            subject["hasMember"] = members
        return self._add(head | line.resource | subject)


def _narrative(lines: list[str]) -> dict[str, str]:
    """XHTML of plain lines: the only place where narrative is made."""
    inside = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">{inside}</div>',
    }
