"""The head and the right side of the consultation: who she is, what cannot wait, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from svangre.catalogue import LongText
from svangre.clinic.progress import EXPECTED, key_of, standing
from svangre.clinic.room import Opened
from svangre.fhir.missing import prf_missing
from svangre.national import BUILDS
from svangre.record import findings, words
from svangre.record.chart import Chart
from svangre.rules.finding import STRENGTH_WORDS, URGENCY_WORDS

URGENCY_LOOK = {"today": "sv-tag--now", "plan": "sv-tag--plan", "knowledge": ""}
ACT_WORDS = {"done": "Gjort", "not_relevant": "Ikke relevant", "later": "Senere", "open": ""}

# What she says herself stands first, whatever the rules say: item id, and the answers that call for it.
FIRST_THING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("current_symptoms", ("bleeding", "pain", "vomiting", "vomiting_keeps_nothing_down")),
    ("thoughts_of_self_harm", ("yes",)),
    ("circulation", ("blood_clot",)),
    ("recently_stopped_medicine", ("yes",)),
)


@dataclass(frozen=True)
class Strip:
    """Who she is and where she is in the pregnancy: the same on every page of hers."""

    name: str
    called: str
    cpr: str
    age: str
    is_protected: bool
    is_replacement: bool
    weeks: str
    due: str
    due_method: str
    due_basis: str
    is_uncertain: bool
    parity: str
    parity_words: str
    parity_convention: str
    bmi: str
    bmi_from: str
    cave: str
    no_cave: str
    interpreter: str
    contact: str


def strip(opened: Opened) -> Strip:
    chart, computed = opened.chart, opened.computed
    due = computed.get("due_date")
    cave = [text for row in _rows(chart, "allergies") if (text := words.cave_text(chart, row))]
    return Strip(
        name=chart.identity.name,
        called=text_of(chart, "preferred_name"),
        cpr=chart.identity.cpr_shown,
        age=f"{chart.identity.age(opened.today)} år",
        is_protected=chart.identity.is_protected,
        is_replacement=_is_replacement(chart),
        weeks=computed.get("gestational_age") or "–",
        due=words.date_text(date.fromisoformat(due)) if due else "ikke beregnet",
        due_method=computed.get("due_date_method_words") or "",
        due_basis=_basis(chart, computed),
        is_uncertain=computed.get("due_date_method") == "lmp_uncertain",
        parity=computed.get("parity_short") or _parity(computed),
        parity_words=computed.get("parity_in_words") or "",
        parity_convention=computed.get("parity_convention") or "",
        bmi=words.bmi_text(Decimal(str(computed["bmi"]))) if computed.get("bmi") is not None else "–",
        bmi_from=", ".join(filter(None, (text_of(chart, "weight_before_kg"), text_of(chart, "height_cm")))),
        cave="; ".join(cave),
        no_cave={"no": "Ingen kendt allergi"}.get(str(chart.value("allergy")), "Allergi ikke afklaret"),
        interpreter=_interpreter(chart),
        contact=_contact(chart),
    )


def _rows(chart: Chart, group: str) -> list[Any]:
    return chart.rows(group) if chart.is_shown(chart.catalogue[group]) else []


def _is_replacement(chart: Chart) -> bool:
    from svangre.record import cpr

    return cpr.is_replacement(chart.identity.cpr)


def _parity(computed: Mapping[str, Any]) -> str:
    gravidity, parity = computed.get("gravidity"), computed.get("parity")
    return " ".join(f"{letter}{'–' if n is None else n}" for letter, n in (("G", gravidity), ("P", parity)))


def _basis(chart: Chart, computed: Mapping[str, Any]) -> str:
    """»23. september 2026, cyklus 31 dage (+3)«"""
    parts = [text_of(chart, "last_period")] if "lmp" in str(computed.get("due_date_basis")) else []
    if parts and computed.get("cycle_correction_days"):
        parts.append(f"cyklus {text_of(chart, 'cycle_days')} ({computed['cycle_correction_days']:+d})")
    return ", ".join(filter(None, parts))


def _interpreter(chart: Chart) -> str:
    needed = chart.value("interpreter_needed")
    if needed == "yes":
        return f"Tolk: {text_of(chart, 'interpreter_language').lower() or 'sprog ikke oplyst'}"
    return "Ingen tolk" if needed == "no" else ""


def _contact(chart: Chart) -> str:
    if chart.value("safe_contact") in (None, "yes"):
        return ""
    return ": ".join(filter(None, (text_of(chart, "safe_contact"), text_of(chart, "safe_contact_how"))))


def text_of(chart: Chart, item_id: str) -> str:
    """The counting answer in words, "" when there is none."""
    given = chart.counting(item_id)
    if given is None or given.answer.state == "not_answered":
        return ""
    return words.value_text(chart.catalogue[item_id], given.answer)


@dataclass(frozen=True)
class HerWords:
    label: str
    text: str
    section: str
    key: str
    is_quote: bool


def her_words(chart: Chart) -> Iterator[HerWords]:
    """What she reports that is seen to first, in her own answers even where the clinic's count."""
    for item_id, keys in FIRST_THING:
        item, one = chart.catalogue[item_id], chart.field(item_id)
        if one.hers is None or not chart.is_shown(item):
            continue
        value = one.hers.answer.value
        chosen = [key for key in (value if isinstance(value, list) else [value]) if key in keys]
        if chosen:
            text = ", ".join(words.option_text(item, key, to_her=True) for key in chosen)
            yield HerWords(item.clinic, text, chart.catalogue.places[item_id].section.id, key_of(item_id, None), False)


