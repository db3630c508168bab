"""What a saved paper gives away besides what is printed on it: its kind, station and day, and no name of anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest

from app.actions.gift_papers import gift_receipt
from app.actions.papers import order_slip
from app.actions.volunteer_cards import volunteer_card
from tests.support import counter, people, town
from tests.support.desk import STATION_NAME, Station

NAME = "欧阳翠兰"

Make = Callable[[Station], bytes]


def slip(station: Station) -> bytes:
    known = people.resident(station.desk, NAME, phone="13987650123")
    settled = town.settle_town(station.desk)
    order = town.dispatched(station.desk, settled, requester=known, beneficiary=known)
    return order_slip(station.desk, order)


def receipt(station: Station) -> bytes:
    desk = station.desk
    given = counter.redeemed(desk, counter.with_points(desk, 8, NAME), counter.stocked(station))
    return gift_receipt(desk, given.redemption)


def card(station: Station) -> bytes:
    return volunteer_card(station.desk, people.volunteer(station.desk, NAME))


@pytest.mark.parametrize(("make", "title"), [(slip, "服务单"), (receipt, "兑换凭证"), (card, "志愿者证")])
def test_a_paper_is_marked_with_no_name(station: Station, make: Make, title: str) -> None:
    pdf = make(station)
    with pypdfium2.PdfDocument(pdf) as document:
        about = document.get_metadata_dict(skip_empty=True)
        printed = "".join(page.get_textpage().get_text_range() for page in document)
    assert about.keys() <= {"Title", "Subject", "Author", "Creator", "Producer", "CreationDate", "ModDate"}
    assert (about["Author"], title in about["Title"]) == (STATION_NAME, True)
    assert NAME[0] in printed
    assert not any(part in str(about) for part in (NAME, NAME[:2], NAME[2:]))
    assert date(2026, 4, 7).strftime("%Y%m%d") in about["CreationDate"]
