"""A small wiki whose answers are now and then odd: seeded, so that each can be had again."""

import json
import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.webserver import Answer, Asked

SIGNED = "== Lamps ==\nLit? [[User:Ada]] 10:00, 1 May 2019 (UTC)"
REPLY = "\n:Yes. [[User:Bo]] 11:30, 2 May 2019 (UTC)"
TITLES = {7: "Talk:Oil", 8: "Talk:Oil/Archive 1", 9: "Talk:Oil/Prices"}
SITE: dict[str, Any] = {
    "general": {
        "wikiid": "lanternwiki",
        "sitename": "Lanternwiki",
        "base": "http://lanterns.example/wiki/Main_Page",
        "generator": "MediaWiki 1.39.17",
        "case": "first-letter",
        "lang": "en",
        "timezone": "UTC",
        "server": "//lanterns.example",
        "articlepath": "/wiki/$1",
        "script": "/w/index.php",
    },
    "namespaces": {
        "0": {"id": 0, "name": "", "case": "first-letter"},
        "1": {"id": 1, "name": "Talk", "canonical": "Talk", "case": "first-letter"},
        "2": {"id": 2, "name": "Keeper", "canonical": "User", "case": "first-letter"},
    },
    "namespacealiases": [{"id": 1, "alias": "T"}],
    "specialpagealiases": [{"realname": "Contributions", "aliases": ["Given"]}],
}
JSON = "application/json; charset=utf-8"
LINK = b'<html><head><link rel="EditURI" href="/w/api.php?action=rsd"></head></html>'

