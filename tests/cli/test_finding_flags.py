import pytest

from arazzo_runner.cli.finding_flags import codes_named, format_named, severity_named
from arazzo_runner.diagnostics import Severity
from arazzo_runner.errors import UsageError


@pytest.mark.parametrize(
    ("name", "as_json", "chosen"),
    [(None, False, "full"), (None, True, "json"), ("json", True, "json"), ("sarif", False, "sarif")],
)
def test_the_format(name: str | None, as_json: bool, chosen: str) -> None:
    assert format_named(name, as_json) == chosen


@pytest.mark.parametrize(
    ("name", "as_json", "message", "hint"),
    [
        ("sarf", False, "--format: there is no format 'sarf'", "did you mean 'sarif'?"),
        ("text", False, "--format: there is no format 'text'", "known: 'full', 'concise', 'json'"),
        ("junit", True, "--json and --format junit contradict each other", "leave one"),
    ],
)
def test_a_format_that_can_not_be(name: str, as_json: bool, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        format_named(name, as_json)
    assert raised.value.message == message
    assert hint in raised.value.hint


def test_the_severity() -> None:
    assert severity_named(None) is Severity.ERROR
    assert severity_named("warning") is Severity.WARNING
    with pytest.raises(UsageError, match="there is no severity 'warn'") as raised:
        severity_named("warn")
    assert raised.value.hint == "did you mean 'warning'?"


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (None, ()),
        ([], ()),
        (["body-missing"], ("body-missing",)),
        (["body, structure-*", "reading-P1,"], ("body", "structure-*", "reading-P1")),
    ],
)
def test_codes(given: list[str] | None, codes: tuple[str, ...]) -> None:
    assert codes_named("--select", given) == codes


@pytest.mark.parametrize(
    ("name", "hint"), [("body-mising", "did you mean 'body-missing'?"), ("zzzzz", "'arazzo explain' lists all codes")]
)
def test_a_code_that_does_not_exist(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f"--ignore: there is no code '{name}'") as raised:
        codes_named("--ignore", [name])
    assert raised.value.hint == hint
