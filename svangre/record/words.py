"""How values are written, for pages and documents alike: in Danish, or in the language that she reads
(`svangre.translations`). Pure: Babel, no Flask.

Times are shown on the Danish clock whatever zone they are stored in; dates are calendar dates and never move.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from svangre import catalogue as kinds
from svangre import translations
from svangre.catalogue import STATES, Answer, Item, inside
from svangre.record import cpr
from svangre.record.chart import Chart, Row
from svangre.translations import decimal_text as decimal_text
from svangre.translations import say

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

# UCUM, or the words of an annotation, to (one, many).
UNITS: dict[str, tuple[str, str]] = {
    "d": ("dag", "dage"), "wk": ("uge", "uger"), "mo": ("måned", "måneder"), "a": ("år", "år"), "h": ("time", "timer"),
    "mm[Hg]": ("mmHg", "mmHg"), "ug": ("µg", "µg"), "mL": ("ml", "ml"), "kg/m2": ("kg/m²", "kg/m²"),
    "m[IU]/L": ("mIU/l", "mIU/l"), "mIU/L": ("mIU/l", "mIU/l"), "genstande": ("genstand", "genstande"),
    "cigaretter": ("cigaret", "cigaretter"), "gange": ("gang", "gange"), "kopper": ("kop", "kopper"),
    "børn": ("barn", "børn"), "fostre": ("foster", "fostre"), "dage": ("dag", "dage"), "uger": ("uge", "uger"),
    "timer": ("time", "timer"), "fødsler": ("fødsel", "fødsler"),
}  # fmt: skip
OFTEN = {"d": "om dagen", "wk": "om ugen", "mo": "om måneden", "a": "om året"}


def local(at: datetime) -> datetime:
    return at.astimezone(COPENHAGEN)


def date_text(day: date) -> str:
    """3. juli 2027"""
    return format_date(day, "long", locale=translations.locale())


def short_date(day: date) -> str:
    """3.7.2027: in tables and lists"""
    return f"{day.day}.{day.month}.{day.year}"


def day_month(day: date) -> str:
    """3.7.: where the year goes without saying"""
    return f"{day.day}.{day.month}."


def span_text(first: date, last: date) -> str:
    """20.–26.3.2027, 30.1.–13.2.2027, 12.12.2026–1.1.2027"""
    if first == last:
        return short_date(first)
    start = f"{first.day}." if (first.year, first.month) == (last.year, last.month) else day_month(first)
    if first.year != last.year:
        start += str(first.year)
    return f"{start}–{short_date(last)}"


def time_text(at: datetime) -> str:
    """kl. 20.41"""
    return clock_text(f"{local(at):%H:%M}")


def clock_text(clock: str) -> str:
    """09:30 as kl. 09.30"""
    hour, minute = clock.split(":")
    return say("kl. {hour}.{minute}", hour=hour, minute=minute)


def moment_text(at: datetime) -> str:
    """24. november 2026 kl. 20.41"""
    return say("{date} {time}", date=date_text(local(at).date()), time=time_text(at))


def partial_date_text(value: str) -> str:
    """2026, november 2026 or 3. november 2026: as precise as it was given"""
    match value.split("-"):
        case [year]:
            return year
        case [year, month]:
            return format_date(date(int(year), int(month), 1), "MMMM y", locale=translations.locale())
        case _:
            return date_text(date.fromisoformat(value))


def weeks_text(days: int) -> str:
    """8+3: gestational age for the clinic"""
    return f"{days // 7}+{days % 7}"


def weeks_text_to_her(days: int) -> str:
    """8 uger og 3 dage, 8 uger, 1 uge og 1 dag"""
    weeks, rest = divmod(days, 7)
    text = quantity(weeks, "wk")
    return say("{weeks} og {days}", weeks=text, days=quantity(rest, "d")) if rest else text


def bmi_text(bmi: Decimal) -> str:
    """28,4: one decimal, half up"""
    return decimal_text(bmi.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def quantity(number: int | str, unit: str | None) -> str:
    """A number with its unit: 4.620 g, 1 dag, 3 genstande om ugen. Years and counts have no thousands mark."""
    if isinstance(number, str):
        shown = decimal_text(number)
    else:
        shown = format_decimal(number, locale=translations.locale()) if unit else str(number)
    whole = int(number) if str(number).isdigit() else 2  # 1,5 goes as many do
    return f"{shown} {unit_text(unit, number=whole)}" if unit else shown


def unit_text(unit: str, *, number: int = 2) -> str:
    """The words of a UCUM unit, as they go with a number: "{genstande}/wk" is genstande om ugen."""
    if unit in UNITS:
        return translations.count(*UNITS[unit], number, "unit")
    thing, _, per = unit.partition("/")
    bare = thing.strip("{}")
    words = translations.count(*UNITS[bare], number, "unit") if bare in UNITS else bare
    if not per:
        return words
    if per in OFTEN:
        return f"{words} {say(OFTEN[per], 'unit')}".strip()
    return f"{words}/{per.replace('L', 'l')}"


def value_text(item: Item, answer: Answer | None, *, to_her: bool = False) -> str:
    """An answer in words, whichever of the six states it is in."""
    state = answer.state if answer else "not_asked"
    if answer is None or state != "value":
        return say(STATES[state])
    return _written(item, answer.value, to_her)


def _written(item: Item, value: Any, to_her: bool) -> str:
    kind = item.kind
    match kind:
        case kinds.Text(look="cpr"):
            return cpr.shown(value)
        case kinds.Text(look="tel"):
            return phone_text(value)
        case kinds.Text() | kinds.LongText():
            return str(value)
        case kinds.Integer() | kinds.Decimal():
            return quantity(value, kind.unit)
        case kinds.Date():
            return date_text(date.fromisoformat(value))
        case kinds.PartialDate():
            return partial_date_text(value)
        case kinds.YesNo() | kinds.One():
            return option_text(item, value, to_her=to_her)
        case kinds.Many():
            return ", ".join(option_text(item, key, to_her=to_her) for key in value)
        case kinds.Interval():
            if isinstance(value, str):
                return option_text(item, value, to_her=to_her)
            if value["low"] == value["high"]:
                return quantity(value["low"], kind.unit)
            return f"{value['low']}–{quantity(value['high'], kind.unit)}"
        case kinds.Group():
            raise ValueError(f"a group has rows, not a value: {item.id}")
        case _:
            assert_never(kind)


def option_text(item: Item, key: str, *, to_her: bool = False) -> str:
    """The option as she reads it, or as the clinic does. A key that the form no longer knows stands as it is."""
    option = item.option(key)
    if option is None:
        return key
    return option.label if to_her else option.clinic_label or option.label


def brief(text: str, most: int) -> str:
    """The beginning of a text; an ellipsis says that there is more."""
    return text if len(text) <= most else text[: most - 2].rstrip() + " …"


def phone_text(number: str) -> str:
    """Danish numbers in pairs; others as they were written. Where words run to the left the pairs stay in order."""
    digits = number.removeprefix("+45").replace(" ", "")
    if len(digits) == 8 and digits.isdigit():
        number = " ".join(digits[at : at + 2] for at in range(0, 8, 2))
    return (
        number if translations.direction() == "ltr" else f"\N{LEFT-TO-RIGHT ISOLATE}{number}\N{POP DIRECTIONAL ISOLATE}"
    )


def label_text(item: Item, *, to_her: bool = False) -> str:
    """The question: hers where she is asked, else the clinic's."""
    return (to_her and item.woman) or item.clinic


