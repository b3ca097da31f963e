"""A known fault fails the check, an old snapshot is told, and what the source says is kept as judging needs it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.supply.advisories import OLD_AFTER_DAYS, Advisory, Snapshot, affects, judge, load
from infra.supply.refresh import snapshot
from infra.supply.used import used

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
PLANTED = Advisory(
    "PYSEC-0", "a planted fault", {"pypi/one": (((("introduced", "1.2"), ("fixed", "1.10")),), frozenset())}
)


def kept(*advisories: Advisory, age: int = 0, asked: frozenset[str] = frozenset({"pypi/one"})) -> Snapshot:
    return Snapshot(TODAY - timedelta(days=age), "a source", asked, advisories)


def test_a_package_we_lock_with_a_planted_fault_fails() -> None:
    name, version = next(pair for pair in used(ROOT) if pair[0] == "pypi/pillow")
    planted = Advisory("PYSEC-1", "planted", {name: ((), frozenset({version}))})
    assert judge(used(ROOT), kept(planted), {}, TODAY).faults == (f"{name} {version}: PYSEC-1 planted",)


@pytest.mark.parametrize(
    ("version", "hit"), [("1.1", False), ("1.2", True), ("1.9.3", True), ("1.10", False), ("2.0", False)]
)
def test_versions_are_ordered_as_versions(version: str, hit: bool) -> None:
    assert affects(PLANTED, "pypi/one", version) is hit
    assert not affects(PLANTED, "pypi/two", version)


@pytest.mark.parametrize(
    ("version", "hit"), [("0.1", True), ("3", True), ("3.1", False), ("5", True), ("odd", True)]
)
def test_open_ranges_last_affected_and_what_cannot_be_ordered(version: str, hit: bool) -> None:
    events = (("introduced", "0"), ("last_affected", "3"), ("introduced", "4"))
    assert affects(Advisory("A", "", {"npm/x": ((events,), frozenset())}), "npm/x", version) is hit


def test_what_we_live_with_passes_until_its_day() -> None:
    accepted = {"PYSEC-0": {"why": "we never call it", "until": "2026-11-22"}}
    at = [("pypi/one", "1.3")]
    assert judge(at, kept(PLANTED), accepted, TODAY).faults == ()
    late = judge(at, kept(PLANTED, age=-1), accepted, TODAY + timedelta(days=1))
    assert late.faults == ("pypi/one 1.3: PYSEC-0 a planted fault (accepted only until 2026-11-22)",)
    assert judge([("pypi/one", "1.10")], kept(PLANTED), accepted, TODAY).warnings == (
        "accepted.json names PYSEC-0, which applies no more",
    )


def test_an_old_an_empty_and_a_partial_snapshot_are_told() -> None:
    at = [("pypi/one", "2"), ("pypi/new", "1")]
    assert "was not asked about pypi/new" in judge(at, kept(), {}, TODAY).warnings[0]
    assert judge(at[:1], kept(age=OLD_AFTER_DAYS), {}, TODAY).warnings == ()
    assert "31 days old" in judge(at[:1], kept(age=OLD_AFTER_DAYS + 1), {}, TODAY).warnings[0]
    empty = Snapshot(None, "", frozenset(), ())
    assert "no source has been asked" in judge(at, empty, {}, TODAY).warnings[0]


def test_the_committed_snapshot_says_what_it_holds() -> None:
    found = load()
    assert (found.asked_at is None) == (found.source == "") == (not found.asked)


def test_a_refreshed_snapshot_is_judged(tmp_path: Path) -> None:
    """The source's answers as osv.dev documents them: pages for a query, events as single pairs, withdrawn entries."""
    told = {
        "A": {
            "id": "A", "summary": "bad", "aliases": ["CVE-1"],
            "affected": [
                {"package": {"ecosystem": "PyPI", "name": "One"},
                 "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]},
                            {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.0"}]}],
                 "versions": ["1.0"]},
                {"package": {"ecosystem": "PyPI", "name": "other"}, "versions": ["1"]},
            ],
        },
        "B": {
            "id": "B", "details": "worse\nmore",
            "affected": [{"package": {"ecosystem": "npm", "name": "qr"}, "versions": ["0.7.0"]}],
        },
        "C": {"id": "C", "withdrawn": "2026-01-01T00:00:00Z", "affected": []},
    }  # fmt: skip
    asked: list[Any] = []

    def ask(address: str, body: bytes | None) -> bytes:
        place = address.rpartition("/v1/")[2]
        if body is None:
            return json.dumps(told[place.removeprefix("vulns/")]).encode()
        queries = json.loads(body)["queries"]
        asked.append(queries)
        if any("page_token" in query for query in queries):
            return json.dumps({"results": [{"vulns": [{"id": "C"}]}]}).encode()
        first = {"vulns": [{"id": "B"}]}
        second = {"vulns": [{"id": "A"}], "next_page_token": "more"}
        return json.dumps({"results": [first, second]}).encode()

    made = snapshot(["pypi/one", "npm/qr"], ask, TODAY)
    assert [query["package"]["name"] for query in asked[1]] == ["one"]
    place = tmp_path / "advisories.json"
    place.write_text(json.dumps(made), encoding="utf-8")
    found = load(place)
    assert (found.asked_at, found.asked) == (TODAY, {"pypi/one", "npm/qr"})
    verdict = judge([("pypi/one", "1.5"), ("npm/qr", "0.7.0")], found, {}, TODAY)
    assert verdict.faults == ("pypi/one 1.5: A bad", "npm/qr 0.7.0: B worse")
    assert judge([("pypi/one", "2.0"), ("npm/qr", "0.7.1")], found, {}, TODAY).faults == ()
