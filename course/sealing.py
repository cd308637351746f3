"""A step of the release: seal the keys of the concept questions in the students' notebook."""

import ast

from nbgrader.preprocessors import NbGraderPreprocessor

from helpers.checks.choices import seal


class SealChoices(NbGraderPreprocessor):
    """Replace `right=` and `reasons=` of every `check_choice` call by one `sealed=` text."""

    def preprocess_cell(self, cell, resources, cell_index):
        """Seal one cell; nbgrader calls this for each."""
        if cell.cell_type == "code" and "check_choice(" in cell.source:
            cell.source = seal_source(cell.source)
        return cell, resources


def seal_source(source: str) -> str:
    """Return the code with the key of each `check_choice` call sealed; all else stays as it is."""
    if "right=" not in source:
        return source
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if is_question(node)]
    for call in sorted(calls, key=lambda node: node.lineno, reverse=True):
        lines = source.splitlines()
        lines[call.lineno - 1 : call.end_lineno] = [_sealed_call(call)]
        source = "\n".join(lines)
    return source


def is_question(node) -> bool:
    """Tell whether a node of code is a call of `check_choice`."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check_choice"


def _sealed_call(call: ast.Call) -> str:
    key = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    question, answer = (ast.unparse(argument) for argument in call.args)
    sealed = seal(key["right"], key["reasons"])
    return f'check_choice(\n    {question},\n    {answer},\n    sealed="{sealed}",\n)'
