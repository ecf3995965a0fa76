from django.apps import AppConfig


class UsualConfig(AppConfig):
    name = "bench.yardsticks.usual"
    label = "usual"
