"""3.1 Stamdata og kontakt: who she is and how she may be contacted.

The legal name is the identity and comes from the registration; she only says what she likes to be called. One next
of kin is asked. Her instruction on safe contact stands beside the phone number and reaches everyone who may call.
"""

from forms.options import RELATIONS
from svangre.catalogue import Date, Item, One, Option, Page, Section, Text, When, YesNo

CONTACT = Page(
    id="contact",
    title="Sådan kontakter vi dig",
    intro="Skriv det, du har lyst til. Du kan springe spørgsmål over.",
    items=(
        Item(
            id="preferred_name",
            ref="STA-13",
            clinic="Kaldenavn",
            woman="Hvad vil du gerne kaldes?",
            kind=Text(max_length=80),
            ways_out=(),
            source="K",
        ),
        Item(
            id="phone",
            ref="STA-05",
            clinic="Telefon (mobil)",
            woman="Hvad er dit telefonnummer?",
            hint="For eksempel 12 34 56 78",
            kind=Text(max_length=30, look="tel"),
            ways_out=(),
            source="P, GM",
        ),
        Item(
            id="safe_contact",
            ref="VOL-05",
            clinic="Sikker kontakt",
            woman="Må vi ringe og skrive til dig?",
            help=(
                "Vi spørger alle, for ikke alle kan tale frit eller er alene om deres telefon. "
                "Du behøver ikke sige hvorfor."
            ),
            kind=One(
                (
                    Option("yes", "Ja, I må gerne ringe og skrive", clinic_label="Ja"),
                    Option("only_like_this", "Ja, men kun på en bestemt måde", clinic_label="Kun sådan"),
                    Option("no", "Nej, I må ikke ringe eller skrive", clinic_label="Nej"),
                )
            ),
            ways_out=("ask_doctor",),
            unremarkable=("yes",),
            source="K",
        ),
        Item(
            id="safe_contact_how",
            ref="VOL-05",
            clinic="Sikker kontakt: sådan",
            woman="Hvordan og hvornår må vi kontakte dig?",
            hint="For eksempel: Ingen sms. Ring kun på hverdage mellem 9 og 12.",
            kind=Text(max_length=300),
            when=When("safe_contact", ("only_like_this",)),
            ways_out=(),
            source="K",
        ),
        Item(
            id="sms_allowed",
            ref="STA-05",
            clinic="Må få sms",
            woman="Må vi sende dig en sms?",
            help="En sms fra os er kun en kort besked om din tid. Der står aldrig noget om dit helbred.",
            kind=YesNo(),
            when=When("safe_contact", ("yes", "only_like_this", "not_answered", "ask_doctor")),
            ways_out=(),
            unremarkable=("yes",),
            source="K",
        ),
        Item(
            id="email",
            ref="STA-07",
            clinic="E-mail",
            woman="Hvad er din e-mail?",
            help="Vi skriver ikke om dit helbred i en almindelig e-mail.",
            kind=Text(max_length=120, look="email"),
            ways_out=(),
            source="P",
        ),
        Item(
            id="work_phone",
            ref="STA-06",
            clinic="Telefon (arbejde)",
            woman="Har du et telefonnummer på arbejdet, som vi må ringe til?",
            kind=Text(max_length=30, look="tel"),
            ways_out=(),
            source="P",
        ),
    ),
)

ADDRESS_AND_KIN = Page(
    id="address_and_kin",
    title="Hvor du bor, og hvem vi kan ringe til",
    items=(
        Item(
            id="has_temporary_address",
            ref="STA-04",
            clinic="Midlertidig adresse",
            woman="Bor du lige nu et andet sted end på din faste adresse?",
            help="Vi spørger, fordi jordemoder eller sundhedsplejerske måske skal besøge dig.",
            kind=YesNo(),
            ways_out=("ask_doctor",),
            unremarkable=("no",),
            source="G1",
        ),
        Item(
            id="temporary_address",
            ref="STA-04",
            clinic="Midlertidig adresse: hvor",
            woman="Hvor bor du lige nu?",
            hint="Vej, nummer, postnummer og by",
            kind=Text(),
            when=When("has_temporary_address", ("yes",)),
            ways_out=("ask_doctor",),
            source="G1",
        ),
        Item(
            id="temporary_address_from",
            ref="STA-04",
            clinic="Midlertidig adresse: fra",
            woman="Fra hvilken dato?",
            kind=Date(),
            when=When("has_temporary_address", ("yes",)),
            source="G1",
        ),
        Item(
            id="temporary_address_until",
            ref="STA-04",
            clinic="Midlertidig adresse: til",
            woman="Til hvilken dato?",
            kind=Date(),
            when=When("has_temporary_address", ("yes",)),
            source="G1",
        ),
        Item(
            id="next_of_kin_name",
            ref="STA-08",
            clinic="Nærmeste pårørende: navn",
            woman="Hvem skal vi ringe til, hvis du bliver syg?",
            hint="Skriv navnet på en, du stoler på.",
            kind=Text(max_length=120),
            ways_out=(),
            visibility="clinic_and_her",
            source="G1",
        ),
        Item(
            id="next_of_kin_relation",
            ref="STA-08",
            clinic="Nærmeste pårørende: relation",
            woman="Hvem er personen for dig?",
            kind=One(RELATIONS),
            ways_out=(),
            visibility="clinic_and_her",
            source="G1",
        ),
        Item(
            id="next_of_kin_phone",
            ref="STA-08",
            clinic="Nærmeste pårørende: telefon",
            woman="Hvad er personens telefonnummer?",
            kind=Text(max_length=30, look="tel"),
            ways_out=(),
            visibility="clinic_and_her",
            source="G1",
        ),
    ),
)

REGISTRATION = Page(
    id="registration",
    title=None,
    items=(
        Item(
            id="cpr",
            ref="STA-01",
            clinic="CPR-nummer",
            kind=Text(max_length=11, look="cpr"),
            who=("gp",),
            ways_out=(),
            source="P, G1",
        ),
        Item(
            id="legal_name",
            ref="STA-02",
            clinic="Navn",
            kind=Text(max_length=150),
            who=("gp",),
            ways_out=(),
            source="P, G1",
        ),
        Item(
            id="address",
            ref="STA-03",
            clinic="Adresse",
            kind=Text(),
            who=("gp",),
            ways_out=(),
            source="P, G1",
        ),
        Item(
            id="insurance_group",
            ref="STA-10",
            clinic="Sikringsgruppe",
            kind=One(
                (Option("group_1", "Gruppe 1"), Option("group_2", "Gruppe 2"), Option("other", "Anden sikring")),
            ),
            who=("gp",),
            ways_out=(),
            source="G1",
        ),
        Item(
            id="consultation_on",
            ref="STA-11",
            clinic="Dato for konsultation",
            kind=Date(past=True),
            who=("gp",),
            ways_out=(),
            source="GM",
        ),
        Item(
            id="gp_practice",
            ref="STA-09",
            clinic="Læge (navn, adresse, telefon, e-mail, ydernummer)",
            kind=Text(max_length=300),
            who=(),
            ways_out=(),
            source="P, GM",
        ),
        Item(
            id="pregnancy_episode_id",
            ref="STA-12",
            clinic="Graviditetsforløbs-id",
            kind=Text(max_length=64),
            who=(),
            ways_out=(),
            source="GM",
        ),
    ),
)

SECTION = Section(
    id="stamdata",
    title="Om dig",
    clinic="Stamdata og kontakt",
    pages=(CONTACT, ADDRESS_AND_KIN, REGISTRATION),
)
