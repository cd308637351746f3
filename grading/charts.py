"""Small pictures as inline SVG: crisp at any size, in the page's own colours, light and dark."""

from markupsafe import Markup

from grading.wording import amount, count, one_line, percent

BINS_AT_MOST = 26
CELL = (26, 18)  # width and height of a cell of the heat map, pixels


def bins(scores: list[float], points: float) -> tuple[float, list[int]]:
    """Count scores in equal steps from 0; full marks begin the last step or lie in it.

    Returns:
        The step in points, and the number of scores in each step.
    """
    steps = (step * 10**power for power in range(12) for step in (1, 2, 5))
    step = next(step for step in steps if points / step < BINS_AT_MOST)
    counts = [0] * (int(points // step) + 1)
    for score in scores:
        counts[min(max(int(score // step), 0), len(counts) - 1)] += 1
    return step, counts


def histogram(scores: list[float], points: float) -> Markup:
    """Draw how many students reached each score. Text keeps its size; only the bars stretch."""
    step, counts = bins(scores, points)
    width, tallest = 100 / len(counts), max(*counts, 1)
    parts = [Markup('<line class="axis" x1="0" x2="100%" y1="170.5" y2="170.5"/>')]
    for i, number in enumerate(counts):
        label = amount(i * step) if step == 1 else f"{amount(i * step)} to {amount((i + 1) * step)}"
        parts.append(_column(i * width, width, 140 * number / tallest, number, label))
        if i % _label_every(len(counts)) == 0:
            at = i * width + width / 2
            parts.append(_text(f"{at:.2f}%", 188, amount(i * step), "middle"))
    summary = f"Histogram of {count(len(scores), 'score')} from 0 to {count(points, 'point')}"
    kind = "histogram crowded" if len(counts) > 11 and tallest > 99 else "histogram"
    return _svg(kind, "100%", 196, summary, parts)


def _column(x: float, width: float, height: float, number: int, label: str) -> Markup:
    bar = Markup(
        '<rect class="bar" x="{:.2f}%" y="{:.1f}" width="{:.2f}%" height="{:.1f}">'
        "<title>{} points: {}</title></rect>"
    ).format(x + 0.08 * width, 170 - height, 0.84 * width, height, label, count(number, "student"))
    if not number:
        return bar
    return bar + Markup('<text class="number" x="{:.2f}%" y="{:.1f}">{:,}</text>').format(
        x + width / 2, 164 - height, number
    )


def _label_every(columns: int) -> int:
    return 1 if columns <= 11 else 5


def share_bar(share: float, label: str) -> Markup:
    """Draw a share, 0 to 1, as a bar that fills its place in the page."""
    parts = [
        Markup('<rect class="rail" width="100%" height="100%" rx="3"/>'),
        Markup('<rect class="bar" width="{:.1f}%" height="100%" rx="3"/>').format(100 * share),
    ]
    return _svg("share", "100%", 12, label, parts)


def heat_map(rows: list[tuple[str, list[float | None]]], columns: list[str]) -> Markup:
    """Draw shares of the points, one row a student (or a tenth of the class), one column each.

    A cell fills from the left: full for all points, a cross for none, a ring where a person has
    yet to grade.
    """
    names = [one_line(name, limit=20) for name, _ in rows]
    side = 20 + 8 * max(map(len, names), default=0)  # room for the names beside it
    head = 24 + 6 * min(22, max(map(len, columns), default=0))  # and above it
    lefts = [side + i * CELL[0] for i in range(len(columns))]
    parts = [_column_name(x, head, name) for x, name in zip(lefts, columns, strict=True)]
    for j, (name, shares) in enumerate(rows):
        y = head + j * CELL[1]
        parts.append(_text(side - 8, y + 13, names[j], "end"))
        cells = zip(lefts, columns, shares, strict=True)
        parts += [_cell(x, y, f"{name}, {column}", share) for x, column, share in cells]
    width, height = side + len(columns) * CELL[0] + 90, head + len(rows) * CELL[1] + 4
    summary = f"Heat map of {count(len(rows), 'row')} by {count(len(columns), 'exercise')}"
    return _svg("heat", width, height, summary, parts)


def _column_name(left: int, head: int, name: str) -> Markup:
    x, y = left + 15, head - 8
    return Markup('<text transform="translate({} {}) rotate(-50)">{}</text>').format(
        x, y, one_line(name, limit=22)
    )


def _cell(x: int, y: int, whose: str, share: float | None) -> Markup:
    width, height = CELL
    words = "waits for a person" if share is None else percent(share)
    title = f"{one_line(whose, limit=120)}: {words}"
    parts = [] if share == 1 else [_box("rail", x, y, width - 2)]
    if share:
        parts.append(_box("bar", x, y, round(share * (width - 2), 1)))
    parts.append(_mark(x + width / 2 - 1, y + height / 2 - 1, share))
    return Markup("<g><title>{}</title>{}</g>").format(title, Markup("").join(parts))


def _box(kind: str, x: int, y: int, width: float) -> Markup:
    words = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>')
    return words.format(kind, x, y, width, CELL[1] - 2)


def _mark(x: float, y: float, share: float | None) -> Markup:
    if share is None:
        return Markup('<circle class="mark" cx="{}" cy="{}" r="3"/>').format(x, y)
    if share == 0:
        return Markup('<path class="mark" d="M{} {}l6 6m0-6l-6 6"/>').format(x - 3, y - 3)
    return Markup("")


def _text(x, y, words: str, anchor: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, words)


def _svg(kind: str, width, height, label: str, parts: list[Markup]) -> Markup:
    label = one_line(label, limit=300)
    head = Markup('<svg class="{}" width="{}" height="{}" role="img" aria-label="{}">')
    body = Markup("<title>{}</title>{}</svg>").format(label, Markup("\n").join(parts))
    return head.format(kind, width, height, label) + body
