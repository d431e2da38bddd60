"""Colours can be read, by day and by night: the contrast of each pair that base.css uses, computed from its tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BASE = (Path(__file__).parent.parent / "static/css/base.css").read_text()

TEXT, MARK = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
PAIRS = [
    *((text, ground, TEXT) for text in ("ink", "ink-2", "ink-3") for ground in ("paper", "canvas", "action-faint")),
    *(("action", ground, TEXT) for ground in ("paper", "canvas", "action-soft", "action-faint")),
    ("on-action", "action", TEXT),
    ("on-action", "action-down", TEXT),
    *(("ok", ground, TEXT) for ground in ("paper", "ok-soft")),
    *(("warn", ground, TEXT) for ground in ("paper", "warn-soft", "warn-faint", "canvas")),
    *(("stop-ink", ground, TEXT) for ground in ("paper", "canvas")),
    *(("ink", ground, TEXT) for ground in ("ok-soft", "warn-faint", "gray-200")),
    *((mark, "paper", MARK) for mark in ("line-strong", "ok-mark", "stop", "action")),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", block))


LIGHT = tokens(BASE.split("@media (prefers-color-scheme: dark)")[0])
DARK = LIGHT | tokens(BASE.split("@media (prefers-color-scheme: dark)")[1].split("@font-face")[0])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS, ids=lambda value: str(value))
def test_contrast(scheme: dict[str, str], front: str, ground: str, least: float) -> None:
    assert contrast(scheme[front], scheme[ground]) >= least


def test_both_schemes_define_the_same_roles() -> None:
    dark = tokens(BASE.split("@media (prefers-color-scheme: dark)")[1].split("@font-face")[0])
    assert dark.keys() == LIGHT.keys()
    assert all(dark[name] != LIGHT[name] for name in ("ink", "paper", "action", "stop"))


def test_every_class_of_the_style_sheets_is_used() -> None:
    root = Path(__file__).parent.parent
    pages = [path for folder in ("templates", "static/js", "svangre") for path in (root / folder).rglob("*.*")]
    written = "".join(path.read_text() for path in pages if path.suffix in (".html", ".js", ".py"))
    made = tuple(re.findall(r"([a-z][a-z0-9_-]*(?:--|__))\{\{", written))  # the rest of the name is a value
    for sheet in (root / "static/css").glob("*.css"):
        rules = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", sheet.read_text(), flags=re.DOTALL)
        classes = set(re.findall(r"\.([a-z][a-z0-9_-]*[a-z0-9])(?=[^{}]*\{)", rules))
        used = {name for name in classes if name.startswith(made) or re.search(rf"\b{name}\b", written)}
        assert sorted(classes - used) == [], sheet.name
