"""Arbejde og arbejdsmiljø (ARB). The rows of `exposures`: the kinds leave as one national part each, what and when as
the one text and the one period that the national record holds."""

from svangre.catalogue import Group, Integer, Item, LongText, One, Option, Page, PartialDate, Section, Text, When, YesNo

HAS_JOB = When("main_occupation", ("employed", "self_employed", "on_sick_leave"))
HAS_JOB_OR_STUDIES = When("main_occupation", ("employed", "self_employed", "student", "on_sick_leave"))

WORK = Page(
    id="your_work",
    title="Arbejde",
    items=(
        Item(
            id="job",
            ref="ARB-01",
            clinic="Den gravides arbejde",
            woman="Hvad arbejder du med, eller hvad læser du?",
            kind=Text(),
            when=HAS_JOB_OR_STUDIES,
            ways_out=(),
            national=("GMArbejdsmiljoepaavirkningObs.den-gravides-arbejde",),
            source="P, GM",
        ),
        Item(
            id="hours_per_week",
            ref="ARB-02",
            clinic="Timer pr. uge",
            woman="Hvor mange timer om ugen arbejder du?",
            kind=Integer(unit="h/wk", low=0, high=168),
            when=HAS_JOB,
            national=("GMArbejdsmiljoepaavirkningObs.timer-pr-uge",),
            source="P, GM, G1",
        ),
        Item(
            id="working_time",
            ref="ARB-03",
            clinic="Arbejdstidspunkt",
            woman="Hvornår på døgnet arbejder du mest?",
            help="Vi spørger, fordi meget natarbejde kan være hårdt, når man er gravid.",
            kind=One(
                (
                    Option("day", "Om dagen", "Dag", "28017001"),
                    Option("evening", "Om aftenen", "Aften", "3157002"),
                    Option("night", "Om natten", "Nat", "2546009"),
                    Option("shifts", "På skiftende tider", "Skiftehold", "266961004"),
                )
            ),
            when=HAS_JOB,
            unremarkable=("day",),
            national=("GMArbejdsmiljoepaavirkningObs.arbejdstidspunkt",),
            source="GM",
        ),
        Item(
            id="exposed_at_work",
            ref="ARB-04",
            clinic="Arbejdsmiljøpåvirkning",
            woman="Er der noget på dit arbejde, som du er bekymret for?",
            hint="Det kan for eksempel være tunge løft, smitte, kemi, støj, stråling, vold eller stress.",
            help="Nogle ting på arbejdet kan påvirke en graviditet. Så kan arbejdet tit laves om, så du kan blive ved.",
            kind=YesNo(),
            when=HAS_JOB_OR_STUDIES,
            unremarkable=("no",),
            source="P, GM",
        ),
        Item(
            id="exposures",
            ref="ARB-04",
            clinic="Påvirkninger i arbejdet",
            woman="Hvad er du bekymret for?",
            kind=Group(
                (
                    Item(
                        id="exposure_kind",
                        ref="ARB-04",
                        clinic="Type",
                        woman="Hvad slags er det?",
                        kind=One(
                            (
                                Option(
                                    "ergonomic",
                                    "Hårdt for kroppen, for eksempel tunge løft eller at stå længe",
                                    "Ergonomisk",
                                    "737348000",
                                ),
                                Option("biological", "Smitte fra mennesker eller dyr", "Biologisk", "418307001"),
                                Option("chemical", "Kemi, damp eller støv", "Kemisk", "129231000119103"),
                                Option(
                                    "other",
                                    "Noget andet, for eksempel støj, stråling, vold eller stress",
                                    "Andet",
                                    "418715001",
                                ),
                            )
                        ),
                        national=("GMTypePaavirkningObs.type-af-arbejdsmiljøpåvirkning",),
                        source="P, GM",
                    ),
                    Item(
                        id="exposure_nature",
                        ref="ARB-05",
                        clinic="Art",
                        woman="Hvad sker der på arbejdet?",
                        kind=Text(),
                        ways_out=(),
                        national=("GMArbejdsmiljoepaavirkningObs.art-af-påvirkning",),
                        source="P, GM",
                    ),
                    Item(
                        id="exposure_from",
                        ref="ARB-05",
                        clinic="Fra",
                        woman="Hvornår begyndte det?",
                        hint="Du kan nøjes med måned og år.",
                        kind=PartialDate(),
                        national=("GMArbejdsmiljoepaavirkningObs.dato-start-af-påvirkningsperiode",),
                        source="P, GM",
                    ),
                    Item(
                        id="exposure_to",
                        ref="ARB-05",
                        clinic="Til",
                        woman="Hvornår holdt det op, eller hvornår holder det op?",
                        hint="Lad feltet stå tomt, hvis det bliver ved.",
                        kind=PartialDate(past=False),
                        national=("GMArbejdsmiljoepaavirkningObs.dato-ende-af-påvirkningsperiode",),
                        source="P, GM",
                    ),
                ),
                row="påvirkning",
                add="Tilføj noget, du er bekymret for",
            ),
            when=When("exposed_at_work", ("yes",)),
            ways_out=(),
            source="P, GM",
        ),
        Item(
            id="sick_leave",
            ref="ARB-09",
            clinic="Sygemeldt",
            woman="Er du sygemeldt nu, helt eller delvist?",
            kind=YesNo(),
            unremarkable=("no",),
            national=("GMFravaersmeldingSygemeldingObs.sygemelding",),
            source="GM",
        ),
        Item(
            id="sick_leave_remarks",
            ref="ARB-09",
            clinic="Bemærkninger til sygemelding",
            woman="Hvad er du sygemeldt for, og siden hvornår?",
            kind=LongText(),
            when=When("sick_leave", ("yes",)),
            ways_out=("ask_doctor",),
            national=("GMFravaersmeldingSygemeldingObs.andre-bemærkninger",),
            source="GM",
        ),
        Item(
            id="partner_job",
            ref="ARB-07",
            clinic="Partners arbejde",
            woman="Hvad arbejder din partner med?",
            kind=Text(),
            when=When("has_partner", ("yes",)),
            national=("GMArbejdsmiljoepaavirkningObs.partners-arbejde",),
            source="P, GM",
        ),
    ),
)

CLINIC_WORK = Page(
    id="work_measures",
    title=None,
    items=(
        Item(
            id="occupational_clinic",
            ref="ARB-06",
            clinic="Henvist til arbejdsmedicinsk klinik",
            kind=YesNo(),
            who=("gp",),
            when=When("exposed_at_work", ("yes",)),
            ways_out=(),
            national=("GMArbejdsmiljoepaavirkningObs.henvist-til-arbejdsmedicinsk-klinik",),
            source="P, GM",
        ),
        Item(
            id="absence_notice",
            ref="ARB-08",
            clinic="Fraværsmelding",
            kind=One(
                (
                    Option("none", "Ingen, i arbejde", code="224363007"),
                    Option("partial", "Delvis", code="598041000005109"),
                    Option("full", "Fuld", code="598031000005101"),
                )
            ),
            who=("gp",),
            ways_out=(),
            national=("GMFravaersmeldingSygemeldingObs.fraværsmeldt",),
            source="P, GM",
        ),
    ),
)

SECTION = Section(id="arbejde", title="Arbejde", clinic="Arbejde og arbejdsmiljø", pages=(WORK, CLINIC_WORK))
