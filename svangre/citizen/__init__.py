"""Her pages: the questionnaire at home, and her page afterwards."""

from svangre.citizen.views import blueprint

__all__ = ["blueprint"]
