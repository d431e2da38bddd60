"""Livsstil: tobak, nikotin, kost og motion (TOB, NIK, KOS, MOT, KOF); alkohol og rusmidler stand in `substances`.

Nicotine is one list for her, though the national record has a yes/no of its own per product: each option carries the
code of its component (chosen: true; not chosen: false), and "none" the code for "nej" of use in pregnancy. The amount
stands with each product. No confirmed tobacco code says how much she smokes: the number per day goes to the resumé.
"""

from forms.substances import SUBSTANCE_PAGES
from svangre.catalogue import Integer, Item, LongText, Many, One, Option, Page, PartialDate, Section, When, YesNo

SMOKED = ("stopped_before", "stopped_when_pregnant", "stopped_later")
NICOTINE = ("nicotine_pouches", "e_cigarette", "water_pipe", "chewing_tobacco", "nicotine_gum", "other")
HELP_TO_STOP = (
    Option("yes", "Ja"),
    Option("no", "Nej"),
    Option("maybe_later", "Måske senere"),
)
TOBACCO = Page(
    id="smoking",
    title="Rygning",
    items=(
        Item(
            id="smoked_before",
            ref="TOB-01",
            clinic="Rygning før graviditeten",
            woman="Røg du, før du blev gravid?",
            kind=YesNo(),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("no",),
            national=("GMTobakObs.rygning-før-graviditet",),
            source="GM",
        ),
        Item(
            id="smokes_now",
            ref="TOB-02",
            clinic="Rygning i graviditeten",
            woman="Ryger du nu?",
            hint="Tænk på cigaretter, cigarer og pibe. Vi spørger om anden nikotin bagefter.",
            help="Røg kan påvirke barnet, og det kan være svært at stoppe alene. Du kan få hjælp, hvis du vil.",
            kind=One(
                (
                    Option("yes", "Ja, jeg ryger", "Ryger", "77176002"),
                    Option("never", "Nej, jeg har aldrig røget", "Aldrig røget", "8392000"),
                    Option(
                        "stopped_before", "Nej, jeg stoppede før graviditeten", "Stoppet før graviditeten", "8392000"
                    ),
                    Option(
                        "stopped_when_pregnant",
                        "Nej, jeg stoppede, da jeg blev gravid",
                        "Stoppet i 1. trimester",
                        "598071000005103",
                    ),
                    Option(
                        "stopped_later",
                        "Nej, jeg stoppede senere i graviditeten",
                        "Stoppet efter 1. trimester",
                        "598081000005100",
                    ),
                    Option("not_known", "Det vides ikke", "Rygestatus ukendt", "266927001", clinic_only=True),
                )
            ),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("never", "stopped_before"),
            national=("GMTobakObs.rygning-under-graviditet",),
            source="P, GM, G1",
        ),
        Item(
            id="cigarettes_per_day",
            ref="TOB-02",
            clinic="Antal pr. dag",
            woman="Hvor mange cigaretter ryger du om dagen?",
            kind=Integer(unit="/d", low=0, high=60),
            when=When("smokes_now", ("yes",)),
            ways_out=("unknown", "ask_doctor"),
            source="P, GM, G1",
        ),
        Item(
            id="smoking_stopped_on",
            ref="TOB-03",
            clinic="Dato for rygestop",
            woman="Hvornår stoppede du?",
            hint="Du kan nøjes med måned og år.",
            kind=PartialDate(),
            when=When("smokes_now", SMOKED),
            national=("GMTobakObs.dato-rygeophør",),
            source="P, GM",
        ),
        Item(
            id="wants_help_to_stop_smoking",
            ref="TOB-05",
            clinic="Ønsker hjælp til rygestop",
            woman="Vil du gerne have hjælp til at holde op?",
            kind=One(HELP_TO_STOP),
            when=When("smokes_now", ("yes",)),
            source="P, GM",
        ),
        Item(
            id="passive_smoke_home",
            ref="TOB-04",
            clinic="Passiv rygning i hjemmet",
            woman="Er der nogen, der ryger indenfor hjemme hos dig?",
            kind=YesNo(),
            unremarkable=("no",),
            national=("GMTobakObs.passiv-rygning-i-hjemmet",),
            source="GM, G1",
        ),
        Item(
            id="passive_smoke_work",
            ref="TOB-04",
            clinic="Passiv rygning på arbejdspladsen",
            woman="Er der røg omkring dig på dit arbejde?",
            kind=YesNo(),
            unremarkable=("no",),
            national=("GMTobakObs.passiv-rygning-påarbejdspladsen",),
            source="GM, G1",
        ),
    ),
)

