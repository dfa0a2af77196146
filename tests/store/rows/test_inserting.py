"""Many new rows into a table."""

from threads.models import Author, Wiki
from threads.store import insert_rows
from threads.store.rows.keys import reserve


def test_rows_are_added_while_those_of_a_query_are_still_being_read(wiki: Wiki) -> None:
    for name in ("Ada", "Ben", "Cem"):
        Author.objects.create(wiki=wiki, name=name)

    for author in Author.objects.order_by("name").iterator(chunk_size=1):
        (key,) = reserve(Author, 1)
        row = {"id": key, "wiki_id": wiki.pk, "name": f"Young {author.name}"}
        assert insert_rows(Author, [row]) == 1
        if author.name == "Cem":
            break

    assert Author.objects.filter(name__startswith="Young").count() == 3
