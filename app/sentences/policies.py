"""Policies (规则) in words: refusals, and what was set. Each noun says with ``calls`` how its policies are called."""

from __future__ import annotations

from app.actions.policies import PolicyFromThePast, PolicyUnknown
from app.domain.policies import PolicyMakesNoSense
from app.facts.policies import PolicySet
from app.sentences import Names, policy_title, says, tells
from app.storage.fold import Recorded
from app.words import _


@says(PolicyMakesNoSense)
def _makes_no_sense(it: PolicyMakesNoSense) -> str:
    return _("规则“{title}”不能这样定：{value}").format(title=policy_title(it.policy), value=it.value)


@says(PolicyUnknown)
def _unknown(it: PolicyUnknown) -> str:
    return _("这个版本没有规则“{title}”").format(title=policy_title(it.policy))


@says(PolicyFromThePast)
def _from_the_past(it: PolicyFromThePast) -> str:
    return _("过去的事不改，规则最早从今天（{month}月{day}日）起").format(
        month=it.today.month, day=it.today.day
    )


@tells(PolicySet)
def tell_set(it: Recorded[PolicySet], names: Names) -> str:
    day = it.body.valid_from
    return _("“{title}”自 {year}年{month}月{day}日起：{value}").format(
        title=policy_title(it.body.policy), year=day.year, month=day.month, day=day.day, value=it.body.value
    )
