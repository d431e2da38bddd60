"""`flask export-demo`: every document of each signed demo woman, for reviewers and validators."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from svangre import demo, worker
from svangre.config import Settings
from svangre.fhir.documents import make_documents
from svangre.fhir.mhd import iti65
from svangre.fhir.questionnaire import questionnaire
from svangre.fhir.response import questionnaire_response
from svangre.national import BUILDS
from svangre.record import migrate, queries, sealing
from svangre.record.database import make_engine, make_sessions
from svangre.record.models import Pregnancy, Version

FILES = {
    "prf": "prf.json", "pscr": "pscr.json", "pmr": "pmr.json", "handover": "handover.pdf", "ips": "ips.json",
    "emergency": "emergency.pdf",
}  # fmt: skip


def export(folder: Path, settings: Settings) -> None:
    """Writes one folder a woman, named by her demo key; `missing.json` says why a document is absent."""
    with tempfile.TemporaryDirectory() as temporary:
        own = replace(settings, data_dir=Path(temporary), database_url="", demo=True, key_file=None)
        sealing.install(sealing.create_keys(own.data_dir / "keys" / "keys.json", demo=True))
        engine = make_engine(own.database)
        migrate.upgrade(engine)
        with make_sessions(engine)() as session:
            demo.load(session, own)
            for pregnancy in session.scalars(select(Pregnancy)).all():
                version = session.scalar(
                    select(Version).where(Version.pregnancy_id == pregnancy.id).order_by(Version.number.desc()).limit(1)
                )
                if version and pregnancy.demo_key:
                    target = folder / pregnancy.demo_key
                    target.mkdir(parents=True, exist_ok=True)
                    basis = worker.gather(session, version)
                    made = worker.make(basis)
                    for name, content in {**{FILES[kind]: made[kind] for kind in made}, **_other(basis, own)}.items():
                        (target / name).write_bytes(content)
                    (target / "missing.json").write_text(_missing(session, version), encoding="utf-8")
        engine.dispose()


def _other(basis: worker.Basis, settings: Settings) -> dict[str, bytes]:
    """What the same version also gives: form, her response, document metadata."""
    chart, address = basis.chart, settings.address
    form_version = chart.signature.form_version if chart.signature else ""
    bundles = make_documents(chart, BUILDS[basis.gm_version], basis.places).bundles
    return {
        "questionnaire.json": questionnaire(chart.catalogue, address, form_version),
        "questionnaire-response.json": questionnaire_response(chart, address, form_version),
        **({"iti65.json": iti65(chart, bundles)} if bundles else {}),
    }


def _missing(session: Session, version: Version) -> str:
    made = make_documents(queries.version_chart(session, version), BUILDS[version.gm_version])
    reasons = {kind.lower(): [vars(one) for one in missing] for kind, missing in made.missing.items()}
    return json.dumps(reasons, ensure_ascii=False, indent=1)
