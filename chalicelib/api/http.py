"""What every route shares: how a request is understood, who asks, and what is refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qs

from chalice.app import BadRequestError, Blueprint, ChaliceViewError, Request, Response
from pydantic import BaseModel, ValidationError

from chalicelib.access import kiosk_pass
from chalicelib.access.accounts import Session
from chalicelib.access.actors import Citizen, Kiosk, Officer, Stranger
from chalicelib.access.denials import Denial, account_named
from chalicelib.access.limits import REACHED, Limit, spend
from chalicelib.access.policy import Action, Subject, require
from chalicelib.api import own_page
from chalicelib.api.answers import PRIVATE, log_fault, refusal
from chalicelib.api.headers import STRICT
from chalicelib.api.joined import Joined
from chalicelib.api.proving import Shown, opened, prove
from chalicelib.api.spoken import chosen
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
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message, speaking
from chalicelib.usulan.case import Case
from chalicelib.usulan.numbers import parse_case_number
from chalicelib.usulan.status import Status
from chalicelib.usulan.store import ClientRequest, World

__all__ = ["NOBODY", "Asked", "Joined", "Route", "Router", "Who", "case_named"]
Model = TypeVar("Model", bound=BaseModel)
Handler = Callable[..., Any]
NOBODY = "stranger"
"""Whose a refusal is where no account is known."""
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")
_MOST_FIELDS = 20


class Asked:
    """One request, as a route sees it."""

    def __init__(self, request: Request, joined: Joined, action: Action) -> None:
        self._request = request
        self._action = action
        self._officer: Officer | None = None
        self._kiosk: Kiosk | None = None
        self.joined = joined
        self.tells: dict[str, str] = {}
        """Further headers of the answer."""

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
            self.proven()

    def proven(self) -> None:
        """MustProve: no challenge is met by the header `Berkas-Proof`."""
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

    def refused(self, problem: BerkasError, parts: Mapping[str, str]) -> None:
        """Put a refusal on record where it is worth it: an officer's always, with the case or the officer it named; a
        limit that was reached, whoever reached it, once a while."""
        if problem.code == "LAYAR_KIOS":
            self._tried_at_a_kiosk()
            return
        named = parts.get("case_number") or parts.get("work_id", "").partition(".")[0]
        number, about = parse_case_number(named) or "", account_named(parts.get("officer_id", ""))
        if isinstance(problem, (TooMany, MustProve)):
            who = self._officer.id if self._officer else self.address
            if self.world.meter.take(REACHED, f"{self._action}|{who}", self.world.now()) > timedelta():
                return
        elif not (isinstance(problem, (Forbidden, Hidden)) and self._officer):
            return
        self.noted(self._officer.id if self._officer else NOBODY, problem.code, number, about)

    def _tried_at_a_kiosk(self) -> None:
        """Somebody at a kiosk has tried an officer's door: on record with who opened it, once a while, and no number that
        was typed."""
        try:
            kiosk, at = self.kiosk(), self.world.now()
        except NotSignedIn:  # ended while it asked, or who opened it has no office there any more
            return
        if self.world.meter.take(REACHED, f"{self._action}|{kiosk.id}", at) == timedelta():
            refused = Denial(at, kiosk.opened_by, self._action, (kiosk.counter,), why="LAYAR_KIOS")
            self.world.denials.record(refused)

    def noted(
        self, who: str, why: str, case_number: str = "", about: str = "", offices: tuple[RegionCode, ...] = ()
    ) -> None:
        """One refusal on record; `who` is an account's id, `why` the code of what was answered, `offices` the regions of
        who is not signed in."""
        if self._officer is not None:
            offices = tuple(region for held in self._officer.mandates for region in held.regions)
        at = self.world.now()
        self.world.denials.record(Denial(at, who, self._action, offices, case_number, about, why))

    def session(self) -> Session:
        """The session of the request's cookie, its token or its kiosk's pass verified. NotSignedIn BELUM_MASUK."""
        token = own_page.token_in(self.header("cookie"))
        if not token:
            raise NotSignedIn("BELUM_MASUK")
        if kiosk_pass.is_pass(token):
            return kiosk_pass.session(self.world.digests, token, self.world.now())
        return self.joined.tokens().session(token)

    def officer(self) -> Officer:
        """The signed-in officer: the token holds, the session stands, an office counts. NotSignedIn. Forbidden
        LAYAR_KIOS: the session is a kiosk's, and nobody's."""
        if self._officer is None:
            self._officer = self.joined.officers().officer(self.session())
        return self._officer

    def kiosk(self) -> Kiosk:
        """The kiosk that asks. NotSignedIn; Forbidden TIDAK_BERWENANG: it is none."""
        if self._kiosk is None:
            self._kiosk = self.joined.officers().kiosk(self.session())
        return self._kiosk

    def from_own_page(self) -> None:
        """Forbidden BUKAN_HALAMAN_KAMI: another site has sent this."""
        own_page.require_own_page(self.header, self._request.method, self.joined.settings().page_origin)


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
    KIOSK = "kiosk"


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

    def __init__(self, name: str, joined: Joined, prefix: str = "") -> None:
        self.blueprint = Blueprint(name)
        self.prefix = prefix
        self.routes: list[Route] = []
        self._joined = joined

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
                with speaking(chosen(asked.header("cookie"))):
                    answer = self._answer(asked, declared, handle, parts, told or _refused)
                answer.headers = {**STRICT, **answer.headers}
                return answer

            self.blueprint.route(
                declared.path,
                methods=[declared.method],
                name=handle.__name__,
                content_types=["*/*"],  # another type than JSON is told in our shape, by the body's model
            )(view)
            return handle

        return register

    def _answer(
        self, asked: Asked, route: Route, handle: Handler, parts: dict[str, str], told: Told
    ) -> Response:
        try:
            return self._granted(asked, route, handle, parts)
        except BerkasError as problem:
            refused = problem
            self._on_record(asked, problem, parts)
        except ChaliceViewError:
            refused = BadInput("ISIAN_SALAH")
        except Exception as problem:  # noqa: BLE001  the last net: a stack trace never reaches a person
            log_fault(problem, asked.request_id)
            refused = BerkasError("GANGGUAN_KAMI")
        answer = told(asked, refused)
        if refused.code == "BELUM_MASUK" and own_page.COOKIE in asked.header("cookie"):
            answer.headers["Set-Cookie"] = own_page.taken()
        return answer

    def _granted(self, asked: Asked, route: Route, handle: Handler, parts: dict[str, str]) -> Response:
        if route.who is Who.ANYONE:
            require(Stranger(), route.action, Subject())
        elif route.who is Who.OFFICER:
            asked.officer()
            asked.from_own_page()
        elif route.who is Who.KIOSK:
            asked.kiosk()
            asked.from_own_page()
        bodies = (asked.body(route.takes),) if route.takes else ()
        body = handle(asked, *bodies, **parts)
        if isinstance(body, Response):
            return body
        return Response(body, {**PRIVATE, **asked.tells}, route.status)

    def _on_record(self, asked: Asked, problem: BerkasError, parts: dict[str, str]) -> None:
        """A refusal stands, and is told as such, even when it cannot be written down."""
        try:
            asked.refused(problem, parts)
        except Exception as fault:  # noqa: BLE001  in the log, where the alarm on faults sees it
            log_fault(fault, asked.request_id)


def _refused(asked: Asked, problem: BerkasError) -> Response:
    return refusal(problem, asked.request_id)
