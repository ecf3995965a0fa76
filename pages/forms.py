from django.forms.renderers import TemplatesSetting


class FaceRenderer(TemplatesSetting):
    """Draws every form with the portal's own partials: `{{ form }}`, or field by field `{{ field.as_field_group }}`."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
