"""Where a citizen wants to be told: a mobile number or a mail address, given freely and taken back at any time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from chalicelib.errors import BadInput

_MOBILE = re.compile(r"(?:\+62|62|0)(8\d{7,11})")
"""Numbers of Indonesian mobile networks, as people write them."""
_MAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_LONGEST = 254


class Channel(StrEnum):
    PHONE = "hp"
    MAIL = "surel"


@dataclass(frozen=True)
class Contact:
    """`address` is personal: stored sealed, shown to nobody, told to the messenger alone (and not by its `repr`)."""

    channel: Channel
    address: str = field(repr=False)


def contact_of(typed: str) -> Contact:
    """A number as `+628…`, or a mail address. BadInput KONTAK_SALAH: neither."""
    number = _MOBILE.fullmatch(re.sub(r"[\s().-]", "", typed))
    if number:
        return Contact(Channel.PHONE, f"+62{number[1]}")
    mail = typed.strip()
    if len(mail) <= _LONGEST and _MAIL.fullmatch(mail):
        return Contact(Channel.MAIL, mail.lower())
    problem = BadInput("KONTAK_SALAH")
    raise BadInput("KONTAK_SALAH", fields={"address": problem.message})
