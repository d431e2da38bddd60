"""What the repository holds: nothing of this or that machine, vendored files unchanged, templates that suit the CSP."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

import pytest

from forms import CATALOGUE
from svangre import catalogue

ROOT = Path(__file__).parent.parent
TRACKED = [
    Path(name)
    for name in subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
VENDORED = [ROOT / "static/fonts/SHA256SUMS", ROOT / "tests/browser/axe.SHA256SUMS"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static/css").rglob("*.css"))


def text_of(path: Path) -> str:
    return (ROOT / path).read_bytes().decode("utf-8", errors="ignore")


def lines_with(pattern: str, *, leave_out: tuple[str, ...] = ()) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in TRACKED
        if path.suffix not in (".woff2", ".png") and not path.name.endswith(leave_out or ("\0",))
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if found.search(line)
    ]


@pytest.fixture(autouse=True)
def _in_git() -> None:
    if not TRACKED:
        pytest.skip("not a git checkout: there is no list of the repository's files")


def test_no_file_names_a_package_registry() -> None:
    """Anyone installs from the index that their machine has."""
    registries = r"pypi\.(org|python)|pythonhosted\.org|npmjs\.(org|com)|/simple/|\bindex[-]url"
    assert lines_with(registries, leave_out=("test_repository.py",)) == []


def test_requirements_are_pinned_by_hash_and_have_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        packages = re.findall(r"^[a-z0-9][^\n]*", text, re.MULTILINE)
        assert len(packages) > 40
        assert [line for line in packages if "==" not in line] == []
        assert text.count("--hash=sha256:") > 2 * len(packages)
        assert "://" not in text


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert lines_with(r"(?<![\w.~}])/(?:work|home|root|farm|Users)/", leave_out=("axe.min.js",)) == []


def test_no_file_holds_a_secret() -> None:
    assert lines_with(r"BEGIN (?:[A-Z]+ )?PRIVATE KEY", leave_out=("test_repository.py",)) == []


def test_nothing_is_left_for_later_in_the_code() -> None:
    assert lines_with(r"\b(?:TODO|FIXME|XXX)\b", leave_out=("test_repository.py", "axe.min.js", ".sums")) == []


@pytest.mark.parametrize("sums", VENDORED, ids=lambda path: path.parent.name)
def test_vendored_files_are_as_they_came(sums: Path) -> None:
    listed = dict(reversed(line.split()) for line in sums.read_text().splitlines())
    actual = {name: hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() for name in listed}
    assert actual == listed


def test_every_font_is_listed_and_has_its_licence() -> None:
    listed = (ROOT / "static/fonts/SHA256SUMS").read_text()
    fonts = [path.name for path in (ROOT / "static/fonts").iterdir() if path.suffix in (".woff2", ".ttf")]
    assert fonts
    assert [name for name in fonts if name not in listed] == []
    assert {"OFL-IBM-Plex.txt", "OFL-Noto.txt"} <= {path.name for path in (ROOT / "static/fonts").iterdir()}


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: path.name)
def test_everything_that_a_style_sheet_loads_is_here(sheet: Path) -> None:
    for address in re.findall(r"url\(\"?([^\")]+)", sheet.read_text()):
        assert (sheet.parent / address).is_file(), address


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_a_template_needs_nothing_that_the_csp_forbids(template: Path) -> None:
    """The PDF's own templates too: their style is a file."""
    text = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
    assert re.findall(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", text) == []
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", text) == []


def test_every_icon_that_a_template_uses_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', (ROOT / "static/img/icons.svg").read_text()))
    written = "".join(path.read_text() for path in (*TEMPLATES, *(ROOT / "static/js").glob("*.js")))
    used = set(re.findall(r"\bicon\(['\"]([a-z-]+)['\"]", written))
    assert len(used) > 20
    assert used - drawn == set()
    named = "".join(path.read_text() for path in (ROOT / "svangre").rglob("*.py")) + written
    assert [name for name in drawn if not re.search(rf"['\"#]{name}['\"]", named)] == [], "drawn and never used"


def test_the_readme_shows_a_question_as_it_is() -> None:
    example = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert example
    item = eval(example[1], {name: getattr(catalogue, name) for name in ("Item", "Integer", "When")})
    assert item == CATALOGUE[item.id]


@pytest.mark.parametrize("page", [path for path in TRACKED if path.suffix == ".md"], ids=str)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text_of(page))
    assert [link for link in links if not (ROOT / page.parent / link).exists()] == []
