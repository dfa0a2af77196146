"""Sessions in the database, as Django keeps them, asked for only by keys that it makes."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A key comes from a cookie: one with NUL would be an error of PostgreSQL."""

    def _validate_session_key(self, key: str) -> bool:
        valid: bool = super()._validate_session_key(key)  # type: ignore[misc]
        return valid and key.isascii() and key.isalnum()
