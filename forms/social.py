"""3.3 Sociale forhold: home, partner, daily life and strain.

Nothing here assumes a partner or a father. The partner's problems belong to the private talk (SOC-08), the note on
abuse and upbringing too (SOC-15). What she says of a hard life is hers and the clinic's; only the GP's own assessment
(SOC-14) goes into the national document. Both benefits (VUR-07): the GP chooses one, the other goes into SOC-17."""

from svangre.catalogue import Item, LongText, Many, One, Option, Page, Section, Text, When, YesNo

HOME = Page(
    id="home",
    title="Hvem du bor sammen med",
    items=(
        Item(
            id="household",
            ref="SOC-02",
            clinic="Boligforhold",
            woman="Hvem bor du sammen med?",
            kind=One(
                (
                    Option("alone", "Jeg bor alene", clinic_label="Bor alene", code="105529008"),
                    Option(
                        "with_others",
                        "Jeg bor sammen med andre",
                        clinic_label="Bor sammen med andre",
                        code="1256010001",
                    ),
                )
            ),
            ways_out=("ask_doctor",),
            unremarkable=("with_others",),
            national=("GMSocialeForholdObs.boligforhold",),
            source="P, GM",
        ),
        Item(
            id="family_and_household",
            ref="SOC-03",
            clinic="Familie og husstand",
            woman="Fortæl kort om din familie og dit hjem.",
            hint="For eksempel om der bor børn hos dig.",
            kind=LongText(max_length=500),
            ways_out=("ask_doctor",),
            national=("GMSocialeForholdObs.bemærkning-familiesammensætning-husstand",),
            source="GM",
        ),
        Item(
            id="marital_status",
            ref="SOC-01",
            clinic="Civilstand",
            woman="Er du gift?",
            kind=One(
                (
                    Option("married", "Ja, gift", clinic_label="Gift"),
                    Option("unmarried", "Nej, ugift", clinic_label="Ugift"),
                    Option("separated", "Gift, men separeret", clinic_label="Separeret"),
                    Option("divorced", "Skilt", clinic_label="Fraskilt"),
                    Option("widowed", "Enke"),
                )
            ),
            ways_out=(),
            unremarkable=("unmarried", "married"),
            source="P, G1",
        ),
    ),
)

PARTNER = Page(
    id="partner",
    title="Partner og medforælder",
    intro="Familier er forskellige. Svar på det, der passer til dig.",
    items=(
        Item(
            id="has_partner",
            ref="SOC-04",
            clinic="Har partner",
            woman="Har du en partner?",
            kind=YesNo(),
            ways_out=("ask_doctor",),
            source="K",
        ),
        Item(
            id="partner_name",
            ref="SOC-05",
            clinic="Partners navn",
            woman="Hvad hedder din partner?",
            kind=Text(max_length=120),
            when=When("has_partner", ("yes",)),
            ways_out=(),
            national=("GMPartnerObs.navn",),
            source="P, GM",
        ),
        Item(
            id="partner_relation",
            ref="SOC-06",
            clinic="Partners relation til hende",
            woman="Bor I sammen, eller er I gift?",
            kind=One(
                (
                    Option("spouse", "Vi er gift", clinic_label="Ægtefælle", code="127848009"),
                    Option("cohabiting", "Vi bor sammen", clinic_label="Samboende", code="394921008"),
                    Option(
                        "not_cohabiting",
                        "Vi bor ikke sammen",
                        clinic_label="Partner, ikke samboende",
                        code="648051000005108",
                    ),
                )
            ),
            when=When("has_partner", ("yes",)),
            ways_out=(),
            unremarkable=("spouse", "cohabiting"),
            national=("GMPartnerObs.partner-relation",),
            source="GM",
        ),
        Item(
            id="partner_occupation",
            ref="SOC-10",
            clinic="Partner i arbejde eller uddannelse",
            woman="Er din partner i arbejde eller under uddannelse?",
            kind=One(
                (
                    Option(
                        "working_or_studying",
                        "Ja",
                        clinic_label="I arbejde eller under uddannelse",
                        code="607951000005101",
                    ),
                    Option(
                        "not_working_or_studying",
                        "Nej",
                        clinic_label="Ikke i arbejde eller under uddannelse",
                        code="607961000005104",
                    ),
                )
            ),
            when=When("has_partner", ("yes",)),
            unremarkable=("working_or_studying",),
            national=("GMOplysningerOmPartnerObs.erhvervsmæssig-tilknytning",),
            source="GM",
        ),
        Item(
            id="co_parent_name",
            ref="SOC-07",
            clinic="Juridisk medforælder: navn",
            woman="Hvem er barnets anden forælder efter loven, hvis der er en?",
            hint="Skriv kun navnet. Det kan være din partner eller en anden.",
            kind=Text(max_length=120),
            ways_out=("unknown", "declines", "ask_doctor"),
            national=("GMJuridiskMedforaelderObs.navn",),
            source="P, GM, G1",
        ),
        Item(
            id="co_parent_cpr",
            ref="SOC-07",
            clinic="Juridisk medforælder: CPR-nummer (kun efter hendes ønske)",
            kind=Text(max_length=11, look="cpr"),
            who=("gp",),
            ways_out=(),
            visibility="gp_only",
            national=("GMJuridiskMedforaelderObs.cpr",),
            source="P, GM, G1",
        ),
        Item(
            id="partner_remarks",
            ref="SOC-09",
            clinic="Andre oplysninger om partner",
            kind=LongText(),
            who=("gp",),
            ways_out=(),
            visibility="gp_only",
            national=("GMOplysningerOmPartnerObs.andre-oplysninger",),
            source="GM",
        ),
    ),
)

DAILY_LIFE = Page(
    id="daily_life",
    title="Din hverdag",
    items=(
        Item(
            id="main_occupation",
            ref="SOC-12",
            clinic="Erhvervsmæssig tilknytning",
            woman="Hvad laver du til daglig?",
            kind=One(
                (
                    Option("employed", "Jeg har et arbejde", clinic_label="I arbejde", code="224363007"),
                    Option("self_employed", "Jeg er selvstændig", clinic_label="Selvstændig", code="160906004"),
                    Option("student", "Jeg er i gang med en uddannelse", clinic_label="Studerende", code="65853000"),
                    Option("unemployed", "Jeg er ledig", clinic_label="Ledig", code="73438004"),
                    Option(
                        "pensioner",
                        "Jeg får pension eller førtidspension",
                        clinic_label="Pension eller førtidspension",
                        code="105493001",
                    ),
                    Option("homemaker", "Jeg er hjemmegående", clinic_label="Hjemmegående", code="444168002"),
                    Option("on_sick_leave", "Jeg er sygemeldt", clinic_label="Sygemeldt"),
                    Option("other", "Andet"),
                )
            ),
            ways_out=("declines", "ask_doctor"),
            unremarkable=("employed", "self_employed", "student"),
            national=("GMErhvervsmaessigTilknytningObs.erhvervsmæssig-tilknytning",),
            source="GM",
        ),
        Item(
            id="main_occupation_other",
            ref="SOC-12",
            clinic="Anden erhvervsmæssig tilknytning",
            woman="Hvad laver du?",
            kind=Text(),
            when=When("main_occupation", ("other",)),
            ways_out=(),
            national=("GMErhvervsmaessigTilknytningObs.anden-ervh-tilknytning",),
            source="GM",
        ),
        Item(
            id="education",
            ref="SOC-11",
            clinic="Højeste fuldførte uddannelse",
            woman="Hvad er den højeste uddannelse, du har gjort færdig?",
            kind=One(
                (
                    Option("primary_school", "Folkeskole", clinic_label="Grundskole", code="224296007"),
                    Option(
                        "upper_secondary",
                        "Gymnasium, hf, hhx eller htx",
                        clinic_label="Gymnasial uddannelse",
                        code="224297003",
                    ),
                    Option(
                        "vocational",
                        "Faglært, for eksempel frisør eller elektriker",
                        clinic_label="Erhvervsuddannelse",
                        code="440586004",
                    ),
                    Option(
                        "short_higher",
                        "Kort videregående (1–2 år), for eksempel laborant",
                        clinic_label="Kort videregående",
                        code="598001000005107",
                    ),
                    Option(
                        "medium_higher",
                        "Mellemlang videregående (3–4 år), for eksempel lærer",
                        clinic_label="Mellemlang videregående",
                        code="598011000005105",
                    ),
                    Option(
                        "long_higher",
                        "Lang videregående (5 år eller mere), for eksempel jurist",
                        clinic_label="Lang videregående",
                        code="224300008",
                    ),
                    Option("other", "Andet"),
                )
            ),
            ways_out=("declines",),
            national=("GMUddannelsesniveauObs.uddannelsesniveau",),
            source="GM",
        ),
        Item(
            id="education_other",
            ref="SOC-11",
            clinic="Andet uddannelsesniveau",
            woman="Hvilken uddannelse har du?",
            kind=Text(),
            when=When("education", ("other",)),
            ways_out=(),
            national=("GMUddannelsesniveauObs.andet-uddannelsesniveau",),
            source="GM",
        ),
        Item(
            id="social_benefit",
            ref="VUR-07",
            clinic="Kontanthjælp eller revalideringsydelse",
            woman="Får du kontanthjælp eller revalideringsydelse?",
            help=(
                "Vi spørger, fordi lægen måske kan hjælpe dig med støtte fra kommunen. Det er helt frivilligt at svare."
            ),
            kind=One(
                (
                    Option("cash_assistance", "Ja, kontanthjælp", clinic_label="Kontanthjælp", code="648111000005106"),
                    Option(
                        "rehabilitation_benefit",
                        "Ja, revalideringsydelse",
                        clinic_label="Revalideringsydelse",
                        code="648121000005100",
                    ),
                    Option("no", "Nej"),
                )
            ),
            ways_out=("unknown", "declines"),
            unremarkable=("no",),
            national=("GMYdelseObs.ydelsestype",),
            source="GM",
        ),
    ),
)

