"""What is kept: the database, its tables and one module of queries a subject."""
