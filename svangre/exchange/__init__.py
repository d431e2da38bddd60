"""What a clinic's own system may ask for and send, as FHIR R4 under /fhir."""

from svangre.exchange import importing, metadata, reading, tokens
from svangre.exchange.room import blueprint

__all__ = ["blueprint", "importing", "metadata", "reading", "tokens"]
