from pathlib import Path

import pytest

from arazzo_runner.document import Description
from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.location import resolve
from arazzo_runner.sources.moved import Sought, lacking, near_file, relative_url, seek, servers_of
from arazzo_runner.sources.registry import ApiSource
from arazzo_runner.sources.search import Sighting
from arazzo_runner.sources.whereabouts import Whereabouts
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, Memory, api, arazzo, text_of

THERE = FOLDER + "specs/api.json"
SELF = "https://library.example/flows/flow.json"
PATHS: JSON = {"/a": {"get": {"operationId": "getA"}}, "/b": {"get": {}}}
API: JSON = {"openapi": "3.1.0", "servers": [{"url": "https://api.example/v1"}], "paths": PATHS}


def sought(url: str, *uris: str, uri: str = FOLDER + "flow.json", whole: bool = True, override: str = "") -> Sought:
    description = arazzo(sources={"things": url}, uri=uri)
    place = Whereabouts(description, description.source_descriptions[0], override or None)
    return seek(place, lambda document, name: Sighting(uris if name == "api.json" else (), "/docs", whole))


@pytest.mark.parametrize("url", ["api.json", "gone/api.json", "../../api.json", "/gone/api.json", "gone/ap%69.json"])
def test_the_one_file_of_the_name_is_found(url: str) -> None:
    assert sought(url, THERE) == Sought(THERE)


@pytest.mark.parametrize(
    "found",
    [
        sought(FOLDER + "gone/api.json", THERE),
        sought("https://x.example/api.json", THERE),
        sought("//x.example/api.json", THERE),
        sought("api.json", THERE, uri="https://x.example/flow.json"),
        sought("api.json", THERE, override=FOLDER + "mine.json"),
        sought("gone/", THERE),
        sought("api.json"),
    ],
)
def test_nothing_is_looked_for_elsewhere(found: Sought) -> None:
    assert found == Sought()


def test_of_two_files_none_is_taken_and_both_are_named() -> None:
    found = sought("api.json", THERE, FOLDER + "old/api.json")
    assert found.uri is None
    assert all(name in found.advice for name in ("/docs/specs/api.json", "/docs/old/api.json"))


def test_a_search_that_was_too_large_says_so() -> None:
    assert "more than" in sought("api.json", whole=False).advice


@pytest.mark.parametrize(
    ("steps", "others", "missing"),
    [
        (["getA"], {}, ""),
        (["getA", "getX"], {}, "getX"),
        (["$sourceDescriptions.things.getX"], {"o": "o.json"}, "$sourceDescriptions.things.getX"),
        (["$sourceDescriptions.o.getX", "$sourceDescriptions.things.getA"], {"o": "o.json"}, ""),
        (["getA", "elsewhere"], {"o": "o.json"}, ""),
        (["elsewhere"], {"o": "o.json"}, "elsewhere"),
        (["$sourceDescriptions.things-two.getX", "getA"], {"things-two": "o.json"}, ""),
        ([], {}, "none"),
    ],
)
def test_what_a_description_names_has_to_be_there(steps: list[str], others: dict[str, JSON], missing: str) -> None:
    written: list[JSON] = [{"operationId": step} for step in steps]
    description = arazzo(*written, sources={"things": "gone/api.json", **others})
    assert lacking(description, ApiSource("things", THERE, "openapi", api(PATHS))) == missing


def test_operations_by_path_have_to_be_there_too() -> None:
    path = "{$sourceDescriptions.things.url}#/paths/~1"
    for place, missing in (("b/get", ""), ("b/put", path + "b/put")):
        description = arazzo({"operationPath": path + place})
        assert lacking(description, ApiSource("things", THERE, "openapi", api(PATHS))) == missing


def test_workflows_have_to_be_there() -> None:
    other = arazzo(uri=FOLDER + "other.json")
    for name, missing in (("flow", ""), ("gone", "$sourceDescriptions.more.gone")):
        sources: dict[str, JSON] = {"more": {"url": "x/other.json", "type": "arazzo"}}
        description = arazzo({"workflowId": f"$sourceDescriptions.more.{name}"}, sources=sources)
        assert lacking(description, ApiSource("more", other.source.uri, "arazzo", other)) == missing


def test_the_servers_of_the_named_operations_are_told() -> None:
    document = api(PATHS, servers=[{"url": "https://api.example/v1"}])
    assert servers_of(arazzo({"operationId": "getA"}), ApiSource("things", THERE, "", document)) == (
        "https://api.example/v1"
    )


def test_the_url_to_write_starts_at_the_document() -> None:
    assert relative_url(arazzo(uri=FOLDER + "flows/flow.json"), THERE) == "../specs/api.json"
    named: dict[str, JSON] = {"$self": "https://x.example/f"}
    assert relative_url(arazzo(uri=FOLDER + "flow.json", sources=None, version="1.1.0", **named), THERE) == THERE


def test_a_moved_source_is_gathered_with_a_warning_and_a_mark() -> None:
    description = arazzo({"operationId": "getA"}, sources={"things": "gone/api.json"})
    memory = Memory({THERE: text_of(API)})
    registry = gather(description, retrieve=memory, find=lambda document, name: Sighting((THERE,), "/docs"))
    source = registry.source(description, "things")
    assert source is not None
    assert (source.moved, source.uri) == (True, THERE)
    (told,) = registry.diagnostics
    assert told.code == "reading-P13"
    assert "/docs/specs/api.json" in told.message
    assert "https://api.example/v1" in told.message
    assert told.help.startswith("write url: specs/api.json")


