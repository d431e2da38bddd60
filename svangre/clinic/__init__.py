"""The clinic's pages and the birth place's inbox."""

from svangre.clinic import consultation, handling, rows, worklist
from svangre.clinic.room import blueprint

__all__ = ["blueprint", "consultation", "handling", "rows", "worklist"]