STRAIN = Page(
    id="strain",
    title="Hvis noget er svært lige nu",
    intro="Vi spørger alle. Dine svar her ses kun af dig og klinikken, til du og lægen har talt om dem.",
    items=(
        Item(
            id="life_difficulties",
            ref="SOC-13",
            clinic="Svært ved at være gravid eller blive forælder nu",
            woman="Er der noget i dit liv, som gør det svært at være gravid eller blive forælder lige nu?",
            help="Vi spørger, fordi du kan få ekstra støtte, hvis du har brug for det.",
            kind=YesNo(),
            ways_out=("unknown", "declines", "ask_doctor"),
            visibility="clinic_and_her",
            unremarkable=("no",),
            source="K",
        ),
        Item(
            id="life_difficulties_remarks",
            ref="SOC-13",
            clinic="Svært nu: hendes ord",
            woman="Fortæl gerne kort om det.",
            hint="Du kan også vente og sige det til lægen.",
            kind=LongText(),
            when=When("life_difficulties", ("yes",)),
            ways_out=("ask_doctor",),
            visibility="clinic_and_her",
            source="K",
        ),
        Item(
            id="circumstances",
            ref="SOC-16",
            clinic="Økonomi, bolig, netværk, kommune",
            woman="Er noget af dette svært for dig nu?",
            kind=Many(
                (
                    Option("finances", "Pengene slår ikke til", clinic_label="Økonomi"),
                    Option("housing", "Min bolig", clinic_label="Bolig"),
                    Option("network", "Jeg har ikke mange, der kan hjælpe mig", clinic_label="Netværk"),
                    Option(
                        "municipality",
                        "Jeg har en sag eller en kontakt hos kommunen",
                        clinic_label="Kontakt til kommunen",
                    ),
                    Option("none", "Nej, intet af dette", clinic_label="Intet af dette", excludes=True),
                )
            ),
            ways_out=("declines", "ask_doctor"),
            visibility="clinic_and_her",
            unremarkable=("none",),
            source="K",
        ),
        Item(
            id="circumstances_remarks",
            ref="SOC-16",
            clinic="Økonomi, bolig, netværk, kommune: uddybning",
            woman="Vil du skrive mere om det?",
            kind=LongText(),
            when=When("circumstances", ("finances", "housing", "network", "municipality")),
            ways_out=("ask_doctor",),
            visibility="clinic_and_her",
            source="K",
        ),
    ),
)

SOCIAL_ASSESSMENT = Page(
    id="social_assessment",
    title=None,
    items=(
        Item(
            id="social_vulnerability",
            ref="SOC-14",
            clinic="Social sårbarhed af relevans",
            kind=YesNo(),
            who=("gp",),
            ways_out=(),
            national=("GMSocialSaarbarhedAfRelevansObs.social-sårbarhed-af-relevans",),
            mandatory=True,
            source="GM",
        ),
        Item(
            id="social_remarks",
            ref="SOC-17",
            clinic="Supplerende sociale oplysninger",
            kind=LongText(),
            who=("gp",),
            ways_out=(),
            source="P, G1",
        ),
    ),
)

SECTION = Section(
    id="familie",
    title="Dig og dem omkring dig",
    clinic="Sociale forhold",
    pages=(HOME, PARTNER, DAILY_LIFE, STRAIN, SOCIAL_ASSESSMENT),
)
