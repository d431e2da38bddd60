"""Every code that the product sends or compares with, room by room, as it was reviewed.

A code that is changed or lost fails a test. `python -m tests.codes` writes the list anew after a change that was meant;
the diff is what somebody who knows the code systems must look at.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

ROOMS = ("forms", "svangre/national", "svangre/fhir")
LIST = Path(__file__).parent / "codes.tsv"
# SNOMED CT (and its Danish extension), LOINC and NPU.
CODE = re.compile(r"\d{6,18}|\d{1,5}-\d|(?:NPU|DNK)\d{5}")


def found() -> Counter[tuple[str, str]]:
    """How often each code stands in each room."""
    counted: Counter[tuple[str, str]] = Counter()
    for room in ROOMS:
        for path in sorted(Path(room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                    counted[room, node.value] += 1
    return counted


def reviewed() -> Counter[tuple[str, str]]:
    rows = (line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines())
    return Counter({(room, code): int(times) for room, code, times in rows})


if __name__ == "__main__":
    rows = sorted(found().items())
    LIST.write_text("".join(f"{room}\t{code}\t{times}\n" for (room, code), times in rows), encoding="utf-8")
