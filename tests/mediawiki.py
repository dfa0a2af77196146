"""A throw-away MediaWiki: what a real one makes of wikitext, and what it gives away.

It is the distribution's package, run by PHP's own web server on a SQLite database in a
temporary folder. No other program may reach it, and it reaches nothing.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import parse_qsl, urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from tests import system
from tests.webserver import free_port

STARTING = 30  # seconds within which it must answer
# What a talk page of Wikimedia's wikis can use, and the package brings.
EXTENSIONS = ("Cite", "ImageMap", "Math", "ParserFunctions", "Poem", "SyntaxHighlight_GeSHi")
INTERWIKI = {
    "c": "commons.wikimedia.org",
    "de": "de.wikipedia.org",
    "m": "meta.wikimedia.org",
    "mw": "www.mediawiki.org",
    "w": "en.wikipedia.org",
}
SETTINGS = """
error_reporting( E_ALL & ~E_DEPRECATED );
$wgLanguageCode = '{language}';
$wgMainCacheType = CACHE_NONE;
$wgParserCacheType = CACHE_NONE;
$wgEnableDnsBlacklist = false;
$wgFragmentMode = [ 'html5' ];
$wgNamespacesWithSubpages[NS_MAIN] = true;
$wgPygmentizePath = '{pygmentize}';
$wgMathValidModes = [ 'source' ];
$wgDefaultUserOptions['math'] = 'source';
$wgMathDisableTexFilter = 'always';
$wgHooks['InterwikiLoadPrefix'][] = static function ( $prefix, &$row ) {{
    $hosts = [ {interwiki} ];
    if ( !isset( $hosts[$prefix] ) ) {{
        return true;
    }}
    $row = [ 'iw_prefix' => $prefix, 'iw_url' => "https://$hosts[$prefix]/wiki/$1",
        'iw_local' => 1, 'iw_trans' => 0, 'iw_api' => '', 'iw_wikiid' => '' ];
    return false;
}};
"""
# Lets a test edit, move and delete without an account, and as fast as it can.
OPEN_TO_ALL = """
$wgGroupPermissions['*'] = array_fill_keys( [ 'noratelimit', 'edit', 'createpage', 'createtalk',
    'read', 'writeapi', 'move', 'move-subpages', 'delete', 'deleterevision', 'editcontentmodel',
    'suppressredirect' ], true );
