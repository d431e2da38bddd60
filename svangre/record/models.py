"""The tables. Personal columns are sealed (`Sealed` over a LargeBinary column); clear columns are only those that lists
sort and filter by. Rows of `audit`, `version`, `document` are only ever added, those of `answer`
from the day that she has sent her form: until then a draft is replaced in its place.

`svangre.record.data_map` classifies every column; a test fails for one that is not there.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import flag_modified

from svangre.record.base import Base, table
from svangre.record.sealing import Sealed


class Clinic(Base):
    __tablename__ = "clinic"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    sor: Mapped[str]
    ydernummer: Mapped[str]
    region: Mapped[str]  # hovedstaden, sjaelland, syddanmark, midtjylland, nordjylland
    phone: Mapped[str]
    address: Mapped[str]
    hours: Mapped[str] = mapped_column(default="")
    is_demo: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[str] = mapped_column(default="{}")  # JSON, read by `clinic_settings`


class Birthplace(Base):
    """A birth place (SOR unit): with a unit inbox here when it has users, otherwise reached another way."""

    __tablename__ = "birthplace"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    sor: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(default="")  # of the unit, for notices without health content
    has_inbox: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)


class User(Base):
    """Clinic and birth place staff. Roles: doctor, staff, midwife, clinic_admin, operator."""

    __tablename__ = "user_account"
    id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    clinic_id: Mapped[str | None] = mapped_column(ForeignKey("clinic.id"), index=True)
    birthplace_id: Mapped[str | None] = mapped_column(ForeignKey("birthplace.id"), index=True)
    username: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    name: Mapped[str]
    initials: Mapped[str]
    disabled_at: Mapped[datetime | None]


class SignIn(Base):
    """One sign-in of a user, of a woman (then `pregnancy_id`) or of a clinic's own system. The cookie, or the system's
    request, carries a token; only its hash is here."""

    __tablename__ = "sign_in"
    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    pregnancy_id: Mapped[str | None] = mapped_column(ForeignKey("pregnancy.id"))
    client_id: Mapped[str | None] = mapped_column(ForeignKey("client.id"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Client(Base):
    """A clinic's own system, known by its public key (JWK)."""

    __tablename__ = "client"
    id: Mapped[str] = mapped_column(primary_key=True)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id"), index=True)
    name: Mapped[str]
    public_key: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class UsedAssertion(Base):
    """What a system has signed in with once: it is no proof a second time. `subject` is a keyed hash."""

    __tablename__ = "used_assertion"
    subject: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]


class Attempt(Base):
    """Tries at a code or password, counted across restarts and processes. `subject` is a keyed hash."""

    __tablename__ = "attempt"
    __table_args__ = table(Index("ix_attempt_subject_at", "subject", "at"))
    id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    at: Mapped[datetime]


class Woman(Base):
    """Who she is to one clinic: the legal identity. Contact details are answers."""

    __tablename__ = "woman"
    __table_args__ = table(UniqueConstraint("clinic_id", "cpr_index"))
    id: Mapped[str] = mapped_column(primary_key=True)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id"))
    cpr_index: Mapped[str] = mapped_column(index=True)
    _cpr: Mapped[bytes] = mapped_column("cpr")
    _name: Mapped[bytes] = mapped_column("name")
    is_protected: Mapped[bool] = mapped_column(default=False)  # protected name and address
    cpr = Sealed()
    name = Sealed()


