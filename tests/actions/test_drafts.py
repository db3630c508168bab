"""Drafts survive, belong to who typed them, and go with what is recorded from them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.actions.counts import CountedGift, CountStock, count_stock
from app.actions.desk import Desk, NotAllowed, Work, do
from app.actions.drafts import ForgetDraft, SaveDraft, forget_draft, my_drafts, read_draft, save_draft
from app.actions.gifts import GiftForm, ListGift, list_gift
from app.actions.people import RegisterPerson, register_person
from app.actions.staff import AdmitStaff, admit_staff
from app.actions.star_rounds import (
    OpenStarRound,
    RaiseStarObjection,
    open_star_round,
    post_star_notice,
    raise_star_objection,
)
from app.actions.stock import ReceiveBatch, WriteOffStock, receive_batch, write_off
from app.actions.wallets import DonatePoints, donate_points
from app.domain.people import Profile
from app.domain.staff import Role
from app.domain.stock import Source, WriteOff
from app.domain.wallets import DonationPolicy
from app.storage import drafts
from app.storage.engine import open_engine
from app.storage.ids import new_id
from tests.support import counter, served, star_rounds
from tests.support.databases import KEY
from tests.support.desk import PASSPHRASE, Station

FIRST, SECOND = new_id(), new_id()


def save(desk: Desk, draft: str, body: str, kind: str = "order") -> None:
    assert save_draft(desk, SaveDraft(draft=draft, kind=kind, body=body)).changed == frozenset()


def bodies(desk: Desk, kind: str = "order") -> list[str]:
    return [draft.body for draft in my_drafts(desk, kind)]


def test_several_drafts_keep_their_order_and_newest_state(station: Station) -> None:
    desk = station.desk
    save(desk, FIRST, '{"what": "买"}')
    station.clock.forward(seconds=1)
    save(desk, SECOND, '{"what": "修"}')
    station.clock.forward(seconds=1)
    for _ in range(2):
        save(desk, FIRST, '{"what": "买米"}')
    save(desk, new_id(), "{}", kind="person")
    assert bodies(desk) == ['{"what": "买米"}', '{"what": "修"}']
    assert my_drafts(desk, "order")[0].saved_at == desk.now()


def test_a_draft_is_there_after_the_program_was_killed(station: Station) -> None:
    save(station.desk, FIRST, "half a wo")
    engine = open_engine(station.desk.vault.places.database, KEY)
    assert bodies(replace(station.desk, engine=engine)) == ["half a wo"]
    engine.dispose()


def test_each_has_their_own(station: Station) -> None:
    save(station.desk, FIRST, "芳")
    administrator = station.sit(Role.ADMINISTRATOR)
    assert bodies(administrator) == []
    save(administrator, FIRST, "静")
    forget_draft(administrator, ForgetDraft(draft=FIRST))
    assert bodies(station.sit(Role.CLERK)) == ["芳"]


def test_a_draft_is_thrown_away(desk: Desk) -> None:
    save(desk, FIRST, "{}")
    forget_draft(desk, ForgetDraft(draft=FIRST))
    forget_draft(desk, ForgetDraft(draft=FIRST))
    assert bodies(desk) == []


def test_a_draft_goes_with_what_is_recorded_or_stays_with_what_is_not(desk: Desk) -> None:
    class Refused(Exception):
        pass

    save(desk, FIRST, "{}")

    def refused(work: Work) -> None:
        drafts.forget(work.connection, FIRST)
        raise Refused

    with pytest.raises(Refused):
        do(desk, refused)
    assert bodies(desk) == ["{}"]
    do(desk, lambda work: drafts.forget(work.connection, FIRST))
    assert bodies(desk) == []


def test_a_delivery_a_gift_a_write_off_and_a_count_take_their_drafts_with_them(station: Station) -> None:
    desk = station.desk
    towel, delivery, lost, count = (new_id() for _each in range(4))
    for draft in (towel, delivery, lost, count):
        save(station.sit(Role.ADMINISTRATOR), draft, "{}")
    form = GiftForm(name="毛巾", points_cents=500, unit="条")
    list_gift(desk, ListGift(gift=towel, form=form))
    receive_batch(desk, ReceiveBatch(batch=delivery, gift=towel, quantity=3, source=Source.PURCHASE))
    gone = WriteOffStock(write_off=lost, batch=delivery, quantity=1, cause=WriteOff.LOST, reason="找不到")
    write_off(desk, gone)
    assert len(bodies(desk)) == 1
    count_stock(desk, CountStock(count=count, lines=(CountedGift(gift=towel, expires_on=None, counted=2),)))
    assert bodies(desk) == []


def test_a_person_takes_the_draft_along(desk: Desk) -> None:
    save(desk, FIRST, "{}")
    register_person(desk, RegisterPerson(person=FIRST, profile=Profile(name="王秀芳")))
    assert bodies(desk) == []


def test_a_colleague_takes_the_draft_along(station: Station) -> None:
    desk = station.sit(Role.ADMINISTRATOR)
    save(desk, FIRST, "{}")
    admit_staff(desk, AdmitStaff(staff=FIRST, name="李秀兰", role=Role.CLERK, passphrase=PASSPHRASE))
    assert bodies(desk) == []


def test_points_given_away_take_the_draft_along(station: Station) -> None:
    counter.set_policy(station, DonationPolicy(allowed=True))
    giver = counter.with_points(station.desk, 45, "王建明")
    other = served.volunteer(station.desk, "李梅", phone="13900001111")
    save(station.desk, FIRST, "{}")
    donate_points(station.desk, DonatePoints(donation=FIRST, person=giver, to=other, points_cents=500))
    assert bodies(station.desk) == []


def test_a_star_review_and_an_objection_take_their_drafts_along(desk: Desk) -> None:
    star_rounds.set_table(desk)
    person = star_rounds.two_stars(desk, 60, 60)
    save(desk, FIRST, "{}")
    open_star_round(desk, OpenStarRound(star_round=FIRST, cut_off=star_rounds.CUT_OFF))
    assert bodies(desk) == []
    post_star_notice(desk, FIRST)
    save(desk, SECOND, "{}")
    words = RaiseStarObjection(
        star_round=FIRST, person=person, objection=SECOND, words="他没有来", raised_by=""
    )
    raise_star_objection(desk, words)
    assert bodies(desk) == []


def test_what_another_version_wrote_is_not_read(desk: Desk) -> None:
    save(desk, FIRST, '{"毛巾": "3"}')
    save(desk, SECOND, '["毛巾"]')
    first, second = my_drafts(desk, "order")
    assert read_draft(first, dict[str, str]) == {"毛巾": "3"}
    assert read_draft(second, dict[str, str]) is None


def test_an_auditor_types_nothing(station: Station) -> None:
    with pytest.raises(NotAllowed):
        save(station.sit(Role.AUDITOR), FIRST, "{}")
