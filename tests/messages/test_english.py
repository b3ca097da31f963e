"""English beside Indonesian: the same keys, the same gaps, as short, and nowhere left out."""

from __future__ import annotations

import json
import re
from string import Formatter

import pytest

from chalicelib import messages
from chalicelib.messages import Language, message, speaking, spoken, words
from tests.messages.test_catalogue import CATALOGUE as INDONESIAN
from tests.messages.test_catalogue import LONGEST, ROOT

ENGLISH = json.loads((ROOT / "messages" / "en.json").read_text(encoding="utf-8"))
UNKIND = re.compile(r"\b(failed|failure|error|invalid|illegal|forbidden|sorry|please)\b", re.IGNORECASE)


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_english_says_all_that_indonesian_says_and_nothing_more() -> None:
    missing = {code: set(entry) - set(ENGLISH.get(code, {})) for code, entry in INDONESIAN.items()}
    assert {code: parts for code, parts in missing.items() if parts} == {}
    assert {code for code in ENGLISH if set(ENGLISH[code]) != set(INDONESIAN.get(code, {}))} == set()


def test_the_same_gaps_are_open() -> None:
    different = {
        (code, part)
        for code, entry in ENGLISH.items()
        for part, text in entry.items()
        if gaps(text) != gaps(INDONESIAN[code][part])
    }
    assert different == set()


def test_english_is_as_short_and_as_kind() -> None:
    for code, entry in ENGLISH.items():
        for text in entry.values():
            assert text, code
            assert text.strip() == text, code
            assert not UNKIND.search(text), code
            for sentence in re.split(r"(?<=[.?!])\s+", text):
                spoken_words = [word for word in sentence.split() if re.search(r"\w", word)]
                assert len(spoken_words) <= LONGEST, (code, sentence)


def test_indonesian_is_spoken_unless_somebody_asks() -> None:
    assert spoken() is Language.INDONESIAN
    plain = message("GRATIS")
    with speaking(Language.ENGLISH):
        assert message("GRATIS") == ENGLISH["GRATIS"]["message"]
        assert words("umum")["pilih"] == ENGLISH["umum.pilih"]["message"]
        with speaking(Language.INDONESIAN):
            assert message("GRATIS") == plain
        assert spoken() is Language.ENGLISH
    assert message("GRATIS") == plain


def test_the_language_is_left_also_when_what_was_said_went_wrong() -> None:
    with pytest.raises(KeyError), speaking(Language.ENGLISH):
        messages.text("NO_SUCH_CODE")
    assert spoken() is Language.INDONESIAN
