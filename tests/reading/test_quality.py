"""Faults of a photo, each with its figure and its finding; and when a page is cut off."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from chalicelib.messages import message
from chalicelib.reading import findings
from chalicelib.reading.model import Field, Kind, Quality, Reading, Severity
from chalicelib.reading.picture import cropping, quality
from chalicelib.reading.picture.decode import Pixels

CARD = 1.586
GOOD = Quality(sharp=0.55, light=0.56, glare=0.0, complete=True)


def printed(width: int = 1280, height: int = 806) -> Pixels:
    """Rows of dark strokes on a blue card with a red portrait's ground, as a camera sees them."""
    page = np.full((height, width, 3), (205, 175, 145), np.uint8)
    rng = np.random.default_rng(2)
    cv2.rectangle(page, (950, 150), (1200, 550), (60, 60, 190), -1)
    y = 60
    while y < height - 60:
        x = 60
        while x < 900:
            high, wide = int(rng.integers(12, 26)), int(rng.integers(2, 9))
            cv2.rectangle(page, (x, y), (x + wide, y + high), (40, 30, 30), -1)
            x += wide + int(rng.integers(4, 30))
        y += int(rng.integers(36, 60))
    soft = cv2.GaussianBlur(page, (0, 0), 0.9).astype(np.float32)
    return np.asarray(np.clip(soft + rng.normal(0, 2.0, soft.shape), 0, 255), dtype=np.uint8)


def codes(measured: Quality, kind: Kind = Kind.KTP) -> set[str]:
    page = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    reading = Reading(kind, {"nik": Field("3204110203959901", 0.99)}, quality=measured, page=page)
    return {found.code for found in findings.judge(reading, kind)} - {"NIK_WILAYAH_LAMA"}


def exposed(pixels: Pixels, stops: float) -> Pixels:
    """The same light for a longer or shorter time."""
    light = np.clip((pixels / 255.0) ** 2.2 * 2.0**stops, 0, 1)
    return np.asarray(light ** (1 / 2.2) * 255, dtype=np.uint8)


def test_a_good_photo_has_no_finding() -> None:
    measured = quality.measure(printed(), complete=True, turned=0)
    assert codes(measured) == set()


@pytest.mark.parametrize(
    ("spoil", "finding"),
    [
        (lambda page: cv2.GaussianBlur(page, (0, 0), 9), "FOTO_BURAM"),
        (lambda page: exposed(page, -2.0), "FOTO_GELAP"),
        (lambda page: exposed(page, 2.0), "FOTO_TERANG"),
        (lambda page: cv2.ellipse(page.copy(), (700, 400), (220, 130), 0, 0, 360, (255, 255, 255), -1), "FOTO_SILAU"),
        (lambda page: cv2.cvtColor(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), "FOTOKOPI"),
    ],
)  # fmt: skip
def test_each_fault_leads_to_its_finding_and_to_no_other(spoil: object, finding: str) -> None:
    assert callable(spoil)
    measured = quality.measure(spoil(printed()), complete=True, turned=0)
    assert codes(measured) == {finding}
    assert message(finding, dokumen="KTP")


def test_a_screen_s_grid_is_a_hint_for_officers() -> None:
    page = printed().astype(np.float32)
    y, x = np.mgrid[: page.shape[0], : page.shape[1]]
    grid = 18 * (np.sin(x * 2.1) + np.sin(y * 1.9))
    measured = quality.measure(
        np.clip(page + grid[..., None], 0, 255).astype(np.uint8), complete=True, turned=0
    )
    reading = Reading(Kind.KTP, quality=measured)
    assert measured.screen
    assert [f.severity for f in findings.judge(reading, Kind.KTP) if f.code == "FOTO_LAYAR"] == [
        Severity.INFO
    ]
    assert not quality.measure(printed(), complete=True, turned=0).screen


def test_coloured_fringes_are_those_of_a_screen() -> None:
    page = printed().astype(np.float32)
    y, x = np.mgrid[: page.shape[0], : page.shape[1]]
    fringes = np.stack([8 * np.sin(0.9 * x + 0.7 * y + third) for third in (0.0, 2.1, 4.2)], axis=2)
    on_screen = np.clip(page + fringes, 0, 255).astype(np.uint8)
    assert quality.measure(on_screen, complete=True, turned=0).screen


