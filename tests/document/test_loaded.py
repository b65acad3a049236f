from arazzo_runner.diagnostics import error
from arazzo_runner.document.loaded import Loaded, nothing
from arazzo_runner.document.page import Page


def test_nothing_is_a_text_without_data_that_still_has_a_place() -> None:
    wrong = error("syntax-empty", "the document is empty")
    loaded = nothing(Page("x", "u", "n"), wrong)
    assert isinstance(loaded, Loaded)
    assert (loaded.data, loaded.diagnostics, loaded.ok) == (None, (wrong,), False)
    assert loaded.places.span(("a",)).line == 1
