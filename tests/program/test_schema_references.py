"""References of `inputs` that lead out of their schema (INP-07)."""

from __future__ import annotations

import pytest

from arazzo_runner.program.schema_files import WHOLE
from arazzo_runner.program.schema_references import Linked, link
from arazzo_runner.sources.documents import Documents
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, Memory, arazzo

FILES: dict[str, JSON] = {
    "s.json": {"page": {"properties": {"n": {"$ref": "o/t.json#whole"}}}, "again": {"$ref": "#/page"}, "~/ %": {}},
    "o/t.json": {"deep": {"$anchor": "whole", "type": "integer"}},
    "named.json": {"$id": "o/x.json", "$ref": "t.json#whole"},
    "a.json": {"x": {"$ref": "b.json#/y"}},
    "b.json": {"y": {"$ref": "a.json#/x"}},
    "tree.json": {"properties": {"sub": {"$ref": "#"}}},
    "broken.json": "[1",
    "holds.json": {"properties": {"k": {"$ref": "gone.json"}}},
}


def linked(root: JSON, uri: str = FOLDER + "flow.json") -> Linked:
    memory = Memory({FOLDER + name: data for name, data in FILES.items()})
    own: dict[str, JSON] = {"x-own": {"type": "integer"}}
    return link(arazzo(uri=uri, sources=None, version="1.1.0", **own), root, Documents(memory))


@pytest.mark.parametrize(
    ("text", "target", "files"),
    [
        ("s.json#/page", FOLDER + "s.json#/page", {"s.json", "o/t.json"}),
        ("./o/t.json#whole", FOLDER + "o/t.json#/deep", {"o/t.json"}),
        ("s.json#/~0~1%20%25", FOLDER + "s.json#/~0~1%20%25", {"s.json"}),
        ("named.json", FOLDER + "o/x.json#", {"o/x.json", "o/t.json"}),
        ("tree.json", FOLDER + "tree.json#", {"tree.json"}),
        ("flow.json#/x-own", f"{WHOLE}#/x-own", {WHOLE}),
        ("#/x-own", f"{WHOLE}#/x-own", {WHOLE}),
    ],
)
def test_a_reference_out_is_pointed_at_its_target(text: str, target: str, files: set[str]) -> None:
    found = linked({"$ref": text})
    assert (found.schema, found.broken) == ({"$ref": target}, ())
    assert {uri.removeprefix(FOLDER) for uri in found.documents} == files


def test_references_inside_a_file_are_pointed_at_their_targets_too() -> None:
    found = linked({"$ref": "s.json#/again"})
    page: JSON = {"properties": {"n": {"$ref": FOLDER + "o/t.json#/deep"}}}
    assert found.documents[FOLDER + "s.json"] == {"page": page, "again": {"$ref": FOLDER + "s.json#/page"}, "~/ %": {}}


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/$defs/a", "$defs": {"a": {}}},
        {"$ref": "#gone"},
        {"default": {"$ref": "gone.json"}, "enum": [{"$ref": "gone.json"}]},
        {"properties": {"$ref": {"type": "string"}}},
        {"components": {"inputs": {"unused": {"$ref": "gone.json"}}}},
    ],
)
def test_what_stays_inside_is_left_as_it_is(schema: JSON) -> None:
    assert linked(schema) == Linked(schema)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("gone.json", "there is no such file"),
        ("s.json#/none", "no member 'none'"),
        ("s.json#none", "there is no anchor 'none'"),
        ("a.json#/x", "it leads in a circle"),
        ("broken.json", "syntax-json"),
        ("ftp://x.example/a", "not one of the schemes"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_with_its_place(text: str, reason: str) -> None:
    (broken,) = linked({"properties": {"a": {"$ref": text}}}).broken
    assert (broken.text, broken.at, broken.span) == (text, ("properties", "a", "$ref"), None)
    assert reason in broken.reason


def test_one_in_another_file_is_told_there() -> None:
    (broken,) = linked({"$ref": "holds.json"}).broken
    assert broken.span is not None
    assert (broken.span.uri, broken.text) == (FOLDER + "holds.json", "gone.json")


def test_a_document_of_the_network_reads_no_local_file() -> None:
    (broken,) = linked({"$ref": FOLDER + "s.json"}, "https://x.example/flow.json").broken
    assert "may not read a local file" in broken.reason


def test_a_schema_with_an_id_is_known_by_it() -> None:
    found = linked({"$defs": {"a": {"$id": "b/a"}}, "$ref": "#/$defs/a", "properties": {"n": {"$ref": "b/a"}}})
    target: dict[str, JSON] = {"$ref": FOLDER + "b/a#"}
    assert found.schema == {"$defs": {"a": {"$id": "b/a"}}, **target, "properties": {"n": target}}
    assert found.documents == {FOLDER + "b/a": {"$id": FOLDER + "b/a"}}
