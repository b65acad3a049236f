import pytest

from arazzo_runner.sources.operations import Server, ServerVariable
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, api, findings, operation

URI = FOLDER + "api.json"


def urls(document_paths: JSON, **root: JSON) -> list[str]:
    return [server.url for server in operation(api(document_paths, root=root)).servers]


@pytest.mark.parametrize(
    ("own", "item", "root", "expected"),
    [
        ([{"url": "/own"}], [{"url": "/item"}], [{"url": "/root"}], ["/own"]),
        (None, [{"url": "/item"}], [{"url": "/root"}], ["/item"]),
        (None, None, [{"url": "/root"}, {"url": "/second"}], ["/root", "/second"]),
        ([], [], [{"url": "/root"}], ["/root"]),
    ],
)
def test_the_nearest_servers_count(own: JSON, item: JSON, root: JSON, expected: list[str]) -> None:
    get: JSON = {} if own is None else {"servers": own}
    path: JSON = {"get": get} if item is None else {"get": get, "servers": item}
    assert urls({"/things": path}, servers=root) == expected


def test_a_server_has_its_variables_and_its_base() -> None:
    servers: JSON = [
        {
            "url": "https://{host}:{port}/v1",
            "variables": {
                "host": {"default": "a", "enum": ["a", "b"]},
                "port": {"default": 8443},
                "on": {"default": True},
            },
        }
    ]
    assert operation(api({"/things": {"get": {}}}, servers=servers)).servers == (
        Server(
            "https://{host}:{port}/v1",
            {
                "host": ServerVariable("a", ("a", "b")),
                "port": ServerVariable("8443"),
                "on": ServerVariable("true"),
            },
            URI,
        ),
    )


def test_a_server_of_another_file_is_relative_to_that_file() -> None:
    items: JSON = {"item": {"servers": [{"url": "v1"}], "get": {}}}
    document = api({"/things": {"$ref": "parts/items.json#/item"}}, others={FOLDER + "parts/items.json": items})
    (server,) = operation(document).servers
    assert server.base_uri == FOLDER + "parts/items.json"


def test_servers_are_relative_to_the_place_of_retrieval_whatever_self_says() -> None:
    document = api(
        {"/things": {"get": {}}}, "3.2.0", servers=[{"url": "v1"}], root={"$self": "https://example.com/api.json"}
    )
    assert operation(document).servers[0].base_uri == URI


def test_without_servers_it_is_the_host_that_the_description_came_from() -> None:
    assert operation(api({"/things": {"get": {}}})).servers == ()
    remote = api({"/things": {"get": {}}}, uri="https://example.com/docs/api.json")
    assert operation(remote).servers == (Server("/", base_uri="https://example.com/docs/api.json"),)


@pytest.mark.parametrize(
    ("servers", "reason"),
    [
        ("https://example.com", "an array of Server Objects was expected"),
        ([{}], "this server has no url"),
        (
            [{"url": "https://{a}.example.com", "variables": {"a": {"enum": ["x"]}}}],
            "server variable 'a' has no default",
        ),
    ],
)
def test_a_server_that_is_wrong_is_reported(servers: JSON, reason: str) -> None:
    (found,) = findings(api({"/things": {"get": {}}}, servers=servers))
    assert reason in found
