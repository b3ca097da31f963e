"""Draw the barkot of a receipt (DOMAIN 5, kind B1): our address in capitals and a 128-bit random token."""

from __future__ import annotations

import io

import segno

from chalicelib.usulan.case import Case

_QUIET = 4


def text(case: Case, public_url: str) -> str:
    """`HTTPS://HOST/B/TOKEN`, upper-case so that the QR's alphanumeric mode applies. LookupError: a draft has none."""
    if case.barkot_token is None:
        raise LookupError("a draft has no barkot")
    return f"{public_url.rstrip('/')}/B/{case.barkot_token}".upper()


def drawing(content: str) -> str:
    """The QR as an SVG element, error correction M, four modules of quiet zone, scalable by its viewBox."""
    out = io.BytesIO()
    code = segno.make_qr(content, error="m")
    code.save(out, kind="svg", xmldecl=False, svgns=True, border=_QUIET, omitsize=True, light="#fff")
    return out.getvalue().decode()
