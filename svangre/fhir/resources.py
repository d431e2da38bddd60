"""The only importer of fhir.resources: checks a resource against its R4 structure and writes its bytes.

The R4B classes are imported when the first resource is checked (they take about two seconds), and give valid R4 4.0.1
for the resources used here: only Observation.subject differs, by further targets. The bytes are written from the
mappers' own dicts, not from the classes, so that nothing is reordered, padded or rounded on the way.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

MIME = "application/fhir+json"


class NotAResource(ValueError):
    """Not the structure of an R4 resource; the message names elements, never values."""


def to_bytes(resource: dict[str, Any]) -> bytes:
    """The resource as canonical JSON: same resource, same bytes.

    Raises:
        NotAResource: an element is missing, unknown or of the wrong type.
    """
    text = json.dumps(resource, ensure_ascii=False, separators=(",", ":"), default=_number)
    check(json.loads(text))
    return text.encode()


def check(resource: dict[str, Any]) -> None:
    """Raises NotAResource unless this is the structure of the R4 resource that it says it is."""
    kind = resource.get("resourceType")
    try:
        _class(str(kind)).model_validate(resource)
    except ValueError as error:
        places = sorted({".".join(map(str, one["loc"])) for one in getattr(error, "errors", list)()})
        raise NotAResource(f"{kind}: {', '.join(places) or 'unknown resource'}") from None


@cache
def _class(kind: str) -> Any:
    if not kind.isalpha():
        raise ValueError("no such resource")
    try:
        return getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    except (ImportError, AttributeError):
        raise ValueError("no such resource") from None


def _number(value: Any) -> float | int:
    """A Decimal as a JSON number. Through float only here: up to 15 digits come out as they went in."""
    if not isinstance(value, Decimal):
        raise TypeError(f"not JSON: {type(value).__name__}")
    return int(value) if value == value.to_integral_value() else float(value)
