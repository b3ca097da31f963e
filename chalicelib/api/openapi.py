"""The API's description (OpenAPI 3.1), made from the routes as declared and the models they name.

`python -m infra.openapi` writes `docs/openapi.json`, the committed copy; a test holds the two together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from chalicelib.access.policy import Action
from chalicelib.api.http import Route, Router, Who
from chalicelib.api.own_page import COOKIE, HEADER
from chalicelib.api.shapes.shared import Refusal

_SECURITY: dict[Who, list[dict[str, list[str]]]] = {
    Who.ANYONE: [],
    Who.CITIZEN: [{"secret": []}],
    Who.OFFICER: [{"session": []}],
    Who.KIOSK: [{"session": []}],
}
_UNDERSTOOD = {
    Who.ANYONE: (500,),
    Who.CITIZEN: (400, 404, 428, 429, 500),
    Who.OFFICER: (401, 403, 500),
    Who.KIOSK: (401, 403, 500),
}
_UNNAMED = frozenset({Action.SIGN_IN, Action.MANAGE_SELF, Action.OPEN_KIOSK})
"""What may be sent twice without a name: doing it again changes nothing, or is asked for anew."""
_MEANING = {
    400: "What was sent cannot be taken.",
    401: "Not signed in.",
    403: "Not for this officer.",
    404: "No such thing, or not to be told.",
    409: "The world has moved on.",
    413: "Too large.",
    428: "Many ask at once: again with `Berkas-Proof` for the answer's `Berkas-Challenge`.",
    429: "Too often; Retry-After says how long to wait.",
    500: "Our fault.",
}


def document(routers: Iterable[Router]) -> dict[str, Any]:
    """The description of every route that answers JSON (pages are not part of it)."""
    routes = [route for router in routers for route in router.routes if route.gives]
    models = {model for route in routes for model in (route.takes, route.gives) if model} | {Refusal}
    ordered = sorted(models, key=lambda model: model.__name__)
    names, definitions = models_json_schema(
        [(model, "validation") for model in ordered], ref_template="#/components/schemas/{model}"
    )
    refs = {model: names[(model, "validation")] for model in ordered}
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Berkas", "version": "1", "license": {"name": "MIT", "identifier": "MIT"}},
        "paths": paths,
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {
                "secret": {"type": "apiKey", "in": "header", "name": "Berkas-Secret"},
                "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
            },
        },
    }


def _operation(route: Route, refs: dict[type[BaseModel], Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.about,
        "security": _SECURITY[route.who],
        "parameters": _parameters(route),
        "responses": _responses(route, refs),
    }
    if route.takes:
        operation["requestBody"] = {"required": True, "content": _json(refs[route.takes])}
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    text = {"type": "string"}
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": text}
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    found += [{"name": name, "in": "query", "required": False, "schema": text} for name in route.query]
    if route.method == "POST" and (route.who in (Who.OFFICER, Who.KIOSK) or route.action is Action.SIGN_IN):
        found.append({"name": HEADER, "in": "header", "required": True, "schema": text})
    if route.method == "POST" and route.action not in _UNNAMED:
        key = {"type": "string", "pattern": "^[A-Za-z0-9_-]{16,64}$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": key})
    return found


def _responses(route: Route, refs: dict[type[BaseModel], Any]) -> dict[str, Any]:
    assert route.gives is not None  # noqa: S101  `document` leaves the others out
    refusals = {*_UNDERSTOOD[route.who], *route.refuses, *((400,) if route.takes else ())}
    answers: dict[str, Any] = {
        str(route.status): {"description": "Done.", "content": _json(refs[route.gives])}
    }
    for status in sorted(refusals):
        answers[str(status)] = {"description": _MEANING[status], "content": _json(refs[Refusal])}
    return answers


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def text(routers: Iterable[Router]) -> str:
    return json.dumps(document(routers), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
