"""Every negative by its name. The first four are in the committed set."""

from __future__ import annotations

import random
from collections.abc import Callable

from chalicelib.local.specimens.negatives import cards, papers, spoilt
from chalicelib.local.specimens.negatives.sheet import Negative
from chalicelib.local.specimens.people import Family

NEGATIVES: tuple[tuple[str, Callable[[Family, random.Random], Negative]], ...] = (
    ("kertas_kosong", papers.blank_paper),
    ("kartu_anggota", cards.member_card),
    ("nik_tertutup", spoilt.covered_nik),
    ("catatan", papers.note),
    ("nik_silau", spoilt.glared_nik),
    ("kartu_bank", cards.bank_card),
    ("kk_terpotong", spoilt.half_a_page),
    ("struk", papers.receipt),
    ("kartu_sim", cards.sim_frame),
    ("ktp_buram", spoilt.blurred),
    ("nomor_voucher", papers.digits),
    ("izin_mengemudi", cards.driver_card),
    ("tulisan_tangan", papers.handwriting),
    ("ktp_belakang", cards.ktp_back),
    ("foto_layar", spoilt.on_screen),
    ("kartu_sehat", cards.insurance_card),
    ("surat", papers.letter),
    ("kk_bawah", spoilt.lower_half),
)
COMMITTED = 4
