"""What is typed becomes an answer, or a message that says what to do."""

from __future__ import annotations

from datetime import date

import pytest

from svangre.catalogue import Answer, Date, Decimal, Integer, Interval, Item, PartialDate, Text
from svangre.catalogue.parse import BadAnswer, parse

HEIGHT = Item(id="height", ref="X", clinic="Højde", source="P", kind=Integer(unit="cm", low=120, high=210))
WEIGHT = Item(id="weight", ref="X", clinic="Vægt", source="P", kind=Decimal(unit="kg", low="30", high="250"))
CYCLE = Item(id="cycle", ref="X", clinic="Cyklus", source="P", kind=Interval(unit="d", low=15, high=90))
PERIOD = Item(id="period", ref="X", clinic="Menstruation", source="P", kind=Date(past=True))
BORN = Item(id="born", ref="X", clinic="Født", source="P", kind=PartialDate())
NAME = Item(id="name", ref="X", clinic="Navn", source="P", kind=Text())
DAYS = Item(id="days", ref="X", clinic="Dage", source="P", kind=Integer(unit="d", low=0, high=6))


def answer(item: Item, text: str) -> Answer:
    return parse(item, {"": [text]}, today=date(2026, 11, 24), to_her=True)


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        (HEIGHT, "168", 168),
        (HEIGHT, "168 cm", 168),
        (HEIGHT, "168CM", 168),
        (WEIGHT, "64,5 kg", "64.5"),
        (WEIGHT, "64 kilo", "64"),
        (DAYS, "3 dage", 3),
    ],
)
def test_a_number_may_be_written_with_its_own_unit(item: Item, text: str, value: object) -> None:
    assert answer(item, text) == Answer("value", value)


@pytest.mark.parametrize(
    ("item", "text", "message"),
    [
        (HEIGHT, "1,68", "Skriv et helt tal fra 120 til 210. Du skrev »1,68«."),
        (HEIGHT, "168 kg", "Skriv et helt tal fra 120 til 210. Du skrev »168 kg«."),
        (HEIGHT, "119", "Skriv et tal fra 120 til 210. Du skrev »119«."),
        (HEIGHT, "211", "Skriv et tal fra 120 til 210. Du skrev »211«."),
        (WEIGHT, "29,9", "Skriv et tal fra 30 til 250. Du skrev »29,9«."),
        (DAYS, "mange", "Skriv et helt tal fra 0 til 6. Du skrev »mange«."),
    ],
)
def test_a_message_names_the_fields_own_limits(item: Item, text: str, message: str) -> None:
    with pytest.raises(BadAnswer) as error:
        answer(item, text)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ({"": ["28"]}, {"low": 28, "high": 28}),
        ({"": ["28-30"]}, {"low": 28, "high": 30}),
        ({"low": ["28-30 dage"]}, {"low": 28, "high": 30}),
        ({"low": ["28 til 30"]}, {"low": 28, "high": 30}),
        ({"low": ["28 dage"], "high": ["30 dage"]}, {"low": 28, "high": 30}),
    ],
)
def test_a_span_may_be_written_in_one_field_or_two(raw: dict[str, list[str]], value: object) -> None:
    assert parse(CYCLE, raw, today=date(2026, 11, 24), to_her=True) == Answer("value", value)


@pytest.mark.parametrize("month", ["9", "09", "sep", "Sept.", "september"])
def test_a_month_may_be_written_as_a_word(month: str) -> None:
    raw = {"day": ["23"], "month": [month], "year": ["2026"]}
    assert parse(PERIOD, raw, today=date(2026, 11, 24), to_her=True) == Answer("value", "2026-09-23")
    assert answer(PERIOD, f"23. {month} 2026") == Answer("value", "2026-09-23")
    assert answer(BORN, f"{month} 2019") == Answer("value", "2019-09")


@pytest.mark.parametrize("month", ["ju", "juxx", "sommer"])
def test_a_word_that_is_no_month_gets_a_message(month: str) -> None:
    with pytest.raises(BadAnswer):
        answer(PERIOD, f"23. {month} 2026")


@pytest.mark.parametrize(("typed", "year"), [("19", "2019"), ("87", "1987"), ("2019", "2019")])
def test_a_year_of_two_digits_is_taken_when_it_can_only_be_one(typed: str, year: str) -> None:
    assert parse(BORN, {"year": [typed]}, today=date(2026, 11, 24), to_her=True) == Answer("value", year)


@pytest.mark.parametrize("typed", ["49", "27", "1949", "2027"])
def test_a_year_that_cannot_be_gets_the_limits(typed: str) -> None:
    with pytest.raises(BadAnswer, match="fra 1950 til 2026"):
        parse(BORN, {"year": [typed]}, today=date(2026, 11, 24), to_her=True)


def test_signs_without_width_from_a_copied_text_are_left_out() -> None:
    assert answer(NAME, "Asta\u200b So\u00adfie\ufeff") == Answer("value", "Asta Sofie")
