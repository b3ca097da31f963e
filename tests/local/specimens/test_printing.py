"""Printing repeats itself, knows where the sheet lies, and says plainly what is missing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageOps

from chalicelib.local.specimens import fonts
from chalicelib.local.specimens.camera import jpeg, photograph
from chalicelib.local.specimens.codes import code128, qr
from chalicelib.local.specimens.command import house_print, ktp_print, main
from chalicelib.local.specimens.family import family
from chalicelib.local.specimens.fonts import FontMissing
from chalicelib.local.specimens.seeds import draws, grain

needs_fonts = pytest.mark.skipif(
    not all((fonts.FOLDER / name).is_file() for name, _ in (fonts.SANS, fonts.MONO, fonts.DIGITS)),
    reason="printing needs fonts-liberation, fonts-dejavu-core and fonts-ocr-a",
)


@needs_fonts
def test_a_seed_prints_the_same_card_twice_and_another_seed_another() -> None:
    first, again = (ktp_print(family(1, 2026), 1, 2026) for _ in range(2))
    other = ktp_print(family(1, 5), 1, 5)
    assert first.data == again.data
    assert first.truth == again.truth
    assert other.data != first.data


@needs_fonts
def test_each_fourth_card_lies_on_its_side_and_exif_says_so() -> None:
    piece = ktp_print(family(4, 2026), 4, 2026)
    stored = Image.open(io.BytesIO(piece.data))
    assert stored.width < stored.height
    assert ImageOps.exif_transpose(stored).size == (stored.height, stored.width)
    assert "exif_orientation" in piece.truth["flags"]


@needs_fonts
def test_a_house_beyond_the_committed_ones_is_built_by_chance_and_repeats() -> None:
    first, again = (house_print(family(20, 2026), 20, 2026) for _ in range(2))
    assert first.data == again.data
    assert set(first.truth["scene"]) == {"dinding", "atap", "halaman"}


@needs_fonts
def test_the_command_writes_pictures_with_their_truth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "new"), "--families", "0", "--seed", "3"]) == 0
    written = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert len(written) == 14
    for picture in (tmp_path / "new").glob("*.jpg"):
        record = json.loads(picture.with_suffix(".json").read_text())
        assert (record["file"], record["seed"], record["flags"][0]) == (picture.name, 3, "CONTOH")
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count(".jpg") == 7


def test_the_command_refuses_what_it_cannot_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main([str(tmp_path), "--families", "-1"]) == 2
    (tmp_path / "file").write_text("")
    assert main([str(tmp_path / "file")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_missing_font_names_its_package() -> None:
    with pytest.raises(FontMissing, match="apt-get install fonts-nowhere"):
        fonts.font(("nowhere/Nothing.ttf", "fonts-nowhere"), 20)


@pytest.mark.parametrize("seed", range(6))
def test_the_camera_knows_where_the_corners_are(seed: int) -> None:
    sheet = Image.new("RGB", (1000, 630), (250, 20, 20))
    sheet.paste((20, 20, 250), (0, 0, 200, 200))
    shot = photograph(sheet, draws(seed, "camera"), size=(800, 600), fill=0.8, table="cement")
    pixels = np.asarray(shot.image, np.int32)
    centre = np.mean(shot.quad, axis=0)
    colours = []
    for corner in shot.quad:
        out = (np.array(corner) - centre) / np.linalg.norm(np.array(corner) - centre)
        inside, outside = np.array(corner) - 9 * out, np.array(corner) + 9 * out
        colours.append(pixels[round(inside[1]), round(inside[0])])
        beyond = pixels[round(outside[1]), round(outside[0])]
        assert np.ptp(beyond) < 60, "the grey table lies outside the corner"
    assert colours[0][2] > 150 > colours[0][0], "the first corner is the printed top left"
    assert all(colour[0] > 150 > colour[2] for colour in colours[1:])


def test_a_jpeg_stays_within_its_limit_or_says_that_it_cannot() -> None:
    noise = grain(draws(1, "noise")).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    image = Image.fromarray(noise, "RGB")
    assert len(jpeg(image, limit=50_000)) <= 50_000
    with pytest.raises(ValueError, match="100 bytes"):
        jpeg(image, limit=100)


@pytest.mark.parametrize(("orientation"), [3, 6, 8])
def test_a_viewer_that_obeys_exif_sees_the_picture_upright(orientation: int) -> None:
    image = Image.new("RGB", (160, 80), (240, 240, 240))
    image.paste((10, 10, 200), (0, 0, 40, 40))
    stored = Image.open(io.BytesIO(jpeg(image, limit=50_000, orientation=orientation)))
    seen = np.asarray(ImageOps.exif_transpose(stored).convert("RGB"), np.int32)
    assert seen.shape == (80, 160, 3)
    assert np.abs(seen - np.asarray(image, np.int32)).mean() < 8


def test_codes_are_readable() -> None:
    address = "HTTPS://CONTOH.EXAMPLE.ID/B/1"
    assert [code.text for code in zxingcpp.read_barcodes(qr(address, 300))] == [address]
    bars = code128("7K3M-9QTD-2", module=3, height=80)
    assert [code.text for code in zxingcpp.read_barcodes(bars)] == ["7K3M-9QTD-2"]