TEXTS = (
    *("", " ", "\x00", "a\nb", "\x1b[31m", "\ud800", "a\udfffb", "\ufeff", "\u202eabc", "\u2028"),
    *("x" * 300, "x" * 5000, "é" * 250, "🏮", "<script>alert(1)</script>", '"><b>', "{{", "[[a]]"),
    *(
        "javascript:alert(1)",
        "//evil.example",
        "https://[",
        "https://it.wikipedia.org",
        "http://a b",
    ),
    *("$1", "/wiki/", "/x/$1/$1", "/\\evil.example/$1", "//evil.example/$1", "/w/'onclick=a/$1"),
    *("itwiki", "Not a name", "de", "xx-none", "Mars/Sol", "../../etc/passwd", "Europe/Berlin"),
    *(
        "Talk:",
        ":",
        "|",
        "\x1f",
        "Talk:Oil",
        "%00",
        "../x",
        "~~~~",
        "-1",
        "9" * 400,
        "MediaWiki 1.19",
    ),
    *("0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "2019-05-01"),
    *(
        "flow-board",
        "wikitext",
        SIGNED,
        f"{SIGNED}\x00{REPLY}",
        "[[User:A\x7f]] 10:00, 1 May 2019 (UTC)",
    ),
)
NUMBERS = (0, -1, -(2**63), 2**31, 2**53, 2**63 - 1, 2**63, 2**64, 10**400, 1.5, 1e308)
OTHERS: tuple[Any, ...] = (
    None,
    True,
    False,
    float("nan"),
    float("inf"),
    [],
    {},
    [[]],
    {"": ""},
    [None],
    {"*": ""},
)
STATUSES = (100, 204, 206, 301, 302, 304, 400, 401, 403, 404, 410, 418, 429, 500, 503, 599, 999)
HEADERS = (
    *(("Retry-After", value) for value in ("9" * 400, "-5", "soon", "0", "Fri, 99 Foo 9 9:9:9 X")),
    *(
        ("Content-Type", value)
        for value in ("text/html", "", "application/json; charset=hex", "x\x7f")
    ),
    *(("Content-Encoding", value) for value in ("gzip", "br", "gzip, gzip", "nonsense", "deflate")),
    *(
        ("Location", v)
        for v in ("/w/api.php", "file:///etc/passwd", "http://[", "//", "http://\xff/")
    ),
    *(("Location", v) for v in ("http://169.254.169.254/", "javascript:alert(1)", "x" * 70_000)),
    *(("Set-Cookie", value) for value in ("a=b; expires=never", "=;=;" * 1000)),
    *(("X-Long", "y" * 200_000), ("Transfer-Encoding", "chunked"), ("Content-Length", "-1")),
)


class OddWiki:
    """Answers as MediaWiki does, until its seed has it answer otherwise."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.chance = random.Random(seed)  # noqa: S311 (makes odd answers, hides nothing)
        self.clean = self.chance.randrange(7)  # answers before the first odd one
        self.odd = self.chance.choice((1, 1, 1, 2, 1000))  # odd ones, from then on
        self.said: list[str] = []

    def __call__(self, asked: Asked) -> Answer:
        """The answer to a request."""
        told = tell(asked.question) if asked.path.endswith("/api.php") else None
        if self.clean > 0:
            self.clean -= 1
            return plain(told)
        if self.odd <= 0:
            return plain(told)
        self.odd -= 1
        return self.spoilt(told)

    def spoilt(self, told: Any) -> Answer:
        kind = self.chance.choice((*[self.of_other_shape] * 5, self.of_other_bytes, self.by_http))
        answer = kind(told)
        self.said.append(f"{kind.__name__}: {answer!r:.2000}")
        return answer

    def of_other_shape(self, told: Any) -> Answer:
        """Well-formed JSON, or nearly so, with something in it exchanged."""
        if told is None:
            return self.of_other_bytes(told)
        told = json.loads(json.dumps(told))
        for _change in range(self.chance.choice((1, 1, 2, 5))):
            self.exchange(told)
        body = json.dumps(told).encode()
        if self.chance.random() < 0.1:
            deep = self.chance.choice((60, 5000, 200_000))
            body = body.replace(b'"query": ', b'"query": ' + b"[" * deep, 1)
        if self.chance.random() < 0.1:  # the same key twice
            body = body.replace(b"{", b'{"query": 7, "title": [], "pageid": "x", ', 1)
        return Answer(body, headers={"Content-Type": JSON})

    def exchange(self, told: Any) -> None:
        """Change something somewhere in it."""
        all_of_it = list(places(told))
        if not all_of_it:
            return
        place, key = self.chance.choice(all_of_it)
        value = place[key]
        act = self.chance.randrange(8)
        if act == 0:
            del place[key]
        elif act == 1 and isinstance(place, list):
            place.extend([value] * self.chance.choice((1, 60, 6000)))
        elif act == 2:
            place[key] = self.chance.choice(([value], {"7": value}, str(value), [[value]]))
        elif act == 3:
            more = self.chance.choice(({"apcontinue": "x"}, {"continue": 1}, {"list": "x"}, {}, 7))
            told["continue"] = more
        elif act == 4:
            told["error"] = self.chance.choice(("words", {"code": "x\0", "info": 7}, {}, [], None))
        elif isinstance(value, str) and act < 7:
            place[key] = self.chance.choice((*TEXTS, value + self.chance.choice(TEXTS)))
        elif isinstance(value, int) and act < 7:
            place[key] = self.chance.choice(NUMBERS)
        else:
            place[key] = self.chance.choice((*TEXTS, *NUMBERS, *OTHERS))

    def of_other_bytes(self, told: Any) -> Answer:
        """Bytes that are not what they were."""
        good = plain(told)
        body = bytearray(good.body)
        at = self.chance.randrange(len(body))
        act = self.chance.randrange(6)
        if act == 0:
            del body[at:]
        elif act == 1:
            body[at:at] = self.chance.choice((b"\xff", b"\xed\xa0\x80", b"\0", b"\xef\xbb\xbf"))
        elif act == 2:
            body[:] = self.chance.choice((b"", b"<html>", b"<link " * 9999, b"null", b"[]", b"7"))
        elif act == 3:
            body[:] = body.replace(
                b"7", self.chance.choice((b"NaN", b"-Infinity", b"1e999", b"07"))
            )
        elif act == 4:
            link = self.chance.choice(TEXTS).encode(errors="replace")
            body[:] = b'<link rel="EditURI" href="' + link + b'/api.php">'
        else:
            body[at] = self.chance.randrange(256)
        return Answer(bytes(body), headers=good.headers)

    def by_http(self, told: Any) -> Answer:
        """What was asked for, or nothing, in an odd envelope."""
        good = plain(told)
        body = self.chance.choice((good.body, b"", b"<html>Robot?</html>"))
        name, value = self.chance.choice(HEADERS)
        status = self.chance.choice((200, 200, *STATUSES))
        act = self.chance.randrange(6)
        if act == 0:
            return Answer(body, status, good.headers, length=len(body) + 5)
        if act == 1:
            return Answer(raw=self.chance.randbytes(50))
        if act == 2:
            return Answer(
                raw=b"HTTP/1.1 200 OK\r\n" + self.chance.randbytes(20) + b"\r\n\r\n" + body
            )
        if act == 3:
            return Answer(body, status, good.headers)
        return Answer(body, status, {**good.headers, name: value})


def plain(told: Any) -> Answer:
    """The answer as MediaWiki sends it; None is a page that people read."""
    if told is None:
        return Answer(LINK, headers={"Content-Type": "text/html; charset=UTF-8"})
    return Answer(json.dumps(told).encode(), headers={"Content-Type": JSON})


def places(told: Any) -> Iterable[tuple[Any, Any]]:
    """Every value in it, as the container and the key under which it is."""
    keys = list(told) if isinstance(told, dict) else range(len(told))
    for key in keys:
        yield told, key
        if isinstance(told[key], dict | list):
            yield from places(told[key])


def tell(question: Mapping[str, str]) -> dict[str, Any]:
    """What MediaWiki would say."""
    for key, say in SAY.items():
        name, _equals, value = key.partition("=")
        if question.get(name) == value:
            return {"batchcomplete": True, "query": say(question)}
    return {"error": {"code": "badvalue", "info": "Unrecognized value."}}


def _info(question: Mapping[str, str]) -> dict[str, Any]:
    titles = question.get("titles", "").split("\x1f")
    numbers = question.get("pageids", "").split("\x1f")
    known = [n for n, title in TITLES.items() if title in titles or str(n) in numbers]
    told: list[dict[str, Any]] = [_page(n, lastrevid=10 * n + 1, length=90) for n in known]
    missing = [title for title in titles if title and title not in TITLES.values()]
    told += [{"ns": 1, "title": title, "missing": True} for title in missing]
    return {"pages": told, "redirects": [{"from": "Talk:Old oil", "to": "Talk:Oil"}]}


def _listing(name: str) -> Callable[[Mapping[str, str]], dict[str, Any]]:
    return lambda question: {
        name: [
            _page(number)
            for number, title in TITLES.items()
            if title.removeprefix("Talk:").startswith(question.get("apprefix", ""))
        ]
    }


def _revisions(question: Mapping[str, str]) -> dict[str, Any]:
    if number := question.get("pageids"):
        revisions = [{"revid": 10 * int(number) + n, "size": 90} for n in (0, 1)]
        return {"pages": [_page(int(number), revisions=revisions)]}
    numbers = [int(number) for number in question.get("revids", "").split("\x1f") if number]
    pages = sorted({number // 10 for number in numbers})
    return {
        "pages": [
            _page(page, revisions=[_revision(number) for number in numbers if number // 10 == page])
            for page in pages
        ]
    }


def _revision(number: int) -> dict[str, Any]:
    text = SIGNED + REPLY * (number % 10)
    main = {"contentmodel": "wikitext", "contentformat": "text/x-wiki", "content": text}
    time = f"2019-05-0{number % 10 + 1}T10:00:00Z"
    edit = {"parentid": 0, "user": "Ada", "comment": "lit", "minor": False}
    return {"revid": number, **edit, "timestamp": time, "slots": {"main": main}}


def _page(number: int, **more: Any) -> dict[str, Any]:
    title = TITLES.get(number, f"Talk:Lamp {number}")
    return {"pageid": number, "ns": 1, "title": title, "contentmodel": "wikitext", **more}


SAY: dict[str, Callable[[Mapping[str, str]], dict[str, Any]]] = {
    "meta=siteinfo": lambda _question: SITE,
    "list=allpages": _listing("allpages"),
    "list=categorymembers": _listing("categorymembers"),
    "prop=info": _info,
    "prop=revisions": _revisions,
}
