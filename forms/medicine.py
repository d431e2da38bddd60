"""Medicin, kosttilskud, allergi og vacciner (MED, ALL, VAC).

The national record holds one text for medicine and one for allergens: the rows of `medicines` and of `allergies`,
joined, are that text, so the group carries the national name.
"""

from svangre.catalogue import (
    Date,
    Group,
    Item,
    LongText,
    Many,
    One,
    Option,
    Page,
    PartialDate,
    Section,
    Text,
    When,
    YesNo,
)

MEDICINE = Page(
    id="your_medicine",
    title="Din medicin",
    items=(
        Item(
            id="takes_medicine",
            ref="MED-01",
            clinic="Tager medicin eller naturmedicin",
            woman="Tager du medicin? Det gælder også medicin uden recept og naturmedicin.",
            help="Det meste medicin kan bruges, når du er gravid, men noget skal ændres. "
            "Stop ikke selv med medicin, som lægen har givet dig. Ring til lægen først.",
            kind=YesNo(),
            unremarkable=("no",),
            source="P, GM, G1",
        ),
        Item(
            id="medicines",
            ref="MED-01",
            clinic="Medicin og naturlægemidler",
            woman="Hvilken medicin tager du?",
            kind=Group(
                (
                    Item(
                        id="medicine_name",
                        ref="MED-01",
                        clinic="Præparat",
                        woman="Hvad hedder medicinen?",
                        hint="Navnet står på pakken.",
                        kind=Text(),
                        ways_out=(),
                        source="P, GM, G1",
                    ),
                    Item(
                        id="medicine_dose",
                        ref="MED-01",
                        clinic="Dosis",
                        woman="Hvor meget tager du, og hvor tit?",
                        hint="For eksempel 1 pille på 50 mg hver morgen.",
                        kind=Text(),
                        source="P, GM, G1",
                    ),
                    Item(
                        id="medicine_kind",
                        ref="MED-01",
                        clinic="Art",
                        woman="Hvor har du medicinen fra?",
                        kind=One(
                            (
                                Option("prescription", "Fra lægen, på recept", "Recept"),
                                Option("over_the_counter", "Købt uden recept", "Håndkøb"),
                                Option("natural", "Naturmedicin", "Naturlægemiddel"),
                            )
                        ),
                        source="P, GM, G1",
                    ),
                    Item(
                        id="medicine_reason",
                        ref="MED-01",
                        clinic="Indikation",
                        woman="Hvad tager du den for?",
                        kind=Text(),
                        ways_out=("unknown", "ask_doctor"),
                        source="P, GM, G1",
                    ),
                ),
                row="medicin",
                add="Tilføj medicin",
            ),
            when=When("takes_medicine", ("yes",)),
            ways_out=(),
            national=("GMMedicinOgNaturlaegemidlerObs.medicin-og-naturlægemidler",),
            source="P, GM, G1",
        ),
        Item(
            id="recently_stopped_medicine",
            ref="MED-02",
            clinic="Medicin stoppet siden sidste menstruation",
            woman="Er du stoppet med medicin, siden du sidst havde menstruation?",
            help="Noget medicin må ikke stoppes brat, og andet kan have virket på graviditeten. "
            "Derfor vil lægen gerne vide det tidligt.",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            source="K",
        ),
        Item(
            id="stopped_medicine_details",
            ref="MED-02",
            clinic="Stoppet medicin: hvilken, hvornår, hvorfor",
            woman="Hvilken medicin var det, og hvornår stoppede du?",
            kind=LongText(),
            when=When("recently_stopped_medicine", ("yes",)),
            source="K",
        ),
    ),
)

