"""Sentences of Wagtail that Slovenian editors see daily, told anew where its own catalogue lacks them or cannot be right.

Wagtail writes a model's name into its sentences in the nominative, which in Slovenian needs another ending, or makes the
whole sentence agree with it. What stands here is collected with the portal's own sentences (`make messages`), and the
portal's catalogue comes before that of any app. English is said as Wagtail says it.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SENTENCES = (
    # Built with a model's name: Slovenian puts it where no ending has to agree with it.
    _("Add %(model_name)s"),
    _("Add %(label)s"),
    _("New"),
    _("New: %(model_name)s"),
    _("Create a new %(model_name)s"),
    _("%(model_name)s '%(object)s' created."),
    _("%(model_name)s '%(object)s' updated."),
    _("%(model_name)s '%(object)s' deleted."),
    _("%(model_name)s '%(object)s' created and published."),
    _("%(model_name)s '%(object)s' updated and published."),
    _("%(model_name)s '%(object)s' has been scheduled for publishing."),
    _("%(model_name)s '%(object)s' created and scheduled for publishing."),
    _("%(model_name)s '%(object)s' is live and this version has been scheduled for publishing."),
    _("%(model_name)s '%(object)s' has been submitted for moderation."),
    _("%(model_name)s '%(object)s' created and submitted for moderation."),
    _("Workflow on %(model_name)s '%(object)s' has been restarted."),
    _("Workflow on %(model_name)s '%(object)s' has been cancelled."),
    _("%(model_name)s '%(object)s' has been replaced with version from %(timestamp)s."),
    _("Version from %(timestamp)s of %(model_name)s '%(object)s' has been published."),
    _("Version from %(timestamp)s of %(model_name)s '%(object)s' has been scheduled for publishing."),
    _("%(model_name)s '%(title)s' is now unlocked."),
    _("The %(model_name)s '%(title)s' is not currently awaiting moderation."),
    _("The %(model_name)s could not be created due to errors."),
    _("The %(model_name)s could not be saved due to errors."),
    _("The %(model_name)s could not be saved as it is locked"),
    _("Are you sure you want to delete this %(model_name)s?"),
    _("No %(model_name)s match your query."),
    _("There are no %(model_name)s to display."),
    _('There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?'),
    _("Anyone can edit this %(model_name)s"),
    _("Anyone can edit this %(model_name)s – lock it to prevent others from editing"),
    _("Choose when this %(model_name)s should go live and/or expire"),
    _("This %(model_name)s hasn't been submitted for moderation yet"),
    _("You are viewing a previous version of this %(model_name)s from <b>%(created_at)s</b> by %(user)s"),
    _("One or more references to this %(model_name)s prevent it from being deleted."),
    ngettext_lazy(
        "This %(model_name)s is referenced %(usage_count)s time.",
        "This %(model_name)s is referenced %(usage_count)s times.",
        1,
    ),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s"),
    _("%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site."),
    _(
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in '<span "
        'class="w-title-ellipsis">%(title)s</span>\'.'
    ),
    # The way in.
    ngettext_lazy(
        '%(total)s Page <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Pages <span class="w-sr-only">created in %(site_name)s</span>',
        1,
    ),
    ngettext_lazy(
        '%(total)s Image <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Images <span class="w-sr-only">created in %(site_name)s</span>',
        1,
    ),
    ngettext_lazy(
        '%(total)s Document <span class="w-sr-only">created in %(site_name)s</span>',
        '%(total)s Documents <span class="w-sr-only">created in %(site_name)s</span>',
        1,
    ),
    _("You do not have permission to access the admin."),
    _("Show keyboard shortcuts"),
    _("Application"),
    _("contrast"),
    _("More contrast"),
    _("Enable custom keyboard shortcuts specific to Wagtail."),
    _("Text editing"),
    _("Close modal dialogs (like this one)"),
    _("Keyboard shortcuts are currently disabled; manage your %(account_link)s to enable them."),
    _("Keyboard shortcuts are currently enabled; manage your %(account_link)s to disable them."),
    # Saving and publishing.
    _("Saved"),
    _("Actions (footer)"),
    _("Autosave is paused"),
    _("Autosave is <span>paused</span>"),
    _("Go to the first error"),
    _("There are validation errors, click save to highlight them."),
    _("Saving will overwrite a newer version."),
    _("The page could not be created due to validation errors."),
    _("The page could not be saved due to validation errors."),
    _("The page could not be saved as it is locked."),
    _("Expiry date/time must be in the future."),
    _('This publishing schedule will only take effect after you select the "Schedule to publish" option'),
    _("Once scheduled:"),
    _("To be created by %(user)s"),
    _("The slug '%(page_slug)s' is already in use within the parent page."),
    _(
        "The slug '%(page_slug)s' is already in use at the selected parent page. Make sure the slug is "
        "unique and try again."
    ),
    _("Workflow on page '%(page_title)s' has been cancelled."),
    _("Version from %(previous_revision_datetime)s of page '%(page_title)s' has been scheduled for publishing."),
    _("Version from %(datetime)s of page '%(page_title)s' has been published."),
    _("Page '%(page_title)s' has been replaced with version from %(previous_revision_datetime)s."),
    # Two people at one thing.
    _("View latest version"),
    _("Currently idle"),
    _("Proceeding will overwrite the changes you made in that window."),
    _("Proceeding will overwrite the changes made by %(user_name)s."),
    _("Alternatively, you can view the latest version in a new tab."),
    _("A network error occurred"),
    _(
        "Troubleshoot your connection to the site before proceeding. Open the editor in a separate tab to "
        "view the last saved version."
    ),
    # Lists, images and documents.
    _("Usage count"),
    _("Usage count: (low to high)"),
    _("Usage count: (high to low)"),
    _("Grid layout"),
    _("List layout"),
    _("Please provide an image description to comply with best practices for accessibility."),
    _("Maximum filesize: %(max_upload_size)s."),
    _("The document could not be created due to errors."),
    _("Readability"),
    _("This data explained"),
    _("Please select another parent."),
    ngettext_lazy(
        "%(num_parent_objects)d page has been published", "%(num_parent_objects)d pages have been published", 1
    ),
    ngettext_lazy(
        "%(num_parent_objects)d page has been unpublished", "%(num_parent_objects)d pages have been unpublished", 1
    ),
    ngettext_lazy("%(num_parent_objects)d page has been deleted", "%(num_parent_objects)d pages have been deleted", 1),
)
