"""Invented given names, second names and places, by region. Any likeness to a living person is chance."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Custom:
    """What people and streets are called in a region, and which religions are common there."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    boys: tuple[str, ...]
    girls: tuple[str, ...]
    second: tuple[str, ...]
    second_from_mother: bool
    streets: tuple[str, ...]
    religions: tuple[str, ...]


MINANG = Custom(
    men=(
        "SYAFRIZAL",
        "ZULHENDRI",
        "NASRUL",
        "DARWIS",
        "MAWARDI",
        "ERIZAL",
        "BUSTAMI",
        "YULHENDRI",
        "AFRINALDI",
        "KHAIRUL",
    ),
    women=(
        "YUSMANIAR",
        "DESRITA",
        "ERMALINDA",
        "ROSNIDAR",
        "SURYATI",
        "NURLAILI",
        "WIRDANINGSIH",
        "ELFINA",
        "YARNIS",
        "GUSNETI",
    ),
    boys=("RAFI", "FAUZAN", "ILHAM", "HABIB", "GILANG", "RIZKY", "ZAKI", "ARIF"),
    girls=("NABILA", "SALSABILA", "PUTRI", "ANNISA", "ZAHRA", "FADILA", "AISYAH", "RAHMI"),
    second=("CANIAGO", "TANJUNG", "SIKUMBANG", "PILIANG", "JAMBAK", "GUCI", "PANYALAI", "MALAYU"),
    second_from_mother=True,
    streets=(
        "KORONG TALAO",
        "KORONG SIMPANG TIGO",
        "KORONG PASA USANG",
        "KORONG KAMPUANG TANGAH",
        "KORONG BATU BALAH",
    ),
    religions=("ISLAM",),
)
SUNDA = Custom(
    men=("ASEP", "DADANG", "UJANG", "ENDANG", "CECEP", "YAYAN", "DEDE"),
    women=("EUIS", "IMAS", "TINI", "NENENG", "LILIS", "ELIS", "AI"),
    boys=("REZA", "FAJAR", "DIKI", "AGUNG", "RAMDAN"),
    girls=("SITI", "INTAN", "DINDA", "WULAN", "RISMA"),
    second=("SUNANDAR", "KARTIWA", "ROHMAT", "SOLIHIN", "MULYANA", "PERMANA", "SUKMANA"),
    second_from_mother=False,
    streets=("KP CIBODAS", "KP BABAKAN LOA", "KP PASIR KALIKI", "JL RAYA KADUNGORA GG MASJID NO 4"),
    religions=("ISLAM",),
)
TIMOR = Custom(
    men=("YOHANIS", "MARTHEN", "SEMUEL", "FERDINAN", "OKTOVIANUS", "YAKOB"),
    women=("MARIA", "YULIANA", "ADELINA", "MARGARITHA", "FERDERIKA", "ORPA"),
    boys=("YERMIAS", "ALFREDO", "DANIEL", "STEFANUS", "JORDAN"),
    girls=("GRACE", "KRISTIN", "MELANI", "YUNITA", "FEBI"),
    second=("TANEO", "NALLE", "BENU", "LIUNOKAS", "MANAFE", "SELAN"),
    second_from_mother=False,
    streets=("JL BAJAWA NO 17", "JL TAEBENU", "JL SAM RATULANGI GG III NO 9"),
    religions=("KRISTEN", "KRISTEN", "KATHOLIK"),
)
JAVA = Custom(
    men=("SUPARNO", "SLAMET", "WAGIMAN", "TRIYONO", "SUGENG", "MULYADI", "KASMAN"),
    women=("SUMINAH", "SRI", "WARSINI", "LASTRI", "TUTIK", "KARTINI", "RUMINI"),
    boys=("BAYU", "ADI", "DIMAS", "YOGA", "GALIH"),
    girls=("RINI", "DEWI", "AYU", "LESTARI", "NOVI"),
    second=("WIBOWO", "SANTOSO", "HARTONO", "UTOMO", "PRASETYA", "KUSUMA"),
    second_from_mother=False,
    streets=("DUSUN KRAJAN", "DSN NGLEGOK", "JL MAWAR NO 12", "JL MELATI GG II NO 5", "KP SUKAMAJU"),
    religions=("ISLAM", "ISLAM", "ISLAM", "KRISTEN", "HINDU", "BUDHA"),
)


def custom(village: str) -> Custom:
    """The custom of a village's province; elsewhere names that are met everywhere."""
    return {"13": MINANG, "32": SUNDA, "53": TIMOR}.get(village[:2], JAVA)


def adult(ways: Custom, rng: random.Random, *, woman: bool, taken: set[str]) -> str:
    """A full name of two words that nobody in the family bears yet."""
    return _unused(rng, ways.women if woman else ways.men, ways.second, taken)


def child(ways: Custom, rng: random.Random, *, girl: bool, second: str, taken: set[str]) -> str:
    """A child's full name with the family's second name."""
    return _unused(rng, ways.girls if girl else ways.boys, (second,), taken)


def _unused(rng: random.Random, first: tuple[str, ...], second: tuple[str, ...], taken: set[str]) -> str:
    free = [name for name in first if not any(other.startswith(f"{name} ") for other in taken)]
    name = f"{rng.choice(free)} {rng.choice(second)}"
    taken.add(name)
    return name
