"""How messages leave: SMTP, or files in DATA_DIR/outbox that staff (and the demo) can read. One small interface."""

from __future__ import annotations

import os
import smtplib
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from svangre.config import Settings


class Sender(Protocol):
    def send(self, kind: str, key: str, to: str, subject: str, text: str) -> None:
        """Sends a text message (`sms`) or an e-mail (`email`); raises OSError if it could not."""


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
    """E-mail by SMTP (`smtp://user:password@host:port`, `smtps://…`); text messages go by `fallback`."""

    def __init__(self, url: str, fallback: Sender) -> None:
        self.url, self.fallback = urlsplit(url), fallback

    def send(self, kind: str, key: str, to: str, subject: str, text: str) -> None:
        if kind != "email":
            self.fallback.send(kind, key, to, subject, text)
            return
        message = EmailMessage()
        host = self.url.hostname or "localhost"
        message["From"] = f"svangrejournal@{host}"
        message["To"], message["Subject"], message["Message-ID"] = (
            to,
            subject,
            f"<{key.replace(':', '.')}@svangrejournal>",
        )
        message.set_content(text)
        secure = self.url.scheme == "smtps"
        client = smtplib.SMTP_SSL if secure else smtplib.SMTP
        with client(host, self.url.port or (465 if secure else 25), timeout=20) as server:
            if self.url.username:
                if not secure:
                    server.starttls()
                server.login(unquote(self.url.username), unquote(self.url.password or ""))
            server.send_message(message)


def make_sender(settings: Settings) -> Sender:
    files = FileSender(settings.data_dir / "outbox")
    return SmtpSender(settings.smtp_url, files) if settings.smtp_url else files
