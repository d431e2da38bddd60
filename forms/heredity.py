"""3.7 Arv og slægtskab: diseases in the family, kinship, blood disease and its screening.

She answers yes, no or "ved ikke"; the GP grades a yes. A "ved ikke" is never a no: the national document waits for
the GP. Genetic referral depends on two answers (heredity or malformations), so the GP always sees it.
"""

from forms.options import HEREDITY, HEREDITY_PRESENT
from svangre.catalogue import Integer, Item, LongText, Many, One, Option, Page, Section, When, YesNo

FAMILY_GENETICS = Page(
    id="family_genetics",
    title="Arv i familien",
    intro="Nogle sygdomme kan gå i arv. Vi spørger om din familie og om familien til barnets far eller donor.",
    items=(
        Item(
            id="hereditary_disease",
            ref="ARV-01",
            clinic="Arvelig sygdom i familien",
            woman="Er der sygdomme, der går i arv, i din eller barnets fars eller donors familie?",
            help="Vi spørger, fordi du måske kan få tilbudt en samtale eller en ekstra undersøgelse.",
            hint="For eksempel cystisk fibrose, muskelsvind eller blødersygdom.",
            kind=One(HEREDITY),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            national=("GMFamiliehistorieArveligeSygdommeObs.familie-med-arvelig-sygdom/tilstand",),
            mandatory=True,
            source="P, GM",
        ),
        Item(
            id="hereditary_disease_remarks",
            ref="ARV-02",
            clinic="Bemærkninger om arvelig sygdom",
            woman="Hvilken sygdom, og hvem har den?",
            kind=LongText(),
            when=When("hereditary_disease", HEREDITY_PRESENT),
            ways_out=("unknown", "ask_doctor"),
            national=("GMFamiliehistorieArveligeSygdommeObs.bemærkninger-genetisk/medfødt-sygdom/tilstand",),
            source="GM",
        ),
        Item(
            id="malformations_in_family",
            ref="ARV-03",
            clinic="Medfødte misdannelser i familien",
            woman="Er nogen i familien født med en misdannelse?",
            help="Vi spørger, fordi nogle misdannelser betyder, at du skal have mere folsyre eller en særlig skanning.",
            hint="For eksempel en hjertefejl, rygmarvsbrok eller læbe-ganespalte.",
            kind=One(HEREDITY),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            national=("GMFamiliehistorieArveligeSygdommeObs.familie-med-medfødte-misdannelser",),
            mandatory=True,
            source="P, GM",
        ),
        Item(
            id="malformations_remarks",
            ref="ARV-03",
            clinic="Bemærkninger om medfødte misdannelser",
            woman="Hvilken misdannelse, og hvem har den?",
            kind=LongText(),
            when=When("malformations_in_family", HEREDITY_PRESENT),
            ways_out=("unknown", "ask_doctor"),
            national=("GMFamiliehistorieArveligeSygdommeObs.bemærkninger-medfødte-misdannelser",),
            source="GM",
        ),
        Item(
            id="consanguinity",
            ref="ARV-05",
            clinic="Konsangvinitet",
            woman="Er du og barnets far i familie med hinanden, for eksempel fætter og kusine?",
            help="Vi spørger alle. Er man i familie, kan sygdomme lettere gå i arv. Så kan du få en samtale om det.",
            hint="Svar nej, hvis du har fået sæd fra en donor, du ikke er i familie med.",
            kind=YesNo(),
            ways_out=("unknown", "declines", "ask_doctor"),
            unremarkable=("no",),
            national=("GMKonsangvinitetObs.konsangvinitet",),
            mandatory=True,
            source="GM, G1",
        ),
        Item(
            id="haemoglobin_carrier",
            ref="ARV-06",
            clinic="Anlægsbærer for hæmoglobinopati",
            woman="Har du, barnets far eller donor anlæg for en arvelig blodsygdom (talassæmi eller seglcelle)?",
            hint="Du kan vælge begge.",
            kind=Many(
                (
                    Option("mother", "Ja, jeg har", clinic_label="Mor er anlægsbærer", code="72705000"),
                    Option(
                        "father", "Ja, barnets far eller donor har", clinic_label="Far er anlægsbærer", code="66839005"
                    ),
                    Option("none", "Nej", clinic_label="Nej", excludes=True),
                )
            ),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("none",),
            national=("GMHaemoglobinopatiIFamilienObs.anlægsbærer",),
            source="P, GM",
        ),
    ),
)

