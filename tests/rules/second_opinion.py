"""R1 written a second time, from the specification alone: whole numbers, no `datetime`, nothing of svangre.rules.

Days are counted as Julian day numbers (Fliegel and Van Flandern, 1968). `python -m tests.rules.second_opinion` compares
every last period of 2020 to 2035 with every cycle from 21 to 45 days, and every day of every treatment, with what the
rules say; a test takes a part of them at each run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from svangre.rules.facts import Cycle, Facts, Known, Unknown
from svangre.rules.gestation import Dating, date_pregnancy
from svangre.rules.threshold import Editions

YEARS = range(2020, 2036)
CYCLES = range(21, 46)
TRANSFERS = ("ivf", "icsi", "frozen", "egg_donation")
EMBRYO_AGES = range(2, 7)
EDITION = Editions(date(2026, 11, 24), {})


def number(year: int, month: int, day: int) -> int:
    """Julian day number of a Gregorian calendar day."""
    shift = (month - 14) // 12 + (1 if (month - 14) % 12 else 0)  # towards zero
    return (
        1461 * (year + 4800 + shift) // 4
        + 367 * (month - 2 - 12 * shift) // 12
        - 3 * ((year + 4900 + shift) // 100) // 4
        + day
        - 32075
    )


@dataclass(frozen=True)
class Opinion:
    """Days as Julian day numbers."""

    due: int
    method: str
    correction: int
    plain: int | None  # last period + 280
    age: int  # days, on the day of the visit


def by_last_period(first_day: int, cycle: int, visit: int) -> Opinion:
    """Due = first day + 280, moved by (cycle − 28) when it is from 21 to 42 days; otherwise flagged, and not moved."""
    trusted = 21 <= cycle <= 42
    moved = cycle - 28 if trusted else 0
    due = first_day + 40 * 7 + moved
    return Opinion(due, "lmp" if trusted else "lmp_uncertain", moved, first_day + 40 * 7, visit - first_day - moved)


def by_treatment(day: int, kind: str, embryo_age: int, visit: int) -> Opinion:
    """Counted from fertilisation, which is two weeks after the first day of a last period that never was."""
    fertilised = day if kind == "insemination" else day - embryo_age
    begun = fertilised - 14
    return Opinion(begun + 280, "insemination" if kind == "insemination" else "ivf", 0, None, visit - begun)


def all_days() -> Iterator[date]:
    day = date(YEARS[0], 1, 1)
    while day.year < YEARS.stop:
        yield day
        day += timedelta(days=1)


def of_rules(dating: Dating) -> Opinion:
    """What the rules said, in the same form."""
    assert isinstance(dating.due_on, Known)
    assert isinstance(dating.age_days, Known)
    plain = None if isinstance(dating.naegele_on, Unknown) else _number(dating.naegele_on.value)
    return Opinion(_number(dating.due_on.value), str(dating.method), dating.correction, plain, dating.age_days.value)


def _number(day: date) -> int:
    return number(day.year, day.month, day.day)


def last_periods(every: int = 1) -> Iterator[tuple[str, Opinion, Opinion]]:
    """Each last period with each cycle (with one in `every`, another each day), seen a few weeks later."""
    lengths = {cycle: Known(Cycle(cycle, cycle)) for cycle in CYCLES}
    for index, day in enumerate(all_days()):
        visit = day + timedelta(days=40 + index % 60)
        for cycle in CYCLES:
            if (index + cycle) % every == 0:
                found = date_pregnancy(Facts(last_period=Known(day), cycle=lengths[cycle]), visit, EDITION)
                yield f"{day} {cycle}", of_rules(found), by_last_period(_number(day), cycle, _number(visit))


def treatments(every: int = 1) -> Iterator[tuple[str, Opinion, Opinion]]:
    """Each day of transfer with each kind and age of embryo, and each day of insemination."""
    kinds = [(kind, age) for kind in TRANSFERS for age in EMBRYO_AGES] + [("insemination", 0)]
    for index, day in enumerate(all_days()):
        visit = day + timedelta(days=index % 60)
        for place, (kind, age) in enumerate(kinds):
            if (index + place) % every == 0:
                embryo = Known(age) if kind != "insemination" else Unknown(("FER-03",))
                facts = Facts(transfer_on=Known(day), fertility_kind=Known(kind), embryo_age=embryo)
                found = of_rules(date_pregnancy(facts, visit, EDITION))
                yield f"{day} {kind} {age}", found, by_treatment(_number(day), kind, age, _number(visit))


def main() -> int:
    start, compared, different = time.process_time(), 0, []
    for listed in (last_periods(), treatments()):
        for name, found, expected in listed:
            compared += 1
            if found != expected:
                different.append(name)
    seconds = time.process_time() - start
    sys.stdout.write(f"{compared} datings compared in {seconds:.1f} s, {len(different)} different\n")
    sys.stdout.write("".join(f"{name}\n" for name in different[:20]))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
