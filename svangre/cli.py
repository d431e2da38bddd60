"""Commands. `codebook`, `rulebook` and `assess` need neither database nor keys: JSON alone on stdout, exit 2 on bad
input."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import cast

import click
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from forms import CATALOGUE
from svangre.catalogue import codebook
from svangre.config import Settings
from svangre.national.regions import REGIONS
from svangre.policy import CLINIC_ROLES


def register(app: Flask) -> None:
    """Adds the commands to `flask --app app`."""
    for command in (
        _codebook,
        _rulebook,
        _assess,
        _translations,
        _serve,
        _work,
        _migrate,
        _export_demo,
        _keys,
        _audit,
        _clinic,
        _user,
        _client,
        _backup,
        _restore,
        _doctor,
    ):
        app.cli.add_command(command)

    global _app, _settings
    _app, _settings = app, cast(Settings, app.extensions["settings"])


_app: Flask
_settings: Settings


def _session() -> Session:
    return cast("sessionmaker[Session]", _app.extensions["write"])()


@click.command("codebook")
@click.option("--format", "form", type=click.Choice(["html", "csv", "json"]), default="html")
def _codebook(form: str) -> None:
    """The catalogue of questions, for review and for machines."""
    if form == "json":
        click.echo(json.dumps(codebook.codebook(CATALOGUE), ensure_ascii=False, indent=1))
    else:
        click.echo(codebook.to_csv(CATALOGUE) if form == "csv" else codebook.to_html(CATALOGUE), nl=form == "html")


@click.command("rulebook")
@click.option("--format", "form", type=click.Choice(["html", "json"]), default="html")
def _rulebook(form: str) -> None:
    """The clinical rules with thresholds, sources, editions and examples."""
    from svangre.rules import rulebook

    click.echo(
        json.dumps(rulebook.rulebook_json(), ensure_ascii=False, indent=1)
        if form == "json"
        else rulebook.rulebook_html()
    )


@click.command("assess")
@click.argument("file", type=click.Path(path_type=Path))
def _assess(file: Path) -> None:
    """The clinical core on one object of answers, or a list of them."""
    from svangre.record.assess_input import assess_json

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        click.echo(json.dumps(assess_json(json.loads(text), _settings.today()), ensure_ascii=False, indent=1))
    except (OSError, ValueError, RecursionError) as error:
        click.echo(f"{type(error).__name__}: {error}", err=True)
        sys.exit(2)


@click.group("translations")
def _translations() -> None:
    """Her languages: files of translated texts."""


@_translations.command("extract")
def _translations_extract() -> None:
    """Brings the files in svangre/translations up to the templates, the code and the questions."""
    from svangre import texts

    texts.extract()


@_translations.command("check")
def _translations_check() -> None:
    """Lists what is missing, obsolete or reads the same; exit 1 when a language is not offered for it."""
    from svangre import texts

    lines = list(texts.report())
    click.echo("\n".join(lines) or "Every language is complete.")
    sys.exit(bool(lines))


@click.command("serve")
@click.option("--without-worker", is_flag=True, help="the worker runs as a service of its own")
def _serve(without_worker: bool) -> None:
    """Migrates, loads the demo into an empty demo, and serves."""
    from svangre import serve

    serve.run(_app, with_worker=not without_worker)


@click.command("work")
@click.option("--beside", is_flag=True, hidden=True, help="ends with the process that started it")
@click.option("--once", is_flag=True, help="until nothing is due")
def _work(beside: bool, once: bool) -> None:
    """The worker alone: delivers the outbox and makes documents until stopped."""
    from svangre import serve

    serve.work(_app, is_beside=beside, once=once)


@click.command("migrate")
def _migrate() -> None:
    """Brings the database to the present schema."""
    from svangre import serve

    serve.prepare(_app)
    click.echo("Databasen er opdateret.")


@click.command("export-demo")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def _export_demo(folder: Path) -> None:
    """Every document of each signed demo woman, from demo data of its own."""
    from svangre.export_demo import export

    export(folder, _settings)


@click.group("keys")
def _keys() -> None:
    """The key file."""


@_keys.command("create")
def _keys_create() -> None:
    """Makes the key file of a real installation; never over an old one."""
    from svangre.factory import key_path
    from svangre.record import sealing

    path = key_path(_settings)
    try:
        sealing.create_keys(path, demo=False)
    except FileExistsError:
        raise click.ClickException(f"{path} findes allerede og røres ikke.") from None
    click.echo(f"{path} er lavet. Gem en kopi et sikkert sted: uden den kan intet læses.")


@click.group("audit")
def _audit() -> None:
    """The access log."""


@_audit.command("verify")
def _audit_verify() -> None:
    """Follows the chain of the access log; exit 1 and a line a fault when it is broken."""
    from sqlalchemy.exc import SQLAlchemyError

    from svangre.record import audit
    from svangre.record.sealing import KeyProblem

    try:
        with _session() as session:
            faults = audit.verify_lines(session)
    except (SQLAlchemyError, KeyProblem) as error:
        raise click.ClickException(f"Loggen kan ikke læses ({type(error).__name__}). Kør: flask doctor") from None
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)
    click.echo("Adgangsloggen er hel.")


@_audit.command("anchor")
def _audit_anchor() -> None:
    """Notes the newest row anew, knowingly: on a new machine, or when audit.head is lost. Look at the log first."""
    from svangre.record import audit

    with _session() as session:
        audit.anchor(session, at=_settings.now())
    click.echo("Den nyeste linje er noteret.")


@click.group("clinic")
def _clinic() -> None:
    """Clinics."""


@_clinic.command("create")
@click.option("--name", required=True)
@click.option("--sor", required=True)
@click.option("--ydernummer", required=True)
@click.option("--region", required=True, type=click.Choice(list(REGIONS)))
@click.option("--phone", required=True)
@click.option("--address", required=True)
def _clinic_create(name: str, sor: str, ydernummer: str, region: str, phone: str, address: str) -> None:
    """The first clinic of a real installation; prints its id."""
    from svangre.access.accounts import create_clinic

    with _session() as session:
        clinic = create_clinic(
            session,
            at=_settings.now(),
            name=name,
            sor=sor,
            ydernummer=ydernummer,
            region=region,
            phone=phone,
            address=address,
        )
        click.echo(clinic.id)


@_clinic.command("set")
@click.argument("clinic_id")
@click.option("--unverified/--no-unverified", default=False, help="show proposals that no source confirms")
@click.option("--lead", multiple=True, metavar="THRESHOLD=SOURCE", help="which source leads where sources disagree")
def _clinic_set(clinic_id: str, unverified: bool, lead: tuple[str, ...]) -> None:
    """A clinic's choices about the rules; without options back to the defaults."""
    from svangre.policy import Viewer
    from svangre.record import clinic_settings

    program = Viewer(id="program", role="clinic_admin", name="Programmet", clinic_id=clinic_id)
    leads = {key: source for key, _, source in (one.partition("=") for one in lead)}
    try:
        with _session() as session:
            clinic_settings.change(
                session, viewer=program, at=_settings.now(), clinic_id=clinic_id, shows_unverified=unverified,
                leads=leads,
            )  # fmt: skip
    except clinic_settings.BadChoice as error:
        raise click.ClickException(str(error)) from None
    click.echo("Valgt.")


