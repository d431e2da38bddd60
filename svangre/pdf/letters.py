"""Letters to her. The link and the code never stand in the same one; neither says what the questions are about."""

from __future__ import annotations

from datetime import date, datetime

import segno
from markupsafe import Markup

from svangre.pdf.render import render
from svangre.record import words
from svangre.record.chart import ClinicInfo
from svangre.translations import say


def invitation_letter_pdf(
    clinic: ClinicInfo, *, name: str, link: str, expires_on: date, at: datetime, consultation_on: date | None = None
) -> bytes:
    """The letter with the link, as text and as QR code. The code comes in `code_letter_pdf` or in another way."""
    return render(
        "invitation.html",
        at=at,
        clinic=clinic,
        name=name,
        link=link,
        qr=_qr(link),
        today=words.date_text(words.local(at).date()),
        expires=words.date_text(expires_on),
        consultation=words.date_text(consultation_on) if consultation_on else None,
    )


def code_letter_pdf(clinic: ClinicInfo, *, name: str, code: str, at: datetime) -> bytes:
    """The letter with the code alone."""
    return render(
        "code.html", at=at, clinic=clinic, name=name, code=code, today=words.date_text(words.local(at).date())
    )


def _qr(link: str) -> Markup:
    svg = segno.make(link, error="m").svg_inline(scale=4, border=2, title=say("QR-kode med linket"))
    return Markup(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
