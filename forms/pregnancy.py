"""3.6 Aktuelle graviditet og terminsberegning: dating, how she is now, fertility treatment.

The cycle corrects the due date only as a single number; an interval or "irregular" never does. The national due date
is the plain LMP + 280. Bleeding, pain and vomiting are shown to her with whom to call, and first thing to the clinic.
What the national list of treatments cannot say goes as text in the remarks. Without the GP's choice of method the due
date follows the fixed order scan, treatment, last period; a choice has its reason in the remarks.
"""

from svangre.catalogue import (
    Date,
    Decimal,
    Integer,
    Interval,
    Item,
    LongText,
    Many,
    One,
    Option,
    Page,
    Section,
    When,
    YesNo,
)

SYMPTOMS_NOW = Page(
    id="symptoms_now",
    title="Hvordan du har det",
    items=(
        Item(
            id="current_symptoms",
            ref="TER-12",
            clinic="Gener lige nu",
            woman="Har du noget af dette lige nu?",
            help="Vi spørger, fordi du måske skal have hjælp, før du skal til lægen.",
            hint="Du kan vælge flere.",
            kind=Many(
                (
                    Option("bleeding", "Jeg bløder fra skeden", clinic_label="Blødning"),
                    Option("pain", "Jeg har smerter i maven eller underlivet", clinic_label="Smerter"),
                    Option("vomiting", "Jeg har meget kvalme eller kaster meget op", clinic_label="Kvalme/opkast"),
                    Option(
                        "vomiting_keeps_nothing_down",
                        "Jeg kaster alt op, også det, jeg drikker",
                        clinic_label="Kraftige opkast, beholder intet",
                    ),
                    Option("none", "Nej, intet af dette", clinic_label="Ingen", excludes=True),
                )
            ),
            ways_out=("ask_doctor",),
            unremarkable=("none",),
            source="K",
        ),
        Item(
            id="pregnancy_planned",
            ref="TER-10",
            clinic="Planlagt graviditet",
            woman="Var graviditeten planlagt, og hvordan har du det med den?",
            help="Vi spørger alle. Alle følelser er i orden. Svaret ses kun af dig og klinikken.",
            kind=One(
                (
                    Option("planned", "Den var planlagt", clinic_label="Planlagt"),
                    Option(
                        "unplanned_welcome",
                        "Den var ikke planlagt, men den er velkommen",
                        clinic_label="Ikke planlagt, men velkommen",
                    ),
                    Option("in_doubt", "Jeg er i tvivl", clinic_label="I tvivl"),
                )
            ),
            ways_out=("declines", "ask_doctor"),
            visibility="clinic_and_her",
            unremarkable=("planned", "unplanned_welcome"),
            source="K",
        ),
        Item(
            id="multiple_pregnancy",
            ref="TER-11",
            clinic="Flerfoldsgraviditet",
            woman="Er der mere end ét foster?",
            hint="For eksempel tvillinger. Vælg »Ved ikke«, hvis du ikke er skannet.",
            kind=YesNo(),
            unremarkable=("no",),
            national=("GMSamletVurderingObs.flerfoldsgraviditet",),
            source="GM, G1",
        ),
        Item(
            id="number_of_fetuses",
            ref="TER-11",
            clinic="Antal fostre",
            woman="Hvor mange?",
            hint="For eksempel 2, hvis det er tvillinger.",
            kind=Integer(low=1, high=5),
            when=When("multiple_pregnancy", ("yes",)),
            national=("GMSamletVurderingObs.bemærkninger-flerfoldsgraviditet", "GMBaseObservation.fosterantal"),
            source="GM, G1",
        ),
    ),
)

