from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.redact.names import (
    REDACTED,
    gives_away,
    hide_elements,
    hide_pairs,
    hide_parts,
    is_secret_name,
    is_stand_in,
)

SECRET = """
token accessToken access_token access-token refreshToken idToken authToken sessionToken csrfToken bearerToken sasToken
X-Auth-Token X-Amz-Security-Token PRIVATE-TOKEN X-Vault-Token user.token token1 token_2 OAuthToken accesstoken authtoken
tokenValue tokenHash tokenString token_header accessTokens refresh_tokens apiTokens
secret clientSecret client_secret X-Client-Secret X-Auth x-session secretKey CLIENT_SECRET_VALUE secrets secretText clientsecret
password Password PASSWORD user_password dbPassword dbpassword passwordHash password_plain newPassword passwordNew
passwordConfirmation confirmPassword passwords passwd userpasswd pwd passphrase passcode
apiKey apikey api_key api-key API_KEY APIKey X-API-Key x-api-key apiKeys apiKeyValue Ocp-Apim-Subscription-Key
privateKey private_key accessKey SharedAccessKey AccountKey masterKey x-functions-key signingKey encryptionKey
subscriptionKey storageKey authKey functionKey sharedKey secretAccessKey sessionKey DD-APPLICATION-KEY
authorization Authorization Proxy-Authorization Cookie Set-Cookie credential credentials X-Amz-Credential jwt JWT
cvv cardCvc otp totp OTP2 connectionString AZURE_CONNECTION_STRING client_assertion code_verifier sig X-Amz-Signature
authCode pinCode bearer
""".split()

PLAIN = """
pageToken nextToken nextPageToken next_page_token continuationToken syncToken deltaToken cursorToken previousToken
skipToken startToken endToken resumeToken page-token NEXT_TOKEN pagetoken nextpagetoken NextToken positionToken
maxTokens max_tokens tokens totalTokens promptTokens tokenCount tokenType token_type tokenExpiry tokenUrl token_endpoint
tokenize tokenizer secretName secretary secretId secretVersion passwordPolicy password_length passwordless passed
primaryKey primary_key foreignKey partitionKey publicKey sortKey key keys idempotencyKey keyId keyboard monkey cacheKey
cookieConsent cookies authorizationUrl authorized author jwtAlgorithm userId id name email hub message status code
statusCode countryCode signature sign connection string value header plain authenticated apikeyId signature_algorithm
""".split()


@pytest.mark.parametrize("name", SECRET)
def test_a_name_that_says_secret(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", [*PLAIN, "", "-", "\u00e4\u00f6\u00fc", "123"])
def test_a_name_that_only_sounds_like_it(name: str) -> None:
    assert not is_secret_name(name)


@given(st.sampled_from(SECRET), st.text(alphabet="abcdefgh", min_size=1, max_size=300))
def test_what_stands_before_the_last_words_does_not_matter(name: str, before: str) -> None:
    for joint in ("_", "-", "."):
        assert is_secret_name(f"{before}{joint}{name}")


def test_a_name_of_any_length_is_judged_by_its_end() -> None:
    assert is_secret_name("a" * 1_000_000 + "_password")
    assert not is_secret_name("password_" + "a" * 1_000_000)


@pytest.mark.parametrize(
    ("name", "value", "hidden"),
    [
        ("password", "x", True),
        ("password", "", True),
        ("otp", 123456, True),
        ("otp", 0, True),
        ("credentials", {"user": "x"}, True),
        ("password", True, False),
        ("password", False, False),
        ("password", None, False),
        ("name", "x", False),
    ],
)
def test_true_false_and_null_give_nothing_away(name: str, value: object, hidden: bool) -> None:
    assert gives_away(name, value) is hidden


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a/b?api_key=x&q=1", f"https://a/b?api_key={REDACTED}&q=1"),
        ("https://a/b?q=1&access_token=x#f", f"https://a/b?q=1&access_token={REDACTED}#f"),
        ("https://a/cb#id_token=x;y=2", f"https://a/cb#id_token={REDACTED};y=2"),
        ("wss://a/c?access_token=x", f"wss://a/c?access_token={REDACTED}"),
        ("see https://a/b?sig=x%2Fy and go", f"see https://a/b?sig={REDACTED} and go"),
        ("?user[password]=x", f"?user[password]={REDACTED}"),
        ("?api%5Fkey=x", f"?api%5Fkey={REDACTED}"),
        ("client_secret=x&grant_type=password", f"client_secret={REDACTED}&grant_type=password"),
        ("?pageToken=x&token", "?pageToken=x&token"),
        ("?token=", "?token="),
        ("?token=x=y&b=1", f"?token={REDACTED}&b=1"),
        ("https://me:pass@a/b", f"https://{REDACTED}@a/b"),
        ("https://me@a/b", f"https://{REDACTED}@a/b"),
        ("https://a/b@c", "https://a/b@c"),
        ("mail me@a.b", "mail me@a.b"),
        ("$inputs.token=='x'", "$inputs.token=='x'"),
        ("$inputs.token == 'x'", "$inputs.token == 'x'"),
        ("a=b", "a=b"),
        ("", ""),
        ("u=https://a/?token=x&b=1", f"u=https://a/?token={REDACTED}&b=1"),
        ("token=x?y&b=1", f"token={REDACTED}&b=1"),
        ('it is "token=x", or', f'it is "token={REDACTED}", or'),
        ("a=1; token=x", f"a=1; token={REDACTED}"),
        ("https://me:p@ss@h/", f"https://{REDACTED}@h/"),
    ],
)
def test_urls_and_forms_are_judged_by_their_names(text: str, shown: str) -> None:
    assert hide_pairs(text) == shown
    assert hide_pairs(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<a><Password>x</Password></a>", f"<a><Password>{REDACTED}</Password></a>"),
        ('<w:Token Type="t">x</w:Token>', f'<w:Token Type="t">{REDACTED}</w:Token>'),
        ("<name>x</name><pageToken>y</pageToken>", "<name>x</name><pageToken>y</pageToken>"),
        ("<password></password>", "<password></password>"),
        ("<password>", "<password>"),
    ],
)
def test_elements_are_judged_by_their_names(text: str, shown: str) -> None:
    assert hide_elements(text) == shown
    assert hide_elements(shown) == shown


