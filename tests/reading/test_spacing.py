"""Blanks put back by the gaps in the print: on lines drawn with a type that the widths were not taken from."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.reading.lines import Line
from chalicelib.reading.picture.decode import Pixels
from chalicelib.reading.text import spacing

PAPER, INK, STAMP = (225, 235, 240), (40, 40, 40), (235, 120, 120)


def strip(text: str, size: int = 26, blur: float = 0.0, stamped: bool = False) -> Pixels:
    """One line of print as PP-OCR's boxes cut it out."""
    type_ = ImageFont.load_default(size)
    left, top, right, bottom = type_.getbbox(text)
    air = size // 4
    picture = Image.new("RGB", (int(right - left) + 2 * air, int(bottom - top) + 2 * air), PAPER)
    pen = ImageDraw.Draw(picture)
    if stamped:
        pen.line((0, picture.height, picture.width, 0), fill=STAMP, width=5)
    pen.text((air - left, air - top), text, font=type_, fill=INK)
    pixels = np.asarray(picture)[:, :, ::-1].copy()
    if blur:
        pixels = cv2.GaussianBlur(pixels, (0, 0), blur)
    return np.asarray(pixels, dtype=np.uint8)


LINES = [
    "PERUM GRIYA ASRI BLOK B8",
    "JL MAWAR NO 12",
    "YAHYA KAMBU MANDACAN",
    "I NYOMAN SUDIARTA",
    "RUSDIANSYAH FADILLAH",
    "WAYAN A HARTINI",
]


@pytest.mark.parametrize("printed", LINES)
@pytest.mark.parametrize(("size", "blur", "stamped"), [(26, 0.0, False), (40, 2.0, True), (22, 0.7, False)])
def test_all_blanks_lost_are_put_back(printed: str, size: int, blur: float, stamped: bool) -> None:
    read = printed.replace(" ", "")
    assert spacing.respaced(read, strip(printed, size, blur, stamped)).text == printed


@pytest.mark.parametrize("printed", LINES)
def test_one_blank_lost_is_put_back_and_the_others_stay(printed: str) -> None:
    words = printed.split(" ")
    for lost in range(len(words) - 1):
        read = " ".join([*words[:lost], words[lost] + words[lost + 1], *words[lost + 2 :]])
        assert spacing.respaced(read, strip(printed)).text == printed


@pytest.mark.parametrize(
    "word",
    ["WONOREJO", "SUMARDIYANTO", "MIFTAHULJANNAH", "TANJUNGPINANG", "BELUM/TIDAK", "AIRLANGGA", "XQVLTJ"],
)
@pytest.mark.parametrize("blur", [0.0, 1.5])
def test_words_are_not_torn_apart(word: str, blur: float) -> None:
    assert spacing.respaced(word, strip(word, blur=blur)).text == word


def test_a_colon_before_the_value_is_no_word() -> None:
    assert spacing.respaced("SITIAMINAH", strip(": SITI AMINAH")).text == "SITI AMINAH"


@pytest.mark.parametrize("read", ["", "A", "SITI AMINAH"])
def test_where_nothing_is_printed_the_text_stays_and_is_not_sure(read: str) -> None:
    blank = np.full((30, 200, 3), 240, dtype=np.uint8)
    assert spacing.respaced(read, blank) == spacing.Spaced(read, sure=False)


def test_text_that_does_not_stand_there_is_left_alone() -> None:
    read = "SITIAMINAHBINTIABDULLAHRAHMAN"
    assert spacing.respaced(read, strip("II II")) == spacing.Spaced(read, sure=False)


def test_a_line_is_cut_out_of_its_picture() -> None:
    picture = np.full((200, 600, 3), 240, dtype=np.uint8)
    part = strip("SITI AMINAH")
    picture[80 : 80 + part.shape[0], 50 : 50 + part.shape[1]] = part
    line = Line("SITIAMINAH", 0.9, 53, 83, 47 + part.shape[1], 77 + part.shape[0])
    assert spacing.of_line(line, picture).text == "SITI AMINAH"
