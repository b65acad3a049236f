from pathlib import Path

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.document import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.location import file_uri
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.registry import Registry
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, Memory, arazzo, description_of, text_of

API: JSON = {"openapi": "3.1.0", "paths": {}}
ASYNC: JSON = {"asyncapi": "3.0.0"}


def told(registry: Registry) -> list[tuple[str, Severity]]:
    return [(each.code, each.severity) for each in registry.diagnostics]


def gathered(source: JSON, document: JSON = API) -> Registry:
    return gather(arazzo(sources={"things": source}), retrieve=Memory({FOLDER + "api.json": document}))


@pytest.mark.parametrize("version", ["3.0.4", "3.1.1", "3.2.0"])
@pytest.mark.parametrize("source", [{"url": "api.json"}, {"url": "api.json", "type": "openapi"}])
def test_a_type_that_is_left_out_is_told_by_the_document(source: JSON, version: str) -> None:
    description = arazzo(sources={"things": source})
    registry = gather(description, retrieve=Memory({FOLDER + "api.json": {"openapi": version}}))
    found = registry.source(description, "things")
    assert found is not None
    assert (found.type, found.uri, registry.diagnostics) == ("openapi", FOLDER + "api.json", ())
    assert isinstance(found.document, OpenApiDocument)
    assert found.document.version == version[:3]


@pytest.mark.parametrize(
    ("source", "document", "code", "message"),
    [
        (
            {"url": "api.json", "type": "openapi"},
            ASYNC,
            "source-type",
            "is declared as 'openapi', and its document is 'asyncapi'",
        ),
        (
            {"url": "api.json", "type": "arazzo"},
            API,
            "source-type",
            "is declared as 'arazzo', and its document is 'openapi'",
        ),
        ({"url": "api.json", "type": "openapi"}, arazzo().source.text, "source-type", "its document is 'arazzo'"),
        ({"url": "api.json", "type": "arazzo"}, "openapi: 3.1.0\nresponses: {200: x}", "source-type", "'openapi'"),
        ({"url": "api.json"}, {"title": "x"}, "source-type", "is no API description"),
        ({"url": "api.json"}, [], "source-type", "is no API description"),
        ({"url": "api.json"}, ASYNC, "source-unsupported", "AsyncAPI"),
        ({"url": "api.json", "type": "asyncapi"}, ASYNC, "source-unsupported", "AsyncAPI"),
        ({"url": "api.json"}, {"swagger": "1.2"}, "source-unsupported", "'1.2' of OpenAPI; supported: 2.0, 3.0"),
        ({"url": "api.json"}, {"openapi": "4.0.0"}, "source-unsupported", "'4.0'"),
        (
            {"url": "gone.json"},
            API,
            "source-unreadable",
            f"cannot be read from {FOLDER}gone.json: there is no such file",
        ),
        ({"url": "api.json"}, "<html><body>Log in", "source-unreadable", "it is a web page"),
        ({"url": "ftp://example.com/x"}, API, "source-unreadable", "'ftp' is not one of the schemes"),
        ({"url": "C:\\api.json"}, API, "source-unreadable", "Windows path"),
        ({"url": "api.json"}, "a: [1", "source-unparsable", "cannot be parsed"),
    ],
)
def test_a_source_that_cannot_be_used_is_an_error_that_names_it(
    source: JSON, document: JSON, code: str, message: str
) -> None:
    description = arazzo(sources={"things": source})
    registry = gather(description, retrieve=Memory({FOLDER + "api.json": document}))
    (fault,) = registry.diagnostics
    assert (fault.code, fault.severity) == (code, Severity.ERROR)
    assert message in fault.message
    assert "'things'" in fault.message
    assert fault.span == description.span(("sourceDescriptions", 0, "url"))
    found = registry.source(description, "things")
    assert found is not None
    assert found.document is None


def test_a_missing_source_says_how_to_name_another_one() -> None:
    assert "--source things=" in gathered("gone.json").diagnostics[0].help


