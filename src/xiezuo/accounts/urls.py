"""The door, one's own account, and the views that each keeps of a list."""

from django.urls import path

from xiezuo.accounts import account_views, door_views, views

app_name = "accounts"
urlpatterns = [
    path("log-in/", door_views.log_in, name="log-in"),
    path("factor/", door_views.factor, name="factor"),
    path("enrol/", door_views.enrol, name="enrol"),
    path("recover/", door_views.recover, name="recover"),
    path("new-password/", door_views.new_password, name="new-password"),
    path("log-out/", door_views.log_out, name="log-out"),
    path("confirm/", account_views.confirm, name="confirm"),
    path("mine/", account_views.mine, name="mine"),
    path("mine/password/", account_views.password, name="password"),
    path("mine/card/", account_views.new_card, name="new-card"),
    path("mine/card/confirm/", account_views.confirm_new_card, name="confirm-card"),
    path("mine/key/", account_views.new_key, name="new-key"),
    path("mine/app/", account_views.new_app, name="new-app"),
    path("mine/factors/end/", account_views.end_one_factor, name="end-factor"),
    path("mine/sessions/end/", account_views.end_one_session, name="end-session"),
    path("mine/sessions/end-others/", account_views.end_other_sessions, name="end-other-sessions"),
    path("printed/", views.printed, name="printed"),
    path("views/save/", views.save_view, name="save-view"),
    path("views/forget/", views.forget_view, name="forget-view"),
]
