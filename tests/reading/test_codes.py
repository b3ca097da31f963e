"""Bars read by likelihood, and that noise, text and stripes are never taken for a label."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.reading.codes import bars, code128
from chalicelib.reading.codes import reader as codes
from chalicelib.reading.picture.decode import Pixels

Floats = npt.NDArray[np.float64]
LABEL = "7K3M-9QTD-2"


def modules(text: str) -> Floats:
    """Dark (1) and light (0) modules of a Code 128, drawn by another hand than ours, quiet zones beside it."""
    drawn = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128).to_image(scale=1)
    image = np.asarray(drawn)
    row = image.reshape(image.shape[0], -1)[image.shape[0] // 3] < 128
    return np.pad(np.trim_zeros(row.astype(np.float64)), 12)


def signal(text: str, module: float, blur: float, noise: float = 0.02, seed: int = 1) -> Floats:
    """What a camera sees across the bars: `module` samples a module, `blur` samples of blur."""
    fine = np.repeat(modules(text), 20)[None, :]
    soft = cv2.GaussianBlur(fine, (0, 0), sigmaX=blur * 20 / module, sigmaY=1e-6)
    seen = cv2.resize(soft, (int(fine.shape[1] / 20 * module), 1), interpolation=cv2.INTER_AREA)[0]
    return np.asarray(seen + np.random.default_rng(seed).normal(0, noise, seen.shape))


def photo(text: str, module: float, blur: float, angle: float = 0.0) -> Pixels:
    """A label of `module` pixels a module on a grey table, turned by `angle` degrees."""
    row = 1 - modules(text)
    label = np.pad(np.repeat(row[None, :], 26, axis=0), ((14, 14), (0, 0)), constant_values=1.0)
    large = cv2.resize(label, None, fx=12, fy=24, interpolation=cv2.INTER_NEAREST) * 220
    shrink = module / 12
    turn = cv2.getRotationMatrix2D((large.shape[1] / 2, large.shape[0] / 2), angle, shrink)
    turn[:, 2] += np.array([450, 350]) - np.array([large.shape[1] / 2, large.shape[0] / 2])
    soft = cv2.GaussianBlur(large, (0, 0), max(0.01, (blur**2 + 0.3) ** 0.5 / shrink))
    seen = cv2.warpAffine(soft, turn, (900, 700), flags=cv2.INTER_LINEAR, borderValue=-1)
    canvas = np.where(seen < 0, 110, seen)
    noisy = canvas + np.random.default_rng(3).normal(0, 2.5, canvas.shape)
    return np.asarray(cv2.cvtColor(np.clip(noisy, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8)


@pytest.mark.parametrize(
    "text",
    ["7K3M-9QTD-2", "BRK 510/22.7", "123456789012", "A1-777", "BERKAS.510122.7/A", "12AB3456"],
)
@pytest.mark.parametrize(("module", "blur"), [(4.0, 1.0), (4.0, 3.5), (2.0, 1.2)])
@pytest.mark.parametrize("backwards", [False, True])
def test_blurred_bars_are_read(text: str, module: float, blur: float, backwards: bool) -> None:
    seen = signal(text, module, blur)
    read = code128.read(seen[::-1] if backwards else seen)
    assert read is not None
    assert (read.text, read.sure) == (text, True)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.1, 0.3, 0.6]), st.sampled_from([1.6, 2.5, 5.0]))
def test_noise_makes_bars_unread_and_never_another_text(seed: int, noise: float, module: float) -> None:
    read = code128.read(signal(LABEL, module, 1.5 * module, noise, seed))
    assert read is None or not read.sure or read.text == LABEL


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 9))
def test_stripes_of_chance_are_no_label(seed: int, wide: int) -> None:
    chance = np.random.default_rng(seed).integers(0, 2, 160).repeat(wide).astype(np.float64)
    read = code128.read(np.pad(cv2.GaussianBlur(chance[None], (0, 0), 1.0)[0], 30))
    assert read is None or not read.sure


def test_a_flat_signal_is_nothing() -> None:
    assert code128.read(np.full(300, 0.4)) is None


@pytest.mark.parametrize("angle", [0, 33, 90, 200])
def test_a_small_blurred_label_is_read_closer(angle: float) -> None:
    picture = photo(LABEL, 1.7, 1.6, angle)
    assert codes.decode(picture) == ()
    found = codes.decode_closer(picture)
    assert [(code.text, code.format, code.kind) for code in found] == [(LABEL, "Code128", "barkot")]
    box = np.array(found[0].box, np.float32)
    assert cv2.pointPolygonTest(box.reshape(-1, 1, 2), (450, 350), False) > 0


def test_a_photo_without_bars_has_none() -> None:
    noise = np.random.default_rng(5).integers(0, 255, (600, 800)).astype(np.uint8)
    assert list(bars.find(noise)) == []
