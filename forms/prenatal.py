"""3.8 Fosterdiagnostik: her wishes, with the right not to know.

Whether she wants information is asked first. A no hides the wishes from her (they are then not asked, never "no");
the GP's part always shows them, since the national document needs a yes or no after the talk.
Sources: FD20, content specification 3.8.
"""

from svangre.catalogue import Date, Integer, Item, Page, Section, When, YesNo

WANTS_TO_HEAR = When("wants_prenatal_information", ("yes", "unknown", "ask_doctor", "not_answered"), only_for_her=True)

WISHES = Page(
    id="prenatal_wishes",
    title="Undersøgelser af fosteret",
    intro="Undersøgelserne er et tilbud. Du vælger selv, og du kan ændre mening.",
    items=(
        Item(
            id="wants_prenatal_information",
            ref="FOS-00",
            clinic="Ønsker information om fosterundersøgelser",
            woman="Vil du gerne høre om undersøgelser af fosteret?",
            help="Du har ret til at vide besked, og du har ret til at lade være.",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            source="FD20, FOTO",
        ),
        Item(
            id="wants_first_trimester_scan",
            ref="FOS-01",
            clinic="Ønsker 1. trimesterskanning (11+0–13+6)",
            woman="Vil du gerne have den første skanning (nakkefoldsskanning)?",
            help=(
                "Skanningen er i uge 11 til 13. Den viser, hvor langt du er, og om der er et eller flere fostre. "
                "Den bruges også til at vurdere fosteret."
            ),
            kind=YesNo(),
            when=WANTS_TO_HEAR,
            ways_out=("unknown", "ask_doctor"),
            national=("GMPraenatalUltralydObs.ønskes1trimesterscanning",),
            mandatory=True,
            source="P, GM",
        ),
        Item(
            id="wants_second_trimester_scan",
            ref="FOS-02",
            clinic="Ønsker 2. trimesterskanning (18+0–20+0)",
            woman="Vil du gerne have den anden skanning midt i graviditeten?",
            help="Skanningen er i uge 18 til 20. Man ser på fosterets krop og organer og på moderkagen.",
            kind=YesNo(),
            when=WANTS_TO_HEAR,
            ways_out=("unknown", "ask_doctor"),
            national=("GMPraenatalUltralydObs.ønskes2trimesterscanning",),
            mandatory=True,
            source="P, GM",
        ),
        Item(
            id="wants_risk_assessment",
            ref="FOS-03",
            clinic="Ønsker risikovurdering for kromosomafvigelser",
            woman="Vil du gerne vide, hvor sandsynligt det er, at fosteret har for eksempel Downs syndrom?",
            help=(
                "Svaret bygger på en blodprøve (doubletest) og den første skanning. "
                "Det er et tal for, hvor sandsynligt det er, ikke et sikkert svar."
            ),
            kind=YesNo(),
            when=WANTS_TO_HEAR,
            ways_out=("unknown", "ask_doctor"),
            national=("GMPraenatalRisikovurderingsoenskesObs.ønske-om-risikovurdering",),
            mandatory=True,
            source="P, GM",
        ),
        Item(
            id="earlier_chromosomal_anomaly",
            ref="FOS-05",
            clinic="Tidligere barn eller foster med kromosomafvigelse",
            woman="Har du tidligere ventet eller fået et barn med en ændring i kromosomerne?",
            help="Kromosomer bærer arven. Downs syndrom er et eksempel. Vi spørger, fordi du så kan få andre tilbud.",
            kind=YesNo(),
            ways_out=("unknown", "declines", "ask_doctor"),
            unremarkable=("no",),
            source="FD20",
        ),
    ),
)

CLINIC_PART = Page(
    id="prenatal_clinic",
    title=None,
    items=(
        Item(
            id="doubletest",
            ref="FOS-04",
            clinic="Doubletest bestilt eller taget (8+0–13+6)",
            kind=YesNo(),
            who=("gp",),
            when=When("wants_risk_assessment", ("yes",)),
            ways_out=(),
            source="P, G1",
        ),
        Item(
            id="doubletest_on",
            ref="FOS-04",
            clinic="Doubletest: dato",
            kind=Date(),
            who=("gp",),
            when=When("doubletest", ("yes",)),
            ways_out=(),
            source="P, G1",
        ),
        Item(
            id="risk_result_one_in",
            ref="FOS-06",
            clinic="Resultat: sandsynlighed 1:",
            kind=Integer(low=1, high=1_000_000),
            who=("midwife",),
            ways_out=(),
            status="later",
            source="P",
        ),
    ),
)

SECTION = Section(
    id="fosterdiagnostik",
    title="Undersøgelser af fosteret",
    clinic="Fosterdiagnostik",
    pages=(WISHES, CLINIC_PART),
)
