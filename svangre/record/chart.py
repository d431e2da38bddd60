"""The chart: one pregnancy as people and documents read it. Pure data, from live rows or from a signed snapshot.

Pages, PDF, FHIR and rules read answers through it alone, so that they never disagree about which value counts:
the clinic's value if set, else hers (marked); imported facts only once accepted; hidden answers do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from svangre.catalogue import Answer, Catalogue, Item, Section, Visibility, inside, is_shown, keys_of
from svangre.config import DENMARK
from svangre.record import cpr as cpr_numbers

Giver = Literal["woman", "clinic", "record"]
Status = Literal["open", "accepted", "corrected", "later", "differs", "new_from_her"]

STATUS_WORDS: dict[Status, str] = {
    "open": "Åben",
    "accepted": "Accepteret",
    "corrected": "Rettet",
    "later": "Senere",
    "differs": "Forskellige",
    "new_from_her": "Nyt svar fra hende",
}
VISIBILITIES: tuple[Visibility, ...] = ("gp_only", "clinic_and_her", "shared")


@dataclass(frozen=True)
class Given:
    """An answer as somebody gave it. `by` is the typist's initials and `role` what she or he is in the clinic (doctor,
    staff), both "" when the woman typed it herself. Of what came from the clinic's own record system `source` says who
    wrote it there, and `known_on` from when it is (a date or part of one)."""

    id: str
    answer: Answer
    giver: Giver
    by: str
    at: datetime
    act: str = "given"  # given, accepted, corrected
    is_draft: bool = False
    role: str = ""
    source: str = ""
    known_on: str = ""

    def is_after(self, other: Given) -> bool:
        """Newer by moment or by id: a draft is updated in place, and a clock can be set back. In doubt it is newer, so
        that both are shown."""
        return self.at > other.at or self.id > other.id


@dataclass(frozen=True)
class Row:
    """A row of a repeating group, such as one earlier birth."""

    id: str
    group: str  # path: "births" or "births.children"
    parent: str | None
    giver: Giver
    removed: bool = False
    removed_reason: str | None = None


@dataclass(frozen=True)
class Field:
    """What is known about one item (in one row): hers, the clinic's and the imported value side by side."""

    hers: Given | None = None
    clinics: Given | None = None
    imported: Given | None = None
    postponed: Given | None = None  # "later", if that is the latest decision
    visibility: Visibility | None = None  # None: the item's default

    @property
    def counts(self) -> Given | None:
        return self.clinics or self.hers

    @property
    def status(self) -> Status:
        if self.clinics:
            if self.hers and self.hers.is_after(self.clinics) and self.hers.answer != self.clinics.answer:
                return "new_from_her"
            return "corrected" if self.clinics.act == "corrected" else "accepted"
        if self.postponed:
            return "later"
        if self.imported and self.hers and self.imported.answer != self.hers.answer:
            return "differs"
        return "open"


EMPTY = Field()


@dataclass(frozen=True)
class Identity:
    cpr: str
    name: str
    is_protected: bool = False

    @property
    def cpr_shown(self) -> str:
        return cpr_numbers.shown(self.cpr)

    @property
    def born(self) -> date:
        return cpr_numbers.birth_date(self.cpr)

    def age(self, on: date) -> int:
        return cpr_numbers.age(self.born, on)


@dataclass(frozen=True)
class ClinicInfo:
    name: str
    sor: str
    ydernummer: str
    region: str
    phone: str
    address: str
    is_demo: bool = False
    shows_unverified: bool = False  # the clinic has turned unverified proposals on
    leads: Mapping[str, str] = field(default_factory=dict)  # threshold → source that leads here, where sources disagree


@dataclass(frozen=True)
class Signature:
    """Of a signed version. `signed_on` is the day that "today's week" in documents means."""

    version_id: str
    number: int
    signed_at: datetime
    signed_by: str
    reason: str | None
    without_prf: bool
    form_version: str
    gm_version: str
    rules_edition: str

    @property
    def signed_on(self) -> date:
        return self.signed_at.astimezone(DENMARK).date()


