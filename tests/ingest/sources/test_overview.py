"""What a live wiki has to import is found by its namespaces."""

import pytest
from pytest_django import Settings

from tests.webserver import answer, web_server
from threads.ingest.sources.overview import TalkNamespace, talk_namespaces
from threads.models import Wiki

NAMESPACES = {
    "-1": {"name": "Spezial"},
    "0": {"name": ""},
    "1": {"name": "Diskussion"},
    "2": {"name": "Benutzer"},
    "3": {"name": "Benutzer Diskussion"},
    "11": {"name": "Vorlage Diskussion"},
}


@pytest.mark.django_db
def test_each_namespace_of_discussions_tells_its_first_pages(settings: Settings) -> None:
    def listed(*titles: str, **more: object) -> object:
        pages = [
            {"pageid": number, "ns": 1, "title": title} for number, title in enumerate(titles, 1)
        ]
        return answer({"query": {"allpages": pages}, **more})

    answers = [
        listed("Diskussion:A", "Diskussion:B", **{"continue": {"apcontinue": "C"}}),
        listed(),
        listed("Vorlage Diskussion:D"),
    ]
    with web_server(answers) as server:  # type: ignore[arg-type]
        settings.IMPORT_PRIVATE_HOSTS = [server.host]
        wiki = Wiki(
            dbname="lanternwiki", api_url=f"{server.address}/api.php", namespaces=NAMESPACES
        )
        found = talk_namespaces(wiki)

    assert found == [
        TalkNamespace("Diskussion:", ["Diskussion:A", "Diskussion:B"], has_more=True),
        TalkNamespace("Vorlage Diskussion:", ["Vorlage Diskussion:D"], has_more=False),
    ]
