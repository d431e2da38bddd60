"""How long it takes to assess one record, an ordinary and a very rich one, beside sorting 20,000 numbers in the same
process (processor time).

Target: p50 under 2 ms from facts to findings for an ordinary record. Run with `python bench/rules.py`.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from svangre.record.assess_input import PlainAnswers, assess_json, read_answers
from svangre.record.facts import facts_of
from svangre.rules.assess import Assessment, assess
from tests.rules.golden import HEALTHY, RICH

TODAY, BORN = date(2026, 11, 24), date(1985, 1, 2)
TARGET_MS = 2.0
ROUNDS = 300


def median_ms(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def from_answers(answers: PlainAnswers) -> Assessment:
    return assess(facts_of(answers, born=BORN), TODAY, TODAY)


def main() -> int:
    source = random.Random(1)
    numbers = [source.random() for _ in range(20_000)]
    measured = {}
    for name, given in (("ordinary", HEALTHY), ("rich", RICH)):
        answers = read_answers({key: value for key, value in given.items() if key != "birth_date"}, TODAY)
        facts = facts_of(answers, born=BORN)
        rules = median_ms(partial(assess, facts, TODAY, TODAY))
        whole = median_ms(partial(from_answers, answers))
        measured[name] = rules
        print(f"{name:8} facts to findings     p50 {rules:6.3f} ms")
        print(f"{name:8} answers to findings   p50 {whole:6.3f} ms")
    print(f"rich     JSON in to JSON out   p50 {median_ms(partial(assess_json, RICH, TODAY)):6.3f} ms")
    print(f"beside it: sorting 20,000      p50 {median_ms(partial(sorted, numbers)):6.3f} ms")
    print(f"target: an ordinary record from facts to findings under {TARGET_MS} ms")
    return 0 if measured["ordinary"] < TARGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
