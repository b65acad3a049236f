"""Simple conditions parsed: precedence climbing over the tokens, with the practical readings P8 and P9.

A parse either gives a tree or raises `Malformed`, which `parse_condition` turns into a fault. Nesting is bounded, and
chains of ``&&`` and ``||`` are loops, so no text can exhaust the stack.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from arazzo_runner.criteria.simple.limits import MAX_CONDITION_LENGTH, MAX_CONDITION_NESTING
from arazzo_runner.criteria.simple.operands import read_operand
from arazzo_runner.criteria.simple.syntax import (
    Compare,
    Every,
    Literal,
    MediaType,
    Node,
    Not,
    Reference,
    Some,
    StatusClass,
)
from arazzo_runner.criteria.simple.tokens import Kind, Malformed, Token, tokens
from arazzo_runner.criteria.simple.words import bare_word, misplaced_word
from arazzo_runner.criteria.simple.write import write_condition
from arazzo_runner.expressions.grammar import Declared, Dialect, Fault, Patch, Remark, StatusCode
from arazzo_runner.expressions.parse import looks_like_expression
from arazzo_runner.expressions.pieces import within

_WORDS = {"contains": "membership", "matches": "the search for a regular expression"}
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class ParsedCondition:
    """A condition's tree, or the fault; `remarks` tell of readings and doubts."""

    tree: Node | None
    fault: Fault | None = None
    remarks: tuple[Remark, ...] = ()


def parse_condition(text: str, dialect: Dialect, declared: Declared) -> ParsedCondition:
    """Parse a simple condition (Arazzo 1.1, Criterion Object). Never raises."""
    try:
        parser = _parser(text, dialect, declared)
        tree = parser.condition()
    except Malformed as malformed:
        return ParsedCondition(None, malformed.fault)
    return ParsedCondition(tree, None, tuple(parser.remarks))


def _parser(text: str, dialect: Dialect, declared: Declared) -> _Parser:
    if len(text) > MAX_CONDITION_LENGTH:
        message = f"the condition is longer than {MAX_CONDITION_LENGTH:,} characters"
        raise Malformed(message, 0, code="condition-too-large")
    found: list[Token] = []
    broken = None
    try:
        for token in tokens(text, dialect, declared):
            found.append(token)
    except Malformed as malformed:
        broken = malformed
        found.append(Token(Kind.END, "", malformed.fault.offset))
    return _Parser(text, dialect, declared, found, broken)


