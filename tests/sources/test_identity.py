import pytest

from arazzo_runner.document import Profile, read
from arazzo_runner.sources.identity import identity_of
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, text_of


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"arazzo": "1.1.0", "$self": "https://x.example/a.yaml"}, "https://x.example/a.yaml"),
        ({"arazzo": "1.1.0", "$self": "deep/a.yaml"}, FOLDER + "deep/a.yaml"),
        ({"arazzo": "1.0.1", "$self": "https://x.example/a.yaml"}, None),
        ({"arazzo": "1.1.0"}, None),
        ({"openapi": "3.2.0", "$self": "deep/a.yaml"}, FOLDER + "deep/a.yaml"),
        ({"openapi": "3.1.0", "$self": "deep/a.yaml"}, None),
        ({"asyncapi": "3.0.0", "$self": "deep/a.yaml"}, None),
        ({"$id": "deep/a.json", "type": "object"}, FOLDER + "deep/a.json"),
        ({"$id": 5}, None),
        ([], None),
    ],
)
def test_what_a_document_calls_itself(document: JSON, expected: str | None) -> None:
    assert identity_of(read(text_of(document), FOLDER + "x.json", "x.json", Profile.SOURCE)) == expected
