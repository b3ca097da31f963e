"""What is veiled cannot be told any more, and nothing else of the picture changes."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.local.specimens.paint import scribble
from chalicelib.reading.model import Quad
from chalicelib.reading.picture.veil import covered, veiled

SIZE = (300, 400, 3)


def box(left: float, top: float, right: float, bottom: float) -> Quad:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def noisy(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 255, SIZE, dtype=np.uint8)


def signed(seed: int) -> np.ndarray:
    """Paper with a signature on it."""

    paper = np.full(SIZE, 230, np.uint8)
    ink = scribble(random.Random(seed), 240, 110, (30, 34, 60), 4)
    cover = np.asarray(ink.getchannel("A"), np.float32)[..., None] / 255
    part = paper[100:210, 100:340]
    part[:] = (part * (1 - cover) + np.asarray(ink.convert("RGB"), np.float32) * cover).astype(np.uint8)
    return paper


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(*[st.floats(-80, 480)] * 8),
    st.tuples(st.integers(0, 399), st.integers(0, 299), st.integers(1, 120), st.integers(1, 120)),
)
def test_only_the_place_changes_and_what_is_spared_does_not(
    corners: tuple[float, ...], spared: tuple[int, int, int, int]
) -> None:
    """Corners may lie outside the picture, as those of a card do that is cut off."""
    x, y, wide, high = spared
    kept = box(x, y, x + wide, y + high)
    quad = (corners[0:2], corners[2:4], corners[4:6], corners[6:8])
    pixels = noisy()
    shown = veiled(pixels, [quad], [kept])  # type: ignore[list-item]
    hidden = covered(SIZE, [quad], [kept])  # type: ignore[list-item]
    assert np.array_equal(shown[~hidden], pixels[~hidden])
    assert not hidden[y : y + high, x : x + wide].any()


def test_two_signatures_look_alike_behind_the_veil() -> None:
    """Strokes are gone: what is left differs by no more than the shade of the paper."""
    place = box(90, 90, 350, 220)
    one, other = (veiled(signed(seed), [place]).astype(int) for seed in (1, 2))
    open_difference = np.abs(signed(1).astype(int) - signed(2).astype(int)).max()
    assert open_difference > 150
    assert np.abs(one - other)[100:210, 100:340].max() < 60
    gradients = np.abs(np.diff(one[100:210, 100:340, 0], axis=1))
    assert gradients.max() <= 3, "an edge of a stroke is left"


def test_a_place_outside_the_picture_is_no_fault() -> None:
    pixels = noisy()
    assert np.array_equal(veiled(pixels, [box(-90, -90, -10, -10), box(500, 400, 600, 500)]), pixels)
    assert np.array_equal(veiled(pixels, []), pixels)
