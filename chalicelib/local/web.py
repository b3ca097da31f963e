"""The HTTP side: Chalice's own local server, on loopback, with one structured line a request and our error shape.

Always through `create_local_server`: used directly, LocalDevServer mixes up the requests of its threads.
"""

from __future__ import annotations

import functools
import gzip
import json
import logging
import threading
import time
from typing import Any

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import ChaliceRequestHandler, LocalGatewayException, create_local_server

from chalicelib.local.emulator import HOST
from infra.gateway import HEADERS, REFUSALS, SMALLEST_COMPRESSED, error_body

log = logging.getLogger("berkas.local.web")


class Handler(ChaliceRequestHandler):
    """One connection. A line of the log names the route, never the path, the query or the person."""

    server_version = "Berkas"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    timeout = 75

    def setup(self) -> None:
        super().setup()
        self._began = time.monotonic()

    def parse_request(self) -> bool:
        self._began = time.monotonic()
        return bool(super().parse_request())

    def _generic_handle(self) -> None:
        name = self.headers.get("Host", "").partition(":")[0]
        if name == "localhost" and self.command in ("GET", "HEAD"):
            # Photos may be sent from one origin only, and that is the address with numbers.
            target = f"http://{HOST}:{self.server.server_address[1]}{self.path}"
            self._send_http_response(307, {"Location": target}, None)
            return
        if name not in (HOST, "localhost"):
            self._say(403, "TIDAK_BERWENANG")
            return
        try:
            super()._generic_handle()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        except Exception as error:  # the last net: a person gets our shape, the log the kind of error
            log.error("request failed", exc_info=error)
            self._say(500, "GANGGUAN_KAMI")

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = do_PATCH = do_OPTIONS = _generic_handle

    def _send_error_response(self, error: LocalGatewayException) -> None:
        """The gateway's own refusals, as `infra/gateway.py` sets them for AWS."""
        body = bytes(error.body or b"")
        if b"Missing Authentication Token" in body or b"'Credential'" in body:
            self._say(*REFUSALS["MISSING_AUTHENTICATION_TOKEN"])
        else:
            self._say(*REFUSALS["ACCESS_DENIED"])

    def _send_http_response_with_body(self, code: int, headers: Any, body: str | bytes) -> None:
        """Compressed as the gateway does it for a browser that takes gzip."""
        whole = body.encode() if isinstance(body, str) else body
        if len(whole) >= SMALLEST_COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            whole, headers = gzip.compress(whole, 6, mtime=0), {**headers, "Content-Encoding": "gzip"}
        super()._send_http_response_with_body(code, headers, whole)

    def _say(self, status: int, code: str, **more: str) -> None:
        headers = {"Content-Type": "application/json", **HEADERS, **more}
        self._send_http_response(status, headers, json.dumps(error_body(code)))

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:  # noqa: ARG002  the base class calls it so
        try:
            route = self.local_gateway.event_converter._route_matcher.match_route(self.path).route
        except ValueError:
            route = "-"
        line: dict[str, Any] = {"method": self.command, "route": route, "status": int(code)}
        line["ms"] = round((time.monotonic() - self._began) * 1000, 1)
        log.info("request", extra={"fields": line})

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What the connection itself refuses (a method nobody knows, a broken request), in our one shape."""
        self.close_connection = True
        self._say(
            *REFUSALS["MISSING_AUTHENTICATION_TOKEN" if code == 501 else "DEFAULT_4XX"], Connection="close"
        )
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: ARG002  the base class calls it so
        log.debug("connection closed")


class Web:
    """The server in a thread of its own, answering on http://127.0.0.1:`port`. Raises OSError when the port is taken."""

    def __init__(self, app: Chalice, port: int, stage: str = "prod") -> None:
        config = Config(chalice_stage=stage, config_from_disk={"app_name": app.app_name})
        self._local = create_local_server(app, config, HOST, port)
        server = self._local.server
        server.RequestHandlerClass = functools.partial(Handler, app_object=app, config=config)
        server.socket.listen(128)
        self.port: int = server.server_address[1]
        self._thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="web", daemon=True)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._local.server.shutdown()
        self._local.server.server_close()
        self._thread.join()
