"""How messages leave: SMTP, or files in DATA_DIR/outbox that staff (and the demo) can read. One small interface."""

from __future__ import annotations

import os
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from svangre.config import Settings

TIMEOUT = 20  # seconds
FOR_GOOD = 500  # SMTP answers from here on are no passing trouble


class Refused(Exception):
    """The receiver will never take this: sending it again changes nothing."""


class NotWanted(Exception):
    """The delivery has lost its reason: she has answered, the visit is over, she wants no messages."""


class Sender(Protocol):
    def send(self, kind: str, key: str, to: str, subject: str, text: str) -> None:
        """Sends a text message (`sms`) or an e-mail (`email`); raises `Refused` if it never
        can, anything else if it could not now."""


class FileSender:
    """Writes each message to `outbox/<key>.txt`: the same key twice is one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, kind: str, key: str, to: str, subject: str, text: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / (key.replace(":", "-") + ".txt")
        part = path.with_suffix(".part")
        with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            file.write(f"Kanal: {kind}\nTil: {to}\nEmne: {subject}\n\n{text}\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


class SmtpSender:
    """E-mail by SMTP (`smtp://user:password@host:port`, `smtps://…`); text messages go by `fallback`.

    The connection is encrypted, and the server's certificate checked, when the address says so or has a password.
    """

    def __init__(self, url: str, fallback: Sender) -> None:
        self.url, self.fallback = urlsplit(url), fallback

    def send(self, kind: str, key: str, to: str, subject: str, text: str) -> None:
        if kind != "email":
            self.fallback.send(kind, key, to, subject, text)
            return
        host = self.url.hostname or "localhost"
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = f"svangrejournal@{host}", to, subject
        message["Message-ID"] = f"<{key.replace(':', '.')}@svangrejournal>"  # the same key is the same message
        message.set_content(text)
        try:
            with self._connect(host) as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            if all(code >= FOR_GOOD for code, _words in error.recipients.values()):
                raise Refused from error
            raise

    def _connect(self, host: str) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, self.url.port or 465, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, self.url.port or 25, timeout=TIMEOUT)
        if self.url.username:
            if self.url.scheme != "smtps":
                server.starttls(context=context)
            server.login(unquote(self.url.username), unquote(self.url.password or ""))
        return server


def make_sender(settings: Settings) -> Sender:
    files = FileSender(settings.data_dir / "outbox")
    return SmtpSender(settings.smtp_url, files) if settings.smtp_url else files
