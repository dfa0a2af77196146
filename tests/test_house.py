"""The house is in order: what lies where, and what the README says is so."""

import ast
import re
import shlex
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from talkarchive.bootstrap import BASE_DIR
from tests.variables import settings_variables

TOP_LEVEL = {
    "deploy",
    "docs",
    ".ci",
    ".dockerignore",
    ".editorconfig",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "biome.json",
    "requirements.txt",
    "requirements-test.txt",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "fixtures",
    "manage.py",
    "pyproject.toml",
    "static",
    "talkarchive",
    "templates",
    "tests",
    "threads",
}
# Whom our files may speak of: examples, this machine, the address that clouds answer their own
# machines at, MediaWiki's own world, standards.
HOSTS = re.compile(
    r"(.+\.)?(example\.(org|com|net)|\w+\.example|127\.0\.0\.1"
    r"|wiki(media|pedia|data|books|news|quote|source|versity|voyage|functions)\.org"
    r"|wiktionary\.org|mediawiki\.org|keepachangelog\.com"
    r"|169\.254\.169\.254|wikimediafoundation\.org|creativecommons\.org|w3\.org|purl\.org|tei-c\.org)"
)
# A table of facts: where the prefixes of Wikimedia's interwiki map lead.
INTERWIKI = BASE_DIR / "threads" / "wikitext" / "site" / "data" / "interwiki.json"
ADDRESS = re.compile(r"https?://([\w-]+(?:\.[\w-]+)+)")
# A path that exists on one developer's machine only.
OWN_PATH = re.compile(r"(?<![\w.:/-])/(?:home|root|work|opt|mnt|Users)/\w")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
README = BASE_DIR / "README.md"
SPEAKING = ("talkarchive", "templates", "threads")  # what tells operators and readers anything
OPERATIONS = BASE_DIR / "docs" / "operations.md"
IMPORTING = BASE_DIR / "docs" / "importing.md"
CONFIGURATION = BASE_DIR / "docs" / "configuration.md"
DOCUMENTS = [README, *sorted((BASE_DIR / "docs").glob("*.md"))]
# A command of ours in a line, and its name.
OURS = re.compile(r"(?:manage\.py|\btalkarchive) ([a-z_]+)")


def tracked() -> list[Path]:
    """The files that git keeps."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=BASE_DIR, check=False, capture_output=True, text=True
    )
    paths = [BASE_DIR / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    """What is written in a file; "" for a picture."""
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def test_no_module_and_no_function_is_long() -> None:
    for path in tracked():
        if path.suffix != ".py" or path.parent.name == "migrations":
            continue
        text = path.read_text()
        assert text.count("\n") <= 300, f"{path} has more than 300 lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 45, f"{node.name} in {path} has {length} lines"


def test_nothing_else_stands_at_the_top() -> None:
    assert {path.relative_to(BASE_DIR).parts[0] for path in tracked()} == TOP_LEVEL


def test_no_module_is_called_utils() -> None:
    vague = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert not [path for path in tracked() if path.name in vague]


def test_files_speak_of_no_foreign_place() -> None:
    for path in tracked():
        text = text_of(path)
        assert not OWN_PATH.search(text), f"{path} holds a path of one machine"
        for host in ADDRESS.findall(text) if path != INTERWIKI else ():
            assert HOSTS.fullmatch(host), f"{path} speaks of {host}"


# Packages whose modules Django finds by their names, and whose names say what they do.
FOUND_BY_DJANGO = ("migrations", "management/commands", "templatetags")
ROOM = re.compile(r"^(\w+(?:\.py|/))  +\S.*$", re.M)  # a line of a package's docstring
PACKAGES = sorted(
    path.parent.relative_to(BASE_DIR).as_posix()
    for folder in ("talkarchive", "threads")
    for path in BASE_DIR.glob(f"{folder}/**/__init__.py")
)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_what_each_of_its_modules_holds(package: str) -> None:
    if package.removeprefix("threads/") in FOUND_BY_DJANGO:
        return
    folder = BASE_DIR / package
    described = ROOM.findall(
        ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""
    )
    modules = [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
    packages = [f"{path.parent.name}/" for path in folder.glob("*/__init__.py")]
    assert sorted(described) == sorted([*modules, *packages])


# A file, in a document.
NAMED = re.compile(r"`(\w[\w/.-]*\.(?:py|json|css|js|html|txt|md|toml|jsonl))`")


@cache
def code() -> str:
    return "".join(text_of(path) for path in tracked() if path.suffix == ".py")


@pytest.mark.parametrize("document", [p for p in tracked() if p.suffix == ".md"], ids=str)
def test_files_that_a_document_names_are_there(document: Path) -> None:
    paths = [f"/{path.relative_to(BASE_DIR)}" for path in tracked()]
    for named in NAMED.findall(document.read_text()):
        is_there = any(path.endswith(f"/{named}") for path in paths)
        assert is_there or f'"{named}"' in code(), f"{named} is not there, and nothing writes it"


# A module of ours, in code or in a comment.
OUR_FILE = re.compile(r"(?<![\w/])(?:talkarchive|tests|threads)/[\w/]+\.(?:py|json)\b")


def test_modules_that_code_names_are_there() -> None:
    for path in tracked():
        if path.suffix in (".css", ".html", ".js", ".py"):
            gone = [n for n in OUR_FILE.findall(text_of(path)) if not (BASE_DIR / n).exists()]
            assert not gone, f"{path} names {gone}"


def commands_in(document: Path) -> list[str]:
    """The command lines of a document's code blocks."""
    blocks = re.findall(r"^ *```[a-z]*\n(.*?)^ *```", document.read_text(), re.M | re.S)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if "python3 " in line or OURS.search(line)]


