"""Which names' objects a cell may change: those that it writes into, and those that it hands on."""

import ast
from collections.abc import Iterator

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (
    *(*FUNCTIONS, ast.Lambda, ast.ClassDef),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


class Changes(ast.NodeVisitor):
    """Walks through code; what a function calls its own is left out.

    (A function that changes what it was given changes what its caller handed on.)

    Attributes:
        changed: names whose objects are written into, or on which a bare method call stands.
        passed: names in the arguments of calls, whose objects the called may change.
    """

    def __init__(self, tree: ast.AST):
        self.changed, self.passed = set(), set()
        self._own = frozenset()
        self.visit(tree)

    def visit(self, node) -> None:
        """Note down what a node does, then go on with its parts."""
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            self._change(node)
        elif isinstance(node, ast.AugAssign):
            self._change(node.target)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            if isinstance(node.value.func, ast.Attribute):
                self._change(node.value.func)
        elif isinstance(node, ast.Call):
            self._pass_on(node)
        around = self._own
        if isinstance(node, FUNCTIONS):
            self._own |= _own_names(node)
        self.generic_visit(node)
        self._own = around

    def _change(self, node) -> None:
        while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
            node = node.func if isinstance(node, ast.Call) else node.value
        if isinstance(node, ast.Name):
            self.changed |= {node.id} - self._own

    def _pass_on(self, call: ast.Call) -> None:
        given = [*call.args, *(word.value for word in call.keywords)]
        parts = [part for each in given for part in ast.walk(each)]
        self.passed |= {part.id for part in parts if isinstance(part, ast.Name)} - self._own


def _own_names(function) -> frozenset[str]:
    """Return a function's parameters and the names that it sets for itself."""
    given = function.args
    parameters = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    own, outer = {name.arg for name in parameters if name}, set()
    for node in walk_outside(_SCOPES, function.body):
        if isinstance(node, ast.Global | ast.Nonlocal):
            outer |= set(node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            own.add(node.id)
    return frozenset(own - outer)


def walk_outside(inner: tuple[type, ...], nodes: list[ast.AST]) -> Iterator[ast.AST]:
    """Yield nodes and their parts as `ast.walk` does, but not what is inside of some kinds."""
    queue = list(nodes)
    while queue:
        node = queue.pop()
        yield node
        if not isinstance(node, inner):
            queue += ast.iter_child_nodes(node)
