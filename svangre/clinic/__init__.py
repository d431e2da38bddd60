"""The clinic's pages and the birth place's inbox."""

from svangre.clinic import (
    bulk,
    consultation,
    deliveries,
    handling,
    inbox_pages,
    invitation,
    journal,
    merging,
    pregnancies,
    results,
    rows,
    signing,
    typing,
    versions,
    worklist,
)
from svangre.clinic.room import blueprint

__all__ = [
    "blueprint", "bulk", "consultation", "deliveries", "handling", "inbox_pages", "invitation", "journal", "merging",
    "pregnancies", "results", "rows", "signing", "typing", "versions", "worklist",
]  # fmt: skip
