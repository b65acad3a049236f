"""An XML document for the tests of XPath, read."""

from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath import Document, read_document

TEXT = (
    '<?xml version="1.0"?><!--head--><r xmlns:p="urn:p" xml:lang="en-US" a="1"><?pi data?><p:x p:q="z">10</p:x>'
    '<i n="1">9</i><i n="2">10</i><i n="3"> 11 <b>x</b>y</i><e/><flag>false</flag>'
    '<d><i n="4">x</i><d><i n="5"/></d></d><!--tail--></r>'
)


def read(text: str = TEXT) -> Document:
    document = read_document(text)
    assert not isinstance(document, Undecided), document
    return document


def many(items: int) -> str:
    return "<r>" + "".join(f"<i n='{number}'><s>{number % 10}</s></i>" for number in range(items)) + "</r>"
