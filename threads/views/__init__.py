"""What each address of the reader shows; threads/urls.py says which is which."""
