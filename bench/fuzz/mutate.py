"""Mutations of a file, drawn from a seed and a number: the same two give the same file anywhere."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

SEED = 4700
_MARKS = (
    *(b"\xff\xd8\xff", b"\xff\xda", b"\xff\xd9", b"\xff\xc2"),
    *(b"IDAT", b"IEND", b"acTL", b"RIFF", b"ANMF", b"%PDF-", b"stream"),
)
_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutated(files: Mapping[str, bytes], seed: int, number: int) -> tuple[str, bytes]:
    """The name of the file that was taken, and what became of it."""
    draw = random.Random(f"{seed}:{number}")  # noqa: S311  (mutations, not secrets)
    name = draw.choice(sorted(files))
    data = bytearray(files[name])
    for _ in range(draw.choice((1, 1, 1, 2, 3, 8))):
        if data:
            draw.choice(_WAYS)(data, draw)
    if draw.random() < 0.05:
        data += files[draw.choice(sorted(files))]  # two files in one
    return name, bytes(data)


def _flipped(data: bytearray, draw: random.Random) -> None:
    for _ in range(draw.choice((1, 4, 32))):
        data[_place(data, draw)] ^= 1 << draw.randrange(8)


def _rubbish(data: bytearray, draw: random.Random) -> None:
    at = _place(data, draw)
    length = draw.choice((1, 2, 16, 256))
    data[at : at + length] = draw.randbytes(length)


def _numbered(data: bytearray, draw: random.Random) -> None:
    """A length or a size put out of order."""
    at, width = _place(data, draw), draw.choice((1, 2, 4))
    number = draw.choice(_NUMBERS) & ((1 << 8 * width) - 1)
    data[at : at + width] = number.to_bytes(width, draw.choice(("big", "little")))


def _cut(data: bytearray, draw: random.Random) -> None:
    del data[_place(data, draw) :]


def _gone(data: bytearray, draw: random.Random) -> None:
    at = _place(data, draw)
    del data[at : at + draw.choice((1, 3, 64, 1024))]


def _repeated(data: bytearray, draw: random.Random) -> None:
    at = _place(data, draw)
    piece = data[at : at + draw.choice((1, 8, 128, 2048))]
    data[at:at] = piece * draw.choice((1, 2, 40))


def _marked(data: bytearray, draw: random.Random) -> None:
    at = _place(data, draw)
    data[at:at] = draw.choice(_MARKS)


def _place(data: bytearray, draw: random.Random) -> int:
    """Somewhere, half of the time in the first 512 bytes, where headers are."""
    return draw.randrange(min(len(data), 512) if draw.random() < 0.5 else len(data))


_WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flipped,
    _rubbish,
    _numbered,
    _cut,
    _gone,
    _repeated,
    _marked,
)
