"""For developers and translators: what is to be translated, taken from templates, code and questions, and what a
language lacks. `flask translations extract` writes translations/messages.pot and brings each language's files up to it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from forms import CATALOGUE
from svangre.catalogue import STATES
from svangre.citizen.plain_words import EXPLAINED
from svangre.national.regions import REGIONS
from svangre.policy import ROLE_WORDS
from svangre.record.openings import ACTIONS
from svangre.record.words import OFTEN, UNITS
from svangre.rules.her_view import ADVICE, METHODS
from svangre.rules.urgent import BOXES
from svangre.translations import offers, without_figures
from svangre.translations.catalogue import entries
from svangre.translations.files import HERE, Key
from svangre.web import checks, errors

ROOT = Path(__file__).parent.parent
TEMPLATES = [("templates/citizen/**.html", "jinja2"), ("templates/components/**.html", "jinja2"),
             ("templates/errors/**.html", "jinja2"), ("templates/base.html", "jinja2"),
             ("templates/pdf/_base.html", "jinja2"), ("templates/pdf/_letter.html", "jinja2"),
             ("templates/pdf/answers.html", "jinja2"), ("templates/pdf/code.html", "jinja2"),
             ("templates/pdf/invitation.html", "jinja2"), ("svangre/**.py", "python")]  # fmt: skip
# Calls that hold a text: in templates, in code, and in the parts that only make messages.
CALLS = {"_": None, "ngettext": (1, 2), "say": None, "count": (1, 2), "message": None, "BadAnswer": None}
# The plan's lines as the rules write them for her (svangre.rules.timeline), figures left open; a test knows them all.
PLAN = (
    "Første besøg hos lægen", "Første besøg hos jordemoderen", "Besøg hos lægen", "Besøg hos lægen efter fødslen",
    "Blodprøve (doubletest)", "Nakkefoldsskanning", "Gennemskanning", "Blodprøver. Det er frivilligt",
    "Vaccination mod kighoste", "Vaccination mod influenza", "Vaccination mod RS-virus",
    "Folsyre, {0} mikrogram om dagen", "Begynd med jern, {0}–{1} mg om dagen",
)  # fmt: skip
ROLES_THAT_OPEN = ("doctor", "staff", "midwife", "system")

Text = tuple[str, str | tuple[str, str]]  # context and Danish, or one and many


def in_lists() -> Iterator[Text]:
    """Texts that stand in the code as lists, so that no call names them."""
    plain: list[str] = [*STATES.values(), *ACTIONS.values(), *METHODS.values(), *EXPLAINED.values(), *PLAN]
    plain += [without_figures(line)[0] for line in ADVICE]
    plain += [text for box in BOXES for text in (box.title, box.text)]
    plain += [text for pair in errors.TEXTS.values() for text in pair]
    plain += ["Siden var for gammel", errors.NOT_SAVED, checks.PHONE, checks.EMAIL]
    plain += [word for role, word in ROLE_WORDS.items() if role in ROLES_THAT_OPEN]
    plain += [region.out_of_hours for region in REGIONS.values()]
    yield from (("", text) for text in plain)
    yield from (("explained", word) for word in EXPLAINED)
    yield from (("unit", pair) for pair in UNITS.values())
    yield from (("unit", text) for text in OFTEN.values())


def in_calls() -> Iterator[Text]:
    """Texts in templates and code; those of the clinic's own templates are not hers."""
    found = extract_from_dir(
        ROOT,
        method_map=[*TEMPLATES],
        keywords=CALLS,
        directory_filter=lambda path: Path(path).name not in (".venv", "tests", "mutants", ".git", "static", "clinic"),
    )
    for _file, _line, text, _comments, _context in found:
        yield "", text if isinstance(text, str) else (text[0], text[1])


def template() -> Catalog:
    """All texts but the questions, in a fixed order."""
    catalog = Catalog()
    for context, text in sorted({*in_lists(), *in_calls()}, key=str):
        if text:
            catalog.add(text, context=context or None)
    return catalog


def questions() -> Catalog:
    """The texts of the questions. Countries and languages have names in CLDR, which `prefilled` takes."""
    catalog = Catalog()
    for context, text in entries(CATALOGUE):
        catalog.add(text, context=context)
    return catalog


def prefilled(key: Key, locale: Locale) -> str | None:
    """The name of a country or language in CLDR."""
    item, _, option = key[0].partition(".")
    if item in ("ancestry_countries", "other_parent_countries"):
        return locale.territories.get(option)
    if item == "interpreter_language" and (name := locale.languages.get(option)):
        return f"{name[:1].upper()}{name[1:]}"
    return None


def extract() -> None:
    """Writes messages.pot, and brings every language up to it: new texts empty, old ones gone."""
    _write(template(), HERE / "messages.pot")
    for folder in sorted(path.parent for path in HERE.glob("*/messages.po")):
        for name, fresh in (("messages", template()), ("catalogue", questions())):
            _update(folder / f"{name}.po", fresh)


def _update(path: Path, fresh: Catalog) -> None:
    with path.open("rb") as file:
        known = read_po(file)
    updated = Catalog(locale=known.locale)
    for entry in fresh:
        if not entry.id:
            continue
        old = known.get(entry.id, entry.context)
        danish = entry.id if isinstance(entry.id, str) else entry.id[0]
        string = (old.string if old else None) or prefilled((entry.context or "", danish), Locale.parse(known.locale))
        updated.add(entry.id, string, context=entry.context, flags=old.flags if old else ())
    _write(updated, path)


def _write(catalog: Catalog, path: Path) -> None:
    text = io.BytesIO()
    write_po(text, catalog, width=120, no_location=True, omit_header=True, ignore_obsolete=True)
    path.write_text(_header(catalog) + text.getvalue().decode())


def _header(catalog: Catalog) -> str:
    """What a reader of .po files needs, and no date: the same texts give the same file."""
    lines = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if catalog.locale:
        plural = f"Plural-Forms: nplurals={catalog.num_plurals}; plural={catalog.plural_expr};"
        lines = [f"Language: {catalog.locale}", *lines, plural]
    return "".join(['msgid ""\nmsgstr ""\n', *(f'"{line}\\n"\n' for line in lines), "\n"])


def report() -> Iterator[str]:
    """What keeps each language from being offered, one line each; nothing when all is well."""
    for language in offers.all_languages():
        yield from _lines(language.code, "missing", offers.missing(language))
        yield from _lines(language.code, "obsolete", offers.obsolete(language))
        yield from (f"{language.code}: options that read the same: {line}" for line in offers.same_options(language))


def _lines(code: str, what: str, keys: Iterable[Key]) -> Iterator[str]:
    yield from (f"{code}: {what}: {f'[{context}] ' if context else ''}{danish}" for context, danish in keys)