def what_matters(chart: Chart) -> str:
    one = chart.field("what_matters").hers
    return str(one.answer.value) if one and one.answer.state == "value" else ""


@dataclass(frozen=True)
class Attention:
    """A finding as the page shows it: the proposal, why, on which data and by which source."""

    key: str
    title: str
    because: str
    data: tuple[tuple[str, str], ...]
    source: str
    disagreement: str
    strength: str
    urgency: str
    look: str
    window: str
    section: str
    where: str
    level: int | None
    act: str
    act_words: str
    reason: str
    is_handed_over: bool
    is_held_back: bool

    @property
    def is_open(self) -> bool:
        return self.act in ("open", "later")


def attention(opened: Opened, kind: str = "findings") -> list[Attention]:
    found = [_attention(opened, one) for one in (opened.chart.assessment or {}).get(kind, ())]
    return sorted(found, key=lambda one: not one.is_open)


def _attention(opened: Opened, finding: Mapping[str, Any]) -> Attention:
    handling = opened.handlings.get(finding["key"])
    where = finding.get("where") or ""
    place = opened.chart.catalogue.places.get(where)
    window = finding.get("window")
    return Attention(
        key=finding["key"],
        title=finding["title"],
        because=finding["because"],
        data=tuple(_datum(datum) for datum in finding["data"]),
        source=finding["source"],
        disagreement=finding.get("disagreement") or "",
        strength=STRENGTH_WORDS.get(finding["strength"], ""),
        urgency=URGENCY_WORDS[finding["urgency"]],
        look=URGENCY_LOOK[finding["urgency"]],
        window=words.span_text(*(date.fromisoformat(day) for day in window)) if window else "",
        section=place.section.id if place else "",
        where=key_of(where, None),
        level=finding.get("level"),
        act=handling.act if handling else "open",
        act_words=ACT_WORDS[handling.act] if handling else "",
        reason=(handling.reason or "") if handling else "",
        is_handed_over=bool(handling and handling.is_handed_over),
        is_held_back=findings.is_held_back(opened.chart, finding),
    )


def level_reasons(found: list[Attention]) -> list[tuple[int, list[str]]]:
    """Reasons that point to an omsorgsniveau, by level, highest first. They stand at the field and select nothing."""
    levels: dict[int, list[str]] = {}
    for one in found:
        if one.level:
            levels.setdefault(one.level, []).append(one.because.rstrip("."))
    return sorted(levels.items(), reverse=True)


GIVER_WORDS = {"woman": "hun", "clinic": "klinikken", "record": "journalen"}


def _datum(datum: Mapping[str, Any]) -> tuple[str, str]:
    parts = [GIVER_WORDS.get(datum.get("giver") or "", "")]
    if datum.get("on"):
        parts.append(words.short_date(date.fromisoformat(datum["on"])))
    told = ", ".join(filter(None, parts))
    return datum["label"], f"{datum['value']}{f' ({told})' if told else ''}"


