"""Reviews of stars (星级评定) in words: stages, refusals and what happened."""

from __future__ import annotations

from app.actions.star_review import NothingAwarded, StarAward
from app.actions.star_rounds import StarRoundUnknown
from app.domain.moments import full_date
from app.domain.numerals import cardinal
from app.domain.star_rounds import (
    AwardNotThere,
    CutOffAhead,
    NobodyLeft,
    NobodyToPropose,
    NotAtThisStage,
    NoticeNotOver,
    NotProposed,
    ObjectionNotOpen,
    ObjectionsOpen,
    ObjectionWithoutWords,
    OpenedByYourself,
    RoundStillOpen,
    ShortOfHours,
    Stage,
    StillProposed,
)
from app.facts.star_rounds import (
    StarAwarded,
    StarAwardRevoked,
    StarNote,
    StarNoticePosted,
    StarObjectionAnswered,
    StarObjectionRaised,
    StarObjectionWords,
    StarProposalDropped,
    StarProposalKept,
    StarRoundClosed,
    StarRoundOpened,
)
from app.sentences import Names, says, stays, tells
from app.storage.fold import Recorded
from app.words import N_, _

_STAGES = {
    Stage.REVIEW: N_("在审"),
    Stage.NOTICE: N_("公示中"),
    Stage.AWARDED: N_("已授星"),
    Stage.GIVEN_UP: N_("没有授星"),
}


def stage(value: Stage) -> str:
    return _(_STAGES[value])


def stars(level: int) -> str:
    """三星."""
    return _("{level}星").format(level=cardinal(level))


def awarded(award: StarAward) -> str:
    """Which star somebody has, since when and by which review."""
    words = (
        _("{day}授予{level}星（截止{cut_off}的评定），后来有记录撤销，核减后不足")
        if award.is_short
        else _("{day}授予{level}星（截止{cut_off}的评定）")
    )
    return words.format(
        day=full_date(award.awarded_on), level=cardinal(award.level), cut_off=full_date(award.cut_off)
    )


@says(StarRoundUnknown)
def round_unknown(problem: StarRoundUnknown) -> str:
    return _("这里没有这次评定，或者没有这个人。")


@says(NothingAwarded)
def nothing_awarded(problem: NothingAwarded) -> str:
    return _("没有可以印的星级证书，授星以后再印。")


@says(RoundStillOpen)
def round_still_open(problem: RoundStillOpen) -> str:
    return _("截止{day}的评定还没有办完，先办完它再开新的。").format(day=full_date(problem.cut_off))


@says(CutOffAhead)
def cut_off_ahead(problem: CutOffAhead) -> str:
    return _("截止日期最晚是今天，{day}。").format(day=full_date(problem.today))


@says(NobodyToPropose)
def nobody_to_propose(problem: NobodyToPropose) -> str:
    return _("到{day}，没有人达到比已授星级更高的标准。").format(day=full_date(problem.cut_off))


@says(NotAtThisStage)
def not_at_this_stage(problem: NotAtThisStage) -> str:
    return _("这次评定现在是“{stage}”，这一步不能做了。").format(stage=stage(problem.stage))


@says(NotProposed)
def not_proposed(problem: NotProposed) -> str:
    return _("这个人不在名单里。")


@says(StillProposed)
def still_proposed(problem: StillProposed) -> str:
    return _("这个人还在名单里。")


@says(NobodyLeft)
def nobody_left(problem: NobodyLeft) -> str:
    return _("名单上已经没有人了，可以结束这次评定。")


@says(ShortOfHours)
def short_of_hours(problem: ShortOfHours) -> str:
    return _("有 {count} 位核减后时长不足，先逐个看过，不够的移出名单。").format(count=problem.count)


@says(NoticeNotOver)
def notice_not_over(problem: NoticeNotOver) -> str:
    return _("公示到{last}为止，{first}起才能授星。").format(
        last=full_date(problem.last_day), first=full_date(problem.from_day)
    )


