import pytest

from arazzo_runner.reports.doctor.shell import typed


@pytest.mark.parametrize(
    ("system", "expected"),
    [("posix", "arazzo 'a b' 'it'\"'\"'s' '$x'"), ("nt", 'arazzo "a b" it\'s $x')],
)
def test_words_are_quoted_for_the_shell_of_the_system(system: str, expected: str) -> None:
    assert typed(("arazzo", "a b", "it's", "$x"), system) == expected
