"""The follow-up, written: opener, news, button hook, and what no longer fits the day."""
