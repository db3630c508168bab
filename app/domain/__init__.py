"""The rules (规则) as plain Python functions of values: no clock, no random, no database, no screen.

A rule reads what it is given and answers with facts, or refuses with a type of ``app.domain.problems``.
"""
