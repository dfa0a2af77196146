"""python -m talkarchive: the command line, where its script is not on the path."""

from threads.management.command_line import main

main()
