"""One JSON line an event, into a file: the terminal is for people."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

from chalicelib.logger import places


class JsonLines(logging.Formatter):
    """`fields` of a record are written as they are; of an error only its kind and the places in the code are."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname, "logger": record.name}
        line["message"] = record.getMessage()
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line["error"] = type(error).__name__
            line["places"] = places(error)
        return json.dumps(line, ensure_ascii=False)


def to_file(path: Path) -> None:
    """Sends what the one-machine stack logs to `path`, and nothing of it to the terminal."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("berkas.local")
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
