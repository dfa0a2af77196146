"""The rules of a wiki that hold, as what is done to a text.

holding.py   the rules that hold, put together
asked.py     what somebody asks for by a name that is not shown any more
"""