@click.group("client")
def _client() -> None:
    """Clinics' own systems."""


@_client.command("create")
@click.option("--clinic", required=True, help="id of the clinic")
@click.option("--name", required=True)
@click.argument("key", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def _client_create(clinic: str, name: str, key: Path) -> None:
    """A system that signs in with the private half of KEY, a public key as JWK; prints its client_id."""
    from svangre.exchange.keys import BadKey, read_public_key
    from svangre.policy import Viewer
    from svangre.record.actions import clients
    from svangre.record.errors import NotYours

    program = Viewer(id="program", role="clinic_admin", name="Programmet", clinic_id=clinic)
    try:
        public = read_public_key(key.read_text(encoding="utf-8"))
        with _session() as session:
            made = clients.create_client(session, viewer=program, at=_settings.now(), name=name, public_key=public)
            click.echo(made.id)
    except (BadKey, UnicodeError) as error:
        raise click.ClickException(str(error)) from None
    except NotYours:
        raise click.ClickException("Der er ingen klinik med det id.") from None


@_client.command("disable")
@click.argument("client_id")
def _client_disable(client_id: str) -> None:
    """Lets a system in no more."""
    from svangre.policy import Viewer
    from svangre.record.actions import clients
    from svangre.record.models import Client

    with _session() as session:
        found = session.get(Client, client_id)
        if found is None:
            raise click.ClickException("Der er intet system med det id.")
        program = Viewer(id="program", role="clinic_admin", name="Programmet", clinic_id=found.clinic_id)
        clients.disable_client(session, viewer=program, at=_settings.now(), client_id=client_id)
    click.echo("Lukket.")


@click.group("user")
def _user() -> None:
    """Users."""


@_user.command("create")
@click.option("--clinic", help=f"id of the clinic, for {', '.join(CLINIC_ROLES)}")
@click.option("--birthplace", help="SOR number of the birth place, for midwife")
@click.option("--role", required=True, type=click.Choice([*CLINIC_ROLES, "midwife"]))
@click.option("--username", required=True)
@click.option("--name", required=True)
@click.option("--initials", required=True)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def _user_create(
    clinic: str | None, birthplace: str | None, role: str, username: str, name: str, initials: str, password: str
) -> None:
    """A user with a local account; the password is asked for, never an argument of a script's log."""
    from svangre.access.accounts import BadAccount, create_user

    try:
        with _session() as session:
            create_user(
                session,
                at=_settings.now(),
                clinic_id=clinic,
                birthplace_sor=birthplace,
                role=role,
                username=username,
                name=name,
                initials=initials,
                password=password,
            )
    except BadAccount as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{username} er oprettet.")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def _backup(file: Path) -> None:
    """Everything but the keys in one encrypted file, while the service runs; prints its SHA-256."""
    from svangre.record import sealing
    from svangre.record.backup import BackupProblem, backup

    try:
        click.echo(f"{backup(_settings, sealing.keyring(), file)}  {file}")
    except (BackupProblem, sealing.KeyProblem, OSError) as error:
        raise click.ClickException(str(error)) from None


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def _restore(file: Path) -> None:
    """Puts a backup into a DATA_DIR that holds nothing but keys/."""
    from svangre.record import sealing
    from svangre.record.backup import BackupProblem, restore

    try:
        restore(_settings, sealing.keyring(), file)
    except (BackupProblem, sealing.KeyProblem, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo("Sikkerhedskopien er lagt på plads. Kontrollér den med: flask audit verify")


@click.command("doctor")
def _doctor() -> None:
    """Checks the set-up: a line for each thing to mend; exit 1 when there is one."""
    from svangre import doctor

    found = doctor.examine(_app)
    for line in found:
        click.echo(line)
    if found:
        sys.exit(1)
    click.echo("Alt ser ud, som det skal.")
