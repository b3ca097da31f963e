"""A building outside, or something with writing on it."""

from __future__ import annotations

import cv2
import numpy as np

from chalicelib.reading.house import building as house
from chalicelib.reading.lines import Line
from chalicelib.reading.picture.decode import Pixels


def outside() -> Pixels:
    """A sky, a wall with a door and windows, a ground."""
    view = np.full((600, 800, 3), (230, 200, 170), np.uint8)
    view[400:] = (60, 110, 90)
    cv2.rectangle(view, (150, 200), (650, 450), (200, 220, 230), -1)
    for x in (200, 350, 520):
        cv2.rectangle(view, (x, 250), (x + 80, 420), (40, 50, 60), 6)
    return view


def line(text: str, x: float, y: float, confidence: float = 0.95) -> Line:
    return Line(text, confidence, x, y, x + 14 * len(text), y + 20)


def sheet_on_a_table() -> tuple[Pixels, list[Line]]:
    view = np.full((600, 800, 3), (90, 120, 150), np.uint8)
    cv2.rectangle(view, (150, 120), (650, 474), (245, 245, 245), -1)
    said = ("warga kami", "dengan kasih air itu", "menanti", "sampai kami pulang ke rumah", "lagi")
    lines = [line(text, 190, 160 + 60 * i, 0.7) for i, text in enumerate(said)]
    for one in lines:
        cv2.putText(view, one.text, (int(one.left), int(one.bottom)), 0, 0.7, (60, 40, 40), 2)
    return view, lines


def test_a_house_by_day_and_in_the_dusk() -> None:
    assert house.looks_like_house(outside())
    assert house.looks_like_house((outside() * 0.15).astype(np.uint8))


def test_a_wall_of_one_colour_is_no_house() -> None:
    assert not house.looks_like_house(np.full((600, 800, 3), 128, np.uint8))


def test_writing_on_a_sheet_is_told_from_a_sign_on_a_house() -> None:
    assert house.shows_writing(*sheet_on_a_table())
    sign = [line("WARUNG BU CONTOH", 300, 220), line("PULSA", 330, 245)]
    assert not house.shows_writing(outside(), sign)
    stamp = [line(f"Jl. Contoh No. {i}", 20, 500 + 18 * i) for i in range(5)]
    assert not house.shows_writing(outside(), stamp)


def test_a_card_is_told_by_its_title_and_a_page_by_its_many_lines() -> None:
    assert house.shows_writing(outside(), [line("KARTU PERDANA", 300, 300)])
    assert house.shows_writing(outside(), [line(f"baris tulisan {i}", 100, 60 * i) for i in range(8)])
    assert not house.shows_writing(outside(), [line("KARTU PERDANA", 300, 300, 0.5)])
