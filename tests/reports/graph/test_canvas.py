from arazzo_runner.reports.graph.canvas import SIGNS, Canvas
from arazzo_runner.reports.page import Ink, plain_text


def shown(canvas: Canvas, signs: bool = True) -> list[str]:
    return [plain_text(line) for line in canvas.rows(signs)]


def crossing() -> Canvas:
    canvas = Canvas()
    canvas.box(0, 0, 3, 5)
    canvas.level(1, 4, 8, Ink.BAD)
    canvas.upright(6, 0, 2)
    canvas.upright(8, 1, 2, Ink.BAD)
    canvas.level(2, 8, 4)
    return canvas


def test_lines_join_where_they_meet() -> None:
    assert shown(crossing()) == [
        "┌───┐ │",
        "│   ├─┼─┐",
        "└───┴─┴─┘",
    ]


def test_lines_in_ascii() -> None:
    assert shown(crossing(), signs=False) == ["+---+ |", "|   +-+-+", "+---+-+-+"]
    assert all(plain.isascii() and len(plain) == 1 for plain in SIGNS.values())


def test_text_hides_lines() -> None:
    canvas = crossing()
    assert canvas.text(1, 5, "日a", Ink.GOOD) == 8
    canvas.text(2, 1, "e\u0301\x1b")
    assert shown(canvas)[1:] == ["│   ├日a┐", "└e\u0301\\x1b┴─┘"]
    assert ("日a", Ink.GOOD) in [tuple(piece) for piece in list(canvas.rows())[1]]


def test_rows_between_are_empty() -> None:
    canvas = Canvas()
    canvas.text(2, 1, "x")
    assert shown(canvas) == ["", "", " x"]
    assert shown(Canvas()) == []
