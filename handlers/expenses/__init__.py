"""What it all costs: one line read, kept, listed and handed to the tax form."""
