"""Psykisk helbred (PSY): a page of the section `sygdomme`.

Kinds and treatment are part of the national text on mental illness (PSY-03). PSY-04 is two questions on the last
month, and one more only after a yes; no official Danish requirement.
"""

from svangre.catalogue import Item, LongText, Many, Option, Page, When, YesNo

MIND = Page(
    id="mental_health",
    title="Dit psykiske helbred",
    items=(
        Item(
            id="mental_illness",
            ref="PSY-01",
            clinic="Psykisk sygdom af relevans",
            woman="Har du det, eller har du haft det, svært psykisk?",
            hint="Det kan for eksempel være depression, angst, spiseforstyrrelse, bipolar lidelse, psykose eller ADHD.",
            help="Mange har det eller har haft det sådan. Vi spørger, fordi der findes god hjælp, "
            "både i graviditeten og når barnet er født.",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            national=("GMPsykiskSygdomAfRelevansObs.psykisk-sygdom-af-relevans",),
            mandatory=True,
            source="P, GM",
        ),
        Item(
            id="mental_illness_kinds",
            ref="PSY-01",
            clinic="Psykisk sygdom: art",
            woman="Hvad har det været?",
            kind=Many(
                (
                    Option("depression", "Depression"),
                    Option("anxiety", "Angst"),
                    Option("eating_disorder", "Spiseforstyrrelse"),
                    Option("bipolar", "Bipolar lidelse"),
                    Option("psychosis", "Psykose eller skizofreni"),
                    Option("adhd", "ADHD"),
                    Option("postpartum", "Depression eller psykose efter en fødsel"),
                    Option("other", "Noget andet"),
                )
            ),
            when=When("mental_illness", ("yes",)),
            ways_out=("unknown", "ask_doctor"),
            national=("GMPsykiskSygdomObs.oplysninger-psykisk",),
            source="P, GM",
        ),
        Item(
            id="mental_illness_treated",
            ref="PSY-02",
            clinic="Behandling modtaget",
            woman="Har du fået behandling for det?",
            kind=YesNo(),
            when=When("mental_illness", ("yes",)),
            ways_out=("unknown", "ask_doctor"),
            national=("GMPsykiskSygdomObs.behandling-modtaget",),
            source="GM",
        ),
        Item(
            id="mental_illness_treatment",
            ref="PSY-02",
            clinic="Behandling: art",
            woman="Hvilken behandling?",
            kind=Many(
                (
                    Option("conversations", "Samtaler"),
                    Option("medicine", "Medicin"),
                    Option("admission", "Indlæggelse"),
                    Option("other", "Noget andet"),
                )
            ),
            when=When("mental_illness_treated", ("yes",)),
            ways_out=("unknown", "ask_doctor"),
            national=("GMPsykiskSygdomObs.oplysninger-psykisk",),
            source="GM",
        ),
        Item(
            id="mental_illness_details",
            ref="PSY-03",
            clinic="Oplysninger om psykisk sygdom",
            woman="Fortæl gerne lidt mere, hvis du har lyst.",
            kind=LongText(),
            when=When("mental_illness", ("yes",)),
            ways_out=("ask_doctor",),
            national=("GMPsykiskSygdomObs.oplysninger-psykisk",),
            source="GM",
        ),
        Item(
            id="low_mood",
            ref="PSY-04",
            clinic="Nedtrykthed den seneste måned",
            woman="Har du den seneste måned ofte været trist, nedtrykt eller uden håb?",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            source="K",
        ),
        Item(
            id="little_interest",
            ref="PSY-04",
            clinic="Manglende lyst den seneste måned",
            woman="Har du den seneste måned ofte haft svært ved at føle lyst eller glæde?",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            source="K",
        ),
        Item(
            id="thoughts_of_self_harm",
            ref="PSY-04",
            clinic="Tanker om selvskade",
            woman="Har du haft tanker om at gøre skade på dig selv?",
            hint="Har du det sådan lige nu, så ring til din læge, til lægevagten eller til 112.",
            help="Vi spørger for at kunne hjælpe dig. Du er ikke alene med det.",
            kind=YesNo(),
            when=When("low_mood", ("yes",)),
            ways_out=("unknown", "ask_doctor"),
            visibility="clinic_and_her",
            source="K",
        ),
    ),
    intro="Du bestemmer selv, hvor meget du vil skrive. Du kan også vælge at tale med lægen om det.",
)
