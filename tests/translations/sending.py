"""How the stories send the page on which a draft is translated."""

from django.urls import reverse

SUMMARY = {"en": "Waste heat warms one school.", "sl": "Odpadna toplota greje eno šolo."}


def address(record, language="sl", step="edit"):
    return reverse(f"translations:{step}", args=[record.uid, language])


def sent_from(client, record, language="sl", **changes):
    """What a browser sends when the page is opened and changed."""
    form = client.get(address(record, language)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return shown | {"revision": str(record.latest_revision_id), "action": "save"} | changes
