"""A cursor over a pattern."""

import re

from arazzo_runner.query.regex.scanner import Malformed, Scanner


def test_it_steps_over_what_it_is_asked_for_and_nothing_else() -> None:
    scanner = Scanner("ab12")
    assert not scanner.take("b")
    assert scanner.take("ab")
    assert scanner.match(re.compile("[a-z]")) is None
    found = scanner.match(re.compile("[0-9]"))
    assert found is not None
    assert (found[0], scanner.peek(), scanner.next(), scanner.peek(), scanner.next()) == ("1", "2", "2", "", "")


def test_a_fault_keeps_its_place() -> None:
    fault = Malformed("why", 3, "do", "code").fault
    assert (fault.message, fault.offset, fault.help, fault.code) == ("why", 3, "do", "code")
