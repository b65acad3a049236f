from arazzo_runner.mock.instances import words


def test_words_are_plain_and_each_is_there_once() -> None:
    for found in (words.ADJECTIVES, words.NOUNS, words.FIRST_NAMES, words.LAST_NAMES):
        assert len(set(found)) == len(found) > 5
        assert all(word.isascii() and word.isalpha() and len(word) < 15 for word in found)


def test_codes_have_the_length_of_their_standards() -> None:
    assert all(len(code) == 2 and code.isupper() for code, _ in words.COUNTRIES)
    assert all(len(code) == 3 and code.isupper() for code in words.CURRENCIES)
