"""Where and when a photo was taken, as its EXIF says (CIPA DC-008): kept as data, never in the copy people look at."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from PIL import Image

from chalicelib.reading.model import Taken

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_TAKEN_AT, _OFFSET = 0x9003, 0x9011
_LAT_REF, _LAT, _LON_REF, _LON, _ERROR = 1, 2, 3, 4, 31
_BROKEN = (
    ValueError,
    TypeError,
    SyntaxError,
    OSError,
    KeyError,
    ZeroDivisionError,
    OverflowError,
    AttributeError,
)
"""What Pillow raises for broken EXIF, by kind of damage."""


def of(image: Image.Image) -> Taken | None:
    """What the metadata of an opened picture says; None where it says neither place nor time."""
    try:
        exif = image.getexif()
        camera, gps = dict(exif.get_ifd(_EXIF_IFD)), dict(exif.get_ifd(_GPS_IFD))
    except _BROKEN:
        return None
    place = _place(gps)
    at = _moment(camera)
    if place is None and at is None:
        return None
    lat, lon, accuracy = place or (None, None, None)
    return Taken(lat, lon, accuracy, at)


def _place(gps: Mapping[int, Any]) -> tuple[float, float, float | None] | None:
    try:
        lat = _degrees(gps[_LAT]) * (-1 if str(gps[_LAT_REF]).strip("\0 ").upper() == "S" else 1)
        lon = _degrees(gps[_LON]) * (-1 if str(gps[_LON_REF]).strip("\0 ").upper() == "W" else 1)
    except _BROKEN:
        return None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    if lat == 0 and lon == 0:
        return None  # what a phone writes that does not know
    return round(lat, 6), round(lon, 6), _metres(gps)


def _metres(gps: Mapping[int, Any]) -> float | None:
    try:
        error = float(gps[_ERROR])
    except _BROKEN:
        return None
    return round(error, 1) if math.isfinite(error) and 0 < error < 1e6 else None


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    if not (0 <= minutes < 61 and 0 <= seconds < 61):
        raise ValueError("no angle")
    return degrees + minutes / 60 + seconds / 3600


def _moment(camera: Mapping[int, Any]) -> str | None:
    """`YYYY-MM-DDTHH:MM:SS`, with the offset from UTC where the phone wrote one."""
    try:
        text = str(camera[_TAKEN_AT]).strip("\0 ")
        moment = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  (EXIF may know no offset)
    except _BROKEN:
        return None
    try:
        offset = str(camera[_OFFSET]).strip("\0 ")
        sign = -1 if offset.startswith("-") else 1
        hours, minutes = (int(part) for part in offset.lstrip("+-").split(":"))
        moment = moment.replace(tzinfo=timezone(sign * timedelta(hours=hours, minutes=minutes)))
    except _BROKEN:
        pass  # local time, then
    return moment.isoformat()
