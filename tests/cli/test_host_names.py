import pytest

from arazzo_runner.cli.host_names import has_address


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("https://localhost", True),
        ("https://nowhere.invalid/v1", False),
        (f"https://{'a' * 70}.invalid", False),
    ],
)
def test_whether_a_host_has_an_address(url: str, known: bool) -> None:
    assert has_address(url) is known
