"""Whatever is written is written with its row in the access log, or not at all."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import LargeBinary, select

from forms import CATALOGUE
from svangre.access import accounts
from svangre.catalogue import Answer
from svangre.record import actions, audit, documents, findings
from svangre.record.actions import (
    answers,
    decisions,
    handovers,
    her_questions,
    imports,
    invitations,
    merging,
    pregnancies,
    shares,
    signing,
)
from svangre.record.base import Base
from svangre.record.ids import new_id
from svangre.record.imported import Fact, FactRow, Facts
from svangre.record.models import AuditEntry, GroupRow
from tests.record.conftest import CPR, World, place

SECTION = CATALOGUE.places["hereditary_disease"].section.id


def common(world: World, viewer: str = "doctor") -> dict[str, Any]:
    return {"viewer": getattr(world, viewer), "at": world.at, "pregnancy_id": world.id}


def sent(world: World) -> str:
    """A handover, as far as the birth place."""
    return signing.hand_over(
        world.session, viewer=world.doctor, at=world.at, version_id=world.sign().id, birthplace_id=place(1)
    ).id


def submitted(world: World) -> World:
    world.save(height_cm=168, hereditary_disease="no")
    world.submit()
    return world


Act = Callable[[], Any]


def _removed(w: World) -> Act:
    row = w.add_row("births")
    answers.remove_row(w.session, row_id=row, **common(w))
    return lambda: answers.restore_row(w.session, row_id=row, **common(w))


def _added(w: World) -> Act:
    row = w.add_row("births")
    return lambda: answers.remove_row(w.session, row_id=row, **common(w))


def _invited(w: World) -> Act:
    w.invite()
    return lambda: invitations.revoke_invitation(w.session, **common(w))


def _ended(w: World) -> Act:
    pregnancies.end_pregnancy(w.session, kind="birth", **common(w))
    return lambda: pregnancies.reopen_pregnancy(w.session, **common(w))


def _twice_open(w: World) -> Act:
    other = w.create("0203915556")
    return lambda: merging.merge(w.session, other_id=other.id, **common(w))


def _newer(w: World) -> Act:
    submitted(w).accept("height_cm")
    w.save(height_cm=169)
    return lambda: decisions.keep(w.session, item_id="height_cm", **common(w))


def _decided(w: World) -> Act:
    w.correct("height_cm", 1)
    return lambda: decisions.undo(w.session, item_id="height_cm", **common(w))


def _batch(w: World) -> Act:
    batch, _ = decisions.accept_row(w.session, keys=[("height_cm", None)], **common(submitted(w)))
    return lambda: decisions.undo_batch(w.session, batch=batch, **common(w))


ROW = FactRow("medicines", {"medicine_name": Answer("value", "Levothyroxin")})
FACTS = Facts(CPR, "Lægerne Testgade", (Fact("height_cm", Answer("value", 168)),), (ROW,))


def _imported(w: World) -> Act:
    imports.import_facts(w.session, facts=FACTS, **common(w))
    row = w.session.scalars(select(GroupRow.id)).one()
    return lambda: decisions.accept_imported_row(w.session, row_id=row, **common(w))


def _handover(w: World, what: str) -> Act:
    handover, viewer = sent(w), w.doctor if what == "reply" else w.midwife
    more = {"text": "?", "message_id": new_id()} if what in ("ask", "reply") else {}
    more |= {"user_id": w.midwife.id} if what == "assign" else {}
    return lambda: getattr(handovers, what)(w.session, handover_id=handover, viewer=viewer, at=w.at, **more)


def _send(w: World) -> Act:
    version = w.sign()
    return lambda: signing.hand_over(
        w.session, viewer=w.doctor, at=w.at, version_id=version.id, birthplace_id=place(1)
    )  # fmt: skip


def _share(w: World) -> Any:
    return shares.share(w.session, viewer=w.her, at=w.at, pregnancy_id=w.id, days=7, key="k")


def _signed_share(w: World) -> Act:
    w.sign()
    return lambda: _share(w)


def _stop(w: World) -> Act:
    w.sign()
    made = _share(w)
    return lambda: shares.stop(w.session, viewer=w.her, at=w.at, share_id=made.id)


def _store(w: World) -> Act:
    version = w.sign()
    return lambda: documents.store(w.session, at=w.at, version_id=version.id, made={"prf": b"{}"})


def _after_submission(act: Callable[[World], Any]) -> Callable[[World], Act]:
    def prepare(w: World) -> Act:
        submitted(w)
        return lambda: act(w)

    return prepare


# For each action: prepares what it needs, and gives the call. An action without a line here fails.
DO: dict[str, Callable[[World], Act]] = {
    "pregnancies.create_pregnancy": lambda w: lambda: w.create("0203915556"),
    "pregnancies.move_appointment": lambda w: lambda: pregnancies.move_appointment(
        w.session, visit_on=None, visit_time=None, doctor_id=None, **common(w)
    ),
    "pregnancies.correct_identity": lambda w: lambda: pregnancies.correct_identity(
        w.session, cpr_number="0203915556", name="Ny", is_protected=True, **common(w)
    ),
    "pregnancies.end_pregnancy": lambda w: lambda: pregnancies.end_pregnancy(w.session, kind="birth", **common(w)),
    "pregnancies.reopen_pregnancy": _ended,
    "merging.merge": _twice_open,
    "invitations.invite": lambda w: lambda: w.invite(sms_to="20123456"),
    "invitations.revoke_invitation": _invited,
    "answers.save_answers": lambda w: lambda: w.save(height_cm=168),
    "answers.add_row": lambda w: lambda: w.add_row("births"),
    "answers.remove_row": _added,
    "answers.restore_row": _removed,
    "answers.submit": lambda w: lambda: w.submit(),
    "answers.fill_draft": lambda w: lambda: answers.fill_draft(
        w.session, given={"height_cm": Answer("value", 168)}, today=date(2026, 11, 24), **common(w, "staff")
    ),
    "her_questions.write": lambda w: lambda: her_questions.write(
        w.session, viewer=w.her, at=w.at, pregnancy_id=w.id, text="Må jeg flyve?"
    ),
    "answers.fetch_form": lambda w: lambda: answers.fetch_form(w.session, **common(w)),
    "decisions.accept": _after_submission(lambda w: w.accept("height_cm")),
    "decisions.correct": lambda w: lambda: w.correct("height_cm", 170),
    "decisions.postpone": lambda w: lambda: decisions.postpone(w.session, item_id="height_cm", **common(w)),
    "decisions.undo": _decided,
    "decisions.keep": _newer,
    "decisions.accept_unremarkable": _after_submission(
        lambda w: decisions.accept_unremarkable(w.session, section_id=SECTION, **common(w))
    ),
    "decisions.accept_row": _after_submission(
        lambda w: decisions.accept_row(w.session, keys=[("height_cm", None)], **common(w))
    ),
    "decisions.undo_batch": _batch,
    "decisions.accept_imported_row": _imported,
    "imports.import_facts": lambda w: lambda: imports.import_facts(w.session, facts=FACTS, **common(w, "staff")),
    "decisions.set_visibility": lambda w: lambda: w.see("height_cm", "gp_only"),
    "decisions.mark_read": _after_submission(lambda w: decisions.mark_read(w.session, **common(w))),
    "signing.sign": lambda w: lambda: w.sign(),
    "signing.hand_over": _send,
    **{f"handovers.{what}": lambda w, what=what: _handover(w, what)
       for what in ("open_handover", "acknowledge", "assign", "ask", "reply")},
    "findings.handle": lambda w: lambda: findings.handle(w.session, finding="R3.early", act="done", **common(w)),
    "documents.store": _store,
    "shares.share": _signed_share,
    "shares.stop": _stop,
    "accounts.create_clinic": lambda w: lambda: accounts.create_clinic(
        w.session, at=w.at, name="N", sor="9", ydernummer="1", region="sjaelland", phone="1", address="A"
    ),
    "accounts.create_user": lambda w: lambda: accounts.create_user(
        w.session, at=w.at, role="staff", username="ny", name="Ny", initials="NY", password="a long password",
        clinic_id=w.staff.clinic_id,
    ),
}  # fmt: skip
MODULES = [import_module(f"svangre.record.actions.{one.name}") for one in pkgutil.iter_modules(actions.__path__)]
DELIVERIES = {"deliveries.send_again", "deliveries.give_up"}  # in tests/clinic/test_deliveries.py

SYSTEMS = {
    "clients.create_client",
    "clients.disable_client",
    "clients.sign_in_client",
}  # in tests/access/test_systems.py
ADMINISTRATION = {  # in tests/access/test_administration.py
    f"accounts.{name}"
    for name in (
        "add_birthplace", "change_birthplace", "change_clinic", "change_password", "disable_user", "enable_user",
        "hand_over_cases", "reset_password",
    )
}  # fmt: skip


def all_actions() -> set[str]:
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in (*MODULES, findings, documents, accounts)
        for name, one in vars(module).items()
        if inspect.isfunction(one) and hasattr(one, "__wrapped__") and one.__module__ == module.__name__
    }


def test_every_action_is_looked_at_here() -> None:
    assert all_actions() - DELIVERIES - SYSTEMS - ADMINISTRATION == set(DO)


def stored(world: World) -> dict[str, list[Any]]:
    """Everything but what is sealed, whose bytes differ each time."""
    world.session.rollback()
    return {
        table.name: sorted(
            map(repr, world.session.execute(select(*(c for c in table.c if not isinstance(c.type, LargeBinary)))))
        )
        for table in Base.metadata.sorted_tables
    }


@pytest.mark.parametrize("name", sorted(DO))
def test_what_it_writes_stands_in_the_log(world: World, name: str) -> None:
    act = DO[name](world)
    before, log = stored(world), len(world.log())
    act()
    after = stored(world)  # rolls back what it had not committed by itself
    assert {table for table in before if before[table] != after[table]} > {"audit"}
    entries = world.session.scalars(select(AuditEntry).where(AuditEntry.seq > log)).all()
    assert {entry.actor for entry in entries} <= {world.doctor.id, world.staff.id, world.midwife.id, "woman", "program"}
    assert list(audit.verify(world.session)) == []


@pytest.mark.parametrize("name", sorted(DO))
def test_without_its_row_in_the_log_it_leaves_nothing(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    act = DO[name](world)
    before = stored(world)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr(audit, "write", fail)
    with pytest.raises(RuntimeError, match="log"):
        act()
    assert stored(world) == before
