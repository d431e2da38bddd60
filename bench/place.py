"""What the measurements share: a clinic, a durable PostgreSQL, and how a line of the table looks."""

from __future__ import annotations

import sys
from contextlib import ExitStack

from tests.postgres import Server, binaries

FAKE_CLINIC = {
    "name": "Lægehuset Testvænget", "sor": "123451000016001", "ydernummer": "000000", "region": "midtjylland",
    "phone": "70000001", "address": "Testvænget 1", "is_demo": True,
}  # fmt: skip


def durable_postgres(stack: ExitStack) -> Server | None:
    """A server with fsync, as in real use, until the stack is unwound."""
    found = binaries()
    return stack.enter_context(Server(found, is_durable=True)) if found else None


def say(part: str, what: str, figure: str) -> None:
    sys.stdout.write(f"{part:<10} {what:<46} {figure}\n")
    sys.stdout.flush()
