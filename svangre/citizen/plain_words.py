"""The signed record as she reads it: her own wording of each question, and an everyday word beside each medical one."""

from __future__ import annotations

from dataclasses import dataclass

from svangre.catalogue import inside
from svangre.record import words
from svangre.record.chart import Chart
from svangre.translations import say

# Medical words in the clinic's texts, with the everyday word. Shown below the line in which they stand.
EXPLAINED = {
    "BMI": "BMI er din vægt set i forhold til din højde.",
    "Rhesus": "Rhesus er en del af din blodtype.",
    "RhD": "RhD er en del af din blodtype.",
    "Hæmoglobin": "Hæmoglobin er din blodprocent.",
    "Omsorgsniveau": "Omsorgsniveau er, hvor meget støtte du får tilbudt i graviditeten.",
    "OGTT": "OGTT er en prøve, der viser, hvordan din krop klarer sukker.",
    "Præeklampsi": "Præeklampsi er svangerskabsforgiftning.",
    "Hypertension": "Hypertension er for højt blodtryk.",
    "Ferritin": "Ferritin viser, hvor meget jern du har på lager.",
    "TSH": "TSH viser, om dit stofskifte er, som det skal være.",
    "HbA1c": "HbA1c viser dit blodsukker over længere tid.",
    "Naegele": "Naegeles termin er sidste menstruation plus 280 dage.",
    "Gestationsalder": "Gestationsalder er, hvor langt du er henne.",
    "Paritet": "Paritet er, hvor mange gange du har født.",
    "Konsanguinitet": "Konsanguinitet er, at forældrene er i familie med hinanden.",
}


@dataclass(frozen=True)
class Line:
    label: str
    text: str
    explained: str = ""


@dataclass(frozen=True)
class Part:
    title: str
    lines: tuple[Line, ...]


def record(chart: Chart) -> list[Part]:
    """What stands in a signed version, section by section; what nobody answered is left out."""
    parts = []
    for section in chart.catalogue.sections:
        if section.private or section.later:
            continue
        lines = []
        for item, row_id in chart.section_items(section):
            if row_id is not None:
                continue
            label = words.label_text(item, to_her=True)
            if inside(item):
                lines += [Line(label, words.row_text(chart, row, to_her=True)) for row in chart.rows(item.id)]
                continue
            given = chart.counting(item.id)
            if given and given.answer.state != "not_answered":
                text = words.value_text(item, given.answer, to_her=bool(item.woman))
                lines.append(Line(label, text, _explained(f"{label} {text}")))
        if lines:
            parts.append(Part(section.title, tuple(line for line in lines if line.text)))
    return parts


def _explained(text: str) -> str:
    """In her language the words are looked for in its own spelling."""
    return " ".join(
        say(meaning) for word, meaning in EXPLAINED.items() if say(word, "explained").casefold() in text.casefold()
    )
