import pytest

from arazzo_runner.document import Profile, Source, read
from arazzo_runner.sources import documents
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.identity import identity_of
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


def test_what_a_document_refers_to_is_had_under_its_own_rules() -> None:
    found = Documents(Memory({URI: {"a": 1}, FOLDER + "bad.json": "[1"}))
    assert isinstance(found.referred(URI, FOLDER + "flow.json"), Source)
    for uri, referrer, reason in (
        (URI, "https://example.com/flow.json", "may not read a local file"),
        (FOLDER + "gone.json", FOLDER + "flow.json", "there is no such file"),
        (FOLDER + "bad.json", FOLDER + "flow.json", "syntax-json"),
    ):
        refused = found.referred(uri, referrer)
        assert isinstance(refused, str)
        assert reason in refused


def test_a_document_that_the_caller_named_may_have_any_name() -> None:
    found = Documents(Memory())
    found.identify("https://example.com/b.json", "https://mirror.example/a.json", trusted=True)
    assert found.location("https://example.com/b.json") == "https://mirror.example/a.json"


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


def enclosed(place: str, start: str = "https://api.example/all") -> tuple[Documents, list[str]]:
    """Documents over a world that has one entity, with one part beside its root; and what was asked for."""
    asked: list[str] = []

    def found(uri: str, /) -> Retrieval:
        asked.append(uri)
        content = f"--b\n\na: 1\n--b\nContent-Location: {place}\n\nb: 2\n--b--"
        return Retrieved(content.encode(), uri, "multipart/related; boundary=b")

    documents = Documents(found)
    documents.open(start, LOCAL)
    return documents, asked


@pytest.mark.parametrize(
    ("place", "start", "asked_for", "known"),
    [
        ("b.json", "https://api.example/all", "https://api.example/b.json", True),
        ("https://bank.example/b.json", "https://api.example/all", "https://bank.example/b.json", False),
        ("https://bank.example/b.json", FOLDER + "all", "https://bank.example/b.json", True),
        ("file:///etc/hosts", "https://api.example/all", "file:///etc/hosts", False),
    ],
)
def test_parts_of_an_entity_have_its_trust(place: str, start: str, asked_for: str, known: bool) -> None:
    found, asked = enclosed(place, start)
    source = found.open(asked_for, LOCAL)
    assert isinstance(source, Source)
    assert (asked == [start]) == known
    assert source.uri == (f"{start}#part-2" if known else asked_for)


def test_parts_are_found_by_what_they_call_themselves() -> None:
    content = b'--b\n\na: 1\n--b\n\n{"$id": "https://api.example/named"}\n--b--'
    memory: list[str] = []

    def found(uri: str, /) -> Retrieval:
        memory.append(uri)
        return Retrieved(content, uri, "multipart/related; boundary=b")

    documents = Documents(found, identity_of)
    documents.open("https://api.example/all", LOCAL)
    source = documents.open("https://api.example/named", LOCAL)
    assert isinstance(source, Source)
    assert source.data == {"$id": "https://api.example/named"}
    assert memory == ["https://api.example/all"]


def test_what_the_network_brought_may_read_no_file_wherever_it_says_that_it_stands() -> None:
    found, _ = enclosed("file:///docs/b.json")
    source = found.open("https://api.example/all#part-2", LOCAL)
    assert isinstance(source, Source)
    assert source.base_uri == "file:///docs/b.json"
    refused = found.referred("file:///docs/c.json", source.uri)
    assert isinstance(refused, str)
    assert "may not read a local file" in refused
