"""`python -m chalicelib COMMAND`: the command line. Each lives in its room and is imported only when asked for."""

from __future__ import annotations

import importlib
import sys

from chalicelib.local.problems import CannotServe

COMMANDS = {
    "read": ("chalicelib.reading.command", "read photos and print what is written on them"),
    "score": ("chalicelib.reading.scoring.command", "measure the reading on photos whose truth is known"),
    "serve": (
        "chalicelib.local.serve",
        "serve the whole product on this machine, for demo, training and tests",
    ),
    "demo": ("chalicelib.local.demo", "fill a served stack with invented people and cases"),
    "specimens": (
        "chalicelib.local.specimens.command",
        "print pictures of invented documents, marked CONTOH",
    ),
    "notices": ("chalicelib.local.notices", "see what waits to be told, what could not, and begin it anew"),
    "queue": ("chalicelib.local.queue", "see the queues and put dead letters back"),
    "privacy": ("chalicelib.local.privacy", "see what is kept no longer, erase a case, wrap keys anew"),
    "admin": ("chalicelib.local.admin", "invite the first administrator of a region"),
    "recover": ("chalicelib.local.recover", "replace a region's last administrator, by two operators"),
    "audit": ("chalicelib.local.audit", "verify the chains of events"),
}


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in COMMANDS:
        wanted = argv[0] if argv else ""
        if wanted and wanted not in ("-h", "--help", "help"):
            print(f"berkas: there is no command '{wanted}'", file=sys.stderr)
        print("usage: python -m chalicelib COMMAND [options]\n", file=sys.stderr)
        for name, (_, what) in COMMANDS.items():
            print(f"  {name:10} {what}", file=sys.stderr)
        return 2 if not argv or wanted not in ("-h", "--help", "help") else 0
    module = importlib.import_module(COMMANDS[argv[0]][0])
    try:
        code: int = module.main(argv[1:])
    except CannotServe as problem:
        print(f"berkas: {problem}", file=sys.stderr)
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
