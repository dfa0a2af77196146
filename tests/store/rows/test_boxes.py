"""What templates set apart, as the store keeps it."""

from tests.store.conftest import Store
from threads.models import Comment, Section

ADA = "Keep or sell? [[User:Ada]] 10:00, 1 May 2019 (UTC)\n"
CEM = ":Keep. [[User:Cem]] 09:00, 2 May 2019 (UTC)\n"


def test_a_section_keeps_the_boxes_that_begin_in_it_by_their_items_places(store: Store) -> None:
    store(f"== Lamps ==\n{{{{cot|Aside}}}}\n{ADA}{CEM}{{{{cob}}}}\n== Bells ==\n{ADA}")
    first, last = (
        Comment.objects.get(author__name=name, section__heading="Lamps").position
        for name in ("Ada", "Cem")
    )
    lamps, bells = Section.objects.filter(heading_level=2).in_order()
    said = {"closed": False, "folded": True, "label": "Aside"}
    assert lamps.boxes == [{"first": first, "last": last} | said]
    assert bells.boxes == []


def test_what_is_no_longer_folded_has_no_box(store: Store) -> None:
    store(f"== Lamps ==\n{{{{cot|Aside}}}}\n{ADA}{{{{cob}}}}\n")
    assert Section.objects.get(heading="Lamps").boxes
    store(f"== Lamps ==\n{ADA}")
    assert Section.objects.get(heading="Lamps").boxes == []
