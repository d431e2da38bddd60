"""The clinic's pages and the birth place's inbox."""

from svangre.clinic.views import blueprint

__all__ = ["blueprint"]
