"""The families of a seed: 1 to 8 plain and in the demo's villages, all further ones by chance (`household.py`)."""

from __future__ import annotations

import random
from datetime import date, timedelta

from chalicelib.local.specimens.household import household
from chalicelib.local.specimens.names import Custom, adult, child, custom
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
from chalicelib.local.specimens.regions import Region, neighbouring_district, region, village_of
from chalicelib.local.specimens.seeds import draws

SHAPES = (
    (HEAD, WIFE, CHILD, CHILD),
    (HEAD, WIFE, CHILD),
    (HEAD, CHILD, CHILD),
    (HEAD, WIFE, CHILD, CHILD, PARENT),
    (HEAD, WIFE, CHILD, CHILD, CHILD),
    (HEAD, WIFE),
    (HEAD, WIFE, CHILD, CHILD, CHILD),
    (HEAD, WIFE, CHILD, CHILD),
)


def family(index: int, seed: int) -> Family:
    """The family number `index` (from 1) of this seed: 1 to 8 plain, the demo's; the others of every kind.

    LookupError: its village is not in the table.
    """
    rng = draws(seed, f"family/{index}")
    home = region(village_of(index, rng))
    if index > len(SHAPES):
        return household(f"family-{index:02d}", home, rng)
    ways = custom(home.code)
    members = _members(SHAPES[(index - 1) % len(SHAPES)], home, ways, rng)
    youngest = max(person.born for person in members)
    issued = card_day(youngest, rng, old=index % 3 == 0)
    registered = issued - timedelta(days=rng.randint(0, 30))
    adults = [person for person in members[:2] if person.hubungan in (HEAD, WIFE)]
    holder = adults[-1] if index % 3 == 2 else adults[0]
    return Family(
        name=f"family-{index:02d}",
        region=home,
        alamat=rng.choice(ways.streets),
        rt=f"{rng.randint(1, 9):03d}",
        rw=f"{rng.randint(1, 6):03d}",
        nomor_kk=f"{home.district_digits}{registered:%d%m%y}{rng.randint(9900, 9999)}",
        issued=issued,
        members=members,
        holder=holder,
        ktp_issued=date(rng.randint(2013, 2024), rng.randint(1, 12), rng.randint(1, 28)),
    )


def _members(shape: tuple[str, ...], home: Region, ways: Custom, rng: random.Random) -> tuple[Person, ...]:
    taken: set[str] = set()
    agama = rng.choice(ways.religions)
    serials = rng.sample(range(9900, 10000), len(shape))
    couple = WIFE in shape
    head_age = rng.randint(44, 60) if len(shape) < 5 else rng.randint(41, 50)
    woman_head = not couple
    head_name = adult(ways, rng, woman=woman_head, taken=taken)
    wife_name = adult(ways, rng, woman=True, taken=taken) if couple else ""
    absent_father = "" if couple else adult(ways, rng, woman=False, taken=taken)
    mother_name = wife_name or head_name
    father_name = head_name if couple else absent_father
    children_second = (mother_name if ways.second_from_mother else father_name).split()[1]
    married = date(TODAY.year - head_age + 24, rng.randint(1, 12), rng.randint(1, 28))
    child_age = head_age - 25
    people: list[Person] = []
    for serial, hubungan in zip(serials, shape, strict=True):
        ayah, ibu = (adult(ways, rng, woman=woman, taken=set(taken)) for woman in (False, True))
        district = home.district_digits
        if hubungan == HEAD:
            woman, age, name = woman_head, head_age, head_name
        elif hubungan == WIFE:
            woman, age, name = True, head_age - rng.randint(1, 5), wife_name
            if rng.random() < 0.4:
                district = neighbouring_district(home.code, rng)
        elif hubungan == PARENT:
            woman, age = True, head_age + rng.randint(22, 26)
            name = adult(ways, rng, woman=True, taken=taken)
        else:
            child_age = max(child_age - rng.randint(2, 4), 8)
            woman, age, ayah, ibu = rng.random() < 0.5, child_age, father_name, mother_name
            name = child(ways, rng, girl=woman, second=children_second, taken=taken)
        born = birthday(age, rng)
        pendidikan, pekerjaan = life(age, rng, woman=woman, is_child=hubungan == CHILD)
        status = _status(hubungan, couple=couple)
        people.append(
            Person(
                nama=name,
                nik=nik(district, born, woman=woman, serial=serial),
                woman=woman,
                tempat_lahir=home.town if hubungan == CHILD or rng.random() < 0.5 else home.kel_desa,
                born=born,
                agama=agama,
                pendidikan=pendidikan,
                pekerjaan=pekerjaan,
                gol_darah=rng.choice(("-", "-", "-", "A", "B", "AB", "O", "O")),
                status=status,
                married=married if status == "KAWIN" else None,
                hubungan=hubungan,
                ayah=ayah,
                ibu=ibu,
            )
        )
    return _with_grandmother(people)


def _with_grandmother(people: list[Person]) -> tuple[Person, ...]:
    """Where the head's mother lives with the family, the head's row names her as mother."""
    named = {person.nama: person for person in people if person.hubungan == PARENT}
    if not named:
        return tuple(people)
    head = people[0]
    (mother,) = named
    values = {**{key: getattr(head, key) for key in Person.__dataclass_fields__}, "ibu": mother}
    return (Person(**values), *people[1:])


def _status(hubungan: str, *, couple: bool) -> str:
    if hubungan == CHILD:
        return "BELUM KAWIN"
    if hubungan == PARENT or not couple:
        return "CERAI MATI"
    return "KAWIN"
