"""The clinical core without the web: plain JSON in the shape of `flask assess` becomes answers, and those are assessed.

Keys are item ids or rows of the specification (`TER-01`); values are ISO dates, numbers, option keys or labels, or a
state: null (not answered), "unknown", "declines", "ask_doctor"; a key that is absent was not asked. Groups are lists.
Messages name the key and what was expected, never the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, assert_never

from forms import CATALOGUE
from svangre import catalogue as kinds
from svangre.catalogue import NOT_ANSWERED, STATES, Answer, Item, State, When
from svangre.record import cpr
from svangre.record.chart import Given
from svangre.record.facts import facts_of
from svangre.rules.assess import assess

STATE_WORDS: dict[str, State] = {
    "unknown": "unknown",
    "ved ikke": "unknown",
    "declines": "declines",
    "vil ikke svare": "declines",
    "ønsker ikke at oplyse": "declines",
    "ved ikke endnu": "unknown",
    "ask_doctor": "ask_doctor",
    "vil tale med lægen": "ask_doctor",
    "taler hellere med lægen": "ask_doctor",
    "jeg vil hellere tale med lægen": "ask_doctor",
    STATES["ask_doctor"].casefold(): "ask_doctor",
    "not_answered": "not_answered",
    "ikke besvaret": "not_answered",
}
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
# The specification's words where the form says it in plainer ones.
OTHER_WORDS: dict[str, dict[str, str]] = {
    "ABO-02": {"graviditet uden for livmoderen eller mola": "ectopic_or_mola"},
    "OPE-01": {"keglesnit": "yes"},
    "OPE-02": {"muskelknude fjernet fra livmoderhalsen": "cervical_fibroid", "anden operation i livmoderen": "other"},
    "OPE-04": {"bypass på mavesækken": "stomach_bypass"},
    "RUS-02": {"smertestillende": "opioids", "sovemedicin/beroligende": "sedatives", "kokain/amfetamin": "stimulants"},
    "SYG-01": {"forhøjet blodtryk": "hypertension"},
    "SYG-02": {"astma eller anden lungesygdom": "lung_disease"},
    "SYG-04": {"gentagne urinvejsinfektioner": "recurrent_uti"},
    "SYG-07": {"rygproblem": "back_problem"},
    "SYG-08": {"blødningssygdom": "bleeding_disorder"},
    "SYG-09": {"leverbetændelse": "hepatitis"},
    "TFO-04": {"graviditetssukkersyge": "gestational_diabetes"},
    "TOB-02": {
        "ja": "yes",
        "stoppet, da jeg blev gravid": "stopped_when_pregnant",
        "stoppet senere i graviditeten": "stopped_later",
    },
    "UND-06": {"neg": "negative", "pos": "positive"},
    "UND-10": {"neg": "negative", "pos": "positive"},
    "UND-12": {"neg": "negative", "pos": "positive"},
}
SETTINGS = ("birth_date", "today", "edition_on", "leads")
BY_REF: dict[str, list[kinds.Placed]] = {}
for _place in CATALOGUE:
    if _place.item.who:
        BY_REF.setdefault(_place.item.ref, []).append(_place)


class BadInput(ValueError):
    """Says which key is wrong and what was expected."""


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
    edition_on = _date(given["edition_on"], "edition_on") if "edition_on" in given else day
    leads = given.get("leads", {})
    if not isinstance(leads, Mapping) or not all(isinstance(lead, str) for lead in leads.values()):
        raise BadInput("leads: et objekt med tekster")
    answers = read_answers(given, day)
    facts = facts_of(answers, born=_birth_date(given))
    return assess(facts, day, edition_on, leads).to_json()


def _day_of(given: Mapping[str, Any], today: date) -> date:
    for key in ("STA-11", "consultation_on", "today"):
        if given.get(key) is not None:
            return _date(given[key], key)
    return today


def _birth_date(given: Mapping[str, Any]) -> date | None:
    if given.get("birth_date") is not None:
        return _date(given["birth_date"], "birth_date")
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
    answer = _answer(item, value, key)
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


def _answer(item: Item, value: Any, key: str) -> Answer:
    if value is None:
        return NOT_ANSWERED
    if isinstance(value, str) and value.strip().casefold() in STATE_WORDS:
        state = STATE_WORDS[value.strip().casefold()]
        return Answer(state)
    return Answer("value", _value(item, value, key))


def _value(item: Item, value: Any, key: str) -> Any:
    kind = item.kind
    match kind:
        case kinds.YesNo() | kinds.One():
            return _option(item, value, key)
        case kinds.Many():
            chosen = value if isinstance(value, list) else [value]
            if item.ref == "ARV-06" and "begge" in (str(one).casefold() for one in chosen):
                chosen = ["mother", "father"]
            keys = {_option(item, one, key) for one in chosen}
            return [option.key for option in item.options if option.key in keys]
        case kinds.Integer():
            return _whole(kind.low, kind.high, value, key)
        case kinds.Decimal():
            return _decimal(kind.low, kind.high, value, key)
        case kinds.Date():
            return _date(value, key).isoformat()
        case kinds.PartialDate():
            return _partial(kind.earliest_year, value, key)
        case kinds.Interval():
            return _interval(item, value, key)
        case kinds.Text() | kinds.LongText():
            if not isinstance(value, str):
                raise BadInput(f"{key}: en tekst")
            return value
        case kinds.Group():
            raise BadInput(f"{key}: en liste")
        case _:
            assert_never(kind)


def _plain(text: str) -> str:
    return re.sub(r"\s*\(.*?\)", "", text).strip(" .?").casefold()


def _option(item: Item, value: Any, key: str) -> str:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, str) and item.option(value):
        return value
    wanted = _plain(str(value))
    wanted = OTHER_WORDS.get(item.ref, {}).get(wanted, wanted)
    if isinstance(value, int) and item.ref == "ALK-04":
        wanted = f"uge {value}"
    labels = {option.key: {option.key.casefold(), *_labels(option)} for option in item.options}
    exact = [option for option, names in labels.items() if wanted in names]
    near = [option for option, names in labels.items() if any(name.startswith(f"{wanted} ") for name in names)]
    for found in (exact, near):
        if len(found) == 1 and wanted:
            return found[0]
    if isinstance(item.kind, kinds.YesNo) and isinstance(value, int) and value >= 0:
        return "yes" if value else "no"  # a number of births or losses
    raise BadInput(f"{key}: en af mulighederne {', '.join(list(labels)[:12])}")


def _labels(option: kinds.Option) -> Iterator[str]:
    yield _plain(option.label)
    if option.clinic_label:
        yield _plain(option.clinic_label)


def _whole(low: int | None, high: int | None, value: Any, key: str) -> int:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"-?\d+(\.0+)?", text):
        raise BadInput(f"{key}: et helt tal")
    number = int(Decimal(text))
    if (low is not None and number < low) or (high is not None and number > high):
        raise BadInput(f"{key}: et helt tal fra {low} til {high}")
    return number


def _decimal(low: str | None, high: str | None, value: Any, key: str) -> str:
    text = str(value).strip().replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise BadInput(f"{key}: et tal") from None
    if isinstance(value, bool) or not number.is_finite():
        raise BadInput(f"{key}: et tal")
    if (low is not None and number < Decimal(low)) or (high is not None and number > Decimal(high)):
        raise BadInput(f"{key}: et tal fra {low} til {high}")
    return text


def _date(value: Any, key: str) -> date:
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value.strip()):
            return date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise BadInput(f"{key}: en dato som 2026-11-24")


def _partial(earliest_year: int, value: Any, key: str) -> str:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        raise BadInput(f"{key}: et år, en måned eller en dato")
    if _date((text + "-01-01")[:10], key).year < earliest_year:
        raise BadInput(f"{key}: tidligst {earliest_year}")
    return text


def _interval(item: Item, value: Any, key: str) -> dict[str, int] | str:
    kind = item.kind
    assert isinstance(kind, kinds.Interval)
    check: Callable[[Any], int] = lambda number: _whole(kind.low, kind.high, number, key)  # noqa: E731
    if isinstance(value, Mapping) and set(value) == {"low", "high"}:
        low, high = check(value["low"]), check(value["high"])
    elif isinstance(value, str) and (match := re.fullmatch(r"(\d+)\s*[-–]\s*(\d+)", value.strip())):
        low, high = check(match[1]), check(match[2])
    elif isinstance(value, str) and not value.strip().isdigit():
        return _option(item, value, key)
    else:
        low = high = check(value)
    if low > high:
        raise BadInput(f"{key}: fra det laveste til det højeste")
    return {"low": low, "high": high}
