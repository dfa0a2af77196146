"""Which environment variables the settings read."""

import ast

from talkarchive.bootstrap import BASE_DIR


def settings_variables() -> set[str]:
    """The names that settings.py asks `env` for, from its syntax tree."""
    tree = ast.parse((BASE_DIR / "talkarchive" / "settings.py").read_text())
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }
