"""Nodes of XML documents replaced, and the documents written again (checklist RPL-15)."""

from __future__ import annotations

import pytest

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath import XPath, compile_xpath
from arazzo_runner.query.xpath.editing import XMLDraft, xml_draft
from arazzo_runner.query.xpath.limits import MAX_DOCUMENT_LENGTH
from arazzo_runner.values import Nothing


def draft_of(text: str | bytes) -> XMLDraft:
    draft = xml_draft(text)
    assert isinstance(draft, XMLDraft), draft
    return draft


def path(text: str, version: str = "3.1") -> XPath:
    found = compile_xpath(text, version)
    assert not isinstance(found, Fault), found
    return found


def edited(xml: str | bytes, target: str, text: str, version: str = "3.1") -> str | bytes:
    draft = draft_of(xml)
    assert draft.replace(path(target, version), text) is None
    return draft.written()


@pytest.mark.parametrize("version", ["1.0", "2.0", "3.0", "3.1"])
@pytest.mark.parametrize(
    ("xml", "target", "result"),
    [
        ("<a><b>1</b></a>", "/a/b", "<a><b>X</b></a>"),
        ("<a><b>1<c/>2</b>3</a>", "/a/b", "<a><b>X</b>3</a>"),
        ('<a b="1" c="2"/>', "/a/@c", '<a b="1" c="X"/>'),
        ("<a>1<b/>2<c/>3</a>", "/a/text()[2]", "<a>1<b/>X<c/>3</a>"),
        ("<a>1<b/>2</a>", "/a/text()[1]", "<a>X<b/>2</a>"),
        ("<a><b/><b/></a>", "//b", "<a><b>X</b><b>X</b></a>"),
        ("<a><b><b/></b></a>", "//b", "<a><b>X</b></a>"),
        ("<a>1<!-- c --><?p i?></a>", "/a", "<a>X</a>"),
        ('<p:a xmlns:p="urn:p" p:k="1"/>', "/p:a/@p:k", '<p:a xmlns:p="urn:p" p:k="X"/>'),
        ("<a><b>1</b><b>2</b></a>", "/a/b[. = '2']", "<a><b>1</b><b>X</b></a>"),
        ("<a><b>1</b></a>", "a/b", "<a><b>X</b></a>"),
    ],
)
def test_nodes_are_replaced_in_every_version(xml: str, target: str, result: str, version: str) -> None:
    assert edited(xml, target, "X", version) == result


@pytest.mark.parametrize(
    ("xml", "target", "result"),
    [
        ('<p:a xmlns:p="urn:p"><p:b p:k="1"/></p:a>', "for $x in //@p:k return $x", 'p:k="X"'),
        ("<a>1<b/>2<c/>3</a>", "/a/text()[. gt '1' and . lt '3']", "<a>1<b/>X<c/>3</a>"),
        ('<a xmlns="urn:d"><b/></a>', "/*:a/*:b", '<a xmlns="urn:d"><b>X</b></a>'),
    ],
)
def test_nodes_are_replaced_by_what_later_versions_have(xml: str, target: str, result: str) -> None:
    assert result in str(edited(xml, target, "X"))


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "\ufeff{}",
        '<?xml version="1.0"?>{}',
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n\n<!-- > -->\n<?p <r/> ?> {}\n",
        "{}\n<!-- after --> \n",
        "{}\n<!-- after -->\n<?p i?>\n\n",
    ],
)
def test_what_stands_around_the_root_stays(around: str) -> None:
    assert edited(around.format("<a>\n <b>1</b>\n</a>"), "/a/b", "2") == around.format("<a>\n <b>2</b>\n</a>")


def test_bytes_stay_bytes_in_their_encoding() -> None:
    text = '<?xml version="1.0" encoding="{}"?><a>\xe9<b/></a>'
    latin = edited(text.format("ISO-8859-1").encode("latin-1"), "/a/b", "\u20ac\xe8")
    assert latin == '<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9<b>&#8364;\xe8</b></a>'.encode("latin-1")
    assert edited("<a><b/></a>".encode("utf-16"), "/a/b", "\u20ac") == "<a><b>\u20ac</b></a>".encode("utf-16")
    assert edited(b"<a><b/></a>", "/a/b", "\u20ac") == "<a><b>\u20ac</b></a>".encode()


def test_text_keeps_to_the_encoding_that_it_declares() -> None:
    declared = '<?xml version="1.0" encoding="us-ascii"?>'
    assert edited(f"{declared}<a><b/></a>", "/a/b", "\u20ac") == f"{declared}<a><b>&#8364;</b></a>"
    unknown = '<?xml version="1.0" encoding="x-none"?>'
    assert edited(f"{unknown}<a><b/></a>", "/a/b", "\u20ac") == f"{unknown}<a><b>\u20ac</b></a>"


def test_markup_is_text() -> None:
    assert edited("<a><b/></a>", "/a/b", "<c>&amp;") == "<a><b>&lt;c&gt;&amp;amp;</b></a>"
    assert edited('<a b=""/>', "/a/@b", "\"<\n'") == '<a b="&quot;&lt;&#10;\'"/>'


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("/b", "finds nothing"),
        ("count(/a)", "gives a value"),
        ("'text'", "gives a value"),
        ("/", "finds a document"),
        ("/a/comment()", "finds a comment"),
        ("/a/processing-instruction()", "finds a processing-instruction"),
        ("/a/namespace::*", "finds a namespace"),
    ],
)
def test_what_is_no_place(target: str, words: str) -> None:
    found = draft_of("<a><!-- c --><?p i?></a>").replace(path(target, "1.0"), "x")
    assert isinstance(found, Nothing)
    assert words in found.reason


@pytest.mark.parametrize("text", ["\x00", "\x1f", "\ufffe", "\ud800"])
@pytest.mark.parametrize("target", ["/a", "/a/@b", "/a/text()[1]", "/a/text()[2]"])
def test_characters_that_xml_does_not_have(target: str, text: str) -> None:
    found = draft_of('<a b="1">1<c/>2</a>').replace(path(target), text)
    assert isinstance(found, Nothing)
    assert "XML can't hold" in found.reason


def test_what_is_put_in_is_bounded() -> None:
    draft = draft_of("<a>" + "<b/>" * 100 + "</a>")
    found = draft.replace(path("/a/b"), "x" * (MAX_DOCUMENT_LENGTH // 100 + 1))
    assert isinstance(found, Undecided)
    assert found.limit == "max_document_length"


def test_the_size_of_the_document_follows_what_is_put_in() -> None:
    draft = draft_of("<a><b/></a>")
    before = draft.document.size
    assert draft.replace(path("/a/b"), "x" * 64_000) is None
    assert draft.document.size >= before + 1_000


@pytest.mark.parametrize("value", ["", "{}", "<a>", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', b"\xff\xfe<"])
def test_what_is_no_xml(value: str | bytes) -> None:
    assert isinstance(xml_draft(value), Undecided)
