"""XML documents read safely (checklist XPC-04, XPC-06, XPC-07)."""

import pytest

from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath import Document, document, read_document
from arazzo_runner.query.xpath.limits import MAX_DOCUMENT_LENGTH
from arazzo_runner.values import Value
from tests.query.xpath.samples import read


def test_a_document_knows_its_size_depth_and_namespaces() -> None:
    found = read('<r xmlns="urn:d" xmlns:p="urn:p" a="1"><p:x xmlns:q="urn:q">text</p:x>tail</r>')
    assert (found.size, found.depth, found.namespaces) == (5, 2, {"p": "urn:p"})


@pytest.mark.parametrize(
    "text",
    ["<a/>", " <a/>", "\ufeff<a/>", b"<a/>", "<?xml version='1.0' encoding='UTF-16'?><a>\u00e9</a>", "<a>\ud800</a>",
     '<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>'.encode("latin-1")],
)  # fmt: skip
def test_text_and_bytes_are_read_whatever_encoding_they_name(text: str | bytes) -> None:
    assert isinstance(read_document(text), Document)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("", "no well-formed XML"),
        ("{}", "no well-formed XML (line 1, column 1)"),
        ("<a>\n<b></a>", "line 2"),
        ("<a b='1' b='2'/>", "no well-formed XML"),
        ("<a>\x00</a>", "no well-formed XML"),
        ("<p:a/>", "no well-formed XML"),
        ("<a>" * 300 + "</a>" * 300, "no well-formed XML"),
        ({"a": 1}, "type object is no XML"),
        ([1], "type array is no XML"),
        (5, "type integer is no XML"),
        (None, "null is no XML"),
    ],
)
def test_xpc_04_what_is_no_xml_says_so(value: Value, told: str) -> None:
    found = read_document(value)
    assert isinstance(found, Undecided)
    assert told in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a SYSTEM 'http://192.0.2.1/a.dtd'><a/>",
        "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
    ],
)
def test_xpc_07_a_document_type_is_refused(text: str) -> None:
    found = read_document(text)
    assert isinstance(found, Undecided)
    assert "document type" in found.reason


def test_sec_09_sizes_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read_document("<" * (MAX_DOCUMENT_LENGTH + 1))
    assert isinstance(found, Undecided)
    assert found.limit == "max_document_length"
    monkeypatch.setattr(document, "MAX_DOCUMENT_NODES", 3)
    assert isinstance(read_document("<a b='1'>x</a>"), Document)
    found = read_document("<a b='1'>x<c/></a>")
    assert isinstance(found, Undecided)
    assert found.limit == "max_document_nodes"