SUPPLEMENTS = Page(
    id="vitamins",
    title="Vitaminer og kosttilskud",
    items=(
        Item(
            id="folic_acid",
            ref="MED-03",
            clinic="Folsyre",
            woman="Tager du folsyre?",
            hint="Folsyre er et B-vitamin. Det er også i mange vitaminpiller til gravide.",
            help="Folsyre mindsker risikoen for, at barnet får rygmarvsbrok. Rygmarvsbrok er en skade på ryggen.",
            kind=One(
                (
                    Option("standard", "Ja, 400 mikrogram (det almindelige)", "400 µg"),
                    Option("high", "Ja, mere end 400 mikrogram", "Højere dosis"),
                    Option("unknown_dose", "Ja, men jeg ved ikke hvor meget", "Ja, dosis ukendt"),
                    Option("no", "Nej"),
                )
            ),
            unremarkable=("standard",),
            source="FOL",
        ),
        Item(
            id="folic_acid_since",
            ref="MED-03",
            clinic="Folsyre siden",
            woman="Hvornår begyndte du med folsyre?",
            hint="Du kan nøjes med måned og år.",
            kind=PartialDate(),
            when=When("folic_acid", ("standard", "high", "unknown_dose")),
            source="FOL",
        ),
        Item(
            id="supplements",
            ref="MED-04",
            clinic="Andre kosttilskud",
            woman="Tager du noget af dette?",
            kind=Many(
                (
                    Option("vitamin_d", "D-vitamin"),
                    Option("iron", "Jern"),
                    Option("calcium", "Kalk (calcium)", "Calcium"),
                    Option("multivitamin", "En pille med flere vitaminer", "Multivitamin"),
                    Option("none", "Nej, intet af dette", "Ingen", excludes=True),
                )
            ),
            unremarkable=("vitamin_d", "iron", "calcium", "multivitamin"),
            source="GP1",
        ),
        Item(
            id="supplements_dose",
            ref="MED-04",
            clinic="Kosttilskud: dosis",
            woman="Hvor meget tager du af hver?",
            hint="Det står på pakken, for eksempel D-vitamin 10 mikrogram.",
            kind=Text(),
            when=When("supplements", ("vitamin_d", "iron", "calcium", "multivitamin")),
            source="GP1",
        ),
    ),
)

ALLERGY = Page(
    id="allergy_and_vaccines",
    title="Allergi og vacciner",
    items=(
        Item(
            id="allergy",
            ref="ALL-01",
            clinic="Allergi",
            woman="Har du allergi?",
            help="Vi spørger, så du ikke får noget, du ikke kan tåle. Penicillin kan blive brugt ved fødslen.",
            kind=YesNo(),
            unremarkable=("no",),
            national=("GMGravidesAllergiObs.den-gravide-har-allergi",),
            source="P, GM",
        ),
        Item(
            id="allergies",
            ref="ALL-02",
            clinic="Allergisk over for",
            woman="Hvad kan du ikke tåle?",
            kind=Group(
                (
                    Item(
                        id="allergen_kind",
                        ref="ALL-02",
                        clinic="Art",
                        woman="Hvad slags er det?",
                        kind=One(
                            (
                                Option("medicine", "Medicin"),
                                Option("latex", "Latex (gummi)", "Latex"),
                                Option("food", "Mad", "Fødevare"),
                                Option("pollen_animals", "Pollen, støv eller dyr"),
                                Option("other", "Noget andet", "Andet"),
                            )
                        ),
                        source="P, GM",
                    ),
                    Item(
                        id="allergen",
                        ref="ALL-02",
                        clinic="Allergen",
                        woman="Hvad er det helt præcist?",
                        hint="For eksempel penicillin, nødder eller katte.",
                        kind=Text(),
                        source="P, GM",
                    ),
                    Item(
                        id="allergy_reaction",
                        ref="ALL-02",
                        clinic="Reaktion",
                        woman="Hvad sker der, når du får det?",
                        hint="For eksempel udslæt, løbende næse, svært ved at få luft.",
                        kind=Text(),
                        source="P, GM",
                    ),
                ),
                row="allergi",
                add="Tilføj en allergi",
            ),
            when=When("allergy", ("yes",)),
            ways_out=(),
            national=("GMGravidesAllergiObs.den-gravide-er-allergisk-overfor",),
            source="P, GM",
        ),
        Item(
            id="child_allergy_disposition",
            ref="ALL-03",
            clinic="Barnet disponeret for allergisk sygdom",
            woman="Er der allergi i barnets nærmeste familie?",
            hint="Tænk på dig selv, barnets far eller donor, og barnets søskende.",
            help="Vi spørger, fordi barnet så selv lettere kan få allergi.",
            kind=One(
                (
                    Option(
                        "one",
                        "Ja, hos en af forældrene eller hos søskende",
                        "Enkelt (en forælder eller søskende)",
                        "568071000005101",
                    ),
                    Option("both", "Ja, hos begge forældre", "Dobbelt (begge forældre)", "568061000005106"),
                    Option("none", "Nej", "Ingen"),
                )
            ),
            unremarkable=("none",),
            national=("GMAllergiskDispositionObs.barn-disponeret",),
            source="P, GM",
        ),
        Item(
            id="mmr",
            ref="VAC-01",
            clinic="MFR-vaccination",
            woman="Er du vaccineret mod mæslinger, fåresyge og røde hunde?",
            hint="Vaccinen hedder MFR. De fleste har fået den som barn.",
            help="Røde hunde kan skade et barn i maven. "
            "Vaccinen gives ikke, når du er gravid, men du kan få den bagefter.",
            kind=One(
                (
                    Option("vaccinated", "Ja", "Vaccineret"),
                    Option("not_vaccinated", "Nej", "Ikke vaccineret"),
                )
            ),
            unremarkable=("vaccinated",),
            source="P, G1",
        ),
        Item(
            id="varicella_immune",
            ref="VAC-02",
            clinic="Skoldkopper: haft eller vaccineret",
            woman="Har du haft skoldkopper, eller er du vaccineret mod dem?",
            help="Vi spørger, så du kan få den rigtige hjælp, hvis du møder en med skoldkopper.",
            kind=YesNo(),
            unremarkable=("yes",),
            source="K",
        ),
    ),
)

