"""Signed documents on their way out: to the national document registry. Messages to people: `svangre.senders`."""
