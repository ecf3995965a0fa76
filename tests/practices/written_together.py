"""Pages of those who write a practice together."""

from django.test import Client
from django.urls import reverse


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(view, practice, *args):
    return reverse(f"practices:{view}", args=[practice.uid, *args])
