"""The search for planted secrets can fail: it finds each canary in every form, and nothing where there is none."""

from __future__ import annotations

import html
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from tests import canaries

FORMS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "percent": lambda text: quote(text, safe=""),
    "percent-form": quote_plus,
    "percent-lower": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "percent-twice": lambda text: quote(quote(text, safe=""), safe=""),
    "json": lambda text: json.dumps(text),
    "json-in-json": lambda text: json.dumps(json.dumps(text)),
    "json-every": lambda text: "".join(f"\\u{ord(one):04X}" for one in text),
    "html": html.escape,
    "html-decimal": lambda text: "".join(f"&#{ord(one)};" for one in text),
    "base64": lambda text: b64encode(text.encode()).decode(),
    "base64-url": lambda text: urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "basic": lambda text: b64encode(f"user:{text}".encode()).decode(),
    "base64-percent": lambda text: quote(b64encode(f"u:{text}".encode()).decode(), safe=""),
    "cut": lambda text: f"{text[:8]}...",
    "cut-before": lambda text: f"...{text[-8:]}",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("name", canaries.LONG)
def test_each_canary_is_found_in_every_form(name: str, form: Callable[[str], str]) -> None:
    written = f"before {form(canaries.ALL[name])} after"
    assert name in canaries.betrayed(written)
    assert name in canaries.betrayed(written.encode())


def test_a_short_one_is_found_and_what_is_none_is_not() -> None:
    assert canaries.betrayed(f'{{"a": "{canaries.PIN}"}}') == {"PIN"}
    assert canaries.betrayed("[redacted] cnry-7 eyJhbGciOiJIUzI1NiJ9 100% \\ & plain") == set()
