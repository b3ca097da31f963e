"""What every route shares: how it is declared, how it asks who is there, and how every answer gets our shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from chalice.app import Blueprint, ChaliceViewError, Response
from pydantic import BaseModel

from chalicelib.access.actors import Stranger
from chalicelib.access.policy import Action, Subject, require
from chalicelib.api import own_page
from chalicelib.api.answers import PRIVATE, refusal
from chalicelib.api.asked import NOBODY, Asked, case_named
from chalicelib.api.headers import STRICT
from chalicelib.api.joined import Joined
from chalicelib.api.spoken import chosen
from chalicelib.errors import BadInput, BerkasError
from chalicelib.logger import log_fault
from chalicelib.messages import speaking

__all__ = ["NOBODY", "Asked", "Joined", "Route", "Router", "Who", "case_named"]
Handler = Callable[..., Any]

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
