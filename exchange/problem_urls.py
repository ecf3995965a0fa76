"""The addresses that problems name as their type: below /problems/, without a slash at the end."""

from django.urls import path

from exchange.guide import ProblemPage

urlpatterns = [path("<slug:name>", ProblemPage.as_view(), name="problem")]
