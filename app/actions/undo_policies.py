"""Undoing a policy (规则): a value whose day has not come is withdrawn, one that holds gives way to that before it."""

from __future__ import annotations

from app.actions.desk import Work
from app.actions.policies import SetPolicy, WithdrawPolicy, set_policy, withdraw_policy
from app.actions.undo import Undoing, undoes
from app.domain.policies import dated, policy_kinds, policy_on, written
from app.facts.policies import PolicySet, PolicyWithdrawn
from app.storage import policies as storage


@undoes(PolicySet)
def undo_setting(work: Work, that: Undoing[PolicySet]) -> None:
    name, valid_from = that.it.body.policy, that.it.body.valid_from
    if valid_from > work.today:
        withdraw_policy.inside(work, WithdrawPolicy(policy=name, setting=that.it.id))
        return
    others = [one for one in storage.settings(work.connection, name) if one.id != that.it.id]
    before = policy_on(policy_kinds()[name], dated(name, others), valid_from)
    set_policy.inside(work, SetPolicy(policy=name, value=written(before), valid_from=work.today))


@undoes(PolicyWithdrawn)
def undo_withdrawal(work: Work, that: Undoing[PolicyWithdrawn]) -> None:
    """One whose day has come meanwhile is not set again: from the past nothing is."""
    setting = next(one.body for one in that.before if one.id == that.it.body.setting)
    set_policy.inside(
        work, SetPolicy(policy=setting.policy, value=setting.value, valid_from=setting.valid_from)
    )
