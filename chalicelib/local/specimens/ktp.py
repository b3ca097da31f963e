"""The front of an identity card (ISO 7810 ID-1, 85.60 x 53.98 mm) at twenty pixels a millimetre.

The order of labels is that of the KTP-el; the drawing is our own, the portrait is a silhouette. Printers differ:
letters, size, pitch, ink, where the blood type stands, whether the RT and RW are set apart.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from chalicelib.local.specimens.fonts import NARROW, SANS_BOLD, fitted
from chalicelib.local.specimens.paint import RED, Colour, clouds, contoh, scribble, security_waves, tinted
from chalicelib.local.specimens.people import Family, Person
from chalicelib.local.specimens.portrait import portrait
from chalicelib.local.specimens.press import CAP, Box, Press, Sheet, Style, inked, style
from chalicelib.local.specimens.truth import MARK, dmy

WIDTH, HEIGHT = 85.6, 53.98
DENSITY = 20.0
SIZE = (round(WIDTH * DENSITY), round(HEIGHT * DENSITY))
INK: Colour = (22, 26, 34)
LABEL_X, VALUE_END, NUMBER_Y = 3.2, 61.2, 12.3
PORTRAIT = (63.8, 13.2, 81.8, 36.2)
PAPERS: tuple[tuple[Colour, Colour], ...] = (
    ((190, 221, 239), (168, 207, 230)),
    ((198, 226, 238), (176, 210, 226)),
    ((182, 214, 236), (160, 200, 228)),
    ((204, 224, 230), (184, 208, 218)),
)
"""Ground and wave colours of the card's blue."""


@dataclass(frozen=True)
class Layout:
    """Where one office's printer puts things (mm)."""

    first_line: float
    colon: float
    blood: float
    title_size: float
    number_size: float
    indent: float
    slashed: str


def ktp_style(rng: random.Random) -> Style:
    """A card printer by chance."""
    return style(rng, size=(2.3, 2.62), step=(2.62, 2.96))


def draw_ktp(
    home: Family, person: Person, rng: random.Random, *, faults: Style | None = None, hide_nik: bool = False
) -> Sheet:
    """The card as RGBA, its rounded corners clear. `hide_nik` leaves the NIK unprinted (a thing will lie on it)."""
    faults = faults or ktp_style(rng)
    layout = Layout(
        first_line=rng.uniform(13.9, 14.7),
        colon=rng.uniform(21.2, 22.6),
        blood=rng.uniform(41.5, 46.0),
        title_size=rng.uniform(2.5, 3.0),
        number_size=rng.uniform(3.5, 4.1),
        indent=rng.choice((0.0, 2.6, 3.2)),
        slashed=rng.choice(("/", "/", "/", " / ")),
    )
    ground, wave = rng.choice(PAPERS)
    card = tinted(ground, clouds(*SIZE, rng, coarse=500) * 9)
    security_waves(card, wave, rng, gap=22, width=2)
    contoh(card, size=320, colour=RED, alpha=30, angle=24)
    press = Press(WIDTH, HEIGHT, DENSITY, faults)
    middle = WIDTH / 2
    for y, key, text in (
        (2.3, "provinsi", f"PROVINSI {home.region.provinsi}"),
        (2.3 + layout.title_size * 1.18, "kabupaten_kota", home.kabupaten_kota),
    ):
        press.text(
            (middle, y), text, size=layout.title_size, face=faults.bold, anchor="ma", room=72, keys=(key,)
        )
    press.text((LABEL_X, NUMBER_Y), "NIK", size=2.9, anchor="ls")
    press.text((16.4, NUMBER_Y), ":", size=2.9, anchor="ls")
    if not hide_nik:
        press.text(
            (18.6, NUMBER_Y),
            person.nik,
            size=layout.number_size,
            face=faults.digits,
            anchor="ls",
            keys=("nik",),
        )
    _lines(press, home, person, layout)
    _issue(press, home)
    press.onto(card, INK, rng)
    signed = _marks(card, person, rng)
    card.putalpha(rounded(SIZE, 3.2 * DENSITY))
    cap = faults.size * CAP
    return Sheet(card, DENSITY, cap, press.boxes, faults.record(), gloss=1.0, signatures=(signed,))


