"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezuo.config.settings")
application = get_wsgi_application()

# The apps are known only now. Whatever server calls this, an unsafe installation does not answer.
from django.db import connections  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from xiezuo.config.start_up import refuse_unsafe_start  # noqa: E402

refuse_unsafe_start()
# Every page is known before the first one is asked for, and by all workers that are made from here on; a connection to
# the database is nothing that they could share.
get_resolver().url_patterns  # noqa: B018 - reading it reads the addresses
connections.close_all()
