"""Documents from the network and planted files: no byte of a local file and no credential leaves, on any raw request."""

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from arazzo_runner.api import Options, check, load, run
from arazzo_runner.errors import ArazzoError, DocumentError
from tests.wire import Peer, Received, Wire, answer, head, raw

SECRET = "s3cret-token-value"
CANARY = "canary-4711-of-this-machine"

FLOW = """
arazzo: 1.1.0
info: {{title: t, version: '1'}}
sourceDescriptions: [{{name: api, url: '{url}', type: {type}}}]
workflows:
- workflowId: w
  {inputs}
  steps: [{{stepId: s, {call}}}]
"""
API = """
openapi: 3.1.0
info: {{title: t, version: '1'}}
servers: [{{url: '{server}'}}]
components: {{securitySchemes: {{key: {{type: apiKey, in: header, name: X-Key}}}}}}
security: [{{key: []}}]
paths: {{/ping: {{get: {{operationId: ping, {more} responses: {{'200': {{description: ok}}}}}}}}}}
"""
PARAMETERS = "id: {name: canary-4711-of-this-machine, in: query, schema: {default: canary-4711-of-this-machine}}\n"
ENTITY = "--b\nContent-Location: {place}\n\n{root}\n--b\nContent-Location: {other_place}\n\n{other}\n--b--\n"


def flow(url: str = "api.yml", call: str = "operationId: ping", type: str = "openapi", inputs: str = "") -> str:
    return FLOW.format(url=url, call=call, type=type, inputs=inputs)


def api(server: str = "/", more: str = "") -> str:
    return API.format(server=server, more=more)


@dataclass
class Site:
    """A server of documents and of an API at once; what is asked for below no known path is answered as the API would."""

    wire: Wire
    pages: dict[str, str]

    @property
    def url(self) -> str:
        return self.wire.url

    def put(self, pages: Mapping[str, str]) -> None:
        self.pages.update(pages)

    def respond(self, peer: Peer, request: Received) -> bool:
        page = self.pages.get(request.target)
        if page is None:
            return answer(200, b"{}", ("Content-Type", "application/json"))(peer)
        if page.startswith("-> "):
            return raw(head(302, [("Location", page[3:]), ("Content-Length", "0")]), keep=True)(peer)
        kind = "multipart/related; boundary=b" if page.startswith("--b\n") else "application/yaml"
        return answer(200, page.encode(), ("Content-Type", kind))(peer)


@pytest.fixture
def site() -> Iterator[Site]:
    yield from _site()


@pytest.fixture
def other() -> Iterator[Site]:
    yield from _site()


def _site() -> Iterator[Site]:
    found: list[Site] = []
    with Wire(by_request=lambda peer, request: found[0].respond(peer, request)) as wire:
        found.append(Site(wire, {}))
        yield found[0]


@pytest.fixture
def canary(tmp_path: Path) -> str:
    """A local file that no document from the network may read, as a URI; it could be part of any kind of document."""
    path = tmp_path / "canary.yml"
    path.write_text(PARAMETERS + api("http://canary-4711-of-this-machine.invalid"))
    return path.as_uri()


def outcome(where: str, **fields: object) -> str:
    """Judge and run a document with a credential at hand; return everything that was told."""
    options = Options(auth=(f"key={SECRET}",), **fields)  # type: ignore[arg-type]  # the tests give fields of Options
    told: list[str] = []
    try:
        description = load(where)
        told += [f"{found.message} {found.help}" for found in check(description, options)]
        told.append(repr(run(description, options=options)))
    except DocumentError as fault:
        told += [f"{found.message} {found.help}" for found in fault.diagnostics]
    except ArazzoError as fault:
        told.append(str(fault))
    return "\n".join(told)


def clean(*sites: Site) -> None:
    for each in sites:
        for request in each.wire.received:
            assert SECRET.encode() not in request.raw, request.line
            assert CANARY.encode() not in request.raw, request.line


