"""Two pregnancies of one woman, opened by mistake: seen side by side, and made one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, flash, render_template, request

from svangre.clinic.progress import all_standings
from svangre.clinic.room import Opened, blueprint, open_record, to
from svangre.clinic.side import Strip, strip
from svangre.record import queries, words
from svangre.record.actions import merging
from svangre.record.errors import NotYours
from svangre.record.stages import STAGES
from svangre.web.database import db, log_access, now
from svangre.web.signed_in import for_users, viewer


@dataclass(frozen=True)
class Side:
    """One of the two, as far as it takes to choose."""

    id: str
    head: Strip
    stage: str
    made: str
    hers: int
    done: int
    versions: int


def _side(found: Opened) -> Side:
    standings = all_standings(found.chart, sees_private=found.sees_private)
    return Side(
        id=found.pregnancy.id,
        head=strip(found),
        stage=STAGES[found.pregnancy.stage],
        made=words.date_text(words.local(found.pregnancy.created_at).date()),
        hers=sum(one.hers is not None for one in found.chart.fields.values()),
        done=sum(one.done for one in standings),
        versions=len(queries.versions(db(), viewer(), found.pregnancy.id)),
    )


@blueprint.get("/graviditet/<pregnancy_id>/saml")
@for_users("create_pregnancy")
def merge_page(pregnancy_id: str) -> Response | str:
    other_id = request.args.get("med", "")
    found = [open_record(pregnancy_id)]
    if other_id and other_id != pregnancy_id:
        found.append(open_record(other_id))
    if len(found) < 2 or not all(one.is_open for one in found):
        return to("appointment", pregnancy_id=pregnancy_id)
    for one in found:
        log_access(viewer(), "chart.read", one.pregnancy.id, part="merge")
    return render_template("clinic/merge.html", sides=[_side(one) for one in found], viewer=viewer())


@blueprint.post("/graviditet/<pregnancy_id>/saml")
@for_users("create_pregnancy")
def merge(pregnancy_id: str) -> Response:
    queries.pregnancy(db(), viewer(), pregnancy_id)
    both = {pregnancy_id, request.form.get("other", "")}
    kept = request.form.get("kept", "")
    if not kept or kept not in both:
        flash("Vælg, hvilket forløb der skal bestå.", "wrong")
        return to("merge_page", pregnancy_id=pregnancy_id, med=request.form.get("other"))
    if len(both) < 2:
        raise NotYours
    count = merging.merge(
        db(), viewer=viewer(), at=now(), pregnancy_id=kept, other_id=next(iter(both - {kept}))
    )  # fmt: skip
    flash(f"Forløbene er samlet. {count} svar er bragt over; det andet forløb er lukket og kan stadig læses.", "done")
    return to("appointment", pregnancy_id=kept)
