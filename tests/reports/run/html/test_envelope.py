import re
from base64 import b64encode
from hashlib import sha256

import pytest

from arazzo_runner.reports.run.html.envelope import SCRIPT, SHEET, asset, document
from arazzo_runner.reports.run.html.markup import element
from tests.reports.run.html.rendered import parsed, text_of


def digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


@pytest.mark.parametrize("styles", [(), ("p { color: red; }",)])
def test_the_policy_allows_what_stands_in_the_page(styles: tuple[str, ...]) -> None:
    page = document("t", [element("p", "x")], styles)
    found = parsed(page)
    (policy,) = (each.attrib["content"] for each in found.iter("meta") if "http-equiv" in each.attrib)
    assert policy.startswith("default-src 'none'; ")
    parts = ["".join(each.itertext()) for name in ("style", "script") for each in found.iter(name)]
    assert set(re.findall(r"'(sha256-[^']+)'", policy)) == set(map(digest, parts))
    assert parts == [asset(SHEET), *styles, asset(SCRIPT)]


def test_styles_of_pictures_are_allowed_as_well() -> None:
    assert digest("svg {}") in document("t", [], (), ("svg {}",))


def test_a_title_is_text() -> None:
    found = parsed(document("</title><script>x()</script>", []))
    assert text_of(found.find("head/title")) == "</title><script>x()</script>"
    assert len(list(found.iter("script"))) == 1
