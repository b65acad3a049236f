from __future__ import annotations

import codecs
from encodings import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.decoding import Decoded, decode, is_charset, strictly, xml_encoding


def test_a_byte_order_mark_wins() -> None:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ):
        assert decode(mark + "gr\u00fcn".encode(name), "iso-8859-1") == Decoded("gr\u00fcn")


@pytest.mark.parametrize(
    "name", ["utf-8", "ISO-8859-1", "utf-16", "UTF-32", "windows-1252", "shift_jis", "gb18030", "koi8-r"]
)
def test_charsets_that_are_known(name: str) -> None:
    assert is_charset(name)
    assert decode("a".encode(name), name) == Decoded("a")


@pytest.mark.parametrize(
    "name", ["", "nope", "hex", "base64", "zlib", "rot13", "idna", "unicode_escape", "a\0b", "\ud800"]
)
def test_what_is_no_charset(name: str) -> None:
    assert not is_charset(name)
    assert strictly(b"a", name) is None


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<?xml version="1.0" encoding="UTF-16"?>', "UTF-16"),
        (b"<?xml version='1.0' encoding = 'latin1' standalone='yes'?><a/>", "latin1"),
        (b'<?xml version="1.0"?><a encoding="x"/>', ""),
        (b'<a encoding="x"/>', ""),
        (b"", ""),
        (b"<?xml" + b" " * 1_000_000, ""),
    ],
)
def test_the_encoding_that_xml_declares(content: bytes, name: str) -> None:
    assert xml_encoding(content) == name


CODECS = sorted(aliases.aliases)


@given(st.binary(max_size=100), st.sampled_from(CODECS) | st.text(max_size=20))
def test_nothing_makes_it_raise(content: bytes, charset: str) -> None:
    decoded = decode(content, charset)
    decoded.doubt.encode()
    assert isinstance(decoded.text, str)
