"""The national pregnancy model (Graviditetsmappen v2) as plain data. Pure: standard library only."""

from svangre.national.builds import BUILDS, Build
from svangre.national.codes import CODES
from svangre.national.elements import DOCUMENTS, ELEMENTS, MEASUREMENTS
from svangre.national.types import Code, Component, Document, Element, Entry, Link, Measurement

BY_ID: dict[str, Element] = {element.id: element for element in ELEMENTS}

__all__ = [
    "BUILDS", "BY_ID", "CODES", "DOCUMENTS", "ELEMENTS", "MEASUREMENTS", "Build", "Code", "Component", "Document",
    "Element", "Entry", "Link", "Measurement",
]  # fmt: skip