DATES = Page(
    id="dates",
    title="Hvor langt du er",
    intro="Ud fra dine svar regner vi ud, hvor langt du er, og hvornår du har termin.",
    items=(
        Item(
            id="last_period",
            ref="TER-01",
            clinic="Sidste menstruations første dag",
            woman="Hvilken dag begyndte din sidste menstruation?",
            help="Vi spørger, fordi terminen regnes fra den første dag, du blødte.",
            kind=Date(past=True),
            national=("GMTerminsberegningObs.sidste-mens1dag",),
            source="P, GM",
        ),
        Item(
            id="cycle_days",
            ref="TER-02",
            clinic="Cyklus (dage)",
            woman="Hvor mange dage er der normalt mellem dine menstruationer?",
            hint="Tæl fra første dag i den ene til første dag i den næste. Du kan skrive ét tal eller fra og til.",
            kind=Interval(
                unit="d", low=15, high=90, options=(Option("irregular", "Det er uregelmæssigt", "Uregelmæssig"),)
            ),
            national=("GMTerminsberegningObs.dage-cyklus",),
            source="P, GM",
        ),
        Item(
            id="hormonal_contraception",
            ref="TER-03",
            clinic="Hormonel prævention seneste 3 måneder",
            woman="Brugte du prævention med hormoner i de sidste 3 måneder, før du blev gravid?",
            help="Vi spørger, fordi hormoner kan flytte menstruationen, så terminen bliver mindre sikker.",
            kind=YesNo(),
            unremarkable=("no",),
            source="K",
        ),
        Item(
            id="hormonal_contraception_kind",
            ref="TER-03",
            clinic="Hormonel prævention: hvilken",
            woman="Hvilken slags?",
            kind=One(
                (
                    Option("combined_pill", "P-piller"),
                    Option("mini_pill", "Minipiller"),
                    Option("hormone_coil", "Spiral med hormon", clinic_label="Hormonspiral"),
                    Option("implant", "P-stav"),
                    Option("injection", "P-sprøjte"),
                    Option("ring_or_patch", "P-ring eller p-plaster"),
                    Option("other", "Andet"),
                )
            ),
            when=When("hormonal_contraception", ("yes",)),
            source="K",
        ),
        Item(
            id="pregnancy_test",
            ref="TER-09",
            clinic="Graviditetstest",
            woman="Hvordan fandt du ud af, at du er gravid?",
            hint="Du kan vælge flere.",
            kind=Many(
                (
                    Option("home_test", "Test derhjemme", clinic_label="Hjemmetest positiv"),
                    Option("urine_hcg", "Urinprøve hos lægen", clinic_label="u-hCG"),
                    Option("blood_hcg", "Blodprøve", clinic_label="s-hCG"),
                    Option("early_scan", "Tidlig skanning"),
                )
            ),
            ways_out=(),
            unremarkable=("home_test", "urine_hcg", "blood_hcg", "early_scan"),
            source="K",
        ),
        Item(
            id="pregnancy_test_on",
            ref="TER-09",
            clinic="Graviditetstest: dato",
            woman="Hvilken dato fik du det første svar?",
            kind=Date(past=True),
            source="K",
        ),
    ),
)

FERTILITY = Page(
    id="fertility",
    title="Hjælp til at blive gravid",
    items=(
        Item(
            id="long_wish_for_pregnancy",
            ref="FER-04",
            clinic="Langvarigt uhonoreret graviditetsønske",
            woman="Prøvede du i mere end et år, før du blev gravid?",
            help="Vi spørger, fordi lægen så måske vil tilbyde dig en ekstra blodprøve.",
            kind=YesNo(),
            ways_out=("unknown", "declines", "ask_doctor"),
            unremarkable=("no",),
            national=("GMFertilitetsbehandlingObs.langvarigt-uhonoreret-graviditetsønske",),
            source="GM",
        ),
        Item(
            id="months_of_trying",
            ref="FER-04",
            clinic="Graviditetsønske (måneder)",
            woman="Hvor mange måneder prøvede du?",
            kind=Integer(unit="mo", low=1, high=240),
            when=When("long_wish_for_pregnancy", ("yes",)),
            source="GM",
        ),
        Item(
            id="fertility_treatment",
            ref="FER-01",
            clinic="Fertilitetsbehandling",
            woman="Er du blevet gravid efter en fertilitetsbehandling?",
            help="Det er hjælp fra en klinik til at blive gravid. Vi bruger svaret til at regne terminen ud.",
            kind=YesNo(),
            ways_out=("ask_doctor",),
            unremarkable=("no",),
            national=("GMFertilitetsbehandlingObs.fertilitetsbehandling",),
            mandatory=True,
            source="P, GM",
        ),
        Item(
            id="fertility_kind",
            ref="FER-02",
            clinic="Behandlingstype",
            woman="Hvilken behandling fik du?",
            hint="Vælg den, der gjorde dig gravid. Fik du æg fra en anden, så vælg ægdonation.",
            kind=One(
                (
                    Option(
                        "ivf",
                        "IVF (ægget blev befrugtet uden for kroppen)",
                        clinic_label="IVF",
                        code="52637005",
                    ),
                    Option("icsi", "ICSI (én sædcelle blev ført ind i ægget)", clinic_label="ICSI"),
                    Option(
                        "frozen",
                        "Et æg, der havde været frosset, blev lagt op",
                        clinic_label="Oplægning af optøet æg (FET)",
                    ),
                    Option("egg_donation", "Ægdonation (æg fra en anden)", clinic_label="Ægdonation"),
                    Option("insemination", "Insemination (sæd blev ført op i livmoderen)", clinic_label="Insemination"),
                    Option("hormones", "Kun hormoner (medicin, der modner æg)", clinic_label="Hormonstimulation"),
                    Option("other", "Andet"),
                )
            ),
            when=When("fertility_treatment", ("yes",)),
            ways_out=("unknown", "declines", "ask_doctor"),
            national=("GMFertilitetsbehandlingObs.fertilitetsbehandlingstype",),
            source="GM, G1",
        ),
        Item(
            id="transfer_on",
            ref="FER-03",
            clinic="Dato for oplægning eller insemination",
            woman="Hvilken dag blev ægget lagt op, eller blev du insemineret?",
            kind=Date(past=True),
            when=When("fertility_kind", ("ivf", "icsi", "frozen", "egg_donation", "insemination")),
            national=("GMFertilitetsbehandlingObs.bemærkninger",),
            source="K",
        ),
        Item(
            id="embryo_age_days",
            ref="FER-03",
            clinic="Æggets alder ved oplægning (dage)",
            woman="Hvor mange dage gammelt var ægget?",
            hint="Ofte 2, 3, 5 eller 6 dage. Det står i brevet fra klinikken.",
            kind=Integer(unit="d", low=2, high=6),
            when=When("fertility_kind", ("ivf", "icsi", "frozen", "egg_donation")),
            national=("GMFertilitetsbehandlingObs.bemærkninger",),
            source="K",
        ),
        Item(
            id="embryo_was_frozen",
            ref="FER-03",
            clinic="Frosset æg",
            woman="Havde ægget været frosset?",
            kind=YesNo(),
            when=When("fertility_kind", ("ivf", "icsi", "egg_donation")),
            national=("GMFertilitetsbehandlingObs.bemærkninger",),
            source="K",
        ),
        Item(
            id="fertility_remarks",
            ref="FER-05",
            clinic="Bemærkninger om fertilitetsbehandling",
            woman="Er der mere om behandlingen, som vi skal vide?",
            kind=LongText(),
            when=When("fertility_treatment", ("yes",)),
            ways_out=("ask_doctor",),
            national=("GMFertilitetsbehandlingObs.bemærkninger",),
            source="P, GM",
        ),
    ),
)

