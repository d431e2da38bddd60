"""The version of the questions: a short digest of the whole catalogue, kept with every answer and signed version.

Items are never deleted or reused, only retired, so the current catalogue reads every older record.
"""

from __future__ import annotations

import hashlib

from forms import CATALOGUE

FORM_VERSION = hashlib.sha256(repr(CATALOGUE.sections).encode()).hexdigest()[:12]
