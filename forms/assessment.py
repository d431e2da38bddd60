"""Samlet vurdering, omsorgsniveau, henvisning og resumé (VUR). All are the doctor's; no level is pre-selected.

The care level (psychosocial) and the obstetric referral are apart on purpose. VUR-07 is asked in `social`.
"""

from svangre.catalogue import Date, Item, LongText, Many, One, Option, Page, Section, Text, When, YesNo

ASSESSMENT = Page(
    id="care_assessment",
    title=None,
    items=(
        Item(
            id="overall_assessment",
            ref="VUR-01",
            clinic="Samlet vurdering af ressourcer og risici",
            kind=LongText(),
            who=("gp",),
            ways_out=(),
            national=("GMSamletVurderingObs.vurdering-udfra-anamnese-undersøgelser-og-psykosociale-forhold",),
            source="P, GM",
        ),
        Item(
            id="omsorgsniveau",
            ref="VUR-02",
            clinic="Omsorgsniveau",
            kind=One(
                (
                    Option("1", "Niveau 1: Basistilbud", code="577951000005100"),
                    Option("2", "Niveau 2: Udvidet basistilbud", code="577961000005103"),
                    Option("3", "Niveau 3: Udvidet basistilbud med tværfagligt samarbejde", code="577971000005108"),
                    Option(
                        "4",
                        "Niveau 4: Samarbejde med specialiserede institutioner (familieambulatorium m.v.)",
                        code="577981000005106",
                    ),
                )
            ),
            who=("gp",),
            ways_out=(),
            national=("GMSamletVurderingObs.omsorgsniveau",),
            source="P, GM, G1",
        ),
        Item(
            id="obstetric_referral",
            ref="VUR-03",
            clinic="Behov for henvisning til obstetrisk vurdering",
            kind=YesNo(),
            who=("gp",),
            ways_out=(),
            national=("GMSamletVurderingObs.behov-for-henvisning-til-obstetrisk-vurdering",),
            source="P, GM",
        ),
        Item(
            id="obstetric_referral_reason",
            ref="VUR-03",
            clinic="Årsag til obstetrisk henvisning",
            kind=LongText(),
            who=("gp",),
            when=When("obstetric_referral", ("yes",)),
            ways_out=(),
            national=("GMSamletVurderingObs.årsag-til-behov-for-obstetrisk-henvisning",),
            source="P, GM",
        ),
        Item(
            id="social_referral",
            ref="VUR-04",
            clinic="Behov for henvisning til social- og sundhedsforvaltningen",
            kind=YesNo(),
            who=("gp",),
            ways_out=(),
            national=("GMSamletVurderingObs.behov-for-henvisning-til-social-og-sundhedsforvaltningen",),
            source="P, GM, G1",
        ),
        Item(
            id="social_referral_reason",
            ref="VUR-04",
            clinic="Årsag til henvisning til social- og sundhedsforvaltningen",
            hint="Kræver hendes samtykke eller anden hjemmel.",
            kind=LongText(),
            who=("gp",),
            when=When("social_referral", ("yes",)),
            ways_out=(),
            national=("GMSamletVurderingObs.årsag-til-behov-for-henvisning-social-og-sundhedsforvaltning",),
            source="P, GM, G1",
        ),
        Item(
            id="social_referral_on",
            ref="VUR-04",
            clinic="Henvist til social- og sundhedsforvaltningen, dato",
            kind=Date(),
            who=("gp",),
            when=When("social_referral", ("yes",)),
            ways_out=(),
            source="G1",
        ),
        Item(
            id="other_referrals",
            ref="VUR-05",
            clinic="Andre henvisninger",
            kind=Many(
                (
                    Option("genetics", "Genetik"),
                    Option("occupational_medicine", "Arbejdsmedicin"),
                    Option("endocrinology", "Endokrinologi"),
                    Option("psychiatry", "Psykiatri"),
                    Option("smoking_cessation", "Rygestop"),
                    Option("dietitian", "Diætist"),
                    Option("none", "Ingen", excludes=True),
                )
            ),
            who=("gp",),
            ways_out=(),
            source="P",
        ),
    ),
)

SUMMARY = Page(
    id="summary",
    title=None,
    items=(
        Item(
            id="resume",
            ref="VUR-06",
            clinic="Resumé til modtager",
            kind=LongText(max_length=4000),
            who=("gp",),
            ways_out=(),
            national=("GMResumeObs.resume-indslag",),
            source="GM",
        ),
        Item(
            id="recipients",
            ref="VUR-09",
            clinic="Modtagere",
            kind=Many(
                (
                    Option("woman", "Den gravide"),
                    Option("midwife_centre", "Jordemodercenter"),
                    Option("birthplace", "Fødested"),
                    Option("doctor", "Læge"),
                )
            ),
            who=("gp",),
            ways_out=(),
            source="P",
        ),
        Item(
            id="signed_by",
            ref="VUR-08",
            clinic="Undersøgende læge, ydernummer",
            kind=Text(),
            who=(),
            ways_out=(),
            source="P",
        ),
        Item(
            id="signed_on",
            ref="VUR-08",
            clinic="Underskrevet, dato",
            kind=Date(),
            who=(),
            ways_out=(),
            source="P",
        ),
    ),
)

SECTION = Section(
    id="vurdering", title="Lægens vurdering", clinic="Vurdering, niveau, resumé", pages=(ASSESSMENT, SUMMARY)
)
