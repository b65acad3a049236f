"""What surrounds every page: one file that asks nobody for anything.

A policy in its head forbids every request and allows one script and the styles that stand in the page, by their
digests. So a page that came from elsewhere can't be made to call home, and text that was taken for markup would not
run. Without the script nothing is missing but the switches.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files

from arazzo_runner.reports.run.html.markup import Content, Markup, element

SHEET = "report.css"
SCRIPT = "report.js"


def document(title: str, body: Iterable[Content], styles: tuple[str, ...] = (), inner: tuple[str, ...] = ()) -> str:
    """Return a whole page. `styles` stand in its head after that of every page, `inner` within pictures in the body."""
    script = asset(SCRIPT)
    content = element("body", body, Markup(f"<script>{script}</script>"))
    sheets = (asset(SHEET), *styles)
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy((*sheets, *inner), script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        [Markup(f"<style>{each}</style>") for each in sheets],
    )
    return f"<!DOCTYPE html>\n{element('html', head, content, lang='en')}\n"


def policy(styles: Iterable[str], script: str) -> str:
    """Return what a page allows itself (Content Security Policy Level 3)."""
    allowed = " ".join(f"'{_digest(style)}'" for style in styles)
    return (
        f"default-src 'none'; style-src {allowed}; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )


@cache
def asset(name: str, package: str = __package__) -> Markup:
    """Return a file beside the module that stands in a page as it is."""
    return Markup(files(package).joinpath(name).read_text("utf-8").replace("\r\n", "\n"))


def _digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
