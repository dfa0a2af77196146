"""What is not to be shown.

rules.py  the list of rules, and how one is made and undone
forms.py  what a rule is given: a form for each kind
"""
