"""How long it takes to assess one rich record, beside sorting 20,000 numbers in the same process (processor time).

Target: p50 under 2 ms from facts to findings. Run with `python bench/rules.py`.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from svangre.record.assess_input import assess_json, read_answers
from svangre.record.facts import facts_of
from svangre.rules.assess import assess
from tests.rules.golden import RICH

TODAY = date(2026, 11, 24)
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


def main() -> int:
    answers = read_answers({key: value for key, value in RICH.items() if key != "birth_date"}, TODAY)
    facts = facts_of(answers, born=date(1985, 1, 2))
    source = random.Random(1)
    numbers = [source.random() for _ in range(20_000)]
    rules = median_ms(lambda: assess(facts, TODAY, TODAY))
    print(f"facts to findings           p50 {rules:6.3f} ms   (target {TARGET_MS} ms)")
    print(f"answers to facts            p50 {median_ms(lambda: facts_of(answers)):6.3f} ms")
    print(f"JSON in to JSON out         p50 {median_ms(lambda: assess_json(RICH, TODAY)):6.3f} ms")
    print(f"beside it: sorting 20,000   p50 {median_ms(lambda: sorted(numbers)):6.3f} ms")
    return 0 if rules < TARGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
