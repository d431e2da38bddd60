"""The rulebook: every rule in words, with thresholds, sources, editions and examples, for clinical review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from html import escape
from typing import Any

from svangre.rules.assess import RULES
from svangre.rules.bmi import shown
from svangre.rules.finding import STRENGTH_WORDS, URGENCY_WORDS, Prompt
from svangre.rules.gestation import written, written_date
from svangre.rules.parity import CONVENTION
from svangre.rules.rule import Rule
from svangre.rules.sources import SOURCES, Source
from svangre.rules.threshold import AGE, Threshold
from svangre.rules.urgent import BOXES, HARMFUL, OUT_OF_HOURS, REVIEW

INTRODUCTION = (
    "Reglerne foreslår (»Overvej …«) og bestemmer aldrig. Hver regel siger, hvad den bygger på.",
    "Uverificerede forslag vises kun, når klinikken slår dem til. Manglende svar regnes aldrig som »nej«.",
    "En journal beholder den udgave, den er vurderet med. Er kilder uenige, vises begge, og klinikken kan vælge.",
)


def rulebook_json() -> dict[str, Any]:
    return {
        "introduction": list(INTRODUCTION),
        "rules": [_rule_json(rule) for rule in RULES],
        "settings": [
            {
                "key": threshold.key,
                "name": threshold.name,
                "leads": list(threshold.leads),
                "default": threshold.row(date.max).lead,
                "disagreement": threshold.disagreement,
                "reason": threshold.reason,
            }
            for threshold in choices()
        ],
        "parity_convention": CONVENTION,
        "urgent": {
            "status": REVIEW,
            "out_of_hours": OUT_OF_HOURS,
            "boxes": [
                {"key": box.key, "title": box.title, "text": box.text, "items": list(box.items)} for box in BOXES
            ],
            "medicines": list(HARMFUL),
        },
        "sources": [_source_json(source) for source in SOURCES.values()],
    }


def choices() -> tuple[Threshold[Any], ...]:
    """What a clinic may choose: one threshold for each setting where sources stand against each other."""
    offered = [one for rule in RULES for one in rule.thresholds if one.disagreement and len(one.leads) > 1]
    return tuple({one.key: one for one in reversed(offered)}.values())[::-1]


def _rule_json(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "logic": list(rule.logic),
        "prompts": [_prompt_json(prompt) for prompt in rule.prompts],
        "thresholds": [_threshold_json(threshold) for threshold in rule.thresholds],
        "sources": [source.tag for source in rule.sources],
        "examples": [
            {
                "situation": example.situation,
                "answers": dict(example.answers),
                "prompts": list(example.prompts),
                "absent": list(example.absent),
            }
            for example in rule.examples
        ],
    }


def _prompt_json(prompt: Prompt) -> dict[str, Any]:
    return {
        "key": prompt.key,
        "title": prompt.title,
        "strength": prompt.strength,
        "urgency": prompt.urgency,
        "where": prompt.where,
        "level": prompt.level,
        "obstetric": prompt.is_obstetric,
        "private": prompt.is_private,
        "sources": [source.tag for source in prompt.sources],
    }


def _threshold_json(threshold: Threshold[Any]) -> dict[str, Any]:
    return {
        "key": threshold.key,
        "name": threshold.name,
        "unit": threshold.unit,
        "rows": [
            {
                "value": value_text(row.value, threshold.unit),
                "source": row.source.tag,
                "edition": row.source.edition,
                "valid_from": row.valid_from.isoformat(),
                "lead": row.lead,
            }
            for row in threshold.rows
        ],
        "leading": threshold.row(date.max).lead,
        "disagreement": threshold.disagreement or None,
        "reason": threshold.reason or None,
    }


def _source_json(source: Source) -> dict[str, Any]:
    return {
        "tag": source.tag,
        "title": source.title,
        "publisher": source.publisher,
        "edition": source.edition,
        "url": source.url,
        "read_on": source.read_on.isoformat(),
        "note": source.note or None,
    }


def value_text(value: Any, unit: str) -> str:
    """A threshold as a clinician reads it; days of gestation also as weeks and days."""
    match value:
        case bool():
            return "ja" if value else "nej"
        case Fraction():
            return shown(value)
        case Decimal():
            return str(value).replace(".", ",")
        case ((int(month), int(day)), (int(last_month), int(last_day))):
            return f"{day}.{month}.–{last_day}.{last_month}."
        case tuple():
            return "–".join(value_text(part, unit) for part in value)
        case int() if unit == AGE:
            return written(value)
        case _:
            return str(value)


def rulebook_html() -> str:
    """One plain page: readable in any browser and on paper, without scripts or styles."""
    return "\n".join(_html())


def _html() -> Iterator[str]:
    yield '<!doctype html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n<title>Regelbog</title>\n</head>\n<body>'
    yield "<h1>Regelbog</h1>"
    yield from (f"<p>{escape(line)}</p>" for line in INTRODUCTION)
    for rule in RULES:
        yield from _rule_html(rule)
    yield f"<h2>Graviditeter og fødsler</h2>\n<p>{escape(CONVENTION)}</p>"
    yield from _urgent_html()
    yield from _sources_html()
    yield "</body>\n</html>"


def _rule_html(rule: Rule) -> Iterator[str]:
    yield f'<h2 id="{rule.id}">{rule.id} {escape(rule.name)}</h2>'
    yield "<ul>"
    yield from (f"<li>{escape(line)}</li>" for line in rule.logic)
    yield "</ul>"
    if rule.prompts:
        yield from _table(
            "Fund",
            ("Nøgle", "Forslag", "Hvornår", "Styrke", "Kilder"),
            (
                (
                    prompt.key,
                    prompt.title + (" (privat)" if prompt.is_private else ""),
                    URGENCY_WORDS[prompt.urgency],
                    STRENGTH_WORDS[prompt.strength],
                    ", ".join(source.tag for source in prompt.sources),
                )
                for prompt in rule.prompts
            ),
        )
    if rule.thresholds:
        yield from _table(
            "Grænser",
            ("Grænse", "Værdi", "Enhed", "Kilde", "Udgave", "Gælder fra", "Bruges"),
            (cells for threshold in rule.thresholds for cells in _threshold_cells(threshold)),
        )
    for threshold in rule.thresholds:
        if threshold.disagreement:
            choice = f"{threshold.name}: {threshold.disagreement} Valgt, fordi {threshold.reason}."
            yield f"<p><strong>Uenighed.</strong> {escape(choice)}</p>"
    if rule.examples:
        yield from _table(
            "Eksempler",
            ("Situation", "Giver", "Giver ikke"),
            ((one.situation, ", ".join(one.prompts), ", ".join(one.absent)) for one in rule.examples),
        )


def _threshold_cells(threshold: Threshold[Any]) -> Iterator[tuple[str, ...]]:
    leading = threshold.row(date.max)
    for row in threshold.rows:
        yield (
            threshold.name,
            value_text(row.value, threshold.unit),
            threshold.unit,
            row.lead,
            row.source.edition,
            written_date(row.valid_from),
            "ja" if row is leading else "",
        )


def _table(caption: str, heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield f"<table>\n<caption>{caption}</caption>"
    yield "<tr>" + "".join(f'<th scope="col">{head}</th>' for head in heads) + "</tr>"
    for cells in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
    yield "</table>"


def _urgent_html() -> Iterator[str]:
    yield f"<h2>Hvad der ikke kan vente</h2>\n<p><strong>{REVIEW}.</strong> {escape(OUT_OF_HOURS)}</p>"
    yield from _table("Tekster til hende", ("Overskrift", "Tekst"), ((box.title, box.text) for box in BOXES))
    yield f"<p>Medicin, der udløser teksten: {escape(', '.join(HARMFUL))}.</p>"


def _sources_html() -> Iterator[str]:
    yield "<h2>Kilder</h2>"
    yield from _table(
        "Kilder",
        ("Mærke", "Titel", "Udgiver", "Udgave", "Adresse", "Bemærkning"),
        (
            (source.tag, source.title, source.publisher, source.edition, source.url, source.note)
            for source in SOURCES.values()
        ),
    )
