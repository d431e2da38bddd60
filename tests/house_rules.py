"""What holds for every HTML page, checked on each one that any test fetches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib

CPR_SHAPED = re.compile(r"(?<!\d)\d{6}-?\d{4}(?!\d)")
RANDOM_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # by chance ten digits stand in some
LABELLED = {"input", "select", "textarea"}
ADDRESSES = ("href", "src", "action", "formaction")


@lru_cache(maxsize=8)
def read(html: str) -> Element:
    """The page as a tree. Kept for a while: reading takes longer than making it, and tests look at what was checked.

    Raises:
        html5lib.html5parser.ParseError: not valid HTML.
    """
    page: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return page


def check_page(html: str, *, address: str, is_demo: bool) -> None:
    faults = list(find_faults(html, address=address, is_demo=is_demo))
    assert not faults, f"{address}\n" + "\n".join(faults)


def find_faults(html: str, *, address: str, is_demo: bool) -> Iterator[str]:
    try:
        page = read(html)
    except html5lib.html5parser.ParseError as error:
        yield f"not valid HTML: {error}"
        return
    elements = list(page.iter())
    yield from _skeleton(page, is_demo)
    yield from _ids(elements)
    yield from _strict_csp(elements)
    yield from _labels(page, elements)
    yield from _no_cpr(page, elements, address)


def _skeleton(page: Element, is_demo: bool) -> Iterator[str]:
    if not page.get("lang"):
        yield "<html> has no lang"
    if not (page.findtext("head/title") or "").strip():
        yield "no title"
    if len(list(page.iter("h1"))) != 1:
        yield f"{len(list(page.iter('h1')))} h1, must be 1"
    if [main.get("id") for main in page.iter("main")] != ["main"]:
        yield 'must have one <main id="main">'
    if is_demo and not any("sv-demo" in element.get("class", "").split() for element in page.iter()):
        yield "does not say that it is a demo"


def _ids(elements: list[Element]) -> Iterator[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for element in elements:
        targets = [element.get("for", ""), *element.get("aria-describedby", "").split()]
        targets += [*element.get("aria-labelledby", "").split(), *element.get("aria-controls", "").split()]
        if element.tag == "a" and element.get("href", "").startswith("#"):
            targets.append(element.get("href", "")[1:])
        yield from (
            f"{element.tag} points to #{name}, which is not there" for name in targets if name and name not in ids
        )


def _strict_csp(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline <{element.tag}>"
        yield from (
            f"{name}= on <{element.tag}>" for name in element.keys() if name == "style" or name.startswith("on")
        )


def _labels(page: Element, elements: list[Element]) -> Iterator[str]:
    wrapped = {child for label in page.iter("label") for child in label.iter()}
    labelled = {label.get("for") for label in page.iter("label")}
    for element in elements:
        if element.tag in LABELLED and element.get("type") not in ("hidden", "submit", "button"):
            named = element.get("aria-label") or element.get("aria-labelledby") or element.get("id") in labelled
            if not named and element not in wrapped:
                yield f"<{element.tag} name={element.get('name')!r}> has no label"
        if element.tag == "img" and element.get("alt") is None:
            yield "<img> without alt"


def _no_cpr(page: Element, elements: list[Element], address: str) -> Iterator[str]:
    places = [address, page.findtext("head/title") or ""]
    places += [element.get(name, "") for element in elements for name in ADDRESSES]
    found = (place for place in places if CPR_SHAPED.search(RANDOM_ID.sub("", place)))
    yield from (f"a CPR number in an address or title: {place}" for place in found)
