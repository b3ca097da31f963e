"""What every route shares: how a request is understood, how an answer and an error look. The one JSON error shape:

{"error": {"code", "message", "hint", "request_id", "fields"}}
"""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qs

from aws_lambda_powertools import Logger
from chalice.app import BadRequestError, Blueprint, ChaliceViewError, Request, Response
from pydantic import BaseModel, ValidationError

from chalicelib.access.accounts import Officers, Tokens
from chalicelib.access.actors import Citizen, Officer, Stranger
from chalicelib.access.denials import Denial
from chalicelib.access.limits import Limit, spend
from chalicelib.access.policy import Action, Subject, require
from chalicelib.api.headers import STRICT
from chalicelib.api.proving import Shown, opened, prove
from chalicelib.errors import (
    BadInput,
    BerkasError,
    Forbidden,
    Hidden,
    MustProve,
    NotFound,
    NotSignedIn,
    TooMany,
)
from chalicelib.messages import message
from chalicelib.offices.personnel import Personnel
from chalicelib.usulan.case import Case
from chalicelib.usulan.numbers import parse_case_number
from chalicelib.usulan.status import Status
from chalicelib.usulan.store import ClientRequest, World

Model = TypeVar("Model", bound=BaseModel)
Handler = Callable[..., Any]
logger = Logger(service="berkas")
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
_MOST_FIELDS = 20
_PRIVATE = {"Cache-Control": "private, no-store", "Content-Type": "application/json"}


class Pages(Protocol):
    """What the pages are told by the settings."""

    @property
    def banner(self) -> str: ...

    @property
    def photo_origin(self) -> str: ...


class Joined(Protocol):
    """What bootstrap has joined, asked for when a request needs it."""

    def world(self) -> World: ...

    def officers(self) -> Officers: ...

    def personnel(self) -> Personnel: ...

    def tokens(self) -> Tokens: ...

    def settings(self) -> Pages: ...


class Asked:
    """One request, as a route sees it."""

    def __init__(self, request: Request, joined: Joined, action: Action) -> None:
        self._request = request
        self._action = action
        self.joined = joined

    @property
    def world(self) -> World:
        return self.joined.world()

    @property
    def request_id(self) -> str:
        return str(self._request.context.get("requestId", ""))

    def query(self, name: str) -> str | None:
        given = self._request.query_params
        return str(given[name]) if given and name in given else None

    def header(self, name: str) -> str:
        return str(self._request.headers.get(name, ""))

    def body(self, model: type[Model]) -> Model:
        """The JSON body as a model. BadInput ISIAN_SALAH names each field that does not fit."""
        try:
            return model.model_validate(self._request.json_body or {})
        except (BadRequestError, RecursionError) as problem:  # no JSON, or one nested without end
            raise BadInput("ISIAN_SALAH") from problem
        except ValidationError as problem:
            fields = {
                ".".join(str(part) for part in error["loc"]): message("ISIAN_TIDAK_SESUAI")
                for error in problem.errors(include_input=False, include_url=False)
            }
            raise BadInput("ISIAN_SALAH", fields=fields) from None

    def form(self) -> dict[str, str]:
        """The fields of a plain HTML form, the first of each name."""
        raw = self._request.raw_body or b""
        text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
        try:
            given = parse_qs(text, max_num_fields=_MOST_FIELDS)
        except ValueError as problem:
            raise BadInput("ISIAN_SALAH") from problem
        return {name: values[0] for name, values in given.items()}

    def client_request(self, scope: str) -> ClientRequest:
        """The POST's name. BadInput KUNCI_PERMINTAAN_KURANG: it carries none."""
        name = self.header("idempotency-key")
        if not _REQUEST_ID.fullmatch(name):
            raise BadInput("KUNCI_PERMINTAAN_KURANG")
        raw = self._request.raw_body or b""
        body = hashlib.sha256(raw if isinstance(raw, bytes) else raw.encode()).hexdigest()
        path = str(self._request.context.get("resourcePath", ""))
        return ClientRequest(name, f"{scope}:{path}", self.world.digests.of("fingerprint", body))

    @property
    def address(self) -> str:
        """Where the request comes from, as the gateway saw it. Personal: only ever counted, by its digest."""
        return str((self._request.context.get("identity") or {}).get("sourceIp", ""))

    def limited(self, limit: Limit, *holder: str) -> None:
        """Count this request against `limit`. TooMany: it is reached."""
        spend(self.world.meter, limit, "|".join(holder), self.world.now())

    def eased(self, limit: Limit, *holder: str) -> None:
        """Count this request against `limit`; beyond it the challenge is to be met. MustProve: it is not."""
        if self.world.meter.take(limit, "|".join(holder), self.world.now()):
            prove(self.world, self.header("berkas-proof"), self.address)

    def citizen(self, typed_number: str) -> tuple[Citizen, Case]:
        """The holder of a case's secret, and the case. Raises as `proving.opened`."""
        status = self.holder(typed_number, self.header("berkas-secret"), self.header("berkas-proof"))
        return Citizen(status.number), self.world.store.load(status.number)

    def holder(self, typed_number: str, secret: str, proof: str) -> Status:
        """How a case stands, for who shows its secret. Raises as `proving.opened`."""
        status = opened(self.world, Shown(typed_number, secret, proof, self.address))
        require(Citizen(status.number), self._action, status.subject)
        return status

    def denied(self, parts: Mapping[str, str]) -> None:
        """Put an officer's refused request on record, with the case it named."""
        subject = (self._request.context.get("authorizer") or {}).get("principalId")
        named = parts.get("case_number") or parts.get("work_id", "").partition(".")[0]
        if subject:
            number = parse_case_number(named) or ""
            self.world.denials.record(Denial(self.world.now(), str(subject), self._action, number))

    def officer(self) -> Officer:
        """The signed-in officer behind the authorizer's word."""
        told = self._request.context.get("authorizer") or {}
        if not told.get("principalId"):
            raise NotSignedIn("BELUM_MASUK")
        issued_at = datetime.fromisoformat(told["issued_at"]) if told.get("issued_at") else None
        return self.joined.officers().officer(str(told["principalId"]), issued_at)


