"""What staff changed of the way in to an account, told to the person whose it is: nobody's is taken over in silence."""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.http import HttpRequest
from django.urls import reverse

from accounts import sessions
from accounts.audited import Standing
from accounts.models import User


def of_changes(request: HttpRequest, before: Standing, user: User) -> None:
    """In the transaction that made them. Where an address or a password is new, she is signed out everywhere."""
    has_new_address, has_new_password = before.email != user.email, before.password != user.password
    if has_new_address:
        _of_new_address(request, before.email, user)
    if has_new_password:
        _write("password_given", user, user.email)
    if has_new_address or has_new_password:
        sessions.sign_out(user, but=request.session.session_key if user == request.user else None)


def _of_new_address(request: HttpRequest, former: str, user: User) -> None:
    """The former address is not told the new one: it may be somebody else's by now."""
    _write("address_taken", user, former)
    address = EmailAddress.objects.get(user=user, email=user.email)
    if address.verified:
        _write("address_given", user, user.email)
    else:
        EmailConfirmationHMAC.create(address).send(request)


def _write(letter: str, user: User, email: str) -> None:
    context = {"user": user, "password_reset_url": reverse("account_reset_password")}
    get_adapter().send_mail(f"account/email/{letter}", email, context)
