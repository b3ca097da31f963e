"""Names of people and the vocabularies of documents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.identity import names, spelling, vocabularies

WORDS = st.lists(st.text("ABCDEFGHIJKLMNOPRSTUWY", min_size=2, max_size=9), min_size=1, max_size=4)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_likeness_of_names_is_symmetric_and_bounded(a: list[str], b: list[str]) -> None:
    left, right = " ".join(a), " ".join(b)
    score = names.similar(left, right)
    assert 0.0 <= score <= 1.0
    assert score == pytest.approx(names.similar(right, left))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("SITI AMINAH", "Siti Aminah"),
        ("SUMARDIUTOMO", "SUMARDI UTOMO"),
        ("MOH. RIZKI", "MUHAMMAD RIZKI"),
        ("H. AGUS WIJAYA, S.PD", "AGUS WIJAYA"),
        ("AGUS TEGUH WIJAYA", "AGUS T WIJAYA"),
        ("SITI AMlNAH", "SITI AMINAH"),
        ("WIJAYA AGUS", "AGUS WIJAYA"),
    ],
)
def test_one_person_in_two_spellings(a: str, b: str) -> None:
    assert names.similar(a, b) > 0.9


@pytest.mark.parametrize(
    ("a", "b"), [("SITI AMINAH", "BUDI SANTOSO"), ("A", "B"), ("", "BUDI"), ("AGUS", "AGUNG")]
)
def test_different_people(a: str, b: str) -> None:
    assert names.similar(a, b) < 0.8


def test_a_name_of_titles_alone_is_like_nothing() -> None:
    assert names.similar("H.", "BUDI") == 0.0


@settings(deadline=None)
@given(WORDS)
def test_masking_shows_first_letters_only(words: list[str]) -> None:
    masked = names.mask(" ".join(words)).split()
    assert [len(word) for word in masked] == [len(word) for word in words]
    assert [word[0] for word in masked] == [word[0] for word in words]
    assert all(set(word[1:]) <= {"*"} for word in masked)


def test_masking_as_people_know_it() -> None:
    assert names.mask("SITI AMINAH") == "S*** A*****"
    assert names.mask("") == ""


@settings(deadline=None)
@given(st.text(), st.text())
def test_likeness_is_one_only_for_the_same_letters(a: str, b: str) -> None:
    score = spelling.likeness(a, b)
    assert 0.0 <= score <= 1.0
    assert (score == 1.0) == (spelling.squeezed(a) == spelling.squeezed(b) != "")


def test_look_alikes_cost_little() -> None:
    assert 0.9 < spelling.likeness("PONOR0GO", "PONOROGO") < 1.0


@pytest.mark.parametrize("vocabulary", vocabularies.names())
def test_each_term_finds_itself(vocabulary: str) -> None:
    for term in vocabularies.terms(vocabulary):
        found = vocabularies.match(vocabulary, term.printed)
        assert found is not None
        assert found.score == 1.0


def test_the_registry_has_89_occupations() -> None:
    occupations = vocabularies.terms("pekerjaan")
    assert len(occupations) == 89
    assert occupations[0].printed == "BELUM/TIDAK BEKERJA"
    assert occupations[88].printed == "LAINNYA"


@pytest.mark.parametrize(
    ("vocabulary", "written", "printed"),
    [
        ("pekerjaan", "KARYAWANSWASTA", "KARYAWAN SWASTA"),
        ("pekerjaan", "MENGURUS RUMAHTANGGA", "MENGURUS RUMAH TANGGA"),
        ("status_perkawinan", "CERAl MATI", "CERAI MATI"),
        ("jenis_kelamin", "LAKHLAKI", "LAKI-LAKI"),
        ("agama", "KATOLIK", "KATOLIK"),
        ("status_perkawinan", "KAWIN TERCATAT", "KAWIN TERCATAT"),
    ],
)
def test_misread_terms_are_put_right(vocabulary: str, written: str, printed: str) -> None:
    found = vocabularies.clear_match(vocabulary, written)
    assert found is not None
    assert found.term.printed == printed


@pytest.mark.parametrize("written", ["", "  ", "QWXZV", "KARYAWAN BUM"])
def test_what_is_not_clear_is_not_decided(written: str) -> None:
    assert vocabularies.clear_match("pekerjaan", written) is None
