"""Bad inputs of every kind, made by the hundred and handed in at the front door.

A few of each kind run with all tests (`tests/test_fuzz.py`); `python -m tests.fuzz --minutes 10` is the long run, which
counts what went wrong and shows the first input of each kind of failure.
"""
