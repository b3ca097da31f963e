"""`python -m infra.openapi`: write the API's description to docs/openapi.json."""

from __future__ import annotations

from pathlib import Path

from chalicelib import api, bootstrap
from chalicelib.api.openapi import text

PLACE = Path(__file__).parent.parent / "docs" / "openapi.json"


def described() -> str:
    """The description as it is now. Bootstrap is only named: a description needs no environment."""
    return text(api.routers(bootstrap))


if __name__ == "__main__":
    PLACE.write_text(described(), encoding="utf-8")
