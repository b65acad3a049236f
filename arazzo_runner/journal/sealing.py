"""Puts stand-ins in the place of secrets, so that a journal holds none and a replay still sees whether one is the same.

Which values are secret is what the run's redactor knows and what names say. A long one is found wherever it stands and
in whatever form; within base64, the whole run of base64 is replaced, since its characters do not end where the secret
does. A short one is replaced where it stands under its name. Values that are made of others (`Bearer TOKEN`, a pair
``name=TOKEN``, their base64) are put together of stand-ins in the same way when the run is replayed; so only the
smallest are replaced. What the redactor would still hide after all this is hidden: it can't be played back, but it is
not told either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import unquote_plus

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Authorized, Failed, Outcome, Replace, Responded, Response, Skip
from arazzo_runner.journal.atoms import Atoms, decoded
from arazzo_runner.journal.vault import Vault
from arazzo_runner.redact import MIN_SEARCHED, REDACTED, Redactor
from arazzo_runner.redact.names import STAND_IN, gives_away
from arazzo_runner.values import Value

_HEAD: Final = "arazzoStandIn"
_MIRROR: Final = str.maketrans("0123456789abcdef", "fedcba9876543210")
_PAIR = re.compile(r"(\A|[?&;]|; )([^=&#;?\s]{1,128})=([^&#;\s\"'<>]+)")
_AUTHORIZATION: Final = frozenset({"authorization", "proxy-authorization"})
_SCHEMES: Final = frozenset("bearer basic digest token apikey negotiate dpop hmac".split())
_BASIC = re.compile(r"(basic\s+)(\S+)\Z", re.IGNORECASE)


class Sealer:
    """Seals what one run sends and gets. Its redactor goes on learning while the run goes on."""

    def __init__(self, redactor: Redactor, vault: Vault) -> None:
        self._redactor = redactor.unrevealing()
        self._vault = vault
        self._known: frozenset[str] = frozenset()
        self._atoms = Atoms()

    def text(self, text: str) -> str:
        """Return a text with stand-ins in the place of secrets."""
        return self._safe(self._pairs(self._found(text)))

    def value(self, value: Value, name: str = "", members: frozenset[str] = frozenset()) -> Value:
        """Return a value with stand-ins in the place of secrets.

        `name` is what it stands under; what stands under a name in `members` is a secret too.
        """
        match value:
            case dict():
                inner = name if _is_secret(name, "x", members) else ""
                named = ((key, self.value(one, inner or key, members)) for key, one in value.items())
                return {self._found(key): one for key, one in named}
            case list():
                return [self.value(item, name, members) for item in value]
            case bytes():
                return self.body(value)
            case None | bool():
                return value
        if self._is_whole(value, name, members):
            return self._vault.stand_in(str(value), value)
        return self.text(value) if isinstance(value, str) else value

    def body(self, body: bytes, members: frozenset[str] = frozenset()) -> bytes:
        """Return a body with stand-ins in the place of secrets; its other bytes stay as they are, if they can.

        What stands under a name in `members` is a secret too; with the empty name in it, the whole body is one.
        """
        text = body.decode("utf-8", "surrogateescape")
        if "" in members and text:
            found = self._found(text)
            whole = found if STAND_IN.fullmatch(found) else self._vault.stand_in(text, text)
            return whole.encode("utf-8", "surrogateescape")
        if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            text = self._structured(text, members)
        else:
            text = self._vault.stand_in(text, text) if self._is_whole(text, "") else self._pairs(text, members)
        return self._safe_body(self._pairs(self._found(text)), members)

    def headers(
        self, headers: tuple[tuple[str, str], ...], credentials: frozenset[str] = frozenset()
    ) -> tuple[tuple[str, str], ...]:
        """Return header fields with stand-ins; those that `credentials` names hold nothing else that may be told."""
        return tuple((name, self._header(name, text, name.lower() in credentials)) for name, text in headers)

    def request(self, request: Request) -> Request:
        """Return a request with stand-ins in the place of secrets."""
        return replace(
            request,
            url=self._url(request),
            headers=self.headers(request.headers, request.credentials),
            body=None if request.body is None else self.body(request.body, request.members),
            login=None,
        )

    def response(self, response: Response) -> Response:
        """Return a response with stand-ins in the place of secrets."""
        return Response(response.status, self.headers(response.headers), self.body(response.body, response.members))

    def outcome(self, outcome: Outcome) -> Outcome:
        """Return an outcome with stand-ins in the place of secrets."""
        match outcome:
            case Responded(response=response):
                return replace(outcome, response=self.response(response))
            case Authorized(fields=fields, refresh_token=token):
                held = {name: self._vault.stand_in(one, one) for name, one in fields.items()}
                return replace(outcome, fields=held, refresh_token=self._vault.stand_in(token, token) if token else "")
            case Failed(message=message):
                return replace(outcome, message=self._safe(message))
            case Skip(outputs=outputs):
                return replace(outcome, outputs={name: self.value(one, name) for name, one in outputs.items()})
            case Replace(changes=changes):
                sealed = (replace(one, value=self.value(one.value, one.name)) for one in changes)
                return replace(outcome, changes=tuple(sealed))
        return outcome

    # ------------------------------------------------------------ which secrets

    def _secrets(self) -> Atoms:
        known = self._redactor.known
        if known != self._known:
            self._atoms.learn(known - self._known)
            self._known = known
        return self._atoms

    def _is_whole(self, value: Value, name: str, members: frozenset[str] = frozenset()) -> bool:
        if isinstance(value, str) and STAND_IN.fullmatch(value):
            return False
        if name and _is_secret(name, value, members) and value != "":
            return True
        return str(value) in self._secrets() and not isinstance(value, bytes)

    # ------------------------------------------------------------ where they stand

    def _safe(self, text: str) -> str:
        """Replace what the redactor would still hide; stand-ins, which a replay without a vault has learnt, stay."""
        shown = _mirrored(self._redactor.text(_mirrored(text)))
        if shown == text:
            return text
        sealed = self._put(text, shown)
        return sealed if self._redactor.text(_mirrored(sealed)) == _mirrored(sealed) else shown

    def _safe_body(self, text: str, members: frozenset[str]) -> bytes:
        """Do the same with a body, whose members are judged by their names too."""

        def hidden(body: str) -> str:
            content = _mirrored(body).encode("utf-8", "surrogateescape")
            return _mirrored(self._redactor.body(content, members).decode("utf-8", "surrogateescape"))

        shown = hidden(text)
        if shown != text:
            sealed = self._put(text, shown)
            text = sealed if hidden(sealed) == sealed else shown
        return text.encode("utf-8", "surrogateescape")

    def _put(self, text: str, shown: str) -> str:
        """Return the text with a stand-in wherever another copy of it, `shown`, hides something."""
        first, *parts = shown.split(REDACTED)
        pieces, place = [first], len(first)
        for number, part in enumerate(parts):
            end = text.find(part, place + 1) if part and number < len(parts) - 1 else len(text) - len(part)
            if end <= place or not text.startswith(part, end):
                return shown
            piece = text[place:end]
            self._atoms.learn([piece] if len(piece) >= MIN_SEARCHED else [])
            pieces += (piece if piece == REDACTED else self._vault.stand_in(piece, piece), part)
            place = end + len(part)
        return "".join(pieces)

    def _found(self, text: str) -> str:
        """Replace the long secrets, wherever they stand."""
        pieces: list[str] = []
        done = 0
        for start, end, secret in self._secrets().places(text):
            pieces += (text[done:start], self._vault.stand_in(secret, text[start:end]))
            done = end
        return "".join((*pieces, text[done:]))

    def _pairs(self, text: str, members: frozenset[str] = frozenset()) -> str:
        """Replace what URLs, forms and cookies carry under secret names."""
        return _PAIR.sub(partial(self._pair, members), text) if "=" in text else text

    def _pair(self, members: frozenset[str], found: re.Match[str]) -> str:
        mark, name, value = found.groups()
        plain = unquote_plus(value)
        if not _is_secret(unquote_plus(name), plain, members) or STAND_IN.search(plain):
            return found.group()
        self._atoms.learn([plain] if len(plain) >= MIN_SEARCHED else [])
        return f"{mark}{name}={self._vault.stand_in(plain, value)}"

    def _url(self, request: Request) -> str:
        head, mark, query = request.url.partition("?")
        path = head.split("/")
        for segment in request.segments:
            if segment < len(path) - 3:
                path[-1 - segment] = self._credential(path[-1 - segment])
        head = "/".join(path)
        pieces = [piece.partition("=") for piece in query.split("&")]
        written = "&".join(
            f"{name}={self._credential(value)}" if name in request.credentials else name + sign + value
            for name, sign, value in pieces
        )
        return self.text(head + mark + written)

    def _header(self, name: str, text: str, is_credential: bool) -> str:
        basic = _BASIC.fullmatch(text)
        inside = _basic_secret(basic[2], self._secrets()) if basic else None
        if basic and inside is not None:
            return basic[1] + self._vault.stand_in(inside, basic[2])
        if name.lower() == "cookie":
            cookies = (cookie.partition("=") for cookie in text.split("; "))
            return "; ".join(key + sign + (self._credential(value) if value else "") for key, sign, value in cookies)
        if name.lower() == "set-cookie":
            pair, semicolon, attributes = text.partition(";")
            key, sign, value = pair.partition("=")
            return key + sign + (self._credential(value) if value else "") + semicolon + attributes
        if is_credential or gives_away(name, text):
            scheme, space, rest = text.partition(" ")
            is_scheme = scheme.lower() in _SCHEMES or name.lower() in _AUTHORIZATION
            return scheme + space + self._credential(rest) if space and is_scheme else self._credential(text)
        return self.text(text)

    def _credential(self, text: str) -> str:
        """Replace all that a credential put in: by what is known to be in it, if that is all of it."""
        sealed = self._found(text)
        if STAND_IN.fullmatch(sealed):
            return sealed
        plain = unquote_plus(text) if "%" in text else text
        return self._vault.stand_in(plain, text)

    def _structured(self, text: str, members: frozenset[str]) -> str:
        """Seal short members of JSON by their names, and learn the long ones, which can be found in the text.

        The text is written anew only where a short one stands in it, or one that is made of others.
        """
        try:
            data = json.loads(text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return text
        named = list(self._leaves(data, members))
        if all(isinstance(one, str) and len(one) >= MIN_SEARCHED for one in named):
            self._secrets().learn(map(str, named))
            if all(one in self._secrets() for one in named):
                return text
        return json.dumps(self.value(data, "", members), ensure_ascii=False, separators=(",", ":"))

    def _leaves(self, data: Value, members: frozenset[str]) -> Iterator[Value]:
        """Yield the leaves that stand under secret names, or are known short secrets; others can be searched for."""
        atoms = self._secrets()
        stack: list[tuple[str, Value]] = [("", data)]
        while stack:
            name, value = stack.pop()
            match value:
                case dict():
                    stack += [(name if _is_secret(name, "x", members) else key, one) for key, one in value.items()]
                case list():
                    stack += [(name, item) for item in value]
                case None | bool() | "":
                    continue
                case _ if _is_secret(name, value, members):
                    yield value
                case _ if str(value) in atoms and len(str(value)) < MIN_SEARCHED:
                    yield value


def _is_secret(name: str, value: Value, members: frozenset[str]) -> bool:
    if isinstance(value, str) and STAND_IN.fullmatch(value):
        return False
    return bool(name) and (gives_away(name, value) or name in members)


def _mirrored(text: str) -> str:
    """Return the text with other stand-ins in the place of each, which nobody knows; twice is the text again."""
    return STAND_IN.sub(
        lambda found: _HEAD + found[0][len(_HEAD) :][:16].translate(_MIRROR) + found[0][len(_HEAD) + 16 :], text
    )


def _mirrored_bytes(body: bytes) -> bytes:
    if _HEAD.encode() not in body:
        return body
    return _mirrored(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _basic_secret(encoded: str, secrets: Atoms) -> str | None:
    """Return the secret within a user and a password in base64, whatever its length."""
    user, colon, password = decoded(encoded).partition(":")
    if not colon:
        return None
    return user if user in secrets and password not in secrets and not STAND_IN.fullmatch(password) else password
