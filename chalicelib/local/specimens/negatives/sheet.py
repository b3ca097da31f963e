"""What every negative says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.local.specimens.press import Sheet


@dataclass(frozen=True)
class Negative:
    """A sheet, the kind that a reader may call it, what it is, and the finding that it should lead to.

    `hidden` holds truths that cannot be seen in the picture; whoever returns one as sure is guessing. `aimed` names
    the values that the photographer's lamp hides, `page` is a sheet of paper rather than a card.
    """

    sheet: Sheet
    kind: str
    what: str
    expected: str
    fields: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[Mapping[str, str], ...] = ()
    aimed: tuple[str, ...] = ()
    page: bool = False
    mode: str = ""
    blur: float = 0.0


NOT_OURS = "not_a_supported_document"
NO_NIK = "nik_unreadable"
