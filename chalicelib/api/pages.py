"""The pages and what they need, from `web/`. Text only: an API gateway does not carry binary bodies well.

Pages are asked for anew each time (an entity tag spares the body). What they load is kept for a year by the address that
the page of today names (`assets.py`); under any other address a file is asked for anew too, so that nothing stale stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from chalice.app import Response

from chalicelib.access.policy import Action
from chalicelib.api.http import Asked, Joined, Router
from chalicelib.api.rendering import assets, page
from chalicelib.barkot.resolve import number_of_token
from chalicelib.errors import NotFound
from chalicelib.messages import spoken

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
GUIDES = ("warga", "desa", "lapangan", "verifikasi", "admin")
"""For whom there is a guide (`panduan-…`: one level deep, as every page)."""
_PAGES = {
    "/": "beranda",
    "/usulan": "usulan",
    "/petugas": "petugas",
    "/meja": "meja",
    "/admin": "admin",
    "/permintaan": "permintaan",
    "/akun": "akun",
    "/gaya": "gaya",
    **{f"/{name}": name for name in ("panduan", *(f"panduan-{role}" for role in GUIDES))},
    "/loket": "loket",
    "/loket-isian": "loket-isian",
    "/kios": "kios",
    "/kios-isian": "kios-isian",
}
"""Address → template."""
NAMES = frozenset({*(path.removeprefix("/") for path in _PAGES), "status"})
"""All pages, as their addresses name them from one another; the first has the empty name."""
_CAMERA = frozenset({"petugas"})
"""Pages that film (a barkot); the citizen's form takes its photos by the phone's own camera, which asks no page."""
_WORKER_MAY = "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
_KEEPS_NOTHING = frozenset({"loket-isian", "kios", "kios-isian"})
"""Pages that no browser may show again from its memory: the next citizen would see the last one's."""
_ASK_AGAIN = "no-cache"
_FOR_EVER = "public, max-age=31536000, immutable"


def policy(photos: str, *, sends: bool = False, framed: bool = False) -> str:
    """What a page may load and be loaded by. `sends`: its forms may go to the photo store and be answered in a frame of
    the page; `framed`: it stands in such a frame itself."""
    store = f" {photos}" if sends else ""
    around = "'self'" if framed else "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: blob: {photos}",
            f"connect-src 'self' {photos}",
            "font-src 'self'",
            f"form-action 'self'{store}",
            *([f"frame-src 'self'{store}"] if sends else []),
            "base-uri 'none'",
            f"frame-ancestors {around}",
        )
    )


def page_headers(photos: str) -> dict[str, str]:
    """What every page says of itself. It differs by its reader's language, so a cache in between asks for it by the
    cookie."""
    return {
        "Content-Security-Policy": policy(photos),
        "Content-Language": spoken().value,
        "Vary": "Cookie",
    }


def answer(asked: Asked, text: str, suffix: str, headers: dict[str, str], kept: str = _ASK_AGAIN) -> Response:
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'
    sent: dict[str, str | list[str]] = {
        "Content-Type": _TYPES[suffix],
        "Cache-Control": kept,
        "ETag": tag,
        **headers,
    }
    if asked.header("if-none-match") == tag:
        return Response("", sent, 304)
    return Response(text, sent, 200)


def _serve_page(asked: Asked, name: str) -> Response:
    settings = asked.joined.settings()
    headers = page_headers(settings.photo_origin)
    if name in _CAMERA:
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    kept = "no-store" if name in _KEEPS_NOTHING else _ASK_AGAIN
    return answer(asked, page(name, settings.banner), ".html", headers, kept)


def _door(name: str) -> Callable[[Asked], Response]:
    def serve(asked: Asked) -> Response:
        return _serve_page(asked, name)

    serve.__name__ = f"page_{name}"
    return serve


def _serve_asset(asked: Asked, name: str) -> Response:
    try:
        text = assets().served(name)
    except KeyError:
        raise NotFound("TIDAK_DITEMUKAN") from None
    kept = _FOR_EVER if asked.query("v") == assets().digest(name) else _ASK_AGAIN
    return answer(asked, text, Path(name).suffix, {}, kept)


def _serve_worker(asked: Asked) -> Response:
    """Under an address without a digest: by it browsers look whether the worker is another one now."""
    name = "pekerja.js" if asked.joined.settings().keeps_pages else "lepas.js"
    headers = {"Content-Security-Policy": _WORKER_MAY}
    return answer(asked, assets().served(name), ".js", headers)


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined)

    for path, name in _PAGES.items():
        router.get(path, action=Action.LOOK_UP)(_door(name))

    @router.get("/aset/{name}", action=Action.LOOK_UP)
    def asset(asked: Asked, name: str) -> Response:
        return _serve_asset(asked, name)

    @router.get("/pekerja.js", action=Action.LOOK_UP)
    def worker(asked: Asked) -> Response:
        return _serve_worker(asked)

    @router.get("/B/{token}", action=Action.LOOK_UP)
    def open_barkot(asked: Asked, token: str) -> Response:
        """What an ordinary camera opens: the status page, which asks for the secret."""
        number = number_of_token(asked.world, token)
        target = f"../status?n={number}" if number else "../status"
        return Response("", {"Location": target, "Cache-Control": "no-store"}, 303)

    return router
