"""What stands below a lesson's stage: what to notice, what to try, the same as a program."""
