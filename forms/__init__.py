"""What is asked: every question of the record, in the order of the paper form. Literals only."""
