from __future__ import annotations

import os
from collections.abc import Mapping

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access.masking import mask
from chalicelib.access.sealing import DataKeys, Digests, seal, unseal

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
contents = st.dictionaries(
    st.text(max_size=8), st.one_of(st.text(max_size=30), st.integers(), st.none()), max_size=5
)


@given(contents, st.text(max_size=20))
def test_what_was_sealed_opens_at_its_place_and_nowhere_else(content: dict[str, object], place: str) -> None:
    sealed = seal(KEY, place, content)
    assert unseal(KEY, place, sealed) == content
    with pytest.raises(InvalidTag):
        unseal(KEY, place + "x", sealed)
    with pytest.raises(InvalidTag):
        unseal(OTHER, place, sealed)


@given(st.integers(1, 60))
def test_a_changed_byte_shows(place: int) -> None:
    sealed = bytearray(seal(KEY, "t/a/b", {"nama": "RATNA CONTOH", "nik": "1305026006879901"}))
    sealed[place % len(sealed) or 1] ^= 1
    with pytest.raises((InvalidTag, ValueError)):
        unseal(KEY, "t/a/b", bytes(sealed))


def test_sealing_twice_never_looks_the_same() -> None:
    assert seal(KEY, "p", {"a": 1}) != seal(KEY, "p", {"a": 1})


class CountingVault:
    """A vault in memory that counts how often it is asked."""

    def __init__(self) -> None:
        self.keys: dict[bytes, tuple[bytes, Mapping[str, str]]] = {}
        self.unwrapped = 0

    def new_data_key(self, context: Mapping[str, str]) -> tuple[bytes, bytes]:
        plain, wrapped = os.urandom(32), os.urandom(16)
        self.keys[wrapped] = plain, dict(context)
        return plain, wrapped

    def unwrap(self, wrapped: bytes, context: Mapping[str, str]) -> bytes:
        self.unwrapped += 1
        plain, wanted = self.keys[wrapped]
        assert wanted == dict(context)
        return plain


def test_a_key_is_unwrapped_once_and_then_kept_for_a_while() -> None:
    vault = CountingVault()
    made = [DataKeys(vault).new(f"case {n}") for n in range(3)]
    keys = DataKeys(vault, size=2)
    for _ in range(2):
        assert keys.unwrap("case 0", made[0][1]) == made[0][0]
    assert vault.unwrapped == 1
    keys.unwrap("case 1", made[1][1])
    keys.unwrap("case 2", made[2][1])
    keys.unwrap("case 0", made[0][1])
    assert vault.unwrapped == 4
    forgetful = DataKeys(vault, seconds=0)
    forgetful.unwrap("case 0", made[0][1])
    forgetful.unwrap("case 0", made[0][1])
    assert vault.unwrapped == 6


def test_digests_tell_purposes_and_keys_apart() -> None:
    digests = Digests(KEY)
    assert digests.of("nik", "1") == digests.of("nik", "1")
    assert len({digests.of("nik", "1"), digests.of("kk", "1"), Digests(OTHER).of("nik", "1")}) == 3
    assert digests.matches("nik", "1", digests.of("nik", "1"))
    assert not digests.matches("nik", "2", digests.of("nik", "1"))


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("nik", "1305026006879901", "************9901"),
        ("nomor_kk", "1305021203159902", "************9902"),
        ("nama", "Ratna Dewi", "R**** D***"),
        ("alamat", "Korong Contoh", "•••"),
        ("nik", "", ""),
    ],
)
def test_masks(field: str, value: str, shown: str) -> None:
    assert mask(field, value) == shown
