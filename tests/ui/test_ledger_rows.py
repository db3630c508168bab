"""What stands behind the figure of points: service, gifts, and whatever else gave or took them."""

from __future__ import annotations

from app.actions.services import ServiceReason, reverse_service
from app.actions.wallets import DonatePoints, ReverseRedemption, donate_points, reverse_redemption
from app.domain.wallets import DonationPolicy
from app.storage.ids import new_id
from tests.support import counter, served
from tests.support.desk import Station
from ui.parts.table import PageQuery
from ui.screens.volunteers.ledger_rows import point_lines


def test_every_line_of_points_says_what_it_is(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person, other = served.volunteer(desk), served.volunteer(desk, "李梅")
    (service,) = counter.earn(desk, person, 12)
    done = counter.redeemed(desk, person, towel)
    reverse_redemption(desk, ReverseRedemption(redemption=done.redemption, reason="拿错了"))
    counter.set_policy(station, DonationPolicy(allowed=True))
    donate_points(desk, DonatePoints(donation=new_id(), person=person, to=other, points_cents=100))
    reverse_service(desk, ServiceReason(service=service, reason="没有去"))
    page = point_lines(person)(desk, PageQuery(first=0, count=20, order="day", is_descending=True))
    told = {(row.what, row.amount) for row in page.rows}
    assert told == {
        ("买米送到家", "12 分"),
        ("买米送到家", "-11 分"),
        ("兑换 · 毛巾", "-5 分"),
        ("撤销退回 · 毛巾", "5 分"),
        ("转赠 · 李*", "-1 分"),
    }
    assert page.total == 5
