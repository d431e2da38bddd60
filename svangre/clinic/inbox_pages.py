"""The birth place's inbox: which of the new ones need action, and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, flash, render_template, request

from svangre.clinic.comparing import Change, changes
from svangre.clinic.room import blueprint, to
from svangre.clinic.versions import as_file, message_text
from svangre.pdf.front import Front, front
from svangre.pdf.joined import joined
from svangre.record import documents, inbox, queries, words
from svangre.record.actions import handovers
from svangre.record.chart import Chart
from svangre.record.ids import new_id
from svangre.record.inbox import Received, Which
from svangre.rules.gestation import age_on
from svangre.web.database import db, log_access, now, settings
from svangre.web.signed_in import for_users, viewer

SHOWN: dict[str, Which] = {"mine": "mine", "spurgt": "asked", "kvitteret": "acknowledged"}

NAMED = 3  # changed fields that a row names before it counts
MOST_PRINTED = 40  # a morning's
NOTHING = "Intet fremhævet af klinikken"


@dataclass(frozen=True)
class Row:
    """One handover with the triage fields of its first page."""

    id: str
    name: str
    cpr: str
    sent: str
    level: str
    level_words: str
    weeks: str
    due: str
    cave: bool
    interpreter: str
    is_protected: bool
    action: str
    changed: str
    assigned: str
    number: int
    is_new: bool
    is_asked: bool
    is_acknowledged: bool

    @property
    def icon(self) -> str:
        if self.is_asked:
            return "speech"
        if self.is_acknowledged:
            return "check"
        return "dot" if self.is_new else "mail"


def _rows(received: Sequence[Received]) -> list[Row]:
    names = inbox.names(db(), {one.handover.assigned_to for one in received})
    today = settings().today()
    return [_row(one, today, names) for one in received]


def _row(one: Received, today: date, names: Mapping[str, str]) -> Row:
    chart = queries.version_chart(db(), one.version)
    first = front(chart)
    level = str(chart.for_documents().value("omsorgsniveau") or "")
    at = words.local(one.handover.sent_at)
    return Row(
        id=one.handover.id,
        name=first.name,
        cpr=first.cpr,
        sent=f"i dag {at:%H.%M}" if at.date() == today else f"{at.day}.{at.month}. {at:%H.%M}",
        level=level,
        level_words=first.level.split(": ", 1)[-1],
        weeks=weeks_today(chart, today),
        due=first.due,
        cave=bool(first.cave),
        interpreter=first.language if first.language.startswith("Tolk") else "",
        is_protected=first.is_protected,
        action=_action(first, one),
        changed=_in_short(_changed(one, chart.for_documents())),
        assigned=names.get(one.handover.assigned_to or "", ""),
        number=one.version.number,
        is_new=one.handover.opened_at is None,
        is_asked=one.is_asked,
        is_acknowledged=one.handover.acknowledged_at is not None,
    )


def weeks_today(chart: Chart, today: date) -> str:
    due = (chart.assessment or {}).get("computed", {}).get("due_date")
    return words.weeks_text(age_on(date.fromisoformat(due), today)) if due else "–"


def _action(first: Front, one: Received) -> str:
    """The one line that says what calls for action."""
    if one.version.number > 1 and one.version.reason:
        return f"Version {one.version.number}: {one.version.reason}"
    if first.obstetric.casefold().startswith("ja"):
        return f"Obstetrisk vurdering{first.obstetric[2:]}"
    return first.actions[0].title if first.actions else NOTHING


def _in_short(changed: Sequence[Change]) -> str:
    labels = list(dict.fromkeys(one.label for one in changed))
    more = f" og {len(labels) - NAMED} mere" if len(labels) > NAMED else ""
    return f"Ændret: {', '.join(labels[:NAMED])}{more}" if labels else ""


def _groups(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    to_act = [row for row in rows if row.is_new and (row.action != NOTHING or row.level != "1")]
    to_act.sort(key=lambda row: row.number == 1)  # amended versions on top
    parts = [
        ("Skal handles på", to_act),
        ("Nye uden særlig handling", [row for row in rows if row.is_new and row not in to_act]),
        ("Åbnet, ikke kvitteret", [row for row in rows if not row.is_new and not row.is_acknowledged]),
        ("Kvitteret", [row for row in rows if not row.is_new and row.is_acknowledged]),
    ]
    return [(title, listed) for title, listed in parts if listed]


def _list(which: str) -> dict[str, Any]:
    rows = inbox.received(db(), viewer(), SHOWN.get(which, "open"), before=request.args.get("efter"))
    return {
        "groups": _groups(_rows(rows)),
        "more": rows[-1].handover.id if len(rows) == inbox.PAGE else None,
        "counts": inbox.counts(db(), viewer()),
        "which": which,
        "colleagues": queries.colleagues(db(), viewer()),
        "viewer": viewer(),
    }


@blueprint.get("/indbakke", endpoint="inbox")
@for_users("see_inbox")
def inbox_view() -> str:
    listed = _list(request.args.get("vis", ""))
    log_access(viewer(), "inbox.read", None)
    return render_template("clinic/inbox.html", **listed, open=None)


@dataclass(frozen=True)
class OpenHandover:
    """The handover beside the list."""

    row: Row
    received: Received
    first: Front | None
    births: tuple[str, ...]
    changed: list[Change]
    has_pdf: bool
    thread: list[Any]
    names: dict[str, str]


@blueprint.get("/indbakke/<handover_id>")
@for_users("see_inbox")
def handover_page(handover_id: str) -> str:
    """Before it is opened only its row is shown: opening is a receipt, and is pressed."""
    one = inbox.one(db(), viewer(), handover_id)
    listed = _list(request.args.get("vis", ""))
    log_access(viewer(), "handover.read", one.handover.pregnancy_id, handover=handover_id)
    return render_template("clinic/inbox.html", **listed, open=_opened(one), message_id=new_id())


def _opened(one: Received) -> OpenHandover:
    (row,) = _rows([one])
    if row.is_new:
        return OpenHandover(row, one, None, (), [], False, [], {})
    chart = queries.version_chart(db(), one.version).for_documents()
    thread = inbox.threads(db(), viewer(), [one.handover])[one.handover.id]
    people = {one.version.signed_by, one.handover.acknowledged_by, *(message.by_id for message in thread)}
    births = chart.rows("births") if chart.is_shown(chart.catalogue["births"]) else []
    return OpenHandover(
        row,
        one,
        front(queries.version_chart(db(), one.version)),
        tuple(text for birth in births if (text := words.row_text(chart, birth))),
        _changed(one, chart),
        "handover" in documents.kinds(db(), one.version.id),
        thread,
        inbox.names(db(), people),
    )


def _changed(one: Received, chart: Chart) -> list[Change]:
    """What is different from the version that the unit had before."""
    if one.version.number == 1:
        return []
    earlier = queries.versions(db(), viewer(), one.handover.pregnancy_id)
    before = next((version for version in earlier if version.number < one.version.number), None)
    if before is None:
        return []
    return changes(queries.version_chart(db(), before).for_documents(), chart, sees_private=False)


@blueprint.post("/indbakke/<handover_id>/aabn")
@for_users("see_inbox")
def open_handover(handover_id: str) -> Response:
    """The receipt: the clinic and she can see that it was opened."""
    handovers.open_handover(db(), viewer=viewer(), at=now(), handover_id=handover_id)
    return to("handover_page", "open", handover_id=handover_id)


@blueprint.post("/indbakke/<handover_id>/kvitter")
@for_users("acknowledge")
def acknowledge(handover_id: str) -> Response:
    handovers.acknowledge(db(), viewer=viewer(), at=now(), handover_id=handover_id)
    flash("Kvitteret. Klinikken kan se det.", "done")
    return to("handover_page", "open", handover_id=handover_id)


@blueprint.post("/indbakke/<handover_id>/tildel")
@for_users("acknowledge")
def assign(handover_id: str) -> Response:
    """To a colleague of the unit; an empty choice takes it back."""
    chosen = request.form.get("user") or None
    handovers.assign(db(), viewer=viewer(), at=now(), handover_id=handover_id, user_id=chosen)
    flash("Tildelt." if chosen else "Ikke længere tildelt nogen.", "done")
    return to("handover_page", "open", handover_id=handover_id)


@blueprint.post("/indbakke/udskriv")
@for_users("see_inbox")
def print_handovers() -> Response:
    """The stored documents of those that were chosen, in the order of the list, as one file. Each counts as opened."""
    chosen = [inbox.one(db(), viewer(), one) for one in dict.fromkeys(request.form.getlist("id"))]
    made = documents.kinds_of(db(), [one.version.id for one in chosen])
    waiting = [one for one in chosen if "handover" not in made[one.version.id]]
    if not chosen or waiting or len(chosen) > MOST_PRINTED:
        flash(_why_not_printed(len(chosen), len(waiting)), "wrong")
        return to("inbox")
    content = joined(documents.read(db(), one.version.id, "handover")[0] for one in chosen)
    for one in chosen:
        handovers.open_handover(db(), viewer=viewer(), at=now(), handover_id=one.handover.id)
        log_access(viewer(), "document.read", one.handover.pregnancy_id, handover=one.handover.id, way="print")
    return as_file(content, "application/pdf", "overdragelser.pdf")


def _why_not_printed(chosen: int, waiting: int) -> str:
    if not chosen:
        return "Sæt kryds ved dem, du vil udskrive."
    if waiting:
        return f"{waiting} af dem er ikke lavet som PDF endnu. Prøv igen om et øjeblik."
    return f"Der kan udskrives {MOST_PRINTED} ad gangen. Vælg færre."


@blueprint.post("/indbakke/<handover_id>/spoerg")
@for_users("ask")
def ask(handover_id: str) -> Response:
    text = message_text()
    if text:
        handovers.ask(
            db(), viewer=viewer(), at=now(), handover_id=handover_id, text=text,
            message_id=request.form.get("message_id") or new_id(),
        )  # fmt: skip
        flash("Spørgsmålet er sendt til klinikken.", "done")
    return to("handover_page", "open", handover_id=handover_id)


@blueprint.get("/indbakke/<handover_id>/overdragelse.pdf")
@for_users("see_inbox")
def handover_document(handover_id: str) -> Response:
    one = inbox.one(db(), viewer(), handover_id)
    content, media_type = documents.read(db(), one.version.id, "handover")
    log_access(viewer(), "document.read", one.handover.pregnancy_id, handover=handover_id)
    return as_file(content, media_type, "overdragelse.pdf")


@blueprint.post("/indbakke/soeg")
@for_users("see_inbox")
def search_inbox() -> str:
    text = (request.form.get("soeg") or "").strip()[:100]
    found = inbox.search(db(), viewer(), text)
    rows = _rows(found)
    counts = inbox.counts(db(), viewer())
    db().commit()
    log_access(viewer(), "inbox.search", None, found=len(rows))
    return render_template(
        "clinic/inbox.html", groups=[("Fundet", rows)] if rows else [], more=None, counts=counts, which="soeg",
        viewer=viewer(), open=None, text=text,
    )  # fmt: skip
