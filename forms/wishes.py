"""Ønsker til forløbet: fødested, jordemoder og hvad der er vigtigt for hende (FOD).

The wished birth place is her words; the place that receives the record is chosen from the list when signing. What
matters to her is sent with the resumé. "Overvejer" on home birth is no national value: the element is left out.
"""

from svangre.catalogue import Item, LongText, One, Option, Page, Section, Text, YesNo

MATTERS = Page(
    id="what_matters_to_you",
    title="Det vigtige for dig",
    items=(
        Item(
            id="what_matters",
            ref="FOD-07",
            clinic="Vigtigt for hende, bekymringer",
            woman="Hvad er vigtigt for dig i graviditeten og ved fødslen? Er der noget, du er bekymret for?",
            help="Det læser lægen og jordemoderen først. Så kan de tage udgangspunkt i dig.",
            kind=LongText(max_length=1000),
            ways_out=("ask_doctor",),
            national=("GMResumeObs.resume-indslag",),
            source="K",
        ),
        Item(
            id="birth_fear",
            ref="FOD-07",
            clinic="Fødselsangst",
            woman="Er du bange for at skulle føde?",
            help="Mange er bange. Jordemoderen kan hjælpe, og det er godt at tale om tidligt.",
            kind=One(
                (
                    Option("much", "Ja, det fylder meget"),
                    Option("a_little", "Ja, lidt"),
                    Option("no", "Nej"),
                )
            ),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            source="K",
        ),
    ),
)

BIRTHPLACE = Page(
    id="birthplace",
    title="Hvor og hvordan du gerne vil føde",
    items=(
        Item(
            id="wanted_birthplace",
            ref="FOD-01",
            clinic="Ønsket fødested",
            woman="Hvor vil du gerne føde?",
            hint="Skriv navnet på sygehuset, eller skriv hjemme.",
            help="Du må vælge frit, hvis der er plads. Lægen sender dine papirer til det sted, I bliver enige om.",
            kind=Text(),
            national=("GMOensketFoedestedOrganization",),
            source="P, GM, RH",
        ),
        Item(
            id="home_birth",
            ref="FOD-02",
            clinic="Ønsker hjemmefødsel",
            woman="Vil du gerne føde hjemme?",
            kind=One(
                (Option("yes", "Ja"), Option("considering", "Jeg overvejer det", "Overvejer"), Option("no", "Nej"))
            ),
            unremarkable=("no",),
            national=("GMFoedestedObs.ønskes-hjemmefødsel",),
            source="GM",
        ),
        Item(
            id="antenatal_classes",
            ref="FOD-06",
            clinic="Ønsker fødselsforberedelse",
            woman="Vil du gerne på et kursus om fødsel og den første tid?",
            kind=YesNo(),
            unremarkable=("yes", "no"),
            national=("GMJordemodercenterObs.ønskes-fødselsforberedende-undervisning",),
            source="P, GM",
        ),
    ),
)

MIDWIFE = Page(
    id="midwife",
    title="Din jordemoder",
    items=(
        Item(
            id="consultation_form",
            ref="FOD-05",
            clinic="Konsultationsform",
            woman="Hvordan vil du helst mødes med jordemoderen?",
            hint="Det er ikke alle steder, der har grupper.",
            kind=One(
                (
                    Option("individual", "Alene med jordemoderen", "Individuel konsultation", "1255638000"),
                    Option("group", "I en gruppe med andre gravide", "Gruppekonsultation", "1255637005"),
                )
            ),
            unremarkable=("individual", "group"),
            national=("GMJordemodercenterObs.konsultationsform",),
            source="P, GM",
        ),
        Item(
            id="wanted_midwife_centre",
            ref="FOD-04",
            clinic="Ønsket jordemodercenter",
            woman="Er der et sted, du helst vil gå til jordemoder?",
            hint="Skriv navnet på stedet eller byen.",
            kind=Text(),
            national=("GMOensketJordemodercenterOrganization",),
            source="P, GM",
        ),
        Item(
            id="wanted_midwife",
            ref="FOD-04",
            clinic="Ønsket jordemoder",
            woman="Er der en jordemoder, du gerne vil have igen?",
            hint="Skriv navnet, hvis du kan huske det.",
            kind=Text(max_length=120),
            national=("GMJordemodercenterObs.ønsket-jordemoder",),
            source="P, GM",
        ),
        Item(
            id="wanted_weekday",
            ref="FOD-04",
            clinic="Ønsket ugedag",
            woman="Hvilken ugedag passer dig bedst?",
            kind=One(
                (
                    Option("monday", "Mandag", code="307145004"),
                    Option("tuesday", "Tirsdag", code="307147007"),
                    Option("wednesday", "Onsdag", code="307148002"),
                    Option("thursday", "Torsdag", code="307149005"),
                    Option("friday", "Fredag", code="307150005"),
                    Option("saturday", "Lørdag", code="307151009"),
                    Option("sunday", "Søndag", code="307146003"),
                )
            ),
            unremarkable=("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
            national=("GMJordemodercenterObs.ønsket-ugedag-for-konsultationer",),
            source="P, GM",
        ),
    ),
    intro="Spring over, hvis det er lige meget for dig.",
)

LATER = Page(
    id="birthplace_later",
    title=None,
    items=(
        Item(
            id="planned_birthplace",
            ref="FOD-03",
            clinic="Planlagt fødested",
            kind=Text(),
            who=("gp", "midwife"),
            ways_out=(),
            national=("GMPlanlagtFoedestedOrganization",),
            status="later",
            source="P, GM",
        ),
        Item(
            id="health_visitor_organization",
            ref="FOD-08",
            clinic="Sundhedsplejen",
            kind=Text(),
            who=("midwife",),
            ways_out=(),
            national=("GMSundhedsplejenObs", "GMSundhedsplejenOrganization"),
            status="later",
            source="GM",
        ),
        Item(
            id="health_visitor",
            ref="FOD-08",
            clinic="Sundhedsplejerske",
            kind=Text(max_length=120),
            who=("midwife",),
            ways_out=(),
            national=("GMSundhedsplejerskePractitioner",),
            status="later",
            source="GM",
        ),
    ),
)

SECTION = Section(
    id="oensker", title="Dine ønsker", clinic="Ønsker og fødested", pages=(MATTERS, BIRTHPLACE, MIDWIFE, LATER)
)
