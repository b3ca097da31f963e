"""NIK: what cannot be one is refused with its reason; what merely differs is a doubt."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.errors import BadInput
from chalicelib.identity.family_card import FamilyCardNumber, InvalidFamilyCardNumber
from chalicelib.identity.nik import Doubt, InvalidNik, Nik, Sex
from chalicelib.identity.region import RegionCode
from chalicelib.messages import known

TODAY = date(2026, 11, 22)
BIRTHS = st.dates(min_value=date(1926, 11, 23), max_value=TODAY)


def written(born: date, sex: Sex, region: str = "131104", serial: int = 9901) -> str:
    day = born.day + (40 if sex is Sex.FEMALE else 0)
    return f"{region}{day:02d}{born.month:02d}{born.year % 100:02d}{serial:04d}"


@settings(deadline=None)
@given(BIRTHS, st.sampled_from(Sex), st.integers(1, 9999))
def test_what_is_written_is_read_back(born: date, sex: Sex, serial: int) -> None:
    nik = Nik.parse(written(born, sex, serial=serial))
    assert (nik.birth_date(TODAY), nik.sex, nik.region) == (born, sex, RegionCode("13.11.04"))
    assert nik.fits_date(born)
    assert nik.doubts(born=born, sex=sex) == ()


def read(text: str) -> Nik | InvalidNik:
    try:
        return Nik.parse(text)
    except InvalidNik as error:
        return error


@settings(deadline=None)
@given(st.text() | st.from_regex(r"\d{14,18}", fullmatch=True))
def test_any_text_parses_or_says_why_not(text: str) -> None:
    found = read(text)
    if isinstance(found, Nik):
        assert Nik.parse(str(found)) == found
    else:
        assert known(found.code)
        assert isinstance(found, ValueError)
        assert isinstance(found, BadInput)
        assert found.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "NIK_KURANG"),
        ("131104111063002", "NIK_KURANG"),
        ("13110411106300245", "NIK_KURANG"),
        ("3.52318E+15", "NIK_KURANG"),
        ("١٣١١٠٤١١١٠٦٣٠٠٢٤", "NIK_KURANG"),
        ("1111111111111111", "NIK_SALAH"),
        ("1234567890123456", "NIK_SALAH"),
        ("1311041110630000", "NIK_SALAH"),
        ("0011041110630024", "NIK_SALAH"),
        ("1311043210639901", "NIK_TANGGAL_MUSTAHIL"),
        ("1311047210639901", "NIK_TANGGAL_MUSTAHIL"),
        ("1311041113639901", "NIK_TANGGAL_MUSTAHIL"),
        ("1311043002809901", "NIK_TANGGAL_MUSTAHIL"),
        ("1311040010639901", "NIK_TANGGAL_MUSTAHIL"),
    ],
)
def test_refusals_name_their_reason(text: str, code: str) -> None:
    with pytest.raises(InvalidNik) as caught:
        Nik.parse(text)
    assert caught.value.code == code


def test_groups_of_digits_may_be_parted() -> None:
    assert str(Nik.parse(" 131104 111063-9924 ")) == "1311041110639924"


def test_the_message_counts_the_digits_typed() -> None:
    with pytest.raises(InvalidNik, match="NIK_KURANG") as caught:
        Nik.parse("1311 0411")
    assert "8 angka" in caught.value.message


def test_the_29th_of_february_needs_a_leap_year_in_some_century() -> None:
    assert Nik.parse("1311042902009901").birth_date(TODAY) == date(2000, 2, 29)
    with pytest.raises(InvalidNik):
        Nik.parse("1311042902019901")


def test_the_century_is_the_latest_that_has_begun() -> None:
    assert Nik.parse("1311042211269901").birth_date(TODAY) == date(2026, 11, 22)
    assert Nik.parse("1311042311269901").birth_date(TODAY) == date(1926, 11, 23)


def test_holders_of_a_ktp_are_at_least_seventeen() -> None:
    assert Nik.parse("1311042211109901").birth_date(TODAY, adult=True) == date(1910, 11, 22)
    assert Nik.parse("1311042211099901").birth_date(TODAY, adult=True) == date(2009, 11, 22)
    leap_day = date(2028, 2, 29)
    assert Nik.parse("1311042802119901").birth_date(leap_day, adult=True) == date(2011, 2, 28)


def test_doubts_warn_and_never_reject() -> None:
    nik = Nik.parse("1311041110639924")
    other_day = date(1963, 10, 11) + timedelta(days=1)
    assert nik.doubts(born=other_day, sex=Sex.FEMALE, lives_in=RegionCode("32.01")) == (
        Doubt("NIK_BEDA_TANGGAL", "warning"),
        Doubt("NIK_BEDA_JENIS_KELAMIN", "warning"),
        Doubt("NIK_WILAYAH_BEDA", "info"),
    )
    assert nik.doubts(lives_in=RegionCode("13.11.04.2001")) == ()


def test_an_old_papuan_region_is_a_doubt_only() -> None:
    nik = Nik.parse("9101011110639901")
    assert [doubt.code for doubt in nik.doubts()] == ["NIK_WILAYAH_LAMA"]
    assert nik.region.current == RegionCode("93.01")


def test_masking_keeps_the_last_four() -> None:
    assert Nik.parse("1311041110639924").masked == "************9924"
    assert FamilyCardNumber.parse("1311041110239901").masked == "************9901"


@settings(deadline=None)
@given(st.from_regex(r"[1-9][0-9]{15}", fullmatch=True).filter(lambda text: len(set(text)) > 1))
def test_sixteen_digits_make_a_family_card_number(text: str) -> None:
    if text.endswith("0000") or text == "1234567890123456":
        return
    assert str(FamilyCardNumber.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "1", "131104111023990", "13110411102399011", "2222222222222222", "13110411102300A1"]
)
def test_other_texts_are_no_family_card_number(text: str) -> None:
    with pytest.raises(InvalidFamilyCardNumber, match="NOMOR_KK_SALAH") as caught:
        FamilyCardNumber.parse(text)
    assert caught.value.message


def test_an_odd_date_in_a_family_card_number_is_only_a_doubt() -> None:
    assert not FamilyCardNumber.parse("1311045110239901").date_is_possible
    assert FamilyCardNumber.parse("1311041110239901").date_is_possible
    assert FamilyCardNumber.parse("1311041110239901").region == RegionCode("13.11.04")
