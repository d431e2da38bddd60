"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_subject_at", ["subject", "at"], unique=False)

    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_pregnancy_id"), ["pregnancy_id"], unique=False)

    op.create_table(
        "birthplace",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sor", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("has_inbox", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_birthplace")),
        sa.UniqueConstraint("sor", name=op.f("uq_birthplace_sor")),
        sqlite_strict=True,
    )
    op.create_table(
        "clinic",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sor", sa.String(), nullable=False),
        sa.Column("ydernummer", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("settings", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
        sqlite_strict=True,
    )
    op.create_table(
        "form_version",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("catalogue", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_form_version")),
        sqlite_strict=True,
    )
    op.create_table(
        "used_assertion",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_used_assertion")),
        sqlite_strict=True,
    )
    op.create_table(
        "client",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("clinic_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_client_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("client", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_client_clinic_id"), ["clinic_id"], unique=False)

    op.create_table(
        "user_account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("clinic_id", sa.String(), nullable=True),
        sa.Column("birthplace_id", sa.String(), nullable=True),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["birthplace_id"], ["birthplace.id"], name=op.f("fk_user_account_birthplace_id")),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_user_account_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("username", name=op.f("uq_user_account_username")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_account_birthplace_id"), ["birthplace_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_account_clinic_id"), ["clinic_id"], unique=False)

    op.create_table(
        "woman",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("clinic_id", sa.String(), nullable=False),
        sa.Column("cpr_index", sa.String(), nullable=False),
        sa.Column("cpr", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("is_protected", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_woman_clinic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_woman")),
        sa.UniqueConstraint("clinic_id", "cpr_index", name=op.f("uq_woman_clinic_id_cpr_index")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("woman", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_woman_cpr_index"), ["cpr_index"], unique=False)

    op.create_table(
        "pregnancy",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("woman_id", sa.String(), nullable=False),
        sa.Column("clinic_id", sa.String(), nullable=False),
        sa.Column("doctor_id", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("visit_time", sa.String(length=5), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_method", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_news", sa.Boolean(), nullable=False),
        sa.Column("alert_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_kind", sa.String(), nullable=True),
        sa.Column("demo_key", sa.String(), nullable=True),
        sa.Column("questions", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_pregnancy_clinic_id")),
        sa.ForeignKeyConstraint(["doctor_id"], ["user_account.id"], name=op.f("fk_pregnancy_doctor_id")),
        sa.ForeignKeyConstraint(["woman_id"], ["woman.id"], name=op.f("fk_pregnancy_woman_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pregnancy")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("pregnancy", schema=None) as batch_op:
        batch_op.create_index("ix_pregnancy_clinic_due", ["clinic_id", "ended_on", "due_on", "id"], unique=False)
        batch_op.create_index("ix_pregnancy_clinic_stage", ["clinic_id", "stage"], unique=False)
        batch_op.create_index("ix_pregnancy_clinic_visit", ["clinic_id", "ended_on", "visit_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pregnancy_woman_id"), ["woman_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_delivery_pregnancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("key", name=op.f("uq_delivery_key")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_pregnancy_id"), ["pregnancy_id"], unique=False)
        batch_op.create_index("ix_delivery_state_due", ["state", "due_at"], unique=False)

    op.create_table(
        "finding_act",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_finding_act_by_id")),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_finding_act_pregnancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_act")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("finding_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_act_pregnancy_id"), ["pregnancy_id"], unique=False)

    op.create_table(
        "group_row",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("group_path", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["group_row.id"], name=op.f("fk_group_row_parent_id")),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_group_row_pregnancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_row")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("group_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_row_pregnancy_id"), ["pregnancy_id"], unique=False)

    op.create_table(
        "import",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_import_by_id")),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_import_pregnancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_pregnancy_id"), ["pregnancy_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_invitation_pregnancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_pregnancy_id"), ["pregnancy_id"], unique=False)

    op.create_table(
        "share",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_share_pregnancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_share_token_hash")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_pregnancy_id"), ["pregnancy_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("pregnancy_id", sa.String(), nullable=True),
        sa.Column("client_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_sign_in_client_id")),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_sign_in_pregnancy_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_sign_in_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
        sqlite_strict=True,
    )
    op.create_table(
        "version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("without_prf", sa.Boolean(), nullable=False),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("gm_version", sa.String(), nullable=False),
        sa.Column("rules_edition", sa.String(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_version_pregnancy_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["user_account.id"], name=op.f("fk_version_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("pregnancy_id", "number", name=op.f("uq_version_pregnancy_id_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("row_id", sa.String(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("typed_by", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_draft", sa.Boolean(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("refers_to", sa.String(), nullable=True),
        sa.Column("batch", sa.String(), nullable=True),
        sa.Column("form_version", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_answer_pregnancy_id")),
        sa.ForeignKeyConstraint(["row_id"], ["group_row.id"], name=op.f("fk_answer_row_id")),
        sa.ForeignKeyConstraint(["typed_by"], ["user_account.id"], name=op.f("fk_answer_typed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_pregnancy_id"), ["pregnancy_id"], unique=False)
        batch_op.create_index("ix_answer_pregnancy_item", ["pregnancy_id", "item_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_document_pregnancy_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_document_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("version_id", "kind", name=op.f("uq_document_version_id_kind")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_pregnancy_id"), ["pregnancy_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("version_id", sa.String(), nullable=False),
        sa.Column("birthplace_id", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("other_way", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.String(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_to", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["user_account.id"], name=op.f("fk_handover_acknowledged_by")),
        sa.ForeignKeyConstraint(["assigned_to"], ["user_account.id"], name=op.f("fk_handover_assigned_to")),
        sa.ForeignKeyConstraint(["birthplace_id"], ["birthplace.id"], name=op.f("fk_handover_birthplace_id")),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_handover_pregnancy_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["user_account.id"], name=op.f("fk_handover_sent_by")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_handover_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_birthplace_id"), ["birthplace_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_pregnancy_id"), ["pregnancy_id"], unique=False)

    op.create_table(
        "share_view",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("share_id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_share_view_pregnancy_id")),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name=op.f("fk_share_view_share_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_view")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("share_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_view_pregnancy_id"), ["pregnancy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_view_share_id"), ["share_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("handover_id", sa.String(), nullable=False),
        sa.Column("pregnancy_id", sa.String(), nullable=False),
        sa.Column("from_birthplace", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_message_by_id")),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_message_handover_id")),
        sa.ForeignKeyConstraint(["pregnancy_id"], ["pregnancy.id"], name=op.f("fk_message_pregnancy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_handover_id"), ["handover_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_pregnancy_id"), ["pregnancy_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_pregnancy_id"))
        batch_op.drop_index(batch_op.f("ix_message_handover_id"))

    op.drop_table("message")
    with op.batch_alter_table("share_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_view_share_id"))
        batch_op.drop_index(batch_op.f("ix_share_view_pregnancy_id"))

    op.drop_table("share_view")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_pregnancy_id"))
        batch_op.drop_index(batch_op.f("ix_handover_birthplace_id"))

    op.drop_table("handover")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_pregnancy_id"))

    op.drop_table("document")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_pregnancy_item")
        batch_op.drop_index(batch_op.f("ix_answer_pregnancy_id"))

    op.drop_table("answer")
    op.drop_table("version")
    op.drop_table("sign_in")
    with op.batch_alter_table("share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_pregnancy_id"))

    op.drop_table("share")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_pregnancy_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_pregnancy_id"))

    op.drop_table("import")
    with op.batch_alter_table("group_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_row_pregnancy_id"))

    op.drop_table("group_row")
    with op.batch_alter_table("finding_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_act_pregnancy_id"))

    op.drop_table("finding_act")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index("ix_delivery_state_due")
        batch_op.drop_index(batch_op.f("ix_delivery_pregnancy_id"))

    op.drop_table("delivery")
    with op.batch_alter_table("pregnancy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pregnancy_woman_id"))
        batch_op.drop_index("ix_pregnancy_clinic_visit")
        batch_op.drop_index("ix_pregnancy_clinic_stage")
        batch_op.drop_index("ix_pregnancy_clinic_due")

    op.drop_table("pregnancy")
    with op.batch_alter_table("woman", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_woman_cpr_index"))

    op.drop_table("woman")
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_account_clinic_id"))
        batch_op.drop_index(batch_op.f("ix_user_account_birthplace_id"))

    op.drop_table("user_account")
    with op.batch_alter_table("client", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_client_clinic_id"))

    op.drop_table("client")
    op.drop_table("used_assertion")
    op.drop_table("form_version")
    op.drop_table("clinic")
    op.drop_table("birthplace")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_pregnancy_id"))

    op.drop_table("audit")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_attempt_subject_at")

    op.drop_table("attempt")
