"""The description of the API: it is what the routes say, and the running API is what it says."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chalicelib.api.own_page import COOKIE
from chalicelib.local.specimens.catalogue import families
from chalicelib.local.stack import RunningStack
from chalicelib.local.visitor import PASSWORD
from infra.openapi import PLACE, described
from tests.client import Client, submitted

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
# An unknown method is an unknown route to API Gateway, and is told so (404): not part of the description.
CONFIG = schemathesis.Config.from_dict({"phases": {"coverage": {"unexpected-methods": []}}})
schema = schemathesis.openapi.from_path(str(PLACE), config=CONFIG)


def test_the_committed_description_is_the_one_the_routes_give() -> None:
    assert PLACE.read_text(encoding="utf-8") == described(), "run `make openapi`"


@pytest.fixture
def keys(stack: RunningStack) -> dict[str, Any]:
    """A case of somebody's, so that calls get past the door."""
    return made_once(stack.base_url)


@cache
def made_once(base_url: str) -> dict[str, Any]:
    client = Client(base_url)
    sent = submitted(client, families()[1])
    return {"number": sent.number, "secret": sent.secret, "base": base_url}


@cache
def cookie_for(base_url: str, _operation: str) -> str:
    """A session of its own for each operation: some of them end one."""
    answer = Client(base_url).post("session", {"username": "operator.2", "password": PASSWORD})
    return answer.headers["Set-Cookie"].partition(";")[0]


@pytest.mark.stack
@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
def test_no_fault_and_no_undocumented_answer(case: schemathesis.Case, keys: dict[str, Any]) -> None:
    parts = case.path_parameters or {}
    if "case_number" in parts:
        parts["case_number"] = keys["number"]
    if "work_id" in parts:
        parts["work_id"] = f"{keys['number']}.desa"
    (case.cookies or {}).pop(COOKIE, None)  # invented sessions come no further than the door
    headers = {"Berkas-Secret": keys["secret"], "Cookie": cookie_for(keys["base"], case.operation.label)}
    case.call_and_validate(base_url=keys["base"], headers=headers, checks=CHECKS)
