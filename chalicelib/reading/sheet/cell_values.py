"""What the text of one cell of the member table means, column by column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.identity import spelling, vocabularies
from chalicelib.reading.card import ktp
from chalicelib.reading.text import wording

REQUIRED = (
    "nama", "nik", "jenis_kelamin", "tempat_lahir", "tanggal_lahir", "agama", "pendidikan", "pekerjaan",
    "status_perkawinan", "hubungan", "kewarganegaraan", "nama_ayah", "nama_ibu",
)  # fmt: skip
"""Columns in which each member has a value."""
NAMES = ("nama", "nama_ayah", "nama_ibu")
SHORT = ("agama", "hubungan", "kewarganegaraan", "gol_darah")
"""Columns of short words, which the engine overlooks unless they are enlarged more."""
_LEAST = {
    "jenis_kelamin": 0.6, "agama": 0.7, "pendidikan": 0.72, "pekerjaan": 0.72, "status_perkawinan": 0.7,
    "hubungan": 0.65, "kewarganegaraan": 0.8,
}  # fmt: skip
"""How near to a term of its vocabulary a text must be."""
_POOLED, _POOLED_AHEAD, _LONG_TERM = 0.55, 0.12, 5
"""Likeness on the mean, lead before the next term, and letters a term needs when several looks are taken together."""
_DATES = ("tanggal_lahir", "tanggal_perkawinan")
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,8}")
_PERMIT = re.compile(r"[A-Z0-9]{6,20}")


@dataclass(frozen=True)
class Value:
    """A value with the confidence of its reading times what the rules think of it, and the evidence."""

    value: str
    confidence: float
    evidence: str = ""


def understand(key: str, text: str, seen: float) -> Value | None:
    """The value that `text`, read with confidence `seen`, stands for in column `key`; None where it is none, as for the
    dash of an empty cell. NIKs are weighed elsewhere, with their row."""
    if key in _LEAST:
        return _term(key, text, seen, _LEAST[key])
    if key in _DATES:
        day = wording.find_date(text)
        if day is None or day[0].year < 1900:
            return None
        printed = day[0].isoformat() if key == "tanggal_lahir" else day[0].strftime("%d-%m-%Y")
        return Value(printed, seen)
    if key == "gol_darah":
        return _blood(text, seen)
    if key in NAMES or key == "tempat_lahir":
        name = titled(wording.trimmed(wording.as_letters(_bare(text))))
        return Value(name, seen * 0.95) if re.fullmatch(r"[A-Z][A-Z' .,\-/()]{1,59}", name) else None
    return _paper(key, text, seen)


def pooled(key: str, texts: Sequence[str]) -> Value | None:
    """The term of a closed vocabulary that several looks speak for together where none does alone: nearest to all of
    them on the mean, and clearly nearer than any other."""
    if key not in _LEAST or len(texts) < 2:
        return None
    ranked = sorted(
        (
            (sum(spelling.likeness(text, term.printed) for text in texts) / len(texts), term.printed)
            for term in vocabularies.terms(key)
        ),
        reverse=True,
    )
    score, printed = ranked[0]
    ahead = score - ranked[1][0]
    long = len(spelling.squeezed(printed)) >= _LONG_TERM
    if score < _POOLED or ahead < _POOLED_AHEAD or not long:
        return None
    return Value(printed, min(0.85, 0.4 + 0.5 * score), "vocabulary")


def _bare(text: str) -> str:
    """A name without accents and raised dots, which specks add, and without the strokes of a rule at its ends."""
    plain = unicodedata.normalize("NFKD", text.replace("·", " "))
    plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return re.sub(r"^[1|!\[\]]+\s+|\s+[1|!\[\]]+$", "", plain)


def titled(name: str) -> str:
    """A name with the marks that titles have: `S.H, M.H` → `S.H., M.H`, `HI. MASNA` → `HJ. MASNA`; apostrophes stand
    between letters only."""
    name = re.sub(r"(?<![A-Z])'|'(?![A-Z])", "", name)
    name = re.sub(r"(?<=\.)([A-Z]{1,4}),", r"\1.,", name)
    return re.sub(r"^H[IL]\.", "HJ.", name)


def _term(key: str, text: str, seen: float, at_least: float) -> Value | None:
    found = vocabularies.clear_match(key, text, at_least=at_least)
    return Value(found.term.printed, seen * (0.4 + 0.6 * found.score), "vocabulary") if found else None


def _blood(text: str, seen: float) -> Value | None:
    group = ktp.blood_group(text)
    if group and group != "-":
        return Value(group, seen * 0.95)
    return _term("gol_darah", text, seen, 0.8) if len(text) > 5 else None


def _paper(key: str, text: str, seen: float) -> Value | None:
    """The number of a foreigner's passport or permit."""
    plain = re.sub(r"[\s.\-]", "", text.upper())
    match = (_PASSPORT if key == "no_paspor" else _PERMIT).fullmatch(plain)
    return Value(plain, seen * 0.9) if match and sum(ch.isdigit() for ch in plain) >= 4 else None