class Pregnancy(Base):
    """One pregnancy (graviditetsforløb) at one clinic, with what lists sort and filter by in clear columns."""

    __tablename__ = "pregnancy"
    __table_args__ = table(
        Index("ix_pregnancy_clinic_visit", "clinic_id", "ended_on", "visit_on", "id"),
        Index("ix_pregnancy_clinic_due", "clinic_id", "ended_on", "due_on", "id"),
        Index("ix_pregnancy_clinic_stage", "clinic_id", "stage"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    woman_id: Mapped[str] = mapped_column(ForeignKey("woman.id"), index=True)
    clinic_id: Mapped[str] = mapped_column(ForeignKey("clinic.id"))
    doctor_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    version: Mapped[int] = mapped_column(default=1)  # counts every change: the page asks whether it has moved
    stage: Mapped[str] = mapped_column(default="created")  # see svangre.record.stages
    language: Mapped[str] = mapped_column(default="da")
    visit_on: Mapped[date | None]
    visit_time: Mapped[str | None] = mapped_column(String(5))
    due_on: Mapped[date | None]
    due_method: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]  # the clinic took over a half-finished form, with her there
    has_news: Mapped[bool] = mapped_column(default=False)  # answers that the clinic has not opened
    alert_seen_at: Mapped[datetime | None]
    ended_on: Mapped[date | None]
    end_kind: Mapped[str | None]  # ended (she said so or loss), birth, moved, merged (opened by mistake)
    demo_key: Mapped[str | None]
    _questions: Mapped[bytes | None] = mapped_column("questions")
    questions = Sealed()  # what she wants to ask at the next visit, in her words; not a part of the record
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    def touch(self, at: datetime) -> None:
        """Something in the record has changed: the counter moves on, also twice in one moment."""
        self.changed_at = at
        flag_modified(self, "changed_at")


class Invitation(Base):
    """Her link (hash) and the short code apart from it (hash). The clear pair is kept sealed until she has claimed it,
    so that staff can show it again; then it is wiped."""

    __tablename__ = "invitation"
    id: Mapped[str] = mapped_column(primary_key=True)
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str]
    _secret: Mapped[bytes | None] = mapped_column("secret")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    secret = Sealed()  # {"token": str, "code": str}


class GroupRow(Base):
    """A row of a repeating group: an earlier birth, a child of it, a medicine. Removal is an answer row."""

    __tablename__ = "group_row"
    id: Mapped[str] = mapped_column(primary_key=True)
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    group_path: Mapped[str]  # "births", "births.children"
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("group_row.id"))
    giver: Mapped[str]
    created_at: Mapped[datetime]


class AnswerRow(Base):
    """One answer or decision. Until she submits her latest draft of an item is one row, updated; afterwards rows are
    only added. `act`: given (hers or imported), accepted, corrected, later, undone, visibility, removed, restored.
    """

    __tablename__ = "answer"
    __table_args__ = table(Index("ix_answer_pregnancy_item", "pregnancy_id", "item_id"))
    id: Mapped[str] = mapped_column(primary_key=True)
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    item_id: Mapped[str]
    row_id: Mapped[str | None] = mapped_column(ForeignKey("group_row.id"))
    act: Mapped[str]
    giver: Mapped[str]  # woman, clinic, record
    typed_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))  # None: she typed it herself
    at: Mapped[datetime]
    is_draft: Mapped[bool] = mapped_column(default=False)
    visibility: Mapped[str]
    refers_to: Mapped[str | None]  # the answer that was accepted or corrected
    batch: Mapped[str | None]  # decisions made as one (bulk accept), undone as one
    form_version: Mapped[str]
    _content: Mapped[bytes] = mapped_column("content")
    content = Sealed()  # {"state": …, "value": …} and, for a removal, {"reason": …}


class Import(Base):
    """One import from the clinic's own record system: what of it fitted no field. The facts are answers and rows."""

    __tablename__ = "import"
    id: Mapped[str] = mapped_column(primary_key=True)
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))  # None: the system sent it itself
    at: Mapped[datetime]
    _content: Mapped[bytes] = mapped_column("content")
    content = Sealed()  # {"source": …, "count": …, "texts": [...], "left_out": [...]}


class FormVersion(Base):
    """The questions as they stood when something was first signed with them (`svangre.catalogue.stored`)."""

    __tablename__ = "form_version"
    version: Mapped[str] = mapped_column(primary_key=True)
    catalogue: Mapped[str]


class FindingAct(Base):
    """What the clinic did about a finding: done, not_relevant (with reason), later, open; hand_over, keep_here."""

    __tablename__ = "finding_act"
    id: Mapped[str] = mapped_column(primary_key=True)
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    rule: Mapped[str]
    act: Mapped[str]
    by_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    _reason: Mapped[bytes | None] = mapped_column("reason")
    reason = Sealed()


