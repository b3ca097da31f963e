"""Everything we install is pinned by version and hash, and under a licence that we take."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from infra.supply.copied import copied
from infra.supply.licences import licence, refused
from infra.supply.locks import OURS, NotLocked, all_locked, read

ROOT = Path(__file__).parents[2]
HASH = "a" * 64


def test_every_package_of_every_lock_has_a_hash_and_all_we_name_are_locked() -> None:
    packages = all_locked(ROOT)
    assert all(package.hashes for package in packages)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    named = [*project["dependencies"], *extras["reader"], *extras["dev"]]
    wanted = {canonicalize_name(Requirement(text).name) for text in named}
    assert wanted == {package.name for package in packages if OURS in package.via}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"one==1.0 \\\n    --hash=sha256:{HASH}\ntwo==2.0\n", "lock:? without a hash: two"),
        (f"one>=1.0 \\\n    --hash=sha256:{HASH}\n", "lock:1: not pinned"),
        ("-e .\n", "lock:1: not pinned"),
        ("git+https://example.org/one.git\n", "lock:1: not pinned"),
    ],
)
def test_what_is_not_pinned_or_not_hashed_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "lock").write_text(text, encoding="utf-8")
    with pytest.raises(NotLocked, match=told):
        read(tmp_path / "lock", "lock")


def test_a_lock_tells_markers_hashes_and_who_asked(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(
        f"A.b==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{HASH} \\\n    --hash=sha256:{'b' * 64}\n"
        "    # via\n    #   -c requirements.txt\n    #   berkas (pyproject.toml)\n    #   other\n"
        f"other==2 \\\n    --hash=sha256:{HASH}\n    # via berkas (pyproject.toml)\n",
        encoding="utf-8",
    )
    first, second = read(tmp_path / "lock", "lock")
    assert (first.name, first.version, first.marker) == ("a-b", "1.0", "sys_platform == 'win32'")
    assert first.hashes == {HASH, "b" * 64}
    assert (first.via, second.via) == ({"berkas", "other"}, {"berkas"})


def test_every_installed_package_is_under_a_licence_that_we_take() -> None:
    known = {package.name: licence(package) for package in all_locked(ROOT)}
    assert {name: refused(words) for name, words in known.items() if refused(words)} == {}
    assert known["pillow"] == "MIT-CMU"
    assert known["jinja2"] == "BSD-3-Clause"
    assert known["cryptography"] == "Apache-2.0 OR BSD-3-Clause"
    assert sum(words is not None for words in known.values()) > 100


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("MIT", []),
        ("GPL-3.0-only OR MIT", []),
        ("MIT AND AGPL-3.0-only", ["AGPL-3.0-only"]),
        ("GPL-2.0-only OR LGPL-2.1-only", ["GPL-2.0-only", "LGPL-2.1-only"]),
        (None, []),
    ],
)
def test_what_we_do_not_take_is_named(expression: str | None, told: list[str]) -> None:
    assert refused(expression) == told


def test_what_is_copied_is_read_from_the_page() -> None:
    found = {package.name: package for package in copied(ROOT)}
    assert set(found) == {"qr", "axe-core"}
    assert [name for name, _ in found["qr"].files] == ["vendor-qr-decode.js", "vendor-qr-index.js"]
    assert found["axe-core"].licence == "MPL-2.0"
