"""One JSON value as an answer to an item, lenient in form: option keys, labels, numbers as text, states in words.

Messages name the key and what was expected, never the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, assert_never

from svangre import catalogue as kinds
from svangre.catalogue import NOT_ANSWERED, STATES, Answer, Item, State

STATE_WORDS: dict[str, State] = {
    "unknown": "unknown",
    "ved ikke": "unknown",
    "declines": "declines",
    "vil ikke svare": "declines",
    "ønsker ikke at oplyse": "declines",
    "ved ikke endnu": "unknown",
    "ask_doctor": "ask_doctor",
    "vil tale med lægen": "ask_doctor",
    "taler hellere med lægen": "ask_doctor",
    "jeg vil hellere tale med lægen": "ask_doctor",
    STATES["ask_doctor"].casefold(): "ask_doctor",
    "not_answered": "not_answered",
    "ikke besvaret": "not_answered",
}
# The specification's words where the form says it in plainer ones.
OTHER_WORDS: dict[str, dict[str, str]] = {
    "ABO-02": {"graviditet uden for livmoderen eller mola": "ectopic_or_mola"},
    "OPE-01": {"keglesnit": "yes"},
    "OPE-02": {"muskelknude fjernet fra livmoderhalsen": "cervical_fibroid", "anden operation i livmoderen": "other"},
    "OPE-04": {"bypass på mavesækken": "stomach_bypass"},
    "RUS-02": {"smertestillende": "opioids", "sovemedicin/beroligende": "sedatives", "kokain/amfetamin": "stimulants"},
    "SYG-01": {"forhøjet blodtryk": "hypertension"},
    "SYG-02": {"astma eller anden lungesygdom": "lung_disease"},
    "SYG-04": {"gentagne urinvejsinfektioner": "recurrent_uti"},
    "SYG-07": {"rygproblem": "back_problem"},
    "SYG-08": {"blødningssygdom": "bleeding_disorder"},
    "SYG-09": {"leverbetændelse": "hepatitis"},
    "TFO-04": {"graviditetssukkersyge": "gestational_diabetes"},
    "TOB-02": {
        "ja": "yes",
        "stoppet, da jeg blev gravid": "stopped_when_pregnant",
        "stoppet senere i graviditeten": "stopped_later",
    },
    "UND-06": {"neg": "negative", "pos": "positive"},
    "UND-10": {"neg": "negative", "pos": "positive"},
    "UND-12": {"neg": "negative", "pos": "positive"},
}


class BadInput(ValueError):
    """Says which key is wrong and what was expected."""


def answer_of(item: Item, value: Any, key: str) -> Answer:
    if value is None:
        return NOT_ANSWERED
    if isinstance(value, str) and value.strip().casefold() in STATE_WORDS:
        state = STATE_WORDS[value.strip().casefold()]
        return Answer(state)
    return Answer("value", _value(item, value, key))


def _value(item: Item, value: Any, key: str) -> Any:
    kind = item.kind
    match kind:
        case kinds.YesNo() | kinds.One():
            return _option(item, value, key)
        case kinds.Many():
            chosen = value if isinstance(value, list) else [value]
            if item.ref == "ARV-06" and "begge" in (str(one).casefold() for one in chosen):
                chosen = ["mother", "father"]
            keys = {_option(item, one, key) for one in chosen}
            return [option.key for option in item.options if option.key in keys]
        case kinds.Integer():
            return _whole(kind.low, kind.high, value, key)
        case kinds.Decimal():
            return _decimal(kind.low, kind.high, value, key)
        case kinds.Date():
            return read_date(value, key).isoformat()
        case kinds.PartialDate():
            return _partial(kind.earliest_year, value, key)
        case kinds.Interval():
            return _interval(item, value, key)
        case kinds.Text() | kinds.LongText():
            if not isinstance(value, str):
                raise BadInput(f"{key}: en tekst")
            return value
        case kinds.Group():
            raise BadInput(f"{key}: en liste")
        case _:
            assert_never(kind)


def _plain(text: str) -> str:
    return re.sub(r"\s*\(.*?\)", "", text).strip(" .?").casefold()


def _option(item: Item, value: Any, key: str) -> str:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, str) and item.option(value):
        return value
    wanted = _plain(str(value))
    wanted = OTHER_WORDS.get(item.ref, {}).get(wanted, wanted)
    if isinstance(value, int) and item.ref == "ALK-04":
        wanted = f"uge {value}"
    labels = {option.key: {option.key.casefold(), *_labels(option)} for option in item.options}
    exact = [option for option, names in labels.items() if wanted in names]
    near = [option for option, names in labels.items() if any(name.startswith(f"{wanted} ") for name in names)]
    for found in (exact, near):
        if len(found) == 1 and wanted:
            return found[0]
    if isinstance(item.kind, kinds.YesNo) and isinstance(value, int) and value >= 0:
        return "yes" if value else "no"  # a number of births or losses
    raise BadInput(f"{key}: en af mulighederne {', '.join(list(labels)[:12])}")


def _labels(option: kinds.Option) -> Iterator[str]:
    yield _plain(option.label)
    if option.clinic_label:
        yield _plain(option.clinic_label)


def _whole(low: int | None, high: int | None, value: Any, key: str) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"-?\d+(\.0+)?", text):
        raise BadInput(f"{key}: et helt tal")
    number = int(Decimal(text))
    if (low is not None and number < low) or (high is not None and number > high):
        raise BadInput(f"{key}: et helt tal fra {low} til {high}")
    return number


def _decimal(low: str | None, high: str | None, value: Any, key: str) -> str:
    text = str(value).strip().replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadInput(f"{key}: et tal") from None
    if isinstance(value, bool) or not number.is_finite():
        raise BadInput(f"{key}: et tal")
    if (low is not None and number < Decimal(low)) or (high is not None and number > Decimal(high)):
        raise BadInput(f"{key}: et tal fra {low} til {high}")
    return text


def read_date(value: Any, key: str) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
            return date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise BadInput(f"{key}: en dato som 2026-11-24")


def _partial(earliest_year: int, value: Any, key: str) -> str:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise BadInput(f"{key}: et år, en måned eller en dato")
    if read_date((text + "-01-01")[:10], key).year < earliest_year:
        raise BadInput(f"{key}: tidligst {earliest_year}")
    return text


def _interval(item: Item, value: Any, key: str) -> dict[str, int] | str:
    kind = item.kind
    assert isinstance(kind, kinds.Interval)
    check: Callable[[Any], int] = lambda number: _whole(kind.low, kind.high, number, key)  # noqa: E731
    if isinstance(value, Mapping) and set(value) == {"low", "high"}:
        low, high = check(value["low"]), check(value["high"])
    elif isinstance(value, str) and (match := re.fullmatch(r"(\d+)\s*[-–]\s*(\d+)", value.strip())):
        low, high = check(match[1]), check(match[2])
    elif isinstance(value, str) and not value.strip().isdigit():
        return _option(item, value, key)
    else:
        low = high = check(value)
    if low > high:
        raise BadInput(f"{key}: fra det laveste til det højeste")
    return {"low": low, "high": high}
