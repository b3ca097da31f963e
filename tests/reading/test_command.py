"""`python -m chalicelib read`: the contract others build on."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from chalicelib.local.specimens.catalogue import PICTURES
from chalicelib.reading.command import as_json, main
from chalicelib.reading.model import Field, Kind, Quality, Reading, ReadPhoto

CARD = PICTURES / "family-01-ktp.jpg"
SHEET = PICTURES / "family-01-kk.jpg"


def truth(picture: Path) -> dict[str, str]:
    fields: dict[str, str] = json.loads(picture.with_suffix(".json").read_text(encoding="utf-8"))["fields"]
    return fields


def test_reads_cards_and_names_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "bukan.jpg"
    text.write_text("bukan foto")
    code = main(
        ["--out", str(tmp_path / "out"), str(CARD), str(SHEET), str(text), str(tmp_path / "tiada.jpg")]
    )
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 1
    assert [answer["ok"] for answer in answers] == [True, True, False, False]
    assert [answer["file"] for answer in answers] == [CARD.name, SHEET.name, "bukan.jpg", "tiada.jpg"]
    assert answers[2]["error"]["code"] == "JENIS_FILE_DITOLAK"
    assert answers[2]["error"]["message"]
    for answer in answers:
        written = json.loads(
            (tmp_path / "out" / (Path(answer["file"]).stem + ".json")).read_text(encoding="utf-8")
        )
        assert written == answer
    card, sheet = answers[0], answers[1]
    assert (card["kind"], sheet["kind"]) == ("ktp", "kk")
    assert {name: field["value"] for name, field in card["fields"].items()} == truth(CARD)
    assert sheet["fields"]["nomor_kk"]["value"] == truth(SHEET)["nomor_kk"]
    assert set(card) == {
        "file",
        "kind",
        "ok",
        "seconds",
        "fields",
        "members",
        "codes",
        "quality",
        "page",
        "findings",
    }


def test_the_corners_are_those_of_the_card(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--kind", "ktp", str(CARD)]) == 0
    answer = json.loads(capsys.readouterr().out)
    wanted = json.loads(CARD.with_suffix(".json").read_text(encoding="utf-8"))["quad_oriented"]
    for found, true in zip(answer["page"], wanted, strict=True):
        assert math.dist(found, true) < 25
    for field in answer["fields"].values():
        assert all(-5 <= x <= 10_000 and -5 <= y <= 10_000 for x, y in field["box"])


@pytest.mark.parametrize("wrong", [[], ["--kind", "paspor", "x.jpg"], ["--nonsense"]])
def test_wrong_usage_is_2(wrong: list[str]) -> None:
    assert main(wrong) == 2


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "--kind" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("turned", "size", "shown"),
    [
        (0, (100, 50), [[20.0, 10.0]]),
        (90, (50, 100), [[10.0, 80.0]]),
        (180, (100, 50), [[180.0, 90.0]]),
        (270, (50, 100), [[190.0, 20.0]]),
    ],
)
def test_boxes_go_back_to_the_photo_as_shown(
    turned: int, size: tuple[int, int], shown: list[list[float]]
) -> None:
    """A photo 200 x 100 as shown, shrunk to half, then turned: the point (10, 5) of the upright raster."""
    box = ((10.0, 5.0),) * 4
    reading = Reading(Kind.KTP, {"nik": Field("1", 1.0, box)}, quality=Quality(turned=turned), size=size)
    answer = as_json("x.jpg", ReadPhoto(reading, b"", (200, 100)))
    assert answer["fields"]["nik"]["box"] == shown * 4
