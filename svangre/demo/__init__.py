"""Demo data."""

from svangre.demo.load import load

__all__ = ["load"]