@says(ObjectionsOpen)
def objections_open(problem: ObjectionsOpen) -> str:
    return _("还有 {count} 条异议没有答复，答复以后才能授星。").format(count=problem.count)


@says(OpenedByYourself)
def opened_by_yourself(problem: OpenedByYourself) -> str:
    return _("这次评定是您发起的，要由另一位管理员授星。")


@says(ObjectionWithoutWords)
def objection_without_words(problem: ObjectionWithoutWords) -> str:
    return _("写上异议的内容。")


@says(ObjectionNotOpen)
def objection_not_open(problem: ObjectionNotOpen) -> str:
    return _("没有这条异议，或者已经答复过了。")


@says(AwardNotThere)
def award_not_there(problem: AwardNotThere) -> str:
    return _("这个人在这次评定里没有授星，或者已经撤销了。")


@tells(StarRoundOpened)
def tell_opened(it: Recorded[StarRoundOpened], names: Names) -> str:
    return _("发起评定，时长截止{day}，提名 {count} 位").format(
        day=full_date(it.body.cut_off), count=len(it.body.proposals)
    )


@tells(StarProposalDropped)
def tell_dropped(it: Recorded[StarProposalDropped], names: Names) -> str:
    who, why = names.person(it.body.person), _why(it)
    return _("{who}移出名单：{why}").format(who=who, why=why) if why else _("{who}移出名单").format(who=who)


@tells(StarProposalKept)
def tell_kept(it: Recorded[StarProposalKept], names: Names) -> str:
    return _("{who}放回名单").format(who=names.person(it.body.person))


@tells(StarNoticePosted)
def tell_posted(it: Recorded[StarNoticePosted], names: Names) -> str:
    return _("公示，到{day}为止").format(day=full_date(it.body.last_day))


@tells(StarObjectionRaised)
def tell_raised(it: Recorded[StarObjectionRaised], names: Names) -> str:
    who, words = names.person(it.body.person), it.part(it.body.person, StarObjectionWords)
    if words is None:
        return _("有人对{who}提出异议").format(who=who)
    return _("有人对{who}提出异议：{words}").format(who=who, words=words.text)


@tells(StarObjectionAnswered)
def tell_answered(it: Recorded[StarObjectionAnswered], names: Names) -> str:
    upheld = _("对{who}的异议成立，移出名单：{why}") if it.body.upheld else _("对{who}的异议不成立：{why}")
    return upheld.format(who=names.person(it.body.person), why=_why(it) or "—")


@tells(StarAwarded)
def tell_awarded(it: Recorded[StarAwarded], names: Names) -> str:
    return _("授予{who}{level}星，证书 {number}").format(
        who=names.person(it.body.person), level=cardinal(it.body.level), number=it.body.number
    )


@tells(StarAwardRevoked)
def tell_revoked(it: Recorded[StarAwardRevoked], names: Names) -> str:
    return _("撤销{who}的星级：{why}").format(who=names.person(it.body.person), why=_why(it) or "—")


@tells(StarRoundClosed)
def tell_closed(it: Recorded[StarRoundClosed], names: Names) -> str:
    return _("授星完毕") if it.body.awarded else _("结束评定，没有授星")


def _why(
    it: Recorded[StarProposalDropped] | Recorded[StarObjectionAnswered] | Recorded[StarAwardRevoked],
) -> str:
    note = it.part(it.body.person, StarNote)
    return note.text if note else ""


stays(StarNoticePosted, because=N_("公示已经贴出去了。不评了，就结束这次评定。"))
stays(
    *(StarObjectionRaised, StarObjectionAnswered),
    because=N_("异议和答复要留着。情况有变，再记一条。"),
)
stays(
    *(StarAwarded, StarAwardRevoked, StarRoundClosed),
    because=N_("评定已经结束，撤不掉。评错了，就收回这个人的星级，写明原因。"),
)