def test_a_syntax_fault_is_shown_where_it_is() -> None:
    (fault,) = gathered("api.json", "openapi: 3.1.0\npaths: [1").diagnostics
    (related,) = fault.related
    assert related.span.uri == FOLDER + "api.json"
    assert related.span.line >= 2


def test_doubts_about_a_source_are_passed_on() -> None:
    registry = gathered("api.json", "openapi: 3.1.0\ninfo: {}\ninfo: {}\npaths: {}\n")
    assert [each.severity for each in registry.diagnostics] == [Severity.WARNING]


def test_a_document_is_loaded_once_however_it_is_named() -> None:
    memory = Memory({FOLDER + "api.json": API})
    sources: dict[str, JSON] = {"a": "api.json", "b": "./api.json#x", "c": FOLDER + "x/../api.json"}
    description = arazzo(sources=sources)
    registry = gather(description, retrieve=memory)
    documents = {id(source.document) for source in registry.sources(description).values()}
    assert (len(documents), memory.asked) == (1, [FOLDER + "api.json"])


def test_only_what_is_wanted_is_loaded() -> None:
    memory = Memory({FOLDER + "api.json": API})
    description = arazzo(sources={"a": "api.json", "b": "gone.json"})
    registry = gather(description, retrieve=memory, wanted=["a"])
    assert list(registry.sources(description)) == ["a"]
    assert registry.source(description, "b") is None
    assert (memory.asked, registry.diagnostics) == ([FOLDER + "api.json"], ())


def test_a_source_with_an_empty_url_is_an_error_once() -> None:
    memory = Memory()
    registry = gather(arazzo(sources={"things": {"url": ""}}), retrieve=memory)
    assert [found.code for found in registry.diagnostics] == ["source-no-url"]
    assert memory.asked == []


@pytest.mark.parametrize("source", [{"name": "", "url": "api.json"}, {"url": 5}])
def test_a_source_without_name_or_url_has_been_reported_already(source: JSON) -> None:
    memory = Memory()
    description = arazzo(sources={"things": source})
    assert description.diagnostics != ()
    assert gather(description, retrieve=memory).diagnostics == ()
    assert memory.asked == []


# ---------------------------------------------------------------- what the caller says


def test_an_override_is_used_in_the_place_of_the_url(tmp_path: Path) -> None:
    (tmp_path / "my api.json").write_text(text_of(API))
    remote = arazzo(sources={"things": "https://example.com/api.json"}, uri="https://example.com/flow.json")
    registry = gather(remote, overrides={"things": "my api.json"}, cwd=tmp_path)
    found = registry.source(remote, "things")
    assert registry.diagnostics == ()
    assert found is not None
    assert found.uri == file_uri(tmp_path / "my api.json")


def test_an_override_that_names_no_source_is_misuse() -> None:
    with pytest.raises(UsageError, match="did you mean 'things'"):
        gather(arazzo(), overrides={"thing": "x.json"}, retrieve=Memory())


def test_a_base_folder_goes_before_the_url(tmp_path: Path) -> None:
    base = tmp_path / "specs"
    base.mkdir()
    (base / "api.json").write_text(text_of({"openapi": "3.0.0"}))
    (tmp_path / "api.json").write_text(text_of({"openapi": "3.1.0"}))
    (tmp_path / "flow.json").write_text("x")
    description = arazzo(
        sources={"near": "api.json", "far": "../api.json", "whole": file_uri(tmp_path / "api.json")},
        uri=file_uri(tmp_path / "flow.json"),
    )
    registry = gather(description, base_dir=base)
    versions = {name: source.document for name, source in registry.sources(description).items()}
    assert {name: document.version for name, document in versions.items() if document is not None} == {
        "near": "3.0",
        "far": "3.1",
        "whole": "3.1",
    }


def test_a_document_of_the_network_stays_inside_the_base_folder(tmp_path: Path) -> None:
    base = tmp_path / "specs"
    base.mkdir()
    (base / "api.json").write_text(text_of(API))
    (tmp_path / "secret.json").write_text(text_of(API))
    (base / "link.json").symlink_to(tmp_path / "secret.json")
    description = arazzo(
        sources={"in": "api.json", "out": "../secret.json", "link": "link.json"},
        uri="https://example.com/a/b/flow.json",
    )
    memory = Memory()
    registry = gather(description, base_dir=base, retrieve=memory)
    assert memory.asked == [
        file_uri(base / "api.json"),
        "https://example.com/a/secret.json",
        "https://example.com/a/b/link.json",
    ]
    assert len(registry.diagnostics) == 3


