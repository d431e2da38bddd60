"""What one incoming resource becomes: a value beside a field, a row for a group, or a line of text. One mapper each.

A value goes beside a field only by a code of the code sheet, in a unit that is sure, inside the field's range. All else
is kept in words with its codes: never dropped, never guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from forms import CATALOGUE
from svangre.catalogue import Answer
from svangre.catalogue.parse import BIDI_CONTROLS, BadAnswer, parse
from svangre.fhir import systems
from svangre.fhir.texts import clean
from svangre.record import words
from svangre.record.imported import Fact, FactRow

SKS, ICPC2 = "urn:oid:1.2.208.176.2.4", "urn:oid:1.2.208.176.2.31"
NPUS = ("http://npu-terminology.org", systems.NPU)
CURRENT, RESOLVED = "15240007", "723506003"
NO_ALLERGY, NO_MEDICINE = "716186003", "787481004"
PRIVATE = {"R", "V"}  # confidentiality: marked private where it was written
WITHDRAWN = {"entered-in-error", "refuted", "cancelled", "not-done"}
HEIGHT = {"8302-2", "NPU03794", "248333004"}
WEIGHT = {"29463-7", "NPU03804", "27113001"}
WEIGHT_BEFORE = {"56077-1", "1162389000"}
# ABO and RhD, or RhD alone: which of them a value says.
BLOOD_GROUP = {"882-1", "NPU26678", "365636006", "10331-7"}
RHD: dict[str, str] = {
    **dict.fromkeys(("165747007", "278149003", "278150003", "278151004", "278147001"), "positive"),
    **dict.fromkeys(("165746003", "278152006", "278153001", "278154007", "278148006"), "negative"),
}
# Laboratory codes: kind of test, and the unit without which a number means something else.
TESTS: dict[str, tuple[str, str]] = {
    "NPU02319": ("haemoglobin", "mmol/L"), "59260-0": ("haemoglobin", "mmol/L"),
    "NPU19763": ("ferritin", "ug/L"), "2276-4": ("ferritin", "ug/L"),
    "NPU03577": ("tsh", "m[IU]/L"), "NPU27300": ("hba1c", "mmol/mol"), "59261-8": ("hba1c", "mmol/mol"),
    "NPU04177": ("ogtt", "mmol/L"), "NPU10267": ("vitamin_d", "nmol/L"), "NPU16328": ("urine_culture", ""),
    "890-4": ("antibodies", ""),
}  # fmt: skip
# Danish words for a code that came without any.
NAMES = {
    "72166-2": "Rygning", "82810-3": "Graviditet", "11778-8": "Termin", "11779-6": "Termin efter sidste menstruation",
    "49052-4": "Gestationsalder i dage", "8302-2": "Højde", "NPU03794": "Højde", "29463-7": "Vægt", "NPU03804": "Vægt",
    "85354-9": "Blodtryk", "8480-6": "systolisk", "8462-4": "diastolisk", "882-1": "Blodtype", "NPU26678": "Blodtype",
    "883-9": "ABO-blodtype", "10331-7": "RhD-type", "NPU02319": "Hæmoglobin", "59260-0": "Hæmoglobin",
    "NPU19763": "Ferritin", "2276-4": "Ferritin", "NPU03577": "TSH", "NPU27300": "HbA1c", "59261-8": "HbA1c",
    "NPU04177": "Glukose efter 120 minutter", "NPU10267": "25-OH-D-vitamin", "NPU16328": "Urindyrkning",
    "890-4": "Irregulære antistoffer", "NPU02349": "Hepatitis B (HBsAg)", "NPU19649": "Hiv", "NPU14097": "Syfilis",
}  # fmt: skip
SAME_UNIT = {"mIU/L": "m[IU]/L", "10*-3.[IU]/L": "m[IU]/L", "µg/L": "ug/L", "10*-3 int.enh./L": "m[IU]/L"}
LENGTHS = {"cm": Decimal(1), "m": Decimal(100), "mm": Decimal("0.1")}
MASSES = {"kg": Decimal(1), "g": Decimal("0.001")}
YEAR = timedelta(days=365)


class LeftOut(Exception):
    """Not taken over; the text (Danish) says why."""


@dataclass(frozen=True)
class Found:
    """A resource, what it refers to, and the days that its dates are compared with."""

    resource: dict[str, Any]
    resolve: Callable[[Any], dict[str, Any] | None]
    today: date
    began_on: date | None
    visit_on: date | None

    def __getitem__(self, name: str) -> Any:
        return self.resource.get(name)

    def refuse_withdrawn(self) -> None:
        states = {self["status"], *_codes(self["verificationStatus"])}
        if states & WITHDRAWN:
            raise LeftOut("trukket tilbage eller afkræftet, hvor det blev skrevet")
        security = {one.get("code") for one in self.resource.get("meta", {}).get("security", ())}
        if security & PRIVATE:
            raise LeftOut("markeret som privat, hvor det blev skrevet")

    def answer(self, item_id: str, text: str) -> Answer | None:
        """The text as the form would take it from a person; None when it would not."""
        try:
            found = parse(CATALOGUE[item_id], {"": [text]}, today=self.today, to_her=False)
        except BadAnswer:
            return None
        return found if found.state == "value" else None

    def row(self, group: str, known_on: str, **texts: str) -> FactRow:
        made = {item_id: self.answer(item_id, text) for item_id, text in texts.items() if text}
        return FactRow(group, {item_id: one for item_id, one in made.items() if one}, known_on)


def condition(found: Found) -> Iterator[FactRow | str]:
    """A diagnosis: a row in words, with its codes and whether it is over."""
    found.refuse_withdrawn()
    name, codes = _named(found["code"])
    known_on = _day(found["onsetDateTime"] or (found["onsetPeriod"] or {}).get("start") or "")
    remark = [_state(found), codes, one_line(found["onsetString"] or "")]
    if recorded := _day(found["recordedDate"] or ""):
        remark.append(f"Noteret {_on(recorded)}")
    remark += [one_line(note["text"]) for note in found["note"] or ()]
    row = found.row(
        "diagnoses", known_on or recorded, diagnosis_name=name[:200], diagnosis_year=known_on,
        diagnosis_remark=". ".join(filter(None, remark))[:2000],
    )  # fmt: skip
    yield from _kept(row, "diagnosis_name", name, 200)
    yield row


def _state(found: Found) -> str:
    """From the category first (MedCom), else the clinical status, else an end; in doubt the word for it."""
    category = {code for one in found["category"] or () for code in _codes(one)}
    status = set(_codes(found["clinicalStatus"]))
    end = _day(found["abatementDateTime"] or (found["abatementPeriod"] or {}).get("end") or "")
    said = {CURRENT in category or None, False if RESOLVED in category else None} - {None}
    if not said:
        said = {bool(status & {"active", "recurrence", "relapse"})} if status else {False} if end else set()
    if len(said) > 1 or (said == {True} and (end or "resolved" in status)):
        return "Uafklaret, om den er aktuel"
    if not said:
        return ""
    return "Aktuel" if True in said else f"Afsluttet{f' {_on(end)}' if end else ''}"


def medicine(found: Found) -> Iterator[Fact | FactRow | str]:
    """What she takes is a row; what she has stopped with is no medicine of hers now, and is kept as text."""
    found.refuse_withdrawn()
    concept = found["medicationCodeableConcept"] or (_referred(found, found["medicationReference"]) or {}).get("code")
    if NO_MEDICINE in _codes(concept):
        yield from _beside(found, "takes_medicine", "no", _day(found["dateAsserted"] or ""))
        return
    name, codes = _named(concept)
    name = name or one_line((found["medicationReference"] or {}).get("display", ""))
    dose = "; ".join(filter(None, (one_line(one.get("text", "")) for one in found["dosage"] or ())))
    period = found["effectivePeriod"] or {}
    since, until = _day(period.get("start") or found["effectiveDateTime"] or ""), _day(period.get("end") or "")
    if found["status"] in ("completed", "stopped", "not-taken", "on-hold") or _is_past(until, found.today):
        when = f", til {_on(until)}" if until else ""
        yield f"Tager ikke nu: {', '.join(filter(None, (name, dose, codes)))}{when}"
        return
    reason = "; ".join(filter(None, (_named(one)[0] for one in found["reasonCode"] or ())))
    row = found.row(
        "medicines", since, medicine_name=(f"{name} ({codes})" if codes and len(name) < 150 else name)[:200],
        medicine_dose=dose[:200], medicine_reason=reason[:200],
    )  # fmt: skip
    yield from _kept(row, "medicine_name", f"{name}, {dose}" if len(dose) > 200 else name, 200)
    yield from _beside(found, "takes_medicine", "yes", since)
    yield row


def allergy(found: Found) -> Iterator[Fact | FactRow | str]:
    found.refuse_withdrawn()
    known_on = _day(found["onsetDateTime"] or found["recordedDate"] or "")
    if NO_ALLERGY in _codes(found["code"]):
        yield from _beside(found, "allergy", "no", known_on)
        return
    name, codes = _named(found["code"])
    reactions = [_named(one)[0] for reaction in found["reaction"] or () for one in reaction.get("manifestation", ())]
    reaction = ", ".join(dict.fromkeys(filter(None, reactions)))
    if set(_codes(found["clinicalStatus"])) & {"inactive", "resolved"}:
        yield f"Tidligere allergi: {', '.join(filter(None, (name, reaction, codes)))}"
        return
    kind = {"medication": "medicine", "food": "food"}.get(next(iter(found["category"] or ()), ""), "")
    row = found.row(
        "allergies", known_on, allergen_kind=kind, allergy_reaction=reaction[:200],
        allergen=(f"{name} ({codes})" if codes and len(name) < 150 else name)[:200],
    )  # fmt: skip
    yield from _kept(row, "allergen", name, 200)
    yield from _beside(found, "allergy", "yes", known_on)
    yield row


def observation(found: Found) -> Iterator[Fact | FactRow | str]:
    """Height, weight and RhD go beside their fields, laboratory results are rows, the rest is text."""
    found.refuse_withdrawn()
    codes, known_on = set(_codes(found["code"])), _day(found["effectiveDateTime"] or found["effectiveInstant"] or "")
    facts = list(_measured(found, codes, known_on))
    yield from facts
    if facts and not codes & (BLOOD_GROUP - {"10331-7"}):  # RhD alone: ABO is not lost
        return
    is_laboratory = any("laboratory" in _codes(one) for one in found["category"] or ())
    is_test = codes & (BLOOD_GROUP | {"883-9"}) or any(_system(one) in NPUS for one in _codings(found["code"]))
    if is_laboratory or is_test or codes & set(TESTS):
        yield from _test(found, codes, known_on)
    else:
        when = f" ({_on(known_on)})" if known_on else ""
        yield f"{_titled(found['code'])}: {_value(found.resource) or 'uden værdi'}{when}"


def _measured(found: Found, codes: set[str], known_on: str) -> Iterator[Fact]:
    if codes & HEIGHT:
        yield from _beside(found, "height_cm", _quantity(found, LENGTHS, whole=True), known_on)
    elif item_id := _weight_field(found, codes, known_on):
        yield from _beside(found, item_id, _quantity(found, MASSES), known_on)
    elif codes & BLOOD_GROUP:
        types = {RHD[code] for code in _codes(found["valueCodeableConcept"]) if code in RHD}
        yield from _beside(found, "rhd", types.pop() if len(types) == 1 else "", known_on)


def _weight_field(found: Found, codes: set[str], known_on: str) -> str:
    """Which weight it is: that of the visit, or that of the year before the pregnancy began."""
    if codes & WEIGHT_BEFORE:
        return "weight_before_kg"
    if not codes & WEIGHT or len(known_on) != 10:
        return ""
    day = date.fromisoformat(known_on)
    if day == found.visit_on:
        return "weight_today_kg"
    is_before = found.began_on is not None and found.began_on - YEAR <= day <= found.began_on
    return "weight_before_kg" if is_before else ""


def _quantity(found: Found, factors: Mapping[str, Decimal], *, whole: bool = False) -> str:
    """The number in the first unit of `factors`; "" when the unit is another or unsaid."""
    quantity = found["valueQuantity"] or {}
    factor = factors.get(quantity.get("code") or quantity.get("unit") or "")
    if factor is None or "value" not in quantity or "comparator" in quantity:
        return ""
    number = Decimal(str(quantity["value"])) * factor
    return f"{number.quantize(Decimal(1) if whole else Decimal('0.1')):f}"


def _beside(found: Found, item_id: str, text: str, known_on: str) -> Iterator[Fact]:
    if text and (answer := found.answer(item_id, text)):
        yield Fact(item_id, answer, known_on)


def _test(found: Found, codes: set[str], known_on: str) -> Iterator[FactRow | str]:
    """A result by itself, or a panel with its parts. The number stands as a number only in the expected unit."""
    title, value = _titled(found["code"]), _value(found.resource)
    kind, unit = next((TESTS[code] for code in sorted(codes) if code in TESTS), ("other", ""))
    quantity = found["valueQuantity"] or {}
    said = quantity.get("code") or quantity.get("unit") or ""
    is_expected = "value" in quantity and "comparator" not in quantity and SAME_UNIT.get(said, said) == unit
    if kind != "other" and unit and not is_expected:
        kind = "other"
    number = f"{Decimal(str(quantity['value'])):f}" if is_expected and kind != "other" else ""
    remark = [title if number else f"{title}: {value or 'uden værdi'}", _reference(found)]
    if found["status"] in ("registered", "preliminary"):
        remark.append("foreløbigt svar")
    whole = ". ".join(filter(None, (*remark, *(one_line(note["text"]) for note in found["note"] or ()))))
    row = found.row(
        "tests", known_on, test_kind=kind, test_on=known_on if len(known_on) == 10 else "", test_value=number,
        test_unit=words.unit_text(unit) if number else "", test_remark=whole[:200],
    )  # fmt: skip
    yield from _kept(row, "test_remark", whole, 200)
    yield row


def _reference(found: Found) -> str:
    ranges = [one for one in found["referenceRange"] or () if "low" in one or "high" in one]
    if len(ranges) != 1:
        return ""
    ends = [_plain(ranges[0].get(end, {}).get("value")) for end in ("low", "high")]
    return f"reference {ends[0] or '…'}–{ends[1] or '…'}"


def _value(part: dict[str, Any]) -> str:
    """The value of an Observation or a component, in words."""
    name = next((key for key in part if key.startswith("value") and len(key) > 5), "")
    value: Any = part.get(name)
    if name == "valueQuantity":
        unit = one_line(value.get("unit") or value.get("code") or "")
        unit = "" if unit == "1" else unit
        return f"{value.get('comparator', '')}{_plain(value.get('value'))} {unit}".strip()
    if name == "valueCodeableConcept":
        return _named(value)[0]
    if name == "valueBoolean":
        return "Ja" if value else "Nej"
    if name == "valueDateTime":
        return _on(_day(value))
    if name in ("valueRange", "valueRatio", "valuePeriod", "valueSampledData"):
        return "værdi, som ikke kan vises her"
    if name:
        return one_line(str(value))
    return "; ".join(f"{_titled(one.get('code'))} {_value(one)}".strip() for one in part.get("component", ()))


def _plain(number: Any) -> str:
    return "" if number is None else words.decimal_text(f"{Decimal(str(number)):f}")


def _kept(row: FactRow, item_id: str, text: str, most: int) -> Iterator[str]:
    """The whole text as a line, when the row's field could not hold it."""
    if text and (item_id not in row.answers or len(text) > most):
        yield text


