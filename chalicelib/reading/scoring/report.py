"""The tables of a score, out of truths and answers. Nothing that was read stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from chalicelib.reading.scoring import flags, trust
from chalicelib.reading.scoring.compare import CELL, HEAD, KTP, NEGATIVE, Item, invented_rows, items
from chalicelib.reading.scoring.table import Table, percent, with_interval
from chalicelib.reading.scoring.tally import Share, tally
from chalicelib.reading.scoring.truth import Answer, Truth

GRADES = ("easy", "medium", "hard")
READERS_KINDS = ("ktp", "kk", "house", "barkot", "other")


@dataclass(frozen=True)
class Photo:
    """One photo with its truth and its answer; `size` as shown, (0, 0) where not known."""

    truth: Truth
    answer: Answer
    size: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Scored:
    """All photos of a score."""

    photos: Sequence[Photo]
    items: tuple[Item, ...] = field(init=False)

    def __post_init__(self) -> None:
        found = (item for photo in self.photos for item in items(photo.truth, photo.answer))
        object.__setattr__(self, "items", tuple(found))

    @cached_property
    def grades(self) -> list[str]:
        """The grades that occur, from easy to hard; others after them."""
        seen = {photo.truth.grade for photo in self.photos}
        return [grade for grade in GRADES if grade in seen] + sorted(seen - set(GRADES))


@dataclass(frozen=True)
class What:
    """A row of the first table: a `part` of the documents; only NIKs; only those whose print can be made out."""

    name: str
    part: str
    niks: bool = False
    seen: bool = False


WHAT = (
    What("KTP, all fields", KTP),
    What("KTP, NIK", KTP, niks=True),
    What("KTP, NIK, where it can be made out", KTP, niks=True, seen=True),
    What("KK, head", HEAD),
    What("KK, member cells", CELL),
    What("KK, member NIKs", CELL, niks=True),
    What("to be refused or incomplete", NEGATIVE),
)


def of(
    scored: Scored, part: str, *, niks: bool = False, grade: str | None = None, seen: bool = False
) -> list[Item]:
    """The items of a part, of one grade or all; `niks`: only NIKs; `seen`: only what can be made out."""
    return [
        one
        for one in scored.items
        if one.part == part
        and (grade is None or one.grade == grade)
        and (not niks or one.is_nik)
        and (not seen or one.seen)
    ]


def tables(scored: Scored) -> list[Table]:
    """Every table that these photos speak for."""
    made = [exact(scored), *by_field(scored), silent(scored), reliability(scored), kinds(scored)]
    made += [codes(scored), refused(scored), quality(scored), cost(scored)]
    return [table for table in made if table.rows]


def exact(scored: Scored) -> Table:
    """Exact match by what is read and by grade."""
    rows = []
    for what in WHAT:
        for grade in scored.grades:
            count = tally(of(scored, what.part, niks=what.niks, grade=grade, seen=what.seen))
            if count.exact.n:
                rows.append(
                    (what.name, grade, with_interval(count.exact), str(count.exact.n), with_interval(count.filled),
                     str(count.filled.n), str(count.missing), str(count.wrong))
                )  # fmt: skip
    rows_too_many = sum(invented_rows(photo.truth, photo.answer) for photo in scored.photos)
    note = f"Rows read that are on no card: {rows_too_many}." if of(scored, CELL) else ""
    head = ("what", "grade", "all", "n", "not empty", "n", "missing", "wrong")
    return Table("Exact match, with 95 % intervals", head, tuple(rows), note)


def by_field(scored: Scored) -> list[Table]:
    """Exact match of each field, a table for each part."""
    return [
        _by_field(scored, what.name.split(",", maxsplit=1)[0], what.part) for what in WHAT if not what.niks
    ]


def _by_field(scored: Scored, name: str, part: str) -> Table:
    rows = []
    for key in dict.fromkeys(item.field for item in of(scored, part)):
        mine = [item for item in of(scored, part) if item.field == key]
        each = [percent(tally(one for one in mine if one.grade == grade).exact) for grade in scored.grades]
        count = tally(mine)
        rows.append((key, *each, with_interval(count.exact), str(count.exact.n), with_interval(count.filled),
                     str(count.filled.n), str(count.missing), str(count.wrong)))  # fmt: skip
    title = {KTP: "KTP by field", HEAD: "KK, head by field", CELL: "KK, member cells by column"}
    head = ("field", *scored.grades, "all", "n", "not empty", "n", "missing", "wrong")
    return Table(title.get(part, f"{name}, by field"), head, tuple(rows))


def silent(scored: Scored) -> Table:
    """Silent errors and coverage, by part and grade, and in all."""
    rows = []
    documents = [item for item in scored.items if item.part in (KTP, HEAD, CELL)]
    wanted = [
        ("fields", trust.FIELD_LIMIT, documents),
        ("NIKs", trust.NIK_LIMIT, [i for i in documents if i.is_nik]),
    ]
    for name, limit, mine in wanted:
        groups = [(grade, [item for item in mine if item.grade == grade]) for grade in scored.grades]
        clear = [item for item in mine if item.grade in ("easy", "medium")]
        groups += [("easy and medium", clear), ("all", mine)]
        for group, chosen in groups:
            if chosen:
                found = trust.silent(chosen, limit)
                rows.append(
                    (name, group, f"≥ {limit}", with_interval(found.wrong), str(found.wrong.hits), str(found.wrong.n),
                     percent(found.covered), str(found.covered.n))
                )  # fmt: skip
    head = ("what", "grade", "confidence", "of these wrong", "wrong", "n", "printed values covered", "n")
    return Table("Silent errors", head, tuple(rows))


def reliability(scored: Scored) -> Table:
    """Bins of confidence over all values offered on documents."""
    documents = [item for item in scored.items if item.part in (KTP, HEAD, CELL)]
    found = trust.trust(documents)
    rows = tuple(
        (f"{one.low:g}–{one.high:g}", str(one.right.n), str(one.right.n - one.right.hits), f"{one.mean:.3f}",
         f"{one.right.value:.3f}")
        for one in found.bins
    )  # fmt: skip
    separated = "not defined" if found.auroc is None else f"{found.auroc:.3f}"
    note = (
        f"AUROC {separated}, ECE {found.ece:.4f}, {len(rows)} filled bins, {found.offered} values offered, "
        f"{found.errors} of them wrong."
    )
    return Table("Reliability of confidence", ("confidence", "values", "wrong", "mean", "right"), rows, note)


def kinds(scored: Scored) -> Table:
    """What the photos show against what they were taken for."""
    seen = Counter((_shown(photo.truth), photo.answer.kind) for photo in scored.photos)
    shown = dict.fromkeys(_shown(photo.truth) for photo in scored.photos)
    rows = tuple((kind, *(str(seen[kind, told]) for told in READERS_KINDS)) for kind in sorted(shown))
    right = Share(sum(_told_right(photo) for photo in scored.photos), len(scored.photos))
    note = f"Kind told right: {with_interval(right)} of {right.n}; what cannot be read may be called other."
    return Table("Kinds: shown (rows), told (columns)", ("shown", *READERS_KINDS), rows, note)


def _shown(truth: Truth) -> str:
    return "other" if truth.kind == "negative" else truth.kind


def _told_right(photo: Photo) -> bool:
    shown, told = _shown(photo.truth), photo.answer.kind
    return told == shown or (photo.truth.negative and told == "other")


def codes(scored: Scored) -> Table:
    """Codes found, by grade; a payload that is not the photo's own is wrong."""
    rows = []
    mine = [photo for photo in scored.photos if photo.truth.codes]
    for grade in scored.grades:
        chosen = [photo for photo in mine if photo.truth.grade == grade]
        wanted = [text for photo in chosen for text in photo.truth.codes or ()]
        hits = sum(text in photo.answer.codes for photo in chosen for text in photo.truth.codes or ())
        wrong = sum(text not in (photo.truth.codes or ()) for photo in chosen for text in photo.answer.codes)
        if wanted:
            rows.append((grade, with_interval(Share(hits, len(wanted))), str(len(wanted)), str(wrong)))
    return Table("Codes", ("grade", "decoded", "n", "wrong payloads"), tuple(rows))


