"""The word-for-word record runs first: whatever changes in the rules shows there soonest."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: "test_golden" not in item.nodeid)
