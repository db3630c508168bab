"""What is done in a review of stars (评定的手续): each asks once, says what it does, and starts its action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.actions.star_review import RoundEntry, StarEntry, StarObjection
from app.actions.star_rounds import (
    AnswerStarObjection,
    StarPerson,
    StarReason,
    answer_star_objection,
    award_stars,
    drop_star,
    give_up_star_round,
    keep_star,
    post_star_notice,
    revoke_star,
)
from app.domain.problems import Refusal
from app.sentences import sentence
from app.sentences import star_rounds as words
from app.words import N_, _
from ui.parts.question import Answer, Answered, Deed, Question, ask, ask_and_do
from ui.screen import Services
from ui.screens.stars.forms import ObjectionForm

_DROPPED_BECAUSE = (N_("核减后不足"), N_("重复登记"), N_("本人不要"), N_("查实有问题"))
_ANSWERED = (N_("查过了，记录齐全"), N_("查实没有去"), N_("时长记多了"))
_REVOKED_BECAUSE = (N_("核减后不足"), N_("查实弄虚作假"), N_("授错了"))


class Doer(QObject):
    """``refused`` is told the sentence of what cannot be done."""

    def __init__(self, app: Services, owner: QWidget, refused: Callable[[str], None]) -> None:
        super().__init__(owner)
        self._app, self._owner, self._refused = app, owner, refused

    def post(self, entry: RoundEntry, posted: Callable[[date], None]) -> None:
        does = _("从今天起公示至少 {days} 个工作日。公示以后，移出的人不能再放回。").format(
            days=entry.notice_working_days
        )
        question = Question(
            _("公示这 {count} 位？").format(count=entry.proposed),
            (Answer(_("公示"), "post", does, kind="primary"),),
        )
        ask(self._owner, question, lambda _answer: self._run(post_star_notice, entry.id, posted))

    def award(self, entry: RoundEntry) -> None:
        def done(count: int) -> None:
            self._app.banner.news(_("授星 {count} 位，证书可以印了").format(count=count))

        question = Question(
            _("给这 {count} 位授星？").format(count=entry.proposed),
            (Answer(_("授星"), "award", _("每人一张证书，记进档案，评定就办完了。"), kind="primary"),),
        )
        ask(self._owner, question, lambda _answer: self._run(award_stars, entry.id, done))

    def give_up(self, entry: RoundEntry) -> None:
        def done(_nothing: None) -> None:
            self._app.banner.news(_("这次评定结束了，没有授星"))

        question = Question(
            _("结束这次评定，不授星？"),
            (Answer(_("结束评定"), "end", _("名单留着，以后可以重新发起。"), kind="danger"),),
        )
        ask(self._owner, question, lambda _answer: self._run(give_up_star_round, entry.id, done))

    def drop(self, entry: RoundEntry, person: StarEntry) -> None:
        def deed(it: Answered) -> Deed:
            request = StarReason(star_round=entry.id, person=person.person, reason=it.reason)
            return Deed(drop_star, request, _nothing_more)

        question = Question(
            _("把{who}移出名单？").format(who=person.who),
            (Answer(_("移出"), "drop", _("这次不授星，时长都留着。"), kind="danger"),),
            reasons=tuple(_(reason) for reason in _DROPPED_BECAUSE),
        )
        ask_and_do(self._owner, self._app.jobs, question, deed)

    def keep(self, entry: RoundEntry, person: StarEntry) -> None:
        self._run(keep_star, StarPerson(star_round=entry.id, person=person.person))

    def object_to(self, entry: RoundEntry, person: StarEntry) -> None:
        ObjectionForm(self._owner, self._app, entry.id, person).open()

    def answer(self, entry: RoundEntry, objection: StarObjection) -> None:
        question = Question(
            _("对{who}的异议，查下来怎样？").format(who=objection.who),
            (
                Answer(_("不成立"), "not upheld", _("留在名单里。")),
                Answer(_("异议成立"), "upheld", _("移出名单，这次不授星。"), kind="danger"),
            ),
            objection.words,
            tuple(_(reason) for reason in _ANSWERED),
        )
        ask_and_do(self._owner, self._app.jobs, question, partial(self._answer, entry, objection))

    def _answer(self, entry: RoundEntry, objection: StarObjection, it: Answered) -> Deed:
        request = AnswerStarObjection(
            star_round=entry.id,
            objection=objection.id,
            upheld=it.value == "upheld",
            reason=it.reason,
        )
        return Deed(answer_star_objection, request, _nothing_more)

    def revoke(self, entry: RoundEntry, person: StarEntry) -> None:
        def deed(it: Answered) -> Deed:
            request = StarReason(star_round=entry.id, person=person.person, reason=it.reason)
            return Deed(revoke_star, request, _nothing_more)

        question = Question(
            _("撤销{who}的{level}？").format(who=person.who, level=words.stars(person.level)),
            (Answer(_("撤销星级"), "revoke", _("留在名单里，注明已撤销；证书请收回。"), kind="danger"),),
            reasons=tuple(_(reason) for reason in _REVOKED_BECAUSE),
        )
        ask_and_do(self._owner, self._app.jobs, question, deed)

    def _run(self, action: Any, request: Any, done: Callable[[Any], None] = lambda _value: None) -> None:
        def refused(refusal: Refusal) -> None:
            self._refused(sentence(refusal))

        self._app.jobs.run(self._owner, action, request, done=done, refused=refused)


def _nothing_more(_value: object) -> None:
    """The list shows it."""
