"""Changes the rules one place at a time and sees that a test notices.

`python -m tests.mutation` (`make mutation`). Two kinds of change:

- code: what mutmut makes of every function in svangre/rules (operators, numbers, texts, arguments);
- numbers: every row of every threshold, one step up and one step down, in memory.

Tests of the rules are plain functions of their parameters: they are collected once and called, change after change, in
one process. A change is tried on the tests that run through the changed function; those that noticed a change in it
before come first, then the word-for-word record. `--only PATTERN` tries the changes whose name it is found in:
`^svangre` for code, ` = ` for numbers.
"""

from __future__ import annotations

import argparse
import importlib
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mutmut.mutation import trampoline
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import mangled_name_from_mutant_name

ROOT = Path(__file__).parent.parent
RULES = Path("svangre/rules")
# The random properties are slow, and a change must fall to a test that fails every time.
ARGUMENTS = ["tests/rules", "--ignore=tests/rules/test_properties.py", "-p", "no:cacheprovider", "--assert=plain", "-q"]
CPU_SECONDS = 30  # for one test; longer is a loop without end
TARGET = 0.95  # of the changes must be noticed


@dataclass(frozen=True)
class Change:
    """One change: where it is made, how it is made and taken back, and how it reads."""

    name: str
    function: str  # whose tests decide; "" means all of them
    make: Callable[[], None]
    undo: Callable[[], None]
    shown: Callable[[], str]


def mutated_package(into: Path) -> Iterator[Change]:
    """Writes a package `svangre` whose rules carry all their mutants, each asleep until it is chosen."""
    (into / "svangre").mkdir()
    for path in (ROOT / "svangre").iterdir():
        if path.name != "rules":
            (into / "svangre" / path.name).symlink_to(path)
    (into / RULES).mkdir()
    for path in sorted((ROOT / RULES).glob("*.py")):
        made = mutate_file_contents(str(path), path.read_text(encoding="utf-8"))
        (into / RULES / path.name).write_text(made.code, encoding="utf-8")
        for mutant in made.mutant_names:
            yield _code_change(f"svangre.rules.{path.stem}", mutant, made.code)


def _code_change(module: str, mutant: str, code: str) -> Change:
    name = f"{module}.{mutant}"
    return Change(
        name,
        mangled_name_from_mutant_name(name),
        lambda: wake(name),
        lambda: wake(""),
        lambda: get_diff_for_mutant(name, source=code, path=module),
    )


def wake(name: str) -> None:
    """Lets one mutant take the place of its function, or none; without a look at the environment at every call."""
    trampoline.get_mutant_under_test = lambda: name


def number_changes() -> Iterator[Change]:
    """Every threshold that stands in the rules, listed or not, each row one step up and down."""
    from svangre.rules.threshold import Threshold

    seen = set()
    for path in sorted((ROOT / RULES).glob("[a-z]*.py")):
        for name, threshold in vars(importlib.import_module(f"svangre.rules.{path.stem}")).items():
            if isinstance(threshold, Threshold) and id(threshold) not in seen:
                seen.add(id(threshold))
                for number, row in enumerate(threshold.rows):
                    for value in steps(row.value):
                        yield _number_change(f"{path.stem}.{name}.{number}", row, row.value, value)


def _number_change(name: str, row: Any, before: object, after: object) -> Change:
    return Change(
        f"{name} = {after}",
        "",
        lambda: object.__setattr__(row, "value", after),
        lambda: object.__setattr__(row, "value", before),
        lambda: f"{before} → {after}",
    )


def steps(value: Any) -> Iterator[Any]:
    """The neighbours of a threshold's value: part by part where it has parts."""
    match value:
        case bool():
            yield not value
        case tuple():
            for place, part in enumerate(value):
                yield from ((*value[:place], changed, *value[place + 1 :]) for changed in steps(part))
        case str():
            yield f"{value}0"
        case _:
            yield from (value + 1, value - 1)


class Decider:
    """Calls the tests once to see which of them reach which function, then tries every change."""

    def __init__(self, changes: Callable[[], list[Change]], without: str) -> None:
        self.changes, self.without = changes, without
        self.reached: dict[str, list[pytest.Function]] = {}
        self.survivors: list[Change] = []
        self.tried = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = [item for item in session.items if isinstance(item, pytest.Function)]
        items = [item for item in items if not (self.without and self.without in item.nodeid)]
        self._watch(items)
        for change in self.changes():
            self._try(change)
        if not all(_passes(item) for item in items):
            raise SystemExit("a change was left behind: the figures cannot be trusted")
        return True

    def _watch(self, items: list[pytest.Function]) -> None:
        """The tests of every function, the word-for-word record first, then by how long they take."""
        hits: set[str] = set()
        took = {}
        trampoline.record_trampoline_hit = lambda name, caller=None: hits.add(name)
        wake("stats")
        for item in items:
            hits.clear()
            start = time.process_time()
            if not _passes(item):
                raise SystemExit(f"{item.nodeid} fails without any change")
            took[item] = time.process_time() - start
            for name in ("", *hits):
                self.reached.setdefault(name, []).append(item)
        wake("")
        for found in self.reached.values():
            found.sort(key=lambda item: ("test_golden" not in item.nodeid, took[item]))

    def _try(self, change: Change) -> None:
        tests = self.reached.get(change.function, [])
        with made(change):
            noticed_by = next((item for item in tests if not _passes(item)), None)
        self.tried += 1
        if noticed_by is None:
            self.survivors.append(change)
            _say(f"SURVIVED {change.name}\n{change.shown()}\n")
        else:
            tests.remove(noticed_by)
            tests.insert(0, noticed_by)
        if self.tried % 200 == 0:
            _say(f"{self.tried} tried, {len(self.survivors)} survived")


@contextmanager
def made(change: Change) -> Iterator[None]:
    change.make()
    try:
        yield
    finally:
        change.undo()


def _passes(item: pytest.Function) -> bool:
    """Calls a test with its parameters. Whatever it raises, or a loop without end, is a test that failed."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        with suppress(BaseException):
            item.obj(**parameters)
            return True
        return False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _too_long(_signal: int, _frame: object) -> None:
    raise TimeoutError


def _say(text: str) -> None:
    sys.__stderr__.write(f"{text}\n")  # type: ignore[union-attr]
    sys.__stderr__.flush()  # type: ignore[union-attr]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="regular expression that is found in the name of a change")
    parser.add_argument("--without", default="", help="leave out tests whose name holds this word")
    given = parser.parse_args()
    signal.signal(signal.SIGPROF, _too_long)
    with tempfile.TemporaryDirectory() as folder:
        code = list(mutated_package(Path(folder)))
        sys.path.insert(0, folder)
        assert importlib.import_module("svangre").__path__[0].startswith(folder)
        decider = Decider(
            lambda: [change for change in (*number_changes(), *code) if re.search(given.only, change.name)],
            given.without,
        )
        pytest.main([*ARGUMENTS, f"--rootdir={ROOT}"], plugins=[decider])
    killed = decider.tried - len(decider.survivors)
    sys.stdout.write(
        f"{decider.tried} changes, {killed} noticed ({killed / max(decider.tried, 1):.1%}); not noticed:\n"
    )
    sys.stdout.write("".join(f"{name}\n" for name in sorted(change.name for change in decider.survivors)))
    return 0 if killed >= TARGET * decider.tried else 1


if __name__ == "__main__":
    sys.exit(main())
