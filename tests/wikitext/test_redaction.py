"""Names, addresses and comments in wikitext, redacted."""

from datetime import datetime

import pytest

from threads.wikitext import ParsedPage, parse_page
from threads.wikitext.redaction.addresses import masked
from threads.wikitext.redaction.names import Renaming
from threads.wikitext.redaction.redacting import Redaction
from threads.wikitext.site.languages import profile_for

ADA_BELL = Renaming("Ada Bell", "Author 7", spared=("Ada Bell Tower",))
WILL = Renaming("Will", "Author 8", everywhere=False)


def redaction(*renamings: Renaming, language: str = "en", masks: bool = False) -> Redaction:
    return Redaction(profile_for(language), renamings, masks=masks)


@pytest.mark.parametrize(
    ("wikitext", "shown"),
    [
        ("[[User:Ada Bell]]", "[[User:Author 7]]"),
        ("[[user:ada_Bell|the Countess]]", "[[user:Author_7|Author 7]]"),
        ("[[User talk:Ada Bell|talk]]", "[[User talk:Author 7|talk]]"),
        ("[[User talk:Ada Bell|<b>me</b>]]", "[[User talk:Author 7|Author 7]]"),
        ("[[Special:Contributions/Ada Bell|c]]", "[[Special:Contributions/Author 7|c]]"),
        ("[[w:User:Ada Bell|A]]", "[[w:User:Author 7|Author 7]]"),
        ("[[User:Ada Bell/Notes|notes]]", "[[User:Author 7/Notes|Author 7]]"),
        ("[[User:Ada Bell Tower|Ada Bell Tower]]", "[[User:Ada Bell Tower|Ada Bell Tower]]"),
        ("As Ada Bell Tower and Ada Bell say", "As Ada Bell Tower and Author 7 say"),
        ("AdaBell, Ada Bells, ada bell", "AdaBell, Ada Bells, ada bell"),
        ("{{ping|Ada Bell}}", "{{ping|Author 7}}"),
        ("https://x.example/wiki/User:Ada_Bell", "https://x.example/wiki/User:Author_7"),
        ("https://x.example/wiki/User:Ada%20Bell", "https://x.example/wiki/User:Author_7"),
        (
            "[https://x.example/wiki/User:Ada_Bell her]",
            "[https://x.example/wiki/User:Author_7 Author 7]",
        ),
        ("&#65;da Bell", "Author 7"),
        ("[[#c-Ada_Bell-2019-05-01T10:00:00.000Z]]", "[[#c-Author_7-2019-05-01T10:00:00.000Z]]"),
        # Blanks, and what is not seen.
        ("[[User:Ada&#95;Bell|A]] Ada%5FBell", "[[User:Author 7|Author 7]] Author_7"),
        ("[[User:Ada\u3000Bell|A]] Ada&thinsp;Bell", "[[User:Author 7|Author 7]] Author 7"),
        ("[[User:A\u200eda Bell\u200e|A]]", "[[User:Author 7\u200e|Author 7]]"),
        ("[[User:Ada <!-- x -->Bell<!-- y -->|A]]", "[[User:Author 7<!-- y -->|Author 7]]"),
        ("Ada\nBell, Ada\n\nBell", "Author 7, Ada\n\nBell"),
        ("'''Ada''' ''Bell''", "'''Author 7''"),
        # Links to somebody or something else.
        ("[[User:Ben|Ada Bell]]", "[[User:Ben|Author 7]]"),
        ("[[User talk:Ben#To Ada Bell|A]]", "[[User talk:Ben#To Author 7|A]]"),
        ("[//x.example/wiki/User:Ben#Ada_Bell A]", "[//x.example/wiki/User:Ben#Author_7 A]"),
        ("[[User:Ada Bell Jr|Ada Bell Jr]]", "[[User:Ada Bell Jr|Ada Bell Jr]]"),
        ("[[Special:Log/Ada Bell|A]]", "[[Special:Log/Author 7|Author 7]]"),
        ("[{{fullurl:User:Ada Bell|a=b}} A]", "[{{fullurl:User:Author 7|a=b}} Author 7]"),
        # Words that begin behind what is encoded, and in anchors of older wikis.
        ("//x.example/?title=User%3AAda_Bell", "//x.example/?title=User%3AAuthor_7"),
        ("//x.example/?q=by%20Ada%20Bell", "//x.example/?q=by%20Author_7"),
        ("//x.example/?q=User%253AAda%2520Bell", "//x.example/?q=User%253AAuthor_7"),
        ("[[Talk:X#User.3AAda_Bell]]", "[[Talk:X#User.3AAuthor_7]]"),
        ("@ada Bell, User:ada Bell", "@Author 7, User:Author 7"),
    ],
)  # fmt: skip
def test_a_name_is_replaced_in_every_spelling(wikitext: str, shown: str) -> None:
    assert redaction(ADA_BELL).words(wikitext) == shown
    assert redaction(ADA_BELL).words(shown) == shown


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("René Noël", "Ren&eacute; No&euml;l"),
        ("René Noël", "Rene\u0301 Noe\u0308l"),
        ("René Noël", "Ren.C3.A9_No.C3.ABl"),
        ("O'Brien & Co", "O&#39;Brien &amp; Co"),
        ("O'Brien & Co", "O.27Brien_.26_Co"),
        ("İbrahim", "%C4%B0brahim"),  # whose small letter is two
        ("ßeta", "&szlig;eta"),  # whose capital letter is two
        ("A.B. “C”", "A&period;B&period; &ldquo;C&rdquo;"),
        ("علي الكبير", "علي\u200f_الكبير"),
        ("2001:DB8:0:0:0:0:0:7", "2001:0db8::0007"),
        ("198.51.100.7", "198.051.100.007"),
    ],
)
def test_a_name_of_any_letters_is_replaced(name: str, spelled: str) -> None:
    shown = redaction(Renaming(name, "Ada")).words(f"[[User:{name}|x]], {name}, {spelled}!")
    assert shown == "[[User:Ada|Ada]], Ada, Ada!"


