"""What is typed becomes an answer, or a message that says what to do."""

from __future__ import annotations

from datetime import date

import pytest

from svangre.catalogue import Answer, Decimal, Integer, Item
from svangre.catalogue.parse import BadAnswer, parse

HEIGHT = Item(id="height", ref="X", clinic="Højde", source="P", kind=Integer(unit="cm", low=120, high=210))
WEIGHT = Item(id="weight", ref="X", clinic="Vægt", source="P", kind=Decimal(unit="kg", low="30", high="250"))
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
