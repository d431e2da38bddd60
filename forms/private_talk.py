"""Samtale alene: violence and safety (VOL), female genital cutting (OPE-08), the partner's problems (SOC-08), abuse and
upbringing (SOC-15). Only the doctor asks, with her alone; nothing here is in her form, in her views, in bulk accept
or in the handover unless the doctor releases it, item by item.

VOL-05 (safe contact) is an ordinary question of hers and stands beside the telephone in `identity`.
SOC-08 is one list though the national record has a yes/no per problem: each option carries the code of its component.
"""

from svangre.catalogue import Item, LongText, Many, Option, Page, Section, When, YesNo

ABUSE_NOTE = ("GMSocialSaarbarhedObs.supplerende-oplysninger-om-overgreb/opvækst",)

SAFETY = Page(
    id="safety",
    title=None,
    items=(
        Item(
            id="safe_at_home",
            ref="VOL-01",
            clinic="Tryg derhjemme",
            kind=YesNo(),
            who=("gp",),
            ways_out=("unknown", "declines", "ask_doctor"),
            visibility="gp_only",
            source="IPV",
        ),
        Item(
            id="safe_at_home_remarks",
            ref="VOL-01",
            clinic="Tryghed derhjemme, bemærkninger",
            kind=LongText(),
            who=("gp",),
            ways_out=(),
            visibility="gp_only",
            national=ABUSE_NOTE,
            source="IPV",
        ),
        Item(
            id="high_conflict",
            ref="VOL-02",
            clinic="Højt konfliktniveau eller voldsomme konflikter",
            kind=YesNo(),
            who=("gp",),
            ways_out=("unknown", "declines", "ask_doctor"),
            visibility="gp_only",
            source="IPV",
        ),
        Item(
            id="violence_past_year",
            ref="VOL-03",
            clinic="Slået, truet, tvunget seksuelt eller kontrolleret det seneste år",
            kind=YesNo(),
            who=("gp",),
            ways_out=("unknown", "declines", "ask_doctor"),
            visibility="gp_only",
            source="IPV, K",
        ),
        Item(
            id="past_abuse",
            ref="VOL-04",
            clinic="Tidligere vold eller overgreb af betydning nu",
            kind=YesNo(),
            who=("gp",),
            ways_out=("unknown", "declines", "ask_doctor"),
            visibility="gp_only",
            source="GM",
        ),
        Item(
            id="past_abuse_details",
            ref="VOL-04",
            clinic="Tidligere vold eller overgreb, uddybning",
            kind=LongText(),
            who=("gp",),
            when=When("past_abuse", ("yes",)),
            ways_out=(),
            visibility="gp_only",
            national=ABUSE_NOTE,
            source="GM",
        ),
        Item(
            id="violence_action",
            ref="VOL-06",
            clinic="Handling",
            kind=Many(
                (
                    Option("conversation", "Samtale"),
                    Option("live_without_violence", "Lev Uden Vold, 1888"),
                    Option("social_services", "Socialforvaltning"),
                    Option("notification", "Underretning"),
                    Option("police", "Politi"),
                    Option("none", "Ingen", excludes=True),
                )
            ),
            who=("gp",),
            ways_out=(),
            visibility="gp_only",
            source="K",
        ),
        Item(
            id="genital_cutting",
            ref="OPE-08",
            clinic="Kvindelig omskæring",
            hint="Forslag: »I nogle lande bliver piger omskåret. Er det noget, du har været udsat for?«",
            kind=YesNo(yes_code="95041000119101"),
            who=("gp",),
            ways_out=("unknown", "declines", "ask_doctor"),
            visibility="gp_only",
            national=("GMTidligereRelevantOperationProcedure",),
            source="GM, K",
        ),
        Item(
            id="partner_problems",
            ref="SOC-08",
            clinic="Partners udfordringer",
            kind=Many(
                (
                    Option("physical_health", "Fysisk helbred", code="608001000005102"),
                    Option("mental_health", "Mentalt helbred", code="608011000005104"),
                    Option("social", "Sociale udfordringer", code="608041000005100"),
                    Option("alcohol", "Alkohol", code="648041000005106"),
                    Option("drugs", "Rusmidler", code="608031000005108"),
                    Option("none", "Ingen", excludes=True),
                )
            ),
            who=("gp",),
            when=When("has_partner", ("yes",)),
            ways_out=("unknown", "declines", "ask_doctor"),
            visibility="gp_only",
            national=(
                "GMOplysningerOmPartnerObs.udfordringer-fysisk-helbred",
                "GMOplysningerOmPartnerObs.udfordringer-mentalt-helbred",
                "GMOplysningerOmPartnerObs.sociale-udfordringer",
                "GMOplysningerOmPartnerObs.alkohol-misbrug",
                "GMOplysningerOmPartnerObs.rusmiddel-misbrug",
            ),
            source="GM",
        ),
        Item(
            id="abuse_and_upbringing",
            ref="SOC-15",
            clinic="Supplerende oplysninger om overgreb og opvækst",
            kind=LongText(),
            who=("gp",),
            when=When("social_vulnerability", ("yes",)),
            ways_out=(),
            visibility="gp_only",
            national=ABUSE_NOTE,
            source="GM",
        ),
    ),
)

SECTION = Section(id="samtale_alene", title="Samtale alene", clinic="Samtale alene", pages=(SAFETY,), private=True)
