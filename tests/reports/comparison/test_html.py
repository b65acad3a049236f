from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.reports.comparison import html
from arazzo_runner.reports.comparison.html import MAX_OPENED, write_html
from arazzo_runner.reports.page import Look
from tests.browser import chromium, needs_chromium, opened
from tests.reports.comparison.pairs import COMPARISONS
from tests.reports.run.html.rendered import parsed, text_of

ELEMENTS = set(
    "html head meta title style body script a nav div button main header footer section p h1 h2 h3 h4 span code details "
    "summary input table thead tbody tr th td mark".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name href class id tabindex type hidden open aria-label aria-labelledby aria-hidden "
    "role placeholder scope data-side".split()
)


def written(name: str) -> str:
    stream = io.StringIO()
    write_html(stream, COMPARISONS[name], Look())
    return stream.getvalue()


@pytest.fixture(params=COMPARISONS)
def page(request: pytest.FixtureRequest) -> Any:
    return parsed(written(request.param))


def test_the_page_is_made_of_known_parts(page: Any) -> None:
    assert {each.tag for each in page.iter()} <= ELEMENTS
    assert {attribute for each in page.iter() for attribute in each.attrib} <= ATTRIBUTES


def test_ids_are_unique_and_links_lead_somewhere(page: Any) -> None:
    ids = [each.attrib["id"] for each in page.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    assert {each.attrib["href"][1:] for each in page.iter("a")} <= set(ids)
    assert {each.attrib["aria-labelledby"] for each in page.iter("section")} <= set(ids)


def test_headings_go_down_one_by_one(page: Any) -> None:
    levels = [int(each.tag[1]) for each in page.iter() if re.fullmatch(r"h\d", str(each.tag))]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_one_script_runs_and_what_is_hostile_is_text(page: Any) -> None:
    assert len(list(page.iter("script"))) == 1
    assert "\x1b" not in text_of(page)


def test_both_values_stand_side_by_side() -> None:
    rows = [[text_of(cell) for cell in each] for each in parsed(written("different")).iter("tr")]
    assert ["Input 'name'", '-"ada"', '+"bob"'] in rows
    assert ["Answer body #/items/1", "-2", "not there"] in rows
    assert ["Answered", "503 after 0.5 s", ""] in rows
    assert ["Request header 'authorization'", "a secret, not compared", "a secret, not compared"] in rows


def test_what_differs_is_marked_by_more_than_colour() -> None:
    marks = [text_of(each) for each in parsed(written("different")).iter("mark")]
    assert marks[:2] == ["ada", "bob"]
    steps = [text_of(each) for each in parsed(written("different")).iter("summary")][1:]
    assert [each[0] for each in steps] == ["=", "~", "+", "-"]


@pytest.mark.parametrize("name", ["different", "many"])
def test_steps_that_differ_are_unfolded_but_not_all_of_very_many(name: str) -> None:
    steps = [each for each in parsed(written(name)).iter("details") if "step" in each.attrib["class"].split()]
    differ = [each for each in steps if "same" not in each.attrib["class"].split()]
    assert [each for each in steps if "open" in each.attrib] == differ[:MAX_OPENED]


def test_of_very_many_differences_the_first_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_DIFFERING", 12)
    assert written("many").count("Left out: the page tells as many") == 27


@needs_chromium
def test_it_asks_nobody_for_anything_and_fits_a_phone(tmp_path: Path) -> None:
    file = tmp_path / "diff.html"
    with chromium() as browser:
        for name in COMPARISONS:
            file.write_text(written(name), "utf-8")
            for width in (390, 1200):
                tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="dark")
                assert opened(tab, file) == []
                assert tab.evaluate("document.documentElement.scrollWidth") <= width
                tab.close()
