"""The style sheet (形状): only shapes; every colour is ``palette(...)``, every text size comes from ``theme.font``.

Which palette role stands for which colour is written in ``palette.py``. Buttons, rows and cards paint themselves.
"""

from __future__ import annotations

from ui.theme.metrics import Metrics


def style_sheet(m: Metrics, *, is_contrast: bool = False) -> str:
    """The rules for the stock widgets that remain: fields, lists, menus, tips, scroll bars, tabs.

    In high contrast no line is fainter than another: what nothing can be typed into has a broken one.
    """
    side, side_focused = 12 - m.border, 12 - m.focus
    disabled = "dashed" if is_contrast else "solid"
    return f"""
    QAbstractScrollArea {{ border: 0; background: transparent; }}
    QAbstractItemView {{ background: transparent; outline: 0; }}
    QLineEdit, QPlainTextEdit {{
        background: palette(base); border: {m.border}px solid palette(mid); border-radius: {m.radius}px;
        padding: {m.focus - m.border}px {side}px; selection-background-color: palette(link);
        selection-color: palette(base);
    }}
    QLineEdit[refused="true"], QPlainTextEdit[refused="true"] {{ border-color: palette(link-visited); }}
    QLineEdit:focus, QPlainTextEdit:focus {{
        border: {m.focus}px solid palette(link); padding: 0 {side_focused}px;
    }}
    QPlainTextEdit {{ padding: {7 + m.focus - m.border}px {side + 2}px; }}
    QPlainTextEdit:focus {{ padding: 7px {side_focused + 2}px; }}
    QLineEdit:read-only, QLineEdit:disabled, QPlainTextEdit:disabled {{
        background: palette(window); border-color: palette(midlight);
    }}
    QLineEdit:disabled, QPlainTextEdit:disabled {{ border-style: {disabled}; }}
    QComboBox QAbstractItemView {{
        background: palette(base); border: {m.border}px solid palette(mid); padding: 0; outline: 0;
    }}
    QHeaderView {{ background: palette(window); }}
    QTableView {{ gridline-color: palette(midlight); }}
    QMenu {{ background: palette(base); border: {m.border}px solid palette(mid); padding: 4px; }}
    QMenu::item {{ padding: {(m.row - 24) // 2 - 2}px 24px; background: transparent; color: palette(text); }}
    QMenu::item:selected {{ background: palette(highlight); }}
    QMenu::item:disabled {{ color: palette(placeholder-text); }}
    QMenu::separator {{ height: 1px; background: palette(midlight); margin: 4px 12px; }}
    QToolTip {{
        background: palette(base); color: palette(text); border: {m.border}px solid palette(mid); padding: 4px 8px;
    }}
    QScrollBar {{ background: transparent; border: 0; margin: 0; }}
    QScrollBar:vertical {{ width: {m.gap + 4}px; }}
    QScrollBar:horizontal {{ height: {m.gap + 4}px; }}
    QScrollBar::handle {{ background: palette(mid); border-radius: {m.gap // 2 - 1}px; margin: 3px; }}
    QScrollBar::handle:vertical {{ min-height: 40px; }}
    QScrollBar::handle:horizontal {{ min-width: 40px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
