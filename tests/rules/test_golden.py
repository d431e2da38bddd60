"""No threshold, code, source or sentence changes unnoticed; see tests/rules/golden.py for changes that are meant."""

from __future__ import annotations

import json

import pytest

from tests.rules.golden import BOOKS, FOLDER, SITUATIONS, said_in

REVIEWED = json.loads((FOLDER / "situations.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("situation", ["rich", *(name for name in SITUATIONS if name != "rich")])
def test_the_rules_say_word_for_word_what_was_reviewed(situation: str) -> None:
    assert json.dumps(said_in(situation)) == json.dumps(REVIEWED[situation])


@pytest.mark.parametrize("name", BOOKS)
def test_the_rulebook_is_word_for_word_what_was_reviewed(name: str) -> None:
    assert BOOKS[name]() == (FOLDER / name).read_text(encoding="utf-8")


def test_every_situation_that_was_reviewed_is_still_there() -> None:
    assert list(REVIEWED) == list(SITUATIONS)
