from pages.models.home import HomePage
from pages.models.menus import FooterColumn, FooterLink, Menu, MenuSection, MenuSectionItem
from pages.models.news import NewsIndexPage, NewsPage
from pages.models.site import SiteState
from pages.models.standard import StandardPage

__all__ = [
    "FooterColumn",
    "FooterLink",
    "HomePage",
    "Menu",
    "MenuSection",
    "MenuSectionItem",
    "NewsIndexPage",
    "NewsPage",
    "SiteState",
    "StandardPage",
]
