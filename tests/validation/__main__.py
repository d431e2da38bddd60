"""`make validate`: python -m tests.validation [women]. Exit 0: every document is valid and every fault is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from tests.validation import national, official, others

FOLDER = official.ROOT / "build" / "validation"


def main(women: int) -> int:
    if reason := official.why_not():
        click.echo(f"skipped: official FHIR validator: {reason}")
        return 0
    official.prepare()
    shutil.rmtree(FOLDER, ignore_errors=True)
    is_good = _judge("national documents", partial(national.run, demo=_exported()), women)
    is_good &= _judge("summaries, forms, responses, metadata", others.run, max(1, women // 10))
    return 0 if is_good else 1


def _exported() -> Path:
    """The documents of every signed demo woman, by the command that reviewers use."""
    folder = FOLDER / "demo"
    command = [sys.executable, "-m", "flask", "--app", "app", "export-demo", str(folder)]
    settings = {**os.environ, "DEMO": "1", "DATA_DIR": str(FOLDER / "data")}
    subprocess.run(command, cwd=official.ROOT, env=settings, check=True, capture_output=True)
    return folder


def _judge(title: str, run: Callable[[Path, int], national.Outcome], women: int) -> bool:
    folder = FOLDER / title.split()[0].strip(",")
    folder.mkdir(parents=True)
    start = time.monotonic()
    outcome = run(folder, women)
    click.echo(f"{title}: {outcome.documents} of {women} women in {time.monotonic() - start:.0f} s")
    for name, errors in outcome.errors.items():
        click.echo(f"  {name}: {errors[0]}{f' (+ {len(errors) - 1})' if errors[1:] else ''}")
    for message, times in outcome.unexplained.items():
        click.echo(f"  not explained in docs/fhir-conformance.md: {message}, {times} times")
    for mutation in outcome.accepted_mutations:
        click.echo(f"  accepted, though at fault: {mutation}")
    click.echo(
        f"  {len(outcome.errors)} with errors; {outcome.mutations} mutated, {len(outcome.accepted_mutations)} accepted"
    )
    return not (outcome.errors or outcome.unexplained or outcome.accepted_mutations)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 500))
