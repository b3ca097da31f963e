"""Names are found by the beginnings of their words, however they are spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.identity.name_tokens import answers, token, tokens, words

letters = st.text("ABDEIKLMNORSTU", min_size=3, max_size=12)
names = st.lists(letters, min_size=1, max_size=5).map(" ".join)


def found(name: str, typed: str) -> bool:
    wanted = words(typed)
    return all(token(word) in tokens(name) for word in wanted) and answers(name, wanted)


@given(names, st.data())
def test_any_words_of_a_name_in_any_order_find_it(name: str, data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from(name.split()), min_size=1, max_size=3))
    assert found(name, " ".join(some))


@given(names, st.data())
def test_the_beginning_of_a_word_finds_it(name: str, data: st.DataObject) -> None:
    (spelled, *_) = words(name) or ("",)
    beginning = spelled[: data.draw(st.integers(3, 12))]
    assert found(name, beginning)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("DJOENAEDDI", "junaedi"),
        ("TJAHJO SOEKAMTO", "sukamto"),
        ("Siti Chadijah, S.Pd", "khadijah"),
        ("MOH. RIZKI", "muhammad"),
        ("SYAFI'I AHMAD", "ahm"),
        ("AAN CONTOH", "aan"),
        ("RATNA CONTOH DEWI", "dewi ratna"),
    ],
)
def test_old_spellings_titles_and_short_forms(name: str, typed: str) -> None:
    assert found(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("RATNA DEWI", "ratnasari"),
        ("RATNASARI", "ratnadewi"),
        ("RATNA DEWI", "ratna budi"),
        ("RATNA", "atna"),
    ],
)
def test_other_names_are_not_found(name: str, typed: str) -> None:
    assert not found(name, typed)


def test_what_is_too_short_is_nothing_to_look_for_and_an_index_stays_small() -> None:
    assert words("RA I. 12") == ()
    assert len(tokens(" ".join(f"{letter}ABCDEFG" for letter in "BDKLMNPRSTW"))) <= 24
