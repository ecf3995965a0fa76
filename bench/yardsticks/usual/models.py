"""The same facts as in the documents, in tables as one would make them. `python -m django migrate --run-syncdb` makes them."""

from django.db import models


class Organisation(models.Model):
    uid = models.UUIDField(unique=True)
    title = models.JSONField()


class Project(models.Model):
    uid = models.UUIDField(unique=True)
    title = models.JSONField()

    class Meta:
        ordering = ["id"]


class Practice(models.Model):
    uid = models.UUIDField(unique=True)
    slug = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    published = models.DateTimeField()
    modified = models.DateTimeField(db_index=True)
    original_language = models.CharField(max_length=2)
    translations = models.JSONField()
    licence = models.CharField(max_length=20)
    example = models.BooleanField()
    title = models.JSONField()
    summary = models.JSONField()
    topics = models.JSONField()
    entry_type = models.CharField(max_length=10)
    status = models.CharField(max_length=10)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    geographical_scope = models.CharField(max_length=20)
    problem_and_context = models.JSONField(null=True)
    how_it_works = models.JSONField(null=True)
    stakeholders_and_beneficiaries = models.JSONField(null=True)
    resources_setup = models.JSONField(null=True)
    resources_running = models.JSONField(null=True)
    evidence_of_success = models.JSONField(null=True)
    challenges = models.JSONField(null=True)
    success_factors = models.JSONField(null=True)
    hampering_factors = models.JSONField(null=True)
    preconditions = models.JSONField(null=True)
    potential_for_transfer = models.JSONField(null=True)
    organisation_in_charge = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    author = models.CharField(max_length=200, null=True)
    contact = models.JSONField(null=True)
    projects = models.ManyToManyField(Project)
    grew_from = models.JSONField()
    areas = models.JSONField()
    sdgs = models.JSONField()
    nace = models.JSONField()
    images = models.JSONField()
    attachments = models.JSONField()
    expert_opinion = models.JSONField(null=True)
    keywords = models.JSONField()
    source_notes = models.JSONField()


class Part(models.Model):
    """In the order in which they were written."""

    class Meta:
        abstract = True
        ordering = ["id"]


class Place(Part):
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="places")
    country = models.CharField(max_length=2)
    nuts = models.CharField(max_length=5, null=True)
    nuts_version = models.PositiveIntegerField(null=True)
    town = models.CharField(max_length=100, null=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)


class BuildingBlock(Part):
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="building_blocks")
    uid = models.UUIDField()
    title = models.JSONField()
    description = models.JSONField()
    enabling_factors = models.JSONField()
    lessons = models.JSONField()


class Evidence(Part):
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="evidence")
    uid = models.UUIDField()
    indicator = models.JSONField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    unit = models.JSONField()
    year = models.PositiveIntegerField(null=True)
    confidence = models.CharField(max_length=10)
    source = models.JSONField(null=True)
    other_sources = models.JSONField()


class Link(Part):
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="links")
    uid = models.UUIDField()
    title = models.JSONField()
    url = models.URLField()
