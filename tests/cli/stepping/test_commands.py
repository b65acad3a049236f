from __future__ import annotations

import pytest

from arazzo_runner.cli.stepping.commands import TABLE, Order, Word, read_order
from arazzo_runner.expressions.grammar import Fault


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("", Order(Word.NEXT)),
        ("   ", Order(Word.NEXT)),
        ("n", Order(Word.NEXT)),
        ("STEP", Order(Word.NEXT)),
        ("cont", Order(Word.CONTINUE)),
        ("quit", Order(Word.STOP)),
        ("?", Order(Word.HELP)),
        ("print $inputs.a", Order(Word.PRINT, "$inputs.a", 6)),
        ("  p   $inputs.a  ", Order(Word.PRINT, "$inputs.a", 6)),
        (" $inputs.a", Order(Word.PRINT, "$inputs.a", 1)),
        ("skip", Order(Word.SKIP)),
        ('skip {"a": 1}', Order(Word.SKIP, '{"a": 1}', 5)),
        ("set a = 1", Order(Word.SET, "a = 1", 4)),
    ],
)
def test_lines_are_read(line: str, order: Order) -> None:
    assert read_order(line) == order


@pytest.mark.parametrize(
    ("line", "offset", "message", "help"),
    [
        ("nexr", 0, "there is no command 'nexr'", "did you mean 'next'?"),
        ("re", 0, "there is no command 're'", "'help' tells of all"),
        ("  xyzzy", 2, "there is no command 'xyzzy'", "'help' tells of all"),
        ("print", 5, "'print' needs something to follow", "print EXPRESSION"),
        ("continue now", 9, "nothing follows 'continue'", "'continue' alone"),
        ("\x1b[2J", 0, "there is no command", "'help' tells of all"),
    ],
)
def test_what_is_no_command_says_so(line: str, offset: int, message: str, help: str) -> None:
    fault = read_order(line)
    assert isinstance(fault, Fault)
    assert fault.offset == offset
    assert message in fault.message
    assert help in fault.help


def test_no_two_commands_have_one_short_form() -> None:
    shorts = [entry.short for entry in TABLE.values() if entry.short]
    assert len(shorts) == len(set(shorts))
    assert set(TABLE) == set(Word)
