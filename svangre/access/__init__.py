"""Signing in and out of the clinic and the birth place."""

from svangre.access.views import blueprint

__all__ = ["blueprint"]
