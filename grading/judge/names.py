"""Which names a cell takes from the cells above it, and which it sets or changes."""

import ast
import builtins
import symtable
from dataclasses import dataclass, field

from grading.judge.changes import FUNCTIONS, Changes, walk_outside

BUILT_IN = frozenset(dir(builtins)) | {"__name__", "__file__", "display", "get_ipython"}


@dataclass
class Names:
    """The names of a cell.

    Attributes:
        read: those it takes from above.
        bound: those it sets.
        imported: those of `bound` that it imports.
        defined: those of `bound` that are functions or classes of its own.
        changed: those whose objects it changes in place.
        passed: those that it hands to some function, which may change their objects.
    """

    read: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    defined: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)


def cell_names(source: str) -> Names | None:
    """Return the names of a cell, or None where it is no plain Python (a magic, for one)."""
    try:
        tree = ast.parse(source)
        return _Reader().cell(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


class _Reader:
    """Walks through a cell's statements in their order."""

    def __init__(self):
        self.names, self.late = Names(), set()

    def cell(self, tree: ast.Module) -> Names:
        self.block(tree.body, set())
        self.names.read |= self.late - self.names.bound
        self.names.read -= BUILT_IN
        found = Changes(tree)
        self.names.changed, self.names.passed = found.changed, found.passed
        return self.names

    def block(self, statements: list, known: set[str]) -> set[str]:
        """Read some statements; return the names that are certainly set after them."""
        for statement in statements:
            self.statement(statement, known)
        return known

    def statement(self, node, known: set[str]) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self.leaf(node, known, late=True)
            self.names.defined.add(node.name)
        elif isinstance(node, ast.For | ast.AsyncFor):
            self.leaf(ast.Assign([node.target], node.iter), known)
            self.branches(known, node.body, node.orelse)
        elif isinstance(node, ast.While | ast.If):
            self.leaf(ast.Expr(node.test), known)
            self.branches(known, node.body, node.orelse)
        elif isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                target = item.optional_vars or ast.Name("_", ast.Store())
                self.leaf(ast.Assign([target], item.context_expr), known)
            self.block(node.body, known)
        elif isinstance(node, ast.Try):
            self.block(node.body, known)
            handlers = [handler.body for handler in node.handlers]
            for handler in node.handlers:
                self.names.bound.update([handler.name] if handler.name else [])
            self.branches(known, *handlers, node.orelse, node.finalbody)
        else:
            self.leaf(node, known)

    def branches(self, known: set[str], *blocks: list) -> None:
        """Read blocks that may or may not run."""
        for block in blocks:
            self.block(block, set(known))

    def leaf(self, node, known: set[str], *, late: bool = False) -> None:
        """Read one simple statement, function or class."""
        node = ast.fix_missing_locations(ast.Module([ast.copy_location(node, node)], []))
        table = symtable.symtable(ast.unparse(node), "cell", "exec")
        for symbol in table.get_symbols():
            if symbol.is_referenced() and symbol.get_name() not in known:
                self.names.read.add(symbol.get_name())
        for name in _global_in(table):
            if name not in known:
                (self.late if late else self.names.read).add(name)
        bound = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
        self.names.imported |= {s.get_name() for s in table.get_symbols() if s.is_imported()}
        self.names.bound |= bound
        self.names.read |= _augmented(node) - known
        known |= bound


def _augmented(node) -> set[str]:
    """Return the names that `+=` and its like read; symtable takes that for an assignment alone."""
    augmented = [n for n in walk_outside(FUNCTIONS, [node]) if isinstance(n, ast.AugAssign)]
    return {n.target.id for n in augmented if isinstance(n.target, ast.Name)}


def _global_in(table) -> set[str]:
    """Return the names that functions and classes in a table take from around them."""
    found = set()
    for child in table.get_children():
        found |= {s.get_name() for s in child.get_symbols() if s.is_global()}
        found |= _global_in(child)
    return found
