"""Tidligere operationer (OPE-00..07, OPE-09): the last page of the section `sygdomme`. OPE-08: see `private_talk`.

One row per operation: first where, then what. What is chosen leaves as one national procedure, by the option's
code; without a code, and the remarks, belong to the text "supplerende oplysninger" (OPE-09).
"""

from svangre.catalogue import Group, Item, LongText, One, Option, Page, PartialDate, When, YesNo

PROCEDURE = ("GMTidligereRelevantOperationProcedure",)

OPERATION_ROW = (
    Item(
        id="operation_area",
        ref="OPE-00",
        clinic="Operation: område",
        woman="Hvor blev du opereret?",
        kind=One(
            (
                Option("cervix", "Livmoderhalsen"),
                Option("uterus", "Livmoderen"),
                Option("endometriosis", "Operation for endometriose", "Endometriose"),
                Option("bariatric", "Operation for overvægt", "Fedmeoperation"),
                Option("breast", "Brystet"),
                Option("back", "Ryggen"),
                Option("other_abdominal", "Et andet sted i maven eller underlivet", "Andet i maven eller underlivet"),
            )
        ),
        source="GM",
    ),
    Item(
        id="cone_biopsy",
        ref="OPE-01",
        clinic="Keglesnit",
        woman="Var det et keglesnit?",
        hint="Et keglesnit er, når et lille stykke af livmoderhalsen er skåret væk.",
        help="Vi spørger, fordi livmoderhalsen så kan være kortere. Det kan følges med skanning.",
        kind=YesNo(yes_code="54535009"),
        when=When("operation_area", ("cervix",)),
        national=PROCEDURE,
        source="GM, G1",
    ),
    Item(
        id="uterine_surgery",
        ref="OPE-02",
        clinic="Operation i livmoderen",
        woman="Hvad blev du opereret for?",
        kind=One(
            (
                Option(
                    "cervical_fibroid",
                    "En muskelknude i livmoderhalsen",
                    "Excision af myom i cervix uteri",
                    "306966000",
                ),
                Option("fibroid", "En muskelknude i selve livmoderen", "Fibrom i livmoderen"),
                Option("septum", "En skillevæg i livmoderen", "Skillevæg i livmoderen"),
                Option("caesarean_scar", "Et ar efter kejsersnit", "Ar efter kejsersnit"),
                Option("other", "Noget andet", "Anden operation i livmoderen"),
            )
        ),
        when=When("operation_area", ("uterus",)),
        national=PROCEDURE,
        source="GM",
    ),
    Item(
        id="endometriosis_surgery",
        ref="OPE-03",
        clinic="Endometrioseoperation",
        woman="Hvordan blev du opereret?",
        kind=One(
            (
                Option(
                    "keyhole", "Gennem små huller (kikkert)", "Endometrioseoperation, laparoskopisk", "657991000005104"
                ),
                Option("open", "Gennem et snit i maven", "Endometrioseoperation, åben", "657991000005104"),
            )
        ),
        when=When("operation_area", ("endometriosis",)),
        national=PROCEDURE,
        source="GM",
    ),
    Item(
        id="bariatric_surgery",
        ref="OPE-04",
        clinic="Fedmeoperation",
        woman="Hvilken operation fik du?",
        help="Vi spørger, fordi prøven for graviditets-sukkersyge så laves på en anden måde.",
        kind=One(
            (
                Option(
                    "stomach_bypass",
                    "Gastric bypass (maden ledes uden om mavesækken)",
                    "Bypass-operation på mavesækken",
                    "442338001",
                ),
                Option("gastric_bypass", "Gastrisk bypass", code="87604009", clinic_only=True),
                Option("sleeve", "Gastric sleeve (mavesækken er gjort mindre)", "Gastrisk sleeve"),
                Option("other", "En anden operation", "Anden type"),
            )
        ),
        when=When("operation_area", ("bariatric",)),
        national=PROCEDURE,
        source="GM, LHG",
    ),
    Item(
        id="breast_surgery",
        ref="OPE-05",
        clinic="Brystoperation",
        woman="Hvad blev gjort?",
        help="Vi spørger, fordi det kan betyde noget for amningen.",
        kind=One(
            (
                Option("implant", "Brystet fik et implantat", "Brystimplantat", "302343007"),
                Option("reduction", "Brystet blev gjort mindre", "Brystreduktion", "59214008"),
                Option("other", "Noget andet", "Anden brystoperation"),
            )
        ),
        when=When("operation_area", ("breast",)),
        national=PROCEDURE,
        source="GM",
    ),
    Item(
        id="back_surgery",
        ref="OPE-06",
        clinic="Rygoperation",
        woman="Hvad blev du opereret for i ryggen?",
        help="Vi spørger, fordi det kan betyde noget, hvis du får brug for en bedøvelse i ryggen.",
        kind=One(
            (
                Option("disc", "Diskusprolaps", "Rygoperation: diskusprolaps", "129152004"),
                Option("other", "Noget andet", "Anden rygoperation", "129152004"),
            )
        ),
        when=When("operation_area", ("back",)),
        national=PROCEDURE,
        source="GM",
    ),
    Item(
        id="other_abdominal_surgery",
        ref="OPE-07",
        clinic="Anden operation i maven eller underlivet",
        woman="Hvad blev gjort?",
        kind=One(
            (
                Option("appendix", "Blindtarmen blev fjernet", "Appendektomi", "80146002"),
                Option(
                    "anal_fistula", "En fistel ved endetarmen blev opereret", "Operation af analfistel", "275018007"
                ),
                Option("other", "Noget andet", "Anden operation i maven eller underlivet"),
            )
        ),
        when=When("operation_area", ("other_abdominal",)),
        national=PROCEDURE,
        source="GM",
    ),
    Item(
        id="operation_year",
        ref="OPE-00",
        clinic="År",
        woman="Hvornår var det?",
        hint="Du kan nøjes med året.",
        kind=PartialDate(),
        source="GM",
    ),
    Item(
        id="operation_remark",
        ref="OPE-09",
        clinic="Bemærkning",
        woman="Vil du fortælle mere om operationen?",
        kind=LongText(),
        ways_out=(),
        national=("GMTidligereOperationAfRelevansObs.operationer-suppl-oplysinger",),
        source="GM",
    ),
)

