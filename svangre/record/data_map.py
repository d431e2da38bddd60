"""What each column holds about a person; docs/data-map.md is this table. A column that is not in it fails a test."""

from __future__ import annotations

from typing import Literal

Kind = Literal["sealed", "hashed", "personal", "id", "plain"]

MEANING: dict[Kind, str] = {
    "sealed": "encrypted, bound to table, column and row",
    "hashed": "keyed hash: says nothing without the key file",
    "personal": "about a person and in clear, with the reason",
    "id": "a random id; whose it is, only the sealed columns tell",
    "plain": "says nothing about a person",
}

# table: {kind: columns}
COLUMNS: dict[str, dict[Kind, str]] = {
    "attempt": {"id": "id", "hashed": "subject", "plain": "at"},
    "audit": {
        "plain": "seq at role action why previous hash",
        "id": "actor organisation pregnancy_id detail",
        "personal": "address",
    },
    "birthplace": {"id": "id", "plain": "name sor email has_inbox is_active is_demo"},
    "clinic": {"id": "id", "plain": "name sor ydernummer region phone address hours is_demo settings"},
    "form_version": {"plain": "version catalogue"},
    "user_account": {
        "id": "id clinic_id birthplace_id",
        "plain": "role disabled_at",
        "hashed": "password_hash",
        "personal": "username name initials",
    },
    "woman": {"id": "id clinic_id", "hashed": "cpr_index", "sealed": "cpr name", "personal": "is_protected"},
    "pregnancy": {
        "id": "id woman_id clinic_id doctor_id",
        "personal": "stage language visit_on visit_time due_on due_method submitted_at fetched_at alert_seen_at "
        "ended_on end_kind",
        "plain": "version created_at changed_at has_news demo_key",
        "sealed": "questions",
    },
    "delivery": {
        "id": "id pregnancy_id key",
        "plain": "kind purpose state due_at lease_until tries created_at done_at error",
        "sealed": "content",
    },
    "finding_act": {"id": "id pregnancy_id by_id", "personal": "rule act", "plain": "at", "sealed": "reason"},
    "group_row": {"id": "id pregnancy_id parent_id", "personal": "group_path", "plain": "giver created_at"},
    "import": {"id": "id pregnancy_id by_id", "plain": "at", "sealed": "content"},
    "invitation": {
        "id": "id pregnancy_id",
        "hashed": "token_hash code_hash",
        "sealed": "secret",
        "plain": "created_at expires_at claimed_at revoked_at",
    },
    "client": {"id": "id clinic_id", "plain": "name public_key created_at disabled_at"},
    "used_assertion": {"hashed": "subject", "plain": "expires_at"},
    "sign_in": {
        "id": "id user_id pregnancy_id client_id",
        "hashed": "token_hash",
        "plain": "created_at seen_at ended_at",
    },
    "version": {
        "id": "id pregnancy_id signed_by",
        "plain": "number signed_at form_version gm_version rules_edition",
        "personal": "without_prf",
        "sealed": "snapshot reason",
    },
    "answer": {
        "id": "id pregnancy_id row_id typed_by refers_to batch",
        "personal": "item_id act visibility",
        "plain": "giver at is_draft form_version",
        "sealed": "content",
    },
    "document": {
        "id": "id version_id pregnancy_id",
        "plain": "kind media_type sha256 made_at",
        "sealed": "content",
    },
    "handover": {
        "id": "id pregnancy_id version_id birthplace_id sent_by acknowledged_by assigned_to",
        "plain": "sent_at other_way opened_at acknowledged_at replaced_at",
    },
    "share": {
        "id": "id pregnancy_id",
        "hashed": "token_hash",
        "sealed": "secret",
        "plain": "created_at expires_at revoked_at wrong_tries",
    },
    "share_view": {"id": "id share_id pregnancy_id", "plain": "at", "sealed": "recipient"},
    "message": {"id": "id handover_id pregnancy_id by_id", "plain": "from_birthplace at read_at", "sealed": "text"},
}

# Why something personal stands in clear.
REASONS: dict[str, str] = {
    "audit.address": "from where: the log must stay readable when the sealing keys are lost",
    "user_account.username": "sign-in looks it up; about an employee at work",
    "user_account.name": "stands beside what she or he did; about an employee at work",
    "user_account.initials": "as the name",
    "woman.is_protected": "the lists show it without opening anything; whose it is stays sealed",
    "pregnancy.stage": "lists filter by it",
    "pregnancy.language": "her pages begin in it before she has signed in",
    "pregnancy.visit_on": "lists sort by it",
    "pregnancy.visit_time": "lists sort by it",
    "pregnancy.due_on": "lists sort by it",
    "pregnancy.due_method": "stands with the due date in lists",
    "pregnancy.submitted_at": "lists and reminders filter by it",
    "pregnancy.fetched_at": "decides which answers are read, before they are opened",
    "pregnancy.alert_seen_at": "lists filter by it",
    "pregnancy.ended_on": "every list filters by it",
    "pregnancy.end_kind": "decides what her page says, before anything is opened",
    "finding_act.rule": "which prompt was dealt with: read by key, hundreds in a list; the reason is sealed",
    "finding_act.act": "as the rule",
    "group_row.group_path": "that there is a row, not what it says; rows are read by group",
    "version.without_prf": "the worker decides by it which documents to make",
    "answer.item_id": "which question, not its answer; the latest row of an item is found by it",
    "answer.act": "accepted, corrected …: the history is followed by it",
    "answer.visibility": "who may read is decided before anything is opened",
}


def kinds() -> dict[str, dict[str, Kind]]:
    """table → column → kind"""
    return {
        table: {column: kind for kind, columns in groups.items() for column in columns.split()}
        for table, groups in COLUMNS.items()
    }


def to_markdown() -> str:
    lines = ["# Data map", "", "Every column of the database and what it holds about a person.", ""]
    lines += [f"- **{kind}**: {meaning}" for kind, meaning in MEANING.items()]
    lines += ["", "Made from `svangre/record/data_map.py`: `python -m svangre.record.data_map > docs/data-map.md`.", ""]
    for table, columns in kinds().items():
        lines += [f"## {table}", "", "| column | kind | why in clear |", "|---|---|---|"]
        lines += [f"| {name} | {kind} | {REASONS.get(f'{table}.{name}', '')} |" for name, kind in columns.items()]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    print(to_markdown(), end="")  # noqa: T201 - this is what it is for
