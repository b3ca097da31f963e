"""The blood group of a KTP: one or two letters beside the sex, its label often read as one with it."""

from __future__ import annotations

import re

from chalicelib.identity import vocabularies
from chalicelib.reading.text import labels

_BLOOD = re.compile(r"^(AB|A|B|O)([+-]?)$")


def glued(text: str) -> tuple[str, str] | None:
    """Sex and blood group where both, with the label between them, were read as one line, however ill."""
    for term in vocabularies.terms("jenis_kelamin"):
        score, rest = labels.split_label(text, term.printed)
        _, colon, last = rest.rpartition(":")
        if score >= 0.75 and sum(ch.isalpha() for ch in rest) >= 4:
            at = labels.split_label(rest.lstrip(" ."), "Gol. Darah")
            return term.printed, last if colon else at[1] if at[0] > 0.6 else rest.split()[-1]
    return None


def group(text: str) -> str:
    """`A`, `AB+`, `-` … out of what follows the label; empty where unclear."""
    plain = re.sub(r"[\s:;.,|']", "", text.upper()).replace("0", "O").replace("—", "-").replace("–", "-")
    if plain and set(plain) <= {"-", "_"}:
        return "-"
    match = _BLOOD.match(plain.replace("_", "-"))
    return match[0] if match else ""
