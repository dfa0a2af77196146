"""Devices that make tokens by the clock (RFC 6238), and codes for when one is lost.

Its tables are django-otp's, and are there where SECOND_FACTOR is on.
"""

import secrets
from base64 import b32encode
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction

CODES = 10  # for recovery, each good for one log-in
ALPHABET = "abcdefghjkmnpqrstuvwxyz"  # no digits: a token is told from a code by them
LENGTH = 12  # 54 bits


@dataclass(frozen=True)
class SecondFactor:
    """What its owner is told, once."""

    uri: str  # what a device scans, `otpauth://totp/…`
    key: str  # the same key for typing, in base 32
    codes: list[str]


def make_second_factor(user: User) -> SecondFactor:
    """Give a user a device and codes, in place of those that there were."""
    with transaction.atomic():
        remove_second_factor(user)
        device = _table("otp_totp", "TOTPDevice").create(user=user, name="authenticator")
        kept = _table("otp_static", "StaticDevice").create(user=user, name="recovery")
        codes = [_code() for _number in range(CODES)]
        for code in codes:
            kept.token_set.create(token=code)
    return SecondFactor(device.config_url, b32encode(device.bin_key).decode(), codes)


def remove_second_factor(user: User) -> int:
    """Take a user's devices and codes away, also from sessions. Out: how many devices it were."""
    found = [*_devices("TOTPDevice", user), *_devices("StaticDevice", user)]
    for device in found:
        device.delete()
    return len(found)


def has_device(user: AbstractBaseUser) -> bool:
    return bool(_devices("TOTPDevice", user).exists())


def matching_device(user: AbstractBaseUser, token: str) -> Any:
    """The user's device that takes this token, or None. A device counts its failures, and then
    takes none for a while; a right token is taken once.
    """
    given = "".join(token.lower().replace("-", " ").split())
    if not given:
        return None
    kind = "TOTPDevice" if given.isdecimal() else "StaticDevice"
    with transaction.atomic():
        for device in _devices(kind, user).select_for_update():
            if device.verify_token(given):
                return device
    return None


def _devices(kind: str, user: AbstractBaseUser) -> Any:
    app = {"TOTPDevice": "otp_totp", "StaticDevice": "otp_static"}[kind]
    return _table(app, kind).filter(user=user, confirmed=True)


def _table(app: str, name: str) -> Any:
    return apps.get_model(app, name)._default_manager


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
