"""Tidligere og nuværende sygdomme (SYG). Psykisk helbred (PSY) stands in `mind`, operationer (OPE) in `operations`.

Choices on SYG-01..10 leave as linked diagnoses, by the option's code. Choices without a code, and the rows of
`diagnoses` joined, belong to the national text "andre oplysninger" (SYG-11).
"""

from forms.mind import MIND
from forms.operations import OPERATION_PAGES
from svangre.catalogue import Group, Item, LongText, Many, Option, Page, PartialDate, Section, Text, When, YesNo

DIAGNOSIS = ("GMSomatiskDiagnoseTypeCondition",)
HAS_DISEASE = When("somatic_disease", ("yes", "unknown"))  # who is in doubt is shown the lists, too
NONE = Option("none", "Nej, intet af dette", clinic_label="Nej", excludes=True)

DISEASE = Page(
    id="disease",
    title="Sygdomme",
    items=(
        Item(
            id="somatic_disease",
            ref="SYG-00",
            clinic="Somatisk sygdom af relevans",
            woman="Har du, eller har du haft, en sygdom, som kan betyde noget for graviditeten?",
            hint="Det kan for eksempel være højt blodtryk, sukkersyge, astma, epilepsi, en blodprop eller kræft. "
            "Er du i tvivl, så vælg »Ved ikke«. Så viser vi dig en liste.",
            help="Nogle sygdomme kan påvirke en graviditet, også når det er længe siden. "
            "Når lægen ved det, kan du og barnet blive fulgt på den rigtige måde.",
            kind=YesNo(),
            unremarkable=("no",),
            national=("GMSomatiskSygdomObs.somatisk-sygdom",),
            mandatory=True,
            source="P, GM",
        ),
        Item(
            id="circulation",
            ref="SYG-01",
            clinic="Hjerte og kredsløb",
            woman="Er der, eller har der været, noget med dit hjerte, dit blodtryk eller dine blodårer?",
            help="Vi spørger, fordi højt blodtryk og en blodprop kan kræve behandling tidligt i graviditeten.",
            kind=Many(
                (
                    Option("hypertension", "Højt blodtryk", clinic_label="Hypertension", code="38341003"),
                    Option("heart_disease", "Sygdom i hjertet", clinic_label="Hjertesygdom", code="56265001"),
                    Option(
                        "blood_clot",
                        "Blodprop, for eksempel i benet eller lungen",
                        clinic_label="Blodprop (trombose)",
                        code="439127006",
                    ),
                    Option("stroke", "Blødning i hjernen", clinic_label="Hjerneblødning", code="274100004"),
                    Option("other", "Noget andet med hjerte eller blodkar", clinic_label="Andet"),
                    NONE,
                )
            ),
            when=HAS_DISEASE,
            unremarkable=("none",),
            national=DIAGNOSIS,
            source="P, GM",
        ),
        Item(
            id="airways",
            ref="SYG-02",
            clinic="Lunger og luftveje",
            woman="Er der, eller har der været, noget med dine lunger?",
            kind=Many(
                (
                    Option("lung_disease", "Astma eller en anden sygdom i lungerne", "Lungesygdom", "19829001"),
                    Option("severe_asthma", "Svær astma, for eksempel med indlæggelse", "Svær astma", "370221004"),
                    NONE,
                )
            ),
            when=HAS_DISEASE,
            unremarkable=("none",),
            national=DIAGNOSIS,
            source="P, GM",
        ),
        Item(
            id="endocrine",
            ref="SYG-03",
            clinic="Hormoner og stofskifte",
            woman="Har du, eller har du haft, sukkersyge eller en sygdom i hormoner eller stofskifte?",
            help="Vi spørger, fordi sukkersyge og stofskifte skal følges tæt, når du er gravid.",
            kind=Many(
                (
                    Option("hypothyroidism", "For lavt stofskifte", "Hypotyreose", "40930008"),
                    Option("hyperthyroidism", "For højt stofskifte", "Hypertyreose"),
                    Option(
                        "thyroid_disease",
                        "Sygdom i skjoldbruskkirtlen",
                        "Skjoldbruskkirtelsygdom",
                        "59136001",
                        clinic_only=True,
                    ),
                    Option("diabetes_type_1", "Sukkersyge, type 1", "Type 1-diabetes", "46635009"),
                    Option("diabetes_type_2", "Sukkersyge, type 2", "Type 2-diabetes", "44054006"),
                    Option("pcos", "PCOS (mange små blærer på æggestokkene)", "PCOS", "237055002"),
                    Option("other", "En anden sygdom i hormonerne", "Andet"),
                    NONE,
                )
            ),
            when=HAS_DISEASE,
            unremarkable=("none",),
            national=DIAGNOSIS,
            source="P, GM",
        ),
        Item(
            id="urogenital",
            ref="SYG-04",
            clinic="Nyrer, urinveje og underliv",
            woman="Er der, eller har der været, noget med dine nyrer, din blære eller dit underliv?",
            kind=Many(
                (
                    Option("kidney_disease", "Sygdom i nyrerne", "Nyresygdom", "90708001"),
                    Option(
                        "recurrent_uti", "Blærebetændelse mange gange", "Recidiverende urinvejsinfektion", "197927001"
                    ),
                    Option("endometriosis", "Endometriose", code="129103003"),
                    Option(
                        "uterine_malformation_or_fibroids",
                        "Muskelknuder i livmoderen, eller en livmoder med en anden form",
                        "Misdannet livmoder eller fibromer",
                    ),
                    NONE,
                )
            ),
            when=HAS_DISEASE,
            unremarkable=("none",),
            national=DIAGNOSIS,
            source="P, GM",
        ),
    ),
    intro="Du behøver ikke huske det hele. Lægen taler det igennem med dig.",
)

