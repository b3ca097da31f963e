"""What a citizen has typed into a form that is not sent yet, kept so that another phone can go on with it.

It speaks of nobody until it is sent: whatever is typed into a draft, no other case is compared with it. Only a counter
finds its own drafts by NIK (`Case.marks`). It goes with the draft after thirty days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Screen(StrEnum):
    """The form's screens on which one may stand once the case is begun."""

    KTP = "ktp"
    KK = "kk"
    HOUSE = "rumah"
    MORE = "tambahan"
    IDENTITY = "periksa"
    ADDRESS = "alamat"
    SEND = "kirim"


@dataclass(frozen=True)
class Answers:
    """`values`: what the person typed or chose by themselves (what was read stands with the photos); personal, as typed,
    proved by nobody. `version` counts the savings from 1; `saved_at` is the last."""

    screen: Screen
    version: int
    saved_at: datetime
    values: Mapping[str, str] = field(repr=False, default_factory=dict)
