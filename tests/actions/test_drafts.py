"""Drafts (草稿): kept for whoever typed them, until they are recorded or thrown away."""

from __future__ import annotations

import pytest

from app.actions.desk import NotAllowed, new_id
from app.actions.drafts import ForgetDraft, SaveDraft, forget_draft, my_drafts, save_draft
from app.domain.staff import Role
from tests.support.desk import Station


def test_a_draft_is_kept_as_it_was_saved_last(station: Station) -> None:
    first, second = new_id(), new_id()
    save_draft(station.desk, SaveDraft(draft=first, kind="order", body="买"))
    station.clock.forward(minutes=1)
    save_draft(station.desk, SaveDraft(draft=second, kind="order", body="理发"))
    save_draft(station.desk, SaveDraft(draft=first, kind="order", body="买米"))
    kept = my_drafts(station.desk, "order")
    assert [(draft.id, draft.body) for draft in kept] == [(first, "买米"), (second, "理发")]
    assert kept[0].saved_at == station.clock.now
    assert my_drafts(station.desk, "person") == ()


def test_nobody_sees_or_touches_the_drafts_of_somebody_else(station: Station) -> None:
    draft = new_id()
    save_draft(station.desk, SaveDraft(draft=draft, kind="order", body="买米"))
    station.sit(Role.ADMINISTRATOR)
    assert my_drafts(station.desk, "order") == ()
    save_draft(station.desk, SaveDraft(draft=draft, kind="order", body="别的"))
    forget_draft(station.desk, ForgetDraft(draft=draft))
    station.sit(Role.CLERK)
    assert [kept.body for kept in my_drafts(station.desk, "order")] == ["买米"]


def test_a_draft_is_thrown_away(station: Station) -> None:
    draft = new_id()
    save_draft(station.desk, SaveDraft(draft=draft, kind="order", body="买米"))
    forget_draft(station.desk, ForgetDraft(draft=draft))
    assert my_drafts(station.desk, "order") == ()


def test_an_auditor_keeps_no_drafts(station: Station) -> None:
    desk = station.sit(Role.AUDITOR)
    with pytest.raises(NotAllowed):
        save_draft(desk, SaveDraft(draft=new_id(), kind="order", body="买米"))
