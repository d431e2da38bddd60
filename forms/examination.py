"""Undersøgelser ved første konsultation (UND). Tests and results stand in `laboratory`.

Height and weight are asked of her; weight and BMI are before the pregnancy. The national record takes whole numbers,
rounded only when sent. A urine stick is read in classes; the national record wants concentrations, which differ by
brand, so classes stay in our record until a brand's table is there.
"""

from forms.laboratory import LABORATORY_PAGES
from svangre.catalogue import Date, Decimal, Group, Integer, Item, LongText, One, Option, Page, Section

STICK = One(
    (
        Option("negative", "Negativ"),
        Option("trace", "Spor"),
        Option("plus_1", "1+"),
        Option("plus_2", "2+"),
        Option("plus_3", "3+"),
    )
)

BODY = Page(
    id="height_and_weight",
    title="Højde og vægt",
    items=(
        Item(
            id="height_cm",
            ref="UND-01",
            clinic="Højde",
            woman="Hvor høj er du?",
            hint="Skriv i centimeter, for eksempel 168.",
            kind=Integer(unit="cm", low=120, high=210),
            national=("GMFysiskeDataObs.højde", "GMBaseObservation.hoejde"),
            mandatory=True,
            source="P, GM",
        ),
        Item(
            id="weight_before_kg",
            ref="UND-02",
            clinic="Vægt før graviditeten",
            woman="Hvad vejede du, før du blev gravid?",
            hint="Skriv i kilo, for eksempel 64,5. Et cirka-tal er fint.",
            help="Lægen bruger højde og vægt til at vælge de rigtige prøver til dig.",
            kind=Decimal(unit="kg", low="30", high="250"),
            ways_out=("unknown", "ask_doctor"),
            national=("GMFysiskeDataObs.vægt-graviditets-begyndelse",),
            mandatory=True,
            source="P, GM",
        ),
    ),
)

# A measurement at a later visit, until the antenatal visits have a form of their own (`antenatal_visits`). Not sent in
# Målinger: there each would need the moment of the measurement, and the record has its day.
LATER = (
    Item(
        id="measured_on",
        ref="VAN-01",
        clinic="Målt den",
        kind=Date(past=True),
        who=("gp",),
        ways_out=(),
        source="P",
    ),
    Item(
        id="measured_weight_kg",
        ref="VAN-02",
        clinic="Vægt",
        kind=Decimal(unit="kg", low="30", high="250"),
        who=("gp",),
        ways_out=(),
        source="P",
    ),
    Item(
        id="measured_systolic",
        ref="VAN-02",
        clinic="Systolisk",
        kind=Integer(unit="mm[Hg]", low=60, high=260),
        who=("gp",),
        ways_out=(),
        source="P",
    ),
    Item(
        id="measured_diastolic",
        ref="VAN-02",
        clinic="Diastolisk",
        kind=Integer(unit="mm[Hg]", low=30, high=160),
        who=("gp",),
        ways_out=(),
        source="P",
    ),
    Item(
        id="measured_fundus_mm",
        ref="VAN-03",
        clinic="Symfyse-fundus",
        kind=Integer(unit="mm", low=50, high=500),
        who=("gp",),
        ways_out=(),
        source="P",
    ),
)

MEASUREMENTS = Page(
    id="measurements",
    title=None,
    items=(
        Item(
            id="bmi",
            ref="UND-03",
            clinic="BMI før graviditeten",
            kind=Decimal(unit="kg/m2", low="10", high="80"),
            who=(),
            ways_out=(),
            national=("GMFysiskeDataObs.bmi", "GMBaseObservation.bmi"),
            source="P, GM",
        ),
        Item(
            id="weight_today_kg",
            ref="UND-04",
            clinic="Vægt i dag",
            kind=Decimal(unit="kg", low="30", high="250"),
            who=("gp",),
            ways_out=(),
            national=("GMBaseObservation.vaegt",),
            source="P",
        ),
        Item(
            id="systolic",
            ref="UND-05",
            clinic="Blodtryk, systolisk",
            kind=Integer(unit="mm[Hg]", low=60, high=260),
            who=("gp",),
            ways_out=(),
            national=("GMBaseObservation.systolisk-blodtryk",),
            source="P, HDP23",
        ),
        Item(
            id="diastolic",
            ref="UND-05",
            clinic="Blodtryk, diastolisk",
            kind=Integer(unit="mm[Hg]", low=30, high=160),
            who=("gp",),
            ways_out=(),
            national=("GMBaseObservation.diastolisk-blodtryk",),
            source="P, HDP23",
        ),
        Item(
            id="urine_protein",
            ref="UND-06",
            clinic="Urinstix: albumin",
            kind=STICK,
            who=("gp",),
            ways_out=(),
            national=("GMIntervalObservation.protein",),
            source="P, LH, GP2",
        ),
        Item(
            id="urine_glucose",
            ref="UND-06",
            clinic="Urinstix: glukose",
            kind=STICK,
            who=("gp",),
            ways_out=(),
            national=("GMIntervalObservation.glucose",),
            source="P, LH, GP2",
        ),
        Item(
            id="urine_leucocytes",
            ref="UND-06",
            clinic="Urinstix: leukocytter",
            kind=STICK,
            who=("gp",),
            ways_out=(),
            national=("GMIntervalObservation.leucocytter",),
            source="P, LH, GP2",
        ),
        Item(
            id="urine_nitrite",
            ref="UND-06",
            clinic="Urinstix: nitrit",
            kind=One((Option("negative", "Negativ"), Option("positive", "Positiv"))),
            who=("gp",),
            ways_out=(),
            national=("GMBaseObservation.nitrit",),
            source="P, LH, GP2",
        ),
        Item(
            id="urine_ketones",
            ref="UND-06",
            clinic="Urinstix: ketoner",
            kind=STICK,
            who=("gp",),
            ways_out=(),
            national=("GMIntervalObservation.ketoner",),
            source="LH",
        ),
        Item(
            id="urine_blood",
            ref="UND-06",
            clinic="Urinstix: blod",
            kind=STICK,
            who=("gp",),
            ways_out=(),
            national=("GMIntervalObservation.erytrocytter",),
            source="LH",
        ),
        Item(
            id="general_examination",
            ref="UND-19",
            clinic="Almen tilstand, objektivt i øvrigt",
            kind=LongText(),
            who=("gp",),
            ways_out=(),
            source="NIV",
        ),
        Item(
            id="later_measurements",
            ref="VAN-02",
            clinic="Målinger siden første konsultation",
            kind=Group(LATER, row="måling", add="Tilføj måling"),
            who=("gp",),
            ways_out=(),
            source="P",
        ),
    ),
)

SECTION = Section(
    id="undersoegelser",
    title="Højde og vægt",
    clinic="Undersøgelser og prøver",
    pages=(BODY, MEASUREMENTS, *LABORATORY_PAGES),
)
