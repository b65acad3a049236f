from arazzo_runner.engine.effects import Request
from arazzo_runner.preview.model import StepPreview


def test_a_step_is_named_by_the_end_of_its_path() -> None:
    assert StepPreview(("call", "inner"), "w").step_id == "inner"


def test_what_is_in_the_clear_is_in_no_repr() -> None:
    assert "sesame" not in repr(StepPreview(("a",), "w", Request("GET", "http://x/?k=sesame")))
