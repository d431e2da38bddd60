"""Every question of the catalogue is asked, stored, reviewed, shown in the consultation and exported (and printed:
`tests/pdf/test_handover.py`).

The charts are generated from the catalogue, so that a question added tomorrow is in this sweep tomorrow.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from forms import CATALOGUE
from svangre.catalogue import Answer, Item
from svangre.fhir.questionnaire import questionnaire
from svangre.record import queries, words
from svangre.record.actions import answers
from svangre.record.chart import Chart, Given
from svangre.record.models import Pregnancy, User
from svangre.web import signed_in
from svangre.web.database import now
from tests.builders import full_chart
from tests.citizen.conftest import Her, her
from tests.pages import CheckedClient, text_of

__all__ = ["her"]

HERS = {placed.item.id for placed in CATALOGUE if placed.item.is_hers and placed.item.kind_name != "group"}
COARSE = "birth_timing"  # asked only when she does not know the week, so that no chart full of values holds it


def _seeds() -> list[int]:
    """As few full charts as together hold every question."""
    held = {seed: {item_id for item_id, _ in full_chart(seed).fields} & HERS for seed in range(1, 40)}
    left, chosen = HERS - {COARSE}, []
    while left:
        best = max(held, key=lambda seed: len(held[seed] & left))
        assert held[best] & left, f"no chart holds {sorted(left)}"
        chosen.append(best)
        left -= held[best]
    return chosen


@pytest.mark.once
@pytest.mark.parametrize("seed", _seeds())
def test_each_question_is_asked_stored_reviewed_and_shown_beside_the_record(her: Her, seed: int) -> None:
    # given a woman who answers everything that she is shown
    full = full_chart(seed)
    phone = her.signed_in()
    rows = _answer(her, full)
    chart = _chart(her)

    # then each answer is stored as it was given
    kept = {(item_id, rows.get(row_id)): hers for item_id, row_id, hers in _hers(full)}
    assert {key: chart.field(*key).hers.answer for key in kept} == {key: one.answer for key, one in kept.items()}

    # and each question stands on her pages and in her review
    asked = _her_pages(phone, chart)
    review = text_of(phone.get("/mit/gennemse"))
    shown = {item.id: item for item, row_id in _her_items(chart)}
    assert {item_id for item_id in shown if f'name="{item_id}-asked"' not in asked} == set()
    alone = {item.id: item.woman or "" for item, row_id in _her_items(chart) if row_id is None}
    assert {item_id for item_id, wording in alone.items() if wording not in review} == set()
    in_rows = {words.row_text(chart, row, to_her=True) for row in chart.all_rows if row.parent is None}
    assert {line for line in in_rows if " ".join(line.split()) not in review} == set()

    # and, once sent, beside the record
    answers.submit(her.session, viewer=her.viewer, at=her.at, pregnancy_id=her.pregnancy_id)
    desk = _desk(her)
    beside = _consultation(desk, her.pregnancy_id, _chart(her))
    assert {item_id for item_id, item in shown.items() if item.clinic not in beside and "gp" in item.who} == set()


def test_the_coarse_time_of_an_earlier_birth_is_asked_when_she_does_not_know_the_week(her: Her) -> None:
    phone = her.signed_in()
    at = her.at
    given = {("given_birth_before", None): Answer("value", "yes")}
    answers.save_answers(her.session, viewer=her.viewer, at=at, pregnancy_id=her.pregnancy_id, answers=given)
    answers.add_row(her.session, viewer=her.viewer, at=at, pregnancy_id=her.pregnancy_id, group="births")
    assert f'name="{COARSE}-asked"' in _her_pages(phone, _chart(her))


def test_each_question_is_exported() -> None:
    form = json.loads(questionnaire(CATALOGUE, "https://svangre.example", "v1"))
    links: set[str] = set()
    stack: list[Any] = [form]
    while stack:
        one = stack.pop()
        links.add(one.get("linkId", ""))
        stack += one.get("item", [])
    assert HERS - links == set()


def _hers(chart: Chart) -> list[tuple[str, str | None, Given]]:
    found = []
    for (item_id, row_id), one in chart.fields.items():
        given = one.hers or one.clinics
        if given and CATALOGUE[item_id].is_hers and CATALOGUE[item_id].kind_name != "group":
            found.append((item_id, row_id, _typeable(given)))
    return found


def _typeable(given: Given) -> Given:
    """Without the control characters that the charts hold on purpose: the pages would have refused them."""
    value = given.answer.value
    if not isinstance(value, str):
        return given
    clean = "".join(sign for sign in value if sign == "\n" or unicodedata.category(sign) != "Cc")
    return replace(given, answer=Answer(given.answer.state, clean))


def _answer(her: Her, full: Chart) -> dict[str | None, str | None]:
    """Stores the chart's rows and answers as hers; returns its row ids → the stored ones."""
    rows: dict[str | None, str | None] = {None: None}
    for row in full.all_rows:
        if CATALOGUE.group(row.group).is_hers:
            rows[row.id] = answers.add_row(
                her.session, viewer=her.viewer, at=her.at, pregnancy_id=her.pregnancy_id, group=row.group,
                parent=rows[row.parent],
            )  # fmt: skip
    given = {(item_id, rows[row_id]): one.answer for item_id, row_id, one in _hers(full) if row_id in rows}
    answers.save_answers(her.session, viewer=her.viewer, at=her.at, pregnancy_id=her.pregnancy_id, answers=given)
    return rows


def _chart(her: Her) -> Chart:
    her.session.rollback()
    pregnancy = her.session.get_one(Pregnancy, her.pregnancy_id, populate_existing=True)
    chart = queries.whole_chart(her.session, pregnancy, drafts=True)
    her.session.rollback()
    return chart


def _her_items(chart: Chart) -> list[tuple[Item, str | None]]:
    return [
        (item, row_id)
        for section in CATALOGUE.sections
        for item, row_id in chart.section_items(section)
        if item.is_hers and item.kind_name != "group" and chart.field(item.id, row_id).hers
    ]


def _her_pages(phone: CheckedClient, chart: Chart) -> str:
    pages = []
    for page in CATALOGUE.her_pages:
        pages.append(phone.get(f"/mit/{page.id}").text)
        groups = {item.id for item in page.items if item.kind_name == "group"}
        for row in chart.all_rows:
            if row.group.split(".")[0] in groups:
                pages += [phone.get(f"/mit/{page.id}/{row.group}/{row.id}?side={side}").text for side in (1, 2, 3)]
    return "\n".join(pages)


def _desk(her: Her) -> CheckedClient:
    desk = her.phone()
    with her.app.test_request_context():
        token = signed_in.start(her.session, user=her.session.get_one(User, her.doctor.id), at=now())
        her.session.commit()
        desk.set_cookie(signed_in.cookie_name("user"), token)
    return desk


def _consultation(desk: CheckedClient, pregnancy_id: str, chart: Chart) -> str:
    texts = []
    for section in CATALOGUE.sections:
        if section.later:
            continue
        texts.append(text_of(desk.get(f"/graviditet/{pregnancy_id}/{section.id}")))
        mine = {item.id for item in section.items}
        for row in [one for one in chart.all_rows if one.group.split(".")[0] in mine]:
            texts.append(text_of(desk.get(f"/graviditet/{pregnancy_id}/{section.id}?raekke={row.id}")))
    return " ".join(texts)
