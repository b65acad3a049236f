"""Where a fault can be planted in a module, and what it looks like there.

A fault is one edit of the text: the place stays readable, lines keep their numbers, and the report can show a diff. The
operators (operators.py) say which edits there are; here they are found, checked and sampled.
"""

from __future__ import annotations

import ast
import difflib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.operators import OPERATORS, Edit

PACKAGE = "arazzo_runner"
Definition = ast.FunctionDef | ast.AsyncFunctionDef
Lines = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """One edit of one file: `old` stands at `start`, counted in bytes.

    `lines` are the first and the last line of the statement that it is in (of its head, where it has a body); None
    where that runs when the module is imported.
    """

    file: str
    operator: str
    start: int
    old: str
    new: str
    line: int
    lines: Lines | None

    @property
    def name(self) -> str:
        """The fault as a report names it: file, line and operator."""
        return f"{self.file}:{self.line} {self.operator}"

    def applied(self, text: str) -> str:
        """Return the text of the file with the fault in it."""
        raw, old = text.encode(), self.old.encode()
        assert raw[self.start : self.start + len(old)] == old, f"{self.name}: the file has changed"
        return (raw[: self.start] + self.new.encode() + raw[self.start + len(old) :]).decode()

    def diff(self, text: str) -> str:
        """Return the change as lines with `-` and `+`."""
        lines = difflib.unified_diff(text.splitlines(), self.applied(text).splitlines(), n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def faults(file: str, text: str) -> Iterator[Fault]:
    """Yield each fault that can be planted in a file, in the order of its places; none twice, and all can be parsed."""
    lines = [0, *_line_ends(text)]
    raw = text.encode()
    seen: set[tuple[int, str, str]] = set()
    for node, inside in _sites(ast.parse(text), None, called=False):
        for operator, plant in OPERATORS.items():
            for edit in plant(node):
                fault = _fault(file, operator, edit, inside, raw, lines)
                key = (fault.start, fault.old, fault.new)
                if key not in seen and _parses(fault.applied(text)):
                    seen.add(key)
                    yield fault


def _fault(file: str, operator: str, edit: Edit, inside: Lines | None, raw: bytes, lines: list[int]) -> Fault:
    start, end = (lines[line - 1] + column for line, column in (edit.begin, edit.end))
    return Fault(file, operator, start, raw[start:end].decode(), edit.text, edit.begin[0], inside)


def _line_ends(text: str) -> list[int]:
    ends, at = [], 0
    for line in text.encode().split(b"\n"):
        at += len(line) + 1
        ends.append(at)
    return ends


def _parses(text: str) -> bool:
    try:
        compile(text, "planted", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _sites(node: ast.AST, inside: Lines | None, *, called: bool) -> Iterator[tuple[ast.AST, Lines | None]]:
    """Yield each node that runs and whose place is known, with the lines of its statement if a call runs it."""
    if called and isinstance(node, ast.stmt | ast.match_case | ast.ExceptHandler):
        inside = _head(node)
    yield node, inside
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        entered = called or (isinstance(node, Definition) and name == "body")
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_silent(child):
                yield from _sites(child, inside, called=entered)


def _head(node: ast.stmt | ast.match_case | ast.ExceptHandler) -> Lines:
    """Return the lines of a statement, without those of its body."""
    place = node.pattern if isinstance(node, ast.match_case) else node
    inner = node.cases[0].pattern if isinstance(node, ast.Match) else next(iter(getattr(node, "body", [])), None)
    last = (place.end_lineno or place.lineno) if inner is None else max(place.lineno, inner.lineno - 1)
    return place.lineno, last


def _is_silent(node: ast.AST) -> bool:
    """Tell what never runs, or has no place of its own: docstrings, imports for the type checker, parts of f-strings."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)
    return isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom)


def modules(root: Path, room: str) -> Mapping[str, str]:
    """Return the texts of a room's modules by path below the root; a room may be a folder, or one module.

    Raises:
        LookupError: there is no such room.
    """
    place = root / PACKAGE / room
    paths = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
    if not paths or not paths[0].is_file():
        raise LookupError(f"there is no room '{room}' in {PACKAGE}")
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in paths}


def sample(found: Sequence[Fault], limit: int, seed: int) -> list[Fault]:
    """Choose at most `limit` faults by the seed, each file in proportion, in the order of their places."""
    if limit >= len(found):
        return list(found)
    chosen = random.Random(seed).sample(range(len(found)), limit)
    return [found[number] for number in sorted(chosen)]
