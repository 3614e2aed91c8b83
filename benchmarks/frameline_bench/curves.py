"""Curves as SVG, readable on white and on black."""

WIDTH, HEIGHT, LEFT, TOP = 760, 170, 60, 60
COLOURS = ("#0072b2", "#e69f00", "#cc79a7", "#d55e00", "#009e73", "#8a7500", "#56b4e9")
MOST_POINTS = 400


class Picture:
    """Panels with curves, one below the other; lines: colours by name."""

    def __init__(self, title, lines, panels):
        self.lines = lines
        self.number = 0
        column = WIDTH / max(7, len(lines))
        self.out = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 20} '
            f'{TOP + panels * (HEIGHT + 45) + 20}" role="img" font-family="sans-serif" '
            'font-size="13">', f"<title>{title}</title>",
            "<style>text{fill:#222}.grid{stroke:#8886}.stop{fill:#8883}.kill{stroke:#888;"
            "stroke-dasharray:2 3}polyline{fill:none;stroke-width:1.6}"
            "@media(prefers-color-scheme:dark){svg{background:#111}text{fill:#ddd}}</style>",
            f'<text x="{LEFT}" y="20" font-size="15">{title}</text>']
        for i, (name, colour) in enumerate(lines.items()):
            x = LEFT + i * column
            self.out.append(f'<path d="M{x:.0f} 38h18" stroke="{colour}" stroke-width="3"/>'
                            f'<text x="{x + 23:.0f}" y="42">{name}</text>')

    def panel(self, label, curves, total, unit, marks=(), bands=()):
        """curves: points (x, y) by line; total: the width in x, which unit(x) turns into a text;
        marks: x of dashed lines; bands: x and width of grey bands."""
        base = TOP + self.number * (HEIGHT + 45) + 20 + HEIGHT
        self.number += 1
        most = 1.1 * max((y for points in curves.values() for _, y in points), default=1) or 1

        def at(x):
            return LEFT + x / total * WIDTH

        self.out.append(f'<text x="{LEFT}" y="{base - HEIGHT - 6}">{label}</text>')
        for x, width in bands:
            self.out.append(f'<rect class="stop" x="{at(x):.1f}" y="{base - HEIGHT}" '
                            f'width="{width / total * WIDTH:.1f}" height="{HEIGHT}"/>')
        for x in marks:
            self.out.append(f'<path class="kill" d="M{at(x):.1f} {base - HEIGHT}v{HEIGHT}"/>')
        for step in range(5):
            y = base - step / 4 * HEIGHT
            self.out.append(f'<path class="grid" d="M{LEFT} {y:.1f}h{WIDTH}"/>'
                            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">'
                            f"{most * step / 4:.0f}</text>")
        for name, points in curves.items():
            # A long curve has no more points than it has pixels.
            some = points[::max(1, len(points) // MOST_POINTS)]
            line = " ".join(f"{at(x):.1f},{base - y / most * HEIGHT:.1f}" for x, y in some)
            self.out.append(f'<polyline stroke="{self.lines[name]}" points="{line}"/>')
        for step in range(5):
            self.out.append(f'<text x="{LEFT + step / 4 * WIDTH:.0f}" y="{base + 17}" '
                            f'text-anchor="middle">{unit(total * step / 4)}</text>')

    def text(self):
        return "\n".join([*self.out, "</svg>", ""])


def rates(points, every=1.0):
    """Frames/s between counts that are some time apart, from points of (seconds, count)."""
    found = []
    x0, y0 = 0.0, 0
    for x, y in points:
        if x - x0 >= every:
            found.append((x, (y - y0) / (x - x0)))
            x0, y0 = x, y
    return found


def picture(rows):
    """How the pipelines come up to speed, and the latency of the recorder."""
    curves = {name: rates(contender["curve"])
              for name, contender in rows.get("pipeline", {}).get("contenders", {}).items()}
    late = rows.get("latency", {}).get("contenders", {}).get("record", {}).get("curve", [])
    names = [*curves, *(["record"] if late else [])]
    drawn = Picture("From the start of the processes", dict(zip(names, COLOURS)),
                    bool(curves) + bool(late))
    if curves:
        longest = max((x for points in curves.values() for x, _ in points), default=1)
        drawn.panel("spectra per second in the sink, 640x480 RGB8, 2 workers", curves, longest,
                    lambda s: f"{s:.0f} s")
    if late:
        drawn.panel("longest time from grab to file, ms", {"record": late}, late[-1][0] or 1,
                    lambda s: f"{s / 60:.1f} min")
    return drawn.text()
