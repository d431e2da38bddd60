"""`make validate`: veraPDF on the documents of many women, as PDF/UA-1 and as PDF/A-3a, and on files with a fault.

    python -m tests.validation.pdf [women]

Exit 0 when every document passes both and every fault is refused. Without Java or Maven it says that it is skipped.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from svangre.pdf.answers import answers_pdf
from svangre.pdf.emergency import emergency_pdf
from svangre.pdf.handover import handover_pdf
from svangre.pdf.letters import code_letter_pdf, invitation_letter_pdf
from tests import builders
from tests.pdf import charts

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "verapdf"
JARS = ROOT / ".tools" / "verapdf"
OUT = ROOT / "build" / "validation-pdf"
PROFILES = ("ua1", "3a")


def why_not() -> str | None:
    """Why veraPDF cannot run here, or None."""
    if not shutil.which("java"):
        return "no Java (Debian: default-jre-headless)"
    if not (JARS / "ready").exists() and not shutil.which("mvn"):
        return "veraPDF is not there and cannot be fetched without Maven (Debian: maven)"
    return None


def prepare() -> None:
    """Fetches veraPDF once."""
    if not (JARS / "ready").exists():
        command = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
        subprocess.run([*command, f"-DoutputDirectory={JARS}"], check=True)
        (JARS / "ready").touch()


def faults(files: list[Path], profile: str) -> dict[str, list[str]]:
    """What veraPDF has against each file, by file name; {} when there is nothing."""
    command = ["java", "-cp", f"{JARS}/*", "org.verapdf.apps.GreenfieldCliWrapper", "-f", profile, "--format", "json"]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    jobs = json.loads(done.stdout)["report"]["jobs"]
    if len(jobs) != len(files):
        raise RuntimeError(f"veraPDF read {len(jobs)} of {len(files)} files: {done.stderr[:500]}")
    return {Path(job["itemDetails"]["name"]).name: found for job in jobs if (found := list(_failed(job)))}


def _failed(job: dict[str, Any]) -> Iterator[str]:
    if "taskException" in job:
        yield str(job["taskException"])
    results = job.get("validationResult") or []
    for result in results if isinstance(results, list) else [results]:
        for rule in result["details"]["ruleSummaries"]:
            if rule["ruleStatus"] == "FAILED":
                yield f"{rule['clause']}-{rule['testNumber']}: {rule['description']}"


def of_the_demo() -> Iterator[tuple[str, bytes]]:
    """The handover and the emergency sheet of every signed demo woman."""
    folder = OUT / "demo"
    command = [sys.executable, "-m", "flask", "--app", "app", "export-demo", str(folder)]
    settings = {**os.environ, "DEMO": "1", "DATA_DIR": str(OUT / "data")}
    subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True)
    for path in sorted(folder.glob("*/*.pdf")):
        yield f"demo-{path.parent.name}-{path.stem}", path.read_bytes()


def documents(women: int) -> Iterator[tuple[str, bytes]]:
    """All kinds of documents: of the charts that the PDF tests use, and of generated women."""
    data = {"prf.json": b'{"resourceType":"Bundle"}', "pscr.json": b"{}", "pmr.json": b"{}"}
    for name in ("typical", "empty", "worst", "everything"):
        chart = getattr(charts, name)().chart(name=charts.LONG_NAME if name == "worst" else "Testperson Nanna")
        yield f"handover-{name}", handover_pdf(chart, birthplace="Fødestedet Demo Nord", attachments=data)
        yield f"emergency-{name}", emergency_pdf(chart)
        if name != "empty":
            yield f"answers-{name}", answers_pdf(chart)
    protected = charts.typical().chart(number=2)
    protected = replace(protected, identity=replace(protected.identity, is_protected=True))
    yield "handover-amended", handover_pdf(protected, birthplace="", previous=charts.worst().chart())
    for seed in range(women):
        make = builders.random_chart if seed % 2 else builders.full_chart
        chart = make(seed)
        yield f"handover-{seed:04}", handover_pdf(chart, birthplace="Demo Syd", attachments=data)
    link, at = "https://demo.example/i/6wHq2mZp0aXc9vTt", charts.AT
    yield (
        "invitation",
        invitation_letter_pdf(charts.CLINIC, name="Testperson", link=link, expires_on=date(2026, 12, 24), at=at),
    )
    yield "code", code_letter_pdf(charts.CLINIC, name="Testperson", code="482 913", at=at)


def _without(*path: str) -> Callable[[DictionaryObject], None]:
    def change(root: DictionaryObject) -> None:
        node: Any = root
        for name in path[:-1]:
            node = node[name].get_object()
        del node[path[-1]]

    return change


def _elements(root: DictionaryObject, kind: str) -> Iterator[DictionaryObject]:
    waiting = [root["/StructTreeRoot"]["/K"]]  # type: ignore[index]
    while waiting:
        node: Any = waiting.pop()
        node = node.get_object()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, DictionaryObject) and "/S" in node:
            if node["/S"] == kind:
                yield node
            waiting.append(node.get("/K", NameObject("/none")))


def _picture_without_words(root: DictionaryObject) -> None:
    for figure in _elements(root, "/Figure"):
        figure.pop("/Alt", None)


def _heading_too_deep(root: DictionaryObject) -> None:
    next(_elements(root, "/H2"))[NameObject("/S")] = NameObject("/H5")


def _cells_outside_a_row(root: DictionaryObject) -> None:
    for row in _elements(root, "/TR"):
        row[NameObject("/S")] = NameObject("/Sect")


def _fonts_not_embedded(root: DictionaryObject) -> None:
    for page in root["/Pages"]["/Kids"]:  # type: ignore[index]
        for font in page.get_object()["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            descriptor.pop("/FontFile2", None)


def _data_without_relation(root: DictionaryObject) -> None:
    for file in root["/AF"]:  # type: ignore[attr-defined]
        file.get_object().pop("/AFRelationship", None)


MUTATIONS: dict[str, Callable[[DictionaryObject], None]] = {
    "no language": _without("/Lang"),
    "not marked": _without("/MarkInfo"),
    "no tags": _without("/StructTreeRoot"),
    "no metadata": _without("/Metadata"),
    "title not shown": _without("/ViewerPreferences"),
    "no colour profile": _without("/OutputIntents"),
    "data not associated": _without("/AF"),
    "data without relation": _data_without_relation,
    "picture without words": _picture_without_words,
    "heading too deep": _heading_too_deep,
    "cells outside a row": _cells_outside_a_row,
    "fonts not embedded": _fonts_not_embedded,
}


def mutated(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """The document with one fault each; "untouched" is only written again, to show that writing is no fault."""
    for name, change in {"untouched": lambda root: None, **MUTATIONS}.items():
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
        change(writer.root_object)
        written = io.BytesIO()
        writer.write(written)
        yield name, written.getvalue()


def main(women: int) -> int:
    if reason := why_not():
        print(f"skipped: veraPDF: {reason}")
        return 0
    prepare()
    shutil.rmtree(OUT, ignore_errors=True)
    start = time.monotonic()
    good, bad = [], []
    for name, content in (*of_the_demo(), *documents(women)):
        good.append(_write(OUT / "documents" / f"{name}.pdf", content))
    for name, content in mutated((OUT / "documents" / "handover-typical.pdf").read_bytes()):
        bad.append(_write(OUT / "mutated" / f"{name.replace(' ', '-')}.pdf", content))
    failed = {profile: faults(good, profile) for profile in PROFILES}
    refused = {name for profile in PROFILES for name in faults(bad, profile)}
    accepted = {path.name for path in bad} - refused
    for profile, files in failed.items():
        for name, found in files.items():
            print(f"{profile} {name}: {found[0]}{f' (+ {len(found) - 1})' if found[1:] else ''}")
    wrong = accepted ^ {"untouched.pdf"}
    for name in sorted(wrong):
        print(f"{'accepted, though at fault' if name in accepted else 'refused, though untouched'}: {name}")
    print(
        f"veraPDF: {len(good)} documents, {sum(map(len, failed.values()))} faults as {' and '.join(PROFILES)}; "
        f"{len(MUTATIONS)} mutated, {len(refused)} refused; {time.monotonic() - start:.0f} s"
    )
    return 1 if any(failed.values()) or wrong else 0


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 100))
