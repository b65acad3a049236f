"""The rules of the house, as checks over a tree; and each rule broken once, to show that its check would notice.

A check takes the root of a checkout and returns one line a fault. It looks at the source text alone; only the check of
the public names imports the package, in a process of its own, so that a planted tree never meets the real one.
"""

import ast
import re
import statistics
import subprocess
import sys
import tokenize
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = "arazzo_runner"
FOLDERS = (PACKAGE, "tests")

MEDIAN_LINES, MOST_LINES, MOST_SHARE, FUNCTION_LINES, MODULE_LINES = 12, 40, 0.9, 100, 500
PUBLIC_NAMES = 20
VAGUE = {"util", "utils", "helper", "helpers", "common", "base", "manager", "managers", "misc"}

# Modules without a test file of their own, by name.
DOORS: Mapping[str, str] = {
    "__init__.py": "a door: names and tables, tested through what stands behind it",
    "__main__.py": "one call of the command, tested there",
    "_version.py": "one constant, compared with the package's metadata in test_packaging",
}

# Modules that hold types alone: no line of them runs but definitions, so there is nothing to test.
TYPES_ALONE: Mapping[str, str] = {
    "arazzo_runner/criteria/compiler.py": "what a compiler of criteria takes and gives, as types",
    "arazzo_runner/criteria/predicates/syntax.py": "the forms of a predicate, as frozen values",
    "arazzo_runner/engine/events.py": "what happened, as frozen values",
    "arazzo_runner/engine/limits.py": "the bounds of a run, as one frozen value",
    "arazzo_runner/engine/progress.py": "a step in progress, as one value",
    "arazzo_runner/engine/settings.py": "what a caller decides, as one frozen value",
    "arazzo_runner/expressions/grammar.py": "the forms of an expression, as frozen values",
    "arazzo_runner/expressions/scope.py": "what an expression can see, as frozen values",
    "arazzo_runner/fixes/limits.py": "the bounds of mending, as constants",
    "arazzo_runner/journal/comparison/limits.py": "the bounds of comparing two journals, as constants",
    "arazzo_runner/mock/limits.py": "the bounds of the mock, as constants",
    "arazzo_runner/mock/server/limits.py": "the bounds of the mock server, as constants",
    "arazzo_runner/mock/solving/elements.py": "what is wanted of an XML document, as frozen values",
    "arazzo_runner/query/jsonpath/limits.py": "the bounds of JSONPath, as constants",
    "arazzo_runner/query/regex/limits.py": "the bounds of patterns, as constants",
    "arazzo_runner/query/regex/syntax.py": "the forms of a pattern, as frozen values",
    "arazzo_runner/query/xpath/limits.py": "the bounds of XPath, as constants",
    "arazzo_runner/reports/run/html/limits.py": "the bounds of the HTML report, as constants",
    "arazzo_runner/reports/graph/taken.py": "the path of a run through a figure, as one frozen value",
}

Definition = ast.FunctionDef | ast.AsyncFunctionDef
Check = Callable[[Path], list[str]]


# ---------------------------------------------------------------- reading a tree


@dataclass(frozen=True, slots=True)
class Function:
    """One function or method with a body, and its length: from `def` to its last line."""

    place: str
    name: str
    lines: int


