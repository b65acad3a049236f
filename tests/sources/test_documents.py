import pytest

from arazzo_runner.document import Profile, Source, read
from arazzo_runner.sources import documents
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.retrieval import Policy, Retrieval, RetrievalFailure, Retrieved
from tests.sources.inline import FOLDER, Memory

LOCAL = Policy(allow_files=True)
URI = FOLDER + "api.json"


def test_a_document_is_fetched_and_read_once() -> None:
    memory = Memory({URI: {"a": 1}})
    found = Documents(memory)
    first = found.open(URI, LOCAL)
    assert isinstance(first, Source)
    assert first.data == {"a": 1}
    assert found.open(URI, LOCAL) is first
    as_arazzo = found.open(URI, LOCAL, Profile.ARAZZO)
    assert isinstance(as_arazzo, Source)
    assert memory.asked == [URI]


def test_a_failure_is_not_tried_again() -> None:
    memory = Memory()
    found = Documents(memory)
    assert found.open(URI, LOCAL) == RetrievalFailure(URI, "there is no such file")
    assert found.open(URI, LOCAL) == RetrievalFailure(URI, "there is no such file")
    assert memory.asked == [URI]


def test_a_policy_is_asked_even_for_what_has_been_read() -> None:
    found = Documents(Memory({URI: {"a": "secret"}}))
    found.open(URI, LOCAL)
    assert isinstance(found.open(URI, Policy(allow_files=False)), RetrievalFailure)


def test_the_end_of_a_redirect_is_where_a_document_stands() -> None:
    def moved(uri: str, /) -> Retrieval:
        return Retrieved(b"{}", "https://example.com/v2/api.json")

    found = Documents(moved).open("https://example.com/api.json", LOCAL)
    assert isinstance(found, Source)
    assert found.uri == "https://example.com/v2/api.json"


def test_an_adopted_document_is_not_fetched() -> None:
    memory = Memory()
    found = Documents(memory)
    source = read("arazzo: 1.1.0", URI, "", Profile.ARAZZO)
    found.adopt(source, Profile.ARAZZO)
    assert found.open(URI, LOCAL, Profile.ARAZZO) is source
    assert memory.asked == []


def test_a_web_page_is_no_document() -> None:
    found = Documents(Memory({URI: "<!doctype html><title>Log in</title>"})).open(URI, LOCAL)
    assert isinstance(found, RetrievalFailure)
    assert "web page" in found.reason


def test_the_number_of_documents_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_DOCUMENTS", 2)
    found = Documents(Memory({FOLDER + name: {} for name in "abc"}))
    kinds = [isinstance(found.open(FOLDER + name, LOCAL), Source) for name in "abc"]
    assert kinds == [True, True, False]


@pytest.mark.parametrize(
    ("uri", "identity", "known"),
    [
        (URI, "https://example.com/api.json", True),
        ("https://example.com/a.json", "https://example.com/b.json", True),
        ("https://evil.example/a.json", "https://example.com/b.json", False),
        ("https://evil.example/a.json", "file:///docs/api.json", False),
    ],
)
def test_a_document_has_the_names_that_it_may_have(uri: str, identity: str, known: bool) -> None:
    found = Documents(Memory())
    found.identify(identity, uri)
    assert found.location(identity) == (uri if known else identity)


def test_two_documents_of_one_name_are_told() -> None:
    found = Documents(Memory())
    assert found.identify("https://example.com/x", FOLDER + "a") is None
    assert found.identify("https://example.com/x", FOLDER + "a") is None
    assert found.identify("https://example.com/x", FOLDER + "b") == FOLDER + "a"
