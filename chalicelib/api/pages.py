"""The pages and what they need, from `web/`. Text only: an API gateway does not carry binary bodies well."""

from __future__ import annotations

import hashlib
import html
from functools import cache
from pathlib import Path

from chalice.app import Response

from chalicelib.api.http import Asked, Joined, Router
from chalicelib.barkot.resolve import number_of_token
from chalicelib.errors import NotFound

_WEB = Path(__file__).parent.parent / "web"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
_BANNER_PLACE = "<!-- banner -->"


@cache
def _file(name: str, banner: str) -> tuple[str, str, str] | None:
    """(text, content type, entity tag) of a file below `web/`, the banner in its place; None: there is none."""
    path = _WEB / name
    if path.suffix not in _TYPES or not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    if banner:
        note = f'<p class="pita-contoh" role="note">{html.escape(banner)}</p>'
        text = text.replace(_BANNER_PLACE, note)
    return text, _TYPES[path.suffix], f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'


def _policy(photos: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: blob: {photos}",
            f"connect-src 'self' {photos}",
            "font-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _serve(asked: Asked, name: str) -> Response:
    settings = asked.joined.settings()
    found = _file(name, settings.banner)
    if found is None:
        raise NotFound("TIDAK_DITEMUKAN")
    text, content_type, tag = found
    headers: dict[str, str | list[str]] = {
        "Content-Type": content_type,
        "Cache-Control": "no-cache",
        "ETag": tag,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    }
    if content_type.startswith("text/html"):
        headers["Content-Security-Policy"] = _policy(settings.photo_origin)
    if asked.header("if-none-match") == tag:
        return Response("", headers, 304)
    return Response(text, headers, 200)


def routes(joined: Joined) -> Router:
    router = Router(__name__, joined)

    @router.get("/")
    def page_home(asked: Asked) -> Response:
        return _serve(asked, "pages/beranda.html")

    @router.get("/usulan")
    def page_usulan(asked: Asked) -> Response:
        return _serve(asked, "pages/usulan.html")

    @router.get("/status")
    def page_status(asked: Asked) -> Response:
        return _serve(asked, "pages/status.html")

    @router.get("/petugas")
    def page_field_officer(asked: Asked) -> Response:
        return _serve(asked, "pages/petugas.html")

    @router.get("/meja")
    def page_desk(asked: Asked) -> Response:
        return _serve(asked, "pages/meja.html")

    @router.get("/aset/{name}")
    def asset(asked: Asked, name: str) -> Response:
        return _serve(asked, f"aset/{Path(name).name}")

    @router.get("/B/{token}")
    def open_barkot(asked: Asked, token: str) -> Response:
        """What an ordinary camera opens: the status page, which asks for the secret."""
        number = number_of_token(asked.world, token)
        target = f"../status?n={number}" if number else "../status"
        return Response("", {"Location": target, "Cache-Control": "no-store"}, 303)

    return router
