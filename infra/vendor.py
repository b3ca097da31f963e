"""The wheels in the functions' zip: for Lambda's Python and Linux, by locked hashes, without what is not used.

`requirements.txt` locks what the API functions import, and with it all that Chalice's command line needs. In Lambda only
Chalice's runtime is needed, which `chalice package` adds by itself; so the closure of our other dependencies is kept, and
of botocore's service descriptions those of the services we call.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHON = "3.13"
PLATFORMS = (
    "manylinux_2_34_x86_64",
    "manylinux_2_28_x86_64",
    "manylinux_2_17_x86_64",
    "manylinux2014_x86_64",
)
"""Amazon Linux 2023, under Lambda's python3.13, has glibc 2.34."""
LEFT_OUT = frozenset({"chalice"})
SERVICES = frozenset(
    {"cognito-idp", "dynamodb", "kms", "s3", "sesv2", "sqs", "ssm", "sso", "sso-oidc", "sts"}
)
"""Service descriptions that stay in botocore; sts and sso belong to its own search for credentials."""
MARKERS = {
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.0",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_machine": "x86_64",
    "os_name": "posix",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "extra": "",
}


class CannotPackage(Exception):
    """`str(error)` says what to do."""


def vendored(root: Path, cache: Path) -> Path:
    """The folder of installed wheels for `root/requirements.txt`, made once per content. Raises CannotPackage."""
    requirements = root / "requirements.txt"
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    roots = [Requirement(text).name for text in project["dependencies"]]
    seed = [requirements.read_bytes(), repr((sorted(roots), PYTHON, PLATFORMS, sorted(SERVICES))).encode()]
    digest = hashlib.sha256(b"\0".join([*seed, Path(__file__).read_bytes()])).hexdigest()[:16]
    folder = cache / f"wheels-{digest}"
    if not folder.exists():
        draft = cache / f"wheels-{digest}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        _install(requirements, draft)
        prune(draft, roots)
        draft.rename(folder)
    return folder


def _install(requirements: Path, target: Path) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--target", str(target), "--python-version", PYTHON, "--implementation", "cp", "--no-deps"]
    command += [part for platform in PLATFORMS for part in ("--platform", platform)]
    command += ["--only-binary=:all:", "--no-compile", "--require-hashes", "-r", str(requirements)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  fixed words and paths
    if done.returncode:
        raise CannotPackage(
            f"The wheels for Python {PYTHON} could not be fetched:\n{done.stderr.strip()[-2000:]}"
        )


def prune(folder: Path, roots: Iterable[str]) -> None:
    """Removes from `folder` whatever the roots do not need, command-line scripts, and unused service descriptions."""
    found = {
        str(canonicalize_name(d.metadata["Name"])): d for d in metadata.distributions(path=[str(folder)])
    }
    needs = {name: [Requirement(text) for text in d.requires or []] for name, d in found.items()}
    kept = closure(needs, [name for name in roots if name not in LEFT_OUT])
    keep_files = {Path(str(file)) for name in kept for file in found[name].files or []}
    for name, distribution in found.items():
        if name not in kept:
            for file in distribution.files or []:
                if Path(str(file)) not in keep_files:
                    (folder / str(file)).unlink(missing_ok=True)
    for unused in ("bin", "share"):
        shutil.rmtree(folder / unused, ignore_errors=True)
    for description in (folder / "botocore" / "data").iterdir():
        if description.is_dir() and description.name not in SERVICES:
            shutil.rmtree(description)
    for directory in sorted((d for d in folder.rglob("*") if d.is_dir()), reverse=True):
        if not any(directory.iterdir()):
            directory.rmdir()


def closure(needs: Mapping[str, list[Requirement]], roots: Iterable[str]) -> frozenset[str]:
    """The distributions that `roots` need on Lambda, themselves included. KeyError: one of them is not in the lock."""
    kept: set[str] = set()
    wanted = [canonicalize_name(root) for root in roots]
    while wanted:
        name = wanted.pop()
        if name in kept:
            continue
        kept.add(name)
        for requirement in needs[name]:
            if requirement.marker is None or requirement.marker.evaluate(MARKERS):
                wanted.append(canonicalize_name(requirement.name))
    return frozenset(kept)


def services_called(source: str) -> frozenset[str]:
    """The AWS services for which `source` makes a client: `boto3.client("s3")`, `_client("kms")`."""
    return frozenset(re.findall(r"client\(\s*\"([a-z0-9-]+)\"", source))