OPERATION_PAGES = (
    Page(
        id="earlier_operations",
        title="Operationer",
        items=(
            Item(
                id="relevant_surgery",
                ref="OPE-00",
                clinic="Tidligere operation af relevans",
                woman="Er du blevet opereret i maven, underlivet, brystet eller ryggen?",
                hint="Tænk også på operation i livmoderen eller livmoderhalsen, og på operation for overvægt. "
                "Kejsersnit spørger vi om under tidligere fødsler.",
                help="Nogle operationer kan betyde noget for graviditeten, fødslen eller amningen.",
                kind=YesNo(),
                unremarkable=("no",),
                national=("GMTidligereOperationAfRelevansObs.tidligere-operation-af-relevans",),
                mandatory=True,
                source="GM",
            ),
            Item(
                id="operations",
                ref="OPE-00",
                clinic="Operationer",
                woman="Hvilke operationer har du fået?",
                kind=Group(OPERATION_ROW, row="operation", add="Tilføj en operation"),
                when=When("relevant_surgery", ("yes",)),
                ways_out=(),
                source="GM",
            ),
            Item(
                id="anaesthesia_problems",
                ref="OPE-09",
                clinic="Problemer med bedøvelse",
                woman="Har der været problemer, når du er blevet bedøvet?",
                help="Vi spørger, så en bedøvelse ved fødslen kan blive så god som muligt.",
                kind=YesNo(yes="Ja", no="Nej, eller jeg er aldrig blevet bedøvet"),
                unremarkable=("no",),
                source="GM",
            ),
            Item(
                id="anaesthesia_details",
                ref="OPE-09",
                clinic="Problemer med bedøvelse, uddybning",
                woman="Hvad skete der?",
                kind=LongText(),
                when=When("anaesthesia_problems", ("yes",)),
                ways_out=("unknown",),
                national=("GMTidligereOperationAfRelevansObs.operationer-suppl-oplysinger",),
                source="GM",
            ),
        ),
    ),
)
