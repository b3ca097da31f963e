"""What a served stack left on disk, searched for what may stand nowhere but inside a photo or a sealed value.

Logs, the table and its journal, queues, object keys and their metadata, the state of the user pool: all of it lies in the
data folder. Photos themselves are left out: they show what they show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chalicelib.local.specimens.catalogue import families


def personal() -> frozenset[str]:
    """Numbers and names of every invented person whom the tests send."""
    found: set[str] = set()
    for family in families():
        for paper in (family.ktp, family.kk):
            found |= {
                paper.fields[name]
                for name in ("nik", "nama", "nomor_kk", "kepala_keluarga")
                if name in paper.fields
            }
    return frozenset(found)


def numbers_in(text: str) -> set[str]:
    """What kinds of numbers of an invented person stand in `text`: their NIKs, those of all on their card, its number."""
    numbers = {value for value in personal() if value.isdigit()}
    numbers |= {
        member["nik"]
        for family in families()
        for member in family.kk.truth.get("members", ())
        if "nik" in member
    }
    found = {hit for hit in numbers if hit in text or _grouped(hit) in text}
    return {"a number" for _ in found}


def _grouped(number: str) -> str:
    """As people write it: in fours."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def leaks(data: Path) -> list[str]:
    """`FILE: kind` for each find; the value itself is not repeated."""
    wanted = {value: "a number" if value.isdigit() else "a name" for value in personal()}
    pattern = re.compile("|".join(re.escape(value) for value in sorted(wanted)), re.IGNORECASE)
    found = []
    for path in searched(data):
        texts = (str(path.relative_to(data)), path.read_bytes().decode("utf-8", errors="replace"))
        hits = {wanted[hit.upper()] for text in texts for hit in pattern.findall(text)}
        found += [f"{path.relative_to(data)}: {hit}" for hit in sorted(hits)]
    return found


def searched(data: Path) -> Iterator[Path]:
    for path in sorted(data.rglob("*")):
        photo = "s3" in path.relative_to(data).parts and not path.name.endswith(".meta.json")
        if path.is_file() and not photo:
            yield path