FAMILY_DISEASE = Page(
    id="family_disease",
    title="Sygdom hos dine nærmeste",
    intro="Her spørger vi kun til din egen familie.",
    items=(
        Item(
            id="family_diabetes",
            ref="ARV-08",
            clinic="Diabetes i familien",
            woman="Har dine forældre, søskende, bedsteforældre eller børn sukkersyge (diabetes)?",
            help="Vi spørger, fordi det kan give sukkersyge i graviditeten. Så kan du få tilbudt en prøve.",
            kind=YesNo(),
            unremarkable=("no",),
            source="LH",
        ),
        Item(
            id="family_diabetes_who",
            ref="ARV-08",
            clinic="Diabetes i familien: hvem",
            woman="Hvem har sukkersyge?",
            kind=Many(
                (
                    Option("parent", "Min mor eller far", clinic_label="Forælder"),
                    Option("sibling", "Min søster eller bror", clinic_label="Søskende"),
                    Option("grandparent", "Mine bedsteforældre", clinic_label="Bedsteforælder"),
                    Option("child", "Mit barn", clinic_label="Barn"),
                )
            ),
            when=When("family_diabetes", ("yes",)),
            source="LH",
        ),
        Item(
            id="family_diabetes_type",
            ref="ARV-08",
            clinic="Diabetes i familien: type",
            woman="Hvilken type sukkersyge?",
            kind=Many((Option("type_1", "Type 1"), Option("type_2", "Type 2"), Option("other", "En anden type"))),
            when=When("family_diabetes", ("yes",)),
            source="LH",
        ),
        Item(
            id="family_blood_clot",
            ref="ARV-09",
            clinic="Blodprop hos forældre eller søskende",
            woman="Har dine forældre eller søskende haft en blodprop?",
            help="Vi spørger, fordi risikoen for en blodprop kan ligge i familien. Den kan ofte forebygges.",
            kind=YesNo(),
            unremarkable=("no",),
            source="K, VTE",
        ),
        Item(
            id="family_blood_clot_age",
            ref="ARV-09",
            clinic="Blodprop i familien: alder",
            woman="Hvor gammel var personen, da det skete?",
            hint="Cirka er fint.",
            kind=Integer(unit="a", low=0, high=110),
            when=When("family_blood_clot", ("yes",)),
            source="K, VTE",
        ),
        Item(
            id="family_thyroid",
            ref="ARV-10",
            clinic="Stofskiftesygdom i familien",
            woman="Har nogen i din nære familie for højt eller for lavt stofskifte?",
            help="Vi spørger, fordi du så kan få tjekket dit eget stofskifte med en blodprøve.",
            kind=YesNo(),
            unremarkable=("no",),
            source="TSH",
        ),
        Item(
            id="family_preeclampsia",
            ref="ARV-11",
            clinic="Præeklampsi hos mor eller søster",
            woman="Har din mor eller søster haft svangerskabsforgiftning?",
            help="Det er højt blodtryk og æggehvide i urinen i graviditeten. Det kan ligge i familien.",
            kind=YesNo(),
            unremarkable=("no",),
            source="K",
        ),
    ),
)

GENETIC_ASSESSMENT = Page(
    id="genetic_assessment",
    title=None,
    items=(
        Item(
            id="genetic_referral_indicated",
            ref="ARV-04",
            clinic="Indikation for henvisning til udredning eller screening",
            kind=YesNo(),
            who=("gp",),
            ways_out=(),
            national=("GMFamiliehistorieArveligeSygdommeObs.indikation-for-henvisning-til-udredning/screening",),
            source="GM",
        ),
        Item(
            id="haemoglobin_screening_timing",
            ref="ARV-07",
            clinic="Hæmoglobinopatiscreening: aktualitet",
            kind=One(
                (Option("current", "Aktuel", code="15240007"), Option("earlier", "Tidligere", code="410513005")),
            ),
            who=("gp",),
            ways_out=(),
            national=("GMHaemoglobinopatiscreeningObs.aktualitet",),
            source="P, GM",
        ),
        Item(
            id="haemoglobin_screening_result",
            ref="ARV-07",
            clinic="Hæmoglobinopatiscreening: resultat",
            kind=One(
                (
                    Option("pending", "Svar foreligger ikke", code="171111007"),
                    Option("normal", "Normalt fund", code="171109003"),
                    Option("abnormal", "Abnormt fund", code="101071000119104"),
                )
            ),
            who=("gp",),
            ways_out=(),
            national=("GMHaemoglobinopatiscreeningObs.resultat-type",),
            source="P, GM",
        ),
    ),
)

SECTION = Section(
    id="arv",
    title="Sygdomme i familien",
    clinic="Arv og slægtskab",
    pages=(FAMILY_GENETICS, FAMILY_DISEASE, GENETIC_ASSESSMENT),
)
