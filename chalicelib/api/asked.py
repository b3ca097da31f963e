"""One request, as a route sees it: how it is understood, who asks, and what of a refusal goes on record."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TypeVar
from urllib.parse import parse_qs

from chalice.app import BadRequestError, Request
from pydantic import BaseModel, ValidationError

from chalicelib.access import kiosk_pass
from chalicelib.access.accounts import Session
from chalicelib.access.actors import Citizen, Kiosk, Officer
from chalicelib.access.denials import Denial, account_named
from chalicelib.access.limits import REACHED, Limit, spend
from chalicelib.access.policy import Action, require
from chalicelib.api import own_page
from chalicelib.api.joined import Joined
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
from chalicelib.identity.region import RegionCode
from chalicelib.messages import message
from chalicelib.usulan.case import Case
from chalicelib.usulan.numbers import parse_case_number
from chalicelib.usulan.status import Status
from chalicelib.usulan.store import ClientRequest, World

Model = TypeVar("Model", bound=BaseModel)
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
