"""No threshold, code, source or sentence changes unnoticed; see tests/rules/golden.py for changes that are meant."""

from __future__ import annotations

import pytest

from tests.rules.golden import FOLDER, outputs


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    return outputs()


@pytest.mark.parametrize("name", ["rulebook.json", "rulebook.html", "situations.json"])
def test_the_rules_say_word_for_word_what_was_reviewed(said: dict[str, str], name: str) -> None:
    assert said[name] == (FOLDER / name).read_text(encoding="utf-8")
