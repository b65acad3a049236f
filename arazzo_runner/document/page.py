"""A text as a person sees it: with a name, in lines and columns."""

from __future__ import annotations

from arazzo_runner.diagnostics import Span


class Page:
    """Turns offsets in a text into spans. Lines end with LF, CRLF or CR, as in editors.

    Lines are counted when a place is asked for; a table of them would cost more than the whole text where a text is
    nothing but line breaks.
    """

    __slots__ = ("_has_returns", "_lines", "name", "text", "uri")

    def __init__(self, text: str, uri: str, name: str) -> None:
        self.text, self.uri, self.name = text, uri, name
        self._has_returns = "\r" in text
        self._lines: dict[int, str] = {}

    def line(self, offset: int) -> int:
        """Return the line, counted from 0, that holds the offset."""
        return self._breaks(0, offset)

    def line_start(self, offset: int) -> int:
        """Return the offset at which the line that holds the offset starts."""
        start = self.text.rfind("\n", 0, offset)
        if self._has_returns:
            end = offset - 1 if self.text[offset : offset + 1] == "\n" else offset
            start = max(start, self.text.rfind("\r", 0, max(0, end)))
        return start + 1

    def line_text(self, start: int) -> str:
        """Return the text of the line that starts at the offset, without its line break."""
        known = self._lines.get(start)
        if known is None:
            end = self.text.find("\n", start)
            known = self.text[start : len(self.text) if end < 0 else end].partition("\r")[0]
            self._lines[start] = known  # a minified document has one long line, which all its spans share
        return known

    def span(self, start: int, end: int | None = None) -> Span:
        """Return the span of the code points from `start` to `end` (exclusive; one place if it is left out)."""
        start = self._before_feed(max(0, min(start, len(self.text))))
        end = start if end is None else max(start, self._before_feed(min(end, len(self.text))))
        first = self.line(start)
        line_start = self.line_start(start)
        return Span(
            uri=self.uri,
            line=first + 1,
            column=start - line_start + 1,
            end_line=first + self._breaks(start, end) + 1,
            end_column=end - self.line_start(end) + 1,
            name=self.name,
            text=self.line_text(line_start),
        )

    def _before_feed(self, offset: int) -> int:
        """Return the offset, or the end of its line where it splits a CRLF: no column stands there."""
        return offset - 1 if self._has_returns and self.text[offset - 1 : offset + 1] == "\r\n" else offset

    def _breaks(self, start: int, end: int) -> int:
        feeds = self.text.count("\n", start, end)
        if not self._has_returns:
            return feeds
        # A CR counts as a break of its own unless its LF follows; the LF may stand just behind the end.
        split = 1 if end > start and self.text[end - 1 : end + 1] == "\r\n" else 0
        return feeds + self.text.count("\r", start, end) - self.text.count("\r\n", start, end) - split


class NowhereIn:
    """The `Places` of a text without structure: every path is its beginning."""

    __slots__ = ("_page",)

    def __init__(self, page: Page) -> None:
        self._page = page

    def span(self, path: object, *, key: bool = False) -> Span:
        """Return the beginning of the text."""
        return self._page.span(0)
