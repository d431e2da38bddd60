"""What one more question costs: one Item in one file. It is then on her page, in her review, beside the record and in
the exchanged form, without another line anywhere (and in the PDF: `tests/pdf/test_handover.py`)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ("svangre", "templates", "static", "migrations", "tests", "pyproject.toml", "app.py")
ITEM = """
        Item(
            id="glasses_of_water",
            ref="KOF-01",
            clinic="Glas vand om dagen",
            woman="Hvor mange glas vand drikker du om dagen?",
            kind=Integer(low=0, high=20),
            ways_out=(),
            source="K",
        ),
"""


@pytest.fixture
def copy_with_one_more(tmp_path: Path) -> Path:
    """The program with a copy of `forms/` in which one page has one more Item."""
    for name in SHARED:
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "forms", tmp_path / "forms", ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "forms" / "lifestyle.py"
    text = file.read_text(encoding="utf-8")
    before = text.index('        Item(\n            id="caffeine_cups"')
    text = text[:before] + ITEM.lstrip("\n") + text[before:]
    file.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.once
def test_a_question_is_added_by_one_item_and_found_everywhere(database: object, copy_with_one_more: Path) -> None:
    def pytest_there(*arguments: str) -> str:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "tests/test_every_question.py", *arguments]
        done = subprocess.run(command, cwd=copy_with_one_more, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    # given a catalogue with one more question, when one full chart goes through every page
    sweep = next(line for line in pytest_there("--collect-only").splitlines() if "is_asked" in line)
    name = sweep.partition("::")[2]
    answer = pytest_there("-k", f"exported or {name.partition('[')[2].rstrip(']')}")

    # then it is there, and its wording too
    assert "2 passed" in answer
    assert "Hvor mange glas vand" in _codebook(copy_with_one_more)


def _codebook(folder: Path) -> str:
    print_it = "from forms import CATALOGUE; from svangre.catalogue.codebook import to_csv; print(to_csv(CATALOGUE))"
    return subprocess.run(
        [sys.executable, "-c", print_it], cwd=folder, capture_output=True, text=True, check=True
    ).stdout
