"""The page in a real browser: what loads, how it is walked by keyboard, how it looks to those who measure."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import chromium, longest_task, needs_chromium, opened
from tests.reports.run.html.long_run import long_run
from tests.reports.run.html.rendered import written
from tests.reports.run.html.test_page import run_of
from tests.reports.run.tape import RUNS
from tests.reports.tape import Tape

pytestmark = needs_chromium

MAX_SIZE, MAX_LOAD, MAX_TASK = 5_000_000, 2_000, 200
"""Bytes of the page of a long run, milliseconds until it is there, milliseconds of any task while it is scrolled."""

HOSTILE = run_of(
    "</script><script>alert(1)</script><img src=https://evil.test/x onerror=alert(2)>'\"&\u202e" + "w" * 500
)
ALL: dict[str, Tape] = {**RUNS, "hostile": HOSTILE}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of each run, as a file."""
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for number, (name, tape) in enumerate(ALL.items()):
        found[name] = folder / f"{number}.html"
        found[name].write_text(written(tape), "utf-8")
    return found


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A window of its own; a test may say how wide it is, how the system looks, and that there is no script."""
    context = browser.new_context(**getattr(request, "param", {}))
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def focus(page: Page) -> str:
    """What has the focus: its kind and its text, or its id."""
    return str(page.evaluate("(e => `${e.tagName} ${e.id || e.textContent.trim()}`)(document.activeElement)"))


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


PHONE = {"viewport": {"width": 360, "height": 720}}
DARK = {"color_scheme": "dark"}


@pytest.mark.parametrize("context", [PHONE], indirect=True, ids=["phone"])
def test_a_page_loads_asks_nobody_and_fits_a_phone(page: Page, pages: dict[str, Path]) -> None:
    assert opened(page, pages["checkout"]) == []
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("#theme").is_visible()


@pytest.mark.long
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("context", [{}, PHONE, DARK], indirect=True, ids=["wide", "phone", "dark"])
def test_every_page_loads_asks_nobody_and_fits(page: Page, pages: dict[str, Path], name: str) -> None:
    assert opened(page, pages[name]) == []
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate("document.scripts.length") == 1


@pytest.mark.long
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("context", [{}, PHONE, DARK], indirect=True, ids=["wide", "phone", "dark"])
def test_axe_finds_nothing(page: Page, pages: dict[str, Path], name: str) -> None:
    opened(page, pages[name])
    unfold(page)
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(found => found.violations)")
    told = [(each["id"], each["impact"], [node["html"][:200] for node in each["nodes"]][:3]) for each in found]
    assert told == []


@pytest.mark.long
def test_axe_notices_what_is_wrong(page: Page, pages: dict[str, Path]) -> None:
    opened(page, pages["success"])
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert "button-name" in [each["id"] for each in page.evaluate("axe.run().then(found => found.violations)")]


@pytest.mark.long
def test_the_page_is_walked_by_keyboard(page: Page, pages: dict[str, Path]) -> None:
    opened(page, pages["checkout"])
    page.keyboard.press("Tab")
    assert focus(page) == "A Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert focus(page) == "MAIN content"
    page.keyboard.press("/")
    assert focus(page) == "INPUT find"
    page.keyboard.type("get /items")
    assert page.locator("#found").inner_text().startswith("1 of ")
    assert [page.locator(f"#s{number} > summary").is_visible() for number in (2, 3)] == [False, True]
    page.keyboard.press("Escape")
    assert page.locator("#s2 > summary").is_visible()
    for name in ("prices", "login", "find"):
        page.keyboard.press("j")
        assert name in focus(page)
    assert page.evaluate("document.getElementById('s3').open") is False
    page.keyboard.press("Enter")
    assert page.evaluate("document.getElementById('s3').open") is True
    page.keyboard.press("k")
    assert "login" in focus(page)


@pytest.mark.long
def test_all_that_can_be_used_is_reached_and_shows_its_focus(page: Page, pages: dict[str, Path]) -> None:
    opened(page, pages["checkout"])
    unfold(page)
    wanted = page.evaluate("document.querySelectorAll('a[href], button, summary, input, pre, [tabindex=\"0\"]').length")
    reached = 0
    while reached <= wanted:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        reached += 1
        shown = "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement.querySelector('rect') ?? document.body).strokeWidth"
        assert page.evaluate(shown) not in ("none", "none1px"), focus(page)
    assert reached == wanted


@pytest.mark.long
@pytest.mark.parametrize("context", [{}, DARK], indirect=True, ids=["light", "dark"])
def test_the_theme_follows_the_system_until_it_is_switched(page: Page, pages: dict[str, Path]) -> None:
    opened(page, pages["success"])

    def ground() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    light, dark = "rgb(251, 251, 250)", "rgb(22, 24, 27)"
    system = ground()
    assert system == (dark if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else light)
    switch = page.get_by_role("button", name="Theme")
    for name, expected in (("light", light), ("dark", dark), ("automatic", system)):
        switch.click()
        assert switch.inner_text() == f"Theme: {name}"
        assert ground() == expected


@pytest.mark.long
@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True, ids=["no script"])
def test_without_the_script_all_can_be_read(page: Page, pages: dict[str, Path]) -> None:
    page.goto(pages["retried"].as_uri())
    assert not page.locator("#theme").is_visible()
    assert not page.locator("#find").is_visible()
    page.locator("#s1 > summary").click()
    page.locator("#s1 summary", has_text="curl").click()
    assert page.locator("#s1").get_by_text("--globoff").is_visible()
    assert page.locator("button:visible").count() == 0


@pytest.mark.long
@pytest.mark.parametrize(
    "context", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True, ids=["clipboard"]
)
def test_a_body_is_copied(page: Page, pages: dict[str, Path]) -> None:
    opened(page, pages["retried"])
    fold = page.locator("#s2 details", has_text="Body, text/plain").first
    fold.locator("summary").click()
    fold.get_by_role("button").click()
    page.wait_for_function("document.querySelector('#s2 .copy:not([hidden])').closest('main') !== null")
    fold.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "Grüße\nfrom here"


@pytest.mark.long
def test_a_link_to_a_step_unfolds_what_it_is_inside_of(page: Page, pages: dict[str, Path]) -> None:
    opened(page, pages["nested"])
    assert not page.locator("#s3").is_visible()
    page.goto(f"{pages['nested'].as_uri()}#s3")
    assert page.locator("#s3 > summary").is_visible()
    assert "open" in focus(page)


# ---------------------------------------------------------------- long runs

SCROLL = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const height = () => document.documentElement.scrollHeight;
  for (let place = 0; place < height(); place += 500) { scrollTo(0, place); await frame(); }
  for (let place = height(); place > 0; place -= 3000) { scrollTo(0, place); await frame(); }
}"""
BUSY = "() => { const end = performance.now() + 5000; let n = 0; while (performance.now() < end && n < 3e8) n += 1; return n; }"


@pytest.mark.long
def test_a_long_task_is_noticed(page: Page, pages: dict[str, Path]) -> None:
    opened(page, pages["success"])
    assert longest_task(page, SCROLL) < longest_task(page, BUSY)


@pytest.mark.long
@pytest.mark.parametrize(("steps", "turns"), [(1000, 1), (4, 250)], ids=["1,000 steps", "250 turns of 4 steps"])
def test_the_page_of_a_long_run_is_small_and_fast(page: Page, tmp_path: Path, steps: int, turns: int) -> None:
    tape = long_run(tmp_path, steps, turns)
    file = tmp_path / "long.html"
    file.write_text(written(tape), "utf-8")
    assert file.stat().st_size < MAX_SIZE
    assert opened(page, file) == []
    assert page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") < MAX_LOAD
    if turns > 1:
        page.locator(".loop > summary").click()
    assert page.locator("details.step:visible").count() >= 1000
    assert longest_task(page, SCROLL) < MAX_TASK