@dataclass(frozen=True)
class Chart:
    pregnancy_id: str
    identity: Identity
    clinic: ClinicInfo
    catalogue: Catalogue = field(repr=False)
    fields: Mapping[tuple[str, str | None], Field] = field(default_factory=dict)
    all_rows: tuple[Row, ...] = ()
    consultation_on: date | None = None
    submitted_at: datetime | None = None
    signature: Signature | None = None
    assessment: Mapping[str, Any] | None = None  # frozen result of the rules, in a signed version
    unused: frozenset[str] = frozenset()  # items that the clinic leaves out while they hold nothing
    handed_over: tuple[str, ...] = ()  # rules whose findings the GP chose to hand over

    def field(self, item_id: str, row_id: str | None = None) -> Field:
        return self.fields.get((item_id, row_id), EMPTY)

    def rows(self, group: str, parent: str | None = None) -> list[Row]:
        """The rows of a group (path) that count, in the order they were added."""
        return [
            row
            for row in self.all_rows
            if row.group == group and (parent is None or row.parent == parent) and not self._is_gone(row)
        ]

    def _is_gone(self, row: Row) -> bool:
        """Removed, offered only, behind a question that is answered so that it opens no rows now, or inside such a
        row."""
        outer = self.row(row.parent) if row.parent else None
        when = self.catalogue.group(row.group).when
        gate = self.in_scope(row.parent)(when.item) if when else None
        is_closed = when is not None and gate is not None and not keys_of(gate) & set(when.any_of)
        return row.removed or self.is_offered(row) or is_closed or (outer is not None and self._is_gone(outer))

    def is_offered(self, row: Row) -> bool:
        """From the clinic's own record system, and nobody has accepted anything in it."""
        items = inside(self.catalogue.group(row.group)) if row.giver == "record" else ()
        return bool(items) and not any(self.field(item.id, row.id).clinics for item in items)

    def offered(self, group: str) -> list[Row]:
        """The rows that wait to be accepted; they count nowhere."""
        return [row for row in self.all_rows if row.group == group and not row.removed and self.is_offered(row)]

    def row(self, row_id: str) -> Row | None:
        return next((row for row in self.all_rows if row.id == row_id), None)

    def in_scope(self, row_id: str | None) -> Callable[[str], Answer | None]:
        """Look-up of the counting answer to another item: in the same row, then in its parents, then outside."""

        def answer_of(item_id: str) -> Answer | None:
            scope: str | None = row_id
            while True:
                given = self.field(item_id, scope).counts
                if given or scope is None:
                    return given.answer if given else None
                row = self.row(scope)
                scope = row.parent if row else None

        return answer_of

    def is_shown(self, item: Item, row_id: str | None = None, *, to_her: bool = False) -> bool:
        if item.id in self.unused and (item.id, row_id) not in self.fields and not self.rows(item.id):
            return False
        row = self.row(row_id) if row_id else None
        if row and self._is_gone(row):
            return False
        return is_shown(item, self.in_scope(row_id), to_her=to_her, item_of=self.catalogue.__getitem__)

    def counting(self, item_id: str, row_id: str | None = None) -> Given | None:
        """The given answer that counts, with its state; None when not asked, removed or hidden."""
        given = self.field(item_id, row_id).counts
        if given is None or not self.is_shown(self.catalogue[item_id], row_id):
            return None
        return given

    def value(self, item_id: str, row_id: str | None = None) -> Any:
        """The counting value, or None in every other state."""
        given = self.counting(item_id, row_id)
        return given.answer.value if given else None

    def visibility(self, item: Item, row_id: str | None = None) -> Visibility:
        return self.field(item.id, row_id).visibility or item.visibility

    def may_leave(self, item: Item, row_id: str | None = None) -> bool:
        """Whether the answer may stand in documents: shared, by default or released one by one."""
        return self.visibility(item, row_id) == "shared"

    def for_documents(self) -> Chart:
        """The chart without what may not leave: private answers and, with protected address, contact details."""
        hidden = PROTECTED_ITEMS if self.identity.is_protected else frozenset()
        kept = {
            (item_id, row_id): one
            for (item_id, row_id), one in self.fields.items()
            if item_id not in hidden and self.may_leave(self.catalogue[item_id], row_id)
        }
        return replace(self, fields=kept)

    def for_her(self) -> Chart:
        """The chart without what is the clinic's alone."""
        kept = {
            key: one for key, one in self.fields.items() if self.visibility(self.catalogue[key[0]], key[1]) != "gp_only"
        }
        return replace(self, fields=kept)

    def section_items(self, section: Section, *, to_her: bool = False) -> Iterator[tuple[Item, str | None]]:
        """Every shown item of a section with its row, in catalogue order; a group item stands before its rows."""
        for item in section.items:
            if item.status == "active" and self.is_shown(item, to_her=to_her):
                yield item, None
                yield from self._row_items(item, item.id, None, to_her)

    def _row_items(
        self, group_item: Item, path: str, parent: str | None, to_her: bool
    ) -> Iterator[tuple[Item, str | None]]:
        children = inside(group_item)
        for row in self.rows(path, parent) if children else ():
            for item in children:
                if item.status == "active" and self.is_shown(item, row.id, to_her=to_her):
                    yield item, row.id
                    yield from self._row_items(item, f"{path}.{item.id}", row.id, to_her)

    def to_json(self) -> dict[str, Any]:
        """A snapshot: everything but the catalogue, as JSON values."""
        return {
            "pregnancy_id": self.pregnancy_id,
            "identity": asdict(self.identity),
            "clinic": asdict(self.clinic),
            "fields": [
                {"item": item_id, "row": row_id, **{k: _plain(v) for k, v in vars(one).items() if v is not None}}
                for (item_id, row_id), one in self.fields.items()
            ],
            "rows": [asdict(row) for row in self.all_rows],
            "consultation_on": self.consultation_on and self.consultation_on.isoformat(),
            "submitted_at": self.submitted_at and self.submitted_at.isoformat(),
            "signature": self.signature and _plain(self.signature),
            "assessment": self.assessment,
            "handed_over": list(self.handed_over),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any], catalogue: Catalogue) -> Chart:
        """The chart of a snapshot, read with the catalogue of its form version."""
        signature = stored["signature"]
        return cls(
            pregnancy_id=stored["pregnancy_id"],
            identity=Identity(**stored["identity"]),
            clinic=ClinicInfo(**stored["clinic"]),
            catalogue=catalogue,
            fields={(one["item"], one["row"]): _field(one) for one in stored["fields"]},
            all_rows=tuple(Row(**row) for row in stored["rows"]),
            consultation_on=date.fromisoformat(stored["consultation_on"]) if stored["consultation_on"] else None,
            submitted_at=datetime.fromisoformat(stored["submitted_at"]) if stored["submitted_at"] else None,
            signature=signature
            and Signature(**{**signature, "signed_at": datetime.fromisoformat(signature["signed_at"])}),
            assessment=stored["assessment"],
            handed_over=tuple(stored["handed_over"]),
        )


# Never leave the clinic's own pages when name and address are protected.
PROTECTED_ITEMS = frozenset(
    {"address", "temporary_address", "phone", "work_phone", "email", "next_of_kin_name", "next_of_kin_relation",
     "next_of_kin_phone"}
)  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Given):
        return {**vars(value), "answer": vars(value.answer), "at": value.at.isoformat()}
    if isinstance(value, Signature):
        return {**vars(value), "signed_at": value.signed_at.isoformat()}
    return value


def _field(stored: Mapping[str, Any]) -> Field:
    def given(name: str) -> Given | None:
        one = stored.get(name)
        return one and Given(**{**one, "answer": Answer(**one["answer"]), "at": datetime.fromisoformat(one["at"])})

    return Field(given("hers"), given("clinics"), given("imported"), given("postponed"), stored.get("visibility"))
