"""The encrypted database (加密数据库): the file and its keys, the log, the fold, and every noun's tables and
queries.

SQL lives here and nowhere else. A noun keeps its tables, folds and queries in ``app/storage/<noun>.py``. The
file itself is ``engine``, the ways into it ``keys``, what the world does to it ``disk``.
"""
