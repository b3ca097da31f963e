"""The camera does what its parameters say, and the grades follow from what can still be read."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from chalicelib.local.specimens.camera.conditions import AXES, GROUNDS, Conditions, Grade, conditions
from chalicelib.local.specimens.camera.grounds import ground
from chalicelib.local.specimens.camera.legibility import Legibility, grade_of, hopeless, measured, resolved
from chalicelib.local.specimens.camera.lens import coarse, defocused, shaken
from chalicelib.local.specimens.camera.light import linear, shown
from chalicelib.local.specimens.camera.photo import Photo, photograph
from chalicelib.local.specimens.camera.pose import pose
from chalicelib.local.specimens.camera.shot import shoot
from chalicelib.local.specimens.paint import Plane
from chalicelib.local.specimens.press import Sheet
from chalicelib.local.specimens.seeds import draws
from chalicelib.local.specimens.wear import on_a_screen, photocopied

SIZE = (640, 480)


def calm(seed: int = 1, **other: object) -> Conditions:
    """Easy conditions on a plain cement floor, without chance things."""
    drawn = conditions(Grade.EASY, draws(seed, "calm"), upright=True)
    still = {
        "size": SIZE,
        "background": "cement",
        "clutter": 0,
        "fingers": False,
        "in_hand": False,
        "jpeg": 90.0,
    }
    return replace(drawn, **(still | {"double_jpeg": False} | other))  # type: ignore[arg-type]


def striped() -> Sheet:
    """A red card, its printed top left blue, with two bars of black strokes called `upper` and `lower`."""
    image = Image.new("RGB", (856, 540), (250, 120, 120))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 160, 160), fill=(20, 20, 250))
    for top in (200, 400):
        for x in range(220, 700, 16):
            draw.rectangle((x, top, x + 6, top + 22), fill=(10, 10, 10))
    boxes = {"upper": (218.0, 198.0, 702.0, 224.0), "lower": (218.0, 398.0, 702.0, 424.0)}
    return Sheet(image, 10.0, 2.2, boxes, gloss=1.0)


def taken(seen: Conditions, *, aimed: tuple[str, ...] = ()) -> Photo:
    return photograph(striped(), seen, draws(5, "taken"), page=False, aimed=aimed)


@pytest.mark.parametrize("seed", range(8))
def test_the_corners_are_those_of_the_printed_sheet(seed: int) -> None:
    seen = calm(
        seed, tilt=2.5 * seed, tilt_dir=47.0 * seed, roll=3.0 * seed - 12, quarter_turns=seed % 4, wear=0.0
    )
    shot = taken(seen)
    pixels = np.asarray(shot.image, np.int32)
    corners = np.array(shot.quad)
    assert ((corners > 0) & (corners < np.array(SIZE))).all()
    centre = corners.mean(axis=0)
    inside = [pixels[round(y), round(x)] for x, y in corners + (centre - corners) * 0.08]
    beyond = [pixels[round(y), round(x)] for x, y in corners + (corners - centre) * 0.03]
    assert inside[0][2] > inside[0][0] + 60, "the first corner is the printed top left"
    assert all(colour[0] > colour[2] + 40 for colour in inside[1:])
    assert all(np.ptp(colour) < 60 for colour in beyond), "the grey floor lies outside the corners"


def test_the_corners_carry_the_whole_sheet() -> None:
    seen = calm(3, tilt=20.0, tilt_dir=200.0, roll=9.0, wear=0.0, size=(1280, 960))
    shot = taken(seen)
    flat = np.array([(0, 0), (856, 0), (856, 540), (0, 540)], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(shot.quad, np.float32), flat)
    back = cv2.warpPerspective(np.asarray(shot.image.convert("L"), np.float32), matrix, (856, 540))
    printed = np.asarray(striped().image.convert("L"), np.float32)
    likeness = [np.corrcoef(np.roll(back, step, 1).ravel(), printed.ravel())[0, 1] for step in (0, 6, -6)]
    assert likeness[0] > 0.9
    assert likeness[0] > max(likeness[1:]) + 0.05, "six pixels beside would already be seen"


def test_pixels_per_millimetre_are_those_of_the_pose() -> None:
    placed = pose(80, 50, calm(tilt=0.0, roll=0.0), draws(1, "pose"))
    (ax, ay), (bx, by), *_ = placed.quad
    assert np.hypot(bx - ax, by - ay) / 80 == pytest.approx(placed.px_per_mm, rel=1e-6)


def test_light_and_back_change_nothing() -> None:
    ramp = np.linspace(0, 255, 300, dtype=np.float32).reshape(10, 10, 3)
    assert shown(linear(ramp)) == pytest.approx(ramp, abs=0.05)


def edges(picture: Plane) -> float:
    return float(np.abs(np.diff(picture[..., 0], axis=1)).max())


def test_each_fault_of_the_lens_softens_edges_and_keeps_the_light() -> None:
    step = np.zeros((40, 60, 3), np.float32)
    step[:, 30:] = 1
    for soft in (defocused(step, 2.5), shaken(step, 9, 0), coarse(step, 0.3)):
        assert edges(soft) < 0.6 * edges(step)
        assert float(soft.mean()) == pytest.approx(0.5, abs=0.02)
    assert edges(shaken(step, 9, 90)) == pytest.approx(1, abs=0.02), "a streak along an edge leaves it sharp"
    assert edges(defocused(step, 4)) < edges(defocused(step, 1))


@pytest.mark.parametrize("name", [*GROUNDS, "room", "scanner"])
def test_every_ground_fills_its_picture_and_repeats(name: str) -> None:
    matrix = pose(80, 50, calm(), draws(2, "pose")).matrix
    first, again = (ground(name, matrix, SIZE, draws(4, name)) for _ in range(2))
    assert first.shape == (480, 640, 3)
    assert np.array_equal(first, again)
    assert np.isfinite(first).all()
    assert 0 <= first.min() <= first.max() <= 255


def test_a_value_in_the_lamps_mirror_is_weak_and_its_neighbour_is_not() -> None:
    seen = calm(glare=0.0, wear=0.0)
    assert measured(taken(seen), seen).weak == ()
    left = measured(taken(seen, aimed=("upper",)), seen)
    assert left.weak == ("upper",)
    assert left.contrasts["lower"] > 3 * left.contrasts["upper"]


@pytest.mark.parametrize(
    "worse", [{"blur": 0.35}, {"motion": 0.6, "motion_dir": 0.0}, {"exposure": -1.6}, {"haze": 0.5}], ids=str
)
def test_what_harms_a_picture_harms_its_score(worse: dict[str, float]) -> None:
    good, bad = calm(wear=0.0), calm(wear=0.0, **worse)
    assert measured(taken(bad), bad).score < 0.8 * measured(taken(good), good).score


def test_grades_follow_from_what_is_left() -> None:
    good, weak = Legibility(9, 120, {"a": 120}, ()), Legibility(9, 120, {"a": 9, "b": 120}, ("a",))
    assert grade_of(calm(), good) == Grade.EASY
    assert grade_of(calm(axes=("roll",)), good) == Grade.MEDIUM
    assert grade_of(calm(), replace(good, lines=3.0)) == Grade.HARD
    assert grade_of(calm(), replace(good, lines=4.9)) == Grade.MEDIUM
    assert grade_of(calm(), weak) == Grade.HARD
    assert grade_of(replace(calm(), wanted=Grade.EXTREME), weak) == Grade.EXTREME
    assert grade_of(replace(calm(), wanted=Grade.EXTREME), good) == Grade.EASY
    assert hopeless(replace(good, lines=1.5))
    assert hopeless(weak)
    assert not hopeless(good)


def test_resolution_falls_with_every_kind_of_blur() -> None:
    best = resolved(24, 0.4, 0, 1)
    assert best > resolved(24, 2, 0, 1) > resolved(24, 4, 0, 1)
    assert best > resolved(24, 0.4, 6, 1)
    assert best > resolved(24, 0.4, 0, 0.5)
    assert best > resolved(12, 0.4, 0, 1)


@pytest.mark.parametrize("grade", list(Grade))
def test_conditions_keep_to_their_ranges(grade: Grade) -> None:
    place = list(Grade).index(grade)
    for seed in range(60):
        seen = conditions(grade, draws(seed, "ranges"))
        assert (seen.axes == ()) == (grade == Grade.EASY)
        for axis, ranges in AXES.items():
            low, high = min(r[0] for r in ranges[: place + 1]), max(r[1] for r in ranges[: place + 1])
            value = getattr(seen, axis)
            assert low <= (abs(value) if axis == "roll" else value) <= high


def test_a_scanner_sees_no_room() -> None:
    seen = conditions(Grade.EASY, draws(1, "scan"), mode="scan")
    assert (seen.tilt, seen.glare, seen.shadow, seen.background) == (0, 0, 0, "scanner")


def test_a_shot_has_the_grade_that_was_asked_for_and_says_what_was_done() -> None:
    scores = {}
    for grade in Grade:
        shots = [shoot(striped(), grade, draws(seed, f"shot/{grade}"), size=SIZE) for seed in range(2)]
        scores[grade] = float(np.mean([shot.left.score for shot in shots]))
        for shot in shots:
            assert set(AXES) <= set(shot.params)
            assert shot.params["px_per_mm"] > 2
            assert shot.grade in Grade
    assert scores[Grade.EASY] > scores[Grade.MEDIUM] > scores[Grade.HARD] > scores[Grade.EXTREME]


@pytest.mark.parametrize("mode", ["photocopy", "screen"])
def test_copies_keep_what_is_printed_where(mode: str) -> None:
    sheet, rng = striped(), draws(1, mode)
    copy = photocopied(sheet, rng, margin=10) if mode == "photocopy" else on_a_screen(sheet, rng)
    left, top, right, bottom = (round(value) for value in copy.bounds)
    assert (right - left, bottom - top) == sheet.image.size
    then = np.asarray(sheet.image.convert("L"), np.float32)
    now = np.asarray(copy.image.convert("L"), np.float32)[top:bottom, left:right]
    assert np.corrcoef(then.ravel(), now.ravel())[0, 1] > 0.6
    x0, y0, x1, y1 = (round(value) for value in copy.boxes["upper"])
    assert np.asarray(copy.image.convert("L"))[y0:y1, x0:x1].std() > 30
