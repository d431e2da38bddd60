"""Random walks over her form: few here, a thousand in `make walks`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.citizen.conftest import Her
from tests.citizen.walk import Walk

WALKS = int(os.environ.get("WALKS", "12"))


def test_whatever_she_does_what_she_was_told_is_saved_is_stored(her: Her) -> None:
    Walk.world = her
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Walk,
        settings=settings(
            max_examples=WALKS, stateful_step_count=15, deadline=None, derandomize=WALKS < 100,
            suppress_health_check=list(HealthCheck), print_blob=False,
            phases=(Phase.generate,),  # a walk that fails is short enough, and shrinking it takes minutes
        ),
    )  # fmt: skip
