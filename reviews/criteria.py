"""What reviewers score in what was submitted: the questions, how much each counts, and which of them can stop a text."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.fields import TextField, TextLineField
from catalogue.models.entry import KindName
from catalogue.texts import Text, in_language

MOST_WEIGHT = 10


class CriterionQuerySet(models.QuerySet):
    def asked_of(self, kind: str) -> "CriterionQuerySet":
        """In their order; retired ones are asked no longer, and what was scored by them stays."""
        return self.filter(kind=kind, retired=False)


class Criterion(models.Model):
    """A question that reviewers answer with 0 to 4. A 0 where it is `blocking` keeps a text from being published."""

    kind = models.CharField(_("kind of record"), max_length=20, choices=KindName)
    name = TextLineField(_("name"), help_text=_("In a few words: it stands above the answers."))
    question = TextField(
        _("question"),
        help_text=_("What reviewers ask themselves. Authors read it beside their form before they submit."),
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WEIGHT)],
        help_text=_("How much it counts beside the others: from 1 to 10."),
    )
    blocking = models.BooleanField(
        _("can block"),
        default=False,
        help_text=_("A 0 of somebody who decides keeps the text from being published until it is changed."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Lower numbers come first."))
    retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_(
            "Nobody is asked it any longer, and it blocks nothing; what was scored stays. Retire a question and add another"
            " rather than giving it another meaning."
        ),
    )

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("review criterion")
        verbose_name_plural = _("review criteria")
        ordering = ["kind", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=MOST_WEIGHT), name="criterion_weight_from_one_to_ten"
            )
        ]

    def __str__(self):
        return self.name.in_language(get_language()).text

    def clean(self):
        """English is what everybody is given who reads none of the other languages."""
        missing = [name for name in ("name", "question") if not Text.map_of(getattr(self, name)).get("en")]
        if missing:
            raise ValidationError(dict.fromkeys(missing, _("Needed in English at least.")))

    @property
    def name_in_words(self) -> SafeString:
        return in_words(self.name)

    @property
    def question_in_words(self) -> SafeString:
        return in_words(self.question)


def in_words(text: Text) -> SafeString:
    """HTML, for a page in the reader's language; marked where the text is in another one."""
    found = in_language(text.data, get_language())
    if found.language in ("", get_language()):
        return escape(found.text)
    return format_html('<span lang="{}">{}</span>', found.language, found.text)
