"""HTML to PDF, in one place: the only importer of WeasyPrint.

One file is both PDF/A-3a (it can be kept) and PDF/UA-1 (it can be read aloud). The same input gives the same bytes.
Nothing is fetched: only files under static/ are served, and one that is missing stops the rendering.
Import and first rendering cost a second and 100 MB: call this from the worker, not while somebody waits for a page.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from svangre import translations

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
SYMBOLS = "IBMPlexSans-Regular-Pi.woff2"
VARIANT = "pdf/a-3a"

# PDF/A-3 does not know PDF/UA's identifier, so the file describes it itself (both standards allow that).
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES = {
    "rdf": RDF,
    "pdfuaid": PDFUA,
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
PDFUA_METADATA = """
<rdf:RDF {namespaces}>
  <rdf:Description rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
  <rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>{pdfua}</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>""".format(namespaces=" ".join(f'xmlns:{k}="{v}"' for k, v in NAMESPACES.items()), pdfua=PDFUA)


class MissingFile(RuntimeError):
    """A style, font or picture that the document needs is not among the program's own files."""


@dataclass(frozen=True)
class Engine:
    """What all renderings of the process share: parsing fonts and styles anew costs a second and leaks memory."""

    weasyprint: Any
    fetcher: Any
    fonts: Any
    style: Any
    unprintable: re.Pattern[str]
    one_at_a_time: threading.Lock


@cache
def templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates" / "pdf"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(_=translations.say_in_page, lang=translations.code, dir=translations.direction)
    return environment


def render(
    template: str, *, at: datetime, attachments: Mapping[str, tuple[str, bytes]] | None = None, **context: Any
) -> bytes:
    """A template of templates/pdf as PDF.

    Args:
        at: the moment of the document, never the clock's; stands in the metadata and at the attachments
        attachments: file name to (what it is, content); embedded as the data that the document was made from

    Raises:
        MissingFile: a style, font or picture is not there
    """
    engine = _engine()
    html = page(template, at=at, **context)
    with engine.one_at_a_time:
        try:
            document = engine.weasyprint.HTML(
                string=html, base_url=STATIC.as_uri() + "/", url_fetcher=engine.fetcher
            ).render(pdf_variant=VARIANT, stylesheets=[engine.style], font_config=engine.fonts)
            _add_pdfua(document.metadata)
            pdf: bytes = document.write_pdf(
                pdf_variant=VARIANT,
                attachments=[
                    engine.weasyprint.Attachment(
                        string=content, name=name, description=what, relationship="Source", created=at, modified=at
                    )
                    for name, (what, content) in (attachments or {}).items()
                ],
            )
        except engine.weasyprint.urls.FatalURLFetchingError as missing:
            raise MissingFile(str(missing)) from missing
    return pdf


def page(template: str, *, at: datetime, **context: Any) -> str:
    """The HTML that is printed; what our fonts cannot show is replaced."""
    html = templates().get_template(template).render(at=at.isoformat(timespec="seconds"), **context)
    return _engine().unprintable.sub("\N{REPLACEMENT CHARACTER}", html)


def load() -> None:
    """Loads the layout engine; an OSError names the system library that is missing."""
    import weasyprint  # noqa: F401


@cache
def _engine() -> Engine:
    import weasyprint
    from weasyprint import pdf
    from weasyprint.pdf import tags
    from weasyprint.text.fonts import FontConfiguration

    class OwnFilesOnly(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if parts.scheme != "file" or parts.netloc or not path.is_relative_to(STATIC):
                raise MissingFile(f"not one of the program's own files: {parts.scheme} address")
            return super().fetch(url, headers)

    _complete_tags(tags)
    _close_colour_profile(pdf)
    fetcher = OwnFilesOnly(allowed_protocols={"file"}, allow_redirects=False, fail_on_errors=True)
    fonts = FontConfiguration()
    style = weasyprint.CSS(filename=str(STATIC / "css" / "print.css"), url_fetcher=fetcher, font_config=fonts)
    return Engine(weasyprint, fetcher, fonts, style, _unprintable(), threading.Lock())


def _unprintable() -> re.Pattern[str]:
    """What our own fonts cannot show, and what turns the direction of the text behind it.

    It is printed as a question mark in a diamond: an empty box, or a font that happens to be on the machine, would make
    the document depend on where it was made.
    """
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    shown = {"\n", "\t"}
    for regular in [*sorted((STATIC / "fonts").glob("NotoSans*-Regular.woff2")), STATIC / "fonts" / SYMBOLS]:
        shown |= {chr(code) for code in TTFont(regular).getBestCmap()}
    codes = sorted(ord(one) for one in shown - set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
    return re.compile(f"[^{''.join(re.escape(chr(code)) for code in codes)}]")


def _complete_tags(tags: Any) -> None:
    """Two things that WeasyPrint 70 leaves out: `lang` of an element, and which of two labels in a row is a value's.

    The tree of tags is private there; the version is pinned exactly, and tests read the tags.
    """
    build = tags._build_box_tree

    def complete(box: Any, *args: Any) -> Iterator[Any]:
        element = getattr(box, "element", None)
        for tag in build(box, *args):
            if element is not None and element.tag not in ("html", "body") and "lang" in element.attrib:
                tag["Lang"] = f"({element.attrib['lang']})"
            if element is not None and tag["S"] == "/Table" and element.attrib.get("class") == "pairs":
                _point_to_own_label(box)
            yield tag

    tags._build_box_tree = complete


def _point_to_own_label(table: Any) -> None:
    cells = [one for one in table.descendants() if hasattr(one, "mark")]
    for label, value in itertools.pairwise(cells):
        if (label.element_tag, value.element_tag) == ("th", "td"):
            value.mark["A"]["Headers"] = f"[{label.mark['ID'].data.decode()}]"


def _close_colour_profile(pdf: Any) -> None:
    """WeasyPrint 70 leaves the file of the colour profile open, once a rendering."""
    profile = pdf.ColorProfile

    def closing(file: Any, *args: Any) -> Any:
        with file:
            return profile(file, *args)

    pdf.ColorProfile = closing


def _add_pdfua(metadata: Any) -> None:
    generate = metadata.generate_rdf_metadata

    def with_pdfua(*args: Any) -> bytes:
        rdf = ElementTree.fromstring(generate(*args))
        for prefix, address in NAMESPACES.items():
            ElementTree.register_namespace(prefix, address)
        rdf.extend(ElementTree.fromstring(PDFUA_METADATA))
        written: bytes = ElementTree.tostring(rdf, encoding="utf-8")
        return written

    metadata.generate_rdf_metadata = with_pdfua
