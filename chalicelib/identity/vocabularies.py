"""The closed lists from which KTP and KK are filled (vocabularies.json): religion, marital status,
occupation and so on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chalicelib.identity import spelling


@dataclass(frozen=True)
class Term:
    """An entry of a vocabulary. `code` is the number the civil registry gives it, `printed` how it is
    printed."""

    code: int
    printed: str


@dataclass(frozen=True)
class TermMatch:
    """A term that a written text may mean. `score` in [0, 1]; `margin` how far it lies before any other
    term."""

    term: Term
    score: float
    margin: float


def names() -> tuple[str, ...]:
    return tuple(_vocabularies())


def terms(vocabulary: str) -> tuple[Term, ...]:
    """The terms in the order of their codes, each in its usual spelling. KeyError: there is no such
    vocabulary."""
    seen: dict[int, Term] = {}
    for term in _vocabularies()[vocabulary]:
        seen.setdefault(term.code, term)
    return tuple(seen.values())


def match(vocabulary: str, written: str) -> TermMatch | None:
    """The nearest term, spelled as it was printed where a term has several spellings; None for an empty
    text."""
    if not spelling.squeezed(written):
        return None
    scored = [(spelling.likeness(written, term.printed), term) for term in _vocabularies()[vocabulary]]
    score, best = max(scored, key=lambda pair: pair[0])
    others = [s for s, term in scored if term.code != best.code]
    return TermMatch(best, score, score - max(others, default=0.0))


def clear_match(
    vocabulary: str, written: str, *, at_least: float = 0.7, margin: float = 0.06
) -> TermMatch | None:
    """The one term that a written text means, or None where none comes near or two come equally near."""
    found = match(vocabulary, written)
    if found is None or found.score < at_least:
        return None
    return found if found.margin >= margin or found.score == 1.0 else None


@cache
def _vocabularies() -> dict[str, tuple[Term, ...]]:
    text = Path(__file__).with_name("vocabularies.json").read_text(encoding="utf-8")
    raw: dict[str, list[list[str]]] = json.loads(text)
    return {
        name: tuple(Term(code, printed) for code, entry in enumerate(entries, 1) for printed in entry)
        for name, entries in raw.items()
    }
