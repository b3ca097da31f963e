"""`python -m bench.quality READINGS TRUTH`: what each finding about a photo's quality is worth, where the camera's faults
are known and the readings are there: of pictures by `python -m chalicelib specimens TRUTH --count N --kinds ktp,kk`, read
by `python -m chalicelib read --out READINGS TRUTH/*.jpg`.

A finding is right where its fault is there, or where fields were lost: a person is asked to take the photo again for
nothing else. Prints a line a finding: found of how many faults, right of how many times said.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from chalicelib.identity.spelling import squeezed

Camera = Mapping[str, Any]
_LOST = 0.05
"""Share of the fields not read as printed from which on fields are lost."""


def _blurred(camera: Camera) -> bool:
    """Blur and shake of an eighth of a capital's height and more."""
    spread = float(camera["blur_sigma_px"]) + float(camera["motion_px"]) / 3.5
    return spread >= float(camera["cap_px"]) / 8


FAULTS: Mapping[str, Callable[[Camera], bool]] = {
    "FOTO_BURAM": _blurred,
    "FOTO_GELAP": lambda camera: camera["exposure"] <= -1.2,
    "FOTO_TERANG": lambda camera: camera["exposure"] >= 0.8,
    "FOTO_SILAU": lambda camera: camera["glare"] >= 0.6 and camera["mode"] == "photo",
    "FOTOKOPI": lambda camera: camera["mode"] == "photocopy",
    "FOTO_LAYAR": lambda camera: camera["mode"] == "screen",
    "FOTO_TERPOTONG": lambda camera: bool(camera.get("cut_off")),
}


def lost(truth: Mapping[str, Any], reading: Mapping[str, Any]) -> float:
    """Share of the printed fields that were not read as printed, in [0, 1]."""
    printed = {key: str(value) for key, value in truth["fields"].items() if value}
    if not printed:
        return 0.0
    read = {key: str(field["value"]) for key, field in reading["fields"].items()}
    return sum(squeezed(read.get(key, "")) != squeezed(value) for key, value in printed.items()) / len(
        printed
    )


def main(argv: list[str]) -> int:
    if len(argv) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    readings, truths = (Path(name) for name in argv)
    photos = []
    for path in sorted(truths.glob("*.json")):
        read = readings / path.name
        if read.exists():
            photos.append((json.loads(path.read_text("utf-8")), json.loads(read.read_text("utf-8"))))
    print(f"{len(photos)} photos")  # noqa: T201  (what the command tells)
    for code, fault in FAULTS.items():
        for kind in ("ktp", "kk"):
            of_kind = [
                (truth, reading) for truth, reading in photos if truth["kind"] == kind and reading["ok"]
            ]
            if of_kind:
                print(_line(code, kind, fault, of_kind))  # noqa: T201  (what the command tells)
    return 0


def _line(
    code: str,
    kind: str,
    fault: Callable[[Camera], bool],
    photos: list[tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> str:
    there = said = both = right = 0
    for truth, reading in photos:
        has = fault(truth["params"])
        told = code in {finding["code"] for finding in reading["findings"]}
        there, said, both = there + has, said + told, both + (has and told)
        right += told and (has or lost(truth, reading) >= _LOST)
    return f"{code:15} {kind:3}  found {both} of {there}; said {said} times, {right} of them right"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
