"""What is installed from the package, away from the checkout."""

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from talkarchive.bootstrap import BASE_DIR
from tests.servers import until
from tests.serving import Served

TEXT = "== Lamps ==\nLit? [[User:Ada|Ada]] 10:00, 1 May 2019 (UTC)\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built from what the sdist has, as installers do."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", f"--outdir={folder}", "."]
    built = subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`talkarchive` of an environment that has the package; what that needs comes from this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    install = ["install", "--quiet", "--no-deps", "--disable-pip-version-check", str(wheel)]
    done = subprocess.run([*pip, *install], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "bin" / "talkarchive"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody's home folder, with nothing in it."""
    return tmp_path_factory.mktemp("home")


def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.environ["PATH"]}


def run(program: Path, home: Path, *arguments: str, given: str = "") -> str:
    done = subprocess.run(
        [program, *arguments],
        cwd=home,
        env=environment(home),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def served(program: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An archive with a page, served by the package from a folder that has a clone."""
    run(program, home, "migrate", "--verbosity=0")
    given = ["--wiki=metawiki", "--title=Talk:Lamps", "-"]
    run(program, home, "import_page", *given, given=TEXT)
    command = [str(program), "serve", "--port=0", "--processes=1", "--no-access-log"]
    folder = tmp_path_factory.mktemp("clone")
    for name in ("talkarchive", "threads"):  # of another version
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("raise ImportError")
    with subprocess.Popen(
        command, cwd=folder, env=environment(home), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        address = until(process.stdout.readline).split()[-1]
        yield Served(int(address.rstrip("/").rpartition(":")[2]))
        process.terminate()


def test_it_has_all_that_is_not_pythons_and_no_tests(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    for folder in ("static", "templates", "fixtures/demo"):
        for path in (BASE_DIR / folder).rglob("*"):
            inside = f"talkarchive/files/{path.relative_to(BASE_DIR).as_posix()}"
            assert path.is_dir() or inside in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "data/"))]
    assert not [name for name in names if "__pycache__" in name]


def test_pages_are_shown_with_their_styles_and_words(served: Served) -> None:
    page = served.get("/wiki/metawiki/Talk:Lamps", **{"Accept-Language": "de"})
    assert "Lit?" in page.text
    assert 'lang="de"' in page.text
    assert "Kommentar" in page.text
    (style,) = {part for part in page.text.split('"') if part.startswith("/assets/reader.css")}
    assert served.get(style).status == 200
    assert served.get("/admin/login/").status == 200


def test_data_is_kept_where_the_system_keeps_a_users(served: Served, home: Path) -> None:
    assert (home / ".local" / "share" / "talkarchive" / "talkarchive.sqlite3").exists()


def test_sentences_name_the_command_that_is_there(program: Path, home: Path) -> None:
    done = subprocess.run(
        [program, "reparse"],
        env=environment(home) | {"TALKARCHIVE_DATA": str(home / "empty")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "“talkarchive migrate”" in done.stderr