def row_text(chart: Chart, row: Row, *, to_her: bool = False) -> str:
    """One row of a group in one line: "2019, akut kejsersnit, 4.620 g". What is not answered is left out."""
    return ", ".join(_row_parts(chart, row, to_her))


def _row_parts(chart: Chart, row: Row, to_her: bool) -> Iterator[str]:
    for item in inside(chart.catalogue.group(row.group)):
        if item.status != "active":
            continue
        for child in chart.rows(f"{row.group}.{item.id}", row.id) if inside(item) else ():
            if inner := row_text(chart, child, to_her=to_her):
                yield f"({inner})"
        given = chart.counting(item.id, row.id)
        if given is None or given.answer.state == "not_answered":
            continue
        text = value_text(item, given.answer, to_her=to_her)
        # "Ja" or a bare number says nothing without its question.
        is_year = text.isdigit() and len(text) == 4
        says_nothing = (text.isdigit() and not is_year) or text.split(",")[0] in (say("Ja"), say("Nej"))
        label = label_text(item, to_her=to_her)
        needs_label = says_nothing or given.answer.state != "value" or isinstance(item.kind, kinds.YesNo)
        yield f"{label}{'' if label.endswith('?') else ':'} {text}" if needs_label else text


def row_name(group: Item, number: int) -> str:
    """Fødsel 2"""
    kind = group.kind
    assert isinstance(kind, kinds.Group), group.id
    return f"{kind.row[:1].upper()}{kind.row[1:]} {number}"


def cave_text(chart: Chart, row: Row) -> str:
    """What she cannot bear and what it did: "Penicillin (udslæt)"; "" for an empty row."""

    def text(item_id: str) -> str:
        given = chart.counting(item_id, row.id)
        return value_text(chart.catalogue[item_id], given.answer) if given and given.answer.state == "value" else ""

    what, reaction = text("allergen") or text("allergen_kind"), text("allergy_reaction")
    return f"{what} ({reaction[:1].lower()}{reaction[1:]})" if what and reaction else what or reaction
