"""From a sent page to saved answers. Saving twice is the same as once, and two open tabs do not undo each other:
each input carries a mark of the answer that the page was shown with, and only what differs from it is saved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from svangre.catalogue import NOT_ANSWERED, Answer, Item, Visibility, inside
from svangre.citizen import scope
from svangre.citizen.checks import check
from svangre.policy import Viewer
from svangre.record.actions.answers import save_answers
from svangre.record.chart import Chart
from svangre.record.errors import Closed
from svangre.record.models import Pregnancy
from svangre.record.stages import is_signed
from svangre.web.form_builder import AnswerField, build_form, fields_of

Sent = MultiDict[str, str]
Key = tuple[str, str | None]


def mark_of(answer: Answer | None, visibility: Visibility) -> str:
    """A short digest of an answer as it was shown."""
    shown = answer or NOT_ANSWERED
    return hashlib.sha256(json.dumps([shown.state, shown.value, visibility]).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Page:
    """The questions of one page or row, with her stored answers and what was just sent."""

    chart: Chart
    items: tuple[Item, ...]
    row_id: str | None
    form: FlaskForm
    sent: Sent | None

    @property
    def fields(self) -> dict[str, AnswerField]:
        return {field.item.id: field for field in fields_of(self.form)}

    def was_asked(self, item: Item) -> bool:
        """Whether the item stood open on the page that was sent."""
        return self.sent is not None and f"{item.id}-asked" in self.sent

    @property
    def typed(self) -> dict[str, Answer]:
        return {
            item_id: field.data
            for item_id, field in self.fields.items()
            if self.was_asked(field.item) and not field.process_errors
        }

    @property
    def shown(self) -> list[Item]:
        return scope.shown(self.chart, self.items, self.row_id, self.typed)

    @property
    def wrong(self) -> list[AnswerField]:
        """Fields that could not be used; what is hidden never stops her."""
        ids = {item.id for item in self.shown}
        return [field for field in self.fields.values() if field.process_errors and field.item.id in ids]

    @property
    def revealed(self) -> list[Item]:
        """Questions that her answers have opened after the page was made, so that she has not seen them yet."""
        return [item for item in self.shown if not self.was_asked(item)] if self.sent is not None else []

    def visibility(self, item: Item) -> Visibility:
        return self.chart.visibility(item, self.row_id)

    def wanted_visibility(self, item: Item) -> Visibility:
        """As she ticked it. Before she has sent her answers she may change her mind; afterwards it only narrows."""
        stored = self.visibility(item)
        if not scope.may_keep(item) or stored == "gp_only":
            return stored
        wanted: Visibility = "clinic_and_her" if self.sent and self.sent.get(f"{item.id}-private") else "shared"
        return scope.narrower(wanted, stored) if self.chart.submitted_at else wanted

    def mark(self, item: Item) -> str:
        return mark_of(scope.her_answer(self.chart, item.id, self.row_id), self.visibility(item))

    def changed(self, *, is_whole: bool) -> dict[str, tuple[Answer, Visibility]]:
        """What is to be saved. `is_whole`: she pressed the button, so what she left empty is *not answered*."""
        found = {}
        for item in self.shown:
            if inside(item) or item.id not in self.typed:
                continue
            answer, visibility = self.typed[item.id], self.wanted_visibility(item)
            differs = self.sent is not None and self.sent.get(f"{item.id}-asked") != mark_of(answer, visibility)
            left_empty = (
                is_whole and not self.chart.submitted_at and self.chart.field(item.id, self.row_id).hers is None
            )
            if differs or (left_empty and answer == NOT_ANSWERED):
                found[item.id] = (answer, visibility)
        return found

    @property
    def elsewhere(self) -> list[tuple[Item, Answer]]:
        """Items that were answered differently in another tab or on another phone since the page was made: the
        answer that is about to be replaced."""
        found = []
        for item_id, (answer, _) in self.changed(is_whole=False).items():
            item = self.chart.catalogue[item_id]
            stored = scope.her_answer(self.chart, item_id, self.row_id)
            mark = self.sent.get(f"{item_id}-asked") if self.sent else None
            if stored and stored.state != "not_answered" and mark != self.mark(item) and stored != answer:
                found.append((item, stored))
        return found


def read_page(
    chart: Chart,
    items: Iterable[Item],
    row_id: str | None,
    *,
    visit_on: date | None,
    today: date,
    sent: Sent | None = None,
) -> Page:
    """The page with her stored answers, or with what was just sent where it stood open."""
    hers = tuple(item for item in items if item.is_hers)
    form = build_form(
        hers,
        lambda item_id: scope.her_answer(chart, item_id, row_id),
        today=today,
        to_her=True,
        also=lambda item, answer: check(item, answer, visit_on or today),
    )
    if sent is not None:
        form.process(formdata=sent)
    return Page(chart, hers, row_id, form, sent)


def save_page(
    session: Session, page: Page, pregnancy: Pregnancy, *, viewer: Viewer, at: datetime, is_whole: bool
) -> int:
    """Saves what changed; returns how many answers.

    Raises:
        Closed: the doctor has signed, or the pregnancy has ended.
    """
    if pregnancy.ended_on or is_signed(pregnancy.stage):
        raise Closed
    changed = page.changed(is_whole=is_whole)
    if not changed:
        return 0
    return save_answers(
        session,
        viewer=viewer,
        at=at,
        pregnancy_id=pregnancy.id,
        answers={(item_id, page.row_id): answer for item_id, (answer, _) in changed.items()},
        private={(item_id, page.row_id): visibility for item_id, (_, visibility) in changed.items()},
    )
