"""The children of an earlier birth (3.4): one row each, twins are two.

She is asked softly whether the child lived. What would hurt after a loss (health today, feeding) is asked only of a
child who lives.
"""

from svangre.catalogue import Group, Integer, Item, LongText, One, Option, When, YesNo

CHILDREN = Group(
    row="barn",
    add="Tilføj et barn",
    most=5,
    items=(
        Item(
            id="child_outcome",
            ref="TFO-11",
            clinic="Levendefødt eller dødfødt",
            woman="Levede barnet, da det blev født?",
            kind=One(
                (
                    Option("live_birth", "Ja", clinic_label="Levendefødt", code="281050002"),
                    Option(
                        "stillbirth",
                        "Nej, barnet døde før eller under fødslen",
                        clinic_label="Dødfødt",
                        code="237364002",
                    ),
                )
            ),
            ways_out=("ask_doctor",),
            unremarkable=("live_birth",),
            national=("GMBarnObs.fødselsudfald",),
            source="P, GM",
        ),
        Item(
            id="child_died_later",
            ref="TFO-12",
            clinic="Død efter fødslen",
            woman="Har du mistet barnet siden?",
            kind=YesNo(),
            when=When("child_outcome", ("live_birth",)),
            ways_out=("ask_doctor",),
            unremarkable=("no",),
            national=("GMBarnObs.død-efter-fødsel",),
            source="GM",
        ),
        Item(
            id="child_sex",
            ref="TFO-13",
            clinic="Køn",
            woman="Var det en dreng eller en pige?",
            kind=One(
                (
                    Option("boy", "Dreng", code="169838000"),
                    Option("girl", "Pige", code="169839008"),
                    Option("undetermined", "Det kunne man ikke se", clinic_label="Ukendt", code="394743007"),
                )
            ),
            ways_out=("ask_doctor",),
            unremarkable=("boy", "girl"),
            national=("GMBarnObs.køn",),
            source="P, GM",
        ),
        Item(
            id="child_weight",
            ref="TFO-14",
            clinic="Fødselsvægt",
            woman="Hvor meget vejede barnet ved fødslen?",
            help="Vi spørger, fordi barnets vægt kan betyde noget for de tilbud, du får nu.",
            hint="Skriv vægten i gram, for eksempel 3450.",
            kind=Integer(unit="g", low=300, high=6500),
            national=("GMBarnObs.fødselsvægt",),
            source="P, GM, LH",
        ),
        Item(
            id="child_complication",
            ref="TFO-16",
            clinic="Komplikation hos barnet",
            woman="Var barnet sygt, eller havde det brug for hjælp lige efter fødslen?",
            hint="Skriv kort, hvad der skete.",
            kind=LongText(max_length=500),
            when=When("child_outcome", ("live_birth",)),
            ways_out=("ask_doctor",),
            national=("GMBarnObs.bars-komplikation",),
            source="GM",
        ),
        Item(
            id="child_health_now",
            ref="TFO-15",
            clinic="Barnets nuværende tilstand",
            woman="Hvordan har barnet det i dag?",
            kind=LongText(max_length=500),
            when=When("child_died_later", ("no",)),
            ways_out=("ask_doctor",),
            national=("GMBarnObs.barnets-nuværende-tilstand",),
            source="P, GM",
        ),
        Item(
            id="child_feeding",
            ref="TFO-17",
            clinic="Amning sidst",
            woman="Hvordan gik det med at amme eller give flaske?",
            kind=LongText(max_length=500),
            when=When("child_died_later", ("no",)),
            ways_out=("ask_doctor",),
            source="K",
        ),
    ),
)
