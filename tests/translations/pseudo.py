"""Languages that nobody speaks, made from the Danish texts: one whose words are longer and full of accents, one that is
written from right to left. They show where a page is too narrow and what does not mirror.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from svangre import texts

Change = Callable[[str], str]
KEPT = re.compile(r"(\{[^}]*\}|<[^>]+>)")  # values and markup stay as they are
ACCENTS = str.maketrans("aeiouyAEIOUYcnszCNSZ", "äéïöúÿÄÉÏÖÚŸçñšžÇÑŠŽ")
LONGER, LEFTWARDS = "en-XA", "ar-XB"


def longer(text: str) -> str:
    """Every vowel twice: words grow by about 40 %, the longest most."""
    return "".join(
        part if KEPT.fullmatch(part) else re.sub(r"[aeiouyæøå]", r"\g<0>\g<0>", part).translate(ACCENTS)
        for part in KEPT.split(text)
    )


def write_language(folder: Path, code: str, locale: str, change: Change) -> None:
    (folder / code).mkdir(parents=True)
    for name, catalog in (("messages", texts.template()), ("catalogue", texts.questions())):
        lines = [
            'msgid ""', 'msgstr ""', f'"Language: {locale}\\n"', '"Content-Type: text/plain; charset=utf-8\\n"',
            '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"', "",
        ]  # fmt: skip
        for entry in catalog:
            if not entry.id:
                continue
            ids = [entry.id] if isinstance(entry.id, str) else list(entry.id)
            lines += [f"msgctxt {_quoted(entry.context)}"] if entry.context else []
            lines += [f"{key} {_quoted(text)}" for key, text in zip(("msgid", "msgid_plural"), ids, strict=False)]
            keys = ["msgstr"] if len(ids) == 1 else ["msgstr[0]", "msgstr[1]"]
            lines += [f"{key} {_quoted(change(text))}" for key, text in zip(keys, ids, strict=True)]
            lines.append("")
        (folder / code / f"{name}.po").write_text("\n".join(lines))


def write_both(folder: Path) -> Path:
    write_language(folder, LONGER, "en_GB", longer)
    write_language(folder, LEFTWARDS, "ar", longer)
    return folder


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
