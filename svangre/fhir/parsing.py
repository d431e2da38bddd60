"""FHIR JSON from outside, read with care: bounded in bytes, depth and time, and never taken for what it is not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from svangre.fhir.resources import NotAResource, check

MOST_DEPTH = 40  # the deepest resource of the standard, a Questionnaire of groups in groups, needs far less
Problem = Literal["syntax", "structure", "too_large", "not_json", "wrong_patient", "duplicate", "unsupported"]


class BadContent(ValueError):
    """What was sent cannot be used. The text (Danish) says what to do and repeats nothing of what was sent."""

    def __init__(self, problem: Problem, text: str) -> None:
        super().__init__(text)
        self.problem = problem


def parse(content: bytes, *, most_bytes: int) -> dict[str, Any]:
    """The one JSON object that the bytes hold; numbers with a point as Decimal.

    Raises:
        BadContent: too large, too deep, not JSON, the same key twice, or a number that is none.
    """
    if len(content) > most_bytes:
        raise BadContent("too_large", f"Filen er for stor. Der kan modtages {most_bytes // 1_000_000} MB ad gangen.")
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise BadContent("not_json", "Filen er XML. Hent den som FHIR i JSON i stedet.")
    try:
        found = json.loads(content, object_pairs_hook=_once, parse_float=_number, parse_constant=_no_number)
    except RecursionError:
        raise BadContent("structure", "Filen kan ikke læses: den er indlejret for dybt.") from None
    except BadContent:
        raise
    except ValueError:
        raise BadContent("syntax", "Filen kan ikke læses: den er ikke gyldig JSON.") from None
    if not isinstance(found, dict):
        raise BadContent("structure", "Filen er ikke en FHIR-ressource.")
    if _is_deeper(found, MOST_DEPTH):
        raise BadContent("structure", "Filen kan ikke læses: den er indlejret for dybt.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadContent("structure", "Filen kan ikke læses: et felt står der to gange.")
    return found


def _number(text: str) -> Decimal:
    if len(text) > 40 or not -20 < (number := Decimal(text)).adjusted() < 20:
        raise ValueError("no such number")
    return number


def _no_number(_name: str) -> None:
    raise ValueError("not a JSON number")


def _is_deeper(value: Any, left: int) -> bool:
    if left == 0:
        return isinstance(value, dict | list)
    inner: Iterator[Any] = iter(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
    return any(_is_deeper(one, left - 1) for one in inner)


def check_structure(resource: dict[str, Any], where: str) -> None:
    """
    Raises:
        BadContent: not the structure of an R4 resource; the text names the element.
    """
    try:
        check(resource)
    except NotAResource as error:
        names = [part for part in re.split(r"[^A-Za-z]+", str(error)) if 1 < len(part) < 40]
        told = ", ".join(dict.fromkeys(names))[:150]
        raise BadContent("structure", f"{where} er ikke FHIR R4, som det skal være ({told}).") from None
