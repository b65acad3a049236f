import httpx2

from benchmarks.answering import TOKEN, answering


def test_it_answers_as_the_api_of_the_reference_workflow_does() -> None:
    with answering() as url, httpx2.Client() as client:
        for _ in range(2):
            minted = client.post(f"{url}/api/hubs/chat/:generateToken", content=b"some body")
            assert (minted.status_code, minted.content) == (200, TOKEN)
            sent = client.post(f"{url}/api/hubs/chat/:send", content=b"hello")
            assert (sent.status_code, sent.content) == (202, b"")
