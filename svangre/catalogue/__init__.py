"""The language in which questions are written. Pure: standard library only."""

from svangre.catalogue.answers import NOT_ANSWERED, Answer, is_shown, keys_of
from svangre.catalogue.catalogue import Catalogue, Placed
from svangre.catalogue.items import STATES, Item, Page, Section, State, Visibility, When, Who, inside
from svangre.catalogue.kinds import (
    Date,
    Decimal,
    Group,
    Integer,
    Interval,
    Kind,
    LongText,
    Many,
    One,
    Option,
    PartialDate,
    Text,
    YesNo,
    options_of,
)

__all__ = [
    "NOT_ANSWERED", "STATES", "Answer", "Catalogue", "Date", "Decimal", "Group", "Integer", "Interval", "Item", "Kind",
    "LongText", "Many", "One", "Option", "Page", "PartialDate", "Placed", "Section", "State", "Text", "Visibility",
    "When", "Who", "YesNo", "inside", "is_shown", "keys_of", "options_of",
]  # fmt: skip
