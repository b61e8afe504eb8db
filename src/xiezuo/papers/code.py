"""The square code on a form: dark and light modules, as a drawing for the page and as a picture for a Word file."""

import io

import segno

QUIET = 2
"""Light modules around the code; the paper around it is light too."""


def code_of(text: str) -> segno.QRCode:
    """The code that says `text`, still read when a fold or a stamp hides a part of it."""
    return segno.make_qr(text, error="m", encoding="utf-8" if not text.isascii() else None)


def as_svg(text: str) -> str:
    """The code as a drawing."""
    drawn = io.BytesIO()
    code_of(text).save(drawn, kind="svg", border=QUIET, xmldecl=False, svgclass=None, lineclass=None)
    return drawn.getvalue().decode()


def as_png(text: str) -> bytes:
    """The code as a picture, eight pixels for each module."""
    drawn = io.BytesIO()
    code_of(text).save(drawn, kind="png", border=QUIET, scale=8)
    return drawn.getvalue()
