"""3.2 Sprog, oprindelse og tolk.

An interpreter who is needed must have a language before the national document can be made (business rule of the
national service). The national model holds one country of origin: the first; the others go into the remarks.
"""

from forms.countries import COUNTRIES
from forms.languages import LANGUAGES
from svangre.catalogue import Item, LongText, Many, One, Page, Section, When, YesNo

SECTION = Section(
    id="sprog",
    title="Sprog og familiens baggrund",
    clinic="Sprog, oprindelse og tolk",
    pages=(
        Page(
            id="language_and_origin",
            title="Sprog og familiens baggrund",
            items=(
                Item(
                    id="interpreter_needed",
                    ref="SPR-01",
                    clinic="Behov for tolk",
                    woman="Har du brug for tolk, når du taler med læge og jordemoder?",
                    help="En tolk fra os har tavshedspligt. Din familie behøver ikke at tolke for dig.",
                    kind=YesNo(),
                    unremarkable=("no",),
                    national=("GMSprogObs.behov-for-tolkebistand",),
                    source="P, GM",
                ),
                Item(
                    id="interpreter_language",
                    ref="SPR-02",
                    clinic="Tolkesprog",
                    woman="Hvilket sprog skal tolken tale?",
                    kind=One(LANGUAGES, look="select"),
                    when=When("interpreter_needed", ("yes",)),
                    ways_out=(),
                    national=("GMSprogObs.tolkesprog",),
                    mandatory=True,
                    source="P, GM",
                ),
                Item(
                    id="language_remarks",
                    ref="SPR-05",
                    clinic="Supplerende oplysninger om sprog",
                    woman="Er der mere om sprog, som vi skal vide?",
                    hint=(
                        "For eksempel en dialekt, eller at du helst vil have en kvinde som tolk. "
                        "Står dit sprog ikke på listen, så skriv det her."
                    ),
                    kind=LongText(max_length=500),
                    when=When("interpreter_needed", ("yes",)),
                    ways_out=(),
                    national=("GMSprogObs.supplerende-oplysninger",),
                    source="GM",
                ),
                Item(
                    id="ancestry_countries",
                    ref="SPR-03",
                    clinic="Oprindelsesland(e)",
                    woman="Hvilket land eller hvilke lande kommer du eller din familie fra?",
                    help=(
                        "Vi spørger, fordi nogle arvelige blodsygdomme er hyppigere i nogle lande. "
                        "Så kan lægen tilbyde dig de rette prøver."
                    ),
                    hint="Tænk på dig selv, dine forældre og dine bedsteforældre. Du kan vælge flere.",
                    kind=Many(COUNTRIES),
                    ways_out=("unknown", "declines"),
                    unremarkable=("DK",),
                    national=("GMSprogObs.oprindelsesland",),
                    source="P, GM, HB",
                ),
                Item(
                    id="other_parent_countries",
                    ref="SPR-04",
                    clinic="Barnets fars eller donors oprindelsesland(e)",
                    woman="Hvilket land eller hvilke lande kommer barnets far eller donor fra?",
                    help="Vi spørger af samme grund: Barnet kan arve en blodsygdom fra begge sider.",
                    hint="Du kan vælge flere.",
                    kind=Many(COUNTRIES),
                    ways_out=("unknown", "declines", "ask_doctor"),
                    unremarkable=("DK",),
                    source="K",
                ),
            ),
        ),
    ),
)
