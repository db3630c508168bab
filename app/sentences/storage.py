"""What to say when the database, its keys, its disk or its folder make trouble (数据库与钥匙)."""

from __future__ import annotations

from app.domain.moments import full_date
from app.domain.passphrases import PassphraseRule, WeakPassphrase
from app.domain.recovery import RecoveryCodeIncomplete, RecoveryCodeMistyped
from app.sentences import says, sentence
from app.storage.disk import (
    CloudFolder,
    CommitUncertain,
    DamagedDatabase,
    DamagedLog,
    DatabaseBusy,
    DatabaseFromNewerVersion,
    DiskAlmostFull,
    DiskFailing,
    DiskFull,
    MemoryShort,
    NetworkFolder,
    PlaceMissing,
    ReadOnlyPlace,
    WrongKey,
)
from app.storage.keys import (
    KeysDamaged,
    KeysFromBackup,
    KeysFromSpare,
    KeysMissing,
    NoSuchStaff,
    SignInLocked,
    WrongPassphrase,
    WrongPassphraseOfBackup,
    WrongRecoveryCode,
    WrongRecoveryCodeOfBackup,
)
from app.storage.lock import AlreadyOpen
from app.storage.types import TextTooLong, TextUnreadable
from app.words import N_, _

_RULES = {
    PassphraseRule.LONG_ENOUGH: N_("至少 8 个字符"),
    PassphraseRule.MIXED_OR_LONG: N_("含两类字符（如字母和数字），或不少于 12 个字符"),
    PassphraseRule.NOT_EASY: N_("不是自己的姓名，也不好猜（abc12345 就好猜）"),
}


def rule_words(rule: PassphraseRule) -> str:
    """A passphrase rule, as it stands beside its tick."""
    return _(_RULES[rule])


# ------------------------------------------------------------------------------------------------------- the disk


@says(DiskFull)
def _disk_full(trouble: DiskFull) -> str:
    return _("磁盘已满，请腾出一些空间再试：{place}").format(place=trouble.place)


@says(DiskFailing)
def _disk_failing(trouble: DiskFailing) -> str:
    return _("磁盘读写出错。请检查磁盘是否接好；若再次出现，请换一台电脑并恢复备份：{place}").format(
        place=trouble.place
    )


@says(DiskAlmostFull)
def _disk_almost_full(trouble: DiskAlmostFull) -> str:
    return _("磁盘只剩 {free} MB，请尽快腾出一些空间：{place}").format(
        free=trouble.free_megabytes, place=trouble.place
    )


@says(ReadOnlyPlace)
def _read_only_place(trouble: ReadOnlyPlace) -> str:
    return _("这个位置不能写入，请换一个文件夹，或请管理这台电脑的人开放权限：{place}").format(
        place=trouble.place
    )


@says(PlaceMissing)
def _place_missing(trouble: PlaceMissing) -> str:
    return _("找不到这个位置。它可能被移走、改名，或所在的磁盘没有接好：{place}").format(place=trouble.place)


@says(CloudFolder)
def _cloud_folder(trouble: CloudFolder) -> str:
    return _(
        "这个文件夹由 {drive} 同步，打开着的数据库放在里面会被损坏。请把它移到本机的普通文件夹：{place}"
    ).format(drive=trouble.drive, place=trouble.place)


@says(NetworkFolder)
def _network_folder(trouble: NetworkFolder) -> str:
    return _("这个文件夹在网络共享上，数据库放在里面不安全。请把它移到本机的磁盘：{place}").format(
        place=trouble.place
    )


@says(MemoryShort)
def _memory_short(trouble: MemoryShort) -> str:
    return _("这台电脑的内存不够了，这一步没有做成。请关掉一些别的程序再试。")


# --------------------------------------------------------------------------------------------------- the database


@says(DatabaseBusy)
def _database_busy(trouble: DatabaseBusy) -> str:
    return _("数据库正忙，这一步没有保存。请稍等片刻再试。")


@says(DamagedDatabase)
def _damaged_database(trouble: DamagedDatabase) -> str:
    if trouble.backup is None:
        return _("数据库文件已损坏。请不要删除它，并找出最近的备份来恢复：{place}").format(
            place=trouble.place
        )
    return _("数据库文件已损坏。请恢复 {day} 的备份，之后的记录会自动补回：{place}").format(
        day=full_date(trouble.backup), place=trouble.place
    )


@says(DamagedLog)
def _damaged_log(trouble: DamagedLog) -> str:
    found = {"device": trouble.device[-6:], "seq": trouble.seq}
    if trouble.backup is None:
        return _(
            "有一条记录不是原样了（设备 {device}，第 {seq} 条），所以没有备份。请不要再往里记，联系维护人员。"
        ).format(**found)
    return _(
        "有一条记录不是原样了（设备 {device}，第 {seq} 条），所以没有再备份，好的备份都留着。"
        "请不要再往里记，请管理员恢复 {day} 的备份，之后的记录会自动补回。"
    ).format(day=full_date(trouble.backup), **found)


