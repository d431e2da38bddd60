"""`make validate`: python -m tests.validation [women]. Exit 0: every document is valid and every fault is refused."""

from __future__ import annotations

import shutil
import sys
import time

import click

from tests.validation import national, official


def main(women: int) -> int:
    if reason := official.why_not():
        click.echo(f"skipped: official FHIR validator: {reason}")
        return 0
    official.prepare()
    folder = official.ROOT / "build" / "validation"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    start = time.monotonic()
    outcome = national.run(folder, women)
    click.echo(f"{outcome.documents} documents of {women} women in {time.monotonic() - start:.0f} s")
    for name, errors in outcome.errors.items():
        click.echo(f"{name}: {errors[0]}{f' (+ {len(errors) - 1})' if errors[1:] else ''}")
    for message, times in outcome.unexplained.items():
        click.echo(f"not explained in docs/fhir-conformance.md: {message}, {times} times")
    for mutation in outcome.accepted_mutations:
        click.echo(f"accepted, though at fault: {mutation}")
    click.echo(
        f"{len(outcome.errors)} with errors; {outcome.mutations} mutated, {len(outcome.accepted_mutations)} accepted"
    )
    return 1 if outcome.errors or outcome.unexplained or outcome.accepted_mutations else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 500))
