"""Under which licence each locked package may be used, as its installed metadata says, and which we take."""

from __future__ import annotations

import re
from importlib import metadata

from infra.supply.locks import Locked

TAKEN = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "CNRI-Python",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "PSF-2.0",
        "Zlib",
    }
)
"""SPDX identifiers. Copyleft, where there is any, stops at the file (MPL). What wheels bundle: docs/dependencies.md."""
_WRITTEN = {
    "apache license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd 2-clause license": "BSD-2-Clause",
    "bsd license": "BSD-3-Clause",
    "bsd-3-clause, apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "dual license": "Apache-2.0 OR BSD-3-Clause",
    "mit licence": "MIT",
    "mit license": "MIT",
    "mit no attribution license (mit-0)": "MIT-0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "mplv2.0": "MPL-2.0",
    "psfl": "PSF-2.0",
    "the mit license (mit)": "MIT",
}
"""What metadata says before the days of `License-Expression`, in SPDX's words."""


def licence(package: Locked) -> str | None:
    """SPDX expression of the installed package; None where it is not installed here (another platform's or Python's)."""
    try:
        told = metadata.metadata(package.name)
    except metadata.PackageNotFoundError:
        return None
    if told["Version"] != package.version:
        return None
    classified = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if "License ::" in line
    ]
    written = [line for text in told.get_all("License", []) for line in text.strip().splitlines()[:1]]
    said = [*told.get_all("License-Expression", []), *written, *classified]
    return next((found for words in said if (found := _spdx(words))), None)


def refused(expression: str | None) -> list[str]:
    """The parts of an expression that we do not take; of alternatives one that we take is enough. None: unknown here."""
    missing: list[str] = []
    if expression is None:
        return missing
    for needed in expression.split(" AND "):
        choices = re.findall(r"[\w.-]+", needed.replace(" OR ", " "))
        if not TAKEN & set(choices):
            missing += choices
    return missing


def _spdx(words: str) -> str | None:
    return _WRITTEN.get(
        words.lower(), words if re.fullmatch(r"[\w.\-+]+(?: (?:AND|OR) [\w.\-+]+)*", words) else None
    )