@says(WrongKey)
def _wrong_key(trouble: WrongKey) -> str:
    return _("钥匙打不开这份资料，它们不是一对。请选同一个站的备份：{place}").format(place=trouble.place)


@says(DatabaseFromNewerVersion)
def _database_from_newer_version(trouble: DatabaseFromNewerVersion) -> str:
    return _("这个数据库由更新的版本写成，请先升级本程序。数据完好，没有改动。")


@says(CommitUncertain)
def _commit_uncertain(trouble: CommitUncertain) -> str:
    return _("保存到最后一步时出了问题。请先看看刚才这一步存上了没有，没存上就再做一次。{cause}").format(
        cause=sentence(trouble.because)
    )


@says(AlreadyOpen)
def _already_open(trouble: AlreadyOpen) -> str:
    if trouble.pid is None or trouble.host is None:
        return _("驿站已经在另一个窗口里打开了，请用那个窗口。")
    return _("驿站已经在另一个窗口里打开了（电脑 {host}，进程 {pid}），请用那个窗口。").format(
        host=trouble.host, pid=trouble.pid
    )


# ------------------------------------------------------------------------------------------------------- the keys


@says(WrongPassphrase)
def _wrong_passphrase(refusal: WrongPassphrase) -> str:
    return _("口令不对，还可以试 {tries} 次。").format(tries=refusal.tries_left)


@says(WrongPassphraseOfBackup)
def _wrong_passphrase_of_backup(refusal: WrongPassphraseOfBackup) -> str:
    return _("口令不对。打开备份要用做备份那天的口令，也可以用恢复单。")


@says(SignInLocked)
def _sign_in_locked(refusal: SignInLocked) -> str:
    return _("口令错了多次，请过 {minutes} 分钟再试，或用恢复单打开。").format(minutes=refusal.minutes)


@says(WeakPassphrase)
def _weak_passphrase(refusal: WeakPassphrase) -> str:
    return _("口令还差：{rules}。").format(rules=_("；").join(rule_words(rule) for rule in refusal.broken))


@says(WrongRecoveryCode)
def _wrong_recovery_code(refusal: WrongRecoveryCode) -> str:
    return _("这不是本数据库现用的恢复码，请看恢复单上的日期，找最近打印的一张。")


@says(WrongRecoveryCodeOfBackup)
def _wrong_recovery_code_of_backup(refusal: WrongRecoveryCodeOfBackup) -> str:
    return _("这不是做备份那天的恢复单。之后换过恢复单的，要用换之前那张；也可以用口令，或选更新的备份。")


@says(RecoveryCodeIncomplete)
def _recovery_code_incomplete(refusal: RecoveryCodeIncomplete) -> str:
    return _("恢复码应有 {expected} 个字符，现在是 {characters} 个。").format(
        expected=refusal.expected_characters, characters=refusal.characters
    )


@says(RecoveryCodeMistyped)
def _recovery_code_mistyped(refusal: RecoveryCodeMistyped) -> str:
    return _("第 {line} 行有字符打错了，请再对一遍。").format(line=refusal.line)


@says(NoSuchStaff)
def _no_such_staff(refusal: NoSuchStaff) -> str:
    return _("这里没有这位工作人员的钥匙，请管理员重新设置口令。")


@says(KeysMissing)
def _keys_missing(trouble: KeysMissing) -> str:
    return _(
        "找不到钥匙文件，没有它打不开数据库。每份备份里都有一份，请选一份备份，从里面找回：{place}"
    ).format(place=trouble.place)


@says(KeysDamaged)
def _keys_damaged(trouble: KeysDamaged) -> str:
    return _("钥匙文件已损坏，数据没有丢。每份备份里都有一份，请选一份备份，从里面找回：{place}").format(
        place=trouble.place
    )


@says(KeysFromSpare)
def _keys_from_spare(trouble: KeysFromSpare) -> str:
    return _("钥匙文件损坏了，已用备用的一份修好。什么都没有丢，请照常登录。")


@says(KeysFromBackup)
def _keys_from_backup(trouble: KeysFromBackup) -> str:
    return _("钥匙文件不见了，已从 {day} 的备份里找回。请用那天的口令登录，什么都没有丢。").format(
        day=full_date(trouble.day)
    )


# ------------------------------------------------------------------------------------------------------ the edges


@says(TextTooLong)
def _text_too_long(refusal: TextTooLong) -> str:
    return _("太长了，请不要超过 {longest} 个字。").format(longest=refusal.longest_characters)


@says(TextUnreadable)
def _text_unreadable(refusal: TextUnreadable) -> str:
    return _("里面有看不见的控制字符，请重新输入这一段。")
