"""The few marks of which the flow chart is made, each as one SVG element. Lengths are in pixels."""

from textwrap import wrap
from xml.sax.saxutils import escape

INK, NO, PALE, LINE = "#1d2733", "#b3261e", "#eef3f8", "#b7c2cd"
"""Text and approvals, returns and refusals, fills, table lines: readable on white at 4.5:1 where they carry words."""


def text(x: float, y: float, words: str, *, size: int = 12, bold: bool = False, colour: str = INK) -> str:
    """One line that begins at `x` and stands on `y`."""
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}"{weight}>{escape(words)}</text>'


def block(x: float, y: float, words: str, *, width: float, size: int = 12, bold: bool = False) -> str:
    """Lines no wider than `width`, centred on (`x`, `y`)."""
    lines = wrap(words, max(8, int(width / (size * (0.62 if bold else 0.56)))), break_long_words=False)
    first = y - (len(lines) - 1) * size * 0.6 + size * 0.35
    spans = (
        f'<tspan x="{x:g}" y="{first + number * size * 1.2:g}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    weight = ' font-weight="600"' if bold else ""
    return f'<text font-size="{size}" text-anchor="middle"{weight}>{"".join(spans)}</text>'


def path(
    way: str, colour: str = INK, *, fill: str = "none", arrow: bool = False, dashed: bool = False
) -> str:
    """A line along `way` (SVG path data), with a head at its end where it is an arrow."""
    marks = f' marker-end="url(#head-{colour[1:]})"' if arrow else ""
    marks += ' stroke-dasharray="5 4"' if dashed else ""
    width = 1 if colour == LINE else 1.5
    return f'<path d="{way}" fill="{fill}" stroke="{colour}" stroke-width="{width}"{marks}/>'


def box(
    left: float, top: float, width: float, height: float, *lines: str, radius: int = 6, colour: str = INK
) -> str:
    """A rounded box with `lines` in its middle, each wrapped to the box."""
    frame = (
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="{radius}" '
        f'fill="{PALE}" stroke="{colour}" stroke-width="1.5"/>'
    )
    part = height / len(lines)
    said = (
        block(left + width / 2, top + part * (number + 0.5), line, width=width - 8, size=11, bold=number == 0)
        for number, line in enumerate(lines)
    )
    return frame + "".join(said)


def clock(x: float, y: float) -> str:
    """The sign of a deadline: a dial around (`x`, `y`)."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="7" fill="#fff" stroke="{INK}"/>' + path(f"M{x:g} {y - 4:g}v4h3")


def arrow_head(colour: str) -> str:
    """The head that `path` puts at the end of an arrow of that colour."""
    return (
        f'<marker id="head-{colour[1:]}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0l8 4-8 4z" fill="{colour}"/></marker>'
    )
