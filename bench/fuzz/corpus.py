"""The files that are mutated: small pictures of every kind the reader takes, made here, always the same."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

PICTURES = Path("chalicelib/local/specimens/pictures")
_ORIENTATION = 0x0112


@cache
def small() -> Mapping[str, bytes]:
    """Name → file, each decoded within milliseconds: for many mutations."""
    card = Image.open(PICTURES / "family-01-ktp.jpg").convert("RGB").resize((400, 300))
    deep = np.asarray(card.convert("L"), np.uint16) * 257
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    files = {
        "jpeg": _saved(card, "JPEG", quality=80),
        "jpeg-progressive": _saved(card, "JPEG", quality=80, progressive=True),
        "jpeg-exif": _saved(card, "JPEG", quality=80, exif=exif),
        "jpeg-cmyk": _saved(card.convert("CMYK"), "JPEG"),
        "jpeg-grey": _saved(card.convert("L"), "JPEG"),
        "png": _saved(card, "PNG"),
        "png-16": _saved(Image.fromarray(deep), "PNG"),
        "png-palette": _saved(card.quantize(16), "PNG", transparency=3),
        "webp": _saved(card, "WEBP", quality=60),
        "webp-lossless": _saved(card.quantize(16).convert("RGB"), "WEBP", lossless=True),
    }
    frames = [card, card.transpose(Image.Transpose.ROTATE_180)]
    for kind in ("PNG", "WEBP"):
        files[f"{kind.lower()}-animated"] = _saved(card, kind, save_all=True, append_images=frames[1:])
    files["heif"] = _heif(card)
    files["pdf"] = _saved(card, "PDF")
    files["pdf-typed"] = _typed()
    return files


@cache
def whole() -> Mapping[str, bytes]:
    """Name → file: photos as they come, for the whole reader."""
    found = {}
    for name in (
        "family-01-ktp",
        "family-01-kk",
        "family-01-rumah_depan",
        "barkot-02-stiker",
        "negative-02-kartu_anggota",
    ):
        picture = Image.open(PICTURES / f"{name}.jpg").convert("RGB")
        picture.thumbnail((900, 900))
        found[name] = _saved(picture, "JPEG", quality=80)
        found[f"{name}-png"] = _saved(picture, "PNG")
    return found


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **how)
    return buffer.getvalue()


def _heif(image: Image.Image) -> bytes:
    import pillow_heif  # noqa: PLC0415  (a package of the tests)

    buffer = io.BytesIO()
    pillow_heif.from_pillow(image).save(buffer, quality=50)
    return buffer.getvalue()


def _typed() -> bytes:
    """A PDF of one page with a line of text."""
    stream = b"BT /F1 18 Tf 40 500 Td (KARTU KELUARGA CONTOH) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 5 0 R "
        b"/Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, one) for i, one in enumerate(objects, 1))
    return body + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF"
