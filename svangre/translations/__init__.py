"""Her language: `say` writes a Danish text in it, `in_language` the questions. See docs/adr/0010."""

from svangre.translations.reader import (
    code,
    count,
    count_in_page,
    decimal_mark,
    decimal_text,
    direction,
    in_language,
    is_danish,
    languages,
    locale,
    month_in_figures,
    say,
    say_figured,
    say_in_page,
    speak,
    speaking,
    without_figures,
)

__all__ = [
    "code", "count", "count_in_page", "decimal_mark", "decimal_text", "direction", "in_language", "is_danish",
    "languages", "locale", "month_in_figures", "say", "say_figured", "say_in_page", "speak", "speaking",
    "without_figures",
]  # fmt: skip
