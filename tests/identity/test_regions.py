"""Region codes and the gazetteer."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.identity import regions
from chalicelib.identity.region import InvalidRegionCode, RegionCode

VILLAGE = RegionCode("13.11.04.2001")
CODES = st.sampled_from(
    [code for parent in (None, "13", "13.11", "13.11.04", "31", "91") for code, _ in regions.children(parent)]
)


def test_codes_know_their_place() -> None:
    assert VILLAGE.level == 4
    assert VILLAGE.parent == RegionCode("13.11.04")
    assert RegionCode("13").parent is None
    assert VILLAGE.at(2) == RegionCode("13.11")
    assert VILLAGE.digits == "1311042001"
    assert RegionCode.parse("1311042001") == VILLAGE
    assert str(VILLAGE) == "13.11.04.2001"


@pytest.mark.parametrize(
    "text", ["", "1", "13.1", "13.11.04.201", "13.11.04.20011", "13-11", "131", "ab", "1٣"]
)
def test_other_shapes_are_refused(text: str) -> None:
    with pytest.raises(InvalidRegionCode):
        RegionCode.parse(text)


def test_asking_for_a_level_below_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no level 3"):
        RegionCode("13.11").at(3)


@settings(deadline=None)
@given(CODES, CODES)
def test_a_region_covers_what_lies_in_it(a: str, b: str) -> None:
    one, two = RegionCode(a), RegionCode(b)
    assert one.covers(two) == (two.level >= one.level and two.at(one.level) == one)


def test_prefixes_of_digits_are_not_regions() -> None:
    assert not RegionCode("13.11").covers(RegionCode("13.12"))
    assert not RegionCode("13.11.04").covers(RegionCode("13.11"))


@settings(deadline=None)
@given(CODES)
def test_each_child_is_listed_under_its_parent(code: str) -> None:
    region = RegionCode(code)
    assert regions.exists(region)
    assert (code, regions.name(code)) in regions.children(region.parent)
    assert regions.path(code)[0] == regions.name(code)
    assert len(regions.path(code)) == region.level


def test_the_tables_are_those_of_the_decree() -> None:
    provinces = [code for code, _ in regions.children(None)]
    cities = [code for province in provinces for code, _ in regions.children(province)]
    districts = [code for city in cities for code, _ in regions.children(city)]
    villages = sum(len(regions.children(district)) for district in districts)
    assert (len(provinces), len(cities), len(districts), villages) == (38, 514, 7285, 83762)


def test_what_does_not_exist_has_no_name_and_no_children() -> None:
    assert not regions.exists("99")
    assert not regions.exists("13.11.04.9999")
    assert regions.children("99") == []
    assert regions.children(VILLAGE) == []
    with pytest.raises(KeyError):
        regions.name("13.99")


def test_documents_print_the_prefix() -> None:
    assert regions.printed("33.28") == "KABUPATEN TEGAL"
    assert regions.printed("13.71") == "KOTA PADANG"
    assert regions.printed("31.75") == "KOTA ADM. JAKARTA TIMUR"
    assert regions.printed("31") == "DKI JAKARTA"


def test_postal_codes_come_with_villages() -> None:
    code = regions.postal_code(VILLAGE)
    assert code is not None
    assert len(code) == 5
    assert regions.postal_code("99.99.99.9999") is None


@settings(deadline=None)
@given(CODES.filter(lambda code: code.count(".") in (1, 2)))
def test_a_name_as_written_finds_its_region_first(code: str) -> None:
    found = regions.match(regions.name(code), RegionCode(code).parent)
    assert found[0].score == 1.0
    assert found[0].name.upper() == regions.name(code).upper()


@pytest.mark.parametrize(
    ("written", "parent", "code"),
    [
        ("KABUPATEN PONOR0GO", "35", "35.02"),
        ("KABUPATENPONOROGO", "35", "35.02"),
        ("JAKARTA TIMUR", "31", "31.75"),
        ("D I YOGYAKARTA", None, "34"),
        ("SANGIR JUJUAM", "13.11", "13.11.04"),
        ("KECAMATAN SANGIR JUJUAN", "13.11", "13.11.04"),
    ],
)
def test_misread_names_are_found_inside_their_parent(written: str, parent: str | None, code: str) -> None:
    found = regions.clear_match(written, parent)
    assert found is not None
    assert found.code == code


def test_two_names_equally_near_are_not_decided() -> None:
    # Kabupaten and Kota Bogor both lie in Jawa Barat.
    assert regions.clear_match("BOGOR", "32") is None
    assert regions.clear_match("", "32") is None
    assert regions.clear_match("XQZV", "32") is None


def test_divided_regions_have_a_successor_that_exists() -> None:
    assert RegionCode("91.01.05").current == RegionCode("93.01")
    assert RegionCode("13.11.04").current == RegionCode("13.11.04")
    for old in ("91.01", "91.28", "92.71"):
        assert regions.exists(RegionCode(old).current)


def test_identity_is_light() -> None:
    """Functions behind the API import this room: no imaging library may come along."""
    program = (
        "import sys, chalicelib.identity.regions, chalicelib.identity.nik, chalicelib.identity.names, "
        "chalicelib.identity.vocabularies, chalicelib.identity.family_card, chalicelib.reading.model; "
        "print([m for m in ('numpy', 'cv2', 'PIL', 'faster_paddle', 'lokal') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  (our own program)
    assert done.stdout.strip() == "[]"
