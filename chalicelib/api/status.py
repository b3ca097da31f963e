"""The status page: a number (or the barkot's text) and the secret, answered with the whole page, with or without scripts.

The secret travels in the body alone; an address holds at most the number (a barkot leads to `status?n=…`).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from chalice.app import Response

from chalicelib.access import passes
from chalicelib.access.actors import Citizen
from chalicelib.access.policy import Action, require
from chalicelib.api.answers import refusal
from chalicelib.api.http import Asked, Joined, Router, Who
from chalicelib.api.pages import answer, page_headers, policy
from chalicelib.api.rendering import filled, page
from chalicelib.api.views.status import status_view
from chalicelib.barkot.resolve import number_of
from chalicelib.errors import BadInput, BerkasError, MustProve, NotFound
from chalicelib.messages import message
from chalicelib.usulan.numbers import parse_case_number
from chalicelib.usulan.status import Status

_PAGE = "status"
_TYPE = "text/html; charset=utf-8"
_LONGEST = 200
_FIELDS = {"number": "status.nomor_kosong", "secret": "status.kode_kosong"}


def _headers(asked: Asked) -> dict[str, str | list[str]]:
    """As every page's; besides, forms of this one may go to the photo store, and its answer may stand in a frame."""
    photos = asked.joined.settings().photo_origin
    widened = {"Content-Security-Policy": policy(photos, sends=True)}
    return {**page_headers(photos), **widened, "Content-Type": _TYPE}


def shown_by_pass(asked: Asked, form: Mapping[str, str]) -> Status:
    """How the case stands, for who carries a pass for it. NotFound HALAMAN_LAMA: it no longer stands, or never did."""
    number = parse_case_number(form.get("number", "")) or ""
    if not passes.holds(asked.world.digests, form.get("pass", ""), number, asked.world.now()):
        raise NotFound("HALAMAN_LAMA")
    status = asked.world.store.status(number)
    if status is None:
        raise NotFound("USULAN_TIDAK_DITEMUKAN")
    return status


def status_page(
    asked: Asked,
    known: Status | str,
    code: int = 200,
    *,
    post: Mapping[str, Any] | None = None,
    done: str = "",
    trouble: BerkasError | None = None,
) -> Response:
    """The whole page for who has shown that the case is theirs. `post`: where one photo may be sent; `done`, `trouble`:
    what the last form did, or what stood in its way."""
    world = asked.world
    status = world.store.status(known) if isinstance(known, str) else known
    if status is None:
        raise NotFound("USULAN_TIDAK_DITEMUKAN")
    seen = status_view(world, status) | {
        "pass": passes.given(world.digests, status.number, world.now()),
        "name": secrets.token_hex(16),
        "post": post,
        "done": done,
        "trouble": trouble,
    }
    body = filled(_PAGE, asked.joined.settings().banner, typed=status.number, seen=seen)
    return Response(body, {"Cache-Control": "private, no-store", **_headers(asked)}, code)


def told(asked: Asked, problem: BerkasError) -> Response:
    """The page with what stands in the way; the number stays typed, the secret does not."""
    refused = refusal(problem, asked.request_id)
    typed = "" if problem.code == "ISIAN_SALAH" and not problem.fields else asked.form().get("number", "")
    values: dict[str, Any] = {
        "typed": typed[:_LONGEST],
        "problem": problem,
        "proof": f"{problem.challenge};tunggu" if isinstance(problem, MustProve) else "",
        "request_id": asked.request_id if problem.status >= 500 else "",
    }
    body = filled(_PAGE, asked.joined.settings().banner, **values)
    return Response(body, {**refused.headers, **_headers(asked)}, problem.status)


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined)

    @router.get("/status", action=Action.LOOK_UP)
    def page_status(asked: Asked) -> Response:
        """The form, with the number that a barkot brought."""
        banner, number = asked.joined.settings().banner, parse_case_number(asked.query("n") or "")
        text = filled(_PAGE, banner, typed=number) if number else page(_PAGE, banner)
        return answer(asked, text, ".html", page_headers(asked.joined.settings().photo_origin))

    @router.form("/status", action=Action.VIEW_OWN, who=Who.CITIZEN, told=told)
    def look_at_status(asked: Asked) -> Response:
        """How the case stands, to be kept by nobody."""
        form = asked.form()
        if "pass" in form:
            status = shown_by_pass(asked, form)
            require(Citizen(status.number), Action.VIEW_OWN, status.subject)
            return status_page(asked, status)
        typed, secret = (form.get(name, "").strip()[:_LONGEST] for name in _FIELDS)
        if missing := {
            name: message(code) for name, code in _FIELDS.items() if not form.get(name, "").strip()
        }:
            raise BadInput("ISIAN_SALAH", fields=missing)
        number = number_of(asked.world, typed)
        if number is None:
            raise NotFound("USULAN_TIDAK_DITEMUKAN")
        status = asked.holder(number, secret, asked.header("berkas-proof") or form.get("proof", ""))
        return status_page(asked, status)

    return router
