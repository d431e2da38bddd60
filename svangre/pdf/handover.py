"""The handover: the document that a midwife trusts. One signed version of a chart, as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from svangre.pdf.charts import series
from svangre.pdf.front import front
from svangre.pdf.render import render
from svangre.pdf.sections import chapters, in_rows, mark_of
from svangre.record import words
from svangre.record.chart import Chart

NO_ATTACHMENTS: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True)
class Planned:
    """One line of the plan: a visit, test or vaccine that has its time."""

    what: str
    weeks: str
    when: str
    who: str


def handover_pdf(
    chart: Chart,
    *,
    birthplace: str,
    previous: Chart | None = None,
    attachments: Mapping[str, bytes] = NO_ATTACHMENTS,
) -> bytes:
    """The handover of a signed chart.

    Args:
        chart: the whole signed version; what may not leave the clinic is left out here
        birthplace: name of the place that it is handed to
        previous: the version before, when this one amends it: what changed is marked
        attachments: file name to content (FHIR as JSON), embedded as the source of the document
    """
    signature = chart.signature
    if signature is None:
        raise ValueError("only a signed version is handed over")
    leaving = chart.for_documents()
    return render(
        "handover.html",
        at=words.local(signature.signed_at),
        attachments={name: ("Svangrejournalen som data (FHIR)", content) for name, content in attachments.items()},
        front=front(chart),
        chapters=chapters(chart, previous),
        in_rows=in_rows,
        plan=list(plan(chart)),
        series=list(series(leaving)),
        her_mark=mark_of(leaving.field("what_matters")),
        marks={mark_of(one) for one in leaving.fields.values()},
        birthplace=birthplace,
        clinic=chart.clinic,
        signature=signature,
        signed=f"{words.moment_text(signature.signed_at)}",
        previous=previous.signature if previous else None,
        consultation=words.date_text(chart.consultation_on) if chart.consultation_on else None,
        first_answers=words.date_text(words.local(chart.submitted_at).date()) if chart.submitted_at else None,
    )


def plan(chart: Chart) -> Iterator[Planned]:
    """Visits, scans, tests and vaccines of the frozen assessment whose time is not over on the day of signing."""
    if chart.signature is None or chart.assessment is None:
        return
    signed_on = words.local(chart.signature.signed_at).date()
    for one in chart.assessment["computed"].get("timeline", ()):
        if one["kind"] == "supplement" or not one["window"]:
            continue
        first, last = (date.fromisoformat(day) for day in one["window"])
        if last >= signed_on:
            what = f"{one['what']} ({one['note']})" if one.get("note") else one["what"]
            yield Planned(what, one["weeks"].removeprefix("uge "), words.span_text(first, last), one["who"])
