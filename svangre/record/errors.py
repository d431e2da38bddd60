"""What can go wrong in the record, as named exceptions; `svangre.web.errors` turns each into a page, once."""

from __future__ import annotations


class NotYours(Exception):
    """Not there, or not for this person: the two look the same from outside."""


class NotAllowed(Exception):
    """The role has no such right."""


class StaleEdit(Exception):
    """Somebody else changed the same thing meanwhile; nothing was written, and the page shows both values."""


class AlreadyOpen(Exception):
    """The woman has an open pregnancy at this clinic already."""

    def __init__(self, pregnancy_id: str) -> None:
        super().__init__(pregnancy_id)
        self.pregnancy_id = pregnancy_id


class Closed(Exception):
    """The pregnancy has ended, or her form is closed because the record is signed."""


class WrongPatient(Exception):
    """What was sent is about somebody else than the record that it was sent to."""


class CannotSign(Exception):
    """Signing without the national record needs the doctor's explicit word; an amendment needs a reason."""


class NoConsent(Exception):
    """She has said no to sending: the record stays in the clinic."""


class BadInvitation(Exception):
    """The link is unknown, replaced, revoked or expired: one text for all of them."""


class WrongProof(Exception):
    """Code or birth date do not fit. `left` is how many tries remain before the link rests."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class Resting(Exception):
    """Too many tries: closed for a while."""