def _lines(press: Press, home: Family, person: Person, layout: Layout) -> None:
    faults = press.style
    face = faults.bold if faults.bold_values else faults.plain
    rows = (
        (0, "Nama", person.nama, ("nama",)),
        (
            0,
            "Tempat/Tgl Lahir",
            f"{person.tempat_lahir}, {dmy(person.born)}",
            ("tempat_lahir", "tanggal_lahir"),
        ),
        (0, "Jenis Kelamin", person.jenis_kelamin, ("jenis_kelamin",)),
        (0, "Alamat", home.alamat, ("alamat",)),
        (1, "RT/RW", f"{home.rt}{layout.slashed}{home.rw}", ("rt", "rw")),
        (1, "Kel/Desa", home.region.kel_desa, ("kel_desa",)),
        (1, "Kecamatan", home.region.kecamatan, ("kecamatan",)),
        (0, "Agama", person.agama, ("agama",)),
        (0, "Status Perkawinan", person.status, ("status_perkawinan",)),
        (0, "Pekerjaan", person.pekerjaan, ("pekerjaan",)),
        (0, "Kewarganegaraan", "WNI", ("kewarganegaraan",)),
        (0, "Berlaku Hingga", dmy(home.expires) if home.expires else "SEUMUR HIDUP", ("berlaku_hingga",)),
    )
    value_x = layout.colon + 1.5
    blocks = [_broken(press, value, VALUE_END - value_x) for _, _, value, _ in rows]
    step = min(faults.step, (HEIGHT - layout.first_line - 1.4) / sum(len(block) for block in blocks))
    size = min(faults.size, step * 0.92)
    y = layout.first_line + size * 0.78
    for (indent, label, _, keys), block in zip(rows, blocks, strict=True):
        x = LABEL_X + layout.indent * indent
        press.text((x, y), label, size=size * 0.97, anchor="ls", room=layout.colon - x - 0.2)
        press.text((layout.colon, y), ":", size=size, anchor="ls")
        if label == "Jenis Kelamin":
            blood = layout.blood + press.text(
                (layout.blood, y), "Gol. Darah : ", size=size * 0.97, anchor="ls"
            )
            press.text((blood, y), person.gol_darah, size=size, face=face, anchor="ls", keys=("gol_darah",))
        for line in block:
            press.text(
                (value_x, y),
                line,
                size=size,
                face=face,
                anchor="ls",
                keys=keys,
                room=VALUE_END - value_x + 1.6,
            )
            y += step


def _broken(press: Press, value: str, room: float) -> list[str]:
    """The value in as few lines as the room asks for (at most three)."""
    face = press.style.bold if press.style.bold_values else press.style.plain
    lines: list[str] = []
    for word in value.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and press.width(longer, press.style.size, face) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [*lines[:2], " ".join(lines[2:])] if len(lines) > 3 else lines


def _issue(press: Press, home: Family) -> None:
    middle = (PORTRAIT[0] + PORTRAIT[2]) / 2
    for y, text in ((36.9, home.region.town), (38.9, dmy(home.ktp_issued))):
        press.text((middle, y), text, size=1.8, anchor="ma", room=19)


def _marks(card: Image.Image, person: Person, rng: random.Random) -> Box:
    """The portrait, the signature and what says that nothing here is real; gives the box of the signature."""
    left, top, right, bottom = (round(value * DENSITY) for value in PORTRAIT)
    card.paste(portrait(person, right - left, bottom - top, rng), (left, top))
    middle = (left + right) // 2
    name = scribble(rng, 240, 110, (30, 34, 60), 4)
    signed = (middle - 120, 822)
    card.paste(name.convert("RGB"), signed, name.getchannel("A"))
    draw = ImageDraw.Draw(card)
    for y, size, text in ((944, 50, MARK), (1000, 28, "BUKAN KTP - DATA KARANGAN")):
        face = SANS_BOLD if size > 30 else NARROW
        draw.text((middle, y), text, font=fitted(face, size, text, 420), fill=RED, anchor="ma")
    return inked(name, signed)


def rounded(size: tuple[int, int], radius: float) -> Image.Image:
    """A cover (L) with rounded corners, `radius` in pixels."""
    shape = Image.new("L", (size[0] * 2, size[1] * 2), 0)
    edges = (0, 0, shape.width - 1, shape.height - 1)
    ImageDraw.Draw(shape).rounded_rectangle(edges, radius * 2, fill=255)
    return shape.resize(size, Image.Resampling.LANCZOS)