@pytest.mark.parametrize(
    "piece", ["A", "Ada ", "Ada", "A<!--", "A<!---->", "A''", "Ada%20", "User:", "[[User:A", "c-y-"]
)
def test_hostile_texts_come_to_an_end(piece: str) -> None:
    assert redaction(ADA_BELL).words(f"Ada Bell {piece * 20_000}").startswith("Author 7 ")


@pytest.mark.parametrize(
    ("wikitext", "shown"),
    [
        ("Will it rain? [[User:Will|Bill]]", "Will it rain? [[User:Author 8|Author 8]]"),
        ("{{ping|Will}} {{x|a=Will }}", "{{ping|Author 8}} {{x|a=Author 8 }}"),
        ("[[Will]]", "[[Will]]"),
        ("https://x.example/wiki/User:Will", "https://x.example/wiki/User:Author_8"),
        ("[[#c-Will-2019-05-01T10:00:00.000Z]]", "[[#c-Author_8-2019-05-01T10:00:00.000Z]]"),
        ("#c-B-20190501103000-Will-20190501100000", "#c-B-20190501103000-Author_8-20190501100000"),
        ("{{User:Will/s}} {{ping|User:Will}}", "{{User:Author 8/s}} {{ping|User:Author 8}}"),
        ("User talk:Will/2019, User:will", "User talk:Author 8/2019, User:Author 8"),
        ("Special:Contributions/Will", "Special:Contributions/Author 8"),
    ],
)  # fmt: skip
def test_a_name_that_is_a_word_is_replaced_where_it_names_somebody(
    wikitext: str, shown: str
) -> None:
    assert redaction(WILL).words(wikitext) == shown


def test_namespaces_are_the_wikis_own() -> None:
    german = redaction(ADA_BELL, language="de")
    assert german.words("[[Benutzerin:Ada Bell|A]]") == "[[Benutzerin:Author 7|Author 7]]"
    assert german.title("Benutzer Diskussion:Ada Bell/Archiv") == (
        "Benutzer Diskussion:Author 7/Archiv"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[User:198.51.100.7]]", "[[User:198.51.100.xxx]]"),
        ("c-198.51.100.7-2019-05-01T10:00:00.000Z", "c-198.51.100.xxx-2019-05-01T10:00:00.000Z"),
        ("2001:DB8:0:0:0:0:0:7", "2001:DB8:0:xxxx"),
        ("User:2001%3ADB8%3A1%3A0%3A0%3A0%3A0%3A7", "User:2001:DB8:1:xxxx"),
        ("2001:db8:1::7", "2001:DB8:1:xxxx"),
        ("at 10:00:00, 999.1.1.1", "at 10:00:00, 999.1.1.1"),
        ("1.2.3.4.5", "1.2.3.4.5"),
        ("::Abe: no", "::Abe: no"),
        ("198.51.100.xxx", "198.51.100.xxx"),
        ("[[#What_198.51.100.7_said]]", "[[#What_198.51.100.xxx_said]]"),
        ("_2001:db8:1::7_", "_2001:DB8:1:xxxx_"),
        ("Special%3AContributions%2F198.51.100.7", "Special%3AContributions%2F198.51.100.xxx"),
        ("User%3A2001%3Adb8%3A1%3A%3A7", "User%3A2001:DB8:1:xxxx"),
        ("User.3A2001.3Adb8.3A1.3A.3A7", "User.3A2001:DB8:1:xxxx"),
        ("198&#46;51&#46;100&#46;7", "198.51.100.xxx"),
    ],
)
def test_addresses_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize("address", ["198.51.100.7", "2001:DB8:0:0:0:0:0:7"])
def test_a_masked_address_still_signs(address: str) -> None:
    text = masked(f"Yes. [[User:{address}|{address}]] 10:00, 1 May 2019 (UTC)")
    (comment,) = read(text).comments
    assert comment.author == masked(address)


def read(text: str) -> ParsedPage:
    return parse_page(text, title="Talk:Plan")


def readings(text: str, _since: datetime | None) -> list[ParsedPage]:
    return [read(text)]
