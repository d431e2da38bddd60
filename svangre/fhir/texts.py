"""Text components: what several answers say together, and in words what has no code that may be sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from svangre.catalogue import LongText, Option, Text, YesNo, inside
from svangre.fhir.codes import NO, chosen, is_sent
from svangre.fhir.reading import Reading, Said, element
from svangre.record import words
from svangre.record.chart import Row

# Answers whose option has no code that may be sent are said in words in a text component of the same document,
# so that nothing is lost and no neighbouring code is picked: coded component → text component.
UNCODED = {
    "GMGraviditetsforloebstraekObs.graviditetsforløbstræk": "GMTidligereFoedselObs.bemærkninger-graviditetsforløb",
    "GMFoedselsforloebstraekObs.fødselsforløbstræk": "GMTidligereFoedselObs.bemærkning-fødselsforløb",
    "GMTidligereFoedselObs.fødselsoplevelse": "GMTidligereFoedselObs.bemærkning-fødselsforløb",
    "GMFertilitetsbehandlingObs.fertilitetsbehandlingstype": "GMFertilitetsbehandlingObs.bemærkninger",
    "GMErhvervsmaessigTilknytningObs.erhvervsmæssig-tilknytning": (
        "GMErhvervsmaessigTilknytningObs.anden-ervh-tilknytning"
    ),
    "GMUddannelsesniveauObs.uddannelsesniveau": "GMUddannelsesniveauObs.andet-uddannelsesniveau",
    "GMFravaersmeldingSygemeldingObs.fraværsmeldt": "GMFravaersmeldingSygemeldingObs.andre-bemærkninger",
    "GMSocialeForholdObs.boligforhold": "GMSocialeForholdObs.bemærkning-familiesammensætning-husstand",
    "GMPartnerObs.partner-relation": "GMSocialeForholdObs.bemærkning-familiesammensætning-husstand",
    "GMOplysningerOmPartnerObs.erhvervsmæssig-tilknytning": "GMOplysningerOmPartnerObs.andre-oplysninger",
    "GMSomatiskDiagnoseTypeCondition": "GMSomatiskSygdomObs.andre-oplysninger-somatiske-sygdomme",
    "GMSamletVurderingObs.omsorgsniveau": "GMResumeObs.resume-indslag",
    "GMTobakObs.rygning-under-graviditet": "GMResumeObs.resume-indslag",
    "GMNikotinObs.bruger-nikotinprodukt-under-graviditet": "GMResumeObs.resume-indslag",
    "GMTobakObs.henvist-tobaks-og-nikotinstop": "GMResumeObs.resume-indslag",
    "GMJordemodercenterObs.ønsket-ugedag-for-konsultationer": "GMResumeObs.resume-indslag",
}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def joined(reading: Reading, name: str, row: str | None) -> str | None:
    """The text of a component, or None when there is nothing to say."""
    extra = COMPOSED[name](reading, row) if name in COMPOSED else ()
    parts = [*extra, *_answers(reading, name, row), *_uncoded(reading, name, row)]
    return clean(_sentences(parts)) or None


def _sentences(parts: list[str]) -> str:
    """Parts one after the other: after a full stop a space, otherwise a semicolon."""
    text = ""
    for part in filter(None, map(str.strip, parts)):
        gap = " " if text.endswith((".", "!", "?")) else "; "
        text = f"{text}{gap}{part}" if text else part
    return text


def clean(text: str) -> str:
    """Without control characters, which JSON documents may not carry."""
    return CONTROL.sub("", text.replace("\r\n", "\n")).strip()


def _answers(reading: Reading, name: str, row: str | None) -> Iterator[str]:
    for item, group in reading.items(name):
        if inside(item) and group is None and row is None:
            yield from filter(None, (row_words(reading, one) for one in reading.rows(item.id)))
    for said in reading.answers(name, row):
        if name not in COMPOSED_ALONE and (name not in WHOLE_ROWS or said.row is None):
            yield _labelled(said)


def _labelled(said: Said) -> str:
    """Free text as it stands; a number or choice says nothing without its question."""
    return said.words if isinstance(said.item.kind, Text | LongText) else f"{said.item.clinic}: {said.words}"


def row_words(reading: Reading, row: Row) -> str:
    """One row in one line: "Metformin, 500 mg, Recept"."""
    return ", ".join(_row_parts(reading, row))


def _row_parts(reading: Reading, row: Row) -> Iterator[str]:
    for item in inside(reading.chart.catalogue.group(row.group)):
        said = reading.said(item.id, row.id)
        if said is None:
            continue
        if isinstance(item.kind, YesNo):
            yield item.clinic if said.value == "yes" else f"{item.clinic}: {said.words}"
        else:
            yield said.words


def _uncoded(reading: Reading, target: str, row: str | None) -> Iterator[str]:
    for source in (source for source, text in UNCODED.items() if text == target):
        for said in reading.answers(source, row):
            options = [option for option in unsent(reading, source, said) if option.key not in NO]
            if options:
                labels = ", ".join(option.clinic_label or option.label for option in options)
                yield f"{said.item.clinic}: {labels}"


def unsent(reading: Reading, name: str, said: Said) -> list[Option]:
    """The chosen options whose code is missing, or may not be sent in this build."""
    element_id, _, slice_name = name.partition(".")
    value_set = element(element_id).component(slice_name).value_set if slice_name else None
    return [option for option in chosen(said) if not is_sent(option.code, reading.build, value_set)]


def _other_countries(reading: Reading, row: str | None) -> Iterator[str]:
    said = reading.said("ancestry_countries")
    if said and len(said.value) > 1:
        names = ", ".join(words.option_text(said.item, key) for key in said.value[1:])
        yield f"Øvrige oprindelseslande: {names}"


def _coarse_length(reading: Reading, row: str | None) -> Iterator[str]:
    """Weeks without days, or "before term": no number of days, so words."""
    weeks, days = reading.said("birth_weeks", row), reading.said("birth_days", row)
    timing = reading.said("birth_timing", row)
    if weeks and not days:
        yield f"Graviditetslængde: {weeks.words}"
    elif timing and not weeks:
        yield f"Graviditetslængde: {timing.words}"


def _irregular_cycle(reading: Reading, row: str | None) -> Iterator[str]:
    said = reading.said("cycle_days")
    if said and isinstance(said.value, str):
        yield f"{said.item.clinic}: {said.words}"


def _exposures(reading: Reading, row: str | None) -> Iterator[str]:
    """What she is exposed to; with several rows also the kind and the period, which then have no component."""
    rows = reading.rows("exposures")
    for one in rows:
        nature = reading.said("exposure_nature", one.id)
        text = row_words(reading, one) if len(rows) > 1 else nature and nature.words
        if text:
            yield text


def _operations(reading: Reading, row: str | None) -> Iterator[str]:
    """Operations without a code that may be sent, and those with a remark, in words."""
    for one in reading.rows("operations"):
        kinds = [
            said for said in reading.answers("GMTidligereRelevantOperationProcedure", one.id) if said.value != "no"
        ]
        is_coded = kinds and not any(unsent(reading, "GMTidligereRelevantOperationProcedure", said) for said in kinds)
        text = row_words(reading, one)
        if text and (not is_coded or reading.said("operation_remark", one.id)):
            yield text


def _haemoglobin_screening(reading: Reading, row: str | None) -> Iterator[str]:
    """The model wants both values coded; when one cannot be, both are said in words."""
    name = "GMHaemoglobinopatiscreeningObs"
    said = {part: reading.answers(f"{name}.{part}", row) for part in ("aktualitet", "resultat-type")}
    is_coded = all(one and not unsent(reading, f"{name}.{part}", one[0]) for part, one in said.items())
    if not is_coded:
        yield from (_labelled(one) for answers in said.values() for one in answers)


def _for_the_receiver(reading: Reading, row: str | None) -> Iterator[str]:
    """The doctor's resumé, her own words, and what the model has no place for: safe contact before all else, the number
    of cigarettes, a place without a known SOR number."""
    contact, how = reading.said("safe_contact"), reading.said("safe_contact_how")
    if contact and contact.value != "yes":
        yield f"Kontakt: {how.words if how else contact.words}"
    if resume := reading.said("resume"):
        yield resume.words
    if matters := reading.said("what_matters"):
        yield f"{matters.item.clinic}: {matters.words}"
    if cigarettes := reading.said("cigarettes_per_day"):
        yield f"Rygning: {cigarettes.words}"
    for item_id in ("wanted_birthplace", "wanted_midwife_centre"):
        place = reading.said(item_id)
        if place and not reading.sor_of(place):
            yield f"{place.item.clinic}: {place.words}"


COMPOSED: dict[str, Callable[[Reading, str | None], Iterator[str]]] = {
    "GMSprogObs.supplerende-oplysninger": _other_countries,
    "GMTidligereFoedselObs.bemærkning-fødselsforløb": _coarse_length,
    "GMTerminsberegningObs.bemærkning": _irregular_cycle,
    "GMFamiliehistorieArveligeSygdommeObs.bemærkninger-genetisk/medfødt-sygdom/tilstand": _haemoglobin_screening,
    "GMArbejdsmiljoepaavirkningObs.art-af-påvirkning": _exposures,
    "GMTidligereOperationAfRelevansObs.operationer-suppl-oplysinger": _operations,
    "GMResumeObs.resume-indslag": _for_the_receiver,
}
# Components whose composer already says all answers, or all that stand in rows.
COMPOSED_ALONE = frozenset({"GMResumeObs.resume-indslag"})
WHOLE_ROWS = frozenset(
    {
        "GMArbejdsmiljoepaavirkningObs.art-af-påvirkning",
        "GMTidligereOperationAfRelevansObs.operationer-suppl-oplysinger",
    }
)
