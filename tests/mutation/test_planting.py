"""Faults are found where they can be planted, change the text as they say, and leave alone what never runs."""

import pytest

from tests.mutation.planting import Fault, faults, sample

EDITS = [
    ("comparison", "def f(a):\n    return a < 1\n", {"a <= 1"}),
    ("comparison", "def f(a):\n    return a is None\n", {"a is not None"}),
    ("comparison", "def f(a):\n    return 0 < a <= 9\n", {"0 <= a <= 9", "0 < a < 9"}),
    ("junction", "def f(a, b):\n    return a and b\n", {"(a or b)"}),
    ("operand", "def f(a, b):\n    return a and b\n", {"(a)", "(b)"}),
    ("negation", "def f(a):\n    return not a\n", {"(a)"}),
    ("condition", "def f(a):\n    if a:\n        g()\n", {"True", "False"}),
    ("condition", "def f(a):\n    return [b for b in a if b]\n", {"True", "False"}),
    ("number", "N = 9\n", {"10"}),
    ("number", "def f():\n    return True\n", {"False"}),
    ("word", "def f(a):\n    return a == 'get'\n", {"'get~'"}),
    ("arithmetic", "def f(a, b):\n    return a + b\n", {"(a - b)"}),
    ("answer", "def f(a):\n    return a\n", {"None"}),
    ("statement", "def f(a):\n    a.clear()\n", {"None"}),
    ("statement", "def f(a):\n    raise a\n", {"pass"}),
    ("wrapper", "def f(a):\n    return tuple(a)\n", {"(a)"}),
    ("wrapper", "def f(a):\n    return a.strip()\n", {"(a)"}),
    ("argument", "def f(a):\n    return g(a, b=a)\n", {"g(a)"}),
    ("entry", "D = {'a': g, 'b': g}\n", {"{'b': g}", "{'a': g}"}),
    ("form", "def f(a):\n    match a:\n        case g():\n            return a\n", {" if False"}),
]


def planted(text: str) -> list[Fault]:
    return list(faults("package/module.py", text))


@pytest.mark.parametrize(("operator", "text", "expected"), EDITS)
def test_each_operator_plants_its_faults(operator: str, text: str, expected: set[str]) -> None:
    assert {fault.new for fault in planted(text) if fault.operator == operator} == expected


@pytest.mark.parametrize(("_", "text", "__"), EDITS)
def test_a_fault_changes_the_text_and_can_be_compiled(_: str, text: str, __: set[str]) -> None:
    for fault in planted(text):
        changed = fault.applied(text)
        compile(changed, "module", "exec")
        assert changed != text


@pytest.mark.parametrize(
    "text",
    [
        '"""A docstring."""\n',
        "__all__ = ['a', 'b']\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    x = 1\n",
        "def f(a: dict[str, 'b']) -> tuple[1, 2]: ...\n",
        "def f(a):\n    g = f'{a + 1} is 2'\n",
    ],
)
def test_nothing_is_planted_in_what_never_runs(text: str) -> None:
    assert planted(text) == []


def test_a_place_is_counted_in_bytes_but_shown_in_lines() -> None:
    text = "# é\ndef f(a):\n    return 'é' if a else 0\n"
    fault = next(one for one in planted(text) if one.operator == "number")
    assert fault.name == "package/module.py:3 number"
    assert fault.diff(text) == "-    return 'é' if a else 0\n+    return 'é' if a else 1"


def test_a_fault_knows_the_lines_of_its_statement() -> None:
    text = "N = 1\ndef f(a):\n    if (\n        a == 2\n    ):\n        return g(\n            3)\n"
    assert {(fault.old, fault.lines) for fault in planted(text) if fault.operator == "number"} == {
        ("1", None),
        ("2", (3, 5)),
        ("3", (6, 7)),
    }


def test_a_fault_refuses_a_text_that_has_changed() -> None:
    fault = planted("N = 9\n")[0]
    with pytest.raises(AssertionError, match="the file has changed"):
        fault.applied("N = 8\n")


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    found = planted("N = [1, 2, 3, 4, 5, 6, 7, 8, 9]\n")
    assert sample(found, 4, seed=1) == sample(found, 4, seed=1)
    assert len({fault.name + fault.old for fault in sample(found, 4, seed=1)}) == 4
    assert len({tuple(sample(found, 4, seed=seed)) for seed in range(5)}) > 1
    assert sample(found, 99, seed=1) == found
