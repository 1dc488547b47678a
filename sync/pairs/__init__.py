"""Documents that people typed on both sides: found before ours is sent, shown, linked or kept apart."""
