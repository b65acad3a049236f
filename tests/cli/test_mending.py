import pytest

from arazzo_runner.api import load
from arazzo_runner.cli.mending import Mending, unified
from arazzo_runner.diagnostics import Diagnostic, Fix, Severity, Splice
from arazzo_runner.document.model import Description
from arazzo_runner.fixes import planned


@pytest.mark.parametrize(
    ("before", "after", "diff"),
    [
        ("a\nb\n", "a\nc\n", "--- n\n+++ n\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"),
        ("a\r\n", "b\r\n", "--- n\n+++ n\n@@ -1 +1 @@\n-a\r\n+b\r\n"),
        ("a", "b", "--- n\n+++ n\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"),
        ("a\u2028b\x0b\n", "c\n", "--- n\n+++ n\n@@ -1 +1 @@\n-a\u2028b\x0b\n+c\n"),
        ("a\n", "a\n", ""),
    ],
)
def test_a_diff(before: str, after: str, diff: str) -> None:
    assert unified("n", before, after) == diff


def judge(document: Description) -> tuple[Diagnostic, ...]:
    """Find fault with the title `t`."""
    if document.source.data != {"info": {"title": "t"}}:
        return ()
    fix = Fix("write u", (Splice(("info", "title"), 0, 1, "u"),))
    found = Diagnostic("code", Severity.WARNING, "m", document.span(("info", "title")), fix=fix)
    return planned([found], document.source)


def test_a_document_of_the_network_is_shown_and_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    document = load("https://x.test/a.yml", text="info: {title: t}\n")
    shown = Mending(iter, diff=True)
    _, left = shown.mend(document, judge(document), judge, None)
    assert (left, len(shown.fixed), shown.failures, len(shown.diffs)) == ((), 1, 0, 1)
    written = Mending(iter)
    same, found = written.mend(document, judge(document), judge, None)
    assert (same, len(found), written.fixed, written.failures) == (document, 1, [], 1)
    assert "no local file" in capsys.readouterr().err
