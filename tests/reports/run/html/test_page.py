import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.diagnostics import Span, warning
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    ActionChosen,
    Considered,
    CriteriaJudged,
    RequestFailed,
    RequestSent,
    ResponseReceived,
    RunEnded,
    RunStarted,
    StepEnded,
    StepStarted,
    TokenFetched,
    Warned,
)
from arazzo_runner.engine.outcomes import Failed, FailureKind, Response
from arazzo_runner.engine.result import Judged, RunResult, Status
from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Graph, Node, NodeKind
from tests.reports.run.html.rendered import SVG, parsed, skeleton, text_of, written
from tests.reports.run.tape import CHECKOUT, RUNS
from tests.reports.tape import Tape, tape

ELEMENTS = set(
    "html head meta title style body script a nav div button main header footer section p h1 h2 h3 h4 h5 h6 span b code "
    "pre dl dt dd ul ol li details summary input time mark i".split()
) | {f"{SVG}{name}" for name in "svg rect g path polygon text title desc style a".split()}  # fmt: skip
ATTRIBUTES = set(
    "lang charset http-equiv content name href class id tabindex type hidden open aria-label aria-labelledby aria-hidden "
    "role placeholder datetime focusable viewBox preserveAspectRatio x y width height rx points d text-anchor {http://www.w3.org/2000/xmlns/}xmlns".split()
)


@pytest.mark.parametrize("name", RUNS)
def test_the_page_is_made_of_known_parts(name: str) -> None:
    page = parsed(written(RUNS[name]))
    assert {each.tag for each in page.iter()} <= ELEMENTS
    assert {attribute for each in page.iter() for attribute in each.attrib} <= ATTRIBUTES


