"""No threshold, code, source or sentence changes unnoticed; see tests/rules/golden.py for changes that are meant."""

from __future__ import annotations

from tests.rules.golden import FOLDER, outputs


def test_the_rules_say_word_for_word_what_was_reviewed() -> None:
    for name, text in outputs().items():
        assert text == (FOLDER / name).read_text(encoding="utf-8"), name
