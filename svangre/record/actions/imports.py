"""What a clinic's own record system knows, laid beside her answers: nothing counts before somebody accepts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms import CATALOGUE
from svangre.catalogue import Answer
from svangre.policy import Viewer
from svangre.record import audit, queries
from svangre.record.actions.transaction import require, transaction
from svangre.record.chart import Chart
from svangre.record.errors import Closed, WrongPatient
from svangre.record.forms import FORM_VERSION
from svangre.record.imported import UNNAMED, Fact, FactRow, Facts
from svangre.record.models import AnswerRow, GroupRow, Import, Pregnancy, Woman


@transaction
def import_facts(
    session: Session, *, viewer: Viewer, at: datetime, pregnancy_id: str, facts: Facts, by_user: bool = True
) -> int:
    """Adds what is not here already, and returns how many facts that is. The same import again adds nothing, also when
    somebody has accepted, corrected or taken out what came with the first. `by_user`: False when a system sent it.

    Raises:
        WrongPatient: about somebody else. Closed: the pregnancy has ended.
    """
    require(viewer, "import")
    pregnancy = queries.pregnancy(session, viewer, pregnancy_id, lock=True)
    if pregnancy.ended_on:
        raise Closed
    if session.get_one(Woman, pregnancy.woman_id).cpr != facts.cpr:
        raise WrongPatient
    typed_by, source = viewer.id if by_user else None, facts.source or UNNAMED
    chart = queries.whole_chart(session, pregnancy, drafts=True)
    fields = [fact for fact in facts.fields if _is_new(chart, fact)]
    for fact in fields:
        _add(session, pregnancy, at, typed_by, source, {fact.item_id: fact.answer}, fact.known_on, None)
    rows = list(_new_rows(chart, facts))
    for one in rows:
        row = GroupRow(pregnancy_id=pregnancy_id, group_path=one.group, giver="record", created_at=at)
        session.add(row)
        session.flush()
        _add(session, pregnancy, at, typed_by, source, one.answers, one.known_on, row.id)
    known = {text for one in receipts(session, pregnancy_id) for text in one.content["texts"]}
    texts = [text for text in dict.fromkeys(facts.texts) if text not in known]
    count = len(fields) + len(rows) + len(texts)
    if count:
        content = {"source": source, "count": count, "texts": texts, "left_out": list(facts.left_out)}
        session.add(Import(pregnancy_id=pregnancy_id, by_id=typed_by, at=at, content=content))
        pregnancy.touch(at)
    audit.write(session, viewer=viewer, at=at, action="import", pregnancy_id=pregnancy_id, count=count)
    return count


def receipts(session: Session, pregnancy_id: str) -> list[Import]:
    """The imports of a pregnancy that the caller may see, newest first."""
    query = select(Import).where(Import.pregnancy_id == pregnancy_id).order_by(Import.id.desc())
    return list(session.scalars(query))


def _is_new(chart: Chart, fact: Fact) -> bool:
    """Neither here already nor older than what is: an older measurement does not take the place of a newer one."""
    known = chart.field(fact.item_id).imported
    if known is None:
        return True
    return known.answer != fact.answer and not (fact.known_on and fact.known_on < known.known_on)


def _new_rows(chart: Chart, facts: Facts) -> Iterator[FactRow]:
    """The rows whose content no imported row has, taken out or not."""
    contents: dict[str, dict[str, Answer]] = {row.id: {} for row in chart.all_rows if row.giver == "record"}
    for (item_id, row_id), one in chart.fields.items():
        if row_id in contents and one.imported:
            contents[row_id][item_id] = one.imported.answer
    here = {_key(row.group, contents[row.id]) for row in chart.all_rows if row.id in contents}
    for new in facts.rows:
        key = _key(new.group, new.answers)
        if key not in here:
            here.add(key)
            yield new


def _key(group: str, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    return (group, *sorted(f"{item_id}={answer.value}" for item_id, answer in answers.items()))


def _add(
    session: Session,
    pregnancy: Pregnancy,
    at: datetime,
    typed_by: str | None,
    source: str,
    answers: Mapping[str, Answer],
    known_on: str,
    row_id: str | None,
) -> None:
    for item_id, answer in answers.items():
        session.add(
            AnswerRow(
                pregnancy_id=pregnancy.id,
                item_id=item_id,
                row_id=row_id,
                act="given",
                giver="record",
                typed_by=typed_by,
                at=at,
                visibility=CATALOGUE[item_id].visibility,
                form_version=FORM_VERSION,
                content=asdict(answer) | {"source": source, "known_on": known_on},
            )
        )
