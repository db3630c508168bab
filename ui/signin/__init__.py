"""Coming in (登录): the sign-in page, which is the lock too, the recovery sheet, and what a start can run into.

Every page is a ``Cover`` and only asks; ``ui.doors`` does what they ask and decides which comes next.
"""