NICOTINE_PAGE = Page(
    id="nicotine",
    title="Anden nikotin",
    items=(
        Item(
            id="nicotine_products",
            ref="NIK-01",
            clinic="Andre nikotinprodukter",
            woman="Bruger du noget af dette, eller gjorde du det, før du blev gravid?",
            help="Nikotin når barnet, også når det ikke kommer fra røg. Du kan få hjælp til at stoppe.",
            kind=Many(
                (
                    Option("nicotine_pouches", "Nikotinposer", code="598111000005109"),
                    Option("e_cigarette", "E-cigaret eller vape", "E-cigaret", "722498003"),
                    Option("water_pipe", "Vandpibe", code="722495000"),
                    Option("chewing_tobacco", "Snus eller tyggetobak", "Tyggetobak, snus", "81911001"),
                    Option("nicotine_gum", "Nikotintyggegummi", code="598101000005106"),
                    Option("other", "Noget andet med nikotin", "Andet"),
                    Option("none", "Nej, intet af dette", "Nej", "373067005", excludes=True),
                )
            ),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("none",),
            national=(
                "GMAndetNikotinproduktObs.nikotinposer",
                "GMAndetNikotinproduktObs.e-cigaret",
                "GMAndetNikotinproduktObs.vandpibe",
                "GMAndetNikotinproduktObs.tyggetobak",
                "GMAndetNikotinproduktObs.nikotintyggegummi",
                "GMNikotinObs.bruger-nikotinprodukt-under-graviditet",
            ),
            source="GM",
        ),
        Item(
            id="nicotine_pouches_per_day",
            ref="NIK-01",
            clinic="Nikotinposer pr. dag",
            woman="Hvor mange nikotinposer om dagen?",
            kind=Integer(unit="/d", low=0, high=60),
            when=When("nicotine_products", ("nicotine_pouches",)),
            national=("GMAndetNikotinproduktObs.nikotinposer-antal/dag",),
            source="GM",
        ),
        Item(
            id="e_cigarette_ml_per_day",
            ref="NIK-01",
            clinic="E-cigaret, ml pr. dag",
            woman="Hvor mange milliliter væske bruger du om dagen?",
            hint="En e-cigaret til at smide ud rummer tit 2 milliliter.",
            kind=Integer(unit="mL/d", low=0, high=60),
            when=When("nicotine_products", ("e_cigarette",)),
            national=("GMAndetNikotinproduktObs.e-cigaret-milliliter/dag",),
            source="GM",
        ),
        Item(
            id="water_pipe_use",
            ref="NIK-01",
            clinic="Vandpibe, hvor ofte",
            woman="Hvor tit ryger du vandpibe?",
            kind=One(
                (
                    Option("daily", "Hver dag", "Dagligt", "69620002"),
                    Option("occasionally", "En gang imellem", "Lejlighedsvist", "84638005"),
                )
            ),
            when=When("nicotine_products", ("water_pipe",)),
            national=("GMAndetNikotinproduktObs.vandpibeforbrug",),
            source="GM",
        ),
        Item(
            id="chewing_tobacco_per_day",
            ref="NIK-01",
            clinic="Tyggetobak/snus pr. dag",
            woman="Hvor mange gange om dagen bruger du snus eller tyggetobak?",
            kind=Integer(unit="/d", low=0, high=60),
            when=When("nicotine_products", ("chewing_tobacco",)),
            national=("GMAndetNikotinproduktObs.tyggetobak-antal/dag",),
            source="GM",
        ),
        Item(
            id="nicotine_gum_per_day",
            ref="NIK-01",
            clinic="Nikotintyggegummi pr. dag",
            woman="Hvor mange stykker nikotintyggegummi om dagen?",
            kind=Integer(unit="/d", low=0, high=60),
            when=When("nicotine_products", ("nicotine_gum",)),
            national=("GMAndetNikotinproduktObs.nikotintyggegummi-antal/dag",),
            source="GM",
        ),
        Item(
            id="other_nicotine",
            ref="NIK-01",
            clinic="Andet nikotinprodukt",
            woman="Hvad bruger du, og hvor meget?",
            kind=LongText(max_length=500),
            when=When("nicotine_products", ("other",)),
            ways_out=(),
            national=("GMAndetNikotinproduktObs.andetnikotinprodukt/røgfri-tobak",),
            source="GM",
        ),
        Item(
            id="nicotine_before",
            ref="NIK-02",
            clinic="Andet nikotinforbrug før graviditeten",
            woman="Brugte du det, før du blev gravid?",
            kind=YesNo(),
            when=When("nicotine_products", NICOTINE),
            national=("GMNikotinObs.andet-nikotinforbrug-før-graviditet",),
            source="GM",
        ),
        Item(
            id="nicotine_in_pregnancy",
            ref="NIK-02",
            clinic="Andet nikotinforbrug i graviditeten",
            woman="Har du brugt det, mens du har været gravid?",
            kind=One(
                (
                    Option("yes", "Ja, jeg bruger det nu", "Ja", "373066001"),
                    Option(
                        "stopped_when_pregnant",
                        "Ja, men jeg stoppede, da jeg blev gravid",
                        "Stoppet i 1. trimester",
                        "598241000005101",
                    ),
                    Option(
                        "stopped_later",
                        "Ja, men jeg stoppede senere i graviditeten",
                        "Stoppet efter 1. trimester",
                        "598251000005104",
                    ),
                    Option("no", "Nej", code="373067005"),
                )
            ),
            when=When("nicotine_products", NICOTINE),
            ways_out=("unknown", "ask_doctor"),
            national=("GMNikotinObs.bruger-nikotinprodukt-under-graviditet",),
            source="GM",
        ),
        Item(
            id="nicotine_stopped_on",
            ref="NIK-02",
            clinic="Dato for ophør med andet nikotinprodukt",
            woman="Hvornår stoppede du?",
            hint="Du kan nøjes med måned og år.",
            kind=PartialDate(),
            when=When("nicotine_in_pregnancy", ("no", "stopped_when_pregnant", "stopped_later")),
            national=("GMNikotinObs.dato-ophør-andet-nikotinprodukt",),
            source="GM",
        ),
        Item(
            id="wants_help_to_stop_nicotine",
            ref="TOB-05",
            clinic="Ønsker hjælp til nikotinstop",
            woman="Vil du gerne have hjælp til at holde op?",
            kind=One(HELP_TO_STOP),
            when=When("nicotine_in_pregnancy", ("yes",)),
            source="P, GM",
        ),
    ),
)

