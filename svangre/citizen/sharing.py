"""Her summary for a doctor abroad: to show on her own screen, to take as a file, or to share by a link that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

import segno
from flask import Response, redirect, render_template, request, url_for
from markupsafe import Markup

from svangre import translations
from svangre.citizen.blueprint import blueprint
from svangre.fhir import health_link
from svangre.pdf.emergency import facts
from svangre.record import documents, queries
from svangre.record.actions import shares
from svangre.record.errors import NotYours
from svangre.record.models import Share, ShareView, Version
from svangre.web import signed_in
from svangre.web.database import db, log_access, now, settings
from svangre.web.signed_in import viewer


@dataclass(frozen=True)
class Shared:
    """One link of hers as her page shows it; `link` and passcode only while it is open."""

    id: str
    expires_at: datetime
    link: str
    qr: Markup
    passcode: str
    views: list[ShareView]


@blueprint.get("/mit/udlandet")
@signed_in.for_her
def sharing() -> str:
    version = newest()
    views = shares.views(db(), viewer())
    found = [_shared(one, [view for view in views if view.share_id == one.id]) for one in shares.of(db(), viewer())]
    log_access(viewer(), "chart.read", viewer().id, part="share")
    return render_template(
        "citizen/sharing.html",
        version=version,
        is_made="ips" in documents.kinds(db(), version.id),
        open_ones=[one for one in found if one.link],
        ended=[one for one in found if not one.link and one.views],
        days=shares.DAYS,
    )


def _shared(one: Share, views: list[ShareView]) -> Shared:
    if one.secret is None or one.expires_at <= now():
        return Shared(one.id, one.expires_at, "", Markup(), "", views)
    page = f"{settings().address}{url_for('citizen.guest', share_token=one.secret['token'])}"
    link = health_link.link(manifest=f"{page}/manifest", key=one.secret["key"], expires_at=one.expires_at)
    whole = f"{page}#{link}"
    title = translations.say("QR-kode med linket")
    qr = Markup(segno.make(whole, error="l").svg_inline(border=2, omitsize=True, title=title))
    return Shared(one.id, one.expires_at, whole, qr, one.secret["passcode"], views)


def newest() -> Version:
    """
    Raises:
        NotYours: nothing is signed, or the pregnancy has ended.
    """
    versions = queries.versions(db(), viewer(), viewer().id)
    if not versions or queries.pregnancy(db(), viewer(), viewer().id).ended_on:
        raise NotYours
    return versions[0]


@blueprint.post("/mit/udlandet")
@signed_in.for_her
def share() -> Response:
    days = request.form.get("days", "")
    chosen = int(days) if days in {str(one) for one in shares.DAYS} else shares.DAYS[0]
    made = shares.share(
        db(), viewer=viewer(), at=now(), pregnancy_id=viewer().id, days=chosen, key=health_link.new_key()
    )
    return cast(Response, redirect(url_for("citizen.sharing", _anchor=f"s-{made.id}"), 303))


@blueprint.post("/mit/udlandet/<share_id>/stop")
@signed_in.for_her
def stop_sharing(share_id: str) -> Response:
    shares.stop(db(), viewer=viewer(), at=now(), share_id=share_id)
    return cast(Response, redirect(url_for("citizen.sharing"), 303))


@blueprint.get("/mit/udlandet/vis")
@signed_in.for_her
def in_english() -> str:
    """The page of a foreign doctor, on her own screen."""
    version = newest()
    log_access(viewer(), "chart.read", viewer().id, version=version.id)
    return english_page(version, is_hers=True)


def english_page(version: Version, *, is_hers: bool) -> str:
    """What a doctor abroad reads, in English whatever language she has chosen."""
    translations.speak("en")
    chart = queries.version_chart(db(), version)
    return render_template(
        "citizen/summary.html",
        facts=list(facts(chart)),
        version=version,
        clinic=chart.clinic,
        is_protected=chart.identity.is_protected,
        is_hers=is_hers,
        lang="en",
    )
