"""`python -m bench.tables`: `docs/bench.md` from `results.json`, so that no figure in the docs is typed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import figures
from bench.reading import headline

PAGE = Path(__file__).parents[1] / "docs" / "bench.md"

WHAT = {
    "reading.ktp.p50": "KTP photo in the store → reading on the phone, median",
    "reading.ktp.p95": "KTP photo in the store → reading on the phone, 95 %",
    "reading.ktp.cpu": "KTP photo, processor of the reader, median",
    "reading.kk.p50": "KK photo in the store → reading on the phone, median",
    "reading.kk.p95": "KK photo in the store → reading on the phone, 95 %",
    "reading.kk.cpu": "KK photo, processor of the reader, median",
    "desk.p50": "Submission → on the village's desk, median",
    "desk.p95": "Submission → on the village's desk, 95 %",
    "status.answer.cpu.p50": "One answer of the status page, processor, median",
    "status.answer.cpu.p95": "One answer of the status page, processor, 95 %",
    "status.answer.reads": "One answer of the status page, reads of the table",
    "status.answer.concurrency": "Function environments for 1,000 status answers a second (computed)",
    "start.second.p50": "`serve` again → first page, median",
    "start.second.worst": "`serve` again → first page, worst",
    "memory.server": "Memory at rest: server",
    "memory.emulator": "Memory at rest: emulator",
    "memory.reader": "Memory at rest: reader",
    "door.cold": "Form opened on a slow phone and line, nothing kept → usable, median",
    "door.warm": "The same again → usable, median",
    "door.bytes": "Bytes of the form over the line, nothing kept",
    "door.shift": "What moves on the form while it opens, worst",
    "door.receipt": "Form opened → receipt with three photos, at a person's pace",
    "units.write": "DynamoDB write units of a case, draft to last decision",
    "units.read": "DynamoDB read units of a case, draft to last decision",
    **headline.WHAT,
}
_HEAD = """# Figures

Made from `bench/results.json` by `python -m bench.tables`; measured by `make bench` on the one-machine stack. The load is
the machine's load average (1 min), the higher of begin and end: what is taken under load is slower than on an idle
machine. `python -m bench --only NAME` renews one measure, `make bench-reading` those of the reading on unseen pictures
(more of them in [reading.md](reading.md)).

| what | value | aim | beside it | ratio | n | load (processors) | date | command |
|---|---|---|---|---|---|---|---|---|
"""


def page(results: Mapping[str, Mapping[str, Any]]) -> str:
    """The page's text. KeyError: a figure that WHAT does not name."""
    ordered = sorted(results, key=list(WHAT).index)
    return _HEAD + "".join(_row(WHAT[name], results[name]) for name in ordered)


def _row(what: str, kept: Mapping[str, Any]) -> str:
    peer, ratio, aim = kept["peer"], kept["ratio"], kept["aim"]
    columns = (
        what,
        f"{kept['value']:.2f} {kept['unit']}",
        f"< {aim:g}" if aim is not None else "–",
        f"{peer['what']}: {peer['value']:.2f}" if peer else "–",
        f"{ratio:.2f}" if ratio is not None else "–",
        str(kept["n"]),
        f"{kept['load']:.1f} ({kept['processors']})",
        kept["date"],
        f"`{kept['command']}`",
    )
    return f"| {' | '.join(columns)} |\n"


def write() -> None:
    PAGE.write_text(page(figures.read()), encoding="utf-8")


if __name__ == "__main__":
    write()
