import pytest

from arazzo_runner.transports.authorization import browser


@pytest.mark.parametrize(
    ("environ", "opened"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "w"}, True),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "x"}, False),
    ],
)
def test_a_browser_is_opened_where_there_is_a_display(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], opened: bool
) -> None:
    import webbrowser

    asked: list[str] = []
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", "linux")

    def show(url: str) -> bool:
        asked.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", show)
    assert browser.open_url("https://id.example/") is opened
    assert asked == ["https://id.example/"] * opened


def test_a_browser_that_can_not_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    import webbrowser

    def fail(url: str) -> bool:
        raise webbrowser.Error

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.setattr(webbrowser, "open", fail)
    assert not browser.open_url("https://id.example/")
