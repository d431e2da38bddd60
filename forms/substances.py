"""Alkohol og rusmidler (ALK, RUS): pages of the section `livsstil`.

The weeks of ALK-04 leave as one national part per week, the kinds of RUS-02 as one part per row.
TWEAK (ALK-05) is the project's own translation, to be checked; a low score never closes the topic.
"""

from svangre.catalogue import Group, Integer, Item, LongText, Many, One, Option, Page, When, YesNo

# She is offered the weeks up to 20; a later week is added by the clinic.
WEEKS = tuple(Option(f"week_{week}", f"Uge {week}", clinic_only=week > 20) for week in range(1, 43))
DRANK_BEFORE = When("alcohol_before", ("yes",))

ALCOHOL = Page(
    id="alcohol",
    title="Alkohol",
    items=(
        Item(
            id="alcohol_before",
            ref="ALK-01",
            clinic="Alkohol før erkendt graviditet",
            woman="Drak du alkohol, før du vidste, at du var gravid?",
            help="Mange har drukket, før de vidste det. Det er godt, at lægen ved det, så I kan tale om det. "
            "I Danmark er rådet til gravide helt at undgå alkohol.",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            national=("GMAlkoholObs.alkoholindtag-før-graviditet",),
            source="GM, G1",
        ),
        Item(
            id="drinks_per_week_before",
            ref="ALK-01",
            clinic="Genstande pr. uge før",
            woman="Hvor mange genstande drak du om ugen?",
            hint="En genstand er en almindelig øl eller et lille glas vin.",
            kind=Integer(unit="{genstande}/wk", low=0, high=70),
            when=DRANK_BEFORE,
            ways_out=("unknown", "ask_doctor"),
            national=("GMAlkoholObs.genstande-pr-uge-før",),
            source="GM, G1",
        ),
        Item(
            id="alcohol_now",
            ref="ALK-02",
            clinic="Alkohol efter erkendt graviditet",
            woman="Drikker du alkohol nu?",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            national=("GMAlkoholObs.alkoholindtag-under-graviditet",),
            source="P, GM",
        ),
        Item(
            id="drinks_per_week_now",
            ref="ALK-02",
            clinic="Genstande pr. uge nu",
            woman="Hvor mange genstande drikker du om ugen nu?",
            hint="En genstand er en almindelig øl eller et lille glas vin.",
            kind=Integer(unit="{genstande}/wk", low=0, high=70),
            when=When("alcohol_now", ("yes",)),
            ways_out=("unknown", "ask_doctor"),
            national=("GMAlkoholObs.genstande-pr-uge-under",),
            source="P, GM",
        ),
        Item(
            id="binge",
            ref="ALK-03",
            clinic="5 genstande eller flere ved samme lejlighed",
            woman="Har du, mens du var gravid, drukket 5 genstande eller mere på én gang?",
            hint="Tænk også på tiden, før du vidste, at du var gravid.",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            source="P, GM",
        ),
        Item(
            id="binge_times",
            ref="ALK-03",
            clinic="5+ genstande, antal gange",
            woman="Hvor mange gange?",
            kind=Integer(low=0, high=40),
            when=When("binge", ("yes",)),
            ways_out=("unknown", "ask_doctor"),
            national=("GMAlkoholObs.antal-gange-med5+genstande",),
            source="P, GM",
        ),
        Item(
            id="binge_weeks",
            ref="ALK-04",
            clinic="5+ genstande, graviditetsuger",
            woman="I hvilke uger af graviditeten?",
            hint="Uge 1 begynder den første dag i din sidste menstruation. Omkring uge 5 skulle den næste være kommet.",
            kind=Many(WEEKS),
            when=When("binge", ("yes",)),
            national=("GMGraviditetsugeMed5GenstandeObs.graviditetsuge",),
            source="GM, G1",
        ),
    ),
)

