"""The news: newest first, a page at a time."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from pages.models import NewsIndexPage
from tests.pages.factories import article, home, image, news_index, queries

pytestmark = pytest.mark.django_db


def titles(answer) -> list[str]:
    return [each.title for each in answer.context["articles"]]


def test_the_list_is_walked_from_the_newest_to_the_oldest(client):
    index = news_index()
    for number in range(30):
        article(index, number, date=date(2026, 1, 1) + timedelta(days=number // 2))

    walked, url = [], "/en/news/"
    while url:
        answer = client.get(url)
        walked += titles(answer)
        url = answer.context["next_url"] and f"/en/news/{answer.context['next_url']}"

    assert walked == [f"Article {number}" for number in reversed(range(30))]


def test_drafts_are_not_in_the_list(client):
    index = news_index()
    article(index, 1)
    article(index, 2, live=False)

    assert titles(client.get("/en/news/")) == ["Article 1"]
    assert client.get("/en/news/article-2/").status_code == 404


@pytest.mark.parametrize(
    "place", ["x", "2026-01-01", "2026-13-01_1", "_", "2026-01-01_x", "2026-01-01_99999999999999999999"]
)
def test_a_place_that_is_none_is_not_found(client, place):
    news_index()

    assert client.get("/en/news/", {"after": place}).status_code == 404


def test_the_list_asks_the_same_of_one_article_as_of_three(client):
    index = news_index()
    article(index, 1)
    one = len(queries(client, "/en/news/"))
    article(index, 2)
    article(index, 3)

    assert len(queries(client, "/en/news/")) == one <= 5


def test_an_article_asks_five_times_at_most(client):
    article(news_index(), image=image(), image_alt="A street")

    assert len(queries(client, "/en/news/article-1/")) <= 5


def test_an_articles_image_is_told_with_it(client):
    article(news_index(), image=image(), image_alt="A street")

    assert 'alt="A street"' in client.get("/en/news/article-1/").content.decode()


def test_there_is_one_index_in_a_tree():
    assert NewsIndexPage.can_create_at(home())
    news_index()
    assert not NewsIndexPage.can_create_at(home())
    assert NewsIndexPage.can_create_at(home("sl"))


def test_an_article_has_an_introduction():
    with pytest.raises(ValidationError):
        article(news_index(), intro="")
