"""What a reading is. Plain values, no imaging library: the API functions use these without the reader's packages.

Coordinates are pixels of the *upright raster*: the photo with EXIF orientation applied and then turned by
`Quality.turned` degrees clockwise so that the document stands upright. Its JPEG is the working copy people look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Four corners, clockwise, the first being the top left of the text or of the document itself."""


class Kind(StrEnum):
    """What a photo shows."""

    KTP = "ktp"
    KK = "kk"
    HOUSE = "house"
    BARKOT = "barkot"
    OTHER = "other"


class Severity(StrEnum):
    """How loudly a finding speaks. None of them ever rejects by itself."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _quad(points: Any) -> Quad | None:
    if not points:
        return None
    a, b, c, d = ((float(x), float(y)) for x, y in points)
    return a, b, c, d


@dataclass(frozen=True)
class Field:
    """One value as read. `confidence` in [0, 1]: inside the reader what the rules think, in a finished reading the chance
    that the value is right (`reading.confidence`); `source` names the engine and the evidence, e.g. `ppocr+gazetteer`."""

    value: str
    confidence: float
    box: Quad | None = None
    source: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "confidence": round(self.confidence, 4),
            "box": [list(p) for p in self.box or ()],
            "source": self.source,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["value"], float(data["confidence"]), _quad(data.get("box")), data.get("source", ""))


@dataclass(frozen=True)
class Code:
    """A decoded barcode or QR. `kind` is one of barkot, dukcapil, pos, url, text."""

    text: str
    format: str
    kind: str
    box: Quad | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "format": self.format,
            "kind": self.kind,
            "box": [list(p) for p in self.box or ()],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["text"], data["format"], data["kind"], _quad(data.get("box")))


@dataclass(frozen=True)
class Quality:
    """How good the photo is. `sharp`, `light`, `glare` in [0, 1] (0 dark, 0.5 right, 1 burnt out for light; glare
    is the share of the page under a reflection); `turned` in degrees clockwise, one of 0, 90, 180, 270; `screen`: a
    hint that a screen was photographed."""

    sharp: float = 0.0
    light: float = 0.0
    glare: float = 0.0
    complete: bool = False
    photocopy: bool = False
    turned: int = 0
    screen: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "sharp": round(self.sharp, 3),
            "light": round(self.light, 3),
            "glare": round(self.glare, 3),
            "complete": self.complete,
            "photocopy": self.photocopy,
            "turned": self.turned,
            "screen": self.screen,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            float(data["sharp"]),
            float(data["light"]),
            float(data["glare"]),
            bool(data["complete"]),
            bool(data["photocopy"]),
            int(data["turned"]),
            bool(data.get("screen", False)),
        )


@dataclass(frozen=True)
class Finding:
    """Something a person should weigh. `code` is a key of the message catalogue; `fields` are the fields it speaks of."""

    code: str
    severity: Severity
    fields: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, "severity": self.severity.value, "fields": list(self.fields)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["code"], Severity(data["severity"]), tuple(data.get("fields", ())))


@dataclass(frozen=True)
class Taken:
    """Where and when a photo was taken, by its own metadata: degrees north and east (WGS 84), accuracy in metres, `at` in
    ISO 8601, local time where no offset stands. None: not known."""

    lat: float | None = None
    lon: float | None = None
    accuracy: float | None = None
    at: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"lat": self.lat, "lon": self.lon, "accuracy": self.accuracy, "at": self.at}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        lat, lon, accuracy = (
            None if data.get(k) is None else float(data[k]) for k in ("lat", "lon", "accuracy")
        )
        return cls(lat, lon, accuracy, data.get("at"))


@dataclass(frozen=True)
class Reading:
    """All that one photo says. A field that could not be read is absent, never guessed."""

    kind: Kind
    fields: Mapping[str, Field] = field(default_factory=dict)
    members: tuple[Mapping[str, Field], ...] = ()
    codes: tuple[Code, ...] = ()
    quality: Quality = Quality()
    page: Quad | None = None
    findings: tuple[Finding, ...] = ()
    size: tuple[int, int] = (0, 0)
    """Width and height of the upright raster, in pixels."""
    seconds: float = 0.0
    taken: Taken | None = None
    fingerprint: str = ""
    """Of the picture of a house or another scene, for `fingerprints`; empty for documents."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "fields": {name: value.to_dict() for name, value in self.fields.items()},
            "members": [{name: value.to_dict() for name, value in row.items()} for row in self.members],
            "codes": [code.to_dict() for code in self.codes],
            "quality": self.quality.to_dict(),
            "page": [list(p) for p in self.page or ()],
            "findings": [finding.to_dict() for finding in self.findings],
            "size": list(self.size),
            "seconds": round(self.seconds, 3),
            "taken": self.taken.to_dict() if self.taken else None,
            "fingerprint": self.fingerprint,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        width, height = data["size"]
        return cls(
            kind=Kind(data["kind"]),
            fields={name: Field.from_dict(value) for name, value in data["fields"].items()},
            members=tuple(
                {name: Field.from_dict(value) for name, value in row.items()} for row in data["members"]
            ),
            codes=tuple(Code.from_dict(code) for code in data["codes"]),
            quality=Quality.from_dict(data["quality"]),
            page=_quad(data["page"]),
            findings=tuple(Finding.from_dict(finding) for finding in data["findings"]),
            size=(int(width), int(height)),
            seconds=float(data["seconds"]),
            taken=Taken.from_dict(data["taken"]) if data.get("taken") else None,
            fingerprint=data.get("fingerprint", ""),
        )


@dataclass(frozen=True)
class ReadPhoto:
    """A reading and the working copy it speaks of: an upright JPEG without metadata, `reading.size` pixels."""

    reading: Reading
    working_copy: bytes
    shown: tuple[int, int] = (0, 0)
    """Width and height of the photo as shown (EXIF applied), before it was turned and shrunk."""
    page_index: int | None = None
    """Which page of a PDF, from 0; None for a photo."""
    dpi: float | None = None
    """Pixels to the inch at which that page was drawn; None for a photo."""
    by_rules: Reading | None = None
    """The reading before `confidence`: its values have the rules' own confidence. To train on; not kept."""
    veiled: tuple[Quad, ...] = ()
    """Where signatures were made unrecognisable in the working copy; none on a document: its place was not found."""
