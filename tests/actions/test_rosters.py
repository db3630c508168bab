"""Rosters of a list and of a team: who stands on them, masked for everybody and whole for a reason that is noted."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions import rosters
from app.actions.audit import AuditGroup, AuditQuery, audit_trail
from app.actions.desk import Desk, NotAllowed
from app.actions.erasure import ErasePerson, erase_person
from app.actions.papers import PrintPaper, note_printed
from app.actions.people_list import PeopleQuery, PeopleSort, Who
from app.actions.rosters import RosterPaper, RosterTooLong, WholeRoster, roster_paper, whole_roster_paper
from app.actions.services import ApproveServices, approve_services, record_services
from app.actions.teams import ChangeLeader, change_leader
from app.domain.erasure import ErasureReason
from app.domain.orders import ReasonMissing
from app.domain.staff import Role
from app.domain.teams import TeamUnknown
from app.facts import Id
from app.sentences import sentence
from app.sentences.audit import audited
from app.storage.ids import new_id
from app.storage.types import TextTooLong
from tests.printing.papers import pages, text
from tests.support import served
from tests.support.desk import REGION, Station
from tests.support.people import resident, team, volunteer


def paper(**query: Any) -> RosterPaper:
    return RosterPaper(query=PeopleQuery(**query), about="在册志愿者 · 按姓名")


def of_team(squad: Id) -> RosterPaper:
    return RosterPaper(query=PeopleQuery(team=squad), about="全体队员 · 按姓名", team=squad)


def trail(station: Station) -> list[tuple[str, str, str]]:
    entries = audit_trail(station.sit(Role.AUDITOR), AuditQuery(group=AuditGroup.TAKEN_OUT)).entries
    return [(audited(entry.what), entry.about, entry.reason) for entry in entries]


def test_a_roster_has_what_the_list_shows_masked(desk: Desk) -> None:
    person = served.volunteer(desk, "张晓明", phone="13812340001")
    team(desk, "爱心理发队", person)
    line = served.served(person, served.at(9), 90)
    record_services(desk, served.what(line, activity="清洁家园", content="打扫河道"))
    approve_services(desk, ApproveServices(services=(line.service,)))
    volunteer(desk, "赵敏")
    made = roster_paper(desk, paper())
    [page] = pages(made.pdf)
    assert (made.title, made.object) == ("志愿者名册", "roster:volunteers/2")
    assert "在册志愿者·按姓名" in page and "共2人" in page and "姓名和电话已部分隐去" in page
    assert "序号姓名性别年龄志愿者编号电话队伍服务时长星级登记日期" in page
    row = page[page.index("张*明") :]
    for words in ("138****0001", "爱心理发队", "1小时30分"):
        assert words in row
    assert "张晓明" not in page and "13812340001" not in page


def test_it_is_narrowed_and_sorted_as_the_list_and_knows_no_window(desk: Desk) -> None:
    for name in ("安然", "曾小贤", "尉迟恭"):
        volunteer(desk, name)
    newest_first = paper(sort=PeopleSort.NAME, descending=True, offset=2, limit=1)
    said = text(roster_paper(desk, newest_first).pdf)
    assert said.index("曾*贤") < said.index("尉迟*") < said.index("安*")
    assert "共1人" in text(roster_paper(desk, paper(text="zxx")).pdf)


def test_residents_have_no_columns_of_volunteers(desk: Desk) -> None:
    volunteer(desk, "安然")
    resident(desk, "王秀英", region=REGION)
    residents = roster_paper(desk, paper(who=Who.RESIDENTS))
    said = text(residents.pdf)
    assert (residents.title, residents.object) == ("居民名册", "roster:residents/1")
    assert "序号姓名性别年龄电话身份村社区建档日期" in said
    assert "王*英" in said and "普通居民" in said and "安*" not in said
    everybody = roster_paper(desk, paper(who=Who.EVERYBODY))
    said = text(everybody.pdf)
    assert everybody.title == "志愿者和居民名册"
    assert "序号姓名性别年龄志愿者编号电话身份村社区建档日期" in said
    assert "在册志愿者" in said and "普通居民" in said


def test_the_roster_of_a_team_has_its_name_and_marks_who_leads(desk: Desk) -> None:
    leader, other = volunteer(desk, "张晓明"), volunteer(desk, "赵敏")
    squad = team(desk, "爱心理发队", leader, other)
    change_leader(desk, ChangeLeader(team=squad, person=leader))
    volunteer(desk, "孙立")
    made = roster_paper(desk, of_team(squad))
    said = text(made.pdf)
    assert (made.title, made.object) == ("爱心理发队名册", f"team_roster:{squad}/2")
    assert "张*明（队长）" in said and "赵*" in said and "赵*（队长）" not in said
    assert "孙*" not in said and "电话队伍" not in said
    with pytest.raises(TeamUnknown):
        roster_paper(desk, of_team(new_id()))


def test_a_whole_one_says_what_for_on_the_paper_and_in_the_audit(station: Station) -> None:
    squad = team(station.desk, "爱心理发队", volunteer(station.desk, "张晓明", phone="13812340001"))
    done = whole_roster_paper(station.desk, WholeRoster(paper=paper(), reason=" 开会签到 "))
    said = text(done.value.pdf)
    assert "张晓明" in said and "13812340001" in said
    assert "姓名和电话没有隐去，用于：开会签到。" in said
    assert not done.changed
    another = whole_roster_paper(station.desk, WholeRoster(paper=of_team(squad), reason="上报"))
    note_printed(station.desk, PrintPaper(object=another.value.object, printer="HP-2"))
    assert trail(station) == [
        ("打印单据", "爱心理发队名册，1 人", "HP-2"),
        ("印了全名和电话", "爱心理发队名册，1 人", "上报"),
        ("印了全名和电话", "志愿者名册，1 人", "开会签到"),
    ]


def test_a_masked_one_is_noted_when_it_is_printed(station: Station) -> None:
    resident(station.desk, "王秀英")
    for who in (Who.RESIDENTS, Who.EVERYBODY):
        made = roster_paper(station.desk, paper(who=who))
        note_printed(station.desk, PrintPaper(object=made.object, printer="HP-2"))
    assert trail(station) == [
        ("打印单据", "志愿者和居民名册，1 人", "HP-2"),
        ("打印单据", "居民名册，1 人", "HP-2"),
    ]


def test_without_a_reason_nothing_whole_is_made_nor_noted(station: Station) -> None:
    volunteer(station.desk, "张晓明")
    with pytest.raises(ReasonMissing) as refused:
        whole_roster_paper(station.desk, WholeRoster(paper=paper(), reason=" "))
    assert refused.value.field == "reason"
    with pytest.raises(TextTooLong):
        whole_roster_paper(station.desk, WholeRoster(paper=paper(), reason="开会" * 40))
    assert trail(station) == []


def test_an_auditor_gets_a_masked_one_only(station: Station) -> None:
    volunteer(station.desk, "张晓明")
    station.sit(Role.AUDITOR)
    assert "张*明" in text(roster_paper(station.desk, paper()).pdf)
    with pytest.raises(NotAllowed):
        whole_roster_paper(station.desk, WholeRoster(paper=paper(), reason="开会签到"))
    assert trail(station) == []


def test_a_roster_that_is_too_long_is_not_cut(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rosters, "MOST_ROWS", 1)
    volunteer(station.desk, "张晓明")
    assert pages(roster_paper(station.desk, paper()).pdf)
    volunteer(station.desk, "赵敏")
    with pytest.raises(RosterTooLong) as refused:
        roster_paper(station.desk, paper())
    assert sentence(refused.value) == "这里有 2 人，最多一起印 1 人。请先筛一筛，比如只看一个村或一支队伍。"
    with pytest.raises(RosterTooLong):
        whole_roster_paper(station.desk, WholeRoster(paper=paper(), reason="开会签到"))
    assert trail(station) == []


def test_who_was_erased_has_no_name_on_it(station: Station) -> None:
    person = volunteer(station.desk, "张晓明", phone="13812340001")
    request = ErasePerson(person=person, typed_name="张晓明", reason=ErasureReason.ASKED)
    erase_person(station.sit(Role.ADMINISTRATOR), request)
    everybody = paper(who=Who.EVERYBODY)
    for made in (
        roster_paper(station.desk, everybody),
        whole_roster_paper(station.desk, WholeRoster(paper=everybody, reason="上报")).value,
    ):
        said = text(made.pdf)
        assert "已删除" in said and "张晓明" not in said and "13812340001" not in said
