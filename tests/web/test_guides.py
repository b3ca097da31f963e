"""The guides say the words of the pages they tell of, lead nowhere that is not there, and fit on paper."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from chalicelib import messages
from chalicelib.api.pages import GUIDES
from chalicelib.api.rendering import WEB, page
from chalicelib.messages import Language, message, speaking

SHOWN = {
    "warga": ("usulan", "status", "beranda"),
    "desa": ("meja", "permintaan", "usulan", "loket"),
    "lapangan": ("petugas",),
    "verifikasi": ("meja", "permintaan"),
    "admin": ("admin",),
}
"""The pages that a guide tells of."""
LONGEST = 16
"""Steps and warnings of one guide: one sheet of A4 with room for a stamp."""
_PART = re.compile(r"\{% set (steps|mistakes|asks) = (\[.*?\]) %\}", re.DOTALL)


def parts(role: str) -> dict[str, list[tuple[str, list[str]]]]:
    """What the guide's template lists: part → (sentence, keys it quotes)."""
    text = (WEB / "pages" / f"panduan-{role}.html").read_text(encoding="utf-8")
    return {
        name: [one if isinstance(one, tuple) else (one, []) for one in ast.literal_eval(listed)]
        for name, listed in _PART.findall(text)
    }


def helps() -> Iterator[tuple[str, str, list[tuple[str, list[str]]]]]:
    """(page, guide, sentences) of each help beside a step."""
    for path in (WEB / "pages").glob("*.html"):
        found = re.findall(r'\{\{ bantuan\("(\w+)", (\[.*?\])\) \}\}', path.read_text(encoding="utf-8"))
        for guide, listed in found:
            yield path.stem, guide, ast.literal_eval(listed)


@pytest.mark.parametrize("role", GUIDES)
def test_what_a_guide_quotes_is_said_on_its_pages(role: str) -> None:
    """A name that comes from a group of words is on the page for its scripts."""
    with speaking(Language.INDONESIAN):
        seen = "".join(page(name, "") for name in SHOWN[role])
        quoted = {key for lines in parts(role).values() for _, keys in lines for key in keys}
        assert quoted
        said = {key for key in quoted if f">{message(key)}<" in seen or message(key) in seen}
        answered = {
            key for key in quoted if key.startswith("KEPUTUSAN_")
        }  # the desk's answers bring their names
    assert quoted - said - answered == set()


@pytest.mark.parametrize("role", GUIDES)
def test_each_gap_of_a_guide_is_filled_by_a_name(role: str) -> None:
    for lines in parts(role).values():
        for name, keys in lines:
            gaps = set(re.findall(r"\{(\w)\}", messages.text(f"laman.panduan.{name}")))
            assert gaps == set("ab"[: len(keys)]), name


@pytest.mark.parametrize("role", GUIDES)
def test_a_guide_has_its_steps_its_warnings_whom_to_ask_and_fits_on_a_sheet(role: str) -> None:
    found = parts(role)
    assert set(found) == {"steps", "mistakes", "asks"}
    assert 5 <= len(found["steps"]) <= 10
    assert len(found["mistakes"]) >= 3
    assert sum(map(len, found.values())) <= LONGEST
    assert message("GRATIS") in page(f"panduan-{role}", "")


def test_help_says_what_its_guide_says_and_leads_to_its_place() -> None:
    seen = set()
    for name, guide, lines in helps():
        seen.add(name)
        known = [line for listed in parts(guide).values() for line in listed]
        places = [step for step, _ in parts(guide)["steps"]]
        assert lines[0][0] in places
        for line in lines:
            everywhere = [one for role in GUIDES for listed in parts(role).values() for one in listed]
            assert line in known + everywhere
    assert seen == {"usulan", "meja", "petugas", "permintaan", "admin"}
