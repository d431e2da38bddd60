"""Samtykke og information (SAM). A no to sending keeps the signed record in the clinic; a later yes opens it.

SAM-01 is not the legal basis for keeping a record; it shows that she was told.
"""

from svangre.catalogue import Item, LongText, Many, One, Option, Page, Section, When, YesNo

CONSENT = Page(
    id="sharing",
    title="Hvem må få dine svar",
    items=(
        Item(
            id="information_read",
            ref="SAM-01",
            clinic="Informeret om brug af svar",
            woman="Har du læst, hvad dine svar bruges til?",
            kind=YesNo(yes="Ja, det har jeg læst", no="Nej, ikke endnu"),
            who=("woman",),
            ways_out=(),
            unremarkable=("yes",),
            source="K",
        ),
        Item(
            id="consent_to_send",
            ref="SAM-02",
            clinic="Samtykke til at sende svangrejournal til fødested og jordemoder",
            woman="Må lægen sende dine oplysninger til fødestedet og jordemoderen?",
            help="Så kender de dig, når du kommer. Siger du nej, bliver det hele hos lægen. Du kan altid lave det om.",
            kind=One(
                (
                    Option("yes", "Ja"),
                    Option("limited", "Ja, men ikke det hele", "Begrænset"),
                    Option("no", "Nej"),
                )
            ),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("yes",),
            source="K",
        ),
        Item(
            id="consent_limits",
            ref="SAM-02",
            clinic="Samtykke: hvad der ikke må sendes",
            woman="Hvad må lægen ikke sende?",
            kind=LongText(),
            when=When("consent_to_send", ("limited",)),
            ways_out=("ask_doctor",),
            visibility="clinic_and_her",
            source="K",
        ),
        Item(
            id="share_with_health_visitor",
            ref="SAM-03",
            clinic="Information til sundhedsplejen",
            woman="Må sundhedsplejen i din kommune få besked om, at du er gravid?",
            hint="Sundhedsplejen er dem, der kommer hjem til dig og barnet efter fødslen.",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("yes",),
            source="K",
        ),
    ),
)

OPT_OUTS = Page(
    id="opting_out",
    title="Prøver, du helst er fri for",
    items=(
        Item(
            id="opt_outs",
            ref="SAM-04",
            clinic="Fravalg af prøver og undersøgelser",
            woman="Er der prøver eller undersøgelser, du helst er fri for?",
            help="Alt er et tilbud. Du bestemmer selv, og du får den samme gode hjælp bagefter.",
            kind=Many(
                (
                    Option("none", "Nej", "Ingen", excludes=True),
                    Option("infection_tests", "Prøver for hepatitis B, hiv og syfilis", "Hepatitis B, hiv, syfilis"),
                    Option("other_blood_tests", "Andre blodprøver"),
                    Option("urine_tests", "Prøver af urin", "Urinprøver"),
                    Option("scans", "Skanninger"),
                    Option("vaccines", "Vacciner"),
                    Option("gynaecological", "Undersøgelse i underlivet", "Gynækologisk undersøgelse"),
                    Option("other", "Noget andet", "Andet"),
                )
            ),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("none",),
            source="INF",
        ),
        Item(
            id="opt_outs_details",
            ref="SAM-04",
            clinic="Fravalg, uddybning",
            woman="Vil du fortælle mere om det?",
            kind=LongText(),
            when=When(
                "opt_outs",
                (
                    "infection_tests",
                    "other_blood_tests",
                    "urine_tests",
                    "scans",
                    "vaccines",
                    "gynaecological",
                    "other",
                ),
            ),
            ways_out=(),
            source="INF",
        ),
    ),
)

RESTRICTIONS = Page(
    id="restricted",
    title=None,
    items=(
        Item(
            id="restrictions",
            ref="SAM-05",
            clinic="Spærring, begrænset visning",
            hint="Hvert svar har sin egen synlighed; her noteres aftalen med hende.",
            kind=LongText(),
            who=("gp",),
            ways_out=(),
            visibility="gp_only",
            source="K",
        ),
    ),
)

SECTION = Section(
    id="samtykke",
    title="Samtykke",
    clinic="Samtykke og modtagere",
    pages=(OPT_OUTS, CONSENT, RESTRICTIONS),
)
