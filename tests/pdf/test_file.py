"""The file itself: readable aloud, archivable, the same bytes each time, and nothing in it that tells whose it is."""

from __future__ import annotations

import itertools
import logging
import os
import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from jinja2 import DictLoader

from svangre.pdf import render as rendering
from svangre.pdf.handover import handover_pdf
from svangre.pdf.render import ROOT, MissingFile, render
from tests.pdf import charts
from tests.pdf.reading import reader, tags, text_of

DATA = {"prf.json": b'{"resourceType":"Bundle"}', "pscr.json": b"{}"}
MAKE = """
import hashlib, sys
sys.path.insert(0, ".")
from svangre.pdf.handover import handover_pdf
from tests.pdf import charts
pdf = handover_pdf(charts.typical().chart(), birthplace="Nord", attachments={"a.json": b"{}"})
print(hashlib.sha256(pdf).hexdigest())
"""


@cache
def handover() -> bytes:
    return handover_pdf(charts.typical().chart(), birthplace="Fødestedet Demo Nord", attachments=DATA)


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Renders a page of one's own."""
    environment = rendering.templates().overlay(loader=DictLoader({}))
    monkeypatch.setattr(rendering, "templates", lambda: environment)

    def make(html: str) -> bytes:
        environment.loader = DictLoader({"page.html": f"<!doctype html><html lang=da><title>T</title>{html}"})
        return render("page.html", at=charts.AT)

    return make


def test_the_same_version_gives_the_same_bytes_in_another_process_time_zone_and_hash_seed():
    hashes = {
        subprocess.run(
            [sys.executable, "-c", MAKE],
            capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/New_York"))
    }  # fmt: skip
    assert len(hashes) == 1


def test_it_says_that_it_is_pdf_a_3a_and_pdf_ua_1():
    found = reader(handover()).xmp_metadata.rdf_root.toxml()
    assert 'pdfaid:part="3"' in found
    assert 'pdfaid:conformance="A"' in found
    assert "<pdfuaid:part>1</pdfuaid:part>" in found
    assert "pdfaExtension:schemas" in found


def test_language_title_and_tags_are_set():
    root = reader(handover()).trailer["/Root"]
    assert root["/Lang"] == "da"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader(handover()).metadata.title == "Svangrejournal, overdragelse til fødested"


def test_nothing_outside_the_pages_tells_whose_it_is():
    file = reader(handover())
    bookmarks = [one.title for one in _flat(file.outline)]
    outside = f"{dict(file.metadata)} {file.xmp_metadata.rdf_root.toxml()} {bookmarks}"
    for private in ("Nanna", "Berggreen", "010190", "9996", "Holm", "Testvænget"):
        assert private not in outside


def test_bookmarks_lead_to_the_sections():
    titles = [one.title for one in _flat(reader(handover()).outline)]
    assert {"Lægens resumé", "Tidligere fødsler", "Medicin, allergi, vacciner", "Plan", "Underskrift"} <= set(titles)


def test_the_data_is_embedded_as_the_source_of_the_document():
    file = reader(handover())
    assert file.attachments == {name: [content] for name, content in DATA.items()}
    for one in file.trailer["/Root"]["/AF"]:
        described = one.get_object()
        assert described["/AFRelationship"] == "/Source"
        assert described["/EF"]["/F"]["/Params"]["/ModDate"].startswith("D:20261124")


def test_headings_go_down_one_step_at_a_time():
    levels = [int(one["/S"][2:]) for one in tags(handover()) if one["/S"] in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_each_answer_points_to_its_own_label():
    # given the rows with two pairs of label and value
    rows = [one["/K"] for one in tags(handover()) if one["/S"] == "/TR"]
    pairs = [[cell.get_object() for cell in row] for row in rows if len(row) == 4]
    pairs = [row for row in pairs if [cell["/S"] for cell in row] == ["/TH", "/TD", "/TH", "/TD"]]
    assert len(pairs) > 5
    # then the value has the label before it as its only header
    for label, value, other_label, other_value in pairs:
        assert value["/A"]["/Headers"] == [label["/ID"]]
        assert other_value["/A"]["/Headers"] == [other_label["/ID"]]


def test_a_picture_has_its_content_in_words():
    figures = [one for one in tags(handover()) if one["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == [
        "Hæmoglobin: 7,4 mmol/l den 1.10.2026, 7,1 mmol/l den 1.11.2026, 7,8 mmol/l den 24.11.2026"
    ]


def test_only_our_own_fonts_are_in_it():
    pdf = handover_pdf(charts.worst().chart(name=charts.LONG_NAME), birthplace="X")
    fonts = {
        font["/BaseFont"].split("+")[1]
        for page in reader(pdf).pages
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
    }
    assert fonts
    assert all(font.startswith(("Noto-Sans", "IBM-Plex-Sans-Pi")) for font in fonts), fonts


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.png",
        "file:///etc/hostname",
        "img/absent.png",
        "../pyproject.toml",
        "data:image/png;base64,AA",
    ],
)
def test_what_is_not_one_of_our_own_files_stops_the_rendering(template: Any, address: str):
    with pytest.raises(MissingFile):
        template(f'<p>x<img src="{address}" alt="x">')


def test_a_picture_of_our_own_is_shown(template: Any):
    figures = [one for one in tags(template('<p>x<img src="img/favicon.svg" alt="Logo">')) if one["/S"] == "/Figure"]
    assert [figure["/Alt"] for figure in figures] == ["Logo"]


def test_what_no_font_has_and_what_turns_the_text_around_is_replaced(template: Any):
    assert text_of(template("<p>a\u202eb\u0007c\N{GRINNING FACE}d")) == "a\ufffdb\ufffdc\ufffdd"


def test_a_language_of_its_own_is_said_to_the_reader(template: Any):
    assert "en" in [one.get("/Lang") for one in tags(template("<p>Hej<p lang=en>Hello"))]


def test_style_and_templates_are_understood_without_a_warning(caplog: pytest.LogCaptureFixture):
    rendering._engine.cache_clear()
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        handover_pdf(charts.everything().chart(), birthplace="X")
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


def _flat(outline: list[Any]) -> list[Any]:
    return [found for one in outline for found in (_flat(one) if isinstance(one, list) else [one])]
