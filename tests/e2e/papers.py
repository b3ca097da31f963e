"""Specimens as other phones and offices would send them: HEIC, PDF, WebP, made from a committed picture."""

from __future__ import annotations

import io
from pathlib import Path

import pillow_heif
from PIL import Image
from playwright.sync_api import FilePayload

_SCAN_DPI = 200


def as_heic(path: Path) -> FilePayload:
    """As an iPhone keeps it, and with the empty type under which most browsers hand it over."""
    data = io.BytesIO()
    with Image.open(path) as picture:
        pillow_heif.from_pillow(picture.convert("RGB")).save(data, quality=80)
    return {"name": "IMG_0001.HEIC", "mimeType": "", "buffer": data.getvalue()}


def as_pdf(path: Path) -> FilePayload:
    """One scanned page."""
    return {
        "name": "scan.pdf",
        "mimeType": "application/pdf",
        "buffer": _saved(path, "PDF", resolution=_SCAN_DPI),
    }


def as_webp(path: Path) -> FilePayload:
    return {"name": "foto.webp", "mimeType": "image/webp", "buffer": _saved(path, "WEBP", quality=80)}


def _saved(path: Path, kind: str, **options: float) -> bytes:
    data = io.BytesIO()
    with Image.open(path) as picture:
        picture.convert("RGB").save(data, kind, **options)
    return data.getvalue()