@pytest.mark.parametrize("way", ["across", "down"])
def test_a_shaken_photo_is_blurred_whichever_way_the_hand_moved(way: str) -> None:
    streak = np.zeros((19, 19), np.float32)
    streak[9] = 1 / 19
    moved = cv2.filter2D(printed(), -1, streak if way == "across" else streak.T)
    assert codes(quality.measure(np.asarray(moved, dtype=np.uint8), complete=True, turned=0)) == {
        "FOTO_BURAM"
    }


def test_a_lamp_beside_the_print_takes_no_letters() -> None:
    beside = cv2.ellipse(printed(), (1120, 420), (110, 150), 0, 0, 360, (255, 255, 255), -1)
    measured = quality.measure(np.asarray(beside, dtype=np.uint8), complete=True, turned=0)
    assert codes(measured) == set()


def test_a_lamp_is_seen_through_the_grain_of_a_dim_photo() -> None:
    page = cv2.ellipse(printed(), (500, 400), (150, 90), 0, 0, 360, (255, 255, 255), -1).astype(np.float32)
    page += np.random.default_rng(5).normal(0, 9, page.shape)
    grainy = np.clip(page, 0, 255).astype(np.uint8)
    assert "FOTO_SILAU" in codes(quality.measure(grainy, complete=True, turned=0))


def test_a_table_s_rules_are_no_screen() -> None:
    sheet = np.full((1700, 2400, 3), 245, np.uint8)
    sheet[:, ::5] = 90
    assert not quality.measure(sheet, complete=True, turned=0).screen


def test_half_a_page_under_a_lamp_is_glare_and_not_brightness() -> None:
    assert codes(Quality(0.5, 0.72, 0.5, True)) == {"FOTO_SILAU"}
    assert codes(Quality(0.5, 0.72, 0.7, True)) == {"FOTO_TERANG"}


def test_a_white_copy_is_neither_glaring_nor_too_bright() -> None:
    assert codes(Quality(0.5, 0.72, 0.6, True, photocopy=True)) == {"FOTOKOPI"}


def test_limits_are_the_document_s_own() -> None:
    dim = Quality(sharp=0.6, light=0.4, complete=True)
    assert codes(dim, Kind.KTP) == set()
    assert codes(dim, Kind.KK) == {"FOTO_GELAP"}
    assert codes(Quality(sharp=0.6, light=0.3), Kind.HOUSE) == set()
    assert quality.limits(Kind.BARKOT) == quality.limits(Kind.OTHER)


def corners(
    left: float, top: float, right: float, bottom: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def turned(*points: tuple[float, float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Corners anywhere, clockwise from the top left."""
    return np.array(points, np.float32)


@pytest.mark.parametrize(
    ("page", "whole"),
    [
        (corners(100, 100, 893, 600), True),  # well inside
        (corners(0, 50, 1000, 680), True),  # fills the photo
        (corners(100, -20, 893, 480), True),  # reckoned from the print, a little outside
        (corners(300, 100, 1200, 667), False),  # well outside
        (corners(400, 150, 1000, 650), False),  # cut off at the right: too narrow
        (corners(100, 500, 893, 750), False),  # cut off below: too low
        (corners(100, 0, 893, 500), True),  # touches the edge and is all there
        (
            turned((100, 100), (780, 105), (1100, 560), (110, 540)),
            True,
        ),  # one corner swings out: reckoned from little
        (turned((100, 100), (1250, 100), (870, 590), (100, 590)), True),  # no camera makes such a page
        (turned((220, 80), (985, 290), (1140, 690), (90, 570)), True),
    ],
)
def test_a_page_is_whole_or_cut_off(
    page: np.ndarray[tuple[int, ...], np.dtype[np.float32]], whole: bool
) -> None:
    assert cropping.whole(page, (1000, 750), CARD) is whole


def test_readings_stored_before_screens_were_looked_for_still_load() -> None:
    old = {key: value for key, value in GOOD.to_dict().items() if key != "screen"}
    assert Quality.from_dict(old) == GOOD
