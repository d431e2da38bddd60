"""When visits, tests and vaccines have their time, as spans of gestational age in days, both ends included.

»Uge 25« is 25+0 to 25+6. Each span keeps its own weeks; there is no common trimester border.
"""

from __future__ import annotations

from datetime import date

from svangre.rules.sources import FOTO, GP1, HVI, RSV, RSV_SST, SCH, SST, VAX, P
from svangre.rules.threshold import AGE, Row, Threshold

Span = tuple[int, int]


def week(number: int) -> Span:
    """The seven days of one week."""
    return number * 7, number * 7 + 6


FIRST_VISIT: Threshold[Span] = Threshold(
    "first_visit", "Første lægebesøg", AGE, (Row((42, 70), GP1, date(2013, 1, 1)),)
)
SECOND_VISIT: Threshold[Span] = Threshold(
    "second_visit_weeks", "Andet lægebesøg", AGE, (Row(week(25), HVI, date(2013, 1, 1)),)
)
HAS_SECOND_VISIT: Threshold[bool] = Threshold(
    "second_visit",
    "Lægebesøg i uge 25",
    "",
    (Row(True, HVI, date(2013, 1, 1)), Row(False, RSV_SST, date(2025, 10, 1))),
    disagreement="Regionerne og SSI kalder uge 32 det tredje lægebesøg; Sundhedsstyrelsens RSV-side kalder det det "
    "andet. Bekræft lokalt, om uge 25 findes, og hvem der tager RhD-prøven.",
    reason="besøget vises, til det er afklaret",
    default="HVI",
)
THIRD_VISIT: Threshold[Span] = Threshold(
    "third_visit", "Tredje lægebesøg", AGE, (Row(week(32), HVI, date(2013, 1, 1)),)
)
VISIT_AFTER: Threshold[int] = Threshold(
    "visit_after", "Lægebesøg efter fødslen", "dage efter termin", (Row(56, SST, date(2022, 9, 1)),)
)
MIDWIFE: Threshold[Span] = Threshold("midwife", "Første jordemoderbesøg", AGE, (Row((0, 90), SCH, date(2021, 9, 1)),))
DOUBLE_TEST: Threshold[Span] = Threshold("double_test", "Doubletest", AGE, (Row((56, 97), P, date(2010, 10, 1)),))
FIRST_SCAN: Threshold[Span] = Threshold(
    "first_scan",
    "Skanning i 1. trimester",
    AGE,
    (Row((77, 97), P, date(2010, 10, 1)),),
    disagreement="Papirblanketten siger 11+0–13+6; fødestederne booker ofte 12+0–13+6.",
    reason="den brede ramme udelukker ingen",
)
SECOND_SCAN: Threshold[Span] = Threshold(
    "second_scan",
    "Skanning i 2. trimester",
    AGE,
    (
        Row((126, 140), P, date(2010, 10, 1)),
        Row((126, 146), HVI, date(2013, 1, 1)),
        Row((133, 146), FOTO, date(2013, 1, 1)),
    ),
    disagreement="Papirblanketten siger 18+0–20+0, Hvidovre uge 18–20 og Føtodatabasen uge 19–20.",
    reason="papirblankettens ramme ligger inden for Hvidovres og er den, spørgsmålet nævner",
    default="P",
)
PERTUSSIS: Threshold[Span] = Threshold("pertussis", "Kighoste", AGE, (Row((168, 224), VAX, date(2023, 1, 1)),))
PERTUSSIS_LAST: Threshold[int] = Threshold(
    "pertussis_last", "Kighoste senest før termin", "dage", (Row(7, VAX, date(2023, 1, 1)),)
)
PERTUSSIS_MULTIPLE: Threshold[int] = Threshold(
    "pertussis_multiple", "Kighoste ved flerfold fra 2. trimester", AGE, (Row(91, VAX, date(2023, 1, 1)),)
)
INFLUENZA_FROM: Threshold[int] = Threshold(
    "influenza_from", "Influenza fra 2. trimester", AGE, (Row(91, VAX, date(2023, 1, 1)),)
)
INFLUENZA_SEASON: Threshold[tuple[tuple[int, int], tuple[int, int]]] = Threshold(
    "influenza_season",
    "Influenza, sæson (slutdato uverificeret)",
    "måned, dag",
    (Row(((10, 1), (3, 31)), VAX, date(2023, 1, 1)),),
    disagreement="Kilden nævner kun 1. oktober; slutdatoen bekræftes lokalt.",
    reason="en sen slutdato overser ingen",
)
RSV_WEEK: Threshold[Span] = Threshold(
    "rsv",
    "RSV",
    AGE,
    (Row(week(32), RSV, date(2025, 10, 1)),),
)
RSV_SEASON: Threshold[tuple[tuple[int, int], tuple[int, int]]] = Threshold(
    "rsv_season", "RSV, sæson", "måned, dag", (Row(((5, 1), (1, 31)), RSV, date(2025, 10, 1)),)
)
RSV_AFTER_PERTUSSIS: Threshold[int] = Threshold(
    "rsv_after_pertussis", "RSV tidligst efter kighoste", "dage", (Row(14, RSV, date(2025, 10, 1)),)
)
