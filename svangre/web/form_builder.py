"""From catalogue items to a Flask-WTF form, one field class for all answer kinds: parsing is `svangre.catalogue.parse`,
showing is `templates/components/answer.html`. Handwritten forms (sign-in, new pregnancy) live in their rooms.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field

from svangre.catalogue import NOT_ANSWERED, STATES, Answer, Item, options_of
from svangre.catalogue.parse import BadAnswer, parse, write
from svangre.message import Message
from svangre.translations import decimal_mark, is_danish, month_in_figures, say
from svangre.web.checks import contact_problem

PARTS = ("", "day", "month", "year", "low", "high", "state")
LONG_LIST = 60  # options that stand by their names, such as countries: in another language in its own order
# A check that needs more than the item: returns a message or None.
Also = Callable[[Item, Answer], str | Message | None]


def printable(text: str) -> str:
    """The text without control characters and halves of signs, which no page may contain."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def _by_name(text: str) -> str:
    """Where a name stands in an alphabet that is not Danish: letters with marks beside those without."""
    return unicodedata.normalize("NFD", text).casefold()


class AnswerField(Field):
    """The input of one item. `data` is an Answer; `raw` what stands in its inputs, kept when it could not be used."""

    data: Answer
    mark = "1"  # of the answer that the page is shown with; comes back as "<name>-asked"

    def __init__(self, *, item: Item, today: date, to_her: bool, also: Also | None = None, **kwargs: Any) -> None:
        super().__init__(label=(item.woman if to_her else None) or item.clinic, **kwargs)
        self.item, self.today, self.to_her, self.also = item, today, to_her, also

    def part(self, part: str) -> str:
        return f"{self.name}-{part}" if part else self.name

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.object_data = self.data = data if isinstance(data, Answer) else self.default or NOT_ANSWERED
        if formdata is None or f"{self.name}-asked" not in formdata:  # not on the page that was sent: unchanged
            self.raw = write(self.item, self.data, in_parts=self.to_her, mark=decimal_mark())
            return
        self.raw = {part: formdata.getlist(self.part(part)) for part in PARTS}
        self.raw["month"] = [month_in_figures(text) for text in self.raw["month"]]
        try:
            self.data = parse(self.item, self.raw, today=self.today, to_her=self.to_her)
            message = contact_problem(self.item, self.data) or (self.also and self.also(self.item, self.data))
            if message:
                raise BadAnswer(message)
        except BadAnswer as error:
            self.process_errors = [say(error.message)]

    def text(self, part: str = "") -> str:
        """What stands in one input."""
        return printable(next((text for text in self.raw.get(part, ()) if not text.startswith("~")), ""))

    def is_chosen(self, key: str) -> bool:
        return key in self.raw.get("", ()) or (key.startswith("~") and key[1:] in self.raw.get("state", ()))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(key, label) of the options, in her or the clinic's wording."""
        found = [
            (option.key, option.label if self.to_her else option.clinic_label or option.label)
            for option in options_of(self.item.kind)
            if not (self.to_her and option.clinic_only)
        ]
        if is_danish() or len(found) < LONG_LIST:
            return found
        return found[:1] + sorted(found[1:], key=lambda choice: _by_name(choice[1]))

    @property
    def ways_out(self) -> list[tuple[str, str]]:
        states = self.item.ways_out if self.to_her else ("unknown", "declines", "ask_doctor")
        return [(state, say(STATES[state])) for state in states]

    @property
    def element_id(self) -> str:
        """The id that the error summary links to: the first input of the field."""
        return {"date": f"{self.name}-day", "partial_date": f"{self.name}-month", "interval": f"{self.name}-low"}.get(
            self.item.kind_name if self.to_her else "", self.name
        )

    def __call__(self, **kwargs: Any) -> Markup:
        raise NotImplementedError("shown by templates/components/answer.html")


def build_form(
    items: Iterable[Item],
    answer_of: Callable[[str], Answer | None],
    *,
    today: date,
    to_her: bool,
    also: Also | None = None,
) -> FlaskForm:
    """A form of the items, filled with their answers or with what was just posted. Group items have no field."""
    fields = {
        item.id: _unbound(item, answer_of(item.id), today, to_her, also) for item in items if item.kind_name != "group"
    }
    return type("ItemsForm", (FlaskForm,), fields)()


def _unbound(item: Item, answer: Answer | None, today: date, to_her: bool, also: Also | None) -> Any:
    return AnswerField(item=item, today=today, to_her=to_her, also=also, default=answer)


def fields_of(form: FlaskForm) -> list[AnswerField]:
    return [field for field in form if isinstance(field, AnswerField)]
