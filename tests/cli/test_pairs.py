import pytest

from arazzo_runner.cli.pairs import pairs, servers
from arazzo_runner.errors import UsageError


def test_pairs_are_split_at_the_first_equals_sign() -> None:
    assert pairs("--x", ["a=1", "b=x=y", "c="]) == {"a": "1", "b": "x=y", "c": ""}
    assert pairs("--x", []) == {}


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        (["a"], "--x 'a': no name=value\n  write --x name=value"),
        (["=1"], "--x '=1': no name=value"),
        (["a=1", "a=2"], "--x a: given twice"),
        (["https://me:secret@host/"], "--x 'https://host/': no name=value"),
    ],
)
def test_what_is_no_pair_is_refused(texts: list[str], complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        pairs("--x", texts)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["http://localhost:8080"], {"": "http://localhost:8080"}),
        (["HTTPS://h/?a=b"], {"": "HTTPS://h/?a=b"}),
        (["api=http://h/x=y"], {"api": "http://h/x=y"}),
        (["api=http://h", "http://g"], {"api": "http://h", "": "http://g"}),
    ],
)
def test_servers_are_for_one_source_or_for_all(texts: list[str], expected: dict[str, str]) -> None:
    assert servers(texts) == expected


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        (["localhost:8080"], "--server: 'localhost:8080' is no absolute http or https URL"),
        (["api=/v1"], "--server: '/v1' is no absolute http or https URL"),
        (["ftp://me:secret@h"], "--server: 'ftp://[redacted]@h' is no absolute"),
        (["https://me:secret@h"], "has user information"),
        (["http://a", "http://b"], "--server: given twice"),
        (["api=http://a", "api=http://b"], "--server api: given twice"),
    ],
)
def test_what_is_no_server_is_refused(texts: list[str], complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        servers(texts)
    assert complaint in str(caught.value)
    assert "secret" not in str(caught.value)