def test_a_document_of_the_network_reads_no_local_file() -> None:
    memory = Memory({"file:///etc/api.json": API})
    sources: dict[str, JSON] = {"things": "file:///etc/api.json"}
    for extra in ({}, {"$self": "file:///etc/flow.json"}):
        description = arazzo(sources=sources, uri="https://example.com/flow.json", **extra)
        registry = gather(description, retrieve=memory)
        assert [each.code for each in registry.diagnostics] == ["source-unreadable"]
        assert "may not read a local file" in registry.diagnostics[0].message
    assert memory.asked == []


# ---------------------------------------------------------------- Arazzo documents among the sources


def flow(uri: str, sources: dict[str, JSON], version: str = "1.1.0", **root: JSON) -> str:
    return arazzo({"operationId": "x"}, sources=sources, uri=uri, version=version, **root).source.text


def arazzo_source(url: str) -> JSON:
    return {"url": url, "type": "arazzo"}


def test_documents_that_name_each_other_are_loaded_once() -> None:
    description = arazzo(sources={"b": arazzo_source("b.json")}, uri=FOLDER + "a.json")
    memory = Memory(
        {FOLDER + "b.json": flow(FOLDER + "b.json", {"a": arazzo_source("a.json"), "me": {"url": "b.json"}})}
    )
    registry = gather(description, retrieve=memory)
    b = registry.source(description, "b")
    assert b is not None
    assert isinstance(b.document, Description)
    back, me = (registry.source(b.document, name) for name in ("a", "me"))
    assert back is not None
    assert back.document is description
    assert me is not None
    assert me.document is b.document
    assert (memory.asked, registry.diagnostics) == ([FOLDER + "b.json"], ())


def test_names_belong_to_their_document() -> None:
    memory = Memory(
        {
            FOLDER + "api.json": {"openapi": "3.0.0"},
            FOLDER + "deep/api.json": {"openapi": "3.1.0"},
            FOLDER + "deep/b.json": flow("", {"api": "api.json"}, "1.0.1"),
        }
    )
    description = arazzo(sources={"api": "api.json", "b": arazzo_source("deep/b.json")})
    registry = gather(description, retrieve=memory)
    b = registry.source(description, "b")
    assert b is not None
    assert isinstance(b.document, Description)
    assert b.document.version == "1.0.1"
    versions = []
    for scope in (description, b.document):
        found = registry.source(scope, "api")
        assert found is not None
        assert isinstance(found.document, OpenApiDocument)
        versions.append(found.document.version)
    assert versions == ["3.0", "3.1"]


def test_of_other_documents_only_what_they_mention_is_loaded_unless_all_is_asked_for() -> None:
    b = flow("", {"used": "api.json", "unused": arazzo_source("c.json")})
    description = arazzo(sources={"b": arazzo_source("b.json")})
    for wanted, asked in [(["b"], ["b.json", "api.json"]), (None, ["b.json", "api.json", "c.json"])]:
        memory = Memory({FOLDER + "b.json": b, FOLDER + "api.json": API})
        gather(description, retrieve=memory, wanted=wanted)
        assert memory.asked == [FOLDER + name for name in asked]


def test_an_identity_goes_before_a_location() -> None:
    identity = "https://example.com/flows/a.json"
    description = arazzo(
        sources={"b": arazzo_source("file:///docs/b.json")}, uri=FOLDER + "a.json", **{"$self": identity}
    )
    memory = Memory({FOLDER + "b.json": flow(FOLDER + "b.json", {"a": arazzo_source(identity)})})
    registry = gather(description, retrieve=memory)
    b = registry.source(description, "b")
    assert b is not None
    assert isinstance(b.document, Description)
    a = registry.source(b.document, "a")
    assert a is not None
    assert a.document is description
    assert registry.diagnostics == ()