@dataclass(slots=True)
class _Parser:
    """`broken` is what is wrong behind the last token; it counts only if nothing before it is wrong."""

    text: str
    dialect: Dialect
    declared: Declared
    tokens: list[Token]
    broken: Malformed | None
    at: int = 0
    depth: int = 0
    remarks: list[Remark] = field(default_factory=list)

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def ended(self) -> bool:
        return self.token.kind is Kind.END

    def sees(self, *operators: str) -> bool:
        return self.token.kind is Kind.OPERATOR and self.token.text in operators

    def condition(self) -> Node:
        if self.ended():
            raise self.broken or Malformed("the condition is empty", 0, "write one such as $statusCode == 200")
        wrapped = self.wrapped()
        if wrapped:
            self.take()
        tree = self.some()
        if wrapped:
            self.expect("}")
        if not self.ended():
            raise self.unexpected("the end of the condition or an operator")
        if self.broken:
            raise self.broken
        return tree

    def wrapped(self) -> bool:
        """Tell whether one pair of braces stands around the whole condition (SIM-33)."""
        if self.dialect.strict or not self.sees("{") or self.tokens[-2].text != "}" or len(self.tokens) < 4:
            return False
        if self.tokens[1].kind is Kind.REFERENCE and self.tokens[2].text == "}" and len(self.tokens) > 4:
            return False
        start, end = self.token.start, self.tokens[-2].start
        inner = self.text[start + 1 : end].strip()
        self.remark("reading-SIM-33", "braces around a condition are not needed", start, inner, (start, end + 1))
        return True

    def some(self) -> Node:
        parts = [self.every()]
        while self.sees("||"):
            self.take()
            parts.append(self.every())
        self.constants(parts)
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def every(self) -> Node:
        parts = [self.comparison()]
        while self.sees("&&"):
            self.take()
            parts.append(self.comparison())
        self.constants(parts)
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def constants(self, parts: list[Node]) -> None:
        """Doubt a bare literal next to ``&&`` or ``||``: ``$statusCode == 200 || 201`` always holds."""
        for part in parts if len(parts) > 1 else ():
            if isinstance(part, Literal):
                message = f"{write_condition(part)} alone is not compared with anything: it is always the same"
                self.remark("condition-constant", message, self.token.start)

    def comparison(self) -> Node:
        first = self.token
        left = self.unary()
        operator = self.operator()
        if operator is None:
            return left
        if first.text == "!":
            message = "'!' belongs to the left operand alone, not to the comparison: parentheses would show it"
            self.remark("condition-not-precedence", message, first.start)
        at = self.token.start
        right = self.right(operator, left, first)
        self.check_pattern(operator, right, at)
        again = self.token
        if self.operator() is not None:
            message = f"comparisons can't be chained, and '{again.text}' is the second operator"
            raise Malformed(message, again.start, "join two comparisons with '&&'")
        if isinstance(right, StatusClass) and not self.is_status(left, operator):
            message = "a status class such as 5XX can only be compared with $statusCode, by '==' or '!='"
            raise Malformed(message, first.start)
        return Compare(operator, left, right)

    def check_pattern(self, operator: str, right: Node, start: int) -> None:
        """Find a pattern that is none before it is searched for (practical reading P9)."""
        if operator != "matches" or not isinstance(right, Literal):
            return
        if not isinstance(right.value, str):
            raise Malformed("a regular expression stands in quotes", start, "as in matches '^ab+$'")
        from arazzo_runner.criteria.regex import read_pattern  # only documents that have this reading pay for it

        pattern = read_pattern(right.value, self.dialect)
        if isinstance(pattern, Fault):
            raise Malformed(pattern.message, start + 1 + pattern.offset, pattern.help, pattern.code)

    def is_status(self, left: Node, operator: str) -> bool:
        plain = isinstance(left, Reference) and isinstance(left.expression, StatusCode)
        return plain and operator in ("==", "!=")

    def operator(self) -> str | None:
        """Take a comparison operator, if one stands here."""
        if self.sees(*COMPARISONS):
            return self.take().text
        if self.token.kind is not Kind.WORD or self.dialect.strict:
            return None
        if self.token.text not in _WORDS:
            return None
        message = f"'{self.token.text}' is no operator of simple conditions: read as {_WORDS[self.token.text]}"
        self.remark("reading-P9", message, self.token.start)
        return self.take().text

    def right(self, operator: str, left: Node, first: Token) -> Node:
        token = self.token
        if token.kind is Kind.STATUS_CLASS:
            self.take()
            return self.status_class(operator, token, first)
        if token.kind is Kind.WORD and operator in ("==", "!=") and isinstance(left, Reference):
            return self.word()
        return self.unary()

    def status_class(self, operator: str, token: Token, first: Token) -> Node:
        node = StatusClass(int(token.text[0]))
        standard = _without_class(operator, node.digit)
        message = f"'{token.text}' is read as a class of status codes"
        whole = first is self.tokens[0] and self.ended()
        written = standard if operator == "==" or whole else f"({standard})"
        patch = Patch(first.start, token.start + len(token.text), written)
        self.remarks.append(Remark("reading-P9", message, token.start, standard, patch))
        return node

    def word(self) -> Node:
        if self.dialect.strict:
            raise self.unexpected("a value")
        token = self.take()
        node = bare_word(token)
        standard = f"'{token.text}'"
        message = f"the bare word {token.text} is read as the string {standard}"
        # A media type counts without its parameters, a string does not.
        patch = Patch(*_stretch(token), standard, safe=not isinstance(node, MediaType))
        self.remarks.append(Remark("reading-P8", message, token.start, standard, patch))
        return node

    def unary(self) -> Node:
        if not self.sees("!"):
            return self.primary()
        self.deeper()
        self.take()
        operand = self.unary()
        self.depth -= 1
        return Not(operand)

    def primary(self) -> Node:
        token = self.token
        match token.kind:
            case Kind.LITERAL:
                self.take()
                self.doubt_string(token)
                return Literal(token.value)
            case Kind.DOUBLE_QUOTED:
                self.take()
                standard = "'" + str(token.value).replace("'", "''") + "'"
                self.remark("reading-P9", "strings stand in single quotes", token.start, standard, _stretch(token))
                return Literal(token.value)
            case Kind.REFERENCE:
                return self.reference()
            case Kind.OPERATOR if token.text == "(":
                return self.group()
            case Kind.OPERATOR if token.text == "{":
                return self.braced()
            case _:
                raise self.unexpected("a value")

    def doubt_string(self, token: Token) -> None:
        """Doubt an expression inside a string: it is plain text there (SIM-34)."""
        if isinstance(token.value, str) and ("{$" in token.value or looks_like_expression(token.value)):
            message = f"{token.text} is a string: the expression in it is plain text"
            self.remark("expression-literal", message, token.start)

    def group(self) -> Node:
        self.deeper()
        self.take()
        inner = self.some()
        self.expect(")")
        self.depth -= 1
        return inner

    def braced(self) -> Node:
        """Read ``{$expr}`` as the expression (SIM-34)."""
        start = self.token.start
        if self.dialect.strict or self.tokens[self.at + 1].kind is not Kind.REFERENCE:
            raise self.unexpected("a value")
        self.take()
        node = self.reference()
        self.expect("}")
        end = self.tokens[self.at - 1].start
        standard = self.text[start + 1 : end]
        self.remark("reading-SIM-34", "an expression in a condition needs no braces", start, standard, (start, end + 1))
        return node

    def reference(self) -> Reference:
        token = self.take()
        found = read_operand(token.text, self.dialect, self.declared)
        remarks = (within(remark, token.start) for remark in found.remarks)
        self.remarks += [replace(remark, offset=remark.offset + token.start) for remark in remarks]
        if found.reference is None:
            fault = found.fault or Fault("no expression", 0)
            raise Malformed(fault.message, token.start + fault.offset, fault.help, fault.code)
        return found.reference

    def expect(self, operator: str) -> None:
        if not self.sees(operator):
            raise self.unexpected(f"'{operator}'")
        self.take()

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_CONDITION_NESTING:
            message = f"the condition is nested deeper than {MAX_CONDITION_NESTING} levels (max_condition_nesting)"
            raise Malformed(message, self.token.start, code="condition-too-large")

    def remark(
        self, code: str, message: str, offset: int, standard: str = "", stretch: tuple[int, int] | None = None
    ) -> None:
        """Keep a remark; the standard spelling takes the place of the `stretch` of the condition, if one is given."""
        patch = Patch(*stretch, standard) if stretch is not None else None
        self.remarks.append(Remark(code, message, offset, standard, patch))

    def unexpected(self, expected: str) -> Malformed:
        token = self.token
        if token.kind is Kind.END:
            return self.broken or Malformed(f"the condition ends where {expected} is expected", token.start)
        if token.kind is Kind.WORD:
            return misplaced_word(token, expected)
        shown = token.text if len(token.text) <= 40 else token.text[:40] + "..."
        return Malformed(f"'{shown}' stands where {expected} is expected", token.start)


def _stretch(token: Token) -> tuple[int, int]:
    return token.start, token.start + len(token.text)


def _without_class(operator: str, digit: int) -> str:
    """Return the standard spelling of a comparison of the status with a class."""
    first, last = digit * 100, digit * 100 + 99
    if operator == "!=":
        return f"$statusCode < {first} || $statusCode > {last}"
    return f"$statusCode >= {first} && $statusCode <= {last}"
