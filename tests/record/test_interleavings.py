"""Whatever order people act in: nothing acknowledged disappears, her words are never overwritten, the log is whole."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from forms import CATALOGUE
from svangre.catalogue import Answer
from svangre.record import audit, queries, sealing
from svangre.record.actions import answers, decisions, pregnancies
from svangre.record.base import Base
from svangre.record.chart import VISIBILITIES, Chart
from svangre.record.database import make_engine, make_sessions
from svangre.record.errors import CannotSign, Closed, NoConsent, NotAllowed, NotYours, StaleEdit
from svangre.record.models import AnswerRow, Birthplace, Version
from svangre.record.stages import STAGES
from tests.record.conftest import World, add_clinic, add_user, place

REFUSALS = (CannotSign, Closed, NoConsent, NotAllowed, NotYours, StaleEdit)
ITEMS = ("height_cm", "smokes_now", "hereditary_disease", "consent_to_send")
VALUES = {
    "height_cm": st.integers(140, 200),
    "smokes_now": st.sampled_from(["never", "daily"]),
    "hereditary_disease": st.sampled_from(["yes", "no"]),
    "consent_to_send": st.sampled_from(["yes", "no"]),
}
STATES = st.sampled_from(["not_answered", "unknown", "declines", "ask_doctor"])


@st.composite
def answer_to(draw: st.DrawFn) -> tuple[str, Answer]:
    item_id = draw(st.sampled_from(ITEMS))
    state = draw(st.one_of(st.none(), STATES))
    return item_id, Answer(state) if state else Answer("value", draw(VALUES[item_id]))  # type: ignore[arg-type]


class Record(RuleBasedStateMachine):
    """One record, five people. After each step the invariants must hold."""

    rows = Bundle("rows")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name)
        sealing.install(sealing.create_keys(path / "keys" / "keys.json", demo=True))
        self.engine = make_engine(f"sqlite:///{path / 'svangre.db'}")
        Base.metadata.create_all(self.engine)
        session = make_sessions(self.engine)()
        clinic, other = add_clinic(session, "A", "1001"), add_clinic(session, "B", "1002")
        session.add(Birthplace(id=place(1), name="Nord", sor="2001", has_inbox=True))
        session.add(Birthplace(id=place(2), name="Syd", sor="2002", has_inbox=True))
        session.flush()
        where: dict[str, Any] = {"clinic_id": clinic.id}
        self.world = World(
            session, add_user(session, "doctor", "holm", **where), add_user(session, "doctor", "rask", **where),
            add_user(session, "staff", "lone", **where), add_user(session, "doctor", "fremmed", clinic_id=other.id),
            add_user(session, "midwife", "jord", birthplace_id=place(1)),
            add_user(session, "midwife", "moder", birthplace_id=place(2)),
            add_user(session, "clinic_admin", "admin", **where),
        )  # fmt: skip
        self.said: list[tuple[str, Answer]] = []  # what the clinic can have seen of hers, and so must never go
        self.snapshots: dict[str, Any] = {}
        self.history: list[tuple[str, ...]] = []

    def teardown(self) -> None:
        assert list(audit.verify(self.world.session)) == []
        self.world.session.close()
        self.engine.dispose()
        self.folder.cleanup()

    def _do(self, act: Any) -> Any:
        try:
            return act()
        except REFUSALS:
            return None

    @rule(given=answer_to(), by_staff=st.booleans())
    def she_answers(self, given: tuple[str, Answer], by_staff: bool) -> None:
        viewer = self.world.staff if by_staff else self.world.her
        if self._do(lambda: self.world.save(viewer=viewer, **{given[0]: given[1]})):
            pregnancy = self.world.fresh()
            if pregnancy.submitted_at or pregnancy.fetched_at:
                self.said.append(given)
            if not (by_staff and pregnancy.submitted_at is None and given[1].state == "not_answered"):
                hers = self.world.chart(self.world.her).fields.get((given[0], None))
                assert hers is None or (hers.hers and hers.hers.answer == given[1])

    @rule()
    def she_sends(self) -> None:
        before = self.world.chart(self.world.her)
        if self._do(self.world.submit):
            for item_id in ITEMS:
                hers = before.field(item_id).hers
                if hers and hers.is_draft:
                    self.said.append((item_id, hers.answer))

    @rule()
    def the_clinic_fetches(self) -> None:
        drafts = {item_id: self.world.chart(self.world.her).field(item_id).hers for item_id in ITEMS}
        is_new = not self.world.fresh().submitted_at and not self.world.fresh().fetched_at
        self._do(
            lambda: answers.fetch_form(
                self.world.session, viewer=self.world.doctor, at=self.world.at, pregnancy_id=self.world.id
            )
        )
        if is_new and self.world.fresh().fetched_at:
            self.said += [(item_id, hers.answer) for item_id, hers in drafts.items() if hers]

    @rule(target=rows, parent=st.booleans())
    def a_row(self, parent: bool) -> str:
        return self._do(lambda: self.world.add_row("births", viewer=self.world.doctor if parent else None)) or ""

    @rule(row=rows, back=st.booleans(), by_her=st.booleans())
    def in_and_out(self, row: str, back: bool, by_her: bool) -> None:
        act = answers.restore_row if back else answers.remove_row
        viewer = self.world.her if by_her else self.world.staff
        self._do(
            lambda: act(self.world.session, viewer=viewer, at=self.world.at, pregnancy_id=self.world.id, row_id=row)
        )

    @rule(item_id=st.sampled_from(ITEMS), who=st.sampled_from(["doctor", "staff", "stranger", "midwife"]))
    def accepts(self, item_id: str, who: str) -> None:
        self._do(lambda: self.world.accept(item_id, getattr(self.world, who)))

    @rule(given=answer_to(), who=st.sampled_from(["doctor", "other_doctor", "staff"]), stale=st.booleans())
    def corrects(self, given: tuple[str, Answer], who: str, stale: bool) -> None:
        seen = "somebody-elses" if stale else None
        self._do(lambda: self.world.correct(given[0], given[1], getattr(self.world, who), seen=seen))

    @rule(item_id=st.sampled_from(ITEMS), what=st.sampled_from(["postpone", "undo", "keep"]))
    def decides(self, item_id: str, what: str) -> None:
        self._do(
            lambda: getattr(decisions, what)(
                self.world.session, viewer=self.world.doctor, at=self.world.at, pregnancy_id=self.world.id,
                item_id=item_id,
            )
        )  # fmt: skip

    @rule(item_id=st.sampled_from(ITEMS), to=st.sampled_from(VISIBILITIES), who=st.sampled_from(["doctor", "staff"]))
    def narrows_or_widens(self, item_id: str, to: Any, who: str) -> None:
        before = self._visible(item_id)
        self._do(lambda: self.world.see(item_id, to, getattr(self.world, who)))
        if who == "staff":
            assert VISIBILITIES.index(self._visible(item_id)) <= VISIBILITIES.index(before)

    @rule(reason=st.sampled_from([None, "Rettet"]), to=st.sampled_from([None, place(1), place(2)]))
    def signs(self, reason: str | None, to: str | None) -> None:
        version = self._do(lambda: self.world.sign(reason=reason, birthplace_id=to))
        if version:
            self.snapshots[version.id] = version.snapshot

    @rule(kind=st.sampled_from(["birth", "ended", "moved"]), by_her=st.booleans())
    def ends(self, kind: str, by_her: bool) -> None:
        viewer = self.world.her if by_her else self.world.staff
        self._do(
            lambda: pregnancies.end_pregnancy(
                self.world.session, viewer=viewer, at=self.world.at, pregnancy_id=self.world.id, kind=kind
            )
        )

    @rule()
    def reopens(self) -> None:
        self._do(
            lambda: pregnancies.reopen_pregnancy(
                self.world.session, viewer=self.world.staff, at=self.world.at, pregnancy_id=self.world.id
            )
        )

    def _whole(self) -> Chart:
        return queries.whole_chart(self.world.session, self.world.fresh(), drafts=True)

    def _visible(self, item_id: str) -> Any:
        return self._whole().visibility(CATALOGUE[item_id])

    @invariant()
    def what_the_clinic_could_see_of_hers_is_still_there(self) -> None:
        stored = [
            (row.item_id, Answer(row.content["state"], row.content["value"]))
            for item_id in ITEMS
            for row in self.world.rows(item_id)
            if row.giver == "woman"
        ]
        for one in self.said:
            assert one in stored

    @invariant()
    def from_sending_on_rows_are_only_added(self) -> None:
        pregnancy = self.world.fresh()
        found = [
            (row.id, row.act, row.giver, row.visibility, repr(row.content))
            for row in self.world.session.query(AnswerRow).order_by(AnswerRow.id)
            if row.act != "given" or not row.is_draft or pregnancy.fetched_at
        ]
        if pregnancy.submitted_at or pregnancy.fetched_at:
            assert set(self.history) <= set(found)
            self.history = found

    @invariant()
    def signed_versions_are_as_they_were_signed(self) -> None:
        for version in self.world.session.query(Version).populate_existing():
            assert version.snapshot == self.snapshots[version.id]

    @invariant()
    def staff_and_she_see_nothing_that_is_the_doctors(self) -> None:
        whole = self._whole()
        private = {key for key in whole.fields if whole.visibility(CATALOGUE[key[0]], key[1]) == "gp_only"}
        for viewer in (self.world.staff, self.world.her):
            assert not private & set(self.world.chart(viewer).fields)

    @invariant()
    def the_stage_is_one_that_there_is(self) -> None:
        assert self.world.fresh().stage in STAGES


def test_any_order_of_actions_keeps_what_must_be_kept() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Record,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
