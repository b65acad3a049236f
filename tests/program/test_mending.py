import pytest

from arazzo_runner.diagnostics import Applicability, Fix, Removal, Splice
from arazzo_runner.expressions.grammar import Patch
from arazzo_runner.program.mending import MAX_TOLD_LENGTH, mending

AT = ("criteria", 0, "condition")


@pytest.mark.parametrize(
    ("patch", "help", "fix"),
    [
        (Patch(1, 3, "x"), "", Fix("write x", (Splice(AT, 1, 3, "x"),))),
        (Patch(1, 3, "x"), "write it as x", Fix("write it as x", (Splice(AT, 1, 3, "x"),))),
        (Patch(0, 1, "x", safe=False), "", Fix("write x", (Splice(AT, 0, 1, "x"),), Applicability.UNSAFE)),
        (
            Patch(0, 1, "x", becomes_simple=True, drops_context=True),
            "",
            Fix(
                "write x, as a simple condition",
                (Splice(AT, 0, 1, "x"), Removal(("criteria", 0, "type")), Removal(("criteria", 0, "context"))),
            ),
        ),
    ],
)
def test_a_patch_becomes_a_fix(patch: Patch, help: str, fix: Fix) -> None:
    assert mending(patch, AT, help) == fix


def test_a_long_text_is_cut_in_the_message() -> None:
    fix = mending(Patch(0, 1, "a\n" * 500), AT)
    assert len(fix.message) <= MAX_TOLD_LENGTH + len("write ...")
    assert "\n" not in fix.message
