"""The lively sample station (演示站): an invented town whose people, orders, hours and certificates a seed chooses.

``words`` and ``texts`` hold what names and sentences are made of, ``sample`` invents people, ``places`` is the town,
``book`` writes facts into the real log, ``town`` and ``story`` let three years happen noun by noun (``orders`` with its
``fates`` and each ``case``), ``station`` builds the whole thing in a folder of its own, ``fill`` brings a station to a
size for measuring.

Nothing here is read by the rest of the program, and nobody here exists.
"""
