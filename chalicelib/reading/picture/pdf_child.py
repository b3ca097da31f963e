"""`python -m chalicelib.reading.picture.pdf_child`: the pages of a PDF on standard input, drawn, on standard output.

See `pdf_process.py`, which starts it. For each page a line of JSON (`index`, `dpi`, `size`, `lines`) and then its pixels;
at last `{"end": true}`, or `{"refused": CODE}`. It bounds its own processor time and memory, and leaves no core behind.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

_CPU_SECONDS = 30
_BYTES = 3 * 1024**3
"""Of addresses, not of memory in use."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    from chalicelib.reading.picture import pdf  # noqa: PLC0415  (under the limits)
    from chalicelib.reading.picture.decode import UnreadablePhoto  # noqa: PLC0415

    try:
        for page in pdf.drawn(sys.stdin.buffer.read()):
            lines = [[line.text, line.left, line.top, line.right, line.bottom] for line in page.lines]
            size = (page.pixels.shape[1], page.pixels.shape[0])
            _say({"index": page.index, "dpi": page.dpi, "size": size, "lines": lines})
            sys.stdout.buffer.write(page.pixels.tobytes())
    except UnreadablePhoto as refused:
        _say({"refused": refused.code})
    except MemoryError:
        _say({"refused": "PDF_RUSAK"})
    else:
        _say({"end": True})
    sys.stdout.buffer.flush()


def _say(what: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")


if __name__ == "__main__":
    main()
