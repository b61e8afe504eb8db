"""The catalogue of figures, and the records behind each."""

from django.urls import path

from xiezuo.home import figure_views as views

app_name = "figures"
urlpatterns = [
    path("", views.catalogue, name="list"),
    path("<str:key>/", views.records_of, name="records"),
]
