"""The reader's language, and texts written in it. Everybody reads Danish but a woman on her own pages and letters.

The language belongs to the request or the letter being made, as a locale does; it is never stored with an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from babel.dates import get_month_names
from babel.numbers import format_decimal
from markupsafe import Markup

from forms import CATALOGUE
from svangre.catalogue import Catalogue
from svangre.message import Message
from svangre.translations import catalogue, offers
from svangre.translations.files import DANISH, Language

_spoken: ContextVar[Language | None] = ContextVar("language", default=None)  # None is Danish
FIGURE = re.compile(r"\d+")
_DANISH = Locale.parse(DANISH)


def speak(code: str) -> None:
    """From here on texts are written in this language, if it is offered; otherwise in Danish."""
    _spoken.set(offers.offered().get(code))


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """As `speak`, for a letter or a message; afterwards it is as before."""
    token = _spoken.set(offers.offered().get(code))
    try:
        yield
    finally:
        _spoken.reset(token)


def code() -> str:
    spoken = _spoken.get()
    return spoken.code if spoken else DANISH


def is_danish() -> bool:
    return _spoken.get() is None


def direction() -> str:
    spoken = _spoken.get()
    return spoken.direction if spoken else "ltr"


def locale() -> Locale:
    spoken = _spoken.get()
    return spoken.locale if spoken else _DANISH


def say(text: str | Message, /, context: str = "", **values: object) -> str:
    """A Danish text in the reader's language, with its values. `context` tells two uses of one word apart."""
    if isinstance(text, Message):
        return say(text.template, context, **dict(text.values))
    written = translated(context, text)
    return written.format(**{name: _written(value) for name, value in values.items()}) if values else written


def translated(context: str, danish: str) -> str:
    """The text alone, as it stands in the file; Danish where the language has none (an old form's question)."""
    spoken = _spoken.get()
    return spoken.texts.get((context, danish), (danish,))[0] if spoken else danish


def count(one: str, many: str, number: int, /, context: str = "") -> str:
    """The form of a text that goes with a number, not filled in yet."""
    spoken = _spoken.get()
    if spoken is None:
        return one if number == 1 else many
    forms = spoken.texts.get((context, one), (one, many))
    return forms[min(spoken.plural(number), len(forms) - 1)]


def say_in_page(text: str, /, **values: object) -> Markup:
    """`say` for templates: a text may hold markup of the page's own; values are escaped."""
    written = Markup(translated("", text))
    return written.format(**values) if values else written


def without_figures(text: str) -> tuple[str, list[str]]:
    """A text whose figures are parameters, and the figures: "Folsyre, {0} mikrogram om dagen."."""
    figures = FIGURE.findall(text)
    names = iter(range(len(figures)))
    return FIGURE.sub(lambda _figure: f"{{{next(names)}}}", text), figures


def say_figured(text: str) -> str:
    """A finished Danish line of the rules, in which figures follow the sources."""
    template, figures = without_figures(text)
    return translated("", template).format(*figures)


def count_in_page(one: str, many: str, number: int, /, **values: object) -> Markup:
    """`count` for templates, filled in; the number is {n}."""
    return Markup(count(one, many, number)).format(n=number, **values)


def _written(value: object) -> object:
    if isinstance(value, Message):
        return say(value)
    return decimal_text(value) if isinstance(value, Decimal) else value


def decimal_text(value: str | Decimal) -> str:
    """82,5 or 82.5: with the decimals that were entered."""
    return str(value).replace(".", decimal_mark())


@cache
def _mark(spoken: Locale) -> str:
    return format_decimal(Decimal("0.5"), locale=spoken)[1]


def decimal_mark() -> str:
    return _mark(locale())


def month_in_figures(text: str) -> str:
    """The number of a month written as a word in the reader's language; anything else as it stands. Danish words are
    known to `svangre.catalogue.parse`."""
    word = text.strip().rstrip(".").casefold()
    if is_danish() or len(word) < 3:
        return text
    names = get_month_names("wide", locale=locale())
    found = [str(number) for number, name in names.items() if name.casefold().startswith(word)]
    return found[0] if len(found) == 1 else text


def in_language(form: Catalogue) -> Catalogue:
    """The questions as she reads them."""
    spoken = _spoken.get()
    if spoken is None:
        return form
    return _present(spoken.code) if form is CATALOGUE else catalogue.in_words(form, translated)


@lru_cache(maxsize=32)
def _present(_code: str) -> Catalogue:
    return catalogue.in_words(CATALOGUE, translated)


def forget() -> None:
    """After the files have changed under a running program, which only tests do."""
    offers.forget()
    _present.cache_clear()


def languages() -> dict[str, Any]:
    """Code to language of those that she may choose besides Danish."""
    return dict(offers.offered())
