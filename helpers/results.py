"""Numbers that a lesson reaches, printed beside what a trivial answer would reach."""

from IPython.display import display

RESULT_TYPE = "application/vnd.course.result+json"


def report_result(
    name: str,
    value: float,
    *,
    baseline: float | None = None,
    baseline_name: str = "",
    tolerance: float,
) -> None:
    """Print a result beside its baseline, and record it in the notebook for `course check --full`.

    Args:
        name: what was measured, such as "test accuracy, 2,000 digits".
        value: the number reached.
        baseline: what the trivial answer reaches on the same data.
        baseline_name: the trivial answer, such as "always the commonest digit".
        tolerance: how far another honest run may lie from `value`.
    """
    text = f"{name}: {value:.4g}"
    if baseline is not None:
        text += f"   (baseline, {baseline_name}: {baseline:.4g})"
    record = {"name": name, "value": float(value), "tolerance": float(tolerance)}
    display({"text/plain": text, RESULT_TYPE: record}, raw=True)
