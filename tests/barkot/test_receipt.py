from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from chalicelib.access.actors import Officer, Role
from chalicelib.barkot.receipt import drawing, text
from chalicelib.barkot.resolve import number_of_token, resolve
from chalicelib.errors import Forbidden, NotFound
from chalicelib.identity.region import RegionCode
from tests.road import FIELD_OFFICER, NEIGHBOUR, NIK, OPERATOR, Road


def pixels(svg: str, module: int = 6) -> Image.Image:
    """The drawing as a picture: segno's path is made of `M x y` and relative `h`, `m` strokes one module high."""
    size = int(re.findall(r'viewBox="0 0 (\d+) \d+"', svg)[0])
    image = Image.new("L", (size * module, size * module), 255)
    draw = ImageDraw.Draw(image)
    path = re.findall(r'class="qrline"[^>]*d="([^"]+)"', svg) or re.findall(r' d="(M[^"]+)"', svg)
    x = y = 0.0
    for command, first, second in re.findall(r"([MmhH])\s*(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path[-1]):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            width = float(first)
            top = (y - 0.5) * module
            draw.rectangle((x * module, top, (x + width) * module - 1, top + module - 1), fill=0)
            x += width
    return image


def test_the_drawn_code_reads_as_its_text_and_holds_nothing_personal(road: Road) -> None:
    case = road.case(road.submitted())
    content = text(case, road.world.public_url)
    assert re.fullmatch(r"HTTPS://BERKAS\.CONTOH\.EXAMPLE\.ID/B/[0-9A-Z]{26}", content)
    assert [code.text for code in zxingcpp.read_barcodes(pixels(drawing(content)))] == [content]
    assert case.number.replace("-", "") not in content
    assert NIK not in content


def test_a_draft_has_no_barkot(road: Road) -> None:
    with pytest.raises(LookupError):
        text(road.case(road.draft()), road.world.public_url)


def test_officers_of_the_region_find_the_case_and_others_learn_nothing(road: Road) -> None:
    case = road.case(road.submitted())
    content = text(case, road.world.public_url)
    assert resolve(road.world, OPERATOR, content) == case.number
    assert resolve(road.world, FIELD_OFFICER, f" {case.number.lower()} ") == case.number
    for scanned in (content, case.number, "HTTPS://X/B/0", "besok", content[:-1]):
        with pytest.raises(NotFound, match="BARKOT_TIDAK_DIKENAL"):
            resolve(road.world, NEIGHBOUR, scanned)
    nobody = Officer("sub", "Admin Contoh", Role.ADMINISTRATOR, (RegionCode("13"),))
    with pytest.raises(Forbidden):
        resolve(road.world, nobody, content)


def test_a_camera_is_led_to_the_case_number_only(road: Road) -> None:
    case = road.case(road.submitted())
    assert number_of_token(road.world, (case.barkot_token or "").lower()) == case.number
    assert number_of_token(road.world, "0" * 26) is None
