"""When two spellings of a value count as the same."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
_AROUND_MARKS = re.compile(r"\s*([:/,.\-()])\s*")
_EDGES = " .,:;_|'\""


def normal(value: object) -> str:
    """`value` in capitals (NFKC), blanks collapsed and removed around `: / , . - ( )`, dirt at its ends removed. None
    and a lone dash, which documents print for "nothing", are empty."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFKC", str(value)).upper()
    text = _AROUND_MARKS.sub(r"\1", _BLANKS.sub(" ", text)).strip(_EDGES)
    return "" if text == "-" else text
