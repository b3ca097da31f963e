"""Good documents that were photographed in vain: a NIK covered or in the lamp's mirror, half a page, a screen, blur."""

from __future__ import annotations

import random
from dataclasses import replace

from PIL import Image, ImageDraw, ImageFilter

from chalicelib.local.specimens.kk import draw_kk
from chalicelib.local.specimens.ktp import DENSITY, SIZE, draw_ktp
from chalicelib.local.specimens.negatives.sheet import NO_NIK, Negative
from chalicelib.local.specimens.people import Family
from chalicelib.local.specimens.truth import kk_fields, ktp_fields


def covered_nik(home: Family, rng: random.Random) -> Negative:
    """A good KTP on which a strip of paper lies right over the NIK."""
    person = home.holder
    sheet = draw_ktp(home, person, rng, hide_nik=True)
    card = sheet.image
    cover = card.getchannel("A")
    top = 8.9 * DENSITY
    low = top + 4.6 * DENSITY
    shadow = Image.new("L", SIZE, 0)
    ImageDraw.Draw(shadow).polygon(
        [(356, top + 12), (1262, top), (1268, low + 10), (360, low + 20)], fill=120
    )
    card.paste((30, 34, 44), (0, 0), shadow.filter(ImageFilter.GaussianBlur(9)))
    strip = [(352, top + 4), (1256, top - 8), (1260, low), (354, low + 10)]
    ImageDraw.Draw(card).polygon(strip, fill=(238, 232, 214))
    card.putalpha(cover)
    return Negative(sheet, "ktp", "ktp_nik_covered", NO_NIK, _without_nik(home), {"nik": person.nik})


def glared_nik(home: Family, rng: random.Random) -> Negative:
    """A good KTP whose NIK lies in the lamp's mirror."""
    sheet = draw_ktp(home, home.holder, rng)
    return Negative(
        sheet, "ktp", "ktp_nik_glare", NO_NIK, _without_nik(home), {"nik": home.holder.nik}, aimed=("nik",)
    )


def blurred(home: Family, rng: random.Random) -> Negative:
    """A KTP so far out of focus that nothing can be read."""
    sheet = draw_ktp(home, home.holder, rng)
    hidden = ktp_fields(home, home.holder)
    return Negative(sheet, "ktp", "ktp_too_blurred", "too_blurred", {}, hidden, blur=rng.uniform(0.5, 0.75))


def on_screen(home: Family, rng: random.Random) -> Negative:
    """A good KTP, but photographed from a screen; it can be read, and an officer should know."""
    sheet = draw_ktp(home, home.holder, rng)
    return Negative(
        sheet, "ktp", "ktp_on_screen", "from_screen", ktp_fields(home, home.holder), mode="screen"
    )


def half_a_page(home: Family, rng: random.Random) -> Negative:
    """A family card of which only the head and the upper rows are in the picture's paper."""
    whole = draw_kk(home, rng)
    low = round(rng.uniform(0.3, 0.36) * whole.image.height)
    cut = whole.image.crop((0, 0, whole.image.width, low))
    boxes = {key: box for key, box in whole.boxes.items() if box[3] < low and not key.startswith("member_")}
    sheet = replace(whole, image=cut, boxes=boxes)
    return Negative(sheet, "kk", "kk_cut_off", "kk_incomplete", kk_fields(home), page=True)


def lower_half(home: Family, rng: random.Random) -> Negative:
    """The lower half of a family card: rows of parents, no number of the card; only the QR, if any, knows it."""
    whole = draw_kk(home, rng)
    top = round(rng.uniform(0.6, 0.66) * whole.image.height)
    cut = whole.image.crop((0, top, whole.image.width, whole.image.height))
    sheet = replace(whole, image=cut, boxes={})
    hidden = {} if home.new_layout else {"nomor_kk": home.nomor_kk}
    return Negative(sheet, "kk", "kk_fragment", "fragment_without_number", {}, hidden, page=True)


def _without_nik(home: Family) -> dict[str, str]:
    return {key: value for key, value in ktp_fields(home, home.holder).items() if key != "nik"}
