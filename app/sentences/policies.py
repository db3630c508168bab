"""Policies (规则) in words: refusals, what holds, and what was changed. Each noun ``calls`` its policies and fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from app.actions.policies import PolicyUnknown
from app.domain.moments import full_date
from app.domain.numerals import cardinal
from app.domain.policies import (
    KeyMissing,
    KeyTwice,
    NumberNotUnderstood,
    Policy,
    PolicyFromThePast,
    PolicyHoldsAlready,
    PolicyMakesNoSense,
    PolicyNotSet,
    PolicyOutOfRange,
    Shape,
    policy_kinds,
    say_number,
    shapes,
)
from app.facts.policies import PolicySet, PolicyWithdrawn
from app.sentences import FieldWords, Names, policy_title, policy_words, says, tells
from app.storage.fold import Recorded
from app.words import _

_MOST_TOLD = 6


def statements(policy: Policy) -> list[str]:
    """Everything a policy says, a sentence for each field, and for each row of a field that has rows."""
    return [
        line for field in shapes(type(policy)) for line in _rows_of(policy, field) or [said(policy, field)]
    ]


def said(policy: Policy, field: str) -> str:
    """What one field says now."""
    words, value = field_words(policy.name, field), getattr(policy, field)
    if shapes(type(policy))[field] is Shape.ENTRIES:
        return _(words.sentence).format(value=len(value)) if value else _(words.otherwise)
    if isinstance(value, tuple | Mapping):
        return _("；").join(_rows_of(policy, field)) or _(words.otherwise)
    if words.otherwise and not value:
        return _(words.otherwise)
    return _(words.sentence).format(value=value_text(words, field, value))


def changed(before: Policy, after: Policy) -> list[str]:
    """What is different in ``after``, a sentence for each thing, with what it was before; of many rows the first."""
    different = (field for field in shapes(type(after)) if getattr(before, field) != getattr(after, field))
    return [sentence for field in different for sentence in _first(list(_changed(before, after, field)))]


def field_words(name: str, field: str) -> FieldWords:
    """The words of a field (a test checks that every one has them)."""
    words = policy_words(name)
    return (
        words.fields[field]
        if words is not None and field in words.fields
        else FieldWords(f"{field} {{value}}")
    )


def value_text(words: FieldWords, field: str, value: Any) -> str:
    """A number or a text as it stands in its sentence."""
    if value in words.choices:
        return _(words.choices[value])
    return say_number(value, field) if isinstance(value, int) else str(value)


def _changed(before: Policy, after: Policy, field: str) -> Iterator[str]:
    old, new = getattr(before, field), getattr(after, field)
    words = field_words(after.name, field)
    match shapes(type(after))[field]:
        case Shape.FLAG:
            yield said(after, field)
        case Shape.NUMBER | Shape.LIMIT | Shape.TEXT:
            yield _instead(words, field, said(before, field), old, said(after, field))
        case Shape.ENTRIES:
            yield from _changed_entries(words, old, new)
        case _:
            yield from _changed_items(words, field, dict(_items(old)), dict(_items(new)))


def _first(sentences: list[str]) -> list[str]:
    """As many as anybody reads in a line, and how many more there are."""
    if len(sentences) <= _MOST_TOLD:
        return sentences
    left = len(sentences) - _MOST_TOLD + 1
    return [*sentences[: _MOST_TOLD - 1], _("还有 {count} 处").format(count=left)]


def _instead(words: FieldWords, field: str, before: str, old: Any, now: str) -> str:
    if words.otherwise and not old:
        return _("{now}（原来：{before}）").format(now=now, before=before)
    return _("{now}（原来 {before}）").format(now=now, before=value_text(words, field, old))


def _changed_items(
    words: FieldWords, field: str, old: Mapping[Any, Any], new: Mapping[Any, Any]
) -> Iterator[str]:
    for key, value in new.items():
        now = _item(words, field, key, value)
        if key not in old:
            yield now
        elif old[key] != value:
            yield _("{now}（原来 {before}）").format(now=now, before=value_text(words, field, old[key]))
    for key, value in old.items():
        if key not in new:
            yield _("去掉了：{before}").format(before=_item(words, field, key, value))


def _changed_entries(words: FieldWords, old: Any, new: Any) -> Iterator[str]:
    before, now = words.entries(old), words.entries(new)
    for key, text in now.items():
        if key not in before:
            yield _("加上：{now}").format(now=text)
        elif before[key] != text:
            yield _("{now}（原来：{before}）").format(now=text, before=before[key])
    for key, text in before.items():
        if key not in now:
            yield _("去掉了：{before}").format(before=text)
    if [key for key in before if key in now] != [key for key in now if key in before]:
        yield _("换了次序")


def _items(value: tuple[Any, ...] | Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """The rows of a table, or the items of a list with their places."""
    return list(value.items()) if isinstance(value, Mapping) else list(enumerate(value, start=1))


def _item(words: FieldWords, field: str, key: Any, value: Any) -> str:
    text = value_text(words, field, value)
    if isinstance(key, int):
        return _(words.sentence).format(place=cardinal(key), value=text)
    return _(words.sentence).format(key=words.key(key), value=text)


@says(PolicyMakesNoSense)
def _makes_no_sense(it: PolicyMakesNoSense) -> str:
    return _("规则“{title}”不能这样定：{value}").format(title=policy_title(it.policy), value=it.value)


@says(PolicyOutOfRange)
def _out_of_range(it: PolicyOutOfRange) -> str:
    return _("要在 {least} 到 {most} 之间").format(
        least=say_number(it.least, it.value), most=say_number(it.most, it.value)
    )


@says(NumberNotUnderstood)
def _not_understood(it: NumberNotUnderstood) -> str:
    if it.with_decimals:
        return _("请写一个数，最多两位小数，如 1 或 0.5")
    return _("请写一个整数")


@says(KeyMissing)
def _key_missing(it: KeyMissing) -> str:
    return _("有一行没有写是哪一个")


@says(KeyTwice)
def _key_twice(it: KeyTwice) -> str:
    words = field_words(it.policy, it.field or "")
    return _("“{key}”写了两行，留一行就好").format(key=words.key(it.key))


@says(PolicyUnknown)
def _unknown(it: PolicyUnknown) -> str:
    return _("这个版本没有规则“{title}”").format(title=policy_title(it.policy))


@says(PolicyFromThePast)
def _from_the_past(it: PolicyFromThePast) -> str:
    return _("过去的事不改，规则最早从今天（{month}月{day}日）起").format(
        month=it.today.month, day=it.today.day
    )


@says(PolicyHoldsAlready)
def _holds_already(it: PolicyHoldsAlready) -> str:
    return _("{day}起已经照这样办了，不能撤回；可以从明天起另定").format(day=full_date(it.since))


@says(PolicyNotSet)
def _not_set(it: PolicyNotSet) -> str:
    return _("这一条已经撤回了")


@tells(PolicySet)
def tell_set(it: Recorded[PolicySet], names: Names) -> str:
    return _("“{title}”自 {day}起：{said}").format(
        title=policy_title(it.body.policy), day=full_date(it.body.valid_from), said=_said_by(it.body)
    )


@tells(PolicyWithdrawn)
def tell_withdrawn(it: Recorded[PolicyWithdrawn], names: Names) -> str:
    return _("“{title}”：撤回一条还没有开始的规定").format(title=policy_title(it.body.policy))


def _rows_of(policy: Policy, field: str) -> list[str]:
    """What the rows of a field say, if it is one that has rows."""
    words, value = field_words(policy.name, field), getattr(policy, field)
    has_rows = isinstance(value, tuple | Mapping) and shapes(type(policy))[field] is not Shape.ENTRIES
    return [_item(words, field, key, one) for key, one in _items(value)] if has_rows else []


def _said_by(body: PolicySet) -> str:
    """What is different from before; what a newer program set is not understood here."""
    kind = policy_kinds().get(body.policy)
    if kind is None:
        return _("由新版规定")
    try:
        before, now = (msgspec.json.decode(text or "{}", type=kind) for text in (body.before, body.value))
    except msgspec.MsgspecError:
        return _("由新版规定")
    return _("；").join(changed(before, now)) or _("照通常的办")
