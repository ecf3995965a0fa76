"""How stories send the forms of drafts, as a browser would."""

from catalogue.drafting.forms import DraftForm


def sent_from(form: DraftForm, record=None, **changes) -> dict:
    """What a browser sends when the form is opened and changed."""
    shown = {name: form[name].value() for name in form.fields if name != form.picture}
    shown |= {name: value for name, value in form.initial.items() if name.endswith("_kept")}
    revision = {"revision": str(record.latest_revision_id or "")} if record else {}
    return {name: value for name, value in (shown | revision | changes).items() if value not in (None, False)}
