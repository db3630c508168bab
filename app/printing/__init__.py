"""Papers (纸质材料): data in, PDF bytes out. Every paper is a frozen dataclass and a function ``pdf(paper) -> bytes``.

Papers decide nothing and know no database, no clock and no rule: numbers, hours in words and masked names come in
as the texts that shall stand on the paper. The same data gives the same bytes on every machine.
"""
