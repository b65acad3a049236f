"""The Location of what was created leads to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from arazzo_runner.mock.state.resources import item_url
from arazzo_runner.mocking import mock_server
from arazzo_runner.values import JSON
from tests.mock.state.pets import client, description, operations

REX: dict[str, JSON] = {"name": "Rex"}


def located(schema: Any, *, path: str = "/pets", item: str = "/pets/{petId}", body: bool = True) -> Any:
    """Return paths whose creation answers with a Location of a schema."""
    shape = operations(path=path, item=item)
    made = shape[path]["post"]["responses"]["201"]
    made["headers"] = {"Location": {"schema": schema}}
    if not body:
        del made["content"]
    return shape


@pytest.mark.parametrize("body", [True, False])
@pytest.mark.parametrize("schema", [{"type": "string"}, {"format": "uri"}, {"format": "uri-reference"}, {}])
@pytest.mark.parametrize("base", ["", "/v1", "/v1/nested"])
def test_a_client_follows_it(tmp_path: Path, schema: Any, base: str, *, body: bool) -> None:
    file = tmp_path / "pets.json"
    paths = located(schema, path="/shops/{shop}/pets", item="/shops/{shop}/pets/{petId}", body=body)
    servers = f'"servers": [{{"url": "https://api.example{base}"}}], "paths": '
    file.write_text(description(paths).replace('"paths": ', servers), "utf-8")
    with mock_server(file) as server, httpx2.Client(base_url=server.url, follow_redirects=False) as http:
        made = [http.post(f"{base}/shops/a%20b/pets", json={"name": name}) for name in ("Rex", "Ida", "Rex")]
        where = [httpx2.URL(each.request.url).join(each.headers["location"]) for each in made]
        assert len(set(where)) == 3
        assert all(str(each).startswith(f"{server.url}{base}/shops/a%20b/pets/") for each in where)
        assert [http.get(each).json()["name"] for each in where] == ["Rex", "Ida", "Rex"]
        if body:
            assert [str(each.json()["id"]) for each in made] == [each.path.rpartition("/")[2] for each in where]


@pytest.mark.parametrize("said", [{"const": "https://api.example/pets/15"}, {"enum": ["/15"]}, {"pattern": "^x[0-9]$"}])
def test_the_schema_of_the_header_goes_first(said: Any) -> None:
    reply = client(located({"type": "string", **said}))("POST /pets", REX)
    where = dict(reply.headers)["Location"]
    assert "/pets/" not in where or where == said.get("const")


def test_it_is_the_same_for_one_seed_and_another_one_for_another() -> None:
    shape = located({"type": "string"}, body=False)
    first, again, other = (dict(client(shape, seed=seed)("POST /pets", REX).headers) for seed in (1, 1, 2))
    assert first["Location"] == again["Location"] != other["Location"]


@pytest.mark.parametrize(
    ("url", "template", "collection", "found"),
    [
        ("https://a/v1/pets?x=1", "/pets", ("pets",), "https://a/v1/pets/7"),
        ("https://a/v1/pets/", "/pets/", ("pets",), "https://a/v1/pets/7"),
        ("https://a/v1/pets/create", "/pets/create", ("pets",), "https://a/v1/pets/7"),
        ("https://a/pet", "/pet", ("pets",), "https://a/pets/7"),
        ("https://a/s/1%2F2/pets", "/s/{s}/pets", ("s", "1/2", "pets"), "https://a/s/1%2F2/pets/7"),
        ("https://a/pets.json", "/pets.json", ("pets",), None),
    ],
)
def test_where_an_item_stands(url: str, template: str, collection: tuple[str, ...], found: str | None) -> None:
    assert item_url(url, template, collection, "7") == found