@pytest.mark.parametrize(
    "pages",
    [
        {"/flow.yml": flow("CANARY")},
        {"/flow.yml": flow("CANARY", type="arazzo", call="workflowId: $sourceDescriptions.api.w")},
        {"/flow.yml": flow(inputs="inputs: {$ref: 'CANARY#/id/schema'}"), "/api.yml": api()},
        {"/flow.yml": "arazzo: 1.1.0\n$self: CANARY\n" + flow("canary.yml").partition("1.1.0\n")[2]},
        {"/flow.yml": flow(), "/api.yml": api(more="parameters: [{$ref: 'CANARY#/id'}],")},
        {"/flow.yml": flow(), "/api.yml": api(more="requestBody: {$ref: 'CANARY#/id'},")},
        {"/flow.yml": flow(), "/api.yml": api().replace("{get:", "{$ref: 'CANARY#/paths/~1ping', put:")},
        {"/flow.yml": flow(), "/api.yml": "-> CANARY"},
        {"/flow.yml": "-> CANARY"},
        {"/flow.yml": ENTITY.format(place="CANARY", root=flow("canary.yml"), other_place="x", other="a: 1")},
        {
            "/flow.yml": ENTITY.format(
                place="flow.yml",
                root=flow(),
                other_place="file:///api.yml",
                other=api(more="parameters: [{$ref: 'CANARY#/id'}],"),
            ),
            "/api.yml": api(),
        },
    ],
    ids=["source", "flow", "inputs", "self", "parameter", "body", "path-item", "moved", "entry", "entity", "part"],
)
def test_a_document_from_the_network_reads_no_local_file(pages: Mapping[str, str], site: Site, canary: str) -> None:
    site.put({path: page.replace("CANARY", canary) for path, page in pages.items()})
    told = outcome(f"{site.url}/flow.yml", auth_hosts=frozenset())
    assert CANARY not in told
    for request in site.wire.received:
        assert CANARY.encode() not in request.raw


def test_a_redirect_of_a_document_carries_nothing_along(site: Site, other: Site, tmp_path: Path) -> None:
    """Addresses of this machine and its network may be asked: refusing them is a choice that a caller can't make yet."""
    (tmp_path / "flow.yml").write_text(flow(f"{site.url}/api.yml"))
    site.put({"/api.yml": f"-> {other.url}/latest/meta-data"})
    told = outcome(str(tmp_path / "flow.yml"))
    assert [request.line for request in other.wire.received[:1]] == ["GET /latest/meta-data HTTP/1.1"]
    assert "is no API description" in told
    names = {name.lower() for request in other.wire.received for name, _ in request.headers}
    assert not names & {"authorization", "cookie", "x-key", "referer"}
    clean(site, other)


def test_a_description_that_names_a_foreign_server_gets_no_credential(site: Site, other: Site, tmp_path: Path) -> None:
    (tmp_path / "flow.yml").write_text(flow(f"{site.url}/api.yml"))
    site.put({"/api.yml": api(f"{other.url}/v1")})
    told = outcome(str(tmp_path / "flow.yml"))
    clean(site, other)
    assert "--auth-host" in told


CLIENT = ("key.client_id=me", f"key.client_secret={SECRET}")
SCHEME = "{type: apiKey, in: header, name: X-Key}"
OAUTH = "{{type: oauth2, flows: {{clientCredentials: {{tokenUrl: '{url}', scopes: {{}}}}}}}}"


@pytest.mark.parametrize(
    ("scheme", "auth"),
    [
        (OAUTH, CLIENT),
        ("{{type: openIdConnect, openIdConnectUrl: '{url}'}}", CLIENT),
        (OAUTH, ("key.refresh_token=" + SECRET,)),
        (OAUTH, (f"key=none-{SECRET}", *CLIENT)),
    ],
    ids=["client", "discovery", "refresh", "renewal"],
)
@pytest.mark.parametrize("server", [None, "own"])
def test_a_scheme_of_a_foreign_document_says_not_who_gets_a_secret(
    scheme: str, auth: tuple[str, ...], server: str | None, site: Site, other: Site, tmp_path: Path
) -> None:
    (tmp_path / "flow.yml").write_text(flow())
    (tmp_path / "api.yml").write_text(api(site.url).replace(SCHEME, f"{{$ref: '{other.url}/scheme.yml'}}"))
    other.put({"/scheme.yml": scheme.format(url=f"{other.url}/token")})
    options = Options(auth=auth, servers={"api": site.url} if server else {})
    with pytest.raises(DocumentError) as refusal:
        run(load(tmp_path / "flow.yml"), options=options)
    (found,) = [found for found in refusal.value.diagnostics if found.code == "credential-unnamed-host"]
    assert "the security scheme 'key' came from the network" in found.message
    assert {request.line for request in other.wire.received} == {"GET /scheme.yml HTTP/1.1"}
    assert site.wire.received == []
    clean(site, other)


