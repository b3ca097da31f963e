"""Codes, fonts, files and the command: what printing needs, and what it says when something is missing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageOps

from chalicelib.local.specimens import fonts
from chalicelib.local.specimens.camera.conditions import Grade
from chalicelib.local.specimens.camera.files import jpeg, resaved
from chalicelib.local.specimens.codes import code128, qr
from chalicelib.local.specimens.command import main
from chalicelib.local.specimens.fonts import FontMissing
from chalicelib.local.specimens.plans import KINDS, bench, committed
from chalicelib.local.specimens.seeds import draws, grain

needs_fonts = pytest.mark.skipif(
    not all((fonts.FOLDER / name).is_file() for name, _ in fonts.EVERY),
    reason=f"printing needs {', '.join(sorted({package for _, package in fonts.EVERY}))}",
)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@needs_fonts
def test_one_process_or_two_a_seed_gives_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wish = ["--count", "2", "--kinds", "barkot,house", "--grade", "easy"]
    for name, more in (("one", ["--processes", "1"]), ("two", ["--processes", "2"])):
        assert main([str(tmp_path / name), *wish, "--seed", "3", *more]) == 0
    output = capsys.readouterr()
    assert output.out == ""
    assert "[4/4] house-0002.jpg  easy" in output.err
    one = files(tmp_path / "one")
    assert one == files(tmp_path / "two")
    assert len(one) == 2 * (4 + 6), "each fifth house, the first among them, comes with its six copies"
    for name, data in one.items():
        if name.endswith(".json"):
            record = json.loads(data)
            assert (record["file"], record["seed"]) == (f"{Path(name).stem}.jpg", 3)
    wish = ["--count", "1", "--kinds", "barkot", "--seed", "4", "--processes", "1"]
    assert main([str(tmp_path / "other"), *wish]) == 0
    assert not set(files(tmp_path / "other").values()) & set(one.values()), "another seed, other pictures"


def test_the_command_refuses_what_it_cannot_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main([str(tmp_path), "--families", "-1"]) == 2
    assert main([str(tmp_path), "--grade", "lunar"]) == 2
    assert main([str(tmp_path), "--kinds", "ktp,sim"]) == 2
    assert "there is no kind sim" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert main([str(tmp_path / "file")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_help_names_every_kind_and_the_truth(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(word in text for word in (*KINDS, "quad_oriented", "same_as", "weak_FIELD", "--processes"))


def test_a_plan_depends_on_seed_and_number_alone() -> None:
    long, short = (list(bench(("ktp", "kk"), count, 9, None)) for count in (40, 10))
    assert set(short) <= set(long)
    assert {wish.grade for wish in long} == {Grade.EASY, Grade.MEDIUM, Grade.HARD}
    assert {wish.grade for wish in bench(("ktp",), 5, 9, Grade.HARD)} == {Grade.HARD}
    names = [wish.name for wish in committed(8, 2026)]
    assert len(names) == len(set(names)) == 8 * 3 + 3 + 4 + 8


def test_a_missing_font_names_its_package() -> None:
    with pytest.raises(FontMissing, match="apt-get install fonts-nowhere"):
        fonts.font(("nowhere/Nothing.ttf", "fonts-nowhere"), 20)


def test_a_jpeg_stays_within_its_limit_or_says_that_it_cannot() -> None:
    noise = grain(draws(1, "noise")).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    image = Image.fromarray(noise, "RGB")
    assert len(jpeg(image, limit=50_000)) <= 50_000
    assert len(jpeg(image, quality=40)) < len(jpeg(image, quality=90))
    assert resaved(image, 50).size == image.size
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