def sources(root: Path, *folders: str) -> Iterator[tuple[str, Path]]:
    """Yields each Python file below the folders: its path from `root`, with slashes, and itself."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def is_stub(node: Definition) -> bool:
    """Tells whether a function only declares: its body is a docstring, `...` or both."""
    return all(isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant) for part in node.body)


def functions(root: Path, folder: str) -> list[Function]:
    return [
        Function(f"{name}:{node.lineno}", node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for name, path in sources(root, folder)
        for node in ast.walk(tree(path))
        if isinstance(node, Definition) and not is_stub(node)
    ]


# ---------------------------------------------------------------- the checks


def long_functions(root: Path) -> list[str]:
    """Rule 1: no function is over 100 lines."""
    return [
        f"{found.place}: {found.name} has {found.lines} lines"
        for folder in FOLDERS
        for found in functions(root, folder)
        if found.lines > FUNCTION_LINES
    ]


def many_long_functions(root: Path) -> list[str]:
    """Rule 1: the median is about 10 lines, and 90 % are under 40."""
    faults = []
    for folder in FOLDERS:
        lengths = [found.lines for found in functions(root, folder)] or [0]
        if statistics.median(lengths) > MEDIAN_LINES:
            faults.append(f"{folder}: the median function has {statistics.median(lengths)} lines")
        if (short := sum(lines < MOST_LINES for lines in lengths) / len(lengths)) < MOST_SHARE:
            faults.append(f"{folder}: only {short:.0%} of the functions are under {MOST_LINES} lines")
    return faults


def long_modules(root: Path) -> list[str]:
    """Rule 1: no module is over 500 lines."""
    counted = [(name, len(path.read_text("utf-8").splitlines())) for name, path in sources(root, *FOLDERS)]
    return [f"{name} has {lines} lines" for name, lines in counted if lines > MODULE_LINES]


def vague_names(root: Path) -> list[str]:
    """Rule 2: a module is named by a noun of the domain. `base_uri` is one, `uri_base` is not."""
    faults = []
    for name, path in sources(root, *FOLDERS):
        for part in path.relative_to(root).with_suffix("").parts:
            words = part.removeprefix("test_").split("_")
            if found := VAGUE & {*words[-1:]} or (VAGUE - {"base", "common"}) & {*words}:
                faults.append(f"{name}: {min(found)} says nothing about what is inside")
    return faults


def unfinished(root: Path) -> list[str]:
    """Rule 9: what is not built is a diagnostic or an error that says so, not a hole."""
    return [
        f"{name}:{node.lineno}: NotImplementedError"
        for name, path in sources(root, PACKAGE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id == "NotImplementedError"
    ]


def unmirrored(root: Path, types_alone: Mapping[str, str] = TYPES_ALONE) -> list[str]:
    """Rule 8: each module has its test file at the same place below tests."""
    faults = []
    for name, path in sources(root, PACKAGE):
        mirror = Path("tests", *path.relative_to(root / PACKAGE).parts).with_name(f"test_{path.name}")
        if path.name not in DOORS and name not in types_alone and not (root / mirror).is_file():
            faults.append(f"{name}: {mirror.as_posix()} is missing")
        if name in types_alone and (root / mirror).is_file():
            faults.append(f"{name}: has {mirror.as_posix()}, so it needs no excuse")
        if name in types_alone and any(
            isinstance(node, Definition) and not is_stub(node) for node in ast.walk(tree(path))
        ):
            faults.append(f"{name}: is said to hold types alone, but has functions")
    return faults + [f"{name}: is excused, but not there" for name in types_alone if not (root / name).is_file()]


def crowded_door(root: Path) -> list[str]:
    """The package has at most 20 public names, and each can be had."""
    script = (
        f"import {PACKAGE} as door; names = list(getattr(door, '__all__', ())); print(*names);"
        "print(*[name for name in names if not hasattr(door, name)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        return [f"{PACKAGE} can't be imported: {done.stderr.strip().splitlines()[-1]}"]
    names, missing = (line.split() for line in done.stdout.split("\n")[:2])
    faults = [f"__all__ names {name}, which can't be had" for name in missing]
    if not 0 < len(names) <= PUBLIC_NAMES:
        faults.append(f"__all__ has {len(names)} names")
    return faults + [f"__all__ names {name} twice" for name in sorted(set(names)) if names.count(name) > 1]


def undocumented(root: Path) -> list[str]:
    """Rule 6: public names carry a docstring."""
    return [
        f"{name}:{node.lineno}: {node.name} has no docstring"
        for name, path in sources(root, PACKAGE)
        if not any(part.startswith("_") and not part.startswith("__") for part in Path(name).parts)
        for node in public(tree(path))
        if ast.get_docstring(node) is None
    ]


def public(module: ast.Module) -> Iterator[Definition | ast.ClassDef]:
    """Yields the public functions and classes of a module, and the public methods of those classes."""
    for node in module.body:
        if isinstance(node, Definition | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (part for part in node.body if isinstance(part, Definition) and is_public_method(part))


def is_public_method(node: Definition) -> bool:
    """Leaves out what is documented elsewhere: a private name, an override, a setter, an overload."""
    marks = {ast.unparse(mark).rsplit(".", 1)[-1] for mark in node.decorator_list}
    return not node.name.startswith("_") and not marks & {"override", "setter", "overload"}


SILENCER = re.compile(r"#\s*(?:type:\s*ignore(\[[^\]]+\])?|noqa(:\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?)", re.I)
FOR_THE_FILE = re.compile(r"#\s*(?:ruff:\s*noqa|flake8:|mypy:|pylint:)", re.I)


def silenced(root: Path) -> list[str]:
    """Rule 7: a checker is silenced for one line and one rule, with the reason beside it."""
    faults = []
    for name, path in sources(root, *FOLDERS):
        for line, comment in comments(path):
            marks = list(SILENCER.finditer(comment))
            if FOR_THE_FILE.match(comment):
                faults.append(f"{name}:{line}: silences the whole file")
            if any(not (mark[1] or mark[2]) for mark in marks):
                faults.append(f"{name}:{line}: silences every rule")
            if marks and len(re.findall(r"[A-Za-z]{2,}", SILENCER.sub("", comment))) < 2:
                faults.append(f"{name}:{line}: silences without a reason")
    return faults


def comments(path: Path) -> Iterator[tuple[int, str]]:
    with tokenize.open(path) as file:
        for token in tokenize.generate_tokens(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


CHECKS: tuple[Check, ...] = (
    long_functions,
    many_long_functions,
    long_modules,
    vague_names,
    unfinished,
    unmirrored,
    crowded_door,
    undocumented,
    silenced,
)


# ---------------------------------------------------------------- the tree as it is


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_its_rules(project: Path, check: Check) -> None:
    faults = check(project)
    assert not faults, "\n".join(faults)


# ---------------------------------------------------------------- planted faults


def function(lines: int, name: str = "f") -> str:
    """The text of a function of that many lines, the line with `def` counted."""
    return f"def {name}():\n" + "    x = 1\n" * (lines - 1)


def many(short: int, long: int) -> str:
    return "".join([function(3) for _ in range(short)] + [function(40) for _ in range(long)])


def plant(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


Files = dict[str, str]
INIT, ENGINE = f"{PACKAGE}/__init__.py", f"{PACKAGE}/engine/turn.py"
NAMES = [f"name{number}" for number in range(PUBLIC_NAMES)]

FAULTS: list[tuple[Check, Files, str]] = [
    (long_functions, {ENGINE: function(101)}, "engine/turn.py:1: f has 101 lines"),
    (long_functions, {ENGINE: "class A:\n    async def f():\n" + "        x = 1\n" * 100}, "f has 101 lines"),
    (long_functions, {"tests/test_x.py": function(101)}, "tests/test_x.py:1: f has 101 lines"),
    (many_long_functions, {ENGINE: function(13) + function(13) + function(2)}, "the median function has 13 lines"),
    (many_long_functions, {ENGINE: many(8, 2)}, "only 80% of the functions are under 40 lines"),
    (long_modules, {ENGINE: "\n" * 501}, "engine/turn.py has 501 lines"),
    (vague_names, {f"{PACKAGE}/utils.py": ""}, "utils.py: utils says nothing"),
    (vague_names, {f"{PACKAGE}/common/run.py": ""}, "common says nothing"),
    (vague_names, {f"{PACKAGE}/http_helpers.py": ""}, "helpers says nothing"),
    (vague_names, {"tests/mock/test_base.py": ""}, "base says nothing"),
    (unfinished, {ENGINE: "def f():\n    raise NotImplementedError('later')\n"}, "turn.py:2: NotImplementedError"),
    (unmirrored, {ENGINE: "", "tests/test_turn.py": ""}, "tests/engine/test_turn.py is missing"),
    (unmirrored, {f"{PACKAGE}/values.py": ""}, "tests/test_values.py is missing"),
    (crowded_door, {INIT: f"__all__ = {[*NAMES, 'more']}\nglobals().update(dict.fromkeys(__all__))"}, "has 21 names"),
    (crowded_door, {INIT: "__all__ = ['run']"}, "names run, which can't be had"),
    (crowded_door, {INIT: "__all__ = ['run', 'run']\nrun = 1"}, "names run twice"),
    (crowded_door, {INIT: "run = 1"}, "has 0 names"),
    (crowded_door, {INIT: "import nowhere"}, "can't be imported: ModuleNotFoundError"),
    (undocumented, {ENGINE: "def f(): pass"}, "turn.py:1: f has no docstring"),
    (undocumented, {ENGINE: "class A:\n    '''One.'''\n    async def f(self): pass"}, "turn.py:3: f has no docstring"),
    (silenced, {ENGINE: "x = 1  # type: ignore[assignment]"}, "turn.py:1: silences without a reason"),
    (silenced, {ENGINE: "x = 1  # type: ignore  # the library says Any"}, "silences every rule"),
    (silenced, {ENGINE: "x = 1  # noqa: E501, F401"}, "silences without a reason"),
    (silenced, {"tests/test_x.py": "x = 1  # noqa"}, "silences every rule"),
    (silenced, {ENGINE: "# ruff: noqa\n"}, "silences the whole file"),
]

GOOD: list[tuple[Check, Files]] = [
    (long_functions, {ENGINE: function(100)}),
    (many_long_functions, {ENGINE: function(12) + function(12) + function(39)}),
    (many_long_functions, {ENGINE: many(9, 1)}),
    (many_long_functions, {}),
    (long_modules, {ENGINE: "\n" * 500}),
    (vague_names, {f"{PACKAGE}/database.py": "", f"{PACKAGE}/base_uri.py": "", "tests/test_base_uri.py": ""}),
    (unfinished, {ENGINE: "'''No NotImplementedError here.'''"}),
    (unmirrored, {ENGINE: "", "tests/engine/test_turn.py": "", INIT: "", f"{PACKAGE}/__main__.py": ""}),
    (crowded_door, {INIT: f"__all__ = {NAMES}\nglobals().update(dict.fromkeys(__all__))"}),
    (undocumented, {ENGINE: "def f():\n    '''One.'''\ndef _g(): pass", f"{PACKAGE}/_own.py": "def f(): pass"}),
    (undocumented, {ENGINE: "class A:\n    '''One.'''\n    def __init__(self): pass\n    def _f(self): pass"}),
    (silenced, {ENGINE: "x = 1  # type: ignore[attr-defined]  # no stubs for this one\ny = '# noqa'"}),
    (silenced, {ENGINE: "x = 1  # noqa: E501 - a table is read as a table"}),
]


@pytest.mark.parametrize(("check", "files", "complaint"), FAULTS)
def test_a_planted_fault_is_noticed(tmp_path: Path, check: Check, files: Files, complaint: str) -> None:
    faults = check(plant(tmp_path, files)) if check is not unmirrored else unmirrored(plant(tmp_path, files), {})
    assert any(complaint in fault for fault in faults), faults


@pytest.mark.parametrize(("check", "files"), GOOD)
def test_what_keeps_the_rules_is_let_through(tmp_path: Path, check: Check, files: Files) -> None:
    faults = check(plant(tmp_path, files)) if check is not unmirrored else unmirrored(plant(tmp_path, files), {})
    assert faults == []


def test_each_check_has_a_planted_fault_and_a_good_tree() -> None:
    assert {fault[0] for fault in FAULTS} == {good[0] for good in GOOD} == set(CHECKS)


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({ENGINE: "def f():\n    return 1"}, "is said to hold types alone, but has functions"),
        ({ENGINE: "", "tests/engine/test_turn.py": ""}, "has tests/engine/test_turn.py, so it needs no excuse"),
        ({}, "is excused, but not there"),
    ],
)
def test_an_excuse_must_be_true(tmp_path: Path, files: Files, complaint: str) -> None:
    faults = unmirrored(plant(tmp_path, files), {ENGINE: "types alone"})
    assert [complaint in fault for fault in faults] == [True]


def test_a_true_excuse_is_taken(tmp_path: Path) -> None:
    plant(tmp_path, {ENGINE: "class A:\n    '''One.'''\n    def f(self) -> int:\n        '''Two.'''\n        ..."})
    assert unmirrored(tmp_path, {ENGINE: "types alone"}) == []
