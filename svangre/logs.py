"""The program's log: one JSON object a line on stderr, without personal data.

What an exception says may hold an answer or a number, and what a library fills into its messages may hold an address
with a token. So a line carries our own words, the class of an error and the places it passed; of other loggers only
the message before anything is filled in.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

OURS = "svangre"
FIELDS = "fields"  # `log.info("…", extra={FIELDS: {…}})`: ids of routes, counts, milliseconds


class JsonLines(logging.Formatter):
    """`{"at": …, "level": …, "from": …, "message": …, …fields, "error": class, "trace": [places]}`."""

    def format(self, record: logging.LogRecord) -> str:
        is_ours = record.name.split(".")[0] == OURS
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage() if is_ours else str(record.msg),
            **getattr(record, FIELDS, {}),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line["error"] = type(error).__name__
            line["trace"] = [
                f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
        return json.dumps(line, ensure_ascii=False)


def start() -> None:
    """Sends every logger of the process through `JsonLines`. For services; commands speak to people instead."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
    logging.captureWarnings(True)
