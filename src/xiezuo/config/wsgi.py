"""The entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezuo.config.settings")
application = get_wsgi_application()

# The apps are known only now. Whatever server calls this, an unsafe installation does not answer.
from xiezuo.config.start_up import refuse_unsafe_start  # noqa: E402

refuse_unsafe_start()
