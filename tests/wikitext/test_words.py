"""Whose words are whose, by the verdicts of a careful reader (see reference.py)."""

import io
import json
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from runpy import run_path

import pytest

from .reference import CORPUS

WORDS = CORPUS / "words.json"


@pytest.fixture(scope="module")
def shares() -> Mapping[str, int]:
    """How many comments hold somebody else's words, how many are one person's, and how many of
    each are read so."""
    command = ["score_words.py", str(WORDS), str(CORPUS / "cases"), f"--python={sys.executable}"]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as output:
        patch.setattr(sys, "argv", command)
        run_path(str(CORPUS / "score_words.py"), run_name="__main__")
    lines = [json.loads(line) for line in output.getvalue().splitlines()[-2:]]
    return {**lines[0], **lines[1]}


def test_nobodys_words_stand_under_anothers_name(shares: Mapping[str, int]) -> None:
    assert shares["split_right"] >= 0.9 * shares["split"]


def test_what_one_person_wrote_stays_together(shares: Mapping[str, int]) -> None:
    assert shares["one_kept"] >= 0.97 * shares["one"]


def test_the_rest_of_a_parted_comment_stays_with_its_signer(shares: Mapping[str, int]) -> None:
    assert shares["rest_kept"] >= 0.9 * shares["split_right"]
