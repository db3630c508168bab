"""Teams (队伍) in words: refusals, what happened to a team, and why a team is proposed for an order."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.proposals import Proposal, ProposalWeights, Reason, ReasonKind
from app.domain.teams import (
    LEVEL_NAMES,
    Level,
    LevelNotAboveChild,
    LevelNotBelowParent,
    NotAMember,
    ParentClosed,
    TeamBelowItself,
    TeamClosedAlready,
    TeamHasOpenOrders,
    TeamHasTeamsBelow,
    TeamNameMissing,
    TeamNameTaken,
    TeamUnknown,
)
from app.facts.teams import (
    LeaderChanged,
    MemberJoined,
    MemberLeft,
    TeamClosed,
    TeamEdited,
    TeamFounded,
    TeamReopened,
)
from app.sentences import Names, calls, says, stays, tells
from app.sentences.categories import category_name
from app.storage.fold import Recorded
from app.words import N_, _

calls(
    ProposalWeights,
    N_("派单推荐的分量"),
    N_("推荐派给哪支队伍时，每条理由加几分、减几分。总分高的排在前面。"),
    {
        "takes": N_("做这类服务的，记 {value} 分"),
        "takes_a_part": N_("只做其中一部分的，记 {value} 分"),
        "qualified": N_("有这门手艺的，记 {value} 分"),
        "not_qualified": N_("没有这门手艺的，记 {value} 分"),
        "near": N_("在同一个村居的，记 {value} 分"),
        "each_step_away": N_("每远一级，记 {value} 分"),
        "each_open_order": N_("手上每有一单，记 {value} 分"),
        "each_star_above_three": N_("上次评价比三星每高一星，记 {value} 分"),
        "refused_this": N_("拒过这一单的，记 {value} 分"),
    },
)

_DISTANCES = (N_("同村"), N_("同镇"), N_("同县"), N_("同市"), N_("同省"), N_("外省"))
_STARS = (N_("零星"), N_("一星"), N_("二星"), N_("三星"), N_("四星"), N_("五星"))


def level(value: Level) -> str:
    return _(LEVEL_NAMES[value])


def reasons(proposal: Proposal) -> str:
    """Why a team is proposed: 会理发 · 同村 · 手上 1 单 · 上次五星."""
    return " · ".join(map(reason, proposal.reasons))


def reason(it: Reason) -> str:
    """One reason in a few characters."""
    return _REASONS[it.kind](it)


def _takes(it: Reason) -> str:
    return _("会{category}").format(category=category_name(it.text))


def _does_not_take(it: Reason) -> str:
    return _("没登记{category}").format(category=category_name(it.text))


def _qualified(it: Reason) -> str:
    return _("资质符合")


def _not_qualified(it: Reason) -> str:
    return _("缺资质：{skill}").format(skill=it.text)


def _distance(it: Reason) -> str:
    return _(_DISTANCES[it.value])


def _load(it: Reason) -> str:
    return _("手上 {count} 单").format(count=it.value) if it.value else _("手上没有单")


def _last_stars(it: Reason) -> str:
    return _("上次{stars}").format(stars=_(_STARS[it.value]))


def _average_stars(it: Reason) -> str:
    whole, tenth = divmod(it.value, 10)
    return _("平均 {stars} 星").format(stars=f"{whole}.{tenth}")


def _refused_this(it: Reason) -> str:
    return _("退过这一单")


_REASONS: dict[ReasonKind, Callable[[Reason], str]] = {
    ReasonKind.TAKES: _takes,
    ReasonKind.DOES_NOT_TAKE: _does_not_take,
    ReasonKind.QUALIFIED: _qualified,
    ReasonKind.NOT_QUALIFIED: _not_qualified,
    ReasonKind.DISTANCE: _distance,
    ReasonKind.LOAD: _load,
    ReasonKind.LAST_STARS: _last_stars,
    ReasonKind.AVERAGE_STARS: _average_stars,
    ReasonKind.REFUSED_THIS: _refused_this,
}


@says(TeamUnknown)
def _unknown(it: TeamUnknown) -> str:
    return _("没有找到这支队伍，请重新选。")


@says(TeamNameMissing)
def _name_missing(it: TeamNameMissing) -> str:
    return _("请给队伍起个名字。")


@says(TeamNameTaken)
def _name_taken(it: TeamNameTaken) -> str:
    return _("这里已经有一支“{name}”，请换个名字。").format(name=it.name)


@says(TeamClosedAlready)
def _closed(it: TeamClosedAlready) -> str:
    return _("“{name}”已经解散，不能再改。").format(name=it.name)


@says(ParentClosed)
def _parent_closed(it: ParentClosed) -> str:
    return _("“{name}”已经解散，请另选上级队伍。").format(name=it.name)


@says(TeamBelowItself)
def _below_itself(it: TeamBelowItself) -> str:
    return _("“{name}”就在这支队伍下面，不能当它的上级。").format(name=it.name)


@says(LevelNotBelowParent)
def _level_not_below(it: LevelNotBelowParent) -> str:
    return _("{level}不能放在{parent_level}下面，请换上级或级别。").format(
        level=level(it.level), parent_level=level(it.parent_level)
    )


@says(LevelNotAboveChild)
def _level_not_above(it: LevelNotAboveChild) -> str:
    return _("下面的“{child}”不比{level}低，先调整它。").format(child=it.child, level=level(it.level))


@says(TeamHasTeamsBelow)
def _teams_below(it: TeamHasTeamsBelow) -> str:
    return _("下面还有 {count} 支队伍，先解散或移走它们。").format(count=it.count)


@says(TeamHasOpenOrders)
def _open_orders(it: TeamHasOpenOrders) -> str:
    return _("手上还有 {count} 单没办完，先办完或退回。").format(count=it.count)


@says(NotAMember)
def _not_a_member(it: NotAMember) -> str:
    return _("{name}不在这支队伍里，先加入队伍。").format(name=it.name)


@tells(TeamFounded)
def tell_founded(it: Recorded[TeamFounded], names: Names) -> str:
    return _("成立，名为“{name}”").format(name=it.body.name)


@tells(TeamEdited)
def tell_edited(it: Recorded[TeamEdited], names: Names) -> str:
    return _("改了队伍资料")


@tells(MemberJoined)
def tell_joined(it: Recorded[MemberJoined], names: Names) -> str:
    return _("{person} 入队").format(person=names.person(it.body.person))


@tells(MemberLeft)
def tell_left(it: Recorded[MemberLeft], names: Names) -> str:
    return _("{person} 退队").format(person=names.person(it.body.person))


@tells(LeaderChanged)
def tell_leader(it: Recorded[LeaderChanged], names: Names) -> str:
    if it.body.person is None:
        return _("暂时没有队长")
    return _("{person} 当队长").format(person=names.person(it.body.person))


@tells(TeamClosed)
def tell_closed(it: Recorded[TeamClosed], names: Names) -> str:
    return _("解散：{reason}").format(reason=it.body.reason)


@tells(TeamReopened)
def tell_reopened(it: Recorded[TeamReopened], names: Names) -> str:
    return _("不解散了，照常接单")


stays(TeamReopened, because=N_("队伍已经照常接单。要解散，就再办一次。"))
