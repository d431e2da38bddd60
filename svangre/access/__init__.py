"""Signing in and out of the clinic and the birth place, one's own account, and the clinic's administration."""

from svangre.access import administration, views, way
from svangre.access.blueprint import blueprint

__all__ = ["administration", "blueprint", "views", "way"]
