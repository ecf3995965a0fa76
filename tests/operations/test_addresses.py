"""Addresses as most would write them."""

import pytest

from operations.addresses import usual

pytestmark = pytest.mark.core


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("https://Network.Example", "https://network.example/"),
        ("HTTPS://network.example:443/Hook?a=B#top", "https://network.example/Hook?a=B"),
        ("http://network.example:80/", "http://network.example/"),
        ("https://network.example:/", "https://network.example/"),
        ("https://network.example:8443/hook/", "https://network.example:8443/hook/"),
        ("http://network.example:443/", "http://network.example:443/"),
        ("https://Me:Key@Network.example/", "https://Me:Key@network.example/"),
        ("https://[2001:DB8::1]:443", "https://[2001:db8::1]/"),
        ("https://[2001:db8::443]/", "https://[2001:db8::443]/"),
        ("//[", "//["),
        ("no address", "no address"),
        ("", ""),
    ],
)
def test_one_place_is_written_in_one_way(typed, found):
    assert usual(typed) == found
    assert usual(found) == found
