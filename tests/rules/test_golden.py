"""No threshold, code, source or sentence changes unnoticed; see tests/rules/golden.py for changes that are meant."""

from __future__ import annotations

import pytest

from tests.rules.golden import FILES, FOLDER


@pytest.mark.parametrize("name", FILES)
def test_the_rules_say_word_for_word_what_was_reviewed(name: str) -> None:
    assert FILES[name]() == (FOLDER / name).read_text(encoding="utf-8")
