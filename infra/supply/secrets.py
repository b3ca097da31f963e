"""Secrets that lie in the repository: keys by the shapes their issuers give them, and passwords by what they are put in.

Searched is every file that git knows. What is found is told by place and kind, never repeated. A find that is no secret
stands in `secrets_known.json` by its digest with the reason.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KNOWN = Path(__file__).with_name("secrets_known.json")
SHAPES = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY(?: BLOCK)?-----",
    "an AWS access key": r"\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82})\b",
    "a GitLab token": r"\bgl(?:pat|dt|rt|ft)-[A-Za-z0-9_-]{20,}\b",
    "a Slack token": r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}\b",
    "a Slack hook": r"hooks\.slack\.com/services/T\w{8,}/B\w{8,}/\w{20,}",
    "a Google key": r"\bAIza[A-Za-z0-9_-]{35}\b",
    "a Google service account": r'"type"\s*:\s*"service_account"',
    "a Stripe key": r"\b[rs]k_live_[A-Za-z0-9]{20,}\b",
    "a PyPI token": r"\bpypi-AgE[A-Za-z0-9_-]{50,}",
    "an npm token": r"\bnpm_[A-Za-z0-9]{36}\b",
    "a Telegram bot's token": r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b",
    "a SendGrid key": r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b",
    "a model service's key": r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}\b",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}\b",
    "a password in an address": r"\b[a-z][a-z0-9+.-]*://[^\s/:@{}<>'\"$]+:[^\s/:@{}<>'\"$]{6,}@[\w.-]+",
}
"""As their issuers document them."""
_NAMED = re.compile(
    r"(?i)[\w-]*(?:passw(?:or)?d|sandi|secret|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?token|credential)[\w-]*"
    r"[\"']?\s*(?:=|:|=>)\s*[bru]?[\"'](?P<value>[^\"'\s{}<>$%]{12,})[\"']"
)
"""A name that speaks of a secret, given a literal value."""
RANDOM_BITS = 3.3
"""Bits a character above which a value looks drawn by chance: random base 64 of 20 characters has about 4, words 3."""
_ANY = re.compile("|".join(f"(?P<k{place}>{shape})" for place, shape in enumerate(SHAPES.values())))
_BINARY = 8192


@dataclass(frozen=True)
class Find:
    """`digest`: the first 16 hexadecimal digits of the value's SHA-256, by which `secrets_known.json` names it."""

    path: str
    line: int
    kind: str
    digest: str


def secrets_in(text: str, path: str = "") -> Iterator[Find]:
    """What looks like a secret in `text`, in order of lines."""
    for number, line in enumerate(text.splitlines(), 1):
        for hit in _ANY.finditer(line):
            kind = list(SHAPES)[int((hit.lastgroup or "k0")[1:])]
            yield Find(path, number, kind, _digest(hit[0]))
        for hit in _NAMED.finditer(line):
            if _drawn_by_chance(hit["value"]):
                yield Find(path, number, "a value under a secret's name", _digest(hit["value"]))


def secrets(root: Path) -> list[Find]:
    """What looks like a secret in the files that git knows under `root` and is not known to be none."""
    known = json.loads(KNOWN.read_text(encoding="utf-8"))
    found = []
    for name in files(root):
        path = root / name
        if path.is_symlink() or not path.is_file():
            continue
        data = path.read_bytes()
        if b"\0" in data[:_BINARY]:
            continue
        found += list(secrets_in(data.decode("utf-8", errors="replace"), name))
    return [find for find in found if find.digest not in known]


def files(root: Path) -> list[str]:
    """Tracked files and those about to be: new ones that git does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout  # noqa: S603  (fixed words)
    return sorted(set(listed.decode().split("\0")) - {""})


def _drawn_by_chance(value: str) -> bool:
    """Shannon's entropy of the value's characters, for a value that mixes letters and digits or symbols."""
    counts = Counter(value)
    bits = -sum(count / len(value) * math.log2(count / len(value)) for count in counts.values())
    return bits >= RANDOM_BITS and bool(re.search(r"\d", value)) and bool(re.search(r"[A-Za-z]", value))


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:16]
