from __future__ import annotations

from typing import cast

import pytest

from arazzo_runner.engine.api_keys import api_key_names
from arazzo_runner.sources.operations import Document, Operation, SecurityScheme

SCHEMES = {
    f"{location}{name}": SecurityScheme(f"{location}{name}", "apiKey", location=location, parameter=name)
    for location, name in (("header", "X-Foo"), ("query", "sub key"), ("cookie", "Sid"))
}
OPERATION = Operation("api", None, "GET", "/", (), cast("Document", None), schemes=SCHEMES)


@pytest.mark.parametrize(
    ("url", "headers", "names"),
    [
        ("https://h/a", (), set()),
        ("https://h/a?sub%20key=1&b=2", (("x-foo", "1"),), {"sub%20key", "x-foo"}),
        ("https://h/a?X-Foo=1&Sid=2", (("Sub key", "1"), ("Sid", "2")), set()),
        ("https://h/a", (("Cookie", "a=1; Sid=2"),), {"Sid"}),
        ("https://h/a", (("Cookie", "sid=2"),), set()),
    ],
)
def test_which_names_are_keys(url: str, headers: tuple[tuple[str, str], ...], names: set[str]) -> None:
    assert api_key_names(OPERATION, url, headers) == names


def test_only_keys_are_keys() -> None:
    bearer = {"b": SecurityScheme("b", "http", scheme="bearer", location="header", parameter="X-Foo")}
    operation = Operation("api", None, "GET", "/", (), cast("Document", None), schemes=bearer)
    assert api_key_names(operation, "https://h/", (("X-Foo", "1"),)) == set()
