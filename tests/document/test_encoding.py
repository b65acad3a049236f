import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.diagnostics import Severity
from arazzo_runner.document.encoding import decode, encoding_fault
from arazzo_runner.document.page import Page
from arazzo_runner.document.profile import Profile

TEXT = "a: grüße 😀\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_the_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, "")


@pytest.mark.parametrize(("mark", "encoding"), [("\ufeff", "utf-16-be"), ("\ufeff", "utf-32-be")])
def test_either_byte_order_is_read(mark: str, encoding: str) -> None:
    assert decode((mark + TEXT).encode(encoding)) == (TEXT, "")


def test_text_loses_its_mark_too() -> None:
    assert decode("\ufeffa: 1") == ("a: 1", "")


def test_several_marks_count_as_one() -> None:
    assert decode("\ufeff\ufeffa: \ufeff") == ("a: \ufeff", "")
    assert decode("\ufeff\ufeffa: 1".encode()) == ("a: 1", "")


@pytest.mark.parametrize(
    ("content", "text", "said"),
    [
        (b"a: caf\xe9 au lait", "a: caf\ufffd au lait", "UTF-8"),
        (b"\xff\xfea\x00\x00\xd8", "a\ufffd", "UTF-16-LE"),
        ("a: \ud83d", "a: \ufffd", "surrogate"),
    ],
)
def test_what_cannot_be_decoded_is_replaced_and_told(content: str | bytes, text: str, said: str) -> None:
    found, wrong = decode(content)
    assert found == text
    assert said in wrong


@pytest.mark.parametrize(
    ("profile", "severity"), [(Profile.ARAZZO, Severity.ERROR), (Profile.SOURCE, Severity.WARNING)]
)
def test_the_fault_points_at_the_first_such_character(profile: Profile, severity: Severity) -> None:
    found = encoding_fault(Page("a: 1\nb: \ufffd\ufffd", "u", "n"), "bytes that are not UTF-8", profile)
    assert (found.code, found.severity) == ("syntax-encoding", severity)
    assert found.span is not None
    assert (found.span.line, found.span.column) == (2, 4)


@given(st.binary(max_size=200) | st.text(st.characters(exclude_categories=()), max_size=50))
def test_whatever_comes_is_text_without_surrogates(content: str | bytes) -> None:
    text, _ = decode(content)
    text.encode("utf-8")
