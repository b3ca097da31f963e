"""The code by which another phone goes on with a draft: the form's address and the case number, nothing else.

The secret is not in it: it is read off the first phone and typed, so that a picture of the code opens nothing.
"""

from __future__ import annotations

from chalicelib.usulan.case import Case


def address(case: Case, public_url: str) -> str:
    """`https://HOST/usulan#lanjut/NUMBER`. The number stands behind the `#`, which browsers send to nobody."""
    return f"{public_url.rstrip('/')}/usulan#lanjut/{case.number}"
