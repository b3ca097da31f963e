"""PDFs made by hand: text where one says, a picture across the page, a lock."""

from __future__ import annotations

from collections.abc import Sequence

from chalicelib.reading.lines import Line


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of numbered objects, the first being the catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )


def typed(
    pages: Sequence[Sequence[Line]],
    size: tuple[float, float] = (842, 595),
    width: float = 2400,
    *,
    mode: int = 0,
) -> bytes:
    """Pages of text: lines that stood on a picture `width` pixels wide, set in Helvetica. `mode` 3: invisible."""
    scale = size[0] / width
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, lines in enumerate(pages):
        text = b""
        for line in lines:
            # letters in the tests' lines are half as wide as high: Helvetica at 0.8 of the height keeps within that
            points = 0.8 * line.height * scale
            x, y = line.left * scale, size[1] - line.bottom * scale + 0.2 * points
            plain = line.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("latin-1")
            text += b"BT %d Tr /F1 %.2f Tf %.2f %.2f Td (%s) Tj ET\n" % (mode, points, x, y, plain)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.1f %.1f] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (*size, 5 + 2 * i)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
    return pdf(objects)


def locked() -> bytes:
    """A file that asks for a password."""
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", lock]
    return pdf(objects, b"/Encrypt 3 0 R /ID [<00><00>]")
