"""Every language's timestamps: what is written in its format is read back, to the minute."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.wikitext import UnknownLanguage, UnknownTimezone, parse_page
from threads.wikitext.site.languages import (
    DateStyle,
    Profile,
    direction,
    known_languages,
    profile_for,
    wiki_timezone,
)
from threads.wikitext.site.timestamps import TimestampPattern

CODES = [code for code, _ in known_languages()]
FORMAT_CODE = re.compile(r'xkY|xg|"([^"]*)"|\\(.)|.', re.DOTALL)
# One for each month, on days and at hours of one digit and of two, and a leap day.
MOMENTS = [
    datetime(2004, 2, 29, 0, 5, tzinfo=UTC),
    *(datetime(2007 + m, m, 5 * m % 28 + 1, 2 * m - 1, 4 * m, tzinfo=UTC) for m in range(1, 13)),
]
# What MediaWiki itself writes one minute before the end of 2019.
NEW_YEARS_EVE = [
    ("ar", "٢٣:٥٩، ٣١ ديسمبر ٢٠١٩ (ت ع م)"),
    ("bn", "২৩:৫৯, ৩১ ডিসেম্বর ২০১৯ (ইউটিসি)"),
    ("en", "23:59, 31 December 2019 (UTC)"),
    ("eu", "23:59, 31 abendua 2019 (UTC)"),
    ("fa", "\u200f۳۱ دسامبر ۲۰۱۹، ساعت ۲۳:۵۹ (UTC)"),
    ("fi", "31. joulukuuta 2019 kello 23.59 (UTC)"),
    ("gd", "23:59, 31 dhen Dùbhlachd 2019 (UTC)"),
    ("he", "23:59, 31 בדצמבר 2019 (UTC)"),
    ("hi", "२३:५९, ३१ दिसम्बर २०१९ (UTC)"),
    ("hu", "2019. december 31., 23:59 (UTC)"),
    ("ja", "2019年12月31日 (火) 23:59 (UTC)"),
    ("kk", "23:59, 2019 ж. желтоқсанның 31 (UTC)"),
    ("ko", "2019년 12월 31일 (화) 23:59 (UTC)"),
    ("lt", "23:59, 31 gruodžio 2019 (UTC)"),
    ("mr", "२३:५९, ३१ डिसेंबर २०१९ (UTC)"),
    ("my", "၂၃:၅၉၊ ၃၁ ဒီဇင်ဘာ ၂၀၁၉ (UTC)"),
    ("pl", "23:59, 31 gru 2019 (UTC)"),
    ("ru", "23:59, 31 декабря 2019 (UTC)"),
    ("sr-ec", "23:59, 31. децембар 2019. (UTC)"),
    ("sr-el", "23:59, 31. decembar 2019. (UTC)"),
    ("th", "23:59, 31 ธันวาคม 2562 (UTC)"),
    ("uk", "23:59, 31 грудня 2019 (UTC)"),
    ("vi", "23:59, ngày 31 tháng 12 năm 2019 (UTC)"),
    ("yi", "23:59, 31 דעצעמבער 2019 (UTC)"),
    ("zh", "2019年12月31日 (二) 23:59 (UTC)"),
    ("zh-hans", "2019年12月31日 (二) 23:59 (UTC)"),
    ("zh-hant", "2019年12月31日 (二) 23:59 (UTC)"),
]


def written(when: datetime, form: str, style: DateStyle) -> str:
    """A date as PHP writes it, by MediaWiki's codes and in a language's names and digits."""
    digits = style.digits or "0123456789"
    months = {"F": style.months, "xg": style.months_genitive, "M": style.months_short}
    weekdays = {"D": style.weekdays_short, "l": style.weekdays}
    numbers = {
        "d": f"{when.day:02}",
        "j": f"{when.day}",
        "n": f"{when.month}",
        "Y": f"{when.year:04}",
        "xkY": f"{when.year + 543}",
        "H": f"{when.hour:02}",
        "G": f"{when.hour}",
        "i": f"{when.minute:02}",
    }

    def part(match: re.Match[str]) -> str:
        code = match[0]
        if code in months:
            return months[code][when.month - 1]
        if code in weekdays:
            return weekdays[code][when.isoweekday() % 7]
        if code in numbers:
            return "".join(digits[int(digit)] for digit in numbers[code])
        return match[1] or match[2] or code

    return FORMAT_CODE.sub(part, form)


def read(profile: Profile, text: str) -> datetime | None:
    """The moment of the timestamp that the text is, from its first character to its last."""
    stamp = TimestampPattern(profile).find(text)
    assert stamp is not None, text
    assert text[: stamp.start].strip() == "", text
    assert stamp.end == len(text), text
    return stamp.when


@pytest.mark.parametrize("code", CODES)
def test_a_language_reads_the_timestamps_that_it_writes(code: str) -> None:
    profile = profile_for(code)
    zone = profile.zones["UTC"][0]
    for style in profile.dates:
        for form in style.formats:
            for when in MOMENTS:
                assert read(profile, f"{written(when, form, style)} ({zone})") == when


@pytest.mark.parametrize(("code", "text"), NEW_YEARS_EVE)
def test_a_language_reads_what_mediawiki_writes(code: str, text: str) -> None:
    assert read(profile_for(code), text) == datetime(2019, 12, 31, 23, 59, tzinfo=UTC)


def test_every_language_has_all_that_its_formats_ask_for() -> None:
    for code in CODES:
        for style in profile_for(code).dates:
            assert style.formats, code
            for months in (style.months, style.months_genitive, style.months_short):
                assert len(months) == 12, code
                assert all(months), code
            codes = {match[0] for form in style.formats for match in FORMAT_CODE.finditer(form)}
            assert len(style.weekdays_short) == 7 or "D" not in codes, code
            assert len(style.weekdays) == 7 or "l" not in codes, code
            assert len(set(style.digits)) in (0, 10), code


def test_english_names_of_namespaces_work_in_every_language() -> None:
    for code in CODES:
        profile = profile_for(code)
        assert "user" in profile.user, code
        assert "user talk" in profile.user_talk, code
        assert "special" in profile.special, code
        assert "contributions" in profile.contributions, code


@pytest.mark.parametrize(
    ("zone", "text", "utc"),
    [
        ("Europe/Berlin", "02:30, 27 October 2019 (CEST)", "00:30"),
        ("Europe/Berlin", "02:30, 27 October 2019 (CET)", "01:30"),
        ("Europe/London", "01:15, 27 October 2019 (BST)", "00:15"),
        ("Europe/London", "01:15, 27 October 2019 (GMT)", "01:15"),
        ("America/New_York", "01:59, 3 November 2019 (EDT)", "05:59"),
        ("America/New_York", "01:59, 3 November 2019 (EST)", "06:59"),
        ("Asia/Kolkata", "10:08, 3 November 2019 (IST)", "04:38"),
        ("America/Sao_Paulo", "10:08, 3 November 2019 (-03)", "13:08"),
    ],
)
def test_local_time_becomes_utc(zone: str, text: str, utc: str) -> None:
    when = read(profile_for("en", zone), text)
    assert when is not None
    assert f"{when:%H:%M}" == utc


def test_a_time_that_the_clock_skipped_is_an_hour_later() -> None:
    when = read(profile_for("en", "Europe/Berlin"), "02:30, 31 March 2019 (CET)")
    assert when == datetime(2019, 3, 31, 1, 30, tzinfo=UTC)


@given(st.integers(1, 9998), st.integers(1, 12), st.integers(0, 99), st.integers(0, 99), st.data())
def test_what_is_out_of_range_rolls_over(
    year: int, month: int, day: int, hour: int, data: st.DataObject
) -> None:
    minute = data.draw(st.integers(0, 99))
    style = profile_for().dates[0]
    text = f"{hour:02}:{minute:02}, {day} {style.months[month - 1]} {year:04} (UTC)"
    try:
        wanted = datetime(year, month, 1, tzinfo=UTC) + timedelta(
            days=day - 1, hours=hour, minutes=minute
        )
    except OverflowError:  # before the year 1
        return
    assert read(profile_for(), text) == wanted


@given(st.datetimes(datetime(2001, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC)))
def test_what_a_zone_writes_is_read_back_in_every_hour(when: datetime) -> None:
    when = when.replace(second=0, microsecond=0)
    for name in ("Europe/Berlin", "America/New_York", "Asia/Tehran", "Australia/Lord_Howe"):
        local = when.astimezone(ZoneInfo(name))
        text = f"{local:%H:%M}, {local.day} {local:%B %Y} ({local.tzname()})"
        assert read(profile_for("en", name), text) == when


@given(st.lists(st.sampled_from(["", "\u200e", "\u200f"]), min_size=9, max_size=9))
def test_a_mark_of_direction_may_follow_each_element(marks: list[str]) -> None:
    elements = ["10", ":", "08", ",", " ", "21", " ", "June", " "]
    text = "".join(map("".join, zip(elements, marks, strict=True)))
    assert read(profile_for(), f"{text}2019 (UTC)") == datetime(2019, 6, 21, 10, 8, tzinfo=UTC)


def test_years_of_the_buddhist_era_are_read_as_such() -> None:
    when = read(profile_for("th"), "10:08, 21 มิถุนายน 2562 (UTC)")
    assert when == datetime(2019, 6, 21, 10, 8, tzinfo=UTC)


def test_a_language_with_digits_of_its_own_reads_both() -> None:
    for text in ("١٠:٠٨، ٢١ يونيو ٢٠١٩ (UTC)", "10:08، 21 يونيو 2019 (UTC)"):
        assert read(profile_for("ar"), text) == datetime(2019, 6, 21, 10, 8, tzinfo=UTC)


def test_a_code_may_be_an_alias_and_in_any_case() -> None:
    assert profile_for("no").language == "nb"
    assert profile_for("simple").language == "en"
    assert profile_for("ZH_Hant").language == "zh-hant"


def test_a_language_is_written_from_one_side() -> None:
    assert [direction(code) for code in ("en", "he", "ar", "no such")] == [
        "ltr",
        "rtl",
        "rtl",
        "ltr",
    ]
    assert direction("kk-arab-cn") == "rtl", "a further code of one that MediaWiki has"


def test_wikis_have_their_time_zones() -> None:
    zones = [wiki_timezone(name) for name in ("dewiki", "frwiki", "enwiki", "lanternwiki")]
    assert zones == ["Europe/Berlin", "Europe/Paris", "UTC", "UTC"]


@pytest.mark.parametrize("code", ["", "xx-none", "../en", "\0"])
def test_an_unknown_language_is_named(code: str) -> None:
    with pytest.raises(UnknownLanguage, match=re.escape(f"“{code}”")):
        parse_page("", title="Talk:Harbour lights", language=code)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../UTC", "/etc/passwd", "\0", "a" * 999])
def test_an_unknown_time_zone_is_named(zone: str) -> None:
    with pytest.raises(UnknownTimezone, match=re.escape(f"“{zone}”")):
        parse_page("", title="Talk:Harbour lights", timezone=zone)
