"""The browser that the tests of pages use: the Chromium of the machine, found once; nothing is ever downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=f"no Chromium on the PATH ({', '.join(NAMES)})")

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser, without a window, and close it at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def opened(page: Page, file: Path) -> list[str]:
    """Load a file, and return what went wrong: words on the console, faults of the script, requests for anything."""
    wrong: list[str] = []
    address = file.as_uri()
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda fault: wrong.append(f"fault: {fault}"))
    page.on("request", lambda request: wrong.append(request.url) if request.url.split("#")[0] != address else None)
    page.goto(address)
    return wrong


def longest_task(page: Page, script: str) -> float:
    """Return the milliseconds of the longest task of the page while a script runs.

    It is the time of the processor, not of the clock on the wall: a machine that is busy elsewhere makes a page no
    slower by this measure.
    """
    session = page.context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    ended: list[object] = []
    session.on("Tracing.dataCollected", lambda found: events.extend(found["value"]))
    session.on("Tracing.tracingComplete", lambda found: ended.append(found))
    categories = {"includedCategories": ["toplevel", "devtools.timeline"]}
    session.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": categories})
    page.evaluate(script)
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(20)
    names = {(one["pid"], one["tid"]): one["args"]["name"] for one in events if one["name"] == "thread_name"}
    main = [one for one in events if names.get((one["pid"], one["tid"])) == "CrRendererMain" and one["ph"] == "X"]
    tasks = [float(one["tdur"]) / 1000 for one in main if one["name"].endswith("RunTask") and "tdur" in one]
    assert tasks, "the browser told of no task"
    return max(tasks)