@pytest.mark.parametrize("hide", [hide_pairs, hide_elements, hide_parts])
@pytest.mark.parametrize(
    "text",
    [
        '"' * 200_000,
        '"a":"' * 40_000,
        "<a " * 60_000,
        "?a=" * 60_000,
        ";token=?" * 30_000 + "=",
        "\\" * 200_000,
        "://" * 60_000 + "@",
    ],
)
def test_hostile_texts_take_no_time(hide: object, text: str) -> None:
    assert callable(hide)
    assert hide(text) == text


STANDS = "arazzoStandIn0123456789abcdefn7z"


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        (STANDS, True),
        (f'"{STANDS}"', True),
        (STANDS + STANDS, True),
        (f"Bearer {STANDS}", True),
        (f"session={STANDS}; a={STANDS}", True),
        (f"{STANDS}x", False),
        (f"s3cret {STANDS}", False),
        (f"session={STANDS}; a=b", False),
        (f"a b {STANDS}", False),
        ("arazzoStandIn", False),
        ("", False),
    ],
)
def test_a_stand_in_gives_nothing_away_and_what_is_beside_it_does(text: str, stands: bool) -> None:
    assert is_stand_in(text) is stands
    assert gives_away("token", text) is not stands


def test_a_stand_in_is_not_hidden_in_pairs_and_elements() -> None:
    for hide, text in (
        (hide_pairs, f"a?token={STANDS}&b=1"),
        (hide_elements, f"<token>{STANDS}</token>"),
    ):
        assert hide(text) == text
        assert REDACTED in hide(text.replace(STANDS, f"{STANDS}x"))


PARTS = (
    '--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nplain\r\n'
    '--b\r\nContent-Disposition: form-data; name="password"\r\nContent-Type: text/plain\r\n\r\nx1\r\n\r\ny1\r\n'
    "--b\r\nContent-Disposition: form-data; name=code\r\n\r\n4711\r\n--b--\r\n"
)


def test_parts_are_judged_by_their_names() -> None:
    shown = hide_parts(PARTS, frozenset({"code"}))
    assert shown == PARTS.replace("x1\r\n\r\ny1", REDACTED).replace("4711", REDACTED)
    assert hide_parts(shown, frozenset({"code"})) == shown
    assert hide_parts(PARTS) == PARTS.replace("x1\r\n\r\ny1", REDACTED)


@pytest.mark.parametrize(
    "text", ["", "--", "--b", "--b\r\n", "--b\r\n--b\r\n--b--", "- a list\n- password: x", "---\na: 1\n"]
)
def test_what_has_no_parts_is_kept(text: str) -> None:
    assert hide_parts(text) == text


@pytest.mark.parametrize(
    ("hide", "text", "shown"),
    [
        (hide_pairs, "https://a/?code=1&b=2", f"https://a/?code={REDACTED}&b=2"),
        (hide_pairs, "code=1&co%64e=2", f"code={REDACTED}&co%64e={REDACTED}"),
        (hide_elements, "<a><code>1</code></a>", f"<a><code>{REDACTED}</code></a>"),
    ],
)
def test_further_names_are_hidden_where_they_are_asked_for(hide: Callable[..., str], text: str, shown: str) -> None:
    assert hide(text, frozenset({"code"})) == shown
    assert hide(text) == text
