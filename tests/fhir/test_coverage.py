"""Every part of the national model is reached by a filled-in record, or stands here with the reason why not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from svangre.catalogue import Answer, State
from svangre.fhir.documents import make_documents
from svangre.national import BUILDS, ELEMENTS, MEASUREMENTS
from tests.builders import COMPUTED, chart_with, later_values, released_chart
from tests.fhir.reader import ReadDocument

CHARTS = 120
PLACES = {"Metformin 500 mg": "7071000016006", "Ja": "7081000016009"}  # as the text generator names places

LEFT_OUT = {
    "GMTilknyttetJordemodercenterOrganization": "allocated by the midwife centre after the referral; never asked here",
    "GMIntervalObservation": "urine sticks are classes; concentrations need a table per brand",
    "bmi": "the BMI before pregnancy stands in PRF; among measurements it would read as today's",
    "kromosom-afvigelser": "the result is text here; its two codes need a chosen class",
    "glucose": "urine stick", "protein": "urine stick", "ketoner": "urine stick", "leucocytter": "urine stick",
    "erytrocytter": "urine stick",
}  # fmt: skip


@cache
def reached() -> set[str]:
    """Names of elements, components and measurements in the documents of many filled-in charts."""
    names: set[str] = set()
    build = BUILDS["0.1.0"]
    charts = [released_chart(seed) for seed in range(CHARTS)] + [
        chart_with(later_values(place="Ja"), computed=COMPUTED)
    ]
    for chart in charts:
        for content in make_documents(chart, build, PLACES).bundles.values():
            document = ReadDocument(content)
            if document.composition["title"] == "Målinger":
                names |= set(document.measurements())
                names |= {one["meta"]["profile"][0].rpartition("/")[2] for one in document.section}
                names |= {"GMFetusRelatedPerson" for _ in document.resources("RelatedPerson")}
                continue
            for element_id, found in document.all_found():
                names |= {element_id, *(f"{element_id}.{slice_name}" for slice_name in found.values)}
    return names


def test_every_element_and_component_is_reached_or_left_out_for_a_reason() -> None:
    all_names = {element.id for element in ELEMENTS} | {
        f"{element.id}.{component.slice}" for element in ELEMENTS for component in element.components
    }
    assert all_names - reached() - set(LEFT_OUT) == set()


def test_every_measurement_is_reached_or_left_out_for_a_reason() -> None:
    assert {one.slice for one in MEASUREMENTS} - reached() - set(LEFT_OUT) == set()


def test_nothing_that_is_reached_stands_as_left_out() -> None:
    assert set(LEFT_OUT) & reached() == set()


def test_every_item_with_a_national_name_reaches_the_documents() -> None:
    """The other way round: what names a part of the model is read by the mapper for it."""
    from forms import CATALOGUE

    names = {name for placed in CATALOGUE for name in placed.item.national}
    measured = {f"{one.profile}.{one.slice}": one.slice for one in MEASUREMENTS}
    unreached = {name for name in names if measured.get(name, name) not in reached()}
    assert {measured.get(name, name) for name in unreached} - set(LEFT_OUT) == set()


def test_answers_in_other_states_reach_nothing() -> None:
    states: tuple[State, ...] = ("unknown", "declines", "ask_doctor", "not_answered")
    for state in states:
        chart = replace(released_chart(4), assessment=None)
        silent = {
            key: replace(
                one,
                hers=one.hers and replace(one.hers, answer=Answer(state)),
                clinics=one.clinics and replace(one.clinics, answer=Answer(state)),
            )
            for key, one in chart.fields.items()
        }
        documents = make_documents(replace(chart, fields=silent), BUILDS["0.1.0"])
        assert documents.bundles == {}
