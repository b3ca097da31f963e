from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.usulan.numbers import clean_secret, new_case_number, new_secret, new_token, parse_case_number

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
numbers = st.builds(new_case_number)


@given(numbers)
def test_a_number_is_understood_as_people_write_it(number: str) -> None:
    assert parse_case_number(number) == number
    assert parse_case_number(f"  {number.lower().replace('-', ' ')} ") == number
    assert parse_case_number(number.replace("0", "o").replace("1", "l")) == number


@given(numbers, st.integers(0, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_always_shows(number: str, place: int, character: str) -> None:
    letters = list(number.replace("-", ""))
    wrong = letters[place] != character
    letters[place] = character
    assert (parse_case_number("".join(letters)) is None) == wrong


@given(st.text(max_size=20))
def test_any_text_is_answered(text: str) -> None:
    found = parse_case_number(text)
    assert found is None or parse_case_number(found) == found


def test_secrets_and_tokens_have_their_bits() -> None:
    assert len(clean_secret(new_secret())) == 8
    assert len({new_token() for _ in range(200)}) == 200
    assert all(len(new_token()) == 26 for _ in range(20))
