"""`python -m infra.package`: app.py and chalicelib → `build/package/template.json` and `deployment.zip`, and the reader's
build context in `build/reader/`. With `--check` also cfn-lint and the size budget, as `make check` runs it.

The same sources give the same bytes: entries are sorted and carry no times.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

from infra.template import finish
from infra.vendor import CannotPackage, vendored

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
STAGE_NAME = "prod"
REGION = "ap-southeast-3"
AWS_LIMIT_MB = 250
BUDGET_MB = 80
"""Unpacked, the functions' zip; measured 55 MB. AWS's own limit is 250."""
ZIP_BUDGET_MB = 30
LEFT_OUT = ("chalicelib/local", "__pycache__")
NOT_LINTED: Mapping[str, str] = {}
"""cfn-lint's rule → why it is not asked for."""
EPOCH = (1980, 1, 1, 0, 0, 0)


def main(argv: list[str]) -> int:
    """Exit code 0: packaged (and, with `--check`, within budget and without findings); 1: it is not."""
    parser = argparse.ArgumentParser(prog="python -m infra.package", description=__doc__)
    parser.add_argument("--check", action="store_true", help="lint the template and hold the size budget")
    options = parser.parse_args(argv)
    try:
        package = build()
    except CannotPackage as problem:
        print(f"package: {problem}", file=sys.stderr)  # noqa: T201
        return 1
    unpacked, packed = sizes(package / "deployment.zip")
    print(f"deployment.zip: {packed:.1f} MB, unpacked {unpacked:.1f} MB (AWS allows {AWS_LIMIT_MB})")  # noqa: T201
    return check(package) if options.check else 0


def build() -> Path:
    """Packages the checkout; returns `build/package`. Raises CannotPackage."""
    package = BUILD / "package"
    stage = BUILD / "stage"
    for folder in (package, stage, BUILD / "reader"):
        shutil.rmtree(folder, ignore_errors=True)
    stage_sources(stage)
    made = run_chalice(stage)
    resources = json.loads((ROOT / "infra" / "resources.json").read_text(encoding="utf-8"))
    template = finish(json.loads((made / "sam.json").read_text(encoding="utf-8")), resources)
    package.mkdir(parents=True)
    text = json.dumps(template, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    (package / "template.json").write_text(text, encoding="utf-8")
    archive(package / "deployment.zip", made / "deployment.zip", vendored(ROOT, BUILD / "cache"))
    _reader_context(stage, BUILD / "reader")
    return package


def stage_sources(stage: Path) -> None:
    """app.py and chalicelib as they go to Lambda, with an empty requirements.txt: the wheels are ours to add."""
    stage.mkdir(parents=True)
    shutil.copy(ROOT / "app.py", stage / "app.py")
    left_out = [Path(name) for name in LEFT_OUT]

    def ignored(folder: str, names: list[str]) -> set[str]:
        here = Path(folder).relative_to(ROOT)
        return {name for name in names if here / name in left_out or Path(name) in left_out}

    shutil.copytree(ROOT / "chalicelib", stage / "chalicelib", ignore=ignored)
    (stage / ".chalice").mkdir()
    for file in ("config.json", f"policy-{STAGE_NAME}.json"):
        shutil.copy(ROOT / ".chalice" / file, stage / ".chalice" / file)
    (stage / "requirements.txt").touch()


def run_chalice(stage: Path) -> Path:
    """Runs `chalice package` in `stage`; returns its output folder."""
    made = stage / "out"
    command = [str(Path(sys.executable).with_name("chalice")), "package", "--stage", STAGE_NAME]
    command += ["--merge-template", str(ROOT / "infra" / "resources.json"), str(made)]
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment |= {
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(  # noqa: S603  our own environment's chalice, fixed words
        command, cwd=stage, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotPackage(f"chalice package failed:\n{(done.stdout + done.stderr).strip()[-3000:]}")
    return made


def archive(target: Path, app: Path, wheels: Path) -> None:
    """Joins Chalice's zip and the wheels into `target`, sorted and without times."""
    entries: dict[str, bytes] = {}
    for file in wheels.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            entries[file.relative_to(wheels).as_posix()] = file.read_bytes()
    with zipfile.ZipFile(app) as source:
        for name in source.namelist():
            entries[name] = source.read(name)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            out.writestr(info, entries[name])


def _reader_context(stage: Path, context: Path) -> None:
    """What `docker build` needs for the reader's image, and nothing else of the checkout."""
    shutil.copytree(ROOT / "infra" / "reader", context)
    shutil.copy(stage / "app.py", context / "app.py")
    shutil.copytree(stage / "chalicelib", context / "chalicelib")
    shutil.copy(ROOT / "requirements-reader.txt", context / "requirements-reader.txt")


def sizes(zip_path: Path) -> tuple[float, float]:
    """(unpacked, packed) size of a zip in MB of 1,000,000 bytes."""
    with zipfile.ZipFile(zip_path) as source:
        unpacked = sum(entry.file_size for entry in source.infolist())
    return unpacked / 1e6, zip_path.stat().st_size / 1e6


def digest(zip_path: Path) -> str:
    """Names the zip by its content, for its key in the bucket of code."""
    return hashlib.sha256(zip_path.read_bytes()).hexdigest()[:32]


def check(package: Path) -> int:
    """cfn-lint over the finished template and the size budget; prints what is wrong."""
    unpacked, packed = sizes(package / "deployment.zip")
    too_big = unpacked > BUDGET_MB or packed > ZIP_BUDGET_MB
    if too_big:
        print(f"too big: the budget is {BUDGET_MB} MB unpacked, {ZIP_BUDGET_MB} MB packed", file=sys.stderr)  # noqa: T201
    linted = lint(package / "template.json")
    if linted:
        print(linted, file=sys.stderr)  # noqa: T201
    return int(too_big or bool(linted))


def lint(template: Path) -> str:
    """cfn-lint's findings, empty when there are none. What is not asked for stands in NOT_LINTED with its reason."""
    command = [
        str(Path(sys.executable).with_name("cfn-lint")),
        "--regions",
        REGION,
        "--template",
        str(template),
    ]
    if NOT_LINTED:
        command += ["--ignore-checks", *NOT_LINTED, "--"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  fixed words
    return (done.stdout + done.stderr).strip() if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
