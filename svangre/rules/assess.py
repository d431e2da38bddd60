"""The clinical core: from facts to what is computed, what to consider, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from svangre.rules import (
    age,
    alcohol,
    aspirin,
    blood_pressure,
    bmi,
    care_level,
    consanguinity,
    dating,
    fgm,
    gdm,
    haemoglobinopathy,
    infections,
    mental_health,
    obstetric_history,
    rhesus,
    substances,
    supplements,
    thrombosis,
    thyroid,
    tobacco,
    urine,
    vaccines,
    violence,
)
from svangre.rules import timeline as timeline_rule
from svangre.rules.case import Case
from svangre.rules.facts import Datum, Facts, Known, Unknown
from svangre.rules.finding import URGENCY_ORDER, Finding
from svangre.rules.gestation import METHOD_WORDS, written
from svangre.rules.parity import CONVENTION
from svangre.rules.rule import Rule
from svangre.rules.threshold import Editions
from svangre.rules.timeline import Entry, timeline
from svangre.rules.urgent import her_words

RULES: tuple[Rule, ...] = (
    dating.RULE,
    bmi.RULE,
    gdm.RULE,
    aspirin.RULE,
    supplements.FOLIC_RULE,
    supplements.VITAMIN_D_RULE,
    supplements.IRON_RULE,
    rhesus.RULE,
    infections.RULE,
    urine.RULE,
    haemoglobinopathy.RULE,
    thyroid.RULE,
    alcohol.RULE,
    tobacco.RULE,
    thrombosis.RULE,
    age.RULE,
    obstetric_history.RULE,
    mental_health.RULE,
    fgm.RULE,
    violence.RULE,
    substances.RULE,
    care_level.RULE,
    vaccines.RULE,
    timeline_rule.RULE,
    blood_pressure.RULE,
    consanguinity.RULE,
)

NO_LEADS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Assessment:
    """What the rules say about one pregnancy on one day.

    findings    what can be shown: those that cannot wait first
    unverified  rules without a source, only for a clinic that turns them on
    missing     rows of the specification whose answers would let a rule conclude
    timeline    visits, tests and vaccines with dates
    her_words   what she reports and the clinic sees first thing, whatever the rules make of it
    """

    case: Case
    findings: tuple[Finding, ...]
    unverified: tuple[Finding, ...]
    missing: tuple[str, ...]
    timeline: tuple[Entry, ...]
    her_words: tuple[Datum, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "computed": {
                **computed_json(self.case),
                "timeline": [entry_json(entry) for entry in self.timeline],
                "her_words": [datum_json(datum) for datum in self.her_words],
            },
            "findings": [finding_json(finding) for finding in self.findings],
            "unverified": [finding_json(finding) for finding in self.unverified],
            "missing": list(self.missing),
        }


def assess(facts: Facts, today: date, edition_on: date, leads: Mapping[str, str] = NO_LEADS) -> Assessment:
    """All rules on one set of facts.

    Args:
        today: the day of assessment.
        edition_on: the day whose editions of the thresholds apply; a signed record keeps its own.
        leads: the clinic's choice of leading source, by threshold key.
    """
    case = Case.of(facts, today, Editions(edition_on, leads))
    outcomes = [outcome for rule in RULES for outcome in rule.judge(case)]
    found = sorted(
        (outcome for outcome in outcomes if isinstance(outcome, Finding)),
        key=lambda finding: (URGENCY_ORDER.index(finding.urgency), -(finding.level or 0)),
    )
    numbers = (case.parity.gravidity, case.parity.parity)
    missing = {ref for one in (*outcomes, *numbers) if isinstance(one, Unknown) for ref in one.missing}
    confirmed = tuple(finding for finding in found if finding.strength != "unverified")
    return Assessment(
        case,
        confirmed,
        tuple(finding for finding in found if finding.strength == "unverified"),
        tuple(sorted(missing)),
        timeline(case, confirmed),
        her_words(facts),
    )


def computed_json(case: Case) -> dict[str, Any]:
    dated, parity = case.dating, case.parity
    return {
        "due_date": _iso(dated.due_on),
        "due_date_method": dated.method,
        "due_date_method_words": METHOD_WORDS[dated.method] if dated.method else None,
        "due_date_basis": dated.basis,
        "due_date_candidates": [{"method": one.method, "due_date": one.due_on.isoformat()} for one in dated.candidates],
        "naegele_due_date": _iso(dated.naegele_on),
        "cycle_correction_days": dated.correction,
        "dating_certain": _value(dated.certain),
        "gestational_age_days": _value(case.age_days),
        "gestational_age": written(case.age_days.value) if isinstance(case.age_days, Known) else None,
        "gravidity": _value(parity.gravidity),
        "parity": _value(parity.parity),
        "parity_short": parity.short,
        "parity_danish": parity.danish,
        "parity_in_words": parity.in_words,
        "parity_convention": CONVENTION,
        "bmi": float(bmi.half_up(case.bmi.value, 1)) if isinstance(case.bmi, Known) else None,
        "age_on_due_date": _value(case.age),
        "tweak_points": alcohol.score(case),
        "edition_on": case.editions.on.isoformat(),
    }


def _value(fact: Known[Any] | Unknown) -> Any:
    return fact.value if isinstance(fact, Known) else None


def _iso(fact: Known[date] | Unknown) -> str | None:
    return fact.value.isoformat() if isinstance(fact, Known) else None


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "key": finding.key,
        "title": finding.title,
        "because": finding.because,
        "data": [datum_json(datum) for datum in finding.data],
        "source": "; ".join(source.line for source in finding.sources),
        "sources": [
            {"tag": source.tag, "title": source.title, "edition": source.edition, "url": source.url}
            for source in finding.sources
        ],
        "disagreement": finding.disagreement or None,
        "strength": finding.strength,
        "urgency": finding.urgency,
        "where": finding.where,
        "level": finding.level,
        "obstetric": finding.is_obstetric,
        "private": finding.is_private,
        "window": [day.isoformat() for day in finding.window] if finding.window else None,
    }


def datum_json(datum: Datum) -> dict[str, Any]:
    return {
        "label": datum.label,
        "value": datum.value,
        "giver": datum.giver or None,
        "on": datum.on.isoformat() if datum.on else None,
        "item": datum.item or None,
    }


def entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "kind": entry.kind,
        "what": entry.what,
        "who": entry.who,
        "weeks": entry.weeks,
        "window": [day.isoformat() for day in entry.window] if entry.window else None,
        "source": entry.source.line,
        "note": entry.note or None,
        "hers": entry.hers,
    }
