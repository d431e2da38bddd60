"""Her pages: the questionnaire at home, and her page afterwards."""

from svangre.citizen import entry, home, pages, review, take_along
from svangre.citizen.blueprint import blueprint

__all__ = ["blueprint", "entry", "home", "pages", "review", "take_along"]
