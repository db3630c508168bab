"""The fast table (大表): hundreds of thousands of rows, a window of which is in memory around what is seen.

``view`` is the table, ``rows`` what is asked and answered for it, ``widths`` how wide its columns are, ``looks`` how a
cell and the header are painted.
"""

from ui.parts.table.rows import Cell, Column, PageQuery, TablePage
from ui.parts.table.view import WINDOW_ROWS, Table

__all__ = ["WINDOW_ROWS", "Cell", "Column", "PageQuery", "Table", "TablePage"]
