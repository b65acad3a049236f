"""A terminal in memory, as far as the live report needs one."""

import re

_TOKEN = re.compile(r"\x1b\[([?\d;]*)([A-Za-z])|\n|\r|[^\x1b\r\n]")


class Screen:
    """A terminal as far as the report needs one: it keeps lines, moves up, erases lines, hides its cursor."""

    def __init__(self, written: str) -> None:
        self.lines, self.row, self.column, self.cursor = [""], 0, 0, True
        for token in _TOKEN.finditer(written):
            self._take(token)

    def _take(self, token: re.Match[str]) -> None:
        match token[2], token[1]:
            case "A", count:
                self.row -= int(count or 1)
            case "K", _:
                self.lines[self.row] = ""
            case "h", "?25":
                self.cursor = True
            case "l", "?25":
                self.cursor = False
            case "m", _:
                pass
            case None, _:
                self._print(token[0])
            case other:
                raise AssertionError(f"an unforeseen sequence: {other}")

    def _print(self, character: str) -> None:
        if character == "\n":
            self.row, self.column = self.row + 1, 0
            if self.row == len(self.lines):
                self.lines.append("")
        elif character == "\r":
            self.column = 0
        else:
            line = self.lines[self.row].ljust(self.column)
            self.lines[self.row] = line[: self.column] + character + line[self.column + 1 :]
            self.column += 1
