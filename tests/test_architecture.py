"""The shape of the code, so that it stays: who may import whom, where the two big libraries and the clock live."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path.relative_to(ROOT) for room in ("svangre", "forms") for path in (ROOT / room).rglob("*.py"))
NATIONAL_TABLES = Path("svangre/national")
LONGEST_MODULE = 400


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / module).read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_rooms_import_only_what_the_contracts_allow() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_every_room_stands_in_a_contract() -> None:
    """A new room would otherwise be free to import anything. Modules beside the rooms are the ground or the roof."""
    contracts = (ROOT / "pyproject.toml").read_text()
    rooms = {path.parts[1] for path in MODULES if path.parts[0] == "svangre" and len(path.parts) > 2}
    assert [room for room in sorted(rooms) if f"svangre.{room}" not in contracts] == []


@pytest.mark.parametrize(
    ("library", "only"),
    [("fhir.resources", "svangre/fhir/resources.py"), ("weasyprint", "svangre/pdf/")],
)
def test_a_big_library_is_imported_in_one_place(library: str, only: str) -> None:
    importers = [
        module.as_posix() for module in MODULES if any(f"{name}.".startswith(f"{library}.") for name in imports(module))
    ]
    assert [module for module in importers if not module.startswith(only)] == []


def test_the_clock_is_read_in_one_place() -> None:
    """`today` and `at` are passed in: `svangre/config.py` alone asks the clock."""
    readers = []
    for module in MODULES:
        for node in ast.walk(ast.parse((ROOT / module).read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                reads = node.func.attr in ("today", "now", "utcnow")
                if reads and isinstance(node.func.value, ast.Name) and node.func.value.id in ("date", "datetime"):
                    readers.append(f"{module}:{node.lineno}")
    assert [place for place in readers if not place.startswith("svangre/config.py")] == []


def test_no_module_grows_out_of_sight() -> None:
    long = [
        f"{module}: {lines} lines"
        for module in MODULES
        if (lines := len((ROOT / module).read_text().splitlines())) > LONGEST_MODULE
        and not module.is_relative_to(NATIONAL_TABLES)
    ]
    assert long == []


def test_names_say_what_lives_there() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "core"}
    assert [str(module) for module in MODULES if vague & {module.stem, *module.parts}] == []