def case_named(typed: str) -> str:
    """The case number in a path, as officers type it. NotFound TIDAK_DITEMUKAN: it is none."""
    number = parse_case_number(typed)
    if number is None:
        raise NotFound("TIDAK_DITEMUKAN")
    return number


Told = Callable[[Asked, BerkasError], Response]
"""How a route says why not: in the one JSON shape, or as a page."""


class Who(StrEnum):
    """Whom a route asks to prove themselves, and how (docs/api.md)."""

    ANYONE = "anyone"
    CITIZEN = "citizen"
    OFFICER = "officer"


@dataclass(frozen=True)
class Route:
    """One route as declared, for the gateway and for the API's description. `action` is what the policy asks about."""

    method: str
    path: str
    name: str
    about: str
    who: Who
    action: Action
    takes: type[BaseModel] | None
    gives: type[BaseModel] | None
    status: int
    refuses: tuple[int, ...]
    query: tuple[str, ...]


class Router:
    """A blueprint whose every answer has our shape. Handlers take the request, the body if there is one, and the parts of
    the path; `refuses` lists the statuses a route may answer besides its own (400 for a body, 401 and 403 for officers,
    404 for a citizen's case and 500 are understood)."""

    def __init__(self, name: str, joined: Joined, authorizer: Any = None, prefix: str = "") -> None:
        self.blueprint = Blueprint(name)
        self.prefix = prefix
        self.routes: list[Route] = []
        self._joined = joined
        self._authorizer = authorizer

    def get(
        self,
        path: str,
        *,
        action: Action,
        gives: type[BaseModel] | None = None,
        who: Who = Who.ANYONE,
        refuses: tuple[int, ...] = (),
        query: tuple[str, ...] = (),
    ) -> Callable[[Handler], Handler]:
        return self._route(Route("GET", path, "", "", who, action, None, gives, 200, refuses, query))

    def post(
        self,
        path: str,
        *,
        action: Action,
        takes: type[BaseModel],
        gives: type[BaseModel],
        who: Who = Who.ANYONE,
        status: int = 200,
        refuses: tuple[int, ...] = (),
    ) -> Callable[[Handler], Handler]:
        return self._route(Route("POST", path, "", "", who, action, takes, gives, status, refuses, ()))

    def form(self, path: str, *, action: Action, who: Who, told: Told) -> Callable[[Handler], Handler]:
        """A plain HTML form that is answered with a page; `told` makes the page that says why not."""
        return self._route(Route("POST", path, "", "", who, action, None, None, 200, (), ()), told)

    def _route(self, declared: Route, told: Told | None = None) -> Callable[[Handler], Handler]:
        def register(handle: Handler) -> Handler:
            about = (handle.__doc__ or "").strip()
            self.routes.append(
                replace(declared, path=self.prefix + declared.path, name=handle.__name__, about=about)
            )

            def view(**parts: str) -> Response:
                asked = Asked(self.blueprint.current_request, self._joined, declared.action)
                answer = self._answer(asked, declared, handle, parts, told or _refused)
                answer.headers = {**STRICT, **answer.headers}
                return answer

            self.blueprint.route(
                declared.path,
                methods=[declared.method],
                authorizer=self._authorizer if declared.who is Who.OFFICER else None,
                name=handle.__name__,
                content_types=["*/*"],  # another type than JSON is told in our shape, by the body's model
            )(view)
            return handle

        return register

    def _answer(
        self, asked: Asked, route: Route, handle: Handler, parts: dict[str, str], told: Told
    ) -> Response:
        try:
            if route.who is Who.ANYONE:
                require(Stranger(), route.action, Subject())
            bodies = (asked.body(route.takes),) if route.takes else ()
            body = handle(asked, *bodies, **parts)
            return body if isinstance(body, Response) else Response(body, dict(_PRIVATE), route.status)
        except BerkasError as problem:
            if isinstance(problem, (Forbidden, Hidden)):
                asked.denied(parts)
            return told(asked, problem)
        except ChaliceViewError:
            return told(asked, BadInput("ISIAN_SALAH"))
        except Exception as problem:  # noqa: BLE001  the last net: a stack trace never reaches a person
            log_fault(problem, asked.request_id)
            return told(asked, BerkasError("GANGGUAN_KAMI"))


def _refused(asked: Asked, problem: BerkasError) -> Response:
    return refusal(problem, asked.request_id)


def refusal(problem: BerkasError, request_id: str) -> Response:
    """The one error shape."""
    error = {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "request_id": request_id,
        "fields": problem.fields,
    }
    headers: dict[str, str | list[str]] = dict(_PRIVATE)
    if isinstance(problem, MustProve):
        headers["Berkas-Challenge"] = problem.challenge
    if isinstance(problem, TooMany):
        headers["Retry-After"] = str(ceil(problem.wait.total_seconds()))
    return Response({"error": error}, headers, problem.status)


def log_fault(problem: Exception, request_id: str) -> None:
    """Where it broke, without what it broke on: messages of exceptions may quote personal data."""
    frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(problem.__traceback__)]
    logger.error(
        "fault", extra={"fault": type(problem).__name__, "request": request_id, "frames": frames[-12:]}
    )
