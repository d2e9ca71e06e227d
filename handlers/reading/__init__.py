"""What an actor typed, understood: dates, places, people, projects; and how a country writes them."""
