"""Charts for tests, from the catalogue: `chart_with` says exactly what is known, the others fill it by a seed.

chart_with(height_cm=168, births=[{"birth_year": "2019", "children": [{"child_sex": "girl"}]}])
full_chart(7)    every item that is shown has a value
random_chart(7)  values, all five other states, private answers and extremes, mixed
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from forms import CATALOGUE
from svangre import catalogue as kinds
from svangre.catalogue import Answer, Catalogue, Item, inside
from svangre.record.chart import Chart, ClinicInfo, Field, Given, Identity, Row, Signature

TODAY = date(2026, 11, 24)
SIGNED_AT = datetime(2026, 11, 24, 9, 45, tzinfo=UTC)
VERSION_ID = "01939f00-0000-7000-8000-000000000001"
PREGNANCY_ID = "01939f00-0000-7000-8000-0000000000aa"
CLINIC = ClinicInfo(
    name="Lægerne Havnegade",
    sor="123451000016001",
    ydernummer="091034",
    region="midtjylland",
    phone="86 12 34 56",
    address="Havnegade 1, 8000 Aarhus C",
    is_demo=True,
)
IDENTITY = Identity(cpr="0102933334", name="Amalie Sofie Holm")
NOT_ANSWERED, UNKNOWN = Answer("not_answered"), Answer("unknown")
DECLINES, ASK_DOCTOR = Answer("declines"), Answer("ask_doctor")

# Answers that PRF needs, so that a test names only what it is about.
PRF_COMPLETE: dict[str, Any] = {
    "hereditary_disease": "no",
    "malformations_in_family": "no",
    "consanguinity": "no",
    "fertility_treatment": "no",
    "height_cm": 168,
    "weight_before_kg": "64.5",
    "wants_risk_assessment": "yes",
    "wants_first_trimester_scan": "yes",
    "wants_second_trimester_scan": "yes",
    "mental_illness": "no",
    "social_vulnerability": "no",
    "somatic_disease": "no",
    "relevant_surgery": "no",
    "interpreter_needed": "no",
}


def chart_with(
    values: Mapping[str, Any] | None = None,
    *,
    catalogue: Catalogue = CATALOGUE,
    identity: Identity = IDENTITY,
    clinic: ClinicInfo = CLINIC,
    released: tuple[str, ...] = (),
    computed: Mapping[str, Any] | None = None,
    is_signed: bool = True,
    **more: Any,
) -> Chart:
    """A chart with these answers and no others. A value is a plain value or an `Answer` (UNKNOWN …); a group is a list
    of rows. Items in `released` are shared although private by default."""
    fields: dict[tuple[str, str | None], Field] = {}
    rows: list[Row] = []
    for item_id, value in {**(values or {}), **more}.items():
        _put(catalogue, catalogue[item_id], value, None, "", fields, rows)
    for item_id in released:
        for key in [key for key in fields if key[0] == item_id]:
            fields[key] = replace(fields[key], visibility="shared")
    chart = Chart(
        pregnancy_id=PREGNANCY_ID,
        identity=identity,
        clinic=clinic,
        catalogue=catalogue,
        fields=fields,
        all_rows=tuple(rows),
        consultation_on=TODAY,
        submitted_at=SIGNED_AT - timedelta(days=2),
    )
    return signed(chart, computed) if is_signed else chart


def signed(chart: Chart, computed: Mapping[str, Any] | None = None) -> Chart:
    """The chart as a signed version."""
    signature = Signature(
        version_id=VERSION_ID,
        number=1,
        signed_at=SIGNED_AT,
        signed_by="Mette Bjerre",
        reason=None,
        without_prf=False,
        form_version="test",
        gm_version="0.1.0",
        rules_edition="test",
    )
    return replace(chart, signature=signature, assessment={"computed": dict(computed or {}), "findings": []})


def _put(
    catalogue: Catalogue,
    item: Item,
    value: Any,
    row: str | None,
    path: str,
    fields: dict[tuple[str, str | None], Field],
    rows: list[Row],
) -> None:
    if inside(item):
        group = f"{path}.{item.id}" if path else item.id
        for content in value:
            one = Row(id=f"row-{len(rows) + 1:04}", group=group, parent=row, giver="woman")
            rows.append(one)
            for child_id, child_value in content.items():
                _put(catalogue, catalogue[child_id], child_value, one.id, group, fields, rows)
        return
    answer = value if isinstance(value, Answer) else Answer("value", value)
    is_hers = item.is_hers and not _is_clinics(item, answer)
    given = Given(
        id=f"answer-{len(fields) + 1:05}",
        answer=answer,
        giver="woman" if is_hers else "clinic",
        by="" if is_hers else "MB",
        at=SIGNED_AT - timedelta(days=2 if is_hers else 0, minutes=5),
    )
    fields[item.id, row] = Field(hers=given) if is_hers else Field(clinics=given)


def _is_clinics(item: Item, answer: Answer) -> bool:
    """Whether only the clinic can have given it: an option or state that she is not offered."""
    if answer.state not in ("value", "not_answered", *item.ways_out):
        return True
    return any(option.clinic_only and option.key in kinds.keys_of(answer) for option in item.options)


TEXTS = (
    "Metformin 500 mg", "Æbler, øl og ål – 2 × dagligt", "Ja", "\"citat\" & <b>fed</b> 'x'", "مرحبا، أنا حامل",
    "👶🏽 håb", "linje 1\nlinje 2", "x\x07y\u200f", "0", "'; DROP TABLE answer;--",
)  # fmt: skip


class Filler:
    def __init__(self, seed: int, catalogue: Catalogue, *, only_values: bool) -> None:
        self.random = random.Random(seed)
        self.catalogue = catalogue
        self.only_values = only_values
        self.opens: dict[str, set[str]] = {}
        for placed in catalogue:
            if placed.item.when:
                self.opens.setdefault(placed.item.when.item, set()).update(placed.item.when.any_of)

    def fill(self) -> dict[str, Any]:
        items = [placed.item for placed in self.catalogue if placed.group is None and placed.item.status == "active"]
        return self._fill(items, {})

    def _fill(self, items: list[Item], outer: Mapping[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for item in items:
            if not item.who and not inside(item):
                continue
            if item.when and not self._is_open(item, {**outer, **values}):
                continue
            if inside(item):
                most = min(item.kind.most, 3) if isinstance(item.kind, kinds.Group) else 0
                count = self.random.randint(1 if self.only_values else 0, most)
                values[item.id] = [self._fill(list(inside(item)), {**outer, **values}) for _ in range(count)]
            else:
                values[item.id] = self._answer(item)
        return values

    def _is_open(self, item: Item, known: Mapping[str, Any]) -> bool:
        assert item.when
        if item.when.only_for_her:
            return True
        value = known.get(item.when.item, NOT_ANSWERED)
        answer = value if isinstance(value, Answer) else Answer("value", value)
        return bool(kinds.keys_of(answer) & set(item.when.any_of))

    def _answer(self, item: Item) -> Any:
        states = (NOT_ANSWERED, UNKNOWN, DECLINES, ASK_DOCTOR)
        if not self.only_values and self.random.random() < 0.25:
            return self.random.choice(states)
        return self.value_of(item)

    def value_of(self, item: Item) -> Any:
        pick, kind = self.random, item.kind
        keys = [option.key for option in item.options]
        opening = [key for key in keys if key in self.opens.get(item.id, ())]
        match kind:
            case kinds.YesNo() | kinds.One():
                return pick.choice(opening if opening and pick.random() < 0.6 else keys)
            case kinds.Many():
                excluding = [option.key for option in item.options if option.excludes]
                if excluding and pick.random() < 0.1:
                    return [pick.choice(excluding)]
                free = [key for key in keys if key not in excluding]
                some = set(pick.sample(free, pick.randint(1, min(len(free), 4))))
                return [key for key in keys if key in some]
            case kinds.Text(look="cpr"):
                return "0203915556"
            case kinds.Text(look="tel"):
                return "+4512345678"
            case kinds.Text(look="email"):
                return "amalie@example.dk"
            case kinds.Text(max_length=most) | kinds.LongText(max_length=most):
                text = "å" * most if pick.random() < 0.03 else pick.choice(TEXTS)[:most]
                return text.replace("\n", " ") if isinstance(kind, kinds.Text) else text
            case kinds.Integer(low=low, high=high):
                low, high = low or 0, 300 if high is None else high
                return pick.choice((low, high, pick.randint(low, high)))
            case kinds.Decimal(low=low, high=high):
                return f"{pick.randint(int(low or 0), int(high or 300) - 1)}.{pick.randint(0, 9)}"
            case kinds.Date():
                days = pick.randint(-60, -35) if kind.past else pick.randint(0, 200)
                return (TODAY + timedelta(days=days)).isoformat()
            case kinds.PartialDate():
                return pick.choice(("2019", "2021-03", "2024-02-29", "2026"))
            case kinds.Interval(low=low, high=high):
                first = pick.randint(low or 0, high or 90)
                return pick.choice(({"low": first, "high": first}, {"low": first, "high": high or 90}, *keys[:1]))
            case kinds.Group():
                raise AssertionError("groups are filled row by row")


COMPUTED: dict[str, Any] = {
    "due_date": "2027-07-03", "due_date_method": "lmp", "gestational_age_days": 59, "gestational_age": "8+3",
    "gravidity": 2, "parity": 1, "bmi": "22.9", "tweak_points": 3,
}  # fmt: skip


def later_values(place: str = "Skejby", catalogue: Catalogue = CATALOGUE) -> dict[str, Any]:
    """Every item of the visits after the first (places by name), and the national pregnancy id."""
    filler = Filler(1, catalogue, only_values=True)
    later = [placed.item for placed in catalogue if placed.item.status == "later"]
    values = {item.id: _first_value(item) or filler.value_of(item) for item in later if item.who}
    places = dict.fromkeys(("planned_birthplace", "health_visitor_organization"), place)
    return {**values, **places, "pregnancy_episode_id": "4528a5b3-f633-4cc1-8231-38cc09f38ca2"}


def _first_value(item: Item) -> Any:
    return item.options[0].key if isinstance(item.kind, kinds.One) else None


def full_chart(seed: int = 1, catalogue: Catalogue = CATALOGUE) -> Chart:
    """Every item that is shown has a value; what is private stays private."""
    return chart_with(Filler(seed, catalogue, only_values=True).fill(), catalogue=catalogue, computed=COMPUTED)


def released_chart(seed: int = 1, catalogue: Catalogue = CATALOGUE) -> Chart:
    """As `full_chart`, with everything private released."""
    chart = full_chart(seed, catalogue)
    return replace(chart, fields={key: replace(one, visibility="shared") for key, one in chart.fields.items()})


def random_chart(seed: int, catalogue: Catalogue = CATALOGUE, *, is_sendable: bool = False) -> Chart:
    """Values and all other states mixed, now and then protected, a replacement number, or something released.

    `is_sendable`: with all that the national documents need.
    """
    filler = Filler(seed, catalogue, only_values=False)
    needed = {**PRF_COMPLETE, "consent_to_send": "yes"} if is_sendable else {}
    chart = chart_with(filler.fill() | needed, catalogue=catalogue, computed=COMPUTED)
    fields = {
        key: replace(one, visibility=filler.random.choice(("shared", "clinic_and_her", "gp_only")))
        if filler.random.random() < 0.1 and key[0] not in needed
        else one
        for key, one in chart.fields.items()
    }
    cpr = filler.random.choice(
        ("0102933334", "2912004565", "3107915559", "0102931AB2", "6102933334")[: 5 - is_sendable]
    )
    identity = Identity(cpr, filler.random.choice(("Åse Øst", "Li", "Ana María del Río")), seed % 7 == 0)
    return replace(chart, fields=fields, identity=identity)
