"""Her pages: the questionnaire at home, and her page afterwards."""

from svangre.citizen import entry, guests, home, pages, questions, review, sharing, take_along
from svangre.citizen.blueprint import blueprint

__all__ = ["blueprint", "entry", "guests", "home", "pages", "questions", "review", "sharing", "take_along"]