def test_a_key_of_a_foreign_scheme_goes_to_the_own_server(site: Site, other: Site, tmp_path: Path) -> None:
    (tmp_path / "flow.yml").write_text(flow())
    (tmp_path / "api.yml").write_text(api(site.url).replace(SCHEME, f"{{$ref: '{other.url}/scheme.yml'}}"))
    other.put({"/scheme.yml": "{type: apiKey, in: header, name: X-Other}"})
    run(load(tmp_path / "flow.yml"), options=Options(auth=(f"key={SECRET}",)))
    assert [request.values("x-other") for request in site.wire.received] == [[SECRET]]
    clean(other)


@pytest.mark.parametrize("item", ["{$ref: 'PLACE/item.yml'}", "{$ref: 'PLACE/item.yml', get: GET}"])
def test_a_server_of_a_foreign_path_item_gets_no_credential(item: str, site: Site, other: Site, tmp_path: Path) -> None:
    """The operation may be the own one, beside the reference whose target brings the server."""
    get = "{operationId: ping, responses: {'200': {description: ok}}}"
    head = api(site.url).partition("paths:")[0]
    (tmp_path / "flow.yml").write_text(flow())
    (tmp_path / "api.yml").write_text(
        f"{head}paths: {{/ping: {item.replace('PLACE', other.url).replace('GET', get)}}}\n"
    )
    other.put({"/item.yml": f"{{servers: [{{url: '{other.url}'}}], get: {get}}}"})
    assert "which nobody named" in outcome(str(tmp_path / "flow.yml"))
    assert "/ping" not in " ".join(request.line for request in other.wire.received)
    clean(site, other)


def test_a_part_of_an_entity_does_not_stand_in_for_what_somebody_trusts(
    site: Site, other: Site, tmp_path: Path
) -> None:
    """A source comes as an entity, whose part says that it is the other source of the document."""
    text = flow(f"{site.url}/all").replace(
        "sourceDescriptions: [", f"sourceDescriptions: [{{name: good, url: '{other.url}/good.yml', type: openapi}}, "
    )
    (tmp_path / "flow.yml").write_text(text.replace("operationId: ping", "operationId: $sourceDescriptions.good.ping"))
    evil = api(f"{site.url}/evil")
    site.put({"/all": ENTITY.format(place="x", root=api(), other_place=f"{other.url}/good.yml", other=evil)})
    other.put({"/good.yml": api(f"{other.url}/good")})
    outcome(str(tmp_path / "flow.yml"), servers={})
    assert not [request.line for request in site.wire.received if "evil" in request.line]
    assert [request.line for request in other.wire.received][:1] == ["GET /good.yml HTTP/1.1"]
    clean(site)


def planted(folder: Path, server: str) -> Path:
    """A flow whose source is not where it says, in a repository of its own, and one file of its name elsewhere."""
    (folder / ".git").mkdir()
    (folder / "flows").mkdir()
    (folder / "planted").mkdir()
    (folder / "flows/flow.yml").write_text(flow("../specs/api.yml"))
    (folder / "planted/api.yml").write_text(api(server))
    return folder / "flows/flow.yml"


def test_a_planted_description_gets_no_credential(other: Site, tmp_path: Path) -> None:
    told = outcome(str(planted(tmp_path, other.url)))
    assert "which nobody named" in told
    assert other.wire.received == []


def test_a_planted_link_is_not_followed(other: Site, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    path = planted(tmp_path / "r", other.url)
    (tmp_path / "r/planted/api.yml").rename(tmp_path / "elsewhere.yml")
    (tmp_path / "r/planted/api.yml").symlink_to(tmp_path / "elsewhere.yml")
    assert "there is no such file" in outcome(str(path))
    assert other.wire.received == []


@pytest.mark.skipif(sys.platform == "win32", reason="owners of POSIX systems")
def test_a_marker_of_another_owner_makes_no_repository(
    other: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = planted(tmp_path, other.url)
    lstat = Path.lstat

    def owned(self: Path) -> os.stat_result:
        found = lstat(self)
        return os.stat_result((*found[:4], found.st_uid + 1, *found[5:])) if self.name == ".git" else found

    monkeypatch.setattr(Path, "lstat", owned)
    assert "there is no such file" in outcome(str(path))
    assert other.wire.received == []
