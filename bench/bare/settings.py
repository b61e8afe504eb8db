"""Django as `startproject` sets it up, on the product's database, sessions and accounts."""

from typing import Any

import xiezuo.config.settings as product

SECRET_KEY = product.SECRET_KEY
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "xiezuo.accounts",
    "xiezuo.audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "bench.bare.urls"
DATABASES: dict[str, Any] = product.DATABASES
AUTH_USER_MODEL = product.AUTH_USER_MODEL
DEFAULT_AUTO_FIELD = product.DEFAULT_AUTO_FIELD
USE_TZ = True
