"""Prøver ved første konsultation (UND-07..18): pages of the section `undersoegelser`. All are the clinic's.

The national record holds only that a screening is planned or opted out of, and of which kind: the item's `code` is
the kind, its options the status. Results stay in our record and the PDF. Results that come later are rows of `tests`.
"""

from svangre.catalogue import Date, Decimal, Group, Integer, Item, Many, One, Option, Page, Text, When, YesNo

SCREENING = ("GMScreeningsplanlaegningObs.screeningstype", "GMScreeningsplanlaegningObs.status")
RESULT = One((Option("negative", "Negativ"), Option("positive", "Positiv"), Option("awaiting", "Afventer")))
# One tube for all three; an offer to everyone, and voluntary.
GENERAL_SCREENING = One(
    (
        Option("ordered", "Prøve bestilt", code="397943006"),
        Option("declined", "Fravalgt", code="410521004"),
        Option("negative", "Negativ"),
        Option("positive", "Positiv"),
    )
)

URINE_CULTURE = Page(
    id="urine_culture",
    title=None,
    items=(
        Item(
            id="urine_culture_sent",
            ref="UND-07",
            clinic="Urindyrkning sendt",
            kind=YesNo(),
            who=("gp",),
            ways_out=(),
            source="P, GBS",
        ),
        Item(
            id="urine_culture_on",
            ref="UND-07",
            clinic="Urindyrkning, dato",
            kind=Date(past=True),
            who=("gp",),
            when=When("urine_culture_sent", ("yes",)),
            ways_out=(),
            source="P, GBS",
        ),
        Item(
            id="gbs_in_urine",
            ref="UND-07",
            clinic="GBS i urinen (i denne graviditet)",
            kind=YesNo(),
            who=("gp",),
            ways_out=(),
            source="P, GBS",
        ),
        Item(
            id="urine_culture_cfu",
            ref="UND-07",
            clinic="Urindyrkning, CFU pr. ml",
            kind=Integer(unit="{CFU}/mL", low=0, high=1000000000),
            who=("gp",),
            when=When("urine_culture_sent", ("yes",)),
            ways_out=(),
            source="P, GBS",
        ),
    ),
)

BLOOD = Page(
    id="blood_samples",
    title=None,
    items=(
        Item(
            id="blood_group_sample",
            ref="UND-08",
            clinic="Blodtypeprøve",
            kind=One(
                (
                    Option("no", "Nej"),
                    Option("ordered", "Bestilt", code="397943006"),
                    Option("taken", "Taget"),
                )
            ),
            who=("gp",),
            ways_out=(),
            national=SCREENING,
            code="http://snomed.info/sct|169703006",
            source="P, LH, INF",
        ),
        Item(
            id="blood_group_sample_on",
            ref="UND-08",
            clinic="Blodtypeprøve, dato",
            kind=Date(),
            who=("gp",),
            when=When("blood_group_sample", ("ordered", "taken")),
            ways_out=(),
            source="P, LH, INF",
        ),
        Item(
            id="rhd",
            ref="UND-09",
            clinic="Rhesustype (RhD)",
            kind=One((Option("positive", "Positiv"), Option("negative", "Negativ"), Option("awaiting", "Afventer"))),
            who=("gp",),
            ways_out=(),
            source="P, G1",
        ),
        Item(
            id="antibody_screen",
            ref="UND-10",
            clinic="Irregulære antistoffer, uge 6–10",
            kind=RESULT,
            who=("gp",),
            ways_out=(),
            source="P, G1",
        ),
        Item(
            id="hepatitis_b",
            ref="UND-11",
            clinic="Hepatitis B",
            kind=GENERAL_SCREENING,
            who=("gp",),
            ways_out=(),
            national=SCREENING,
            code="http://snomed.info/sct|712853001",
            source="P, GM, INF, G1",
        ),
        Item(
            id="hiv",
            ref="UND-11",
            clinic="Hiv",
            kind=GENERAL_SCREENING,
            who=("gp",),
            ways_out=(),
            national=SCREENING,
            code="http://snomed.info/sct|390786002",
            source="P, GM, INF, G1",
        ),
        Item(
            id="syphilis",
            ref="UND-11",
            clinic="Syfilis",
            kind=GENERAL_SCREENING,
            who=("gp",),
            ways_out=(),
            national=SCREENING,
            code="http://snomed.info/sct|169698000",
            source="P, GM, INF, G1",
        ),
        Item(
            id="general_screening_on",
            ref="UND-11",
            clinic="Generel screening, dato",
            kind=Date(),
            who=("gp",),
            ways_out=(),
            source="P, INF, G1",
        ),
        Item(
            id="screenings",
            ref="UND-12",
            clinic="Selektiv screening",
            kind=Group(
                (
                    Item(
                        id="screening_kind",
                        ref="UND-12",
                        clinic="Screening",
                        kind=One(
                            (
                                Option("chlamydia", "Klamydia"),
                                Option("gonorrhoea", "Gonoré"),
                                Option("haemoglobinopathy", "Hæmoglobinopati"),
                                Option("hepatitis_c", "Hepatitis C"),
                                Option("mrsa", "MRSA"),
                                Option("other", "Anden"),
                            )
                        ),
                        who=("gp",),
                        ways_out=(),
                        source="P, LH",
                    ),
                    Item(
                        id="screening_result",
                        ref="UND-12",
                        clinic="Svar",
                        kind=RESULT,
                        who=("gp",),
                        ways_out=(),
                        source="P, LH",
                    ),
                    Item(
                        id="screening_on",
                        ref="UND-12",
                        clinic="Dato",
                        kind=Date(),
                        who=("gp",),
                        ways_out=(),
                        source="P, LH",
                    ),
                    Item(
                        id="screening_remark",
                        ref="UND-12",
                        clinic="Bemærkning",
                        kind=Text(),
                        who=("gp",),
                        ways_out=(),
                        source="P, LH",
                    ),
                ),
                row="screening",
                add="Tilføj screening",
            ),
            who=("gp",),
            ways_out=(),
            source="P, LH",
        ),
    ),
)