$wgNamespacesWithSubpages[NS_TALK] = true;
$wgJobRunRate = 0;
"""
# The web server's log has the questions that were asked by others than the test itself.
ASKED = re.compile(r"GET /api\.php\?(\S+)")


class MediaWikiError(RuntimeError):
    """MediaWiki cannot be set up, or refuses what it is asked."""


class MediaWiki:
    """A running MediaWiki."""

    def __init__(self, address: str, program: str, folder: Path) -> None:
        self.address = address
        self._program = program
        self._folder = folder

    def html(self, wikitext: str, title: str) -> str:
        """What a reader of the page of that title sees, were this its wikitext."""
        question = {
            "action": "parse",
            "text": wikitext,
            "title": title,
            "contentmodel": "wikitext",
            "prop": "text",
            "wrapoutputclass": "",
            "disablelimitreport": "1",
            "disableeditsection": "1",
            "disabletoc": "1",
        }
        return str(self._ask(question)["parse"]["text"])

    def version(self) -> str:
        """Such as "MediaWiki 1.39.17"."""
        question = {"action": "query", "meta": "siteinfo"}
        return str(self._ask(question)["query"]["general"]["generator"])

    def editor(self, name: str) -> "Editor":
        """A user with an account, which is made, who is logged in."""
        password = f"{name} has no other password"
        self.maintain("createAndPromote", "--force", name, password)
        return Editor(self.address, name, password)

    def edit(self, title: str, text: str, **more: str) -> int:
        """Save a page, as anonymous users may with `OPEN_TO_ALL`; out: its revision id."""
        answer = self._change("edit", title=title, text=text, **more)["edit"]
        return int(answer.get("newrevid", 0))

    def text(self, title: str) -> str:
        """The wikitext of a page."""
        question = {"action": "parse", "page": title, "prop": "wikitext"}
        return str(self._ask(question)["parse"]["wikitext"])

    def move(self, title: str, to: str, **more: str) -> None:
        """Move a page, and leave a redirect."""
        self._change("move", **{"from": title, "to": to, "reason": "", **more})

    def delete(self, title: str) -> None:
        self._change("delete", title=title)

    def hide(self, revision: int) -> None:
        """Hide a revision's text from readers."""
        self._change("revisiondelete", type="revision", ids=str(revision), hide="content")

    def dump(self, path: Path, *, history: bool = False) -> None:
        """Write what dumpBackup.php exports of the whole wiki."""
        self.maintain("dumpBackup", "--full" if history else "--current", f"--output=file:{path}")

    def asked(self) -> list[dict[str, str]]:
        """What others have asked of the API so far."""
        log = (self._folder / "log").read_text()
        return [dict(parse_qsl(question)) for question in ASKED.findall(log)]

    def maintain(self, script: str, *arguments: str) -> None:
        """Run one of MediaWiki's maintenance scripts."""
        command = ["php", f"{self._program}/maintenance/{script}.php", *arguments]
        done = subprocess.run(
            command, env=_environment(self._folder), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise MediaWikiError(f"MediaWiki's {script} failed:\n{done.stdout}{done.stderr}")

    def _change(self, action: str, **question: str) -> dict[str, Any]:
        return self._ask({"action": action, "token": "+\\", **question})

    def _ask(self, question: dict[str, str]) -> dict[str, Any]:
        return ask(self.address, question, build_opener())


class Editor:
    """A user of a running MediaWiki."""

    def __init__(self, address: str, name: str, password: str) -> None:
        self.name = name
        self._address = address
        self._opener = build_opener(HTTPCookieProcessor())
        login = {"action": "login", "lgname": name, "lgpassword": password}
        answer = self._ask(login | {"lgtoken": self._token("login")})
        if answer["login"]["result"] != "Success":
            raise MediaWikiError(f"{name} cannot log in: {answer}")
        self._csrf = self._token("csrf")

    def edit(self, title: str, text: str, **more: str) -> int:
        """Save a page; out: its revision id."""
        question = {"action": "edit", "title": title, "text": text, "token": self._csrf}
        return int(self._ask(question | more)["edit"].get("newrevid", 0))

    def _token(self, kind: str) -> str:
        question = {"action": "query", "meta": "tokens", "type": kind}
        return str(self._ask(question)["query"]["tokens"][f"{kind}token"])

    def _ask(self, question: dict[str, str]) -> dict[str, Any]:
        return ask(self._address, question, self._opener)


def ask(address: str, question: dict[str, str], opener: OpenerDirector) -> dict[str, Any]:
    """What the API of the MediaWiki at an address answers. Raises MediaWikiError."""
    data = urlencode(question | {"format": "json", "formatversion": "2"}).encode()
    with opener.open(Request(f"{address}/api.php", data)) as response:  # noqa: S310
        answer: dict[str, Any] = json.load(response)
    if "error" in answer:
        raise MediaWikiError(f"MediaWiki refuses {question['action']}: {answer['error']}")
    return answer


@contextmanager
def mediawiki(language: str = "en", settings: str = "") -> Iterator[MediaWiki]:
    """A MediaWiki in that content language, gone with all it wrote at the end.

    `settings` is PHP for its LocalSettings.php, such as `OPEN_TO_ALL`.
    """
    program = system.mediawiki()
    if program is None:
        raise MediaWikiError(f"It needs these packages: {system.PACKAGES['mediawiki'][0]}")
    folder = Path(tempfile.mkdtemp(prefix="talkarchive-mediawiki-"))
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    try:
        _install(program, folder, address, language, settings)
        with (
            (folder / "log").open("w") as log,
            subprocess.Popen(
                ["php", "-d", "opcache.enable_cli=1", "-S", f"127.0.0.1:{port}", "-t", program],
                env=_environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            ) as server,
        ):
            try:
                wiki = MediaWiki(address, program, folder)
                yield _answering(wiki, server, folder / "log")
            finally:
                server.terminate()
    finally:
        shutil.rmtree(folder)


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {"MW_CONFIG_FILE": str(folder / "LocalSettings.php")}


def _install(program: str, folder: Path, address: str, language: str, more: str) -> None:
    command = [
        *("php", f"{program}/maintenance/install.php"),
        *(f"--confpath={folder}", f"--server={address}", "--scriptpath="),
        *("--dbtype=sqlite", f"--dbpath={folder / 'data'}", "--dbname=wiki"),
        *("--pass=a password that nobody needs", "Lanternwiki", "Keeper"),
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MediaWikiError(f"MediaWiki's installer failed:\n{done.stdout}{done.stderr}")
    settings = SETTINGS.format(
        language=language,
        interwiki=", ".join(f"'{prefix}' => '{host}'" for prefix, host in INTERWIKI.items()),
        pygmentize=shutil.which("pygmentize", path=_system_path()) or "false",
    )
    loads = [f"wfLoadExtension( '{name}' );\n" for name in EXTENSIONS]
    with (folder / "LocalSettings.php").open("a", encoding="utf-8") as file:
        file.writelines([settings, *loads, more])


def _system_path() -> str:
    """Where the distribution's own programs are: its MediaWiki is made for its Pygments."""
    return "/usr/local/bin:/usr/bin:/bin"


def _answering(wiki: MediaWiki, server: subprocess.Popen[bytes], log: Path) -> MediaWiki:
    """The same, once it answers."""
    latest = time.monotonic() + STARTING
    while server.poll() is None and time.monotonic() < latest:
        try:
            wiki.version()
        except (URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return wiki
    raise MediaWikiError(f"MediaWiki does not answer:\n{log.read_text()}")
