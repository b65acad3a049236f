import pytest

from arazzo_runner.document.model import Description
from arazzo_runner.graph.naming import Naming
from tests.graph.flows import document, flow

FIRST = document(flow("a"))
LIB = document(flow("a"), flow("b", workflow_id="v"), name="lib.json")


def naming() -> Naming:
    def sources(description: Description) -> dict[str, Description]:
        return {"lib": LIB} if description is FIRST else {}

    return Naming(sources)


@pytest.mark.parametrize(
    ("text", "name", "missing", "found"),
    [
        ("w", "w", False, True),
        ("v", "v", True, False),
        ("$sourceDescriptions.lib.v", "v", False, True),
        ("$sourceDescriptions.lib.w", "w", False, True),
        ("$sourceDescriptions.lib.z", "lib.z", True, False),
        ("$sourceDescriptions.api.z", "api.z", False, False),
        ("$sourceDescriptions.gone.z", "gone.z", True, False),
        ("$sourceDescriptions.lib", "lib", True, False),
        ("$inputs.x", "$inputs.x", True, False),
        ("", "", True, False),
    ],
)
def test_what_a_text_names(text: str, name: str, missing: bool, found: bool) -> None:
    named = naming().find(FIRST, text)
    assert (named.name, named.missing, named.workflow is not None) == (name, missing, found)


def test_names_are_given_once() -> None:
    names = naming()
    assert names.find(FIRST, "w").name == "w"
    assert names.find(FIRST, "$sourceDescriptions.lib.w").name == "lib.w"
    assert names.find(LIB, "w").name == "lib.w"
    assert names.name(document(flow("a"), name="third.json"), "w") == "w (2)"
