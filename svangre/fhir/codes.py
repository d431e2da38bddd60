"""From option to coding: official and seen codes are sent, inferred and unknown never; display only if official."""

from __future__ import annotations

from typing import Any

from svangre.catalogue import Option
from svangre.fhir.reading import Said
from svangre.national import CODES, Build

NO = frozenset({"no", "none"})  # option keys that say "nothing of this": they carry no words of their own


def chosen(said: Said) -> list[Option]:
    """The options of an answer, in the catalogue's order."""
    keys = said.value if isinstance(said.value, list) else [said.value]
    return [option for option in said.item.options if option.key in keys]


def is_sent(code: str | None, build: Build, value_set: str | None = None) -> bool:
    """Whether the code may leave in this build, as a member of the value set (None: the model binds none)."""
    known = CODES.get(code or "")
    if known is None or not known.is_sent or known.code in build.never_sent:
        return False
    return value_set is None or value_set in known.value_sets


def snomed(code: str, build: Build) -> dict[str, str]:
    coding = {"system": build.snomed, "code": code}
    known = CODES.get(code)
    if known and known.status == "official" and known.label:
        coding["display"] = known.label.partition(" (niveau")[0]  # the level number is ours, for people
    return coding


def concept(*codings: dict[str, str]) -> dict[str, Any]:
    return {"coding": list(codings)}


def codes_in(said: Said, build: Build, value_set: str | None) -> list[str]:
    """The codes of the chosen options that may leave."""
    return [option.code for option in chosen(said) if option.code and is_sent(option.code, build, value_set)]
