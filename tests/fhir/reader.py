"""Reads a national document as a receiver would: by codes and qualifiers, not by how it was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from svangre.national import DOCUMENTS, ELEMENTS, MEASUREMENTS, Component, Element

# All systems that any build uses for SNOMED CT; the qualifier system is the only other one in a code.
QUALIFIERS = "GM-qualifiers"
SECTION_ELEMENTS = {entry.element for document in DOCUMENTS for entry in document.entries}


@dataclass
class Found:
    """One instance of an element: values by component slice, linked parts by element id."""

    resource: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    linked: dict[str, list[Found]] = field(default_factory=dict)


class ReadDocument:
    def __init__(self, content: bytes) -> None:
        self.bundle: dict[str, Any] = json.loads(content)
        entries = self.bundle["entry"]
        self.by_url = {entry["fullUrl"]: entry["resource"] for entry in entries}
        assert len(self.by_url) == len(entries), "full URLs are unique"
        self.composition: dict[str, Any] = entries[0]["resource"]
        self.patient = self.resolve(self.composition["subject"])
        self.author = self.resolve(self.composition["author"][0])
        self.section = [self.resolve(one) for one in self.composition["section"][0]["entry"]]

    def resolve(self, reference: dict[str, str]) -> dict[str, Any]:
        resource: dict[str, Any] = self.by_url[reference["reference"]]
        return resource

    def resources(self, kind: str) -> list[dict[str, Any]]:
        return [resource for resource in self.by_url.values() if resource["resourceType"] == kind]

    def elements(self, element_id: str) -> list[Found]:
        """Every instance of an element in the section."""
        return [self._read(one) for one in self.section if _element_of(one, SECTION_ELEMENTS).id == element_id]

    def element(self, element_id: str) -> Found:
        (found,) = self.elements(element_id)
        return found

    def measurements(self) -> dict[str, Any]:
        """Measurement slice → value."""
        by_code = {one.code: one.slice for one in MEASUREMENTS}
        return {
            by_code[one["code"]["coding"][0]["code"]]: next(one[key] for key in one if key.startswith("value"))
            for one in self.section
        }

    def _read(self, resource: dict[str, Any], element: Element | None = None) -> Found:
        element = element or _element_of(resource, SECTION_ELEMENTS)
        found = Found(resource)
        for component in resource.get("component", ()):
            (key,) = [key for key in component if key.startswith("value")]
            found.values[_component_of(component, element).slice] = component[key]
        for extension in resource.get("extension", ()):
            link = next(link for link in element.links if extension["url"].endswith(f"/{link.extension}"))
            target = next(one for one in ELEMENTS if one.id == link.target)
            linked = self._read(self.resolve(extension["valueReference"]), target)
            found.linked.setdefault(target.id, []).append(linked)
        return found

    def all_found(self) -> Iterator[tuple[str, Found]]:
        """Every instance, linked ones too, with its element id."""
        for resource in self.section:
            element = _element_of(resource, SECTION_ELEMENTS)
            yield from _walk(element.id, self._read(resource, element))


def _walk(element_id: str, found: Found) -> Iterator[tuple[str, Found]]:
    yield element_id, found
    for linked_id, several in found.linked.items():
        for one in several:
            yield from _walk(linked_id, one)


def _codes(concept: dict[str, Any]) -> tuple[str | None, str]:
    """Qualifier (or None) and SNOMED CT code."""
    codings = concept["coding"]
    qualifier = next((one["code"] for one in codings if one["system"] == QUALIFIERS), None)
    return qualifier, next(one["code"] for one in codings if one["system"] != QUALIFIERS)


def _element_of(resource: dict[str, Any], among: set[str]) -> Element:
    wanted = _codes(resource["code"])
    return next(one for one in ELEMENTS if one.id in among and (one.qualifier, one.code) == wanted)


def _component_of(component: dict[str, Any], element: Element) -> Component:
    wanted = _codes(component["code"])
    return next(one for one in element.components if (one.qualifier, one.code) == wanted)