VACCINE_TALK = Page(
    id="vaccine_offers",
    title=None,
    items=(
        Item(
            id="vaccines_discussed",
            ref="VAC-03",
            clinic="Vaccinationstilbud drøftet",
            kind=Many(
                (
                    Option("influenza", "Influenza"),
                    Option("pertussis", "Kighoste"),
                    Option("rsv", "RSV"),
                    Option("covid_19", "Covid-19"),
                )
            ),
            who=("gp",),
            ways_out=(),
            source="RSV, VAX",
        ),
        Item(
            id="influenza_planned_on",
            ref="VAC-03",
            clinic="Influenza planlagt",
            kind=Date(),
            who=("gp",),
            when=When("vaccines_discussed", ("influenza",)),
            ways_out=(),
            source="VAX",
        ),
        Item(
            id="pertussis_planned_on",
            ref="VAC-03",
            clinic="Kighoste planlagt",
            kind=Date(),
            who=("gp",),
            when=When("vaccines_discussed", ("pertussis",)),
            ways_out=(),
            source="VAX",
        ),
        Item(
            id="rsv_planned_on",
            ref="VAC-03",
            clinic="RSV planlagt",
            kind=Date(),
            who=("gp",),
            when=When("vaccines_discussed", ("rsv",)),
            ways_out=(),
            source="RSV",
        ),
        Item(
            id="covid_19_planned_on",
            ref="VAC-03",
            clinic="Covid-19 planlagt",
            kind=Date(),
            who=("gp",),
            when=When("vaccines_discussed", ("covid_19",)),
            ways_out=(),
            source="VAX",
        ),
        Item(
            id="vaccine_remarks",
            ref="VAC-04",
            clinic="Bemærkninger, fravalg af vacciner",
            kind=LongText(),
            who=("gp",),
            ways_out=(),
            national=("GMBemaerkningerVaccObs.bemærkninger-fravalg-af-vacciner",),
            source="GM",
        ),
    ),
)

SECTION = Section(
    id="medicin",
    title="Medicin, vitaminer og allergi",
    clinic="Medicin, allergi, vacciner",
    pages=(MEDICINE, SUPPLEMENTS, ALLERGY, VACCINE_TALK),
)
