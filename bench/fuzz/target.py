"""What mutated files are sent through. Both targets end in an answer or in the reader's own refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bench.fuzz import corpus
from chalicelib.reading.model import Quality
from chalicelib.reading.photo import read_photo
from chalicelib.reading.picture import pdf, quality
from chalicelib.reading.picture.decode import LONGEST_SIDE, UnreadablePhoto, checked, decode, encode_jpeg
from chalicelib.reading.upright.orientation import brightened

ANSWERS = frozenset(
    {
        "JENIS_FILE_DITOLAK",
        "FILE_TERLALU_BESAR",
        "FOTO_RUSAK",
        "FOTO_TERLALU_KECIL",
        "PDF_TERKUNCI",
        "PDF_RUSAK",
    }
)


@dataclass(frozen=True)
class Target:
    """`files` are mutated and given to `send`; a file takes `seconds` at most, the process `megabytes`."""

    files: Callable[[], Mapping[str, bytes]]
    send: Callable[[bytes], str]
    seconds: float
    megabytes: int


def decoded(data: bytes) -> str:
    """Decode and normalise. `ok`, or the code of the refusal; anything else raises."""
    try:
        pixels = next(iter(pdf.drawn(data))).pixels if checked(data) == "PDF" else decode(data).pixels
    except UnreadablePhoto as refused:
        return _known(refused.code)
    if max(pixels.shape[:2]) > LONGEST_SIDE or pixels.dtype != np.uint8 or pixels.shape[2] != 3:
        raise AssertionError(f"not a normal picture: {pixels.shape} {pixels.dtype}")
    measured = quality.measure(brightened(pixels), complete=False, turned=0)
    if Quality.from_dict(measured.to_dict()).turned or not encode_jpeg(pixels):
        raise AssertionError("the working copy is empty")
    return "ok"


def read(data: bytes) -> str:
    """The whole reader. The reading's kind, or the code of the refusal."""
    try:
        return str(read_photo(data).reading.kind)
    except UnreadablePhoto as refused:
        return _known(refused.code)


def _known(code: str) -> str:
    if code not in ANSWERS:
        raise AssertionError(f"an answer nobody knows: {code}")
    return code


TARGETS: Mapping[str, Target] = {
    "decode": Target(corpus.small, decoded, 5.0, 500),
    "whole": Target(corpus.whole, read, 30.0, 900),
}