def refused(scored: Scored) -> Table:
    """What was read where nothing should be."""
    mine = [photo for photo in scored.photos if photo.truth.negative]
    if not mine:
        return Table("Photos to be refused", (), ())
    invented = sum("nik" in p.answer.fields and "nik" not in p.truth.fields for p in mine)
    hidden = sum(name in p.answer.fields for p in mine for name in p.truth.hidden)
    rows = (("photos", str(len(mine))), ("with a NIK that cannot be seen", str(invented)),
            ("hidden values returned", str(hidden)))  # fmt: skip
    return Table("Photos to be refused", ("what", "n"), rows)


def quality(scored: Scored) -> Table:
    """Precision and recall of the quality checks."""
    found = flags.checks(((p.truth, p.answer) for p in scored.photos), (p.size for p in scored.photos))
    rows = tuple(
        (one.what, one.code or "–", with_interval(one.precision), str(one.precision.n), with_interval(one.recall),
         str(one.recall.n))
        for one in found
    )  # fmt: skip
    note = "Only photos that clearly have a fault or clearly have not, by what is known of the camera."
    return Table("Quality checks", ("fault", "finding", "precision", "named", "recall", "there"), rows, note)


def cost(scored: Scored) -> Table:
    """What reading took, by kind."""
    rows = []
    for kind in sorted({photo.truth.kind for photo in scored.photos}):
        took = [p.answer.cost for p in scored.photos if p.truth.kind == kind and p.answer.cost is not None]
        if took:
            seconds = [[one.cpu for one in took], [one.wall for one in took]]
            told = [f"{nearest_rank(each, share):.2f}" for each in seconds for share in (50, 95)]
            rows.append((kind, str(len(took)), *told, f"{max(one.peak for one in took):.0f}"))
    head = ("kind", "photos", "CPU s median", "CPU s 95 %", "wall s median", "wall s 95 %", "peak MiB")
    return Table("Cost of one photo", head, tuple(rows))


def nearest_rank(values: Iterable[float], percent_of_them: int) -> float:
    """The smallest value that so many percent of the values do not exceed. IndexError: none."""
    ordered = sorted(values)
    return ordered[max(0, -(-percent_of_them * len(ordered) // 100) - 1)]
