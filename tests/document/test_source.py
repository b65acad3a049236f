from collections.abc import Callable

from arazzo_runner.document import Source


def test_a_source_finds_its_nodes(sourced: Callable[..., Source]) -> None:
    source = sourced("a:\n  b: 1\n")
    assert source.span(("a", "b")).place() == "doc.yaml:2:6"
    assert source.span(("a", "b"), key=True).place() == "doc.yaml:2:3"


def test_the_text_and_the_data_are_not_shown(sourced: Callable[..., Source]) -> None:
    assert "hunter2" not in repr(sourced("password: hunter2\n"))