MORE_DISEASE = Page(
    id="more_disease",
    title="Flere sygdomme",
    items=(
        Item(
            id="neurology",
            ref="SYG-05",
            clinic="Nervesystemet",
            woman="Har du, eller har du haft, en af disse sygdomme i hjerne og nerver?",
            help="Vi spørger blandt andet, fordi noget medicin mod epilepsi skal planlægges, når du er gravid. "
            "Stop ikke selv med din medicin. Tal med lægen.",
            kind=Many(
                (
                    Option("epilepsy", "Epilepsi", code="84757009"),
                    Option("migraine", "Migræne", code="37796009"),
                    Option("multiple_sclerosis", "Sklerose", "Multipel sklerose", "24700007"),
                    NONE,
                )
            ),
            when=HAS_DISEASE,
            unremarkable=("none",),
            national=DIAGNOSIS,
            source="P, GM",
        ),
        Item(
            id="gastrointestinal",
            ref="SYG-06",
            clinic="Mave-tarm og lever",
            woman="Er der, eller har der været, noget med din mave, tarm eller lever?",
            kind=Many(
                (
                    Option("ulcerative_colitis", "Colitis ulcerosa (tyktarmen)", "Colitis ulcerosa", "64766004"),
                    Option("crohns_disease", "Crohns sygdom", code="397172008"),
                    Option("other_bowel_disease", "En anden sygdom i tarmen", "Anden tarmsygdom"),
                    Option("liver_disease", "Sygdom i leveren", "Leversygdom", "235856003"),
                    NONE,
                )
            ),
            when=HAS_DISEASE,
            unremarkable=("none",),
            national=DIAGNOSIS,
            source="GM",
        ),
        Item(
            id="rheumatic",
            ref="SYG-07",
            clinic="Led, muskler og bindevæv",
            woman="Er der, eller har der været, noget med dine led, din ryg eller dit bækken?",
            kind=Many(
                (
                    Option("rheumatoid_arthritis", "Leddegigt", "Reumatoid artritis", "69896004"),
                    Option("lupus", "Lupus (SLE)", "Systemisk lupus erythematosus", "55464009"),
                    Option("scleroderma", "Sklerodermi (hård hud og væv)", "Systemisk sklerodermi", "89155008"),
                    Option("back_problem", "Problemer med ryggen", "Rygsygdom", "33308003"),
                    Option("pelvic_problem", "Problemer med bækkenet", "Bækkenproblem"),
                    NONE,
                )
            ),
            when=HAS_DISEASE,
            unremarkable=("none",),
            national=DIAGNOSIS,
            source="GM",
        ),
        Item(
            id="blood_immune",
            ref="SYG-08",
            clinic="Blod og immunforsvar",
            woman="Er der, eller har der været, noget med dit blod?",
            kind=Many(
                (
                    Option("anaemia", "Blodmangel (for lav blodprocent)", "Anæmi"),
                    Option("bleeding_disorder", "Sygdom, så du let bløder", "Blodkoagulationssygdom", "64779008"),
                    Option("thrombophilia", "Blodet størkner let (trombofili)", "Trombofili", "234467004"),
                    Option("antiphospholipid_syndrome", "Antifosfolipid-syndrom (APS)", "Antifosfolipidsyndrom"),
                    NONE,
                )
            ),
            when=HAS_DISEASE,
            unremarkable=("none",),
            national=DIAGNOSIS,
            source="GM",
        ),
        Item(
            id="infections",
            ref="SYG-09",
            clinic="Infektioner",
            woman="Har du, eller har du haft, en af disse infektioner?",
            help="Vi spørger, fordi barnet kan beskyttes mod smitte, når vi ved det i god tid.",
            kind=Many(
                (
                    Option("genital_herpes", "Herpes i underlivet", "Genital herpes", "33839006"),
                    Option("hepatitis", "Betændelse i leveren (hepatitis)", "Hepatitis", "128241005"),
                    Option("hiv", "Hiv", code="86406008"),
                    Option(
                        "gbs",
                        "GBS (en bakterie i skede eller urin), nu eller i en tidligere graviditet",
                        "Gruppe B-streptokokker (GBS)",
                        "426933007",
                    ),
                    Option("mrsa", "MRSA (en bakterie, som er svær at behandle)", "MRSA"),
                    Option("q_fever", "Q-feber", code="186788009", clinic_only=True),
                    NONE,
                )
            ),
            when=HAS_DISEASE,
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("none",),
            national=DIAGNOSIS,
            source="P, GM, G1",
        ),
        Item(
            id="cancer",
            ref="SYG-10",
            clinic="Kræft",
            woman="Har du, eller har du haft, kræft?",
            kind=YesNo(yes_code="363346000"),
            when=HAS_DISEASE,
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            national=DIAGNOSIS,
            source="GM",
        ),
        Item(
            id="cancer_details",
            ref="SYG-10",
            clinic="Kræft: hvilken, hvornår",
            woman="Hvilken slags kræft, og hvornår?",
            kind=LongText(),
            when=When("cancer", ("yes",)),
            ways_out=(),
            source="GM",
        ),
    ),
)

