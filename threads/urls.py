"""Every address of the reader."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import index, sitemap
from django.urls import include, path, register_converter
from django.utils.module_loading import import_string
from django.views.decorators.cache import cache_control

from .api.site import urlpatterns as api_patterns
from .corrections.correcting import correct
from .feeds.views import (
    author_feed,
    collection_decisions_feed,
    collection_feed,
    feed,
    page_decisions_feed,
    page_feed,
    search_feed,
    watch_feed,
    wiki_decisions_feed,
    wiki_feed,
)
from .http.converters import TextConverter, TitleConverter
from .sitemaps import SITEMAPS
from .views.archive.analysis import analysis_of_author, analysis_of_collection, analysis_of_page
from .views.archive.collections import collection
from .views.archive.decisions import decisions_of_collection, decisions_of_page, decisions_of_wiki
from .views.archive.home import home
from .views.archive.search import search
from .views.archive.since import since
from .views.archive.suggestions import suggestions
from .views.archive.watch import watch
from .views.archive.wikis import wiki
from .views.people.authors import author
from .views.people.everywhere import person
from .views.programs.assets import asset
from .views.programs.health import healthz, readyz
from .views.programs.robots import robots
from .views.talk.citations import cite
from .views.talk.comments import comment
from .views.talk.compare import compare
from .views.talk.composer import reply
from .views.talk.downloads import download
from .views.talk.history import history
from .views.talk.page import page
from .views.talk.previews import preview
from .views.talk.revisions import revisions

register_converter(TextConverter, "text")
register_converter(TitleConverter, "title")

hourly = cache_control(max_age=60 * 60, public=True)

urlpatterns = [
    path("", home, name="home"),
    path("wiki/<slug:dbname>/", wiki, name="wiki"),
    path("wiki/<slug:dbname>/<title:name>", page, name="page"),
    path("compare/<slug:dbname>/<title:name>", compare, name="compare"),
    path("comment/<text:ident>", comment, name="comment"),
    path("history/<slug:dbname>/<text:ident>", history, name="history"),
    path("revisions/<slug:dbname>/<title:name>", revisions, name="revisions"),
    path("reply/<slug:dbname>/<text:ident>", reply, name="reply"),
    path("cite/<slug:dbname>/<text:ident>", cite, name="cite"),
    path("preview/<slug:dbname>/<text:ident>", preview, name="preview"),
    path("author/<slug:dbname>/<title:name>", author, name="author"),
    path("person/<title:name>", person, name="person"),
    path("search", search, name="search"),
    path("suggestions", suggestions, name="suggestions"),
    path("watch/", watch, name="watch"),
    path("since/", since, name="since"),
    path("since/<slug:dbname>/", since, name="since"),
    path("collection/<slug:slug>/", collection, name="collection"),
    path("collection/<slug:slug>/decisions", decisions_of_collection, name="collection-decisions"),
    path("decisions/<slug:dbname>/", decisions_of_wiki, name="wiki-decisions"),
    path("decisions/<slug:dbname>/<title:name>", decisions_of_page, name="page-decisions"),
    path("analysis/wiki/<slug:dbname>/<title:name>", analysis_of_page, name="page-analysis"),
    path("analysis/author/<slug:dbname>/<title:name>", analysis_of_author, name="author-analysis"),
    path("analysis/collection/<slug:slug>/", analysis_of_collection, name="collection-analysis"),
    path("download/<slug:dbname>/<title:name>", download, name="download"),
    path("feed/", feed, name="feed"),
    path("feed/wiki/<slug:dbname>/", wiki_feed, name="wiki_feed"),
    path("feed/wiki/<slug:dbname>/<title:name>", page_feed, name="page_feed"),
    path("feed/author/<slug:dbname>/<title:name>", author_feed, name="author_feed"),
    path("feed/collection/<slug:slug>/", collection_feed, name="collection_feed"),
    path("feed/search", search_feed, name="search_feed"),
    path("feed/watch/", watch_feed, name="watch_feed"),
    path("feed/decisions/wiki/<slug:dbname>/", wiki_decisions_feed, name="wiki_decisions_feed"),
    path(
        "feed/decisions/wiki/<slug:dbname>/<title:name>",
        page_decisions_feed,
        name="page_decisions_feed",
    ),
    path(
        "feed/decisions/collection/<slug:slug>/",
        collection_decisions_feed,
        name="collection_decisions_feed",
    ),
    path("api/v1/", include((api_patterns(), "ninja"), namespace="api")),
    path("assets/<str:name>", asset, name="asset"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path(
        "sitemap.xml",
        hourly(index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemaps",
    ),
    path("sitemap-<slug:section>.xml", hourly(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
]
if not settings.READ_ONLY:  # whoever is not logged in is asked to
    urlpatterns.append(
        path("correct/<slug:kind>/<int:pk>", admin.site.admin_view(correct), name="correct")
    )
if settings.METRICS:  # which takes a library that not everybody has
    urlpatterns.append(
        path("metrics", import_string("threads.views.programs.metrics.metrics"), name="metrics")
    )
