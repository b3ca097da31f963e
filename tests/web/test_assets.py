"""Addresses carry what they bring: a changed file has a new address, and so has all that names it."""

from __future__ import annotations

import re

import pytest

from chalicelib.api.assets import Assets, bare
from chalicelib.api.pages import assets
from tests.web.test_pages import OUR_FILES

FILES = {
    "a.js": "import { b } from './b.js';\nconst lazy = () => import('./c.js');\n",
    "b.js": "export const b = `aset/d.svg#${name}`;\n",
    "c.js": "export default 'text/./b.js is no address';\n",
    "d.svg": "<svg/>",
}


def digests(files: dict[str, str]) -> dict[str, str]:
    made = Assets(files)
    return {name: made.digest(name) for name in files}


def test_addresses_are_written_into_pages_and_modules() -> None:
    made = Assets(FILES)
    now = digests(FILES)
    assert made.addressed('<script src="aset/a.js"></script><a href="usulan">') == (
        f'<script src="aset/a.js?v={now["a.js"]}"></script><a href="usulan">'
    )
    assert f"'./b.js?v={now['b.js']}'" in made.served("a.js")
    assert f"import('./c.js?v={now['c.js']}')" in made.served("a.js")
    assert f"`aset/d.svg?v={now['d.svg']}#${{name}}`" in made.served("b.js")
    assert made.served("c.js") == FILES["c.js"]


@pytest.mark.parametrize(
    ("changed", "travels"),
    [
        ("a.js", {"a.js"}),
        ("b.js", {"a.js", "b.js"}),
        ("c.js", {"a.js", "c.js"}),
        ("d.svg", {"a.js", "b.js", "d.svg"}),
    ],
)
def test_a_change_changes_the_addresses_of_all_that_names_it(changed: str, travels: set[str]) -> None:
    before, after = digests(FILES), digests({**FILES, changed: FILES[changed] + " "})
    assert {name for name in FILES if before[name] != after[name]} == travels


def test_comments_stay_here_and_lines_keep_their_numbers() -> None:
    text = "// why\nlet a = '//'; // kept\n  /** what\n   * shape */\nlet b = 2; /* in */ let c;\n/* x */ a += 1;\n"
    served = Assets({"a.js": text}).served("a.js")
    assert served == "\nlet a = '//'; // kept\n\n\nlet b = 2; /* in */ let c;\n/* x */ a += 1;\n"
    assert Assets({"vendor-a.js": text}).served("vendor-a.js") == text


def test_no_text_of_ours_is_taken_for_a_comment() -> None:
    """Within a literal of several lines a line may begin like a comment; there is none."""
    for path in OUR_FILES:
        if path.suffix == ".js":
            code = bare(path.name, path.read_text(encoding="utf-8"))
            kept = code.splitlines()
            for line, text in enumerate(path.read_text(encoding="utf-8").splitlines()):
                if text and not kept[line]:
                    assert "\n".join(kept[:line]).count("`") % 2 == 0, f"{path.name}:{line + 1}"


def test_what_is_not_ours_is_left_alone() -> None:
    assert Assets(FILES).addressed('<a href="aset/none.js">') == '<a href="aset/none.js">'


def test_a_circle_is_told() -> None:
    with pytest.raises(ValueError, match=r"a\.js > b\.js > a\.js"):
        Assets({"a.js": "import './b.js'", "b.js": "import './a.js'"}).digest("a.js")


def test_no_module_of_ours_is_named_without_its_digest() -> None:
    """Two addresses of one module would be two modules, each with a state of its own."""
    served = assets()
    for name in ("usulan.js", "status.js", "petugas.js", "meja.js", "barkot.js", "vendor-qr-decode.js"):
        named = re.findall(r"""(?:from|import\()\s*['"](\./[^'"]+)""", served.served(name))
        assert named
        assert all(re.fullmatch(r"\./[\w.-]+\?v=[0-9a-f]{12}", one) for one in named), name
