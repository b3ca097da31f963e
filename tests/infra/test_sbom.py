"""The bill of materials holds what is locked and copied, and has the shape that CycloneDX 1.6 asks for."""

from __future__ import annotations

import json
import re
from pathlib import Path

from infra.supply.sbom import bill
from infra.supply.used import used

ROOT = Path(__file__).parents[2]


def test_the_bill_holds_everything_that_is_used_once() -> None:
    made = bill(ROOT)
    named = [
        (part["purl"].removeprefix("pkg:").rpartition("@")[0], part["version"]) for part in made["components"]
    ]
    assert sorted(named) == sorted(used(ROOT))
    scopes = {part["name"]: part["scope"] for part in made["components"]}
    assert (scopes["cryptography"], scopes["qr"], scopes["awslambdaric"]) == ("required",) * 3
    assert (scopes["pytest"], scopes["axe-core"]) == ("excluded", "excluded")


def test_its_references_are_whole_and_its_order_is_fixed() -> None:
    made = bill(ROOT)
    known = {made["metadata"]["component"]["bom-ref"], *(part["bom-ref"] for part in made["components"])}
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in made["dependencies"]}
    assert set(needs) == known
    assert {name for listed in needs.values() for name in listed} <= known
    reached: set[str] = set()
    ahead = [made["metadata"]["component"]["bom-ref"]]
    while ahead:
        reached.add(name := ahead.pop())
        ahead += [part for part in needs[name] if part not in reached]
    assert reached == known
    assert json.dumps(made) == json.dumps(bill(ROOT))


def test_it_has_the_shape_of_the_standard() -> None:
    """The parts of the CycloneDX 1.6 schema that a bill like ours can break; the whole schema accepted it once (0013)."""
    made = bill(ROOT)
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made["serialNumber"])
    for part in made["components"]:
        assert part["type"] == "library"
        assert all(set(words) <= {"license", "expression"} for words in part.get("licenses", []))
        for reference in part.get("externalReferences", []):
            digests = [entry["content"] for entry in reference["hashes"]]
            assert digests
            assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in digests)
            assert len(set(digests)) == len(digests)
