"""What she reads: short, plain, warm; no blame, no jargon, no assumption of a father or of joy."""

import re
from collections.abc import Iterator
from statistics import mean

import pytest

from forms import CATALOGUE
from svangre.catalogue import inside

# What she must not meet, and why.
FORBIDDEN = {
    r"barnefa": "there may be a partner, a co-parent, a donor or nobody",
    r"tillykke": "not everyone is glad",
    r"!": "nobody is shouted at",
    r"\bfortsat\b": "supposes something about before",
    r"\bskal du\b": "it is an offer, not an order",
    r"\bmisbrug": "blames",
    r"\bpatient": "she is not one",
    r"\banamnese|\bgravida\b|\bpara\b|\btrimester|\bkonsultation|\bsomatisk|\bhypertension|\bmedicinering":
        "jargon",
    r"\bretarder|\bnormal\b": "judges",
    r"\bifm\b|\bmhp\b|\bpga\b|\bevt\b|\bf\.eks\b|\bjf\b": "abbreviations are hard to read aloud",
    r"\bman\b.*\bbør\b|\bburde have\b|\bdesværre\b": "moralises",
}  # fmt: skip


def lix(text: str) -> float:
    """Readability after Björnsson: words per sentence + percentage of words longer than six letters."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = max(1, len(re.findall(r"[.?:!]+(?=\s|$)|$(?<![.?:!])", text.strip())))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def her_texts() -> Iterator[tuple[str, str]]:
    """Every text that she may read, with where it stands."""
    for page in CATALOGUE.her_pages:
        yield f"{page.id}.title", page.title or ""
        if page.intro:
            yield f"{page.id}.intro", page.intro
    for placed in CATALOGUE:
        item = placed.item
        if not item.is_hers:
            continue
        for name, text in (("woman", item.woman), ("help", item.help), ("hint", item.hint)):
            if text:
                yield f"{item.id}.{name}", text
        for option in item.options:
            if not option.clinic_only:
                yield f"{item.id}.{option.key}", option.label


TEXTS = dict(her_texts())


def test_lix_knows_an_easy_text_from_a_hard_one() -> None:
    assert lix("Hun er her. Han er der.") == 3
    assert lix("Sundhedsmyndighederne anbefaler, at gravide er sammen.") == 6 + 50


def test_her_texts_are_easy_to_read_on_average() -> None:
    sentences = {
        where: lix(text) for where, text in TEXTS.items() if where.endswith((".woman", ".help", ".hint", ".intro"))
    }
    hardest = sorted(sentences, key=sentences.__getitem__, reverse=True)[:5]
    assert mean(sentences.values()) <= 35, [(where, TEXTS[where]) for where in hardest]


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_words_that_blame_command_assume_or_puzzle_are_not_hers(pattern: str) -> None:
    found = {where: text for where, text in TEXTS.items() if re.search(pattern, text, re.IGNORECASE)}
    assert found == {}, FORBIDDEN[pattern]


def test_a_question_of_hers_ends_as_a_sentence() -> None:
    unfinished = {
        placed.item.id: placed.item.woman
        for placed in CATALOGUE
        if placed.item.woman and not inside(placed.item) and not placed.item.woman.endswith(("?", "."))
    }
    assert unfinished == {}


def test_no_question_of_hers_is_longer_than_a_breath() -> None:
    long = {where: text for where, text in TEXTS.items() if where.endswith(".woman") and len(text.split()) > 22}
    assert long == {}


def test_what_only_the_doctor_asks_leaves_no_trace_in_her_texts() -> None:
    betraying = re.compile(r"omskår|voldelig|overgreb|slået af|seksuelt tvunget", re.IGNORECASE)
    assert {where: text for where, text in TEXTS.items() if betraying.search(text)} == {}


def test_every_way_out_is_a_state_and_never_an_option_of_its_own() -> None:
    ways = re.compile(r"(jeg )?ved (det )?ikke|.*vil ikke svare|ikke oplyst|.*tale med lægen.*", re.IGNORECASE)
    options = {
        f"{placed.item.id}.{option.key}": option.label
        for placed in CATALOGUE
        for option in placed.item.options
        if placed.item.is_hers and not option.clinic_only
    }
    assert {where: text for where, text in options.items() if ways.fullmatch(text)} == {}


def test_yes_stands_before_no_in_every_question() -> None:
    """A hand that has learnt where "no" is does not answer wrongly."""
    for item in (placed.item for placed in CATALOGUE if placed.item.is_hers):
        labels = [option.label for option in item.options if not option.clinic_only]
        yes, no = ([at for at, label in enumerate(labels) if label.startswith(word)] for word in ("Ja", "Nej"))
        assert not (yes and no) or max(yes) < min(no), item.id
