"""The zip: what goes in, what stays out, and that it is the same each time."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from infra import package
from infra.deploy import changes
from infra.vendor import SERVICES, closure, services_called

ROOT = Path(__file__).parents[2]


def test_the_zip_describes_every_service_that_the_product_calls() -> None:
    sources = [*(ROOT / "chalicelib" / "aws").glob("*.py"), ROOT / "chalicelib" / "bootstrap.py"]
    called = frozenset().union(*(services_called(path.read_text(encoding="utf-8")) for path in sources))
    assert {"dynamodb", "s3", "sqs", "kms", "cognito-idp"} <= called
    assert called <= SERVICES


def test_what_is_kept_is_what_the_roots_need_on_lambda() -> None:
    needs = {
        "a": [Requirement("b"), Requirement("c; sys_platform == 'win32'"), Requirement("d; extra == 'more'")],
        "b": [Requirement("E.e; python_version >= '3.13'")],
        "c": [],
        "d": [],
        "e-e": [Requirement("a")],
        "f": [],
    }
    assert closure(needs, ["A"]) == {"a", "b", "e-e"}


def test_a_dependency_that_is_not_locked_is_told() -> None:
    with pytest.raises(KeyError, match="missing"):
        closure({"a": [Requirement("missing")]}, ["a"])


def test_the_archive_is_the_same_each_time_and_the_app_wins(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    (wheels / "lib" / "__pycache__").mkdir(parents=True)
    (wheels / "lib" / "__pycache__" / "x.pyc").write_bytes(b"compiled")
    (wheels / "lib" / "x.py").write_bytes(b"x = 1")
    (wheels / "app.py").write_bytes(b"not the app")
    app = tmp_path / "app.zip"
    with zipfile.ZipFile(app, "w") as out:
        out.writestr("chalicelib/a.py", "a = 1")
        out.writestr("app.py", "the app")
    for name in ("one.zip", "two.zip"):
        package.archive(tmp_path / name, app, wheels)
        (wheels / "lib" / "x.py").touch()
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as made:
        assert made.namelist() == ["app.py", "chalicelib/a.py", "lib/x.py"]
        assert made.read("app.py") == b"the app"
    assert package.digest(tmp_path / "one.zip") == package.digest(tmp_path / "two.zip")


def test_the_one_machine_stack_stays_out(tmp_path: Path) -> None:
    package.stage_sources(tmp_path / "stage")
    staged = {path.relative_to(tmp_path / "stage").as_posix() for path in (tmp_path / "stage").rglob("*")}
    assert {"app.py", "chalicelib/errors.py", "chalicelib/messages/id.json"} <= staged
    assert not [name for name in staged if name.startswith("chalicelib/local") or "__pycache__" in name]


def test_the_linter_speaks_up(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": "long"}}
    broken.write_text(json.dumps({"Resources": {"Queue": queue}}))
    assert "E3012" in package.lint(broken)


def test_a_zip_beyond_the_budget_fails_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(tmp_path / "deployment.zip", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("big", b"\0" * (package.BUDGET_MB * 1_000_000 + 1))
    (tmp_path / "template.json").write_text('{"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}')
    assert package.check(tmp_path) == 1
    assert "too big" in capsys.readouterr().err


def test_a_change_that_replaces_or_removes_is_told_loudly() -> None:
    change_set = {
        "Changes": [
            {
                "ResourceChange": {
                    "Action": "Add",
                    "LogicalResourceId": "New",
                    "ResourceType": "AWS::SQS::Queue",
                }
            },
            {
                "ResourceChange": {
                    "Action": "Modify",
                    "LogicalResourceId": "Table",
                    "ResourceType": "AWS::DynamoDB::Table",
                    "Replacement": "True",
                }
            },
        ]
    }
    quiet, loud = changes(change_set)
    assert quiet.startswith("Add")
    assert loud == loud.upper()
    assert "REPLACED" in loud
