"""The two drawings in the documentation: SVG that reads well on light and on dark."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import ceil, floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Line", "clear", "cost_svg", "growth_svg"]

_WIDTH = 860
_ROW = 30
_NEAR = 15
"""The least distance of two labels under each other."""
_LETTER = 6.6
"""How wide a letter of a label is, about."""
_STEPS = 60
Points = list[tuple[float, float]]
_STYLE = """\
<style>
  .ground { fill: #ffffff } text { fill: #1f2328; font: 13px system-ui, sans-serif }
  .title { font-weight: 600 } .quiet { fill: #59636e; font-size: 12px } .grid { stroke: #d8dee4 }
  .line { stroke: #818b98; fill: none; stroke-width: 1.5 } .dot { fill: #818b98 }
  .ring { stroke: #818b98; fill: #ffffff }
  .own.line { stroke: #0969da; stroke-width: 3 } .own.dot { fill: #0969da } .own.ring { stroke: #0969da }
  text.own { fill: #0969da; font-weight: 600 } .ring { stroke-width: 2 }
  .halo { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } text { fill: #e6edf3 } .quiet { fill: #9198a1 } .grid { stroke: #2b323b }
    .line { stroke: #767f8a } .dot { fill: #767f8a } .ring { stroke: #767f8a; fill: #0d1117 }
    .own.line { stroke: #4493f8 } .own.dot { fill: #4493f8 } .own.ring { stroke: #4493f8 }
    text.own { fill: #4493f8 }
    .halo { stroke: #0d1117 }
  }
</style>"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the drawing of growth: a tool, and what it took by the number of records."""

    name: str
    seconds: Mapping[int, float]
    memory: Mapping[int, float]
    own: bool = False


def cost_svg(costs: Mapping[str, tuple[float, float]], *, own: str) -> str:
    """Return the drawing of costs: of each tool the cost where nothing drifts and where everything does."""
    left, right, top = 230, _WIDTH - 120, 66
    bottom = top + _ROW * len(costs)
    most = ceil(log10(max(max(pair) for pair in costs.values())))

    def at(cost: float) -> float:
        return left + (right - left) * log10(max(cost, 1)) / most

    parts = [
        _text(16, 26, "CPU time as a multiple of orjson.loads, small answers", "title"),
        _text(
            16,
            46,
            "○ nothing drifts    ● every answer drifts    (each step of the scale is ten times the last)",
            "quiet",
        ),
    ]
    for power in range(most + 1):
        x = at(10**power)
        parts += [_rule(x, top - 4, x, bottom), _text(x, bottom + 18, f"{10**power:,}", "quiet", "middle")]
    for row, (name, (clean, drifting)) in enumerate(costs.items()):
        y = top + _ROW * (row + 0.5)
        mine = " own" if name == own else ""
        parts += [
            _text(left - 14, y + 4, name, mine.strip(), "end"),
            f'<path class="line{mine}" d="M{at(clean):.1f} {y:.1f}H{at(drifting):.1f}"/>',
            f'<circle class="dot{mine}" cx="{at(drifting):.1f}" cy="{y:.1f}" r="5"/>',
            f'<circle class="ring{mine}" cx="{at(clean):.1f}" cy="{y:.1f}" r="5"/>',
            _text(
                max(at(clean), at(drifting)) + 12,
                y + 4,
                f"{_short(clean)} → {_short(drifting)}",
                mine.strip(),
            ),
        ]
    return _drawing(bottom + 32, parts, "Cost of each tool as a multiple of parsing")


def growth_svg(lines: Sequence[Line]) -> str:
    """Return the drawing of growth: seconds, and memory below, by the number of records."""
    counts = sorted({count for line in lines for count in line.seconds})
    seconds = [value for line in lines for value in line.seconds.values()]
    low, high = floor(log10(min(seconds))), ceil(log10(max(seconds)))
    memory = max(value for line in lines for value in line.memory.values())
    step = next(step for step in (10, 25, 50, 100, 250, 500, 1000, 10_000) if memory <= 6 * step)
    left, right, height = 64, _WIDTH - 130, 250
    above, below = 50, 50 + height + 96
    upper = _Panel(
        (left, right, above, above + height), counts, log10, [10**power for power in range(low, high + 1)]
    )
    lower = _Panel((left, right, below, below + height), counts, float, range(0, ceil(memory) + step, step))
    own = {line.name for line in lines if line.own}
    parts = upper.drawn("CPU seconds, with the start", {line.name: line.seconds for line in lines}, own)
    parts += lower.drawn("MB, largest process", {line.name: line.memory for line in lines}, own)
    return _drawing(below + height + 52, parts, "Seconds and memory by the number of records")


def clear(box: tuple[float, float, float], lines: Sequence[Points], above: Sequence[float]) -> float:
    """Return a height near the wanted one at which a label crosses as few lines as can be.

    `box` is where the label begins, where it ends, and the height that is wanted; `above` are the
    heights of the labels before it, which it stays below of.
    """
    left, right, wanted = box

    def cost(height: float) -> float:
        near = sum(height < other + _NEAR for other in above)
        crossed = sum(
            any(left <= x <= right and abs(y - height) < _NEAR / 2 for x, y in line) for line in lines
        )
        return 100 * near + 4 * crossed + abs(height - wanted) / 5

    return min((wanted + step * sign for step in range(0, 60, 3) for sign in (-1, 1)), key=cost)


@dataclass(frozen=True, slots=True)
class _Panel:
    """One frame (left, right, top, bottom): records to the right, values upwards on a scale of some kind."""

    frame: tuple[int, int, int, int]
    counts: Sequence[int]
    scale: Callable[[float], float]
    ticks: Sequence[float]

    def x(self, count: float) -> float:
        """Return where a number of records lies."""
        left, right, _, _ = self.frame
        first, last = log10(self.counts[0]), log10(self.counts[-1])
        return left + (right - left) * (log10(count) - first) / max(1e-9, last - first)

    def y(self, value: float) -> float:
        """Return where a value lies."""
        _, _, top, bottom = self.frame
        low, high = self.scale(self.ticks[0]), self.scale(self.ticks[-1])
        return bottom - (bottom - top) * (self.scale(value) - low) / (high - low)

    def drawn(self, title: str, lines: Mapping[str, Mapping[int, float]], own: set[str]) -> list[str]:
        """Return the panel's parts; each line is named where it ends."""
        left, right, top, bottom = self.frame
        parts = [_text(16, top - 24, title, "title")]
        for tick in self.ticks:
            y = self.y(tick)
            parts += [_rule(left, y, right, y), _text(left - 8, y + 4, f"{tick:,g}", "quiet", "end")]
        parts += [
            _text(self.x(count), bottom + 20, _power(count), "quiet", "middle") for count in self.counts
        ]
        parts.append(_text((left + right) / 2, bottom + 40, "records", "quiet", "middle"))
        names: list[str] = []
        for name in sorted(lines, key=lambda name: name in own):
            values = lines[name]
            mine = " own" if name in own else ""
            points = " ".join(f"{self.x(count):.1f},{self.y(values[count]):.1f}" for count in sorted(values))
            end = max(values)
            parts.append(f'<polyline class="line{mine}" points="{points}"/>')
            parts.append(
                f'<circle class="dot{mine}" cx="{self.x(end):.1f}" cy="{self.y(values[end]):.1f}" r="3"/>'
            )
        drawn = [self._along(values) for values in lines.values()]
        for count in self.counts:
            ending = [name for name in lines if max(lines[name]) == count]
            places: list[float] = []
            for name in sorted(ending, key=lambda name: -lines[name][count]):
                begin = self.x(count) + 9
                box = (begin, begin + _LETTER * len(name), self.y(lines[name][count]))
                places.append(clear(box, drawn, places))
                names.append(_text(begin, places[-1] + 4, name, "halo own" if name in own else "halo quiet"))
        return parts + names

    def _along(self, values: Mapping[int, float]) -> Points:
        """Return points along a line, close to each other."""
        corners = [(self.x(count), self.y(values[count])) for count in sorted(values)]
        return [
            (
                before[0] + (after[0] - before[0]) * step / _STEPS,
                before[1] + (after[1] - before[1]) * step / _STEPS,
            )
            for before, after in pairwise(corners)
            for step in range(_STEPS + 1)
        ]


def _power(count: int) -> str:
    """Return a power of ten as one: 1 000 is 10³."""
    power = round(log10(count))
    return (
        "10" + str(power).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
        if 10**power == count
        else f"{count:,}"
    )


def _drawing(height: float, parts: Sequence[str], title: str) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img">'
    ground = f'<rect class="ground" width="{_WIDTH}" height="{height:.0f}"/>'
    return "\n".join([head, f"<title>{escape(title)}</title>", _STYLE, ground, *parts, "</svg>"]) + "\n"


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    classes = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{classes} text-anchor="{anchor}">{escape(words)}</text>'


def _rule(left: float, top: float, right: float, bottom: float) -> str:
    return f'<path class="grid" d="M{left:.1f} {top:.1f}L{right:.1f} {bottom:.1f}"/>'


def _short(number: float) -> str:
    return f"{number:.1f}" if number < 10 else f"{number:,.0f}"  # noqa: PLR2004 - two figures
