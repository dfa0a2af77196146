"""Pages of a live wiki that are redirects now, with their history."""

from tests.webserver import answer
from threads.ingest.sources import PageRevision, Unusable

from .test_live_wiki import TEXT, Read, listed, page, read, revision, told

__all__ = ["read"]  # a fixture


def test_with_history_a_redirect_comes_as_it_was_before(read: Read) -> None:
    history = told(page(revisions=[{"revid": 60}, {"revid": 70}]))
    redirect = revision(70, slots={"main": {"content": "#REDIRECT [[Talk:New]]"}})
    full = told(page(revisions=[revision(60), redirect]))

    steps, server = read(
        listed(page()), told(page(redirect=True)), history, full, prefix="Talk:", history=True
    )

    before, now = steps
    assert isinstance(before, PageRevision)
    assert (before.text, before.number) == (TEXT, 60)
    assert isinstance(now, Unusable)
    assert not now.failed
    assert "This page is now a redirect" in now.reason
    assert server.asked[0].question["apfilterredir"] == "all"


def test_with_history_a_title_that_redirects_is_asked_for_itself(read: Read) -> None:
    redirects = [{"from": "Talk:Old", "to": "Talk:Oil 7"}]
    led = answer({"query": {"pages": [page()], "redirects": redirects}})
    own = page(8, title="Talk:Old", redirect=True)

    steps, server = read(
        led,
        told(own),
        listed(),
        listed(),
        told(page(), own),
        told(page(revisions=[{"revid": 70}])),
        told(page(8, revisions=[{"revid": 80}])),
        told(page(revisions=[revision(70)]), page(8, title="Talk:Old", revisions=[revision(80)])),
        titles=("Talk:Old",),
        history=True,
    )

    assert [step.title for step in steps] == ["Talk:Oil 7", "Talk:Old"]
    assert server.asked[1].question["titles"] == "\x1fTalk:Old"
