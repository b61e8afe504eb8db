"""Addresses of the organisation."""

from django.urls import path

from xiezuo.organisation import correction_views as corrections
from xiezuo.organisation import entry_views as entry
from xiezuo.organisation import leave_views as leave
from xiezuo.organisation import views

app_name = "organisation"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("units/", views.units, name="units"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("in-post/", views.people, name="people"),
    path("moves/", views.moves, name="moves"),
    path("establishment/", views.standards, name="standards"),
    path("<int:pk>/", views.person, name="person"),
    path("moves/enter/", entry.enter_move, name="enter-move"),
    path("units/<int:unit>/enter-move/", entry.enter_move, name="enter-move-at"),
    path("<int:person>/enter-move/", entry.enter_move, name="enter-move-of"),
    path("<int:person>/shares/begin/", entry.begin_share, name="begin-share"),
    path("add/", entry.add_person, name="add-person"),
    path("posts/<int:pk>/change/", entry.change_post, name="change-post"),
    path("posts/<int:pk>/end/", entry.end_post, name="end-post"),
    path("posts/<int:pk>/correct/", corrections.correct_post, name="correct-post"),
    path("posts/<int:pk>/strike/", corrections.strike_post, name="strike-post"),
    path("shares/<int:pk>/end/", entry.end_share, name="end-share"),
    path("<int:person>/leave/enter/", leave.enter_leave, name="enter-leave"),
    path("leave/<int:pk>/cancel/", leave.cancel_leave, name="cancel-leave"),
    path("<int:pk>/personal-data/", views.show_person, name="show-person"),
]
