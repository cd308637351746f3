"""Figures to play with, and the same figure standing still where no widget runs."""

import os
import sys


def play(draw, **sliders) -> None:
    """Let a reader move sliders and redraw; where no widget runs, draw once with the first values.

    Args:
        draw: function of the sliders' names that draws a figure and shows it.
        sliders: for each name `(start, lowest, highest, step)` for a number, or a list of choices
            whose first is the start.
    """
    if widgets_run():
        _interact(draw, sliders)
    else:
        draw(**{name: options[0] for name, options in sliders.items()})


def widgets_run() -> bool:
    """Tell whether a person looks on: a kernel, ipywidgets, and neither a build nor the grader."""
    unattended = os.environ.get("NBGRADER_EXECUTION") or os.environ.get("COURSE_EXECUTION")
    if unattended or "ipykernel" not in sys.modules:
        return False
    from importlib.util import find_spec

    return find_spec("ipywidgets") is not None


def _interact(draw, sliders) -> None:
    import ipywidgets

    controls = {name: _control(name, options) for name, options in sliders.items()}
    ipywidgets.interact(draw, **controls)


def _control(name, options):
    import ipywidgets

    label = name.replace("_", " ")
    if isinstance(options, list):
        return ipywidgets.Dropdown(options=options, value=options[0], description=label)
    start, lowest, highest, step = options
    kind = ipywidgets.IntSlider if isinstance(step, int) else ipywidgets.FloatSlider
    return kind(
        value=start, min=lowest, max=highest, step=step, description=label, continuous_update=False
    )