def test_what_a_moved_document_leads_to_is_marked_as_well() -> None:
    sources: dict[str, JSON] = {"more": {"url": "gone/other.json", "type": "arazzo"}}
    description = arazzo({"workflowId": "$sourceDescriptions.more.flow"}, sources=sources)
    other = arazzo({"operationId": "getA"}, uri=FOLDER + "deep/other.json").source.text
    memory = Memory({FOLDER + "deep/other.json": other, FOLDER + "deep/api.json": API})
    found = gather(
        description, retrieve=memory, find=lambda document, name: Sighting((FOLDER + "deep/other.json",), "/docs")
    )
    more = found.source(description, "more")
    assert more is not None
    assert isinstance(more.document, Description)
    things = found.source(more.document, "things")
    assert things is not None
    assert (more.moved, things.moved) == (True, True)


def with_self(url: str, *steps: JSON, self_uri: str = SELF) -> Description:
    root: dict[str, JSON] = {"$self": self_uri}
    steps = steps or ({"operationId": "getA"},)
    return arazzo(*steps, sources={"things": url}, uri=FOLDER + "flows/flow.json", version="1.1.0", **root)


@pytest.mark.parametrize("self_uri", [SELF, "https://library.example/", "file:///nowhere/flow.json"])
@pytest.mark.parametrize("url", ["../specs/api.json", "./../specs/api.json"])
def test_what_lies_where_a_document_with_a_self_was_read_comes_before_any_search(url: str, self_uri: str) -> None:
    description = with_self(url, self_uri=self_uri)
    memory = Memory({THERE: text_of(API), FOLDER + "api.json": text_of(API)})
    registry = gather(description, retrieve=memory, find=lambda document, name: Sighting((FOLDER + "api.json",)))
    source = registry.source(description, "things")
    assert source is not None
    assert (source.moved, source.uri, source.found_by) == (True, THERE, "its place beside the document")
    (told,) = registry.diagnostics
    assert (told.code, told.severity.value) == ("reading-P13", "warning")
    assert "/docs/specs/api.json is read" in told.message
    assert "https://api.example/v1" in told.message
    assert told.help.startswith("name it: --source things=/docs/specs/api.json; or --base-dir DIR")
    assert [each.message for each in told.related] == [f"the url is relative to $self, {self_uri}"]
    assert memory.asked[0] == description_uri(description), "the url as written goes first"


def description_uri(description: Description) -> str:
    return resolve(description.base_uri, description.source_descriptions[0].url)


def test_the_name_is_searched_for_where_self_makes_a_remote_url() -> None:
    description = with_self("gone/api.json")
    found = gather(description, retrieve=Memory({THERE: text_of(API)}), find=lambda document, name: Sighting((THERE,)))
    source = found.source(description, "things")
    assert source is not None
    assert (source.uri, source.found_by) == (THERE, "its file's name")


@pytest.mark.parametrize(
    ("description", "find"),
    [
        (with_self("../specs/api.json"), False),
        (with_self("https://library.example/specs/api.json"), True),
        (with_self("//docs/specs/api.json"), True),
        (arazzo({"operationId": "getA"}, sources={"things": "/specs/api.json"}, uri="https://x.example/f.json"), True),
    ],
)
def test_nothing_else_is_read_in_the_place_of_an_address(description: Description, find: bool) -> None:
    search = (lambda document, name: Sighting((THERE,))) if find else None
    registry = gather(description, retrieve=Memory({THERE: text_of(API)}), find=search)
    assert [each.code for each in registry.diagnostics] == ["source-unreadable"]


def test_an_error_names_the_self_that_makes_the_address() -> None:
    description = with_self("../specs/api.json", {"operationId": "getX"})
    found = gather(description, retrieve=Memory({THERE: text_of(API)}), find=lambda document, name: Sighting((THERE,)))
    (told,) = found.diagnostics
    assert "cannot be read from https://library.example/specs/api.json" in told.message
    assert "/docs/specs/api.json is there, and was not taken: it does not hold 'getX'" in told.help
    assert "--source things=FILE-or-URL" in told.help
    assert "--base-dir DIR" in told.help
    (place,) = told.related
    assert place.message == f"the url is relative to $self, {SELF}"
    assert place.span == description.span(("$self",))


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("../apis/libary.yml", "../apis/library.yml"),
        ("libary.yml", ""),
        ("../apis/Library.yaml", "../apis/library.yml"),
        ("../apis/other.yml", ""),
        ("../apis/library.yml", ""),
        ("../apis/", ""),
        ("../apis/two%20word.yml", "../apis/two%20words.yml"),
        ("flow.yaml", ""),
        ("../gone/library.yml", ""),
    ],
)
def test_a_file_of_nearly_the_name_is_told(tmp_path: Path, url: str, near: str) -> None:
    for name in ("apis/library.yml", "apis/two words.yml", "apis/other.yml.bak", "flows/flow.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    description = arazzo(sources={"things": url}, uri=(tmp_path / "flows/flow.yml").as_uri())
    search = Whereabouts(description, description.source_descriptions[0])
    assert near_file(search, search.uri()) == near
    (told,) = gather(description, retrieve=Memory()).diagnostics  # which reads none of these files
    assert (f"did you mean '{near}'? Or name the right one" in told.help) == bool(near)


def test_a_document_from_the_network_learns_no_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "library.yml").write_text("{}")
    description = arazzo(sources={"things": "libary.yml"}, uri="https://x.example/flow.yml")
    place = Whereabouts(description, description.source_descriptions[0])
    assert near_file(place, (tmp_path / "libary.yml").as_uri()) == ""
    named = Whereabouts(description, description.source_descriptions[0], (tmp_path / "libary.yml").as_uri())
    assert near_file(named, (tmp_path / "libary.yml").as_uri()).endswith("/library.yml")
