"""A language is files, and is offered only when everything that she can read stands in them."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from forms import CATALOGUE
from svangre import texts, translations
from svangre.translations import offers, reader
from svangre.translations.files import HERE, Language, read
from tests.rules import golden

ROOT = Path(__file__).parent.parent.parent
FOR_A_DOCTOR_ABROAD = {"guest.html", "guest_gone.html", "summary.html"}  # in English whatever she reads
HER_TEMPLATES = [
    *sorted(path for path in (ROOT / "templates/citizen").glob("*.html") if path.name not in FOR_A_DOCTOR_ABROAD),
    *(ROOT / "templates" / name for name in ("base.html", "errors/page.html")),
    *(ROOT / "templates/pdf" / name for name in ("_letter.html", "answers.html", "code.html", "invitation.html")),
]


@pytest.fixture(scope="module")
def english() -> Language:
    return read(HERE / "en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the languages that a test may damage."""
    shutil.copytree(HERE / "en", tmp_path / "languages" / "en")
    monkeypatch.setattr(offers, "folder", tmp_path / "languages")
    reader.forget()
    yield tmp_path / "languages" / "en"
    monkeypatch.undo()
    reader.forget()


def test_the_list_of_texts_is_that_of_templates_and_code() -> None:
    """After a change of words: `flask translations extract`, and translate what has become empty."""
    with (HERE / "messages.pot").open("rb") as file:
        listed = texts.read_po(file)
    assert {(one.context, one.id) for one in listed} == {(one.context, one.id) for one in texts.template()}


def test_every_language_is_complete() -> None:
    assert list(texts.report()) == []
    assert set(offers.offered()) == {"en"}


def test_a_language_that_lacks_one_text_is_not_offered(folder: Path) -> None:
    assert "en" in offers.offered()
    text = (folder / "catalogue.po").read_text()
    (folder / "catalogue.po").write_text(text.replace('msgstr "What is your phone number?"', 'msgstr ""'))
    reader.forget()
    assert offers.offered() == {}
    assert list(texts.report()) == ["en: missing: [phone] Hvad er dit telefonnummer?"]
    with translations.speaking("en"):
        assert translations.say("Gem og fortsæt") == "Gem og fortsæt", "not half a language either"


def test_a_text_that_is_only_half_sure_counts_as_missing(folder: Path) -> None:
    text = (folder / "messages.po").read_text()
    (folder / "messages.po").write_text(text.replace('msgid "Fortsæt"', '#, fuzzy\nmsgid "Fortsæt"'))
    reader.forget()
    assert list(texts.report()) == ["en: missing: Fortsæt"]


def test_two_options_that_read_the_same_are_an_error(folder: Path) -> None:
    text = (folder / "catalogue.po").read_text()
    same = text.replace(
        'msgstr "Overactive thyroid (high metabolism)"', 'msgstr "Underactive  Thyroid (low metabolism)"'
    )
    (folder / "catalogue.po").write_text(same)
    reader.forget()
    assert offers.offered() == {}
    assert list(texts.report()) == ["en: options that read the same: endocrine: hypothyroidism and hyperthyroidism"]


def test_no_question_has_two_options_that_read_the_same_in_danish() -> None:
    for placed in CATALOGUE:
        counted = Counter(option.label.casefold() for option in placed.item.options)
        assert [label for label, times in counted.items() if times > 1] == [], placed.item.id


def test_values_and_markup_are_the_same_in_every_text(english: Language) -> None:
    parts = re.compile(r"\{[^}]*\}|</?\w+>")
    for (context, danish), forms in english.texts.items():
        for form in forms:
            wanted = Counter(parts.findall(danish))
            found = Counter(parts.findall(form))
            if len(forms) > 1:  # "one page" need not say 1
                found.setdefault("{n}", 0)
                wanted["{n}"] = found["{n}"]
            assert found == wanted, (context, danish)


def test_numbers_are_the_same_in_every_question(english: Language) -> None:
    """A dose, a week or a limit that was translated wrongly would mislead her."""
    for (context, danish), (text, *_) in english.texts.items():
        figures = [re.findall(r"\d+", one) for one in (danish, text)]
        assert sorted(figures[0]) == sorted(figures[1]), (context, danish, text)


def test_every_line_of_her_plan_is_known() -> None:
    known = offers.needed()
    lines = [
        entry["hers"]
        for name in golden.SITUATIONS
        for entry in golden.said_in(name)["computed"]["timeline"]
        if entry["hers"]
    ]
    assert len(lines) > 20
    assert {line for line in lines if ("", translations.without_figures(line)[0]) not in known} == set()


@pytest.mark.parametrize("template", HER_TEMPLATES, ids=lambda path: path.name)
def test_no_page_of_hers_has_words_that_are_not_translated(template: Path) -> None:
    text = template.read_text()
    for jinja in (
        r"\{% block (?:kind|body_class) %\}\w+",
        r"\{#.*?#\}",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
        r"<p class=\"quiet\" lang=\"en\">.*?</p>",
    ):
        text = re.sub(jinja, " ", text, flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', text)
    spoken.append(re.sub(r"<[^>]*>|&\w+;", " ", text))
    assert re.findall(r"[^\W\d_]{2,}", " ".join(spoken)) in ([], ["Demo"], ["PDF"]), "wrap it in _('…')"
