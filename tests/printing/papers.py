"""Ready papers to vary, and what stands in a PDF, for the tests of printing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pypdfium2

from app.printing.certificate import Certificate, ServiceRow

RARE = "𬱖𠅤㐂𰻝𪚥"
LONG_NAME = "阿卜杜热合曼·买买提明·吐尔逊江·阿不都克里木·乌斯曼江·穆罕默德伊敏·艾合麦提江·阿依古" + RARE
PAYLOAD = bytes(range(256))
HISTORY = ("4月7日 14:05 电话点单，李小梅记下。", "4月7日 14:20 派给爱心代购队，赵敏接单。")


def services(count: int) -> tuple[ServiceRow, ...]:
    return tuple(
        ServiceRow(
            activity=f"“夕阳计划”第{number}次入户陪护",
            served_on=date(2025, 1, 3) + timedelta(days=number),
            place="曹村3组21号",
            content="量血压，整理药箱，打扫院子",
            hours="2.5",
            unit="曹村新时代文明实践站",
            person_in_charge="王秀英",
        )
        for number in range(count)
    )


def certificate(count: int = 3, **changes: Any) -> Certificate:
    facts: dict[str, Any] = {
        "number": "ZM-370883104205-2026-A1000123-K",
        "name": "张三",
        "id_type": "居民身份证",
        "id_number": "11010519491231002X",
        "volunteer_number": "37088300012345",
        "rows": services(count),
        "total_hours": "7.5小时",
        "total_words": "七小时三十分",
        "issuer": "曹村新时代文明实践站",
        "person_in_charge": "王秀英",
        "clerk": "李小梅",
        "contact": "0537-5210000",
        "issued_on": date(2026, 3, 5),
        "qr": PAYLOAD,
    }
    return Certificate(**(facts | changes))


def pages(pdf: bytes) -> list[str]:
    """The text of each page as it copies out, without the spaces and line ends that layout brings in."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]


def text(pdf: bytes) -> str:
    return "".join(pages(pdf))
