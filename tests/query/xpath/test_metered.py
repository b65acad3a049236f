"""The engine of XPath 2.0 to 3.1: what is taken out of it, and what it sees."""

import pytest

from arazzo_runner.query.xpath.metered import FORBIDDEN, context_for, parser_for
from tests.query.xpath.samples import read

DOCUMENT = read()


@pytest.mark.parametrize(
    "text",
    [
        "doc('file:///etc/passwd')",
        "doc-available('x')",
        "collection()",
        "unparsed-text('file:///etc/passwd')",
        "unparsed-text#1",
        "json-doc('x')",
        "environment-variable('PATH')",
        "available-environment-variables()",
        "current-dateTime()",
        "current-date()",
        "random-number-generator()",
        "fn:doc('x')",
        "generate-id(/)",
    ],
)
def test_sec_09_files_environment_clock_and_chance_do_not_exist(text: str) -> None:
    with pytest.raises(Exception, match="unknown function"):
        parser_for("3.1", {}).parse(text)


def test_they_can_t_be_had_by_their_names_either() -> None:
    for name in sorted(FORBIDDEN):
        found = parser_for("3.1", {}).parse(f"function-lookup(xs:QName('fn:{name}'), 1)").select(context_for(DOCUMENT))
        assert list(found) == []


def test_xpc_07_entities_are_not_read_from_text_either() -> None:
    text = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&amp;x;</a>".replace("'", "''").replace(
        "&amp;", "&"
    )
    with pytest.raises(Exception, match="forbidden"):
        list(parser_for("3.1", {}).parse(f"parse-xml('{text}')").select(context_for(DOCUMENT)))


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1"])
def test_each_version_evaluates(version: str) -> None:
    assert list(parser_for(version, {}).parse("count(//i)").select(context_for(DOCUMENT))) == [5]


def test_evaluations_do_not_share_their_steps() -> None:
    query = parser_for("3.1", {}).parse("count(//i)")
    first, second = context_for(DOCUMENT), context_for(DOCUMENT)
    list(query.select(first))
    list(query.select(second))
    assert first.meter.steps == second.meter.steps
