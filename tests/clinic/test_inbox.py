"""A midwife's morning: who takes which handover, all of them on paper in one go, and what a correction changes."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from pypdf import PdfReader, PdfWriter
from sqlalchemy import select

from svangre.pdf.joined import joined
from svangre.record import documents
from svangre.record.actions import decisions, handovers, signing
from svangre.record.errors import NotYours
from svangre.record.models import AuditEntry, Handover, User, Version
from tests.clinic.conftest import AT, HERS, World
from tests.pages import CheckedClient, text_of

SignIn = Callable[[str], CheckedClient]


def paper(*widths: int) -> bytes:
    """A document with a page of each width."""
    writer, written = PdfWriter(), io.BytesIO()
    for width in widths:
        writer.add_blank_page(width, 100)
    writer.write(written)
    return written.getvalue()


def widths(pdf: bytes) -> list[int]:
    return [int(page.mediabox.width) for page in PdfReader(io.BytesIO(pdf)).pages]


def hand_over(world: World, pregnancy_id: str | None = None, *, pdf: bytes | None = None, **more: str) -> str:
    """A signed version to the northern unit, and its id there."""
    version = signing.sign(
        world.session, viewer=world.viewer("holm"), at=AT, pregnancy_id=pregnancy_id or world.pregnancy_id,
        gm_version="0.1.0", prf_is_complete=True, birthplace_id=world.birthplaces["nord"], **more,
    )  # fmt: skip
    if pdf:
        documents.store(world.session, at=AT, version_id=version.id, made={"handover": pdf})
    found = world.session.scalars(select(Handover.id).where(Handover.version_id == version.id)).one()
    world.session.rollback()
    return found


def blood_group(world: World) -> None:
    """Comes after the first version."""
    decisions.correct(
        world.session, viewer=world.viewer("holm"), at=AT + timedelta(minutes=1), pregnancy_id=world.pregnancy_id,
        item_id="rhd", answer=decisions.Answer("value", "negative"),
    )  # fmt: skip


def logged(world: World, action: str) -> list[str]:
    world.session.rollback()
    rows = world.session.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.seq))
    found = [row.detail for row in rows]
    world.session.rollback()
    return found


@pytest.fixture
def colleague(world: World) -> str:
    user = User(
        username="rikke", role="midwife", name="Testperson rikke", initials="RI", password_hash="-",
        birthplace_id=world.birthplaces["nord"],
    )  # fmt: skip
    world.session.add(user)
    world.session.commit()
    return user.id


def test_a_handover_is_given_to_a_colleague_and_taken_back(
    world: World, midwife: CheckedClient, colleague: str
) -> None:
    one = hand_over(world)
    opened = midwife.submit(midwife.get(f"/indbakke/{one}"), form="open-it")
    given = midwife.submit(opened, {"user": colleague}, form="assign")
    assert "Tildelt." in text_of(given)
    assert "Testperson rikke" in text_of(given).split("Testperson Nanna Berggreen", 1)[1]
    assert logged(world, "handover.assign") == [f'{{"handover": "{one}", "to": "{colleague}"}}']
    taken = midwife.submit(given, {"user": ""}, form="assign")
    assert "Ikke længere tildelt nogen" in text_of(taken)
    assert logged(world, "handover.assign")[-1] == f'{{"handover": "{one}", "to": null}}'


def test_what_is_mine_is_a_list_of_its_own(world: World, midwife: CheckedClient, colleague: str) -> None:
    mine, theirs = hand_over(world), hand_over(world, world.new("0203915556", "Testperson Karla", HERS))
    for one, to in ((mine, world.viewer("ida").id), (theirs, colleague)):
        handovers.assign(world.session, viewer=world.viewer("ida"), at=AT, handover_id=one, user_id=to)
    listed = text_of(midwife.get("/indbakke?vis=mine"))
    assert "Nanna" in listed
    assert "Karla" not in listed


def test_only_a_colleague_of_the_unit_can_be_chosen(world: World) -> None:
    one = hand_over(world)
    for to in ("else", "holm"):
        with pytest.raises(NotYours):
            handovers.assign(
                world.session, viewer=world.viewer("ida"), at=AT, handover_id=one, user_id=world.viewer(to).id
            )


def test_a_new_version_stays_with_who_had_the_one_before(world: World, colleague: str) -> None:
    first = hand_over(world)
    handovers.assign(world.session, viewer=world.viewer("ida"), at=AT, handover_id=first, user_id=colleague)
    blood_group(world)
    second = hand_over(world, reason="Rettet")
    assert world.session.get_one(Handover, second).assigned_to == colleague


def test_those_that_are_chosen_are_one_file_in_the_order_of_the_list_and_count_as_opened(
    world: World, midwife: CheckedClient
) -> None:
    # given three of which two are chosen
    first = hand_over(world, pdf=paper(110, 111))
    second = hand_over(world, world.new("0203915556", "Testperson Karla", HERS), pdf=paper(120))
    third = hand_over(world, world.new("0404905559", "Testperson Sofia", HERS), pdf=paper(130, 131))
    # when
    page = midwife.get("/indbakke")
    printed = midwife.submit(page, {"id": [third, second]}, form="print")
    # then the odd number of pages has its empty back
    assert printed.mimetype == "application/pdf"
    assert widths(printed.data) == [130, 131, 120, 120]
    read = " ".join(logged(world, "document.read"))
    assert [one in read for one in (first, second, third)] == [False, True, True]
    assert len(logged(world, "handover.open")) == 2
    assert world.session.get_one(Handover, first).opened_at is None


def test_nothing_chosen_or_not_made_yet_is_said_and_nothing_is_opened(world: World, midwife: CheckedClient) -> None:
    one = hand_over(world)
    page = midwife.get("/indbakke")
    assert "Sæt kryds" in text_of(midwife.submit(page, {"id": []}, form="print"))
    assert "1 af dem er ikke lavet som PDF endnu" in text_of(midwife.submit(page, {"id": [one]}, form="print"))
    assert logged(world, "handover.open") == []


def test_another_units_handover_is_not_printed(world: World, sign_in: SignIn) -> None:
    one = hand_over(world, pdf=paper(100))
    other = sign_in("else")
    token = other.get("/indbakke").text.split('name="csrf_token" value="')[1].split('"')[0]
    assert other.post("/indbakke/udskriv", data={"csrf_token": token, "id": [one]}).status_code == 404


def test_a_correction_says_in_the_list_what_changed(world: World, midwife: CheckedClient) -> None:
    hand_over(world)
    blood_group(world)
    hand_over(world, reason="Blodtype er kommet")
    assert "Version 2: Blodtype er kommet Ændret: Rhesustype (RhD)" in text_of(midwife.get("/indbakke"))


def test_the_clinics_list_says_how_far_it_has_come(world: World, midwife: CheckedClient, doctor: CheckedClient) -> None:
    one = hand_over(world)
    assert "24.11., ikke åbnet" in text_of(doctor.get("/arbejdsliste"))
    opened = midwife.submit(midwife.get(f"/indbakke/{one}"), form="open-it")
    assert "24.11., åbnet 24.11." in text_of(doctor.get("/arbejdsliste"))
    midwife.submit(opened, form="acknowledge")
    assert "Kvitteret24.11." in text_of(doctor.get("/arbejdsliste"))


def test_pages_of_one_woman_never_begin_on_the_back_of_anothers() -> None:
    assert widths(joined([paper(1), paper(2, 3), paper(4)])) == [1, 1, 2, 3, 4, 4]


def test_the_notice_to_the_unit_says_nothing_of_her(world: World) -> None:
    from svangre.record import messages

    hand_over(world)
    assert world.session.scalars(select(Version)).all()
    for text in (messages.SUBJECT_OF_HANDOVER, messages.HANDOVER):
        assert not {"gravid", "Nanna", "kvinde", "svanger"} & {word.casefold() for word in text.split()}
