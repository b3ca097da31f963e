"""What the documents, the citizen's words and other cases say of each other: findings, never rejections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from chalicelib.api.views.citizen import case_view
from chalicelib.api.views.officer import officer_case_view
from chalicelib.reading.model import Field, Kind, Severity
from chalicelib.usulan.documents import Slot
from chalicelib.usulan.submit import submit
from tests.road import NAMA, NIK, NOMOR_KK, OPERATOR, Road, kk_reading, ktp_reading, request

BORN = "1987-06-20"


def fields(**values: str) -> dict[str, Field]:
    box = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    return {name: Field(value, 0.97, box, "test") for name, value in values.items()}


def found(
    road: Road, ktp: Mapping[str, str], row: Mapping[str, str] | None, **form: str
) -> dict[str, Severity]:
    """Findings of a case whose KTP says also `ktp` and whose family card has one row."""
    card, family = ktp_reading(), kk_reading()
    road.reader.by_kind[Kind.KTP] = replace(card, fields={**card.fields, **fields(**ktp)})
    road.reader.by_kind[Kind.KK] = replace(family, members=(fields(**row),) if row else ())
    citizen = road.photographed()
    road.drain()
    submit(road.world, citizen, citizen.case_number, road.form(**form), request())
    road.drain()
    case = road.case(citizen)
    assert case.state == "ANTREAN_DESA"
    return {finding.code: finding.severity for finding in case.findings}


@pytest.mark.parametrize(
    ("ktp", "row", "expected"),
    [
        ({}, None, {}),
        ({"tanggal_lahir": BORN}, {"nik": NIK, "nama": NAMA, "tanggal_lahir": BORN}, {}),
        ({}, {"nik": NIK[:-1] + "5", "nama": NAMA}, {"NIK_TIDAK_DI_KK": Severity.WARNING}),
        ({}, {"nama": NAMA}, {}),
        ({}, {"nik": NIK, "nama": "SITI ORANG LAIN"}, {"NAMA_BEDA_KK": Severity.WARNING}),
        (
            {"tanggal_lahir": BORN},
            {"nik": NIK, "tanggal_lahir": "1987-06-21"},
            {"TANGGAL_BEDA_KK": Severity.WARNING},
        ),
        (
            {"jenis_kelamin": "PEREMPUAN"},
            {"nik": NIK, "jenis_kelamin": "LAKI-LAKI"},
            {"JENIS_KELAMIN_BEDA_KK": Severity.WARNING},
        ),
        ({"pekerjaan": "KEPOLISIAN RI (POLRI)"}, None, {"PEKERJAAN_KHUSUS": Severity.INFO}),
        ({"pekerjaan": "BURUH HARIAN LEPAS"}, None, {}),
        ({"kel_desa": "KASANG"}, None, {"WILAYAH_BEDA_KK": Severity.WARNING}),
    ],
)
def test_ktp_against_family_card(
    road: Road, ktp: dict[str, str], row: dict[str, str] | None, expected: dict[str, Severity]
) -> None:
    assert found(road, ktp, row) == expected


def test_a_nik_of_another_region_is_information_and_a_divided_one_too(road: Road) -> None:
    elsewhere = "3205106006879901"
    assert found(road, {"nik": elsewhere}, None, nik=elsewhere) == {"NIK_WILAYAH_BEDA": Severity.INFO}
    divided = "9101056006879901"
    assert found(road, {"nik": divided}, None, nik=divided)["NIK_WILAYAH_LAMA"] is Severity.WARNING
    at_home = road.form(nik=divided, kode_wilayah="93.01.01.1002")
    citizen = road.photographed()
    road.drain()
    submit(road.world, citizen, citizen.case_number, at_home, request())
    road.drain()
    severities = {finding.code: finding.severity for finding in road.case(citizen).findings}
    assert severities["NIK_WILAYAH_LAMA"] is Severity.INFO


def test_the_same_family_again_is_told_to_officers_and_to_who_shows_the_card(road: Road) -> None:
    first = road.submitted()
    second = road.submitted()
    case = road.case(second)
    assert {finding.code for finding in case.findings} == {"NIK_GANDA"}
    assert officer_case_view(road.world, OPERATOR, case, True)["twins"] == [first.case_number]
    assert "sudah diusulkan" in case_view(road.world, case)["notice"]
    assert case_view(road.world, road.case(first))["notice"] is None


def test_a_stranger_who_types_a_known_nik_learns_nothing(road: Road) -> None:
    road.submitted()
    other = "1305025506879902"
    road.reader.by_kind[Kind.KTP] = ktp_reading(nik=other)
    citizen = road.photographed()
    road.drain()
    submit(road.world, citizen, citizen.case_number, road.form(), request())
    road.drain()
    case = road.case(citizen)
    assert "NIK_GANDA" in {finding.code for finding in case.findings}
    assert case_view(road.world, case)["notice"] is None


def test_an_older_family_card_than_one_on_file(road: Road) -> None:
    def card(day: str) -> None:
        family = kk_reading()
        road.reader.by_kind[Kind.KK] = replace(
            family, fields={**family.fields, **fields(tanggal_dikeluarkan=day)}
        )

    card("2024-05-01")
    road.submitted()
    card("2019-05-01")
    other = "1305021007699902"
    road.reader.by_kind[Kind.KTP] = ktp_reading(nik=other)
    citizen = road.photographed()
    road.drain()
    submit(road.world, citizen, citizen.case_number, road.form(nik=other), request())
    road.drain()
    assert {finding.code for finding in road.case(citizen).findings} == {"KK_GANDA", "KK_LEBIH_LAMA"}


def test_the_same_house_picture_in_another_family_of_the_kecamatan(road: Road) -> None:
    house = "d1" + "3a5c96f01e7b2d48a1c05e9f637b24" * 10
    other_house = "d1" + "45a3690fe184d2b75e3fa1609c84db" * 10
    families = [
        (NIK, NOMOR_KK),
        ("1305021007699902", "1305021203159903"),
        ("1305021107699904", "1305021203159905"),
    ]
    sent = []
    for (nik, card), picture in zip(families, (house, house, other_house), strict=True):
        road.reader.by_kind[Kind.KTP] = ktp_reading(nik=nik)
        road.reader.by_kind[Kind.KK] = replace(kk_reading(), fields=fields(nomor_kk=card))
        road.reader.by_kind[Kind.HOUSE] = replace(road.reader.by_kind[Kind.HOUSE], fingerprint=picture)
        citizen = road.photographed()
        road.drain()
        submit(road.world, citizen, citizen.case_number, road.form(nik=nik, nomor_kk=card), request())
        road.drain()
        sent.append(road.case(citizen))
    assert [{finding.code for finding in case.findings} for case in sent] == [
        set(),
        {"FOTO_DIPAKAI_LAIN"},
        set(),
    ]
    assert sent[1].twins == (sent[0].number,)


def test_findings_point_at_their_places_for_who_holds_the_claim(road: Road) -> None:
    found(road, {"kel_desa": "KASANG", "tanggal_lahir": BORN}, {"nik": NIK, "tanggal_lahir": "1987-06-21"})
    number = next(iter(road.store.cases_with("nomor_kk", road.digests.of("nomor_kk", NOMOR_KK))))
    case = road.store.load(number)
    shown = officer_case_view(road.world, OPERATOR, case, True)["findings"]
    dated = next(finding for finding in shown if finding["code"] == "TANGGAL_BEDA_KK")
    places = [(box["slot"], box["field"]) for box in dated["boxes"]]
    assert places == [(Slot.KTP.value, "tanggal_lahir"), (Slot.KK.value, "tanggal_lahir")]
    village = next(finding for finding in shown if finding["code"] == "WILAYAH_BEDA_KK")
    assert [(box["slot"], box["field"]) for box in village["boxes"]] == [(Slot.KTP.value, "kode_wilayah")]
    hidden = officer_case_view(road.world, OPERATOR, case, False)["findings"]
    assert all(finding["boxes"] == [] for finding in hidden)
