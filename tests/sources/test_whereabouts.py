from pathlib import Path

import pytest

from arazzo_runner.sources.location import file_uri
from arazzo_runner.sources.retrieval import Policy
from arazzo_runner.sources.whereabouts import Whereabouts, below
from tests.sources.inline import FOLDER, arazzo


def search(url: str, uri: str = FOLDER + "flow.json", override: str | None = None) -> Whereabouts:
    description = arazzo(sources={"things": url}, uri=uri)
    return Whereabouts(description, description.source_descriptions[0], override)


@pytest.mark.parametrize(
    ("found", "uri", "policy"),
    [
        (search("api.json"), FOLDER + "api.json", Policy(allow_files=True, host="")),
        (
            search("api.json", "https://x.example/a/flow.json"),
            "https://x.example/a/api.json",
            Policy(allow_files=False, host=""),
        ),
        (
            search("api.json", "https://x.example/a/flow.json", FOLDER + "mine.json"),
            FOLDER + "mine.json",
            Policy(allow_files=True),
        ),
    ],
)
def test_where_a_source_is_looked_for(found: Whereabouts, uri: str, policy: Policy) -> None:
    assert found.place() == (uri, policy)


def test_a_url_that_names_no_place_says_why() -> None:
    reason, policy = search("C:\\api.json").place()
    assert ("Windows path" in reason, policy, search("C:\\api.json").uri()) == (True, None, "")


def test_a_folder_of_the_caller_goes_first_for_relative_urls(tmp_path: Path) -> None:
    (tmp_path / "api.json").write_text("{}")
    description = arazzo()
    assert below(tmp_path, "api.json", description) == file_uri(tmp_path / "api.json")
    assert below(tmp_path, "gone.json", description) is None
    assert below(tmp_path, file_uri(tmp_path / "api.json"), description) is None