def test_the_readme_shows_the_two_commands() -> None:
    assert "python3 manage.py demo" in commands_in(README)
    assert "python3 -m tests" in commands_in(README)


def help_of(name: str) -> str:
    """What `manage.py NAME --help` says."""
    application = get_commands()[name]
    command = load_command_class(application, name) if isinstance(application, str) else application
    return command.create_parser("manage.py", name).format_help()


@pytest.mark.parametrize("document", [README, IMPORTING], ids=lambda path: path.name)
def test_options_that_a_document_names_exist(document: Path) -> None:
    others = "--no-skips --nthreads --nworkers"  # of our tests, and of Dask's workers
    every_help = f"{others} {help_of('serve')}"
    for line in commands_in(document):
        if command := OURS.search(line):
            said = help_of(command[1])
            assert set(OPTION.findall(line)) <= set(OPTION.findall(said)), line
            every_help += said
    assert set(OPTION.findall(document.read_text())) <= set(OPTION.findall(every_help))


def told_commands() -> list[str]:
    """The command lines of ours that documents tell users to run, from the command on."""
    lines = [line for document in DOCUMENTS for line in commands_in(document)]
    for document in DOCUMENTS:
        lines += re.findall(r"`(talkarchive [^`]+)`", document.read_text())
    found = [line[match.start() :] for line in lines if (match := OURS.search(line))]
    return sorted({line.removeprefix("manage.py").removeprefix("talkarchive") for line in found})


@pytest.mark.parametrize("line", told_commands())
def test_what_users_are_told_to_run_can_be_run(line: str) -> None:
    name, *arguments = shlex.split(line.replace("…", "x").replace("NUMBER", "7"), comments=True)
    application = get_commands()[name]
    command = load_command_class(application, name) if isinstance(application, str) else application
    command.create_parser("talkarchive", name).parse_args(arguments)


def test_what_operators_look_up_by_its_words_is_said_in_them() -> None:
    """Sentences of the product are put together over the lines that they are written on."""
    table = OPERATIONS.read_text().partition("## Troubleshooting")[2].partition("\n## ")[0]
    symptoms = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")]
    quoted = [part for cell in symptoms for part in re.findall("“(.+?)”", cell)]
    sources = [text_of(path) for path in tracked() if path.parts[len(BASE_DIR.parts)] in SPEAKING]
    said = " ".join(re.sub(r'"\s*\n\s*"', "", " ".join(sources)).split()).lower()
    phrases = {phrase.strip().lower() for part in quoted for phrase in part.split("…")}
    unknown = {phrase for phrase in phrases if phrase not in said}
    assert phrases
    assert unknown <= {"bad request"}, "the server's own answer before any page of ours"


def test_headings_that_documents_lead_to_are_there() -> None:
    for document in DOCUMENTS:
        for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", document.read_text()):
            led_to = document.parent / target if target else document
            headings = re.findall(r"^#+ (.*)$", led_to.read_text(), re.M)
            assert anchor in {
                re.sub(r"[^\w -]", "", it.lower()).replace(" ", "-") for it in headings
            }


def test_the_settings_variables_are_listed() -> None:
    documented = re.findall(r"^\| `([A-Z_]+)`", CONFIGURATION.read_text(), re.M)
    assert sorted(documented) == sorted(settings_variables())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_links_to_is_there(document: Path) -> None:
    for target in re.findall(r"(?:\]\(|src=\")([^)#\"]+)", document.read_text()):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target


# What writes or reads the dates of comments: some are of the year 1, by a slip or to sort first.
DATED = ("api", "export", "feeds", "models", "presentation", "site", "views", "wikitext")
NOW_ALONE = ("models/runs",)  # when an import or export began


def test_no_date_of_a_comment_is_written_with_a_year_of_fewer_than_four_digits() -> None:
    """“%Y” writes the year 1 as “1” on Linux, which nothing reads again; `isoformat` does not."""
    for path in tracked():
        place = (
            path.relative_to(BASE_DIR / "threads")
            if path.is_relative_to(BASE_DIR / "threads")
            else None
        )
        if path.suffix != ".py" or place is None or place.parts[0] not in DATED:
            continue
        if place.as_posix().startswith(NOW_ALONE):
            continue
        tree = ast.parse(path.read_text())
        read = {
            argument
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "strptime"
            for argument in call.args
        }
        texts = {each for each in ast.walk(tree) if isinstance(each, ast.Constant)} - read
        written = [each.lineno for each in texts if "%Y" in str(each.value)]
        assert not written, f"{path}, lines {written}: write dates with isoformat"
