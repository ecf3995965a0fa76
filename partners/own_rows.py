"""For whom a person acts, and how she came to (`accounts.personal_data`)."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import personal_data
from accounts.erasure import addresses_of
from accounts.models import User
from accounts.personal_data import Opened, PersonalData
from catalogue import pictures
from partners import joining, letters
from partners.models import Invitation, JoinRequest, Logo, Membership, Organisation


def register() -> None:
    personal_data.register(
        PersonalData(
            "memberships",
            what=gettext_lazy("The organisations that you act for, your role in them, and since when"),
            kept=gettext_lazy("until you leave the organisation"),
            export=_export,
            erase=_erase,
            hold=_hold,
            relations=("partners.Membership.user",),
            foretells=_foretell,
        )
    )
    personal_data.register(
        PersonalData(
            "joining",
            what=gettext_lazy(
                "Your requests to join organisations, and invitations that you sent or that were sent to you"
            ),
            kept=gettext_lazy("requests for a year after they were decided, invitations for a month after they ended"),
            export=_export_joining,
            erase=_erase_joining,
            relations=(
                "partners.JoinRequest.user",
                "partners.JoinRequest.decided_by",
                "partners.Invitation.invited_by",
            ),
        )
    )
    personal_data.register(
        PersonalData(
            "logos",
            what=gettext_lazy("The logos that you sent in for your organisation"),
            kept=gettext_lazy("as long as an organisation shows them"),
            export=_export_logos,
            erase=_erase_logos,
            stays=gettext_lazy("logos that an organisation shows or has shown"),
            relations=("partners.Logo.uploaders", "partners.Logo_uploaders.user"),
            files=_files_of_logos,
        )
    )


def _foretell(user: User) -> Iterator[str]:
    """The organisations that she coordinates: nobody else does."""
    coordinated = Membership.objects.filter(user=user, role=Membership.Role.COORDINATOR).select_related("organisation")
    for each in coordinated:
        told = _("%(organisation)s will be without a coordinator. You can hand over to a colleague first.")
        yield told % {"organisation": each.organisation}


def _export(user: User) -> list[dict]:
    memberships = Membership.objects.filter(user=user).select_related("organisation").order_by("since", "pk")
    return [
        {
            "organisation": str(each.organisation),
            "organisation_uid": each.organisation.uid,
            "role": each.role,
            "since": each.since,
        }
        for each in memberships
    ]


def _hold(user: User) -> None:
    """Who hands over, accepts or invites holds the organisation before she writes of people."""
    hers = Q(memberships__user=user) | Q(join_requests__user=user) | Q(invitations__invited_by=user)
    hers |= Q(invitations__email__in=addresses_of(user))
    found = Organisation.objects.filter(pk__in=Organisation.objects.filter(hers).values("pk"))
    list(found.select_for_update().order_by("pk").values_list("pk"))


def _erase(user: User) -> None:
    """Her memberships go with her row; who stays hears that nobody coordinates the organisation any more."""
    for each in Membership.objects.filter(user=user, role=Membership.Role.COORDINATOR).select_related("organisation"):
        letters.tell_of_lost_coordinator(each.organisation, besides=user)


def _export_joining(user: User) -> dict[str, list[dict]]:
    requests = JoinRequest.objects.filter(user=user).order_by("pk")
    told = ("organisation_name", "wants", "message", "created", "outcome", "decided", "answer")
    received = Invitation.objects.for_addresses_of(user).select_related("organisation").order_by("pk")
    sent = Invitation.objects.filter(invited_by=user).select_related("organisation").order_by("pk")
    return {
        "requests": list(requests.values(*told)),
        "invitations": [_invitation(each) for each in received],
        "invitations_sent": [_invitation(each) for each in sent],
    }


def _invitation(invitation: Invitation) -> dict:
    times = ("created", "sent", "expires", "accepted", "declined", "revoked")
    told = {name: getattr(invitation, name) for name in times}
    return {"organisation": str(invitation.organisation), "email": invitation.email} | told


def _erase_joining(user: User) -> None:
    """What she registered and nobody has decided on goes with her; so do letters' addresses, which were hers."""
    for request in JoinRequest.objects.open().of(user):
        joining.take_back(request=request, by=user)
    Invitation.objects.for_addresses_of(user).delete()
    Invitation.objects.filter(email__in=addresses_of(user)).delete()


def _export_logos(user: User) -> list[dict]:
    return list(Logo.objects.filter(uploaders=user).order_by("pk").values("digest", "width", "height", "uploaded"))


def _files_of_logos(user: User) -> Iterator[tuple[str, Opened]]:
    for logo in Logo.objects.filter(uploaders=user).order_by("pk").iterator():
        yield f"logos/{logo.digest}.png", logo.opened


def _erase_logos(user: User) -> None:
    hers = list(Logo.objects.filter(uploaders=user))
    for logo in hers:
        logo.uploaders.remove(user)
    pictures.remove(
        Logo.objects.filter(pk__in=[each.pk for each in hers], organisations=None, uses=None, uploaders=None)
    )