TWEAK = Page(
    id="alcohol_habits",
    title="Om alkohol, før du blev gravid",
    items=(
        Item(
            id="tweak_tolerance",
            ref="ALK-05",
            clinic="TWEAK T: genstande før virkning (egen oversættelse)",
            woman="Hvor mange genstande skulle der til, før du kunne mærke det?",
            kind=Integer(unit="{genstande}", low=0, high=30),
            when=DRANK_BEFORE,
            ways_out=("unknown", "ask_doctor"),
            source="GM, G1",
        ),
        Item(
            id="tweak_worried",
            ref="ALK-05",
            clinic="TWEAK W: andre bekymrede det seneste år (egen oversættelse)",
            woman="Har nogen tæt på dig det seneste år sagt, at de var bekymrede for, hvor meget du drikker?",
            kind=YesNo(),
            when=DRANK_BEFORE,
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            source="GM, G1",
        ),
        Item(
            id="tweak_eye_opener",
            ref="ALK-05",
            clinic="TWEAK E: drikker om morgenen (egen oversættelse)",
            woman="Hændte det, at du drak alkohol om morgenen, lige når du var stået op?",
            kind=YesNo(),
            when=DRANK_BEFORE,
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            source="GM, G1",
        ),
        Item(
            id="tweak_amnesia",
            ref="ALK-05",
            clinic="TWEAK A: huller i hukommelsen (egen oversættelse)",
            woman="Har andre fortalt dig om noget, du sagde eller gjorde, mens du drak, som du ikke kunne huske?",
            kind=YesNo(),
            when=DRANK_BEFORE,
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            source="GM, G1",
        ),
        Item(
            id="tweak_cut_down",
            ref="ALK-05",
            clinic="TWEAK K: behov for at skære ned (egen oversættelse)",
            woman="Har du nogle gange følt, at du burde drikke mindre?",
            kind=YesNo(),
            when=DRANK_BEFORE,
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            source="GM, G1",
        ),
        Item(
            id="tweak_points",
            ref="ALK-05",
            clinic="TWEAK-point",
            kind=Integer(low=0, high=7),
            who=(),
            when=DRANK_BEFORE,
            ways_out=(),
            national=("GMAlkoholObs.tweak-points",),
            source="GM, G1",
        ),
    ),
    intro="Fem korte spørgsmål, som stilles til alle, der har drukket alkohol.",
)

DRUGS = Page(
    id="substances_used",
    title="Rusmidler og stærk medicin",
    items=(
        Item(
            id="substance_use",
            ref="RUS-01",
            clinic="Rusmidler eller vanedannende medicin de seneste 2 år",
            woman="Har du de seneste 2 år brugt hash, andre stoffer eller medicin, man kan blive afhængig af?",
            hint="Det kan for eksempel være stærk smertestillende medicin eller sovepiller.",
            help="Vi spørger alle. Svaret bruges til at hjælpe dig og barnet. Stop ikke brat på egen hånd.",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            national=("GMRusmidlerObs.forbrug2år-før-graviditet",),
            source="GM, P",
        ),
        Item(
            id="substances",
            ref="RUS-02",
            clinic="Rusmidler og vanedannende medicin",
            woman="Hvad har du brugt?",
            kind=Group(
                (
                    Item(
                        id="substance_kind",
                        ref="RUS-02",
                        clinic="Type",
                        woman="Hvad var det?",
                        kind=One(
                            (
                                Option("cannabis", "Hash", "Cannabis", "398705004"),
                                Option("opioids", "Stærk smertestillende medicin", "Opioider", "373265006"),
                                Option(
                                    "sedatives",
                                    "Sovepiller eller beroligende medicin",
                                    "Sovemedicin, beroligende",
                                    "45604009",
                                ),
                                Option(
                                    "stimulants",
                                    "Kokain, amfetamin eller lignende",
                                    "Kokain, amfetamin",
                                    "373333006",
                                ),
                                Option("other", "Noget andet", "Anden medicin eller andet stof", "410942007"),
                            )
                        ),
                        ways_out=("unknown", "ask_doctor"),
                        national=("GMRusmiddeltypeObs.type-rusmiddel/lægemiddel",),
                        source="GM",
                    ),
                    Item(
                        id="substance_in_pregnancy",
                        ref="RUS-03",
                        clinic="Brugt i graviditeten",
                        woman="Har du brugt det, efter du blev gravid?",
                        kind=YesNo(),
                        ways_out=("unknown", "ask_doctor"),
                        source="P, G1",
                    ),
                    Item(
                        id="substance_remark",
                        ref="RUS-03",
                        clinic="Mængde, hvor ofte, sidst brugt",
                        woman="Hvor meget, hvor tit, og hvornår sidst?",
                        kind=LongText(),
                        ways_out=(),
                        source="P, G1",
                    ),
                ),
                row="stof eller medicin",
                add="Tilføj stof eller medicin",
            ),
            when=When("substance_use", ("yes",)),
            ways_out=(),
            source="GM",
        ),
    ),
    intro="Dine svar ses kun af dem, der tager sig af dig i graviditeten og ved fødslen.",
)

SUBSTANCE_PAGES = (ALCOHOL, TWEAK, DRUGS)
