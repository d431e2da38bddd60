"""No threshold, code, source or sentence changes unnoticed; see tests/rules/golden.py for changes that are meant."""

from __future__ import annotations

import json

import pytest

from svangre.rules.assess import RULES
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


def test_every_proposal_of_every_rule_is_heard_in_some_situation() -> None:
    said = {one["key"] for result in REVIEWED.values() for kind in ("findings", "unverified") for one in result[kind]}
    assert {prompt.key for rule in RULES for prompt in rule.prompts} - said == set()
