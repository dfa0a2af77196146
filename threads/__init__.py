"""The one app: talk pages in, threads out."""