@pytest.mark.parametrize("name", RUNS)
def test_ids_are_unique_and_links_lead_somewhere(name: str) -> None:
    page = parsed(written(RUNS[name]))
    ids = [each.attrib["id"] for each in page.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    links = [each.attrib["href"] for each in page.iter() if str(each.tag).endswith("a") and "href" in each.attrib]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(link.startswith(("#", "file:///")) for link in links)
    labels = [each.attrib["aria-labelledby"] for each in page.iter() if "aria-labelledby" in each.attrib]
    assert set(labels) <= set(ids)


@pytest.mark.parametrize("name", RUNS)
def test_headings_go_down_one_by_one(name: str) -> None:
    levels = [int(each.tag[1]) for each in parsed(written(RUNS[name])).iter() if re.fullmatch(r"h\d", str(each.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_policy_allows_what_stands_in_the_page_and_nothing_else() -> None:
    page = parsed(written(CHECKOUT))
    told = next(each.attrib["content"] for each in page.iter("meta") if "http-equiv" in each.attrib)
    assert told.startswith("default-src 'none'; ")
    assert "unsafe" not in told
    allowed = set(re.findall(r"'(sha256-[^']+)'", told))
    inline = [each for each in page.iter() if str(each.tag) in ("style", "script", f"{SVG}style")]
    assert {f"sha256-{b64encode(sha256(each.text.encode()).digest()).decode()}" for each in inline} == allowed


def test_the_page_asks_nobody_for_anything() -> None:
    page = written(CHECKOUT)
    assert not re.findall(
        r"\b(?:src|srcset|action|style)=|@import|url\(",
        re.sub(r"<script>.*</script>", "", page, flags=re.S).replace("&lt;img src=", ""),
    )


@pytest.mark.parametrize("name", ["report.css", "report.js"])
def test_the_assets_can_stand_in_a_page(name: str) -> None:
    text = files("arazzo_runner.reports.run.html").joinpath(name).read_text("utf-8")
    assert "</" not in text
    assert "<!--" not in text
    assert text.isascii()


def test_the_sections_are_there_and_named() -> None:
    page = parsed(written(CHECKOUT))
    assert [text_of(each) for each in page.iter("h2")] == ["Inputs", "Outputs", "Workflow", "Steps", "Warnings"]
    assert [text_of(each) for each in page.find(".//nav").iter("a")] == [
        "Inputs",
        "Outputs",
        "Workflow",
        "Steps",
        "Warnings",
    ]
    assert text_of(page.find(".//title")) == "checkout: failed - Arazzo run"


def test_a_run_in_which_nothing_happened() -> None:
    page = parsed(written(tape([(0, RunStarted("", "w", ()))])))
    assert "No step began." in text_of(page.find(".//main"))


# ---------------------------------------------------------------- hostile text

PIECES = (
    "</script>", "</style>", "</title>", "</pre>", "</details>", "</svg>", "<svg onload=x>", "<!--", "-->", "]]>", "<![CDATA[",
    '"', "'", "`", "<", ">", "&", "&lt;", "&#0;", "\0", "\r", "\n", "\t", "\u2028", "\u202e", "\u2066", "\ufeff", "\ufffe",
    "\ud800", "\udfff", "javascript:", "x", " ", "=", "/", "\x1b[2J", "{", "[", "\\", "$",
)  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), min_size=1, max_size=12).map("".join)


def run_of(text: str) -> Tape:
    """A run in which everything that comes from elsewhere is this text."""
    step = (text,)
    body = text.encode("utf-8", "surrogatepass")
    judged = (Judged(text, False, (Operand(text, text),), text),)
    span = Span("file:///spec.yml", 1, 1, 1, len(text) + 1, text, text)
    request = Request(text, text, ((text, text), ("Content-Type", "application/json; charset=utf-8")), body)
    figure = Figure(
        text,
        text,
        (Node("start", NodeKind.START, text), Node(text + "!", NodeKind.STEP, text, text, text, text)),
        (Edge("start", text + "!", EdgeKind.NEXT, "", text, text),),
    )
    result = RunResult(
        Status.FAILED, text, {text: text, "deep": [{text: text}]}, reason=text, limit=text, transferred=text
    )
    chosen = ActionChosen(step, text, text, text, (Considered(text, text, judged), Considered(text, text)))
    return tape(
        [
            (0, RunStarted(text, text, step, {text: text}, Graph((figure, replace(figure, workflow=text + "?"))))),
            (0, Warned(warning("code", text, span, text))),
            (0, StepStarted(step, 1, text)),
            (0, TokenFetched(step, text, text, text, step, 1, 1, text)),
            (0, RequestSent(step, request)),
            (1, ResponseReceived(step, Response(200, ((text, text),), body), 1)),
            (1, RequestSent(step, request)),
            (2, RequestFailed(step, Failed(FailureKind.RESET, text))),
            (2, CriteriaJudged(step, judged)),
            (2, chosen),
            (2, StepStarted(step, 2, text)),
            (3, StepEnded(step, Status.FAILED, text, {text: text}, (Considered(text, text, judged),))),
            (3, RunEnded(result)),
        ]
    )


PLAIN = list(skeleton(written(run_of("abc"))))


@given(hostile)
def test_no_text_breaks_out_of_its_place(text: str) -> None:
    page = written(run_of(text))
    page.encode("utf-8")
    found = list(skeleton(page))
    assert {tag for tag, _ in found} <= ELEMENTS
    assert {name for _, names in found for name in names} <= ATTRIBUTES
    # Of these a text can neither add one nor take one away: only drawings and values depend on how long it is.
    for tag in ("script", "style", "meta", "title", "section", "header", "main", "form", "h1", "h2", "h3"):
        assert sum(each == tag for each, _ in found) == sum(each == tag for each, _ in PLAIN)
    assert not set(page) & set("\0\x1b\u202e\u2066\ufeff\u2028\ud800\udfff")


@pytest.mark.parametrize("text", ["<b>" * 350_000, "\u202e" * 200_000, "a\n" * 500_000, "[" * 1_000_000])
def test_a_megabyte_in_every_place_is_no_large_page(text: str) -> None:
    page = written(run_of(text))
    assert len(page) < 1_500_000
    assert {tag for tag, _ in skeleton(page)} <= ELEMENTS
