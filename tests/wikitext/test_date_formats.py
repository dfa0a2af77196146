"""A wiki's own profile: its date formats, by all of MediaWiki's codes, and what is refused."""

from datetime import UTC, datetime

import pytest

from threads.wikitext import BadProfile, parse_page
from threads.wikitext.site.languages import profile_for

from .test_languages import read


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("c", "2019-03-02T14:05:00+00:00 (UTC)"),
        ("xNc", "2019-03-02T14:05:00+00:00 (UTC)"),
        ('xnY-xnm-xnd"T"xnH:xni:xns', "2019-03-02T14:05:07 (UTC)"),
        ("xNY-m-dxN H:i", "2019-03-02 १४:०५ (UTC)"),
        ("d.m.y, H:i", "०२.०३.१९, १४:०५ (UTC)"),
        ("g:i A, j F Y", "२:०५ PM, २ मार्च २०१९ (UTC)"),
        ("h:i a, j F Y", "०२:०५ pm, २ मार्च २०१९ (UTC)"),
        ("H:i, j xrn Y", "१४:०५, २ III २०१९ (UTC)"),
        ("H:i, j F xrY", "१४:०५, २ मार्च MMXIX (UTC)"),
        ("H:i, xhj F xhY", "१४:०५, ב' मार्च ב'י\"ט (UTC)"),
        ("xoY/n/j H:i", "१०८/३/२ १४:०५ (UTC)"),
        ("xkY/n/j H:i", "२५६२/३/२ १४:०५ (UTC)"),
        ("xtY年n月j日 H:i", "平成31年३月२日 १४:०५ (UTC)"),
        ("D, l, H:i, j F Y", "Sat, शनिवार, १४:०५, २ मार्च २०१९ (UTC)"),
        ("H:i, j F Y, w N z W t L o", "१४:०५, २ मार्च २०१९, ६ ६ ६० ०९ ३१ ० २०१९ (UTC)"),
        ("H:i, j F Y e T O P I Z", "१४:०५, २ मार्च २०१९ UTC UTC +0000 +00:00 ० ० (UTC)"),
        ('H"h"i\\m, j "d"\\e F xxY', "१४h०५m, २ de मार्च x२०१९ (UTC)"),
        ('H:i, j F Y"', '१४:०५, २ मार्च २०१९" (UTC)'),
        ("H:i, j F Y\\", "१४:०५, २ मार्च २०१९\\ (UTC)"),
        ("k H:i, j F Y", "k १४:०५, २ मार्च २०१९ (UTC)"),
    ],
)
def test_all_date_codes_of_mediawiki_are_read(form: str, text: str) -> None:
    profile = profile_for("hi", profile={"formats": [form], "digits": "०१२३४५६७८९"})
    assert read(profile, text) == datetime(2019, 3, 2, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(("hour", "read_as"), [("12:05 am", 0), ("1:05 am", 1), ("12:05 pm", 12)])
def test_an_hour_of_twelve_is_read_with_its_half_of_the_day(hour: str, read_as: int) -> None:
    profile = profile_for(profile={"formats": ["g:i a, j F Y"]})
    when = read(profile, f"{hour}, 2 March 2019 (UTC)")
    assert when == datetime(2019, 3, 2, read_as, 5, tzinfo=UTC)


def test_the_first_year_of_an_era_has_a_word_of_its_own() -> None:
    profile = profile_for("ja", profile={"formats": ["xtY年n月j日 H:i"]})
    assert read(profile, "令和元年5月2日 14:05 (UTC)") == datetime(2019, 5, 2, 14, 5, tzinfo=UTC)


BAD_PROFILES: list[tuple[dict[str, object], str]] = [
    ({"month": []}, "no field “month”"),
    ({"months": ["January"]}, "“months” must name twelve months"),
    ({"weekdays": ["Sunday"]}, "“weekdays” must name seven days"),
    ({"formats": "H:i"}, "“formats” must be a list of texts"),
    ({"formats": []}, "“formats” must name at least one date format"),
    ({"formats": ["H:i, j F"]}, "“H:i, j F” has no year"),
    ({"formats": ["H:i, j Y"]}, "has no month"),
    ({"formats": ["H:i, F Y"]}, "has no day"),
    ({"formats": ["j F Y"]}, "has no hour"),
    ({"formats": ["H, j F Y"]}, "has no minute"),
    ({"formats": ['H:i, "j" F Y']}, "has no day"),
    ({"formats": ["H:i, \\j F Y"]}, "has no day"),
    ({"formats": ["g:i, j F Y"]}, "“g” of a 12-hour clock"),
    ({"formats": ["H:i, j F Y xq"]}, "“xq”, which MediaWiki does not know"),
    ({"formats": ["H:i, j F xkq"]}, "“xkq”, which MediaWiki does not know"),
    ({"formats": ["H:i, xjj xjF xjY"]}, "“xjj” of the Hebrew calendar"),
    ({"formats": ["H:i, xij xiF xiY"]}, "“xij” of the Iranian calendar"),
    ({"formats": ["H:i, xmj xmF xmY"]}, "“xmj” of the Islamic calendar"),
    ({"formats": ["H:i, j F Y", "U"]}, "“U”, which is not supported"),
    ({"user": [2]}, "“user” must be a list of texts"),
    ({"zones": {"UTC": "UTC"}}, "“zones” must be a list of texts"),
    ({"zones": ["UTC"]}, "“zones”"),
    ({"digits": "012"}, "“digits” must be ten characters"),
    ({"templates": []}, "“templates” must map names"),
    ({"templates": {"Lit": "word"}}, "“Lit” must map names of facts"),
    ({"templates": {"Lit": {"effect": "glow"}}}, "no effect of the kind “glow”"),
    ({"templates": {"Lit": {"effect": "word"}}}, "“Lit” lacks “word”"),
    ({"templates": {"Lit": {"effect": "word", "word": "x", "by": "x"}}}, "“Lit” has “by”"),
    ({"templates": {"Lit": {"effect": "word", "word": 5}}}, "“Lit” gives “word” a value"),
]


@pytest.mark.parametrize(("profile", "complaint"), BAD_PROFILES)
def test_a_bad_profile_is_told_what_is_wrong(profile: dict[str, object], complaint: str) -> None:
    with pytest.raises(BadProfile, match=complaint):
        parse_page("", title="Talk:Harbour lights", profile=profile)
