"""What is asked of who comes in by the sign-in of an organisation for the first time."""

from allauth.socialaccount.forms import SignupForm


class SignUpForm(SignupForm):
    """An address that the other side has confirmed is taken as it is: another might be somebody else's."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        confirmed = [address.email for address in self.sociallogin.email_addresses if address.verified is True]
        if confirmed:
            self.initial["email"] = confirmed[0]
            self.fields["email"].disabled = True
