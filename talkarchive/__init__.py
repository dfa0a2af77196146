"""The Django project: settings, root URLs and the two server entry points."""
