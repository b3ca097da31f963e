"""`python -m chalicelib read [--kind auto|ktp|kk|house|barkot] [--out DIR] PHOTO...`: read photos, print JSON Lines, one
object a photo, of a PDF one a page.

Exit code 0: all read; 1: some photo could not be read (its line says why); 2: wrong usage.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from chalicelib.errors import BerkasError
from chalicelib.messages import message
from chalicelib.reading.model import Kind, Quad, ReadPhoto

_KINDS = ("auto", Kind.KTP.value, Kind.KK.value, Kind.HOUSE.value, Kind.BARKOT.value)


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m chalicelib read", description="Read photos of documents."
    )
    parser.add_argument(
        "--kind", choices=_KINDS, default="auto", help="what the photos show (default: find out)"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="also write DIR/<stem>.json for each photo")
    parser.add_argument("photos", nargs="+", type=Path, metavar="PHOTO")
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:
        return 0 if stop.code in (0, None) else 2
    if options.out:
        try:
            options.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            sys.stderr.write(f"read: cannot write to {options.out}: {error.strerror}\n")
            return 2
    failed = False
    photos: list[Path] = options.photos
    for done, (path, found) in enumerate(zip(photos, _answers(photos, options.kind), strict=True), 1):
        for answer in found:
            line = json.dumps(answer, ensure_ascii=False)
            sys.stdout.write(line + "\n")
            if options.out:
                name = _stem(path, answer.get("page_index", 0))
                options.out.joinpath(f"{name}.json").write_text(line + "\n", encoding="utf-8")
            failed = failed or not answer["ok"]
        sys.stdout.flush()
        _progress(done, len(photos))
    return 1 if failed else 0


def _stem(path: Path, index: int) -> str:
    """The name of a page's own file: that of the photo, of further pages of a PDF with `-2`, `-3` …"""
    return path.stem if index == 0 else f"{path.stem}-{index + 1}"


def answers(path: Path, wanted: str) -> list[dict[str, Any]]:
    """What is printed for one file, an object a page; what cannot be read gives `ok: false` and says why."""
    from chalicelib.reading.photo import read_pages  # noqa: PLC0415  (the reader's packages are heavy)

    found: list[dict[str, Any]] = []
    try:
        data = path.read_bytes()
    except OSError as error:
        return [_failure(path, "FILE_TIDAK_TERBUKA", error.strerror or str(error))]
    try:
        for page in read_pages(data, None if wanted == "auto" else Kind(wanted)):
            found.append(as_json(path.name, page))
    except BerkasError as error:
        found.append(_failure(path, error.code, f"{error.message} {error.hint}".strip()))
    except Exception as error:  # noqa: BLE001  (our own mistake on one photo must not cost the others)
        sys.stderr.write(f"read: {path}: {type(error).__name__}: {error}\n")
        found.append(_failure(path, "GANGGUAN_KAMI", message("GANGGUAN_KAMI")))
    return found


def as_json(name: str, photo: ReadPhoto) -> dict[str, Any]:
    """The contract's object: boxes and corners in pixels of the photo as shown."""
    whole = photo.reading.to_dict()
    back = _Back(photo)

    def shown(value: dict[str, Any]) -> dict[str, Any]:
        return {**value, "box": back.points(value["box"])}

    of_pdf = {} if photo.page_index is None else {"page_index": photo.page_index, "dpi": photo.dpi}
    return {
        "file": name,
        **of_pdf,
        "kind": whole["kind"],
        "ok": True,
        "seconds": whole["seconds"],
        "fields": {key: shown(value) for key, value in whole["fields"].items()},
        "members": [{key: shown(value) for key, value in row.items()} for row in whole["members"]],
        "codes": [shown(code) for code in whole["codes"]],
        "quality": whole["quality"],
        "page": back.points(whole["page"]),
        "findings": whole["findings"],
    }


class _Back:
    """From the upright raster to the photo as shown: unturned and unshrunk."""

    def __init__(self, photo: ReadPhoto) -> None:
        self.turned = photo.reading.quality.turned
        self.width, self.height = photo.reading.size
        shown = photo.shown if photo.shown != (0, 0) else photo.reading.size
        across = self.width if self.turned in (0, 180) else self.height
        self.scale = shown[0] / across if across else 1.0

    def points(self, points: Quad | list[list[float]]) -> list[list[float]]:
        return [[round(v * self.scale, 1) for v in self._unturned(x, y)] for x, y in points]

    def _unturned(self, x: float, y: float) -> tuple[float, float]:
        if self.turned == 90:
            return y, self.width - x
        if self.turned == 180:
            return self.width - x, self.height - y
        if self.turned == 270:
            return self.height - y, x
        return x, y


def _answers(photos: Sequence[Path], kind: str) -> Iterator[list[dict[str, Any]]]:
    """Answers in the order of the photos; several photos are read by as many processes as there are processors."""
    workers = min(len(photos), len(os.sched_getaffinity(0)))
    if workers < 2:
        for path in photos:
            yield answers(path, kind)
        return
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_one_thread) as pool:
        yield from pool.map(answers, photos, [kind] * len(photos))


def _one_thread() -> None:
    """Each process keeps to a processor of its own; by itself OpenCV would take all of them for each."""
    import cv2  # noqa: PLC0415  (the reader's packages are heavy)

    cv2.setNumThreads(1)


def _failure(path: Path, code: str, message: str) -> dict[str, Any]:
    return {
        "file": path.name,
        "kind": Kind.OTHER.value,
        "ok": False,
        "error": {"code": code, "message": message},
    }


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\rread {done} of {total}" + ("\n" if done == total else ""))
        sys.stderr.flush()