def _codings(concept: Any) -> list[dict[str, Any]]:
    return list((concept or {}).get("coding", ()))


def _codes(concept: Any) -> list[str]:
    return [one["code"] for one in _codings(concept) if "code" in one]


def _system(coding: dict[str, Any]) -> str:
    return str(coding.get("system", ""))


def _named(concept: Any) -> tuple[str, str]:
    """The words of a concept, its own before a code's, and the codes as they are; words always, if there are any."""
    displays = [one["display"] for one in _codings(concept) if one.get("display")]
    codes = ", ".join(map(one_line, _codes(concept)))
    text = one_line((concept or {}).get("text") or next(iter(displays), "") or "")
    return (text, codes) if text else (codes or "Uden navn", "")


def _titled(concept: Any) -> str:
    name, codes = _named(concept)
    if not codes and (known := next((NAMES[code] for code in _codes(concept) if code in NAMES), "")):
        name, codes = known, name
    return f"{name} ({codes})" if codes else name


def _referred(found: Found, reference: Any) -> dict[str, Any] | None:
    name = (reference or {}).get("reference", "")
    if name.startswith("#"):
        return next((one for one in found["contained"] or () if one.get("id") == name[1:]), None)
    return found.resolve(reference)


def _day(text: Any) -> str:
    """The date of a dateTime, as precise as it was given."""
    return str(text)[:10]


def _on(day: str) -> str:
    return words.partial_date_text(day)


def _is_past(day: str, today: date) -> bool:
    return bool(day) and day < today.isoformat()[: len(day)]


def one_line(text: str) -> str:
    """Without line breaks, control and direction signs."""
    return "".join(" " if sign.isspace() else sign for sign in clean(text) if sign not in BIDI_CONTROLS).strip()
