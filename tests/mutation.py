"""Changes the rules one place at a time and sees that a test notices.

`python -m tests.mutation` (`make mutation`). Two kinds of change:

- code: what mutmut makes of every function in svangre/rules (operators, numbers, texts, arguments);
- numbers: every row of every threshold, one step up and one step down, in memory.

Tests are collected once. Each change is tried in a process forked from there, on the tests that run through the changed
function: those that noticed a change in it before come first, then the word-for-word record. `--only PATTERN` tries
the changes whose name it is found in: `^svangre` for code, ` = ` for numbers.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.sharedctypes import RawArray
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation import trampoline
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import mangled_name_from_mutant_name

ROOT = Path(__file__).parent.parent
RULES = Path("svangre/rules")
# The random properties are slow, and a change must fall to a test that fails every time.
ARGUMENTS = [
    "tests/rules",
    "--ignore=tests/rules/test_properties.py",
    "-p",
    "no:cacheprovider",
    "--assert=plain",
    "--tb=no",
    "-q",
]
CPU_SECONDS = 30  # for one change; the whole suite takes eight
TARGET = 0.95  # of the changes must be noticed
SURVIVED = 0
SLOTS = 4096


@dataclass(frozen=True)
class Change:
    """One change: where it is made, how, and how it reads."""

    name: str
    function: str  # whose tests decide; "" means all of them
    apply: Callable[[], None]
    shown: Callable[[], str]


def mutated_package(into: Path) -> Iterator[Change]:
    """Writes a package `svangre` whose rules carry all their mutants, each asleep until it is chosen."""
    (into / "svangre").mkdir()
    for path in (ROOT / "svangre").iterdir():
        if path.name != "rules":
            (into / "svangre" / path.name).symlink_to(path)
    (into / RULES).mkdir()
    for path in sorted((ROOT / RULES).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        made = mutate_file_contents(str(path), source)
        (into / RULES / path.name).write_text(made.code, encoding="utf-8")
        for mutant in made.mutant_names:
            yield _code_change(f"svangre.rules.{path.stem}", mutant, made.code)


def _code_change(module: str, mutant: str, code: str) -> Change:
    name = f"{module}.{mutant}"
    return Change(
        name,
        mangled_name_from_mutant_name(name),
        lambda: wake(name),
        lambda: get_diff_for_mutant(name, source=code, path=module),
    )


def wake(name: str) -> None:
    """Lets one mutant take the place of its function; without the look at the environment at every call."""
    trampoline.get_mutant_under_test = lambda: name


def number_changes() -> Iterator[Change]:
    """Every threshold that stands in the rules, listed or not, each row one step up and down."""
    import importlib

    from svangre.rules.threshold import Threshold

    seen = set()
    for path in sorted((ROOT / RULES).glob("[a-z]*.py")):
        for name, threshold in vars(importlib.import_module(f"svangre.rules.{path.stem}")).items():
            if isinstance(threshold, Threshold) and id(threshold) not in seen:
                seen.add(id(threshold))
                for number, row in enumerate(threshold.rows):
                    for value in steps(row.value):
                        yield _number_change(f"{path.stem}.{name}.{number}", row, value)


def _number_change(name: str, row: Any, value: object) -> Change:
    return Change(
        f"{name} = {value}",
        "",
        lambda: object.__setattr__(row, "value", value),
        lambda: f"{row.value} → {value}",
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
    """Runs the tests once to see which of them reach which function, then every change in a process of its own."""

    def __init__(self, changes: Callable[[], list[Change]], without: str, jobs: int) -> None:
        self.changes, self.without, self.jobs = changes, without, jobs
        self.reached: dict[str, list[pytest.Item]] = {}
        self.items: list[pytest.Item] = []
        self.survivors: list[Change] = []
        self.tried = 0
        self.noticed_by = RawArray("i", SLOTS)  # by process: the place of the test that failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = [item for item in session.items if not (self.without and self.without in item.nodeid)]
        self._watch()
        changes = self.changes()
        gc.collect()
        gc.freeze()
        running: dict[int, Change] = {}
        for change in changes:
            while len(running) >= self.jobs:
                self._wait(running)
            running[self._start(change)] = change
        while running:
            self._wait(running)
        return True

    def _watch(self) -> None:
        hits: set[str] = set()
        trampoline.record_trampoline_hit = lambda name, caller=None: hits.add(name)
        wake("stats")
        for item, following in zip(self.items, [*self.items[1:], None], strict=True):
            hits.clear()
            start = time.process_time()
            if not _passes(item, following):
                raise SystemExit(f"{item.nodeid} fails without any change")
            item.stash[TOOK] = time.process_time() - start
            for name in hits:
                self.reached.setdefault(name, []).append(item)
        wake("")
        for found in self.reached.values():
            found.sort(key=_soonest)
        self.items.sort(key=_soonest)

    def _start(self, change: Change) -> int:
        child = os.fork()
        if child:
            return child
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        change.apply()
        items = self._tests_of(change)
        for place, (item, following) in enumerate(zip(items, [*items[1:], None], strict=True)):
            if not _passes(item, following):
                self.noticed_by[os.getpid() % SLOTS] = place
                os._exit(1)
        os._exit(SURVIVED)

    def _tests_of(self, change: Change) -> list[pytest.Item]:
        return self.reached.setdefault(change.function, []) if change.function else self.items

    def _wait(self, running: dict[int, Change]) -> None:
        child, status = os.wait()
        change = running.pop(child)
        self.tried += 1
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == SURVIVED:
            self.survivors.append(change)
            print(f"\nSURVIVED {change.name}\n{change.shown()}", file=sys.__stderr__, flush=True)
        elif os.WIFEXITED(status):
            tests = self._tests_of(change)
            tests.insert(0, tests.pop(self.noticed_by[child % SLOTS]))
        if self.tried % 200 == 0:
            print(f"{self.tried} tried, {len(self.survivors)} survived", file=sys.__stderr__, flush=True)


TOOK = pytest.StashKey[float]()


def _soonest(item: pytest.Item) -> tuple[bool, float]:
    return "test_golden" not in item.nodeid, item.stash[TOOK]


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="regular expression that is found in the name of a change")
    parser.add_argument("--without", default="", help="leave out tests whose name holds this word")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        code = list(mutated_package(Path(folder)))
        sys.path.insert(0, folder)
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"

        def chosen() -> list[Change]:
            return [change for change in (*number_changes(), *code) if re.search(given.only, change.name)]

        import svangre

        assert svangre.__path__[0].startswith(folder)
        decider = Decider(chosen, given.without, given.jobs)
        pytest.main([*ARGUMENTS, f"--rootdir={ROOT}"], plugins=[decider])
    killed = decider.tried - len(decider.survivors)
    sys.stdout.write(
        f"{decider.tried} changes, {killed} noticed ({killed / max(decider.tried, 1):.1%}); not noticed:\n"
    )
    sys.stdout.write("".join(f"{name}\n" for name in sorted(change.name for change in decider.survivors)))
    return 0 if killed >= TARGET * decider.tried else 1


if __name__ == "__main__":
    sys.exit(main())
