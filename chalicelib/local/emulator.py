"""The emulator of AWS on this machine: one child process on 127.0.0.1 with generated credentials.

Nothing of it is product: the adapters in `aws/` reach it through boto3's own `AWS_ENDPOINT_URL`.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chalicelib.local.private_file import replace
from chalicelib.local.problems import CannotServe

HOST = "127.0.0.1"
REGION = "ap-southeast-3"
START_SECONDS = 60.0
STOP_SECONDS = 20.0
SERVICES = "s3,sqs,dynamodb,kms,cognito-idp,cloudformation,iam,sts"


@dataclass(frozen=True)
class Credentials:
    """The emulator's root key, made once per data folder. Of no use anywhere else."""

    key_id: str
    secret: str


def credentials(data: Path) -> Credentials:
    """Reads `credentials.json` (mode 600) or makes it."""
    path = data / "credentials.json"
    if not path.exists():
        made = {"key_id": "LOCAL" + secrets.token_hex(8).upper(), "secret": secrets.token_urlsafe(30)}
        replace(path, lambda file: json.dump(made, file))
    return Credentials(**json.loads(path.read_text(encoding="utf-8")))


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def settings(data: Path, port: int, keys: Credentials) -> dict[str, str]:
    """The child's whole environment: only what the emulator needs, every listener but the one port off."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": keys.key_id,
        "AWS_SECRET_ACCESS_KEY": keys.secret,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "BIND_HOST": HOST,
        "COGNITO_EMAIL_ENABLED": "false",
        "DOCKER_HOST": "unix:///nonexistent",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "MINISTACK_HOST": HOST,
        "MINISTACK_REGION": REGION,
        "MINISTACK_WORKER_THREADS": "16",
        "PERSIST_STATE": "0",
        "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
        "S3_DATA_DIR": str(data / "s3"),
        "S3_PERSIST": "1",
        "SERVICES": SERVICES,
        "SFTP_ENABLED": "0",
        "STATE_DIR": str(data / "state"),
    }


def client_environment(port: int, keys: Credentials) -> dict[str, str]:
    """boto3's own variables that point at the emulator, and none that could lead to a real account."""
    return {
        "AWS_ACCESS_KEY_ID": keys.key_id,
        "AWS_SECRET_ACCESS_KEY": keys.secret,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": f"http://{HOST}:{port}",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@dataclass(frozen=True)
class Emulator:
    """A running emulator. Closing `process.stdin`, or the death of this process, ends it at once."""

    process: subprocess.Popen[bytes]
    port: int
    credentials: Credentials

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def client_environment(self) -> dict[str, str]:
        return client_environment(self.port, self.credentials)

    def stop(self) -> None:
        """Asks for a clean stop (everything is written whole), and insists after `STOP_SECONDS`."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()


def start(data: Path, port: int) -> Emulator:
    """Starts the emulator over `data` and waits until it answers. Raises CannotServe."""
    if not is_free(port):
        raise CannotServe(
            f"Port {port} for the emulator is in use: stop what uses it, or choose another with --emulator-port."
        )
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = credentials(data)
    log_path = data / "log" / "emulator.log"
    log_path.parent.mkdir(exist_ok=True)
    environment = settings(data, port, keys)
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-m", "chalicelib.local.emulator_child", str(data / "state"), str(port)]
    with log_path.open("ab") as log:
        # stdin is the lifeline; see emulator_child.
        process = subprocess.Popen(  # noqa: S603  our own interpreter and module
            command,
            cwd=root,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    emulator = Emulator(process, port, keys)
    until = time.monotonic() + START_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise CannotServe(f"The emulator did not start; see {log_path} for the reason.")
        time.sleep(0.02)
    return emulator


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/_ministack/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def apply(environment: Mapping[str, str]) -> None:
    """Sets `environment` for this process and removes what could lead boto3 to a real account."""
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"):
        os.environ.pop(name, None)
    os.environ.update(environment)
