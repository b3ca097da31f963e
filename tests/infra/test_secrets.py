"""A key that lies in the repository is found. The planted ones are put together here, so that this file holds none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from infra.supply.secrets import SHAPES, files, secrets, secrets_in

ROOT = Path(__file__).parents[2]
RANDOM = "9fQ2xV7bLmR4tZ8wKc3NpYs6HdJ1gUaE5oTi0BvXqMrCzWeS"

PLANTED = {
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "an AWS access key": "id = AKIA" + RANDOM[:16].upper(),
    "a GitHub token": "ghp_" + RANDOM[:36],
    "a GitLab token": "glpat-" + RANDOM[:20],
    "a Slack token": "xoxb-" + "123456789012-" + RANDOM[:12],
    "a Slack hook": "https://hooks.slack" + ".com/services/T12345678/B12345678/" + RANDOM[:24],
    "a Google key": "AIza" + RANDOM[:35],
    "a Google service account": '{"type": "service' + '_account"}',
    "a Stripe key": "sk_live" + "_" + RANDOM[:24],
    "a PyPI token": "pypi-AgE" + RANDOM + RANDOM[:10],
    "an npm token": "npm_" + RANDOM[:36],
    "a Telegram bot's token": "1234567890" + ":AA" + RANDOM[:33],
    "a SendGrid key": "SG." + RANDOM[:22] + "." + RANDOM[:43],
    "a model service's key": "sk-" + RANDOM[:40],
    "a signed token": "eyJ" + RANDOM[:12] + ".eyJ" + RANDOM[:20] + "." + RANDOM[:43],
    "a password in an address": "postgres://berkas:" + RANDOM[:10] + "@db.example.org/x",
}


def test_there_is_a_planted_one_for_each_shape() -> None:
    assert PLANTED.keys() == SHAPES.keys()


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_key_is_found_by_its_shape(kind: str) -> None:
    assert kind in {find.kind for find in secrets_in(f"first\n{PLANTED[kind]} # here")}


@pytest.mark.parametrize(
    "line",
    [
        'DB_PASSWORD = "%s"',
        "  client_secret: '%s',",
        '{"api-key": "%s"}',
        'AWS_SECRET_ACCESS_KEY="%s"',
    ],
)
def test_a_random_value_under_a_secrets_name_is_found(line: str) -> None:
    (find,) = secrets_in(line % RANDOM[:24])
    assert (find.line, find.kind) == (1, "a value under a secret's name")
    assert RANDOM[:24] not in repr(find)


@pytest.mark.parametrize(
    "line",
    [
        "secret = new_secret()",
        'password: "{{resolve:secretsmanager:berkas}}"',
        '"SANDI_SALAH": "Kata sandi tidak cocok."',
        'secret_digest = "of the case number"',
        "postgres://{user}:{password}@{host}/x",
        f"    --hash=sha256:{'0123456789abcdef' * 4}",
    ],
)
def test_what_is_no_secret_is_left_alone(line: str) -> None:
    assert list(secrets_in(line)) == []


def test_a_file_not_yet_committed_is_searched_and_an_ignored_one_is_not(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)  # noqa: S603, S607  (a repository of our own)
    (tmp_path / ".gitignore").write_text("mine\n", encoding="utf-8")
    for name in ("new.py", "mine"):
        (tmp_path / name).write_text(PLANTED["an AWS access key"], encoding="utf-8")
    assert files(tmp_path) == [".gitignore", "new.py"]
    assert [(find.path, find.kind) for find in secrets(tmp_path)] == [("new.py", "an AWS access key")]


def test_the_repository_holds_none() -> None:
    assert secrets(ROOT) == []