def used_in_findings(opened: Opened) -> frozenset[str]:
    """Items whose answer some finding rests on: bulk accept leaves them for a person to see."""
    return frozenset(
        datum["item"]
        for finding in (opened.chart.assessment or {}).get("findings", ())
        for datum in finding["data"]
        if datum.get("item")
    )


@dataclass(frozen=True)
class Jump:
    """Something that is missing, as the place to go to. No section: no field mends it."""

    label: str
    why: str
    section: str
    key: str
    icon: str


ICONS = {"open": "ring", "later": "clock", "differs": "not-equal", "done": "warning", "none": "ring"}


def missing(opened: Opened, gm_version: str) -> list[Jump]:
    """What the national svangerskabsjournal lacks, each a jump."""
    return [
        _jump(opened.chart, one.item_id, one.label, one.why) for one in prf_missing(opened.chart, BUILDS[gm_version])
    ]


def should_have(chart: Chart) -> list[Jump]:
    """What ought to be there too, though nothing is held back by it."""
    found = []
    for item_id in EXPECTED:
        item = chart.catalogue[item_id]
        if not item.mandatory and standing(chart, item, None) in ("open", "later") and chart.is_shown(item):
            found.append(_jump(chart, item_id, item.clinic, ""))
    return found


def _jump(chart: Chart, item_id: str, label: str, why: str) -> Jump:
    if not item_id:
        return Jump(label, why, "", "", "warning")
    item = chart.catalogue[item_id]
    one = chart.field(item_id)
    if one.hers and one.hers.answer.state != "value" and not one.clinics:
        why = f"Hendes svar: {words.value_text(item, one.hers.answer).lower()}."
    return Jump(
        label,
        why,
        chart.catalogue.places[item_id].section.id,
        key_of(item_id, None),
        ICONS[standing(chart, item, None)],
    )


def phrase_values(opened: Opened) -> dict[str, str]:
    """What a standard phrase can take from the record (`svangre.record.way.FIELDS`)."""
    chart, head = opened.chart, strip(opened)
    systolic, diastolic = chart.value("systolic"), chart.value("diastolic")
    return {
        "alder": head.age,
        "gp": head.parity,
        "uge": head.weeks if head.weeks != "–" else "",
        "termin": head.due if opened.computed.get("due_date") else "",
        "bmi": head.bmi if head.bmi != "–" else "",
        "blodtryk": f"{systolic}/{diastolic}" if systolic and diastolic else "",
        "vægt": text_of(chart, "weight_today_kg"),
    }


def resume_text(opened: Opened) -> str:
    """A draft of the doctor's text, put together from what is known: nothing that is private."""
    chart, head = opened.chart.for_documents(), strip(opened)
    lines = [f"{head.age[:-3]}-årig {head.parity}, uge {head.weeks}, termin {head.due} ({head.due_method.lower()})."]
    if head.bmi != "–":
        lines.append(f"BMI {head.bmi} ({head.bmi_from}).")
    lines.append(f"CAVE: {head.cave}." if head.cave else f"{head.no_cave}.")
    for group, title in (("births", "Tidligere fødsler"), ("diagnoses", "Sygdomme"), ("medicines", "Medicin")):
        rows = [text for row in _rows(chart, group) if (text := words.row_text(chart, row))]
        if rows:
            lines.append(f"{title}: {'; '.join(rows)}.")
    for item_id in ("systolic", "weight_today_kg", "omsorgsniveau", "obstetric_referral"):
        if text := text_of(chart, item_id):
            text = f"{text.split()[0]}/{text_of(chart, 'diastolic')}" if item_id == "systolic" else text
            lines.append(f"{chart.catalogue[item_id].clinic if item_id != 'systolic' else 'Blodtryk'}: {text}.")
    chosen = [finding["title"] for finding in findings.leaving(opened.chart)]
    if chosen:
        lines.append(f"Til opmærksomhed: {'; '.join(chosen)}.")
    matters = text_of(chart, "what_matters")
    if matters and isinstance(chart.catalogue["what_matters"].kind, LongText):
        lines.append(f"Vigtigt for hende: »{matters}«")
    return "\n".join(lines)
