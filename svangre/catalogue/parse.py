"""From what somebody typed to an Answer, or to a message that says what to do. Pure.

Raw input is a mapping from part to texts: "" for the main input, "day", "month", "year", "low", "high" for inputs in
parts, "state" for a way out. In choices a way out is a key with a tilde ("~unknown").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal as Number
from typing import Any, assert_never, cast

from svangre.catalogue.answers import NOT_ANSWERED, Answer
from svangre.catalogue.items import Item, State
from svangre.catalogue.kinds import (
    Date,
    Decimal,
    Group,
    Integer,
    Interval,
    LongText,
    Many,
    One,
    PartialDate,
    Text,
    YesNo,
)
from svangre.message import Message, message

Raw = Mapping[str, Sequence[str]]
BIDI_CONTROLS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
NO_WIDTH = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))  # come along when a text is copied, and say nothing
EARLIEST = date(1900, 1, 1)
DATE_PARTS = (message("dag"), message("måned"), message("år"))
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip


class BadAnswer(ValueError):
    """What was typed cannot be used; the message says what to do, and is shown at the field."""

    def __init__(self, said: str | Message, **values: object) -> None:
        self.message = said if isinstance(said, Message) else message(said, **values)
        super().__init__(str(self.message))


def parse(item: Item, raw: Raw, *, today: date, to_her: bool) -> Answer:
    """The answer to an item.

    Raises:
        BadAnswer: with the message for the field.
    """
    state = _state(item, raw, to_her)
    value = _value(item, raw, today, to_her)
    if state and value is not None:
        raise BadAnswer("Du har både skrevet et svar og valgt en af de andre muligheder. Behold kun det ene.")
    if state:
        return Answer(state)
    return NOT_ANSWERED if value is None else Answer("value", value)


def _state(item: Item, raw: Raw, to_her: bool) -> State | None:
    chosen = [text for text in raw.get("state", ()) if text]
    chosen += [text[1:] for text in raw.get("", ()) if text.startswith("~")]
    if not chosen:
        return None
    allowed = item.ways_out if to_her else ("unknown", "declines", "ask_doctor")
    if len(chosen) > 1 or chosen[0] not in allowed:
        raise BadAnswer("Vælg én af mulighederne.")
    return cast(State, chosen[0])


def _value(item: Item, raw: Raw, today: date, to_her: bool) -> Any:
    kind = item.kind
    match kind:
        case Text():
            return _text(_one(raw, ""), kind.max_length, lines=False)
        case LongText():
            return _text(_one(raw, ""), kind.max_length, lines=True)
        case Integer():
            return _integer(_without_unit(_one(raw, ""), kind.unit), kind.low, kind.high)
        case Decimal():
            return _decimal(_without_unit(_one(raw, ""), kind.unit), kind)
        case Date():
            return _date(raw, kind, today)
        case PartialDate():
            return _partial_date(raw, kind, today)
        case YesNo() | One():
            return _choice(item, _one(raw, ""), to_her)
        case Many():
            return _choices(item, raw.get("", ()), to_her)
        case Interval():
            return _interval(item, kind, raw, to_her)
        case Group():
            return None
        case _:
            assert_never(kind)


def _one(raw: Raw, part: str) -> str:
    return next((text.strip() for text in raw.get(part, ()) if text.strip()), "")


def quoted(text: str) -> Message:
    """What she wrote, for a message: its start, without signs that cannot be shown."""
    shown = "".join(sign for sign in text[:40] if sign.isprintable())
    return message("»{text}«", text=f"{shown}{'…' if len(text) > 40 else ''}")


def _text(text: str, most: int, *, lines: bool) -> str | None:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(NO_WIDTH)
    if not lines and "\n" in text:
        raise BadAnswer("Skriv det på én linje.")
    if any(
        (unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t") or sign in BIDI_CONTROLS for sign in text
    ):
        raise BadAnswer("Teksten indeholder skjulte tegn, som ikke kan gemmes. Skriv den igen uden at kopiere.")
    if len(text) > most:
        raise BadAnswer(
            "Der er plads til {most} tegn. Du har skrevet {written}. Gør teksten kortere.", most=most, written=len(text)
        )
    return text or None


# What people write after a number: it is taken when it is the field's own unit.
UNIT_WORDS = {
    "cm": ("cm",), "kg": ("kg", "kilo"), "g": ("g", "gram"), "wk": ("uge", "uger"), "d": ("dag", "dage"),
    "h/wk": ("t", "timer"),
}  # fmt: skip


def _without_unit(text: str, unit: str | None) -> str:
    """ "168 cm" in a field of centimetres is 168, and "28-30 dage" in one of days is 28-30."""
    words = "|".join(UNIT_WORDS.get(unit or "", ()))
    match = re.fullmatch(rf"(\d.*?)\s*(?:{words})\.?", text.lower()) if words else None
    return match[1] if match else text


def _range(low: object, high: object) -> Message:
    """ " fra 120 til 210", as far as there are limits."""
    if low is not None and high is not None:
        return message(" fra {low} til {high}", low=low, high=high)
    if low is not None:
        return message(" fra {low}", low=low)
    return Message("") if high is None else message(" til {high}", high=high)


def _not_whole(text: str, low: int | None, high: int | None) -> BadAnswer:
    return BadAnswer("Skriv et helt tal{limits}. Du skrev {typed}.", limits=_range(low, high), typed=quoted(text))


def _outside(text: str, low: object, high: object) -> BadAnswer:
    return BadAnswer("Skriv et tal{limits}. Du skrev {typed}.", limits=_range(low, high), typed=quoted(text))


def _integer(text: str, low: int | None, high: int | None) -> int | None:
    if not text:
        return None
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
        text = text.replace(".", "")  # 3.850 g
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise _not_whole(text, low, high)
    number = int(text)
    if (low is not None and number < low) or (high is not None and number > high):
        raise _outside(text, low, high)
    return number


def _decimal(text: str, kind: Decimal) -> str | None:
    if not text:
        return None
    low, high = (Number(limit) if limit is not None else None for limit in (kind.low, kind.high))
    if not re.fullmatch(r"[0-9]{1,7}([.,][0-9]{1,4})?", text):
        raise _outside(text, low, high)
    number = Number(text.replace(",", "."))
    if (low is not None and number < low) or (high is not None and number > high):
        raise _outside(text, low, high)
    return str(number)


def _date(raw: Raw, kind: Date, today: date) -> str | None:
    day = _day(raw)
    if day is None:
        return None
    if day < EARLIEST or day.year > today.year + 5:
        raise BadAnswer("Se efter, om året er rigtigt.")
    if kind.past and day > today:
        raise BadAnswer("Datoen ligger i fremtiden. Se efter, om den er rigtig.")
    if kind.future and day < today:
        raise BadAnswer("Datoen er allerede gået. Se efter, om den er rigtig.")
    return day.isoformat()


def _day(raw: Raw) -> date | None:
    whole = _one(raw, "")
    if whole:
        return day_from_text(whole)
    parts = [_one(raw, "day"), _month(_one(raw, "month")), _one(raw, "year")]
    if not any(parts):
        return None
    if not all(parts):
        missing = [word for word, part in zip(DATE_PARTS, parts, strict=True) if not part]
        both = message("{first} og {second}", first=missing[0], second=missing[-1])
        raise BadAnswer("Skriv også {missing}.", missing=both if len(missing) > 1 else missing[0])
    return day_from_text(".".join(parts))


def day_from_text(text: str) -> date:
    """A date as people write it: 23.9.2026, 23-09-26, 230926, 23. sep. 2026 or 2026-09-23.

    Raises:
        BadAnswer: not a date.
    """
    written, text = text, re.sub(r"[^\W\d_]+\.?", lambda word: f".{_month(word[0])}.", text)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(\d{1,2})[ .,/-]+(\d{1,2})[ .,/-]+(\d{2}|\d{4})", text) or re.fullmatch(
        r"(\d{2})(\d{2})(\d{2}|\d{4})", text
    ):
        day, month, year = match.groups()
    else:
        raise BadAnswer(
            "Skriv datoen som dag, måned og år, for eksempel 23 9 2026. Du skrev {typed}.", typed=quoted(written)
        )
    if len(year) == 2:
        year = f"20{year}"
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise BadAnswer("Den dato findes ikke. Se efter, om dag og måned er rigtige.") from None


def _month(text: str) -> str:
    """The number of a month written as a word ("okt", "Oktober"); anything else as it was written."""
    word = text.lower().rstrip(".")
    found = [number for number, month in enumerate(MONTHS, 1) if len(word) > 2 and month.startswith(word)]
    return str(found[0]) if found else text


def _year(text: str, kind: PartialDate, today: date) -> str:
    """Four digits; two of them are taken when they can only mean one year."""
    last = today.year + (0 if kind.past else 5)
    meant = [year for year in (f"19{text}", f"20{text}", text) if re.fullmatch(r"\d{4}", year)]
    meant = [year for year in meant if kind.earliest_year <= int(year) <= last]
    if len(meant) != 1:
        raise BadAnswer(
            "Skriv året med fire cifre, fra {first} til {last}. Du skrev {typed}.",
            first=kind.earliest_year, last=last, typed=quoted(text),
        )  # fmt: skip
    return meant[0]


def _partial_date(raw: Raw, kind: PartialDate, today: date) -> str | None:
    whole = _one(raw, "")
    if match := re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", whole):
        day, month, year = match[3] or "", match[2] or "", match[1]
    elif match := re.fullmatch(r"(\d{1,2}|[^\W\d_]{3,})[ .,/-]+(\d{4})", whole):
        day, month, year = "", _month(match[1]), match[2]
    elif whole:
        year, month, day = day_from_text(whole).isoformat().split("-")
    else:
        day, month, year = _one(raw, "day"), _month(_one(raw, "month")), _one(raw, "year")
    if not year:
        if day or month:
            raise BadAnswer("Skriv også året.")
        return None
    year = _year(year, kind, today)
    if not month:
        if day:
            raise BadAnswer("Skriv også måneden.")
        return year
    if not re.fullmatch(r"\d{1,2}", month) or not 1 <= int(month) <= 12:
        raise BadAnswer("Skriv måneden som et tal fra 1 til 12.")
    if not day:
        if kind.past and (int(year), int(month)) > (today.year, today.month):
            raise BadAnswer("Måneden ligger i fremtiden. Se efter, om den er rigtig.")
        return f"{year}-{int(month):02}"
    found = day_from_text(f"{day}.{month}.{year}")
    if kind.past and found > today:
        raise BadAnswer("Datoen ligger i fremtiden. Se efter, om den er rigtig.")
    return found.isoformat()


def _choice(item: Item, key: str, to_her: bool) -> str | None:
    if not key or key.startswith("~"):
        return None
    option = item.option(key)
    if option is None or (to_her and option.clinic_only):
        raise BadAnswer("Vælg en af mulighederne på listen.")
    return key


def _choices(item: Item, texts: Sequence[str], to_her: bool) -> list[str] | None:
    chosen = {_choice(item, text.strip(), to_her) for text in texts} - {None}
    if any(option.excludes for option in item.options if option.key in chosen) and len(chosen) > 1:
        none = next(option for option in item.options if option.excludes and option.key in chosen)
        raise BadAnswer("Du har valgt {option} sammen med noget andet. Behold kun det ene.", option=quoted(none.label))
    return [option.key for option in item.options if option.key in chosen] or None


def _interval(item: Item, kind: Interval, raw: Raw, to_her: bool) -> dict[str, int] | str | None:
    text, low, high = _one(raw, ""), _one(raw, "low"), _one(raw, "high")
    option = text if text and item.option(text) else None
    if text and not option and not text.startswith("~"):
        low, high = text, ""
    low, high = (_without_unit(part, kind.unit) for part in (low, high))
    if span := re.fullmatch(r"(\d+)\s*(?:-|–|til)\s*(\d+)", low):
        low, high = span.groups()
    first, last = _integer(low, kind.low, kind.high), _integer(high, kind.low, kind.high)
    if option and first is not None:
        raise BadAnswer("Du har både skrevet et tal og valgt en mulighed. Behold kun det ene.")
    if option:
        return _choice(item, option, to_her)
    if first is None:
        if last is not None:
            raise BadAnswer("Skriv det første tal, eller lad begge stå tomme.")
        return None
    if last is not None and last < first:
        raise BadAnswer("Det andet tal skal være det største.")
    return {"low": first, "high": first if last is None else last}


def write(item: Item, answer: Answer | None, *, in_parts: bool, mark: str = ",") -> dict[str, list[str]]:
    """The inverse of `parse`: what stands in the inputs for an answer. `in_parts`: dates in three fields (hers);
    `mark`: of decimals, in her language."""
    if answer is None or answer.state == "not_answered":
        return {}
    if answer.state != "value":
        choices = item.kind_name in ("yes_no", "one", "many")
        return {"": [f"~{answer.state}"]} if choices else {"state": [answer.state]}
    value = answer.value
    match item.kind:
        case Decimal():
            return {"": [str(value).replace(".", mark)]}
        case Many():
            return {"": list(value)}
        case Interval() if isinstance(value, dict):
            same = value["low"] == value["high"]
            if not in_parts:
                return {"": [str(value["low"]) if same else f"{value['low']}-{value['high']}"]}
            return {"low": [str(value["low"])], "high": [] if same else [str(value["high"])]}
        case Date() | PartialDate():
            parts = dict(zip(("year", "month", "day"), str(value).split("-"), strict=False))
            if not in_parts:
                return {"": [".".join(parts[part] for part in ("day", "month", "year") if part in parts)]}
            return {part: [text.lstrip("0")] for part, text in parts.items()}
        case _:
            return {"": [str(value)]}