ADMISSIONS = Page(
    id="other_disease",
    title="Andet om dit helbred",
    items=(
        Item(
            id="other_diseases",
            ref="SYG-11",
            clinic="Andre sygdomme eller tidligere indlæggelser",
            woman="Har du haft andre sygdomme, eller har du været indlagt?",
            hint="Svar også ja, hvis du valgte »noget andet« ovenfor.",
            kind=YesNo(),
            unremarkable=("no",),
            source="P, GM",
        ),
        Item(
            id="diagnoses",
            ref="SYG-11",
            clinic="Andre sygdomme og tidligere indlæggelser",
            woman="Hvad har du haft, eller hvad var du indlagt for?",
            when=When("other_diseases", ("yes",)),
            kind=Group(
                (
                    Item(
                        id="diagnosis_name",
                        ref="SYG-11",
                        clinic="Sygdom eller indlæggelse",
                        woman="Hvilken sygdom, eller hvad var du indlagt for?",
                        kind=Text(),
                        ways_out=(),
                        source="P, GM",
                    ),
                    Item(
                        id="diagnosis_year",
                        ref="SYG-11",
                        clinic="År",
                        woman="Hvornår var det?",
                        hint="Du kan nøjes med året.",
                        kind=PartialDate(),
                        source="P, GM",
                    ),
                    Item(
                        id="diagnosis_remark",
                        ref="SYG-11",
                        clinic="Bemærkning",
                        woman="Vil du fortælle mere?",
                        kind=LongText(),
                        ways_out=(),
                        source="P, GM",
                    ),
                ),
                row="sygdom eller indlæggelse",
                add="Tilføj en sygdom eller indlæggelse",
            ),
            ways_out=(),
            national=("GMSomatiskSygdomObs.andre-oplysninger-somatiske-sygdomme",),
            source="P, GM",
        ),
    ),
)

SECTION = Section(
    id="sygdomme",
    title="Dit helbred",
    clinic="Sygdomme og operationer",
    pages=(DISEASE, MORE_DISEASE, ADMISSIONS, MIND, *OPERATION_PAGES),
)
