"""The way of a project: its stages, appointments and answers, from submission to booking."""