STOP_REFERRAL = Page(
    id="stop_smoking",
    title=None,
    items=(
        Item(
            id="stop_smoking_referral",
            ref="TOB-05",
            clinic="Henvist til tobaks- og nikotinstop",
            kind=One(
                (
                    Option("done", "Udført", code="385658003"),
                    Option("not_wanted", "Ønskes ikke", code="410528005"),
                    Option("not_done", "Ikke udført", code="385660001"),
                )
            ),
            who=("gp",),
            ways_out=(),
            national=("GMTobakObs.henvist-tobaks-og-nikotinstop",),
            source="P, GM",
        ),
    ),
)

DIET = Page(
    id="diet_and_exercise",
    title="Mad, drikke og bevægelse",
    items=(
        Item(
            id="diet",
            ref="KOS-01",
            clinic="Kost",
            woman="Er der noget særligt ved det, du spiser?",
            help="Vi spørger for at se, om du mangler vitaminer, eller har brug for hjælp med maden.",
            kind=Many(
                (
                    Option("vegetarian", "Jeg spiser ikke kød", "Vegetar"),
                    Option("vegan", "Jeg spiser intet fra dyr, heller ikke mælk og æg", "Veganer"),
                    Option("eating_disorder", "Jeg har en spiseforstyrrelse", "Spiseforstyrrelse"),
                    Option("special_diet", "Jeg er på en diæt", "Diæt"),
                    Option("other", "Noget andet", "Andet"),
                    Option("none", "Nej, intet særligt", "Intet særligt", excludes=True),
                )
            ),
            ways_out=("unknown", "ask_doctor"),
            unremarkable=("none",),
            national=("GMKostObs.bemærkninger-vedr-kost",),
            source="P, GM",
        ),
        Item(
            id="diet_remarks",
            ref="KOS-01",
            clinic="Bemærkninger vedr. kost",
            woman="Vil du fortælle mere om det, du spiser?",
            kind=LongText(),
            when=When("diet", ("vegetarian", "vegan", "eating_disorder", "special_diet", "other")),
            ways_out=(),
            national=("GMKostObs.bemærkninger-vedr-kost",),
            source="P, GM",
        ),
        Item(
            id="exercise_days",
            ref="MOT-01",
            clinic="Motion, dage om ugen",
            woman="Hvor mange dage om ugen bevæger du dig, så du bliver lidt forpustet?",
            hint="En rask gåtur tæller også. Skriv et tal fra 0 til 7.",
            kind=Integer(unit="d/wk", low=0, high=7),
            national=("GMMotionObs.bemærkninger-vedr-motion",),
            source="P, GM",
        ),
        Item(
            id="exercise_remarks",
            ref="MOT-01",
            clinic="Bemærkninger vedr. motion",
            woman="Hvordan bevæger du dig?",
            hint="For eksempel cykler til arbejde, går ture, danser.",
            kind=LongText(max_length=500),
            ways_out=(),
            national=("GMMotionObs.bemærkninger-vedr-motion",),
            source="P, GM",
        ),
        Item(
            id="caffeine_cups",
            ref="KOF-01",
            clinic="Kaffe og energidrik pr. dag",
            woman="Hvor mange kopper kaffe eller energidrik får du om dagen?",
            hint="Skriv 0, hvis du ikke drikker det.",
            kind=Integer(unit="{kopper}/d", low=0, high=20),
            source="K",
        ),
    ),
)

SECTION = Section(
    id="livsstil",
    title="Livsstil",
    clinic="Livsstil",
    pages=(TOBACCO, NICOTINE_PAGE, STOP_REFERRAL, *SUBSTANCE_PAGES, DIET),
)
