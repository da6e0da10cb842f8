"""A plot on two logarithmic axes, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT = 760, 480
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 30, 50


@dataclass(frozen=True)
class Line:
    """Points that belong together."""

    name: str
    points: Sequence[tuple[float, float]]
    colour: str
    dashed: bool = False


class _Axis:
    """Whole powers of ten around all values, on so many pixels."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.powers = range(floor(log10(min(values))), ceil(log10(max(values))) + 1)
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        """The pixel of a value."""
        part = (log10(value) - self.powers[0]) / (self.powers[-1] - self.powers[0])
        return self._start + part * (self._end - self._start)


def svg(title: str, lines: Sequence[Line]) -> str:
    """The plot of bytes against nanoseconds."""
    x = _Axis([point[0] for line in lines for point in line.points], LEFT, WIDTH - RIGHT)
    y = _Axis([point[1] for line in lines for point in line.points], HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<title>{title}</title><rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        *_grid(x, y),
    ]
    for number, line in enumerate(lines):
        parts += _line(line, x, y)
        parts += _legend(line, number)
    return "\n".join([*parts, "</svg>", ""])


def _grid(x: _Axis, y: _Axis) -> Iterator[str]:
    for power in x.powers:
        at = x.at(10**power)
        yield f'<path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>'
        yield f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{_bytes(power)}</text>'
    for power in y.powers:
        at = y.at(10**power)
        yield f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{_time(power)}</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">size of the callback</text>'


def _line(line: Line, x: _Axis, y: _Axis) -> Iterator[str]:
    points = [f"{x.at(size):.1f},{y.at(nanoseconds):.1f}" for size, nanoseconds in line.points]
    dash = ' stroke-dasharray="5 4"' if line.dashed else ""
    yield f'<polyline points="{" ".join(points)}" fill="none" stroke="{line.colour}" stroke-width="2"{dash}/>'
    if not line.dashed:
        for point in points:
            at_x, at_y = point.split(",")
            yield f'<circle cx="{at_x}" cy="{at_y}" r="3" fill="{line.colour}"/>'


def _legend(line: Line, number: int) -> Iterator[str]:
    left, top = WIDTH - RIGHT + 15, TOP + 12 + 20 * number
    dash = ' stroke-dasharray="5 4"' if line.dashed else ""
    yield f'<path d="M{left} {top}h24" stroke="{line.colour}" stroke-width="2"{dash}/>'
    yield f'<text x="{left + 30}" y="{top + 4}">{line.name}</text>'


def _bytes(power: int) -> str:
    units = ("B", "kB", "MB")
    return f"{10 ** (power % 3)} {units[power // 3]}"


def _time(power: int) -> str:
    units = ("ns", "µs", "ms", "s")
    return f"{10 ** (power % 3)} {units[power // 3]}"
