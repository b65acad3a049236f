from arazzo_runner.diagnostics import Severity
from arazzo_runner.sources.openapi.node import Faults, Node
from tests.sources.inline import document_of, node

TEXT = """\
openapi: 3.1.0
info:
  title: Test
paths:
  x-note: 1
  /things:
    get:
      deprecated: true
"""


def test_members_keep_their_place() -> None:
    document = document_of(TEXT)
    get = node(document, "paths", "/things", "get")
    assert get.at == ("paths", "/things", "get")
    assert (get.span(key=True).line, get.span(key=True).text) == (7, "    get:")
    assert get.member("parameters") is None
    assert node(document, "openapi").member("anything") is None


def test_extensions_are_no_fields_and_are_members() -> None:
    paths = node(document_of(TEXT), "paths")
    assert [name for name, _ in paths.members()] == ["x-note", "/things"]
    assert [name for name, _ in paths.fields()] == ["/things"]


def test_values_of_the_wrong_type_are_as_if_not_written() -> None:
    get = node(document_of(TEXT), "paths", "/things", "get")
    assert get.flag("deprecated")
    assert get.text("deprecated") is None
    assert get.flag("missing", default=True)
    assert list(get.elements()) == []
    assert list(Node([1], get.document, ()).members()) == []


def test_a_finding_is_a_warning_told_once() -> None:
    faults = Faults()
    paths = node(document_of(TEXT), "paths")
    faults.unexpected(paths, "an array")
    faults.unexpected(paths, "an array")
    assert [(found.code, found.severity, found.message) for found in faults.found()] == [
        ("openapi-type", Severity.WARNING, "an array was expected here, not object")
    ]
