"""What a person can do (操作): one function each, one transaction each.

An action takes the desk and a request, reads tables, lets a rule of ``app.domain`` decide, and records the facts.
It returns what the person needs to know. A *reading* takes the desk and a query and returns a frozen read model.
Screens know these two and the sentences, and nothing below. ``desk`` has the machinery.
"""
