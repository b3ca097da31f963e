"""A house picture is found again after what phones and messengers do to it, and is taken for no other."""

from __future__ import annotations

import io
import subprocess
import sys

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from chalicelib.reading.house import fingerprints, scene
from chalicelib.reading.model import Kind
from chalicelib.reading.photo import read_photo
from chalicelib.reading.picture.decode import Pixels


def street(seed: int) -> Pixels:
    """A sky, a ground and some boxes for houses."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (800, 600), (170, 190, 215))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 420, 800, 600), fill=(120, 100, 80))
    for _ in range(14):
        x, y, w, h = (
            rng.integers(-60, 760),
            rng.integers(60, 480),
            rng.integers(40, 260),
            rng.integers(40, 220),
        )
        draw.rectangle(
            (int(x), int(y), int(x + w), int(y + h)), fill=tuple(int(c) for c in rng.integers(20, 235, 3))
        )
    return np.asarray(image, dtype=np.uint8)[..., ::-1].copy()


def again(
    pixels: Pixels, *, crop: float, light: float, scale: float, quality: int, at: tuple[float, float]
) -> Pixels:
    """The same picture as another phone might send it."""
    height, width = pixels.shape[:2]
    y, x = int(height * (1 - crop) * at[0]), int(width * (1 - crop) * at[1])
    part = pixels[y : y + int(height * crop), x : x + int(width * crop)]
    small = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    bright = np.clip(small.astype(np.float32) * light, 0, 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", bright, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), dtype=np.uint8)


SENT_AGAIN = (
    (1.0, 1.0, 0.4, 40, (0.0, 0.0)),
    (1.0, 0.8, 1.0, 70, (0.0, 0.0)),
    (0.95, 1.2, 0.7, 50, (0.5, 0.5)),
    (0.95, 1.0, 1.0, 80, (0.0, 1.0)),
)


def sent_again(seed: int, how: int) -> tuple[str, str]:
    """Fingerprints of a picture and of its copy."""
    crop, light, scale, quality, at = SENT_AGAIN[how]
    first = street(seed)
    copy = again(first, crop=crop, light=light, scale=scale, quality=quality, at=at)
    return scene.fingerprint(first), scene.fingerprint(copy)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("how", range(len(SENT_AGAIN)))
def test_the_same_picture_is_known(seed: int, how: int) -> None:
    one, two = sent_again(seed, how)
    assert fingerprints.same(one, two)
    assert fingerprints.same(two, one)


def test_it_is_looked_up_by_its_bands() -> None:
    """Always where it is whole, nearly always where it is cropped (these drawings are busier than houses)."""
    found = {
        how: sum(bool(set(fingerprints.bands(a)) & set(fingerprints.bands(b))) for a, b in pairs)
        for how in range(len(SENT_AGAIN))
        for pairs in [[sent_again(seed, how) for seed in range(10)]]
    }
    assert found[0] == found[1] == 10
    assert min(found.values()) >= 8


def test_no_two_different_pictures_are_taken_for_one() -> None:
    prints = [scene.fingerprint(street(seed)) for seed in range(40)]
    assert not [(a, b) for i, a in enumerate(prints) for b in prints[i + 1 :] if fingerprints.same(a, b)]


def test_what_shows_nothing_has_no_fingerprint_and_is_like_nothing() -> None:
    assert scene.fingerprint(np.full((600, 800, 3), 40, dtype=np.uint8)) == ""
    assert fingerprints.bands("") == ()
    assert not fingerprints.same("", "")


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_may_be_compared(text: str) -> None:
    one = scene.fingerprint(street(1))
    assert fingerprints.distance(one, text) == fingerprints.BITS or text == one
    assert fingerprints.bands(text) == ()


def test_a_reading_of_a_scene_carries_one_and_a_reading_of_a_document_none() -> None:
    buffer = io.BytesIO()
    Image.fromarray(street(3)[..., ::-1]).save(buffer, "JPEG", quality=95)
    found = read_photo(buffer.getvalue(), Kind.HOUSE).reading
    assert fingerprints.same(found.fingerprint, scene.fingerprint(street(3)))
    assert not read_photo(buffer.getvalue(), Kind.BARKOT).reading.fingerprint


def test_comparing_needs_nothing_heavy() -> None:
    program = (
        "import sys; import chalicelib.identity; from chalicelib.reading import model; "
        "from chalicelib.reading.house import fingerprints; "
        "fingerprints.same('', ''); "
        "print([m for m in ('numpy', 'cv2', 'PIL', 'faster_paddle', 'pypdfium2', 'pillow_heif') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  (our own program)
    assert done.stdout.strip() == "[]"
