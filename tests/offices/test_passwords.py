"""Which passwords are taken: long ones that are not made of what guessers try first."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.offices import passwords
from chalicelib.offices.passwords import LONGEST, SHORTEST, common, weakness

ROOT = Path(__file__).parents[2]
OWN = ("ratih.contoh", "Ratih Sekar")


@pytest.mark.parametrize(
    "password",
    [
        "kopi hujan sepeda genteng",
        "perahu-kertas-lampu",
        "83920174658392",
        "kvtw-8n3m-qzry-k47",
        "KUDA LAUT MELOMPAT TINGGI",
        "ŁódźŻółćGęśśś",
    ],
)
def test_taken(password: str) -> None:
    assert weakness(password, OWN) is None


@pytest.mark.parametrize(
    "password",
    [
        "petugas-desa-2026",
        "Bansos12345!!",
        "p3tug4s-d1n50s",
        "123456789012",
        "qwertyuiop[]",
        "password2026",
        "P4ssw0rd!2026",
        "passwordpassword",
        "aaaaaaaaaaaaaaaaaaaa",
        "abc1abc1abc1abc1",
        "ratihratih2026",
        "Sekar.Ratih.99",
        "1qaz2wsx3edc",
    ],
)
def test_easily_guessed(password: str) -> None:
    assert weakness(password, OWN) == "KATA_SANDI_MUDAH"


@given(st.text(min_size=0, max_size=SHORTEST - 1) | st.text(min_size=LONGEST + 1, max_size=LONGEST + 20))
def test_too_short_or_too_long(password: str) -> None:
    assert weakness(password, OWN) == "KATA_SANDI_LEMAH"


@given(st.text(min_size=SHORTEST, max_size=LONGEST))
def test_any_text_is_answered(password: str) -> None:
    assert weakness(password, OWN) in (None, "KATA_SANDI_MUDAH")


def test_no_password_of_the_list_is_taken_however_it_is_written() -> None:
    long = [one for one in common() if len(one) >= SHORTEST]
    assert len(common()) >= 3000
    assert len(long) > 100
    assert not [one for one in long if weakness(one) is None or weakness(one.title() + "!") is None]
    short = sorted(common())[::500]
    assert not [one for one in short if weakness(f"{one}-{one}-{one}-{one}"[:LONGEST]) is None]


def test_the_list_is_the_one_the_page_of_dependencies_names() -> None:
    file = Path(passwords.__file__).parent / "common_passwords.txt.gz"
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    named = re.search(r"`common_passwords\.txt\.gz`[^\n]*\b([0-9a-f]{64})\b", page)
    assert named
    assert hashlib.sha256(file.read_bytes()).hexdigest() == named[1]
