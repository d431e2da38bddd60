"""What a reader finds in a PDF: its text, its structure, where the words stand."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject


def text_of(pdf: bytes) -> str:
    """All text in the order of the content, white space as one blank."""
    return " ".join(_poppler("pdftotext", "-raw", "-", "-", pdf=pdf).split())


def words_of(pdf: bytes) -> Iterator[tuple[float, float, float, float, str]]:
    """Each word with its box in points: left, top, right, bottom."""
    number = r'"([-\d.]+)"'
    pattern = rf"<word xMin={number} yMin={number} xMax={number} yMax={number}>(.*?)</word>"
    for found in re.finditer(pattern, _poppler("pdftotext", "-bbox", "-", "-", pdf=pdf)):
        left, top, right, bottom = (float(one) for one in found.groups()[:4])
        yield left, top, right, bottom, found[5]


def _poppler(*command: str, pdf: bytes) -> str:
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def tags(pdf: bytes) -> list[dict[str, Any]]:
    """Every element of the structure tree, in reading order."""
    found: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            found.append(node)
            walk(node.get("/K", []))

    walk(reader(pdf).trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found
