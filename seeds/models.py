from django.db import models


class Loaded(models.Model):
    """What `manage.py seed` last made of a record: so it knows a change in its files from one made by people."""

    uid = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    revision = models.PositiveBigIntegerField()  # only compared, never followed

    def __str__(self):
        return str(self.uid)