class Version(Base):
    """A signed version: a frozen, sealed snapshot with its form, rule and model versions. Immutable."""

    __tablename__ = "version"
    __table_args__ = table(UniqueConstraint("pregnancy_id", "number"))
    id: Mapped[str] = mapped_column(primary_key=True)
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"))
    number: Mapped[int]
    signed_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    signed_at: Mapped[datetime]
    without_prf: Mapped[bool]  # signed knowingly without the national svangerskabsjournal
    form_version: Mapped[str]
    gm_version: Mapped[str]
    rules_edition: Mapped[str]
    _snapshot: Mapped[bytes] = mapped_column("snapshot")
    _reason: Mapped[bytes | None] = mapped_column("reason")
    snapshot = Sealed()  # Chart as JSON
    reason = Sealed()


class Document(Base):
    """A document made from a version: stored once, served as stored."""

    __tablename__ = "document"
    __table_args__ = table(UniqueConstraint("version_id", "kind"))
    id: Mapped[str] = mapped_column(primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    kind: Mapped[str]  # handover, prf, pscr, pmr
    media_type: Mapped[str]
    sha256: Mapped[str]
    made_at: Mapped[datetime]
    _content: Mapped[bytes] = mapped_column("content")
    content = Sealed()  # base64 text of the bytes


class Handover(Base):
    """A signed version sent to a birth place, or by another way: then nobody here opens it."""

    __tablename__ = "handover"
    id: Mapped[str] = mapped_column(primary_key=True)
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("version.id"))
    birthplace_id: Mapped[str] = mapped_column(ForeignKey("birthplace.id"), index=True)
    sent_at: Mapped[datetime]
    sent_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    other_way: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    replaced_at: Mapped[datetime | None]  # a newer version was sent to the same place
    assigned_to: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))  # who of the unit takes it


class Message(Base):
    """A question from the birth place, or the clinic's answer, in a handover's thread."""

    __tablename__ = "message"
    id: Mapped[str] = mapped_column(primary_key=True)
    handover_id: Mapped[str] = mapped_column(ForeignKey("handover.id"), index=True)
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    from_birthplace: Mapped[bool]
    by_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    _text: Mapped[bytes] = mapped_column("text")
    text = Sealed()


class Share(Base):
    """A SMART Health Link that she made: whoever has it and the passcode reads her summary until it ends. Link, key and
    passcode are kept sealed, so that she can show them again; when she ends it they are wiped."""

    __tablename__ = "share"
    id: Mapped[str] = mapped_column(primary_key=True)
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    _secret: Mapped[bytes | None] = mapped_column("secret")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    wrong_tries: Mapped[int] = mapped_column(default=0)  # over its whole life
    secret = Sealed()  # {"token": str, "key": str, "passcode": str}


class ShareView(Base):
    """One opening of a shared summary, as she is told of it: when, and who they said that they were."""

    __tablename__ = "share_view"
    id: Mapped[str] = mapped_column(primary_key=True)
    share_id: Mapped[str] = mapped_column(ForeignKey("share.id"), index=True)
    pregnancy_id: Mapped[str] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    at: Mapped[datetime]
    _recipient: Mapped[bytes] = mapped_column("recipient")
    recipient = Sealed()


class Delivery(Base):
    """The outbox: written in the same transaction as what causes it, delivered by the worker, once by its key."""

    __tablename__ = "delivery"
    __table_args__ = table(Index("ix_delivery_state_due", "state", "due_at"))
    id: Mapped[str] = mapped_column(primary_key=True)
    pregnancy_id: Mapped[str | None] = mapped_column(ForeignKey("pregnancy.id"), index=True)
    kind: Mapped[str]  # sms, email, documents, reminder
    purpose: Mapped[str]  # invitation, code, reminder, handover_notice, documents
    key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="waiting")  # waiting, done, dead, cancelled
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    error: Mapped[str | None]  # class of the error only, never its text
    _content: Mapped[bytes] = mapped_column("content")
    content = Sealed()  # {"to": …, "subject": …, "text": …} or ids


class AuditEntry(Base):
    """Who did what to which record, when, from where and why. Append-only and hash-chained; no foreign keys, so that
    the log never depends on what it logs. `detail` holds ids and counts, never answers."""

    __tablename__ = "audit"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]  # user id, "woman" or "program"
    role: Mapped[str]
    organisation: Mapped[str]
    pregnancy_id: Mapped[str | None] = mapped_column(index=True)
    action: Mapped[str]
    why: Mapped[str]
    address: Mapped[str]
    detail: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]