DATING = Page(
    id="dating",
    title=None,
    items=(
        Item(
            id="dating_certain",
            ref="TER-04",
            clinic="Beregning sikker",
            kind=YesNo(),
            who=("gp",),
            ways_out=(),
            national=("GMTerminsberegningObs.terminsberegning-sikkerhed",),
            source="P, GM, G1",
        ),
        Item(
            id="naegele_due_date",
            ref="TER-05",
            clinic="Naegeles termin (sidste menstruation + 280 dage)",
            kind=Date(),
            who=(),
            ways_out=(),
            national=("GMTerminsberegningObs.naegeles-termin",),
            source="P, GM",
        ),
        Item(
            id="scan_due_date",
            ref="TER-06",
            clinic="Ultralydsfastsat termin",
            kind=Date(),
            who=("gp",),
            ways_out=(),
            national=("GMBaseObservation.ul-bestemt-termin",),
            source="P, G1",
        ),
        Item(
            id="scan_on",
            ref="TER-06",
            clinic="Ultralyd: dato for skanning",
            kind=Date(past=True),
            who=("gp",),
            ways_out=(),
            source="P, G1",
        ),
        Item(
            id="scan_crl",
            ref="TER-06",
            clinic="Ultralyd: CRL",
            kind=Decimal(unit="mm", low="2", high="100"),
            who=("gp",),
            ways_out=(),
            source="P, G1",
        ),
        Item(
            id="gestational_age_today",
            ref="TER-07",
            clinic="Gestationsalder",
            kind=Integer(unit="d", low=0, high=307),
            who=(),
            ways_out=(),
            national=("GMBaseObservation.gestationsalder",),
            source="P, VJ",
        ),
        Item(
            id="due_date_choice",
            ref="TER-08",
            clinic="Termin bestemt efter lægens valg",
            kind=One(
                (
                    Option("scan", "Ultralyd"),
                    Option("ivf", "IVF (oplægning)"),
                    Option("insemination", "Insemination"),
                    Option("lmp", "Sidste menstruation"),
                )
            ),
            who=("gp",),
            ways_out=(),
            source="K",
        ),
        Item(
            id="dating_remarks",
            ref="TER-08",
            clinic="Bemærkninger til termin",
            kind=LongText(),
            who=("gp",),
            ways_out=(),
            national=("GMTerminsberegningObs.bemærkning",),
            source="P, GM",
        ),
    ),
)

SECTION = Section(
    id="graviditet",
    title="Din graviditet nu",
    clinic="Aktuel graviditet og termin",
    pages=(SYMPTOMS_NOW, DATES, FERTILITY, DATING),
)
