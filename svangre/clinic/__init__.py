"""The clinic's pages and the birth place's inbox."""

from svangre.clinic.room import blueprint

__all__ = ["blueprint"]
