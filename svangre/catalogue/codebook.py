"""The codebook: every question as data, for a midwife to review and for machines to check.

The shape of `codebook()` is fixed; absent is None. A code's status says how sure its Danish wording is: official and
seen are sent, inferred and unknown are not. A code without `option` names the question itself, as fixed by the
national model; its wording there is ours, so no display is given.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator
from typing import Any

from svangre.catalogue.catalogue import Catalogue, Placed
from svangre.catalogue.items import STATES, Item
from svangre.catalogue.kinds import Decimal, Integer, Interval
from svangre.national import BY_ID, CODES, MEASUREMENTS

SNOMED = "http://snomed.info/sct"
NPU = "urn:oid:1.2.208.176.2.1"
DOCUMENT_ORDER = ("PRF", "PSCR", "PMR")

Row = dict[str, Any]

WHO = {"woman": "kvinden", "gp": "lægen", "midwife": "jordemoderen"}
VISIBILITY = {"gp_only": "kun lægen", "clinic_and_her": "klinikken og hende", "shared": "deles"}
STATUS = {"active": "i brug", "later": "senere besøg", "retired": "udgået"}
CODE_STATUS = {
    "official": "officiel",
    "seen": "set",
    "inferred": "udledt, sendes ikke",
    "unknown": "ukendt, sendes ikke",
}
KINDS = {
    "text": "kort tekst", "long_text": "tekst", "integer": "helt tal", "decimal": "decimaltal", "date": "dato",
    "partial_date": "år, måned eller dag", "yes_no": "ja/nej", "one": "ét valg", "many": "flere valg",
    "interval": "tal eller interval", "group": "rækker",
}  # fmt: skip


def codebook(catalogue: Catalogue) -> list[Row]:
    return [_row(placed) for placed in catalogue]


def _row(placed: Placed) -> Row:
    item, section = placed.item, placed.section
    low, high, unit = _range(item)
    return {
        "id": item.id,
        "ref": item.ref,
        "form": "vandrejournal" if section.later else "svangrejournal",
        "section": section.id,
        "group": placed.group,
        "woman": item.woman,
        "clinic": item.clinic,
        "help": item.help,
        "kind": item.kind_name,
        "unit": unit,
        "min": low,
        "max": high,
        "options": [
            {"key": option.key, "label": option.label, "clinic_label": option.clinic_label or option.label}
            for option in item.options
        ],
        "unremarkable": list(item.unremarkable),
        "shown_when": item.when and {"item": item.when.item, "any_of": list(item.when.any_of)},
        "who": list(item.who),
        "visibility": item.visibility,
        "codes": list(_codes(item)),
        "documents": _documents(item),
        "source": item.source,
        "status": item.status,
    }


def _range(item: Item) -> tuple[int | float | None, int | float | None, str | None]:
    match item.kind:
        case Integer(unit, low, high) | Interval(unit, low, high):
            return low, high, unit
        case Decimal(unit, least, most):
            return _number(least), _number(most), unit
        case _:
            return None, None, None


def _number(text: str | None) -> int | float | None:
    if text is None:
        return None
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _codes(item: Item) -> Iterator[Row]:
    measured = {f"{measurement.profile}.{measurement.slice}": measurement for measurement in MEASUREMENTS}
    for name in item.national:
        element_id, _, slice_name = name.partition(".")
        if name in measured:
            yield _code(SNOMED, measured[name].code, measured[name].label, "seen")
            if measured[name].npu:
                yield _code(NPU, measured[name].npu, None, "official")
        elif slice_name:
            yield _code(SNOMED, BY_ID[element_id].component(slice_name).code, None, "official")
        elif BY_ID[element_id].code:
            yield _code(SNOMED, BY_ID[element_id].code, None, "official")
    if item.code:
        system, _, code = item.code.partition("|")
        yield _of_value_set(system, code)
    for option in item.options:
        if option.code:
            yield _of_value_set(SNOMED, option.code, option=option.key)


def _of_value_set(system: str, code: str, *, option: str | None = None) -> Row:
    """A code outside the value sets is a yes/no of its own, fixed by the national model."""
    known = CODES.get(code)
    return _code(system, code, known.label if known else None, known.status if known else "official", option=option)


def _code(system: str, code: str | None, display: str | None, status: str, *, option: str | None = None) -> Row:
    return {"system": system, "code": code, "display": display, "status": status, "option": option}


def _documents(item: Item) -> list[str]:
    named = {document for name in item.national for document in BY_ID[name.partition(".")[0]].documents}
    return [document for document in DOCUMENT_ORDER if document in named]


def to_csv(catalogue: Catalogue) -> str:
    rows = [{key: _flat(value) for key, value in row.items()} for row in codebook(catalogue)]
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _flat(value: Any) -> str:
    """One cell: parts of a thing joined by ":", several things by "|"."""
    if isinstance(value, dict):
        return ":".join(_flat(part) for part in value.values())
    if isinstance(value, list):
        return "|".join(_flat(part) for part in value)
    return "" if value is None else str(value)


def to_html(catalogue: Catalogue) -> str:
    """One page to read from top to bottom; one part a section, one row a question."""
    rows = {row["id"]: row for row in codebook(catalogue)}
    parts = []
    for section in catalogue.sections:
        parts.append(
            f"<h2 id='{section.id}'>{_text(section.clinic)}</h2><p>{_text(_about(section.private, section.later))}</p>"
        )
        parts.append(
            "<table><thead><tr><th>Nr.</th><th>Hun spørges</th><th>Klinikken ser</th><th>Svar</th>"
            "<th>Vises, hvem, synlighed</th><th>Nationale koder</th></tr></thead><tbody>"
        )
        parts += [_html_row(rows[placed.item.id], catalogue) for placed in catalogue if placed.section is section]
        parts.append("</tbody></table>")
    return PAGE.format(
        contents="".join(f"<li><a href='#{s.id}'>{_text(s.clinic)}</a></li>" for s in catalogue.sections),
        body="".join(parts),
    )


def _about(private: bool, later: bool) -> str:
    if private:
        return "Kun lægen, alene med hende. Vises aldrig for hende og sendes kun, når lægen frigiver det enkelte svar."
    return "Senere besøg; udfyldes ikke ved første konsultation." if later else ""


def _html_row(row: Row, catalogue: Catalogue) -> str:
    asked = f"<b>{_text(row['woman'])}</b>" if row["woman"] else "–"
    if row["help"]:
        asked += f"<br><i>{_text(row['help'])}</i>"
    cells = (
        f"{row['ref']}<br><small>{row['id']}</small>",
        asked,
        _text((f"{row['group']} › " if row["group"] else "") + row["clinic"]),
        _answer(row),
        _conditions(row, catalogue),
        "<br>".join(_html_code(code) for code in row["codes"]) or "–",
    )
    return f"<tr class='{row['status']}'>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _answer(row: Row) -> str:
    said = KINDS[row["kind"]]
    if row["min"] is not None or row["max"] is not None:
        said += f", {_flat(row['min'])}–{_flat(row['max'])}"
    if row["unit"]:
        said += f" {row['unit']}"
    lines = [_text(said)]
    for option in row["options"]:
        both = "" if option["label"] == option["clinic_label"] else f" ({option['clinic_label']})"
        mark = " ✓" if option["key"] in row["unremarkable"] else ""
        lines.append(_text(f"• {option['label']}{both}{mark}"))
    return "<br>".join(lines)


def _conditions(row: Row, catalogue: Catalogue) -> str:
    lines = [", ".join(WHO[who] for who in row["who"]) or "beregnes", VISIBILITY[row["visibility"]]]
    if row["status"] != "active":
        lines.append(STATUS[row["status"]])
    if when := row["shown_when"]:
        asked = catalogue[when["item"]]
        words = STATES | {option.key: option.clinic_label or option.label for option in asked.options}
        lines.append(f"når »{asked.clinic}« er: {', '.join(words[key] for key in when['any_of'])}")
    if row["documents"]:
        lines.append("sendes i " + ", ".join(row["documents"]))
    return "<br>".join(_text(line) for line in lines)


def _html_code(code: Row) -> str:
    option = f"{code['option']}: " if code["option"] else ""
    words = f" {code['display']}" if code["display"] else ""
    said = _text(f"{option}{code['code']}{words}")
    if code["status"] in ("inferred", "unknown"):
        return f"<mark>{said} – {CODE_STATUS[code['status']]}</mark>"
    return f"{said} <small>{CODE_STATUS[code['status']]}</small>"


def _text(text: str) -> str:
    return html.escape(text)


PAGE = """<!doctype html>
<html lang="da"><head><meta charset="utf-8"><title>Spørgsmål i svangrejournalen</title><style>
body {{ font: 15px/1.45 sans-serif; margin: 2rem; }} table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #bbb; padding: .4rem; text-align: left; vertical-align: top; }} tr.later {{ color: #555; }}
</style></head><body><h1>Spørgsmål i svangrejournalen</h1>
<p>✓ kan accepteres samlet som upåfaldende. <mark>Markerede</mark> koder er udledt eller ukendte og sendes ikke.</p>
<ul>{contents}</ul>{body}</body></html>
"""
