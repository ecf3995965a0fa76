"""What somebody types who wants to be told of changes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue import kinds
from exchange.models import Endpoint
from exchange.webhooks import sending
from operations.addresses import usual
from operations.fetching import NoSuchName, NotAllowed, NotFetched

THERE_ALREADY = _("The network has a webhook with this address already.")
NOT_ALLOWED = _("Nothing can be sent to this address: it has to be one of the open internet, at the usual ports.")
NO_SUCH_NAME = _("There is no site of this name: see whether the address is typed rightly.")
NOT_FOUND_NOW = _("Nobody could say just now where this site is. Try again in a minute.")


class EndpointForm(forms.ModelForm):
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("It begins with https:// and answers POST; redirects are not followed."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of records"),
        help_text=_("None means all, also those that may come."),
        choices=lambda: [(kind.name, kind.plural) for kind in kinds.all_kinds()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Endpoint
        fields = ("url", "kinds")

    def clean_url(self) -> str:
        url = usual(self.cleaned_data["url"])
        if not sending.is_secure(url):
            raise forms.ValidationError(_("The address has to begin with https://."))
        try:
            sending.door().check(url)
        except NotAllowed as error:
            raise forms.ValidationError(NOT_ALLOWED) from error
        except NoSuchName as error:
            raise forms.ValidationError(NO_SUCH_NAME) from error
        except NotFetched as error:
            raise forms.ValidationError(NOT_FOUND_NOW) from error
        return url


class AddForm(EndpointForm):
    """`after` is the webhook that was the latest when the form was drawn."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
