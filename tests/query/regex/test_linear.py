"""The automaton behind `jsonschema-rs`."""

from arazzo_runner.query.regex.linear import Linear


def test_it_searches_anywhere() -> None:
    assert Linear("b").search("abc")
    assert not Linear("^b").search("abc")


def test_what_it_does_not_take_is_told() -> None:
    assert Linear(r"\p{Lu}").is_taken()
    assert not Linear(r"\p{Nonsense}").is_taken()
    assert not Linear("(").is_taken()


def test_sec_09_its_time_does_not_depend_on_what_the_pattern_says() -> None:
    assert not Linear("^(?:(?:a){1,}){1,}$").search("a" * 100_000 + "b")
