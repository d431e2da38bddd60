"""The clinical core without the web: plain JSON in the shape of `flask assess` becomes answers, and those are assessed.

Keys are item ids or rows of the specification (`TER-01`); values are ISO dates, numbers, option keys or labels, or a
state: null (not answered), "unknown", "declines", "ask_doctor"; a key that is absent was not asked. Groups are lists.
Messages name the key and what was expected, never the value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from forms import CATALOGUE
from svangre import catalogue as kinds
from svangre.catalogue import Answer, Item, When
from svangre.record import cpr
from svangre.record.chart import Given
from svangre.record.facts import facts_of
from svangre.record.plain_values import BadInput, answer_of, read_date
from svangre.rules.assess import assess

# Names inside a composite value, by row of the specification.
PARTS: dict[str, dict[str, str]] = {
    "FER-03": {"date": "transfer_on", "embryo_age_days": "embryo_age_days", "frozen": "embryo_was_frozen"},
    "TER-06": {"due_date": "scan_due_date", "scanned_on": "scan_on", "crl": "scan_crl"},
    "UND-05": {"systolic": "systolic", "diastolic": "diastolic"},
    "UND-06": {
        "protein": "urine_protein",
        "albumin": "urine_protein",
        "glucose": "urine_glucose",
        "leucocytes": "urine_leucocytes",
        "leukocytes": "urine_leucocytes",
        "nitrite": "urine_nitrite",
        "a": "urine_protein",
        "s": "urine_glucose",
        "leu": "urine_leucocytes",
        "nit": "urine_nitrite",
    },
    "UND-11": {"hepatitis_b": "hepatitis_b", "hiv": "hiv", "syphilis": "syphilis"},
    "TFO-02": {"weeks": "birth_weeks", "days": "birth_days"},
    "ALK-05": {
        "t": "tweak_tolerance",
        "w": "tweak_worried",
        "e": "tweak_eye_opener",
        "a": "tweak_amnesia",
        "k": "tweak_cut_down",
    },
}
SETTINGS = ("birth_date", "today", "edition_on", "leads")
BY_REF: dict[str, list[kinds.Placed]] = {}
for _place in CATALOGUE:
    if _place.item.who:
        BY_REF.setdefault(_place.item.ref, []).append(_place)


@dataclass(frozen=True)
class PlainRow:
    id: str


@dataclass
class PlainAnswers:
    """Answers from JSON. An answer counts unless the question that opens it was answered otherwise."""

    given: dict[tuple[str, str | None], Answer] = field(default_factory=dict)
    groups: dict[tuple[str, str | None], list[PlainRow]] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    def counting(self, item_id: str, row_id: str | None = None) -> Given | None:
        answer = self.given.get((item_id, row_id))
        if answer is None or self._is_hidden(CATALOGUE[item_id], row_id):
            return None
        return Given("", answer, "woman" if "woman" in CATALOGUE[item_id].who else "clinic", "", self.at)

    def _is_hidden(self, item: Item, row_id: str | None) -> bool:
        if item.when is None or item.when.only_for_her:
            return False
        opener = self._look_up(item.when.item, row_id)
        if opener is None:
            return False
        return not kinds.keys_of(opener) & set(item.when.any_of) or self._is_hidden(CATALOGUE[item.when.item], row_id)

    def _look_up(self, item_id: str, row_id: str | None) -> Answer | None:
        """In the same row, then in the rows around it, then outside."""
        if (item_id, row_id) in self.given or row_id is None:
            return self.given.get((item_id, row_id))
        return self._look_up(item_id, self.parents[row_id])

    def rows(self, group: str, parent: str | None = None) -> list[PlainRow]:
        return self.groups.get((group, parent), [])

    def add_row(self, path: str, parent: str | None) -> str:
        siblings = self.groups.setdefault((path, parent), [])
        row = f"{parent or ''}/{path}:{len(siblings)}"
        siblings.append(PlainRow(row))
        self.parents[row] = parent
        return row


def assess_json(given: Any, today: date) -> Any:
    """The result for one object, or a list of results for a list.

    Args:
        today: the day of assessment where the object does not say one (STA-11).

    Raises:
        BadInput: anything that is not an answer to a known question.
    """
    if isinstance(given, list):
        return [assess_json(one, today) for one in given]
    if not isinstance(given, Mapping):
        raise BadInput("et objekt med svar, eller en liste af dem")
    day = _day_of(given, today)
    edition_on = read_date(given["edition_on"], "edition_on") if "edition_on" in given else day
    leads = given.get("leads", {})
    if not isinstance(leads, Mapping) or not all(isinstance(lead, str) for lead in leads.values()):
        raise BadInput("leads: et objekt med tekster")
    answers = read_answers(given, day)
    facts = facts_of(answers, born=_birth_date(given))
    return assess(facts, day, edition_on, leads).to_json()


def _day_of(given: Mapping[str, Any], today: date) -> date:
    for key in ("STA-11", "consultation_on", "today"):
        if given.get(key) is not None:
            return read_date(given[key], key)
    return today


def _birth_date(given: Mapping[str, Any]) -> date | None:
    if given.get("birth_date") is not None:
        return read_date(given["birth_date"], "birth_date")
    number = given.get("STA-01", given.get("cpr"))
    if number is None:
        return None
    try:
        return cpr.birth_date(cpr.normalise(str(number)))
    except cpr.BadCpr:
        raise BadInput("STA-01: et CPR-nummer") from None


def read_answers(given: Mapping[str, Any], day: date) -> PlainAnswers:
    answers = PlainAnswers(at=datetime.combine(day, time(12), tzinfo=UTC))
    for key, value in given.items():
        if key not in SETTINGS:
            _take(answers, str(key), value, None, None)
    return answers


def _take(answers: PlainAnswers, key: str, value: Any, group: str | None, row: str | None) -> None:
    """One key of an object: a group, an item, or a row of the specification with one or several items."""
    items = _items_of(key, group)
    if not items:
        raise BadInput(f"{key}: ukendt felt")
    first, group_item = items[0], next((item for item in items if isinstance(item.kind, kinds.Group)), None)
    is_rows = isinstance(value, list) and (first is group_item or any(isinstance(one, Mapping) for one in value))
    if group_item and is_rows:
        _take_rows(answers, group_item, value, row)
    elif key == "TFO-02" and (parts := _weeks_and_days(value)):
        for item_id, part in parts.items():
            _store(answers, CATALOGUE[item_id], part, group, row, key)
    elif isinstance(value, Mapping) and not isinstance(first.kind, kinds.Interval):
        for name, part in value.items():
            item_id = PARTS.get(key, {}).get(str(name).casefold(), str(name))
            if item_id not in CATALOGUE:
                raise BadInput(f"{key}: ukendt del")
            _store(answers, CATALOGUE[item_id], part, group, row, key)
    elif key == "UND-05" and isinstance(value, str) and "/" in value:
        systolic, _, diastolic = value.partition("/")
        _store(answers, CATALOGUE["systolic"], systolic, group, row, key)
        _store(answers, CATALOGUE["diastolic"], diastolic, group, row, key)
    else:
        _store_first_that_fits(answers, items, value, group, row, key)


def _items_of(key: str, group: str | None) -> list[Item]:
    """Items that a key may mean; those of the group in hand come first, computed ones never."""
    if key in CATALOGUE:
        return [CATALOGUE[key]]
    return [place.item for place in sorted(BY_REF.get(key, ()), key=lambda place: place.group != group)]


def _take_rows(answers: PlainAnswers, group_item: Item, rows: list[Any], parent: str | None) -> None:
    path = _path(group_item)
    if rows:
        _open(answers, group_item.when, None)
    for row in rows:
        if not isinstance(row, Mapping):
            raise BadInput(f"{group_item.id}: en liste af objekter")
        row_id = answers.add_row(path, parent)
        for key, value in row.items():
            _take(answers, str(key), value, path, row_id)


def _path(group_item: Item) -> str:
    around = CATALOGUE.places[group_item.id].group
    return f"{around}.{group_item.id}" if around else group_item.id


def _store_first_that_fits(
    answers: PlainAnswers, items: list[Item], value: Any, group: str | None, row: str | None, key: str
) -> None:
    problem: BadInput | None = None
    for item in items:
        if isinstance(item.kind, kinds.Group):
            continue
        try:
            _store(answers, item, value, group, row, key)
            return
        except BadInput as error:
            problem = problem or error
    raise problem or BadInput(f"{key}: en liste")


def _store(answers: PlainAnswers, item: Item, value: Any, group: str | None, row: str | None, key: str) -> None:
    """Keeps one answer. An item of a group given outside its rows opens a row of its own; parents are opened too."""
    answer = answer_of(item, value, key)
    place = CATALOGUE.places[item.id].group
    if place and place != group:
        row = _implicit_row(answers, place, group, row)
    if answer.state == "value":
        _open(answers, item.when, row)
    answers.given[item.id, row] = answer


def _open(answers: PlainAnswers, when: When | None, row: str | None) -> None:
    """An answer implies that its opening question was answered so that it is asked, unless that is given too."""
    if when is None or when.only_for_her:
        return
    scope = row if CATALOGUE.places[when.item].group else None
    is_opening = isinstance(CATALOGUE[when.item].kind, kinds.YesNo) or when.item == "operation_area"
    if is_opening and (when.item, scope) not in answers.given:
        answers.given[when.item, scope] = Answer("value", when.any_of[0])


def _implicit_row(answers: PlainAnswers, path: str, group: str | None, row: str | None) -> str:
    inner = path.removeprefix(f"{group}.") if group else path
    around = inner.rpartition(".")[0]
    parent = _implicit_row(answers, f"{group}.{around}" if group else around, group, row) if around else row
    siblings = answers.rows(path, parent)
    if siblings:
        return siblings[-1].id
    _open(answers, CATALOGUE.group(path).when, None)
    return answers.add_row(path, parent)


def _weeks_and_days(value: Any) -> dict[str, int] | None:
    """»40+2«, a number of days (from 112), or whole weeks."""
    if isinstance(value, str) and (match := re.fullmatch(r"(\d{1,2})\+([0-6])", value.strip())):
        return {"birth_weeks": int(match[1]), "birth_days": int(match[2])}
    if isinstance(value, str) and value.isdigit():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return {"birth_weeks": value // 7, "birth_days": value % 7} if value >= 112 else {"birth_weeks": value}
    return None