def test_a_document_that_is_not_referred_to_by_its_identity_is_told() -> None:
    other = flow(FOLDER + "b.json", {"api": "api.json"}, **{"$self": "https://example.com/b.json"})
    description = arazzo(sources={"b": arazzo_source("b.json"), "c": arazzo_source("c.json")})
    memory = Memory({FOLDER + "b.json": other, FOLDER + "c.json": other, "https://example.com/api.json": API})
    registry = gather(description, retrieve=memory)
    assert told(registry) == [
        ("source-identity", Severity.WARNING),
        ("source-identity", Severity.ERROR),
        ("source-identity", Severity.WARNING),
    ]
    assert f"{FOLDER}b.json and {FOLDER}c.json" in registry.diagnostics[1].message


def test_faults_of_another_arazzo_document_are_told() -> None:
    description = arazzo(sources={"b": arazzo_source("b.json")})
    registry = gather(description, retrieve=Memory({FOLDER + "b.json": {"arazzo": "1.1.0"}}))
    assert registry.diagnostics != ()
    assert all(each.span is not None and each.span.uri == FOLDER + "b.json" for each in registry.diagnostics)


SELF = "https://unreachable.example/b.json"


@pytest.mark.parametrize("beside", [["b.json", "c.json"], ["c.json", "b.json"]])
def test_a_supplied_document_is_found_by_its_identity_in_any_order(beside: list[str]) -> None:
    c = flow("", {"api": "file:///docs/api.json"}, **{"$self": "https://unreachable.example/c.json"})
    b = flow("", {"c": arazzo_source("c.json")}, **{"$self": SELF})
    memory = Memory({FOLDER + "b.json": b, FOLDER + "c.json": c, FOLDER + "api.json": API})
    description = arazzo(sources={"b": arazzo_source(SELF)})
    registry = gather(description, retrieve=memory, supplied=[FOLDER + name for name in beside])
    assert registry.diagnostics == ()
    assert sorted(memory.asked) == [FOLDER + name for name in ("api.json", "b.json", "c.json")]


def test_two_supplied_documents_of_one_identity_are_an_error_that_names_both() -> None:
    twin: JSON = {"$id": SELF}
    memory = Memory({FOLDER + "b.json": twin, FOLDER + "c.json": twin, FOLDER + "api.json": API})
    registry = gather(arazzo(), retrieve=memory, supplied=[FOLDER + "b.json", FOLDER + "c.json"])
    assert told(registry) == [("source-identity", Severity.ERROR)]
    assert all(name in registry.diagnostics[0].message for name in ("b.json", "c.json"))


def test_a_supplied_document_that_can_not_be_read_is_misuse() -> None:
    with pytest.raises(UsageError, match=r"cannot read file:///docs/gone\.json"):
        gather(arazzo(), retrieve=Memory(), supplied=[FOLDER + "gone.json"])


def test_a_document_from_standard_input_has_its_sources_in_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "api.json").write_text(text_of(API))
    description = description_of(arazzo().source.text, file_uri(tmp_path / "<stdin>"))
    assert gather(description).diagnostics == ()


@pytest.mark.parametrize(
    ("supplied", "document", "told"),
    [
        ("/docs/more.json", API, True),
        ("/docs/api.json", API, False),
        ("/docs/more.json", {"openapi": "3.2.0", "$self": "https://x.example/more"}, False),
        ("/docs/more.json", {"$id": "https://x.example/more"}, False),
    ],
)
def test_a_document_that_was_handed_over_and_that_nothing_can_mean_is_told(
    supplied: str, document: JSON, told: bool
) -> None:
    memory = Memory({FOLDER + "api.json": API, FOLDER + "more.json": document})
    description = arazzo(sources={"things": "api.json", "unused": "api.json"})
    for wanted in (None, ["unused"], []):
        found = gather(description, retrieve=memory, supplied=[supplied], wanted=wanted).diagnostics
        assert [(each.code, each.severity) for each in found] == ([("document-nobody-means", Severity.WARNING)] * told)
        assert all("/docs/more.json" in each.message and "--source NAME=" in each.help for each in found)