VALUES = Page(
    id="test_results",
    title=None,
    items=(
        Item(
            id="vitamin_d",
            ref="UND-13",
            clinic="S-25-OH-D-vitamin (ved lav soleksponering)",
            kind=Decimal(unit="nmol/L", low="0", high="500"),
            who=("gp",),
            ways_out=(),
            source="P",
        ),
        Item(
            id="haemoglobin",
            ref="UND-14",
            clinic="Hæmoglobin",
            kind=Decimal(unit="mmol/L", low="2", high="15"),
            who=("gp",),
            ways_out=(),
            source="K",
        ),
        Item(
            id="ferritin",
            ref="UND-14",
            clinic="Ferritin",
            kind=Decimal(unit="ug/L", low="0", high="5000"),
            who=("gp",),
            ways_out=(),
            source="K",
        ),
        Item(
            id="tsh",
            ref="UND-15",
            clinic="TSH",
            kind=Decimal(unit="m[IU]/L", low="0", high="200", places=2),
            who=("gp",),
            ways_out=(),
            source="TSH",
        ),
        Item(
            id="hba1c",
            ref="UND-16",
            clinic="HbA1c",
            kind=Decimal(unit="mmol/mol", low="10", high="200"),
            who=("gp",),
            ways_out=(),
            source="DSAM",
        ),
        Item(
            id="ogtt_plan",
            ref="UND-17",
            clinic="OGTT planlagt",
            kind=Many(
                (
                    Option("week_10_20", "Uge 10–20"),
                    Option("week_24_28", "Uge 24–28"),
                    Option("none", "Ikke indiceret", excludes=True),
                )
            ),
            who=("gp",),
            ways_out=(),
            source="P, LH",
        ),
        Item(
            id="tests",
            ref="UND-17",
            clinic="Prøver med dato (OGTT 2-timers værdi og andre)",
            kind=Group(
                (
                    Item(
                        id="test_kind",
                        ref="UND-17",
                        clinic="Prøve",
                        kind=One(
                            (
                                Option("ogtt", "OGTT, 2-timers værdi"),
                                Option("hba1c", "HbA1c"),
                                Option("haemoglobin", "Hæmoglobin"),
                                Option("ferritin", "Ferritin"),
                                Option("tsh", "TSH"),
                                Option("vitamin_d", "S-25-OH-D-vitamin"),
                                Option("urine_culture", "Urindyrkning"),
                                Option("antibodies", "Irregulære antistoffer"),
                                Option("other", "Anden"),
                            )
                        ),
                        who=("gp",),
                        ways_out=(),
                        source="P, LH",
                    ),
                    Item(
                        id="test_on",
                        ref="UND-17",
                        clinic="Dato, taget eller planlagt",
                        kind=Date(),
                        who=("gp",),
                        ways_out=(),
                        source="P, LH",
                    ),
                    Item(
                        id="test_value",
                        ref="UND-17",
                        clinic="Værdi",
                        kind=Decimal(low="0", high="1000000000", places=2),
                        who=("gp",),
                        ways_out=(),
                        source="P, LH",
                    ),
                    Item(
                        id="test_unit",
                        ref="UND-17",
                        clinic="Enhed",
                        hint="OGTT: mmol/l.",
                        kind=Text(max_length=20),
                        who=("gp",),
                        ways_out=(),
                        source="P, LH",
                    ),
                    Item(
                        id="test_remark",
                        ref="UND-17",
                        clinic="Bemærkning",
                        kind=Text(),
                        who=("gp",),
                        ways_out=(),
                        source="P, LH",
                    ),
                ),
                row="prøve",
                add="Tilføj prøve",
            ),
            who=("gp",),
            ways_out=(),
            source="P, LH",
        ),
        Item(
            id="smear",
            ref="UND-18",
            clinic="Smear (celleprøve)",
            kind=One(
                (
                    Option("up_to_date", "Opdateret"),
                    Option("overdue", "Forfalden"),
                    Option("not_relevant", "Ikke relevant"),
                )
            ),
            who=("gp",),
            ways_out=(),
            source="SST",
        ),
    ),
)

LABORATORY_PAGES = (URINE_CULTURE, BLOOD, VALUES)
