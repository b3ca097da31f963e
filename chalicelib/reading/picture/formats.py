"""What kind of file it is, by its first bytes: a name or a phone's own word for it is often missing or wrong."""

from __future__ import annotations

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_PDF_HEAD = 1024
"""Bytes within which a PDF must begin (ISO 32000-2, annex I)."""


def file_type(data: bytes) -> str:
    """`JPEG`, `PNG`, `WEBP`, `HEIF` or `PDF`; empty for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return "HEIF" if _is_heif(data) else ""
    return "PDF" if b"%PDF-" in data[:_PDF_HEAD] else ""


def _is_heif(data: bytes) -> bool:
    """True where the first box of an ISO base media file (ISO 14496-12) names a brand of HEIF, and none of AVIF."""
    size = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12], *(data[i : i + 4] for i in range(16, size, 4))}
    return bool(brands & _HEIF_BRANDS) and not brands & _AVIF_BRANDS
