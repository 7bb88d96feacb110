"""Draws a plot of a few lines on two logarithmic axes, as an SVG file that needs nothing else."""
import math
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 340, 70, 140, 40, 40
COLOURS = ["#0b6e4f", "#c8553d", "#3d5a80"]


def plotted(title, series):
    """The SVG text of `{name: [(x, y), …]}`; x and y are above zero."""
    points = [point for line in series.values() for point in line]
    across, up = axis(min(x for x, _ in points), max(x for x, _ in points)), axis(
        min(y for _, y in points), max(y for _, y in points))
    x_of = lambda x: LEFT + (math.log10(x) - across[0]) / (across[-1] - across[0]) * (WIDTH - LEFT - RIGHT)
    y_of = lambda y: HEIGHT - BOTTOM - (math.log10(y) - up[0]) / (up[-1] - up[0]) * (HEIGHT - TOP - BOTTOM)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="22" font-size="14">{escape(title)}</text>']
    for power in across:
        x = x_of(10 ** power)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{number(power)}</text>')
    for power in up:
        y = y_of(10 ** power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{number(power)}</text>')
    labels = apart([(y_of(line[-1][1]), name) for name, line in series.items()])
    for colour, (name, line) in zip(COLOURS, series.items()):
        way = " ".join(f"{x_of(x):.1f},{y_of(y):.1f}" for x, y in line)
        parts.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="3" fill="{colour}"/>' for x, y in line]
        parts.append(f'<text x="{WIDTH - RIGHT + 10}" y="{labels[name] + 4:.1f}" fill="{colour}">{escape(name)}</text>')
    return "\n".join(parts + ["</svg>", ""])


def axis(least, most):
    """The powers of ten around two values, one at least on either side."""
    low, high = math.floor(math.log10(least)), math.ceil(math.log10(most))
    return list(range(low, max(high, low + 1) + 1))


def number(power):
    return f"{10 ** power:,}" if power >= 0 else f"{10 ** power:.{-power}f}"


def apart(labels):
    """Heights of names, moved so that no two are written over each other."""
    found, last = {}, -math.inf
    for height, name in sorted(labels):
        last = found[name] = max(height, last + 15)
    return found
