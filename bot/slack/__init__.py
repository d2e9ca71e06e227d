"""Slack: what comes in, what goes out, and how both look there."""
