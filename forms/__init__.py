"""What is asked: every question of the record, in the order in which it is asked. Literals only.

Consent stands after height and weight, so that it is the last step of her form.
"""

from forms import (
    antenatal_visits,
    assessment,
    births,
    consent,
    disease,
    examination,
    heredity,
    identity,
    language,
    lifestyle,
    losses,
    medicine,
    pregnancy,
    prenatal,
    private_talk,
    social,
    wishes,
    work,
)
from svangre.catalogue import Catalogue

SECTIONS = (
    identity.SECTION,
    language.SECTION,
    social.SECTION,
    births.SECTION,
    losses.SECTION,
    pregnancy.SECTION,
    heredity.SECTION,
    prenatal.SECTION,
    disease.SECTION,
    medicine.SECTION,
    lifestyle.SECTION,
    work.SECTION,
    wishes.SECTION,
    private_talk.SECTION,
    examination.SECTION,
    consent.SECTION,
    assessment.SECTION,
    antenatal_visits.SECTION,
)
CATALOGUE = Catalogue(SECTIONS)

__all__ = ["CATALOGUE", "SECTIONS"]
