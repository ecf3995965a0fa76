"""How the environment switches machine translation on."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from environ import Env

from mer_portal.machine import machine_translation


def told(monkeypatch, **values):
    for name, value in values.items():
        monkeypatch.setenv(f"MACHINE_TRANSLATION_{name}", value)
    return machine_translation(Env())


def test_it_is_off_by_default(monkeypatch):
    assert told(monkeypatch) == {"URL": "", "KEY": "", "SERVICE": "libretranslate", "TIMEOUT": 8.0}


@pytest.mark.parametrize("address", ["http://libretranslate:5000", "https://mt.example/api/"])
def test_an_address_switches_it_on(monkeypatch, address):
    assert told(monkeypatch, URL=f" {address} ", TIMEOUT="3")["URL"] == address


@pytest.mark.parametrize(
    "address",
    [
        "mt.example",
        "ftp://mt.example",
        "file:///etc/passwd",
        "https://",
        "https://a:b@mt.example",
        "https://mt.example/?q=1",
    ]
    + ["http://mt.example:99999", "http://[::1", "javascript:alert(1)"],
)
def test_what_is_no_plain_address_is_refused(monkeypatch, address):
    with pytest.raises(ImproperlyConfigured, match="MACHINE_TRANSLATION_URL"):
        told(monkeypatch, URL=address)


@pytest.mark.parametrize("seconds", ["0", "-1", "11"])
def test_no_page_waits_longer_than_ten_seconds(monkeypatch, seconds):
    with pytest.raises(ImproperlyConfigured, match="MACHINE_TRANSLATION_TIMEOUT"):
        told(monkeypatch, TIMEOUT=seconds)
