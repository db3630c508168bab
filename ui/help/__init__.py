"""The guide inside the program (帮助): half a page for each kind of work, opened at the one on the screen.

``topics`` is what it says, ``picture`` the drawing above each, ``guide`` the window with search and list.
"""
