"""Strips to train the digit reader on: what is called hidden is hidden, what is called legible can be read."""

from __future__ import annotations

import numpy as np

from bench.digits import strips
from chalicelib.reading.digits import reader
from chalicelib.reading.digits.beam import HIDDEN, SIGNS
from chalicelib.reading.digits.strip import HEIGHT, WIDTH, normal

DRAWN = [strips.draw(np.random.default_rng((9003, number))) for number in range(120)]


def test_a_strip_is_told_by_its_seed_alone() -> None:
    again = strips.draw(np.random.default_rng((9003, 7)))
    assert (again.pixels == DRAWN[7].pixels).all()
    assert again.text == DRAWN[7].text


def test_strips_have_one_size_and_hold_the_signs_of_the_reader() -> None:
    assert {strip.pixels.shape for strip in DRAWN} == {(HEIGHT, WIDTH)}
    assert all(set(strip.text) <= set(SIGNS) and 6 <= len(strip.text) <= 18 for strip in DRAWN)
    sixteen = sum(len(strip.text) == 16 for strip in DRAWN)
    assert 0.7 * len(DRAWN) < sixteen < len(DRAWN)


def test_some_digits_are_hidden_and_only_where_too_little_of_their_ink_shows() -> None:
    assert any(HIDDEN in strip.text for strip in DRAWN)
    ink = np.zeros((strips.TALL, 60), dtype=np.float32)
    ink[strips.TALL // 2 - 10 : strips.TALL // 2 + 10, 5:15] = 1
    ink[strips.TALL // 2 - 10 : strips.TALL // 2 + 10, 35:45] = 1
    plain, burnt = 120 * ink, 120 * ink
    burnt[:, :30] = 0  # light took the first digit
    spans = [(0, 20), (30, 50)]
    assert strips.legible("47", spans, ink, plain, noise=2.0) == "47"
    assert strips.legible("47", spans, ink, burnt, noise=2.0) == f"{HIDDEN}7"
    assert strips.legible("47", spans, ink, plain, noise=300.0) == 2 * HIDDEN


def test_a_coarse_lens_takes_fine_lines_and_leaves_broad_ones() -> None:
    fine = np.tile(np.array([0, 200], dtype=np.float32), (40, 60))
    broad = np.tile(np.repeat(np.array([0, 200], dtype=np.float32), 12), (40, 5))
    assert strips.coarse(fine, 0.4).std() < 0.3 * fine.std()
    assert strips.coarse(broad, 0.4).std() > 0.8 * broad.std()


def test_the_committed_reader_reads_strips_it_never_saw() -> None:
    clear = [strip for strip in DRAWN if strip.harsh < 0.35 and HIDDEN not in strip.text]
    right = 0
    for strip in clear:
        rows = reader.look([normal(strip.pixels)]).rows
        right += max(rows, key=lambda row: rows[row]) == strip.text
    assert len(clear) >= 20
    assert right >= 0.7 * len(clear)
