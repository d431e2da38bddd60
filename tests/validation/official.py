"""The official validator in one JVM, without network: where its parts are, its package cache, and its report.

The jars come from Maven Central (pom.xml, pinned); the packages from FHIR_PACKAGES, a folder of name#version.tgz, as
described in docs/fhir-conformance.md. Both are laid out in .tools/fhir once.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
TOOLS = ROOT / ".tools" / "fhir"
CACHE = TOOLS / "home" / ".fhir" / "packages"
GM_PACKAGES = ("hl7.fhir.dk.core#1.1.0", "dk.sundhedsdatastyrelsen.gm#0.1.0")
OTHER_PACKAGES = (  # dk.core 3.7.0 and the 1.1.0 of the national model share canonicals: never in one run
    "hl7.fhir.uv.extensions.r4#5.2.0", "hl7.fhir.dk.core#3.7.0", "hl7.fhir.uv.ipa#1.1.0", "hl7.fhir.uv.ips#2.0.1",
    "hl7.fhir.uv.sdc#4.0.0", "ihe.iti.mhd#4.2.3", "medcom.fhir.dk.document#2.0.2",
)  # fmt: skip

# Folders that the validator asks for at start, and what stands in for them.
STAND_INS = {
    "hl7.terminology.r4#6.2.0": "hl7.terminology.r4",
    "hl7.fhir.uv.extensions.r4#5.2.0": "hl7.fhir.uv.extensions.r4",
    "hl7.fhir.uv.extensions#5.2.0": "hl7.fhir.uv.extensions.r4",
}
# Stubs without content: they would switch off the check of codes, which our own complete lists make possible.
STUBS = (
    "CodeSystem-snomedct.json",
    "CodeSystem-v3-snomed-CT.json",
    "CodeSystem-v3-loinc.json",
    "CodeSystem-loinc.json",
)


@dataclass(frozen=True)
class Issue:
    severity: str
    id: str
    at: str
    text: str


def packages() -> Path | None:
    named = os.environ.get("FHIR_PACKAGES")
    folder = Path(named) if named else ROOT.parent / "shared" / "fhir" / "packages"
    return folder if any(folder.glob("dk.sundhedsdatastyrelsen.gm#*.tgz")) else None


def why_not() -> str | None:
    """Why the validator cannot run here, or None."""
    if packages() is None:
        return "no FHIR_PACKAGES (folder of name#version.tgz, see docs/fhir-conformance.md)"
    if not shutil.which("javac"):  # Validate.java is compiled as it is started
        return "no Java with compiler (apt-get install openjdk-17-jdk-headless)"
    if not _jars() and not shutil.which("mvn"):
        return "no Maven to fetch the validator with (apt-get install maven)"
    return None


def prepare() -> None:
    """Fetches the jars and lays out the package cache, unless they are there; one process at a time."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _jars():
            _fetch_jars()
        if not (CACHE / "packages.ini").exists():
            _lay_out_cache()


def _fetch_jars() -> None:
    lib = TOOLS / "lib.part"
    shutil.rmtree(lib, ignore_errors=True)
    command = ["mvn", "-q", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies", f"-DoutputDirectory={lib}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Maven could not fetch the validator:\n{done.stdout[-800:]}")
    lib.rename(TOOLS / "lib")


def _jars() -> bool:
    return (TOOLS / "lib").is_dir()


def _lay_out_cache() -> None:
    source = packages()
    assert source is not None
    CACHE.mkdir(parents=True, exist_ok=True)
    newest: dict[str, Path] = {}
    for archive in sorted(source.glob("*.tgz")):
        name = archive.stem.partition("#")[0]
        newest[name] = archive
        _unpack(archive, archive.stem)
    for folder, name in STAND_INS.items():
        _unpack(newest[name], folder)
    if not (CACHE / "hl7.fhir.xver-extensions#0.1.0").exists():
        _empty_package("hl7.fhir.xver-extensions#0.1.0")
    # Last, since it marks the cache as whole. Any other version makes the validator delete it.
    (CACHE / "packages.ini").write_text("[cache]\nversion=4\n\n[urls]\n\n[local]\n\n[packages]\n")


def _unpack(archive: Path, folder: str) -> None:
    """The package without its dependencies: each that is needed is named when the validator is started."""
    target = CACHE / folder
    if target.exists():
        return
    with tarfile.open(archive) as package:
        package.extractall(target, filter="data")
    manifest = target / "package" / "package.json"
    content = json.loads(manifest.read_text())
    content["name"], _, content["version"] = folder.partition("#")
    content["dependencies"] = {"hl7.fhir.r4.core": "4.0.1"}
    manifest.write_text(json.dumps(content))
    for stub in STUBS:
        (target / "package" / stub).unlink(missing_ok=True)


def _empty_package(folder: str) -> None:
    name, _, version = folder.partition("#")
    inside = CACHE / folder / "package"
    inside.mkdir(parents=True)
    (inside / "package.json").write_text(
        json.dumps(
            {
                "name": name, "version": version, "type": "Tool", "fhirVersions": ["4.0.1"],
                "canonical": f"http://fhir.org/packages/{name}", "dependencies": {"hl7.fhir.r4.core": "4.0.1"},
            }
        )
    )  # fmt: skip
    (inside / ".index.json").write_text(json.dumps({"index-version": 2, "files": []}))


def validate(folder: Path, igs: tuple[str, ...], approved: dict[str, Any]) -> dict[str, list[Issue]]:
    """Every .json file of a folder, each against the profiles that it names, in one JVM: file name → issues.

    `approved` are definitions by name, such as the complete code systems without which the validator does not look at
    SNOMED CT codes.
    """
    codes = folder / "approved"
    codes.mkdir(exist_ok=True)
    for name, code_system in approved.items():
        (codes / f"{code_system['resourceType']}-{name}.json").write_text(json.dumps(code_system))
    report = folder / "report.ndjson"
    command = [
        "java", "-Xmx4g", f"-Duser.home={TOOLS / 'home'}", f"-Dlogback.configurationFile={HERE / 'logback.xml'}",
        "-cp", f"{TOOLS / 'lib'}/*", str(HERE / "Validate.java"), str(report), ",".join((*igs, str(codes))),
        str(folder),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the validator stopped:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    return {line["file"]: [Issue(**issue) for issue in line["issues"]] for line in lines}
