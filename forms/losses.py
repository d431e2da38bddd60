"""3.5 Tidligere aborter: pregnancies that did not end in a birth, one row each.

She may mark each one as private; then it is hers and the clinic's until the GP releases it, item by item. That she will
not name the kind is a state (declines), not an option; the national code for "kind not stated" is not offered.
"""

from svangre.catalogue import (
    Group,
    Integer,
    Item,
    LongText,
    One,
    Option,
    Page,
    PartialDate,
    Section,
    When,
    YesNo,
)

LOSSES = Group(
    row="graviditet",
    add="Tilføj en graviditet",
    most=20,
    items=(
        Item(
            id="loss_year",
            ref="ABO-01",
            clinic="Årstal",
            woman="Hvilket år var det?",
            hint="Året er nok.",
            kind=PartialDate(earliest_year=1980),
            ways_out=("unknown", "declines", "ask_doctor"),
            national=("GMTidligereAbortObs.årstal",),
            source="P, GM",
        ),
        Item(
            id="loss_kind",
            ref="ABO-02",
            clinic="Type",
            woman="Hvad skete der?",
            kind=One(
                (
                    Option(
                        "spontaneous",
                        "Graviditeten gik til af sig selv (spontan abort)",
                        clinic_label="Spontan abort",
                        code="17369002",
                    ),
                    Option(
                        "induced",
                        "Graviditeten blev afbrudt med en abort",
                        clinic_label="Provokeret abort",
                        code="57797005",
                    ),
                    Option(
                        "ectopic_or_mola",
                        "Fosteret sad uden for livmoderen, eller moderkagen var syg (mola)",
                        clinic_label="Ekstrauterin graviditet eller mola",
                    ),
                )
            ),
            ways_out=("unknown", "declines", "ask_doctor"),
            national=("GMTidligereAbortObs.aborttype",),
            source="P, GM",
        ),
        Item(
            id="loss_week",
            ref="ABO-03",
            clinic="Graviditetsuge",
            woman="Hvor mange uger var du gravid?",
            help="Vi spørger, fordi ugen kan sige noget om, hvilken hjælp du kan få i denne graviditet.",
            hint="Hele uger, for eksempel 9. Cirka er fint.",
            kind=Integer(unit="wk", low=4, high=21),
            ways_out=("unknown", "declines", "ask_doctor"),
            national=("GMTidligereAbortObs.graviditetsuge",),
            source="P, GM",
        ),
        Item(
            id="loss_indication",
            ref="ABO-04",
            clinic="Indikation",
            kind=LongText(max_length=500),
            who=("gp",),
            when=When("loss_kind", ("induced",)),
            ways_out=(),
            visibility="gp_only",
            source="G1",
        ),
    ),
)

SECTION = Section(
    id="aborter",
    title="Andre graviditeter",
    clinic="Tidligere aborter",
    pages=(
        Page(
            id="earlier_losses",
            title="Andre graviditeter",
            intro=(
                "Mange har været gravide uden at få et barn. Dine svar her ses kun af dig og klinikken. "
                "Du bestemmer selv, hvor meget du vil skrive."
            ),
            items=(
                Item(
                    id="pregnant_before_without_birth",
                    ref="ABO-00",
                    clinic="Tidligere abort, ekstrauterin graviditet eller mola",
                    woman="Har du været gravid før, uden at det endte med en fødsel?",
                    help="For eksempel hvis du har mistet, valgt en abort eller haft et foster uden for livmoderen.",
                    kind=YesNo(),
                    ways_out=("unknown", "declines", "ask_doctor"),
                    unremarkable=("no",),
                    source="P",
                ),
                Item(
                    id="losses",
                    ref="ABO-00",
                    clinic="Tidligere aborter",
                    woman="De andre graviditeter",
                    help="Tilføj en ad gangen. Du behøver ikke udfylde det hele.",
                    kind=LOSSES,
                    when=When("pregnant_before_without_birth", ("yes",)),
                    ways_out=(),
                    source="P, GM",
                ),
            ),
        ),
    ),
)
