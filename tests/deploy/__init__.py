"""What operators copy from deploy/: its files hold what they promise, and work."""
